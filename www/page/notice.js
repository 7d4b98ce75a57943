// One message at the top of a lab: what went wrong and what to do next, until it is dismissed.

import { el, part } from "./dom.js";

/** @typedef {{label: string, act: () => void}} Action What a button of the message does. */

/** @param {HTMLElement} section */
export function buildNotice(section) {
  const box = el("div", { class: "notice", role: "alert", hidden: true });
  part(section, ".stage", HTMLElement).before(box);
  const clear = () => {
    box.hidden = true;
    box.replaceChildren();
  };
  return {
    clear,
    /**
     * @param {string | string[]} text One or more sentences.
     * @param {Action[]} [actions]
     * @param {string} [kept] Text that must not get lost.
     * @returns {() => boolean} Whether it is still shown.
     */
    show(text, actions = [], kept = "") {
      const lines = few([text].flat());
      const said = lines.length === 1 ? el("p", { text: lines[0] })
        : el("div", {}, el("p", { text: lines[0] }),
          el("ul", {}, ...lines.slice(1).map((line) => el("li", { text: line }))));
      const buttons = actions.map(({ label, act }) => el("button", { type: "button", text: label,
        onclick: () => {
          clear();
          act();
        } }));
      const dismiss = el("button", { type: "button", class: "quiet", text: "Dismiss", onclick: clear });
      box.replaceChildren(said, ...(kept ? [el("p", {}, el("code", { text: kept }))] : []),
        el("div", { class: "notice-buttons" }, ...buttons, dismiss));
      box.hidden = false;
      return () => said.isConnected && !box.hidden;
    },
  };
}

/** So many lines at most: the rest is counted. */
const MOST_LINES = 20;

/** @param {string[]} lines */
function few(lines) {
  const more = lines.length - 1 - MOST_LINES;
  return more > 0 ? [...lines.slice(0, MOST_LINES + 1), `and ${more.toLocaleString("en")} more`] : lines;
}
