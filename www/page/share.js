// The share dialog: the link to this very run, the lines that put it into a page of somebody else's, as
// it is to look there, and the run as a file. Loaded when it is first asked for.

import { fileUrl, pageUrl } from "../engine/files.js";
import { parted } from "../engine/ticket.js";
import { buildCopy } from "./copy.js";
import { el, freshId } from "./dom.js";
import { MNIST } from "./own-data.js";
import { pointsIn } from "./own-drawn.js";
import { namedBy } from "./own-ticket.js";
import { buildRunFile } from "./run-file.js";
import { buildFrameChoice } from "./share-frame.js";
import { SNIPPETS } from "./snippets.js";

/** @import {LabView} from "./lab-view.js" */
/** @import {Shared, Snippet} from "./snippets.js" */

/** Its styles come with it; without them it can be read still. */
const styled = new Promise((resolve) => {
  document.head.append(el("link", { rel: "stylesheet", href: fileUrl("styles/share.css"), onload: resolve, onerror: resolve }));
});

/** @param {LabView} view The lab whose run is shown. */
export async function openShare(view) {
  const { lab } = view;
  const query = view.frame?.query ?? "";
  const usual = lab.parameters.every(({ key, default: value }) => view.frame?.params[key] === value);
  const [link, ...others] = SNIPPETS.map(buildRow);
  const frame = buildFrameChoice(lab, (look) => {
    /** @type {Shared} */
    const shared = { site: pageUrl("").href, lab: lab.id, title: lab.title, query, usual, ...look };
    for (const row of [link, ...others]) row.write(shared);
    frame.show(shared);
  });
  const title = el("h2", { id: freshId("share"), text: "Share this run" });
  const close = el("button", { type: "button", text: "Close", onclick: () => dialog.close() });
  const own = ownIn(query);
  const file = [el("h3", { text: "As a file" }), buildRunFile(view, () => dialog.close())];
  const dialog = el("dialog", { id: "share", "aria-labelledby": title.id, onclose: () => dialog.remove() },
    el("div", { class: "share-head" }, title, close),
    own && el("p", { text: own }),
    ...(own ? file : []),
    el("p", { class: "help" }, own ? "Each of these holds every setting and the seed, but not the data. " : "Each of these holds every setting and the seed: whoever opens it gets the same run, bit for bit. ",
      el("a", { href: pageUrl("teachers.html").href, text: "For teachers: more on each place" })),
    link.element,
    el("h3", { text: "In a course page, a notebook or slides" }),
    el("div", { class: "share-columns" }, frame.element, el("div", { class: "share-lines" }, ...others.map(({ element }) => element))),
    ...(own ? [] : file));
  await styled;
  if (document.querySelector("dialog#share")) return; // pressed twice
  frame.begin();
  document.body.append(dialog);
  dialog.showModal();
}

/** What a link to a run on the reader's own data does not hold. @param {string} query */
function ownIn(query) {
  const { ticket } = parted(query);
  const named = namedBy(ticket);
  if (ticket === "" || named.name === MNIST.name || pointsIn(named)) return null;
  return `This run is of your own data, “${named.name}”. To hand it on, save the run: the file holds the data too, where that is small. A link names the data and does not hold it: whoever opens the link is asked for that file. A frame or an element cannot be given one and shows the lab’s defaults.`;
}

/** One kind of place: its line, and what copies it. @param {Snippet} snippet */
function buildRow({ key, name, help, write }) {
  const field = el("textarea", { name: key, rows: key === "link" ? "2" : "1", readonly: true, spellcheck: "false", wrap: key === "link" ? "soft" : "off" });
  const { button, said } = buildCopy(field, `for ${name}`);
  const element = el("div", { class: "share-line" },
    el("label", {}, el("span", { class: "share-name", text: name }), el("span", { class: "help", text: help }), field), button, said);
  return { element, write: (/** @type {Shared} */ shared) => (field.value = write(shared)) };
}
