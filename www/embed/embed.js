// One lab alone, in a frame on somebody else's page. It tells the page around it how high it is, and
// takes no orders from it.

import { part } from "../page/dom.js";
import { openLabs } from "../page/labs.js";
import { linkTo } from "../page/link.js";

const main = part(document, "main", HTMLElement);
const footer = part(document, "footer", HTMLElement);

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
  onShow: () => main.append(footer),
  onQuery: (lab, query) => (part(footer, "a", HTMLAnchorElement).href = linkTo("index.html", lab, query)),
});
