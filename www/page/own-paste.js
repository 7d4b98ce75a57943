// The field that rows are pasted or typed into. A browser lays out whatever stands in a field, which of a large table
// takes it seconds: of a long text that is pasted the field shows how it begins, and does not hold it.

import { el } from "./dom.js";

/** Longer texts are not put into the field; so much is shown of them. */
const [MOST_HELD, SHOWN] = [20_000, 200];
const USUAL = "… or paste rows here";

/** @param {(text: string) => void} onText There are rows. */
export function buildPaste(onText) {
  const field = el("textarea", { name: "paste", rows: "2", spellcheck: "false", wrap: "off", "aria-label": "Rows, pasted or typed", placeholder: USUAL,
    oninput: () => {
      field.placeholder = USUAL;
      if (field.value.trim()) onText(field.value);
    },
    onpaste: (/** @type {ClipboardEvent} */ event) => {
      const { value, selectionStart, selectionEnd } = field;
      const text = value.slice(0, selectionStart) + (event.clipboardData?.getData("text/plain") ?? "") + value.slice(selectionEnd);
      if (text.length <= MOST_HELD) return;
      event.preventDefault();
      field.value = "";
      field.placeholder = `${text.slice(0, SHOWN)} …`;
      onText(text);
    } });
  return { field, clear: () => void ([field.value, field.placeholder] = ["", USUAL]) };
}
