// Copying by one press, and what is said where the browser refuses it.

import { el, setText } from "./dom.js";

/** How long the button says so, in milliseconds. */
const SAID_MS = 2000;

/**
 * A button that copies a field's text, and the line beside it that says what came of that.
 * @param {HTMLTextAreaElement} field @param {string} what What is copied, for those who hear the button alone.
 */
export function buildCopy(field, what) {
  const word = el("span", { text: "Copy" });
  const said = el("span", { class: "said", role: "status" });
  const button = el("button", { type: "button", onclick: async () => {
    // selected first: where copying is refused, a key or a long press does the rest
    field.focus();
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      setText(word, "Copied");
      setText(said, "");
      setTimeout(() => setText(word, "Copy"), SAID_MS);
    } catch {
      setText(said, "This browser does not let the page copy. The text is selected: press Ctrl+C (⌘C), or hold it and choose Copy.");
    }
  } }, word, el("span", { class: "visually-hidden", text: ` ${what}` }));
  return { button, said };
}
