// A link as though it were pressed: it is opened anew also where the address is this one already.

import { el } from "./dom.js";

/** @param {string} hash @param {string} [remark] What is to be said of the run that it opens. */
export function follow(hash, remark = "") {
  const link = el("a", { href: hash, "data-remark": remark, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
}
