// The one way to open a link, for the page and for a frame: the section of the lab that the address
// names is read, shown, brought to life and told what the link holds.

import { Bridge } from "../engine/bridge.js";
import { compiled } from "../engine/module.js";
import { el, part } from "./dom.js";
import { LinkWriter, labOf, labs, readLink } from "./link.js";
import { messageOf, showLost } from "./lost.js";
import { leadHere, loadEntry, loadSection, nameOf } from "./sections.js";
import { readyForPaper, watchColours } from "./theme.js";

/** @import {Finished, Frame} from "../engine/messages.js" */
/** @import {Asked} from "../embed/asked.js" */
/** @import {LabView} from "./lab-view.js" */
/** @import {Named} from "./own-ticket.js" */
/** @import {Entry} from "./sections.js" */

/** A section that takes longer than this to arrive is worth a word, in milliseconds. */
const LATE_MS = 300;

/**
 * @param {HTMLElement} main Takes the sections; some may be there already.
 * @param {{nameOf?: (lab: string) => string, onTurn?: (lab: string) => void,
 *   onShow?: (section: HTMLElement) => void, onQuery?: (lab: string, query: string) => void,
 *   onFrame?: (view: LabView, frame: Frame) => void, onOwn?: (view: LabView, named?: Named) => void, onAbsent?: (again: () => void) => void, asked?: Asked}} page
 *   What the links call a lab; a lab was asked for; its section is shown; the link to what is shown has changed;
 *   how it stands is shown; the reader's own data is to be brought; there is no section to show; what is asked of a frame.
 */
export function openLabs(main, page) {
  /** @type {NodeListOf<HTMLElement>} */
  const there = main.querySelectorAll("section[data-lab]");
  const sections = new Map([...there].map((section) => [section.dataset.lab, leadHere(section)]));
  /** @type {Map<string, LabView>} */
  const views = new Map();
  /** What a link to each lab held last, so that going away and back loses nothing. @type {Map<string, string>} */
  const queries = new Map();
  const { asked } = page;
  const writer = new LinkWriter(asked?.kept ?? (() => current?.experiment ?? ""));
  /** @type {LabView | null} */
  let current = null;
  let turns = 0;
  /** Who waits for a run to be shown. @type {((view: LabView) => void)[]} */
  const waiting = [];
  /** What is to be said of the run that a link opens, once it is there. */
  let remark = "";
  /** The address names a lab whose section could not be had. */
  let missed = false;

  document.querySelector("#silent")?.remove();
  // all scripts of the labs at once, and only now: a browser asks for a worker's after all that is waiting
  document.head.append(part(document, "#next", HTMLTemplateElement).content);
  const bridge = startEngine({
    onFrame: (frame, ack) => {
      if (frame.lab !== current?.lab.id) return ack();
      current.show(frame);
      page.onFrame?.(current, frame);
      for (const tell of waiting.splice(0)) tell(current);
    },
    onFinished: (run) => views.get(run.lab)?.finish(run),
    onNotice: (text) => current?.notice.show(text),
  });

  const loading = el("p", { class: "loading", role: "status", text: "Loading the lab …" });
  let late = 0;
  /** What is shown is marked as not what was asked for, once that has been on its way for long. */
  const beginWait = () => {
    late = setTimeout(() => {
      main.setAttribute("aria-busy", "true");
      main.after(loading);
    }, LATE_MS);
  };
  const endWait = () => {
    clearTimeout(late);
    main.removeAttribute("aria-busy");
    loading.remove();
  };
  /** @param {string} id */
  const sectionOf = async (id) => {
    const known = sections.get(id);
    if (known) return known;
    const loaded = await loadSection(id);
    const section = sections.get(id) ?? loaded;
    sections.set(id, section);
    return section;
  };

  /** @param {HTMLElement} section */
  const show = (section) => {
    for (const other of sections.values()) other.hidden = other !== section;
    if (!section.isConnected) main.append(section);
    document.title = `${nameOf(section)} · Regularization Playground`;
    page.onShow?.(section);
  };

  /** @param {string} id @param {HTMLElement} section @returns {Promise<LabView>} */
  const viewOf = async (id, section) => {
    const hear = {
      onQuery: (/** @type {string} */ query) => {
        queries.set(id, query);
        writer.write(id, query);
        page.onQuery?.(id, query);
      },
      onTouch: () => (writer.held = false),
      onOwn: page.onOwn,
    };
    const [{ LabView }, entry] = await Promise.all([import("./lab-view.js"), loadEntry(id)]);
    await new Promise((resolve) => setTimeout(resolve)); // not all in one task
    const view = views.get(id) ?? new LabView(section, entry, bridge, hear);
    views.set(id, view);
    return view;
  };

  /**
   * Where a lab's section cannot be had, the lab that is shown says so, or else the first, or else the page.
   * @param {string} asked @param {unknown} error @param {number} turn
   */
  const stay = async (asked, error, turn) => {
    endWait();
    missed = true;
    const { hash } = location;
    const again = () => {
      if (location.hash === hash) tell();
      else location.hash = hash; // a setting that was changed since has written its own link
    };
    const id = current?.lab.id ?? labs[0];
    const section = sections.get(id);
    if (!section) {
      if (!page.onAbsent) throw error;
      return page.onAbsent(again);
    }
    page.onTurn?.(id);
    show(section);
    writer.begin();
    writer.held = true;
    const view = await viewOf(id, section);
    if (turn !== turns) return;
    const fresh = current !== view;
    current = view;
    if (fresh) await view.load("", view.opening(false));
    const name = page.nameOf ? `“${page.nameOf(asked)}”` : "The lab that was asked for";
    view.notice.show(`${name} was not opened: ${messageOf(error)}.`, [{ label: "Try again", act: again }]);
  };

  /** @param {boolean} anew Whether what the address holds is to be played, also where it was before. */
  const open = async (anew) => {
    const link = asked?.read(writer.wasHere(), current) ?? readLink();
    const before = !anew && writer.wasHere();
    const id = labOf(link.lab);
    const turn = ++turns;
    const told = remark;
    remark = "";
    missed = false;
    endWait();
    if (!sections.has(id)) beginWait();
    page.onTurn?.(id);
    // until its section is there, a lab that is at work stays; the first lab's words alone do not
    if (!current) for (const [other, section] of sections) section.hidden = other !== id;
    /** @type {HTMLElement} */
    let section;
    /** @type {Entry} */
    let entry;
    try {
      [section, entry] = await Promise.all([sectionOf(id), loadEntry(id)]);
      if (turn !== turns) return;
      endWait();
      current?.leave();
      current = null;
      writer.begin();
      writer.held = true; // against the run before
      asked?.dress(section, entry.lab);
      show(section);
    } catch (error) {
      return turn === turns ? stay(id, error, turn) : undefined;
    }
    const view = await viewOf(id, section);
    if (turn !== turns) return;
    current = view;
    asked?.bind(view);
    const left = queries.get(id) ?? "";
    const around = { writer, problems: asked?.problems ?? [], left, onOwn: page.onOwn };
    const unread = () => import("./unread.js");
    if (link.lab !== id && link.lab !== "") return (await unread()).openFirst(view, around, link.lab);
    try {
      const query = link.query.includes("data=") ? await import("./own-data.js").then(({ bring }) => bring(link.query, bridge)) : link.query;
      if (turn !== turns) return;
      await view.load(query || left, view.opening(before || (!anew && query === "" && left !== "")));
      if (turn !== turns) return;
      writer.held = false;
      if (asked?.problems.length) view.notice.show([(await unread()).IN_PART, ...asked.problems]);
      else if (told) view.notice.show(told);
    } catch (error) {
      if (turn !== turns) return;
      await (await unread()).openRest(view, around, link.query, error);
    }
  };

  // first.js hides what is not asked for, until the way to the labs has its place
  requestAnimationFrame(() => setTimeout(() => delete document.documentElement.dataset.elsewhere));
  const tell = (anew = false) => open(anew).catch(showLost);
  addEventListener("hashchange", () => tell());
  // the address does not change where it is the link's already: what it leads to is opened anew
  addEventListener("click", ({ target }) => {
    const link = target instanceof Element && target.closest("a");
    if (!link || !link.hash) return;
    remark = link.dataset.remark ?? "";
    writer.flush(); // what was changed last belongs to the address that is left
    if (link.href === location.href) tell(!missed);
  });
  addEventListener("keydown", (event) => current?.transport.key(event));
  const redraw = () => current?.figures.redraw();
  watchColours(redraw);
  readyForPaper(() => current?.figures.drawNow());
  tell();
  return {
    redraw,
    /** The lab that is shown, once a run of it is: what was pressed early is done then. @returns {Promise<LabView>} */
    shown: async () => (current?.frame ? current : new Promise((resolve) => waiting.push(resolve))),
  };
}

/**
 * Starts the engine, which hears what is asked of it meanwhile; where none can be, the page says why.
 * @param {{onFrame: (frame: Frame, ack: () => void) => void, onFinished: (run: Finished) => void,
 *   onNotice: (text: string) => void}} page
 */
function startEngine({ onFrame, onFinished, onNotice }) {
  // what draws is instantiated beside the engine, of the same module
  const drawing = import("../engine/bindings.js").then(({ loadBindings }) => loadBindings());
  const bridge = new Bridge({
    onFrame: (frame) => drawing.then(() => onFrame(frame, () => bridge.ack()), () => {}),
    onFinished: (run) => drawing.then(() => onFinished(run), () => {}),
    onNotice,
  });
  const started = bridge.start().then(() => void (document.documentElement.dataset.engine = bridge.place));
  // without the module nothing else is of use either, and it is what is said to be missing
  Promise.all([started, drawing]).catch((error) => compiled().then(() => showLost(error), showLost));
  return bridge;
}
