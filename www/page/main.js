// The page: the lab in the address, the way to the others, and what stands in its head.

import { part } from "./dom.js";
import { openLabs } from "./labs.js";
import { buildNav } from "./nav.js";
import { connectShare } from "./share.js";
import { connectPresenting, connectTheme } from "./theme.js";

/** @param {string} name */
const button = (name) => part(document, `header button[name=${name}]`, HTMLButtonElement);

const nav = buildNav(part(document, "header nav", HTMLElement), part(document, "nav.labs", HTMLElement));
/** @type {ReturnType<typeof import("./course.js").buildCourse> | null} */
let course = null;
const labs = openLabs(part(document, "main", HTMLElement), {
  nameOf: nav.nameOf,
  onTurn: (lab) => {
    nav.show(lab);
    course?.show(lab);
  },
  onShow: async ({ dataset: { lab = "" } }) => {
    if (course) return;
    const { buildCourse } = await import("./course.js");
    course ??= buildCourse(part(document, ".course", HTMLElement), nav.nameOf);
    course.show(lab);
  },
});
connectTheme(button("theme"), labs.redraw);
connectPresenting(button("present"), labs.redraw);
connectShare(part(document, "#share", HTMLDialogElement), button("share"), labs.shown);

// The address says which lab is open: the way past the navigation leaves it as it is.
part(document, "a.skip", HTMLAnchorElement).addEventListener("click", (event) => {
  event.preventDefault();
  part(document, "main", HTMLElement).focus();
});
