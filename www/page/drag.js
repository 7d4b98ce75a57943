// A figure that is dragged sideways moves a parameter along (`data-drag` names it): all the way
// across is its whole range, and round the end it begins anew. By keyboard its slider does the same.

/** @import {FigurePage} from "./figures.js" */
/** @import {NumberSpec} from "./scale.js" */

/**
 * @param {HTMLElement} plot The box around the canvas.
 * @param {NumberSpec} spec The parameter's entry in the catalogue.
 * @param {FigurePage} page
 */
export function buildDrag(plot, { key, min, max }, page) {
  const count = max - min + 1;
  const now = () => Number(page.param(key));
  /** @type {{x: number, value: number} | null} */
  let start = null;
  plot.addEventListener("pointerdown", ({ clientX, pointerId }) => {
    start = { x: clientX, value: now() };
    plot.setPointerCapture(pointerId);
  });
  plot.addEventListener("pointermove", ({ clientX }) => {
    if (!start) return;
    const places = Math.round(((clientX - start.x) / plot.clientWidth) * count);
    const value = min + ((((start.value - min + places) % count) + count) % count);
    if (value !== now()) page.onChange(key, value);
  });
  for (const type of ["pointerup", "pointercancel"]) plot.addEventListener(type, () => (start = null));
}
