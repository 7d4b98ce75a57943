// A figure that is dragged sideways moves a parameter along (`data-drag` names it): all the way
// across is its whole range, and round the end it begins anew. By keyboard its slider does the same.

/**
 * @param {HTMLElement} plot The box around the canvas.
 * @param {{key: string, min: number, max: number}} spec The parameter's entry in the catalogue.
 * @param {{param: (key: string) => number, onChange: (key: string, value: number) => void}} page
 */
export function buildDrag(plot, { key, min, max }, page) {
  const count = max - min + 1;
  let start = null;
  plot.addEventListener("pointerdown", ({ clientX, pointerId }) => {
    start = { x: clientX, value: page.param(key) };
    plot.setPointerCapture(pointerId);
  });
  plot.addEventListener("pointermove", ({ clientX }) => {
    if (!start) return;
    const places = Math.round(((clientX - start.x) / plot.clientWidth) * count);
    const value = min + ((((start.value - min + places) % count) + count) % count);
    if (value !== page.param(key)) page.onChange(key, value);
  });
  for (const type of ["pointerup", "pointercancel"]) plot.addEventListener(type, () => (start = null));
}
