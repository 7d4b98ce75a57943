// One lab in one element, from the moment it is first seen to the moment it leaves the page.

import { loadBindings } from "../engine/bindings.js";
import { Bridge } from "../engine/bridge.js";
import { el } from "../page/dom.js";
import { LabView } from "../page/lab-view.js";
import { linkTo, mended } from "../page/link.js";
import { keepNothing } from "../page/memory.js";
import { messageOf, reasonOf } from "../page/lost.js";
import { applyRules, readOptions, rulesOf, withLocked } from "../page/options.js";
import { OPTIONS } from "../page/query.js";
import { readyForPaper } from "../page/theme.js";
import { showFailed } from "./failed.js";
import { LABS, TOLD } from "./labs.js";
import { changesOf, isSetting, optionsOf, queryOf, settingsOf, valueOf } from "./settings.js";
// what these import, named here too, so that all of it is asked for at once
import "../engine/crew.js";
import "../engine/files.js";
import "../engine/module.js";
import "../engine/own.js";
import "../engine/ticket.js";
import "../engine/workers.js";
import "../page/batch.js";
import "../page/body.js";
import "../page/comparison.js";
import "../page/control.js";
import "../page/copy.js";
import "../page/data.js";
import "../page/download.js";
import "../page/figures.js";
import "../page/kept-runs.js";
import "../page/live.js";
import "../page/map.js";
import "../page/marks.js";
import "../page/metrics.js";
import "../page/notice.js";
import "../page/numbers.js";
import "../page/panel.js";
import "../page/question.js";
import "../page/read-number.js";
import "../page/readout.js";
import "../page/runs.js";
import "../page/scale.js";
import "../page/symbol.js";
import "../page/tables.js";
import "../page/ties.js";
import "../page/told.js";
import "../page/transport.js";
import "../pkg/regularization_playground.js";

/** @import {Params, Setting} from "../pkg/regularization_playground.js" */
/** @import {Frame} from "../engine/messages.js" */
/** @import {Ahead} from "./ahead.js" */

/**
 * What the element is told.
 * @typedef {object} Hear
 * @property {(frame: Frame, last: Frame | null, changed: string[]) => void} frame With the parameters that have changed since the last.
 * @property {(frame: Frame) => void} ready Its first frame is there to be seen.
 * @property {(message: string, problems: string[]) => void} error
 * @property {() => void} again It is to be opened anew.
 * @property {(key: string, value: string) => void} reflect A setting has become another one, by whatever way.
 */

keepNothing();

export class Run {
  /** @param {HTMLElement} host @param {ShadowRoot} shadow @param {string} lab @param {Hear} hear */
  constructor(host, shadow, lab, hear) {
    this.host = host;
    this.shadow = shadow;
    this.lab = lab;
    this.hear = hear;
    this.root = el("div", { class: "root", "data-embed": true });
    this.place = el("div", { class: "place", "data-waiting": true }, this.root);
    this.over = new AbortController();
    /** @type {LabView | null} */
    this.view = null;
    /** The last one. @type {Frame | null} */
    this.frame = null;
    const drawing = loadBindings();
    drawing.catch(() => {}); // told where it is opened
    this.bridge = new Bridge({
      onFrame: (frame) => drawing.then(() => this.show(frame), () => {}),
      onFinished: (run) => drawing.then(() => this.view?.finish(run), () => {}),
      onNotice: (text) => this.tell(text, [text]),
    });
    /** Those who wait for the next frame. @type {Set<(value?: unknown) => void>} */
    this.waiting = new Set();
    /** Settles when its first frame is there to be seen. @type {Promise<void>} */
    this.ready = new Promise((resolve) => (this.settle = resolve));
  }

  get ended() {
    return this.over.signal.aborted;
  }

  /** Brings it to life. @param {Promise<Ahead>} ahead */
  async open(ahead) {
    const { host, shadow, lab, bridge } = this;
    this.dress(readOptions(optionsOf(host)).options.theme);
    const { sheet, section, entry } = await ahead;
    const bindings = await loadBindings();
    if (this.ended) return;
    if (!shadow.adoptedStyleSheets.includes(sheet)) shadow.adoptedStyleSheets.push(sheet);
    this.out = el("a", { target: "_blank", rel: "noopener", text: "Open in the playground" });
    this.root.append(section, el("p", { class: "out" }, this.out));
    shadow.prepend(this.place);
    const view = new LabView(section, entry, bridge, { onQuery: () => {}, onTouch: () => {}, onSleep: () => this.wakeAll(), place: host });
    this.view = view;
    this.listen(view);
    bridge.start().catch((error) => this.fail(error));
    const problems = this.problemsOf(optionsOf(host));
    this.obey();
    const { query, problems: unread } = bindings.readLink(lab, queryOf(view.lab, settingsOf(host)));
    await view.load(query, view.opening(false));
    this.tell("A part of what this lab was asked for could not be read. The rest of it is set.", [...problems, ...unread]);
  }

  /** @param {LabView} view */
  listen(view) {
    const { shadow, root, over: { signal } } = this;
    const { section } = view;
    root.setAttribute("role", "group");
    root.setAttribute("aria-label", view.lab.title);
    // below the page's own headings
    section.querySelector("h1")?.setAttribute("aria-level", "2");
    for (const heading of section.querySelectorAll("h2")) heading.setAttribute("aria-level", "3");
    for (const link of section.querySelectorAll("a")) this.adopt(link);
    shadow.addEventListener("keydown", (event) => view.transport.key(/** @type {KeyboardEvent} */ (event)), { signal });
    shadow.addEventListener("click", (event) => this.follow(event), { signal });
    root.addEventListener("transitionend", ({ target }) => target === root && view.figures.redraw(), { signal });
    readyForPaper(() => view.figures.drawNow(), root, signal);
  }

  /** A link to another lab leads to the playground: this one stays what the page has asked for. @param {HTMLAnchorElement} link */
  adopt(link) {
    const { lab, query } = mended((link.getAttribute("href") ?? "").slice(1));
    if (!link.getAttribute("href")?.startsWith("#") || lab === this.lab) return;
    link.href = linkTo("index.html", lab, query);
    link.target = "_blank";
  }

  /** A link to this lab changes its settings, as a hand would. @param {Event} event */
  follow(event) {
    const { view } = this;
    const link = event.target instanceof Element && event.target.closest("a[href^='#']");
    if (!link || !view) return;
    event.preventDefault();
    if (link.hasAttribute("aria-disabled")) return;
    const { query } = mended((link.getAttribute("href") ?? "").slice(1));
    const asked = withLocked(query, view.locked, view.params());
    view.load(asked, view.opening(false)).catch((error) => this.tell(messageOf(error), [messageOf(error)]));
  }

  /** @param {string} theme */
  dress(theme) {
    if (this.host.hasAttribute("theme")) this.root.dataset.theme = theme;
    else delete this.root.dataset.theme; // as the page around it
  }

  /** What of these options means nothing here. @param {[string, string][]} pairs */
  problemsOf(pairs) {
    const { options, problems } = readOptions(pairs);
    return this.view ? [...problems, ...rulesOf(options, this.view.lab).problems] : [];
  }

  /** Does what the options ask. */
  obey() {
    const { view, host } = this;
    if (!view) return;
    const { options } = readOptions(optionsOf(host));
    const { rules } = rulesOf(options, view.lab);
    this.dress(options.theme);
    applyRules(view.section, rules);
    this.out?.parentElement?.toggleAttribute("data-hidden", rules.hide.parts.has("share"));
    view.obey(rules);
  }

  /**
   * Attributes have changed: all settings among them are taken together, or none.
   * @param {string[]} names
   */
  async take(names) {
    const { view, host } = this;
    if (!view) return; // it opens with what they are then
    const problems = this.problemsOf(optionsOf(host).filter(([name]) => names.includes(name)));
    if (names.some((name) => OPTIONS.includes(name))) this.obey();
    this.tell("The attributes could not be read.", problems);
    const changes = changesOf(view.lab, host, names.filter(isSetting));
    const refused = Object.keys(changes).length > 0 ? await view.set(changes) : "";
    if (refused) this.tell(`Nothing was changed: ${refused}`, refused.split("; "));
  }

  /** One setting or option, by a script. @param {string} key @param {Setting} value @returns {Promise<string>} Why it was refused; then nothing has changed. */
  async set(key, value) {
    const { view } = this;
    if (!view) return "";
    const spec = view.lab.parameters.find((spec) => spec.key === key);
    if (!spec && !OPTIONS.includes(key)) {
      return `unknown key “${String(key).slice(0, TOLD)}”; there are ${[...view.lab.parameters.map(({ key }) => key), ...OPTIONS, "lab"].join(", ")}`;
    }
    if (!["string", "number", "boolean"].includes(typeof value)) return `${key}: must be a text, a number, true or false`;
    if (!spec) return this.setOption(key, String(value));
    const refused = await view.set({ [key]: typeof value === "string" ? valueOf(spec, value) : value });
    if (!refused) await this.seen();
    return refused;
  }

  /** @param {string} key @param {string} value */
  setOption(key, value) {
    const problems = this.problemsOf([[key, value]]);
    if (problems.length > 0) return problems.join("; ");
    this.host.setAttribute(key, value);
    this.obey();
    return "";
  }

  /** What was taken is in the next frame; out of sight there may be none. @returns {Promise<void>} */
  async seen() {
    if (this.view?.onScreen && !document.hidden) await new Promise((resolve) => this.waiting.add(resolve));
  }

  /** Nobody waits for a frame any longer. */
  wakeAll() {
    for (const resolve of this.waiting) resolve();
    this.waiting.clear();
  }

  /** @param {string} text @param {string[]} problems */
  tell(text, problems) {
    if (problems.length === 0 || this.ended) return;
    this.view?.notice.show(problems.length === 1 && text.endsWith(problems[0]) ? text : [text, ...problems]);
    this.hear.error(text, problems);
  }

  /** @param {Frame} frame */
  show(frame) {
    const { view, frame: last } = this;
    if (!view || this.ended) return;
    view.show(frame);
    this.frame = frame;
    if (this.out) this.out.href = linkTo("index.html", this.lab, frame.query);
    const changed = view.lab.parameters.map(({ key }) => key).filter((key) => last?.params[key] !== frame.params[key]);
    if (last) this.reflect(changed, frame.params);
    if (last) this.hear.frame(frame, last, changed);
    this.wakeAll();
    if (last) return;
    // drawn by the next frame
    requestAnimationFrame(() => requestAnimationFrame(() => {
      if (this.ended) return;
      this.place.toggleAttribute("data-waiting", false);
      this.shadow.querySelector("slot")?.remove();
      this.settle?.();
      this.hear.ready(frame);
      this.hear.frame(frame, null, []);
    }));
  }

  /** @param {string[]} changed @param {Params} params */
  reflect(changed, params) {
    const { host, view } = this;
    for (const key of changed) {
      const spec = view?.lab.parameters.find((spec) => spec.key === key);
      const text = host.getAttribute(key);
      const says = text === null ? spec?.default : valueOf(spec, text);
      if (says !== params[key]) this.hear.reflect(key, String(params[key]));
    }
  }

  /** It cannot be brought to life, and says why below what stands there until it is. @param {unknown} error */
  fail(error) {
    if (this.ended) return;
    const text = `This lab could not be opened: ${reasonOf(error)}.`;
    showFailed(this.shadow, text, LABS.includes(this.lab) ? this.hear.again : null);
    this.hear.error(text, [reasonOf(error)]);
  }

  /** All it had is given back. */
  end() {
    this.over.abort();
    this.settle?.(); // in vain
    this.wakeAll();
    this.view?.end();
    this.bridge.stop();
    this.shadow.replaceChildren(el("slot"));
  }
}
