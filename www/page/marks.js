// Named values of a slider: a tick under the track where each stands, and under it a button that goes there.

import { el } from "./dom.js";

/** How far apart two buttons stand, at least, and how far in the ends of the track lie, in CSS pixels. */
const GAP_PX = 3;
const INSET_PX = 9;

/** The share of what the slider does not go to, as it is: it has no mark. */
export const BEYOND = -1;

/**
 * @param {{label: string, press: () => void}[]} named
 * @returns {{element: HTMLElement, show: (stand: {share: number, pressed: boolean}[]) => void}} `show` tells of each how
 *   far along the slider it stands, from 0 to 1 or beyond, and whether that is where the slider is.
 */
export function buildMarks(named) {
  const ticks = named.map(() => el("span", { class: "tick" }));
  const buttons = named.map(({ label, press }) => el("button", { type: "button", class: "mark", text: label, onclick: press }));
  const box = el("div", { class: "ticks", "aria-hidden": "true" }, ...ticks);
  const element = el("div", { class: "marks" }, box, ...buttons);
  /** @type {number[]} */
  let shares = [];
  const place = () => {
    const there = shares.flatMap((share, i) => (share === BEYOND ? [] : [{ share, tick: ticks[i], button: buttons[i] }]));
    const widths = there.map(({ button }) => button.offsetWidth);
    if (there.length === 0 || widths[0] === 0) return;
    const room = element.clientWidth;
    const wanted = there.map(({ share }) => INSET_PX + share * (room - 2 * INSET_PX));
    const lefts = spread(wanted, widths, room);
    let flow = 0;
    there.forEach(({ share, tick, button }, i) => {
      const middle = lefts ? lefts[i] + widths[i] / 2 : wanted[i];
      tick.style.setProperty("--share", String(share));
      tick.style.setProperty("--lean", String((middle - wanted[i]) / box.clientHeight));
      button.style.setProperty("--by", lefts ? `${lefts[i] - flow}px` : "0px");
      flow += widths[i] + GAP_PX;
    });
  };
  new ResizeObserver(place).observe(element);
  return {
    element,
    show(stand) {
      stand.forEach(({ pressed }, i) => buttons[i].setAttribute("aria-pressed", String(pressed)));
      if (stand.every(({ share }, i) => share === shares[i])) return;
      shares = stand.map(({ share }) => share);
      shares.forEach((share, i) => (ticks[i].hidden = buttons[i].hidden = share === BEYOND));
      place();
    },
  };
}

/**
 * The left sides of boxes that stand with their middles where they are wanted, or as near to it as they can without
 * meeting: halfway between moving all to the right that are in the way, and all to the left. Null where there is no
 * room for all of them.
 * @param {number[]} middles @param {number[]} widths @param {number} room
 */
export function spread(middles, widths, room) {
  if (widths.reduce((sum, width) => sum + width + GAP_PX, -GAP_PX) > room) return null;
  const order = middles.map((_, i) => i).sort((a, b) => middles[a] - middles[b] || a - b);
  const rights = pushed(order.map((i) => middles[i] - widths[i] / 2), order.map((i) => widths[i]), room);
  const back = [...order].reverse();
  const mirrored = pushed(back.map((i) => room - middles[i] - widths[i] / 2), back.map((i) => widths[i]), room).reverse();
  /** @type {number[]} */
  const lefts = [];
  order.forEach((i, k) => (lefts[i] = (rights[k] + room - mirrored[k] - widths[i]) / 2));
  return lefts;
}

/** Each as far left as it wants, or right of the one before it; and none beyond the end. @param {number[]} wanted @param {number[]} widths @param {number} room */
function pushed(wanted, widths, room) {
  let end = 0;
  const lefts = wanted.map((left, i) => {
    const at = Math.max(left, end);
    end = at + widths[i] + GAP_PX;
    return at;
  });
  end = room;
  for (let i = lefts.length - 1; i >= 0; i -= 1) {
    lefts[i] = Math.min(lefts[i], end - widths[i]);
    end = lefts[i] - GAP_PX;
  }
  return lefts;
}
