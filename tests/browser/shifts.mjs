// How far what is seen moves by itself, as Layout Instability (WICG) measures it: by the browser, where it tells of that, and
// by the page itself, in every browser.

/**
 * For a page, before its own scripts: sums in `moved`, frame by frame, what share of the window is covered by what has
 * moved, before and after, times how far it went in windows; `movers` says what that was. `told`: what the browser says of
 * the same, where it does.
 */
export function notesShifts() {
  window.moved = 0;
  window.movers = [];
  if (PerformanceObserver.supportedEntryTypes.includes("layout-shift")) {
    window.told = 0;
    new PerformanceObserver((list) => {
      for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) told += value;
    }).observe({ type: "layout-shift", buffered: true });
  }
  /** What is nearer than so many pixels has not moved; so fine is the grid that tells what is covered. */
  const [LEAST, CELL] = [3, 8];
  /** Where everything was in the last frame. */
  let places = new Map();
  const seen = (box) => box.width > 0 && box.height > 0 && box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
  const far = (a, b) => Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y));
  /** What is scrolled stays where it is in what scrolls. */
  const scrolledIn = (element, known) => {
    if (!element) return [0, 0];
    if (!known.has(element)) {
      const [x, y] = scrolledIn(element.parentElement, known);
      known.set(element, [x + element.scrollLeft, y + element.scrollTop]);
    }
    return known.get(element);
  };
  const cover = (cells, box) => {
    const from = (edge) => Math.max(0, Math.floor(edge / CELL));
    const to = (edge, size) => Math.ceil(Math.min(edge, size) / CELL);
    for (let y = from(box.top); y < to(box.bottom, innerHeight); y += 1) {
      for (let x = from(box.left); x < to(box.right, innerWidth); x += 1) cells.add(y * 1e4 + x);
    }
  };
  const look = () => {
    const [now, known] = [new Map(), new Map()];
    for (const element of document.querySelectorAll("body *")) {
      const box = element.getBoundingClientRect();
      if (box.width > 0 && element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) {
        const [x, y] = scrolledIn(element.parentElement, known);
        now.set(element, { box, x: box.left + x, y: box.top + y });
      }
    }
    const cells = new Set();
    let most = 0;
    for (const [element, place] of now) {
      const before = places.get(element);
      if (!before || far(before, place) < LEAST || !(seen(before.box) || seen(place.box))) continue;
      most = Math.max(most, far(before, place));
      for (const { box } of [before, place]) cover(cells, box);
      if (movers.length < 20) movers.push(`${element.outerHTML.slice(0, 80)}: ${[before.x, before.y]} to ${[place.x, place.y]}`);
    }
    moved += (cells.size * CELL * CELL * most) / (innerWidth * innerHeight * Math.max(innerWidth, innerHeight));
    places = now;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
