// A file to take away: saved where the page may save files, else shown to be copied.

import { buildCopy } from "./copy.js";
import { el, freshId } from "./dom.js";

/** In a sandbox the page has no origin, and a browser drops what it would save without a word. */
const mayNotSave = () => self.origin === "null";

/**
 * @param {string} name The file's name. @param {Blob} file
 * @param {Element} near Where the reader is: what is shown belongs to its lab.
 */
export function offer(name, file, near) {
  if (mayNotSave()) show(name, file, near).catch(reportError);
  else save(name, file);
}

/** @param {string} name @param {Blob} file */
function save(name, file) {
  const link = el("a", { href: URL.createObjectURL(file), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** @param {string} name @param {Blob} file @param {Element} near */
async function show(name, file, near) {
  const picture = file.type === "image/png";
  const what = picture ? "Press the picture with the right mouse button, or hold it, to save or copy it." : "Copy its text here.";
  const [content, copy] = picture ? [el("img", { src: URL.createObjectURL(file), alt: name }), []] : textOf(await file.text(), name);
  const title = el("h2", { id: freshId("offer"), text: name });
  const button = (/** @type {string} */ text, /** @type {() => void} */ onclick) => el("button", { type: "button", text, onclick });
  const dialog = el("dialog", { class: "offer", "aria-labelledby": title.id, onclose: () => {
    dialog.remove();
    if (content instanceof HTMLImageElement) URL.revokeObjectURL(content.src);
  } }, title,
  el("p", { text: `The page around this lab does not let it save files. ${what}` }), content,
  el("div", { class: "notice-buttons" }, ...copy,
    button("Try to save it", () => save(name, file)), button("Close", () => dialog.close())));
  (near.closest("section[data-lab]") ?? document.body).append(dialog);
  dialog.showModal();
}

/** @param {string} text @param {string} name @returns {[HTMLElement, HTMLElement[]]} */
function textOf(text, name) {
  const field = el("textarea", { rows: "10", readonly: true, "aria-label": name });
  field.value = text;
  const { button, said } = buildCopy(field, name);
  return [field, [button, said]];
}
