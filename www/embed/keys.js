// Keys for moving about: those that the lab in a frame has no use for go on to the page around it, which may be a
// deck of slides. They move what has the focus, and nothing else in the lab.

import { tell } from "./messages.js";

const MOVES = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End"];

/** Whether a key is one for moving about, with nothing else held down but Shift. @param {KeyboardEvent} event */
const isMove = ({ key, altKey, ctrlKey, metaKey }) => [...MOVES, " ", "Escape"].includes(key) && !altKey && !ctrlKey && !metaKey;

/** Whether what has the focus takes this key. @param {string} key @param {Element} target */
function isTaken(key, target) {
  /** @param {string} selector */
  const within = (selector) => target.closest(selector) !== null;
  if (within("dialog, select, textarea, [contenteditable], input:not([type=range], [type=checkbox])")) return true;
  if (key === "Escape") return false;
  if (key === " ") return within("button, summary, [role=button], input[type=checkbox], [tabindex='0']");
  return within("input[type=range], [tabindex='0'], ol.stepper, .stepper-bar");
}

/** What is no command here is no hint either. @param {HTMLElement} section */
export function forgetKeys(section) {
  for (const button of section.querySelectorAll("button:is([name=play], [name=step])")) button.removeAttribute("title");
}

/** Tells the page around of every such key that was not taken; called before whoever else hears keys. */
export function passKeys() {
  addEventListener("keydown", (event) => {
    if (!isMove(event) || event.defaultPrevented || event.isComposing) return;
    event.stopImmediatePropagation(); // pressed on nothing, they are no command to the lab
    if (event.target instanceof Element && isTaken(event.key, event.target)) return;
    tell({ action: "key", key: event.key, shift: event.shiftKey });
  });
}
