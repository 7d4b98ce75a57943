// One lab alone, in a frame on somebody else's page. It tells the page around it how high it is, and
// takes no orders from it.

import { el, part } from "../page/dom.js";
import { openLabs } from "../page/labs.js";
import { linkTo } from "../page/link.js";

const main = part(document, "main", HTMLElement);
const footer = part(document, "footer", HTMLElement);
const out = part(footer, "a", HTMLAnchorElement);
/** Stands where the lab would, where its text could not be loaded. */
const absent = el("div", { class: "notice", role: "alert" });

/** Tells the page around how high this one is; never more than it needs to. */
function reportHeight() {
  let told = 0;
  new ResizeObserver(() => {
    const height = Math.ceil(main.getBoundingClientRect().bottom + scrollY);
    if (height === told) return;
    told = height;
    parent.postMessage({ context: "regularization-playground", version: 1, action: "resize", height }, "*");
  }).observe(main);
}

if (parent !== window) reportHeight();
openLabs(main, {
  onShow: () => {
    absent.remove();
    main.append(footer);
  },
  onQuery: (lab, query) => (out.href = linkTo("index.html", lab, query)),
  onAbsent: (again) => {
    const retry = el("button", { type: "button", text: "Try again",
      onclick: () => {
        absent.remove();
        again();
      } });
    absent.replaceChildren(el("p", { text: "The text of this lab could not be loaded." }), el("div", { class: "notice-buttons" }, retry));
    main.append(absent, footer);
    out.href = `index.html${location.hash}`;
  },
});
