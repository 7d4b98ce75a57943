// The way from a frame to the whole playground, in a window of its own; where the page around allows no such
// window, the link is shown to be copied.

import { buildCopy } from "../page/copy.js";
import { el } from "../page/dom.js";

/** @param {HTMLElement} footer @param {HTMLAnchorElement} link */
export function leadOut(footer, link) {
  const field = el("textarea", { rows: "2", readonly: true, spellcheck: "false", "aria-label": "Link to this run in the playground" });
  const { button, said } = buildCopy(field, "the link");
  const box = el("div", { class: "notice", role: "alert", hidden: true },
    el("p", { text: "The page around this lab does not let it open a window. Open this link in a tab of your own:" }),
    field, el("div", { class: "notice-buttons" }, button, said));
  footer.append(box);
  link.addEventListener("click", (event) => {
    event.preventDefault();
    if (link.ariaDisabled === "true") return;
    /** @type {Window | null} */
    let opened = null;
    try {
      opened = open(link.href, "_blank"); // where it is not allowed Firefox throws
      if (opened) opened.opener = null;
    } catch {
      // from a sandbox the window, of another origin, cannot be told; it is the playground's, which lets go by itself
    }
    box.hidden = opened !== null;
    field.value = link.href;
    if (!opened) field.focus();
  });
  /** The link has changed. */
  return () => (box.hidden = true);
}
