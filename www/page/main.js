// The page: the lab in the address, the way to the others, and what stands in its head.

import { part } from "./dom.js";
import { openLabs } from "./labs.js";
import { buildNav } from "./nav.js";
import { connectPresenting, connectTheme } from "./theme.js";

// a frame in a sandbox that has opened it cannot let go itself
if (window.opener) window.opener = null;

/** @param {string} name */
const button = (name) => part(document, `header button[name=${name}]`, HTMLButtonElement);

const nav = buildNav(part(document, "header nav", HTMLElement), part(document, "nav.labs", HTMLElement));
/** @type {Awaited<ReturnType<typeof import("./course.js").buildCourse>> | null} */
let course = null;
let here = "";
const way = part(document, ".course", HTMLElement);
const near = new IntersectionObserver(async (entries) => {
  if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
  course ??= await import("./course.js").then(({ buildCourse }) => buildCourse(way, nav.nameOf)).catch(() => null);
  course?.show(here);
}, { rootMargin: "400px" });
/** What comes with the reader's own data. @type {Promise<typeof import("./own-beside.js")> | null} */
let own = null;
const labs = openLabs(part(document, "main", HTMLElement), {
  nameOf: nav.nameOf,
  onTurn: (lab) => {
    here = lab;
    nav.show(lab);
    course?.show(lab);
  },
  onShow: () => near.observe(way), // below the lab, not in its place
  onOwn: (view, named) => bringOwn(view, { named }),
  onFrame: async (view, frame) => {
    if (frame.query.includes("data=")) own ??= import("./own-beside.js");
    (await own)?.showOwn(view, frame, bringOwn);
  },
});
addEventListener("dragover", (event) => event.dataTransfer?.types.includes("Files") && event.preventDefault());
addEventListener("drop", async (event) => {
  const files = [...event.dataTransfer?.files ?? []];
  if (files.length === 0) return;
  event.preventDefault();
  const view = await labs.shown();
  if (!files[0].name.endsWith(".json")) return bringOwn(view, { files });
  const { openDropped } = await import("./run-file.js");
  openDropped(files[0], view);
});
/** The reader's own data. @type {typeof import("./own-dialog.js").openOwn} */
async function bringOwn(view, given) {
  const parts = await import("./own-dialog.js").catch(() => null);
  if (parts) return parts.openOwn(view, given);
  view.notice.show("What reads your own data could not be loaded. Try again once you are connected.");
}
connectTheme(button("theme"), labs.redraw);
connectPresenting(button("present"), labs.redraw);
button("share").addEventListener("click", async () => {
  const view = await labs.shown();
  const parts = await import("./share.js").catch(() => null);
  if (parts) parts.openShare(view);
  else view.notice.show("What shares a run could not be loaded. Press Share again once you are connected.");
});

// The address says which lab is open: the way past the navigation leaves it as it is.
part(document, "a.skip", HTMLAnchorElement).addEventListener("click", (event) => {
  event.preventDefault();
  part(document, "main", HTMLElement).focus();
});
