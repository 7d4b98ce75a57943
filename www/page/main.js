// The page: one section a lab, the one in the address shown and brought to life.

import { loadBindings } from "../engine/bindings.js";
import { Bridge } from "../engine/bridge.js";
import { LabView } from "./lab-view.js";
import { LinkWriter, readLink } from "./link.js";
import { buildNav, nameOf } from "./nav.js";
import { showLost } from "./notice.js";
import { connectShare } from "./share.js";
import { connectPresenting, connectTheme, watchColours } from "./theme.js";

const sections = new Map([...document.querySelectorAll("section[data-lab]")].map((section) => [section.dataset.lab, section]));
const views = new Map();
/** What a link to each lab held last, so that going away and back loses nothing. */
const queries = new Map();
const writer = new LinkWriter();
let current = null;
let shown = "";

const button = (name) => document.querySelector(`header button[name=${name}]`);
const redraw = () => current?.figures.redraw();
connectTheme(button("theme"), redraw);
connectPresenting(button("present"), redraw);
watchColours(redraw);
const nav = buildNav(document.querySelector("header.site"), sections);
showSection(sections.has(readLink().lab) ? readLink().lab : [...sections.keys()][0]);

const nextTask = () => new Promise((resolve) => setTimeout(resolve));

function showSection(lab) {
  for (const [id, section] of sections) section.hidden = id !== lab;
  nav.show(lab);
  document.title = `${nameOf(sections.get(lab))} · Regularization Playground`;
}

try {
  await start();
} catch (error) {
  showLost(error);
}

async function start() {
  const bridge = new Bridge({
    onFrame: (frame) => (frame.lab === current?.lab.id ? current.show(frame) : bridge.ack()),
    onNotice: (text) => current?.notice.show(text),
  });
  const [bindings] = await Promise.all([loadBindings(), bridge.start()]);
  document.documentElement.dataset.engine = bridge.place;
  const catalogue = new Map(bindings.catalogue().map((lab) => [lab.id, lab]));
  await nextTask(); // to read the catalogue and to build a lab in one go would hold up the page

  const viewOf = (id) => {
    if (!views.has(id)) {
      const page = {
        onQuery: (query) => {
          queries.set(id, query);
          shown = query;
          writer.write(id, query);
        },
        onTouch: () => (writer.held = false),
      };
      views.set(id, new LabView(sections.get(id), catalogue.get(id), bindings, bridge, page));
    }
    return views.get(id);
  };

  const open = async () => {
    const link = readLink();
    const known = sections.has(link.lab) && catalogue.has(link.lab);
    const id = known ? link.lab : [...sections.keys()].find((lab) => catalogue.has(lab));
    writer.begin();
    current?.leave();
    showSection(id);
    current = viewOf(id);
    if (!known && link.lab !== "") return openDefaults([`There is no lab named “${link.lab}”. This is the first one.`]);
    try {
      await current.load(link.query || queries.get(id) || "");
    } catch (error) {
      await openDefaults(["This link could not be read, so the lab starts with its defaults.",
        ...error.message.split("; ")]);
    }
  };
  const openDefaults = async (lines) => {
    const text = location.href;
    writer.held = true;
    await current.load("");
    current.notice.show(lines, [], text);
  };

  connectShare(document.querySelector("#share"), button("share"), () =>
    ({ lab: current.lab.id, title: current.lab.title, query: shown }));
  addEventListener("hashchange", open);
  addEventListener("keydown", (event) => current?.transport.key(event));
  await open();
}
