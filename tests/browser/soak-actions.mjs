// What a soak does: actions drawn from a seed, so that the same seed gives the same ones again. Each is a kind and
// some shares between 0 and 1; what they fall on depends on what is on the page by then.

/** How often each kind comes, of those that the browser itself is asked for: such events are as a hand's are. */
const BY_HAND = { press: 22, drag: 8, touch: 8, swipe: 3, key: 26 };
/** And of those that a script on the page does (soak-page.js has one function for each). */
const BY_SCRIPT = { button: 10, slide: 9, choose: 3, type: 3, lab: 2, fold: 2, scroll: 3, pin: 1, theme: 1, share: 1, own: 1, points: 1, experiment: 1, leave: 3, back: 1 };
const WEIGHTS = { ...BY_HAND, ...BY_SCRIPT, resize: 0.5 };
const TOTAL = Object.values(WEIGHTS).reduce((sum, weight) => sum + weight);
const SHARES = 5;

export const KEYS = ["Tab", "Tab", "Tab", "Enter", "Space", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Escape",
  "Home", "End", "PageUp", "PageDown", "r", "f", "p", "3", "0", ".", "-", "Backspace", "Delete"];
export const SIZES = [[1280, 800], [360, 740], [800, 600], [1440, 900], [700, 1000]];

export const isByHand = ({ kind }) => kind in BY_HAND;

/** Mulberry32: numbers from 0 to 1 that follow from a seed. */
function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One action after the other, for ever. */
export function* actions(seed) {
  const random = randomFrom(seed);
  for (let number = 1; ; number += 1) {
    let left = random() * TOTAL;
    const kind = Object.keys(WEIGHTS).find((name) => (left -= WEIGHTS[name]) < 0) ?? "key";
    yield { number, kind, shares: Array.from({ length: SHARES }, random) };
  }
}

export const pick = (list, share) => list[Math.floor(share * list.length)];

/** Where a hand goes: mostly to something that may be pressed, else anywhere in the window. */
function placeOf([which, across, down, aim], { targets, width, height }) {
  const target = aim < 0.8 ? pick(targets, which) : undefined;
  const { name, x, y, w, h } = target ?? { name: "the page", x: 0, y: 0, w: width, h: height };
  const within = (at, most) => Math.min(most - 2, Math.max(1, Math.round(at)));
  return { name, at: [within(x + across * w, width), within(y + down * h, height)] };
}

/** Steps of the browser's own input (tab.mjs, `strike`), and what they are in words. */
export function byHand({ kind, shares }, view) {
  if (kind === "key") {
    const key = pick(KEYS, shares[0]), shift = key === "Tab" && shares[1] < 0.3;
    return { steps: [{ key, shift }], told: `key ${shift ? "Shift+" : ""}${key}` };
  }
  const { name, at } = placeOf(shares, view);
  const to = [Math.round(shares[4] * (view.width - 2)) + 1, at[1]];
  const steps = { press: [{ move: at }, { down: true }, { up: true }], drag: [{ move: at }, { down: true }, { move: to }, { move: at }, { up: true }],
    touch: [{ touch: [at] }], swipe: [{ touch: [at, to] }] }[kind];
  return { steps, told: `${kind} ${at} on ${name}${steps.length > 3 || kind === "swipe" ? ` to ${to}` : ""}` };
}
