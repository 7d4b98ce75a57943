// A derivation, line by line as on the slides. Its lines are the section's prose, all of them in the
// page from the beginning: those still to come are out of sight, but a screen reader finds them, and
// paper and a page without scripts show all. The numbers in them are `data-live` slots (live.js).
//
//   <ol class="stepper" aria-label="The derivation">
//     <li><math>…</math> <p class="measured">… <span data-live="metric loss"></span></p> <p>why</p></li>
//   </ol>

import { el, setText } from "./dom.js";

/** @type {Record<string, number>} */
const KEYS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity };

/** @param {HTMLElement} section Every `.stepper` in it is brought to life. */
export function buildSteppers(section) {
  /** @type {NodeListOf<HTMLOListElement>} */
  const lists = section.querySelectorAll("ol.stepper");
  lists.forEach(buildStepper);
}

/** @param {HTMLOListElement} list */
function buildStepper(list) {
  const lines = /** @type {HTMLElement[]} */ ([...list.children]);
  const name = list.getAttribute("aria-label") ?? "The derivation";
  let now = 0;
  /** @param {string} text @param {() => number} to */
  const button = (text, to) => el("button", { type: "button", text, onclick: () => go(to()) });
  const previous = button("Previous line", () => now - 1);
  const next = button("Next line", () => now + 1);
  const all = button("All lines", () => lines.length - 1);
  const place = el("span", { class: "stepper-place", role: "status" });
  const bar = el("div", { class: "stepper-bar", role: "group", "aria-label": name },
    previous, next, all, place);

  /** @param {number} to */
  const go = (to) => {
    now = Math.min(lines.length - 1, Math.max(0, to));
    lines.forEach((line, i) => {
      line.dataset.line = i < now ? "past" : i === now ? "now" : "later";
      if (i === now) line.setAttribute("aria-current", "step");
      else line.removeAttribute("aria-current");
    });
    // a button that has the focus keeps it: aria-disabled, not disabled
    previous.setAttribute("aria-disabled", String(now === 0));
    next.setAttribute("aria-disabled", String(now === lines.length - 1));
    setText(place, `line ${now + 1} of ${lines.length}`);
  };
  /** @param {KeyboardEvent} event */
  const byKey = (event) => {
    const step = KEYS[event.key];
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    go(now + step);
  };
  bar.addEventListener("keydown", byKey);
  list.addEventListener("keydown", byKey);
  list.dataset.stepping = "";
  list.after(bar);
  go(0);
}
