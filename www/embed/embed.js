// One lab alone, in a frame on somebody else's page: as that page asks for in the frame's address, and joined to it
// by messages (messages.js).

import { el, part } from "../page/dom.js";
import { openLabs } from "../page/labs.js";
import { labs as ids, linkTo } from "../page/link.js";
import { Asked } from "./asked.js";
import { tellHeight } from "./height.js";
import { joinHost } from "./host.js";
import { forgetKeys, passKeys } from "./keys.js";
import { leadOut } from "./way-out.js";

/** @import {LabView} from "../page/lab-view.js" */

const root = document.documentElement;
const main = part(document, "main", HTMLElement);
const footer = part(document, "footer", HTMLElement);
const out = part(footer, "a", HTMLAnchorElement);
const changed = leadOut(footer, out);
/** Stands where the lab would, where its text could not be loaded. */
const absent = el("div", { class: "notice", role: "alert" });

let uncovered = false;
/** There is something to see, of the lab or at least what is said in its place, above its picture. @param {boolean} [alive] */
const uncover = (alive = true) => {
  const poster = document.querySelector(".poster");
  if (alive) poster?.remove();
  else poster?.toggleAttribute("data-beside", true);
  if (uncovered) return;
  uncovered = true;
  if (parent !== window) tellHeight(main);
};

/** @param {string} lab @param {string} query */
const leadTo = (lab, query) => {
  const href = linkTo("index.html", lab, query);
  if (out.href === href) return;
  out.href = href;
  changed();
};

/** The lab that was shown last. @type {LabView | null} */
let shown = null;

/** @param {string} theme */
const setTheme = (theme) => {
  const { theme: before } = root.dataset;
  if (theme === "auto") delete root.dataset.theme;
  else root.dataset.theme = theme;
  if (root.dataset.theme !== before) shown?.figures.redraw();
};

const host = joinHost({ view: () => shown, setTheme });
const asked = new Asked(({ theme }, { hide, lock }) => {
  setTheme(theme);
  footer.toggleAttribute("data-hidden", hide.parts.has("share"));
  out.ariaDisabled = String(lock.parts.has("share"));
});
addEventListener("click", (event) => asked.click(event), true);
if (parent !== window) passKeys();
openLabs(main, {
  asked,
  onShow: () => {
    absent.remove();
    main.append(footer);
  },
  onQuery: leadTo,
  onFrame: (view, frame) => {
    uncover();
    if (parent !== window && view !== shown) forgetKeys(view.section);
    shown = view;
    host.onFrame(view, frame);
  },
  onAbsent: (again) => {
    const retry = el("button", { type: "button", text: "Try again",
      onclick: () => {
        absent.remove();
        again();
      } });
    absent.replaceChildren(el("p", { text: "The text of this lab could not be loaded." }), el("div", { class: "notice-buttons" }, retry));
    main.append(absent, footer);
    const { lab, query } = asked.read();
    leadTo(lab || ids[0], query);
    uncover(false);
  },
});
