// One lab alone, in a frame on somebody else's page. It takes the lab's section out of the
// playground's own page, so that there is one place for the prose and the arrangement. It tells the
// page around it how high it is, and takes no orders from it.

import { loadBindings } from "../engine/bindings.js";
import { Bridge } from "../engine/bridge.js";
import { LabView } from "../page/lab-view.js";
import { LinkWriter, linkTo, readLink } from "../page/link.js";
import { nameOf } from "../page/nav.js";
import { showLost } from "../page/notice.js";
import { watchColours } from "../page/theme.js";

const main = document.querySelector("main");
const writer = new LinkWriter();

/** The playground's page as an inert document: nothing in it runs. @returns {Promise<Document>} */
function readPlayground() {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", new URL("../index.html", import.meta.url));
    request.responseType = "document";
    request.onload = () => (request.response ? resolve(request.response) : request.onerror());
    request.onerror = () => reject(new Error("the page of the playground could not be loaded"));
    request.send();
  });
}

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

async function start() {
  let view = null;
  const bridge = new Bridge({
    onFrame: (frame) => view?.show(frame),
    onNotice: (text) => view?.notice.show(text),
  });
  const [playground, bindings] = await Promise.all([readPlayground(), loadBindings(), bridge.start()]);
  document.documentElement.dataset.engine = bridge.place;
  const catalogue = bindings.catalogue();
  const sections = new Map([...playground.querySelectorAll("section[data-lab]")].map((section) => [section.dataset.lab, section]));
  const link = readLink();
  const lab = catalogue.find(({ id }) => id === link.lab && sections.has(id))
    ?? catalogue.find(({ id }) => sections.has(id));
  const section = document.importNode(sections.get(lab.id), true);
  section.hidden = false;
  main.replaceChildren(section);
  const out = document.querySelector("footer a");
  main.append(document.querySelector("footer"));
  document.title = `${nameOf(section)} · Regularization Playground`;
  view = new LabView(section, lab, bindings, bridge, {
    onQuery: (query) => {
      writer.write(lab.id, query);
      out.href = linkTo("index.html", lab.id, query);
    },
    onTouch: () => (writer.held = false),
  });
  watchColours(() => view.figures.redraw());
  addEventListener("keydown", (event) => view.transport.key(event));

  const open = async (query) => {
    writer.begin();
    try {
      await view.load(query);
    } catch (error) {
      const text = location.href;
      writer.held = true;
      await view.load("");
      view.notice.show(["This link could not be read, so the lab starts with its defaults.",
        ...error.message.split("; ")], [], text);
    }
  };
  addEventListener("hashchange", () => open(readLink().query));
  await open(link.query);
  if (link.lab !== "" && link.lab !== lab.id) view.notice.show(`There is no lab named “${link.lab}”.`);
}

if (parent !== window) reportHeight();
try {
  await start();
} catch (error) {
  showLost(error);
}
