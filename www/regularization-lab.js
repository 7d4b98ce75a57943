// <regularization-lab lab="dropout" keep_prob="0.3"></regularization-lab>: a lab in any page. Its attributes are
// the lab's settings and what the page asks of it (hide, lock, figures, theme, lang, autoplay), kept up to
// date both ways; what stands in it is seen until it is ready. Types: regularization-lab.d.ts.

import { hideFailed, showFailed } from "./element/failed.js";
import { unknown } from "./element/labs.js";
import { loadPoster } from "./element/poster.js";

/** @import {Frame} from "./engine/messages.js" */
/** @import {Params, Setting} from "./pkg/regularization_playground.js" */
/** @import {Hear, Run} from "./element/run.js" */
/** @import {RegularizationLab as Declared, RegularizationLabEventMap as Events} from "./regularization-lab.d.ts" */

/** So far from the screen a lab is brought to life. */
const NEAR = "100px";

const NOWHERE = "this lab is in no page";
const LEFT = "this lab has left the page";
const SCRIPTLESS = "its scripts could not be loaded";
/** Where there is no WebAssembly at all its scripts do not load either. */
const UNSUPPORTED = /does not support/;

/**
 * What belongs to one lab in one place, and ends with it.
 * @typedef {object} Life
 * @property {Promise<unknown>} taken What attributes ask for is done, one time after the other.
 * @property {string[][]} owed The names of those that are not done yet: what is shown meanwhile is older than they are.
 */
/** @returns {Life} */
const newLife = () => ({ taken: Promise.resolve(), owed: [] });

let losses = 0;

/** A browser keeps a script that could not be had for lost: it is asked for under another address. @returns {Promise<typeof import("./element/run.js")>} */
function loadRun() {
  const parts = losses === 0 ? import("./element/run.js") : import(`./element/run.js?again=${losses}`);
  parts.catch(() => (losses += 1));
  return parts;
}

/** Where there is no page, on a server, it can be imported all the same. */
const Base = globalThis.HTMLElement ?? class {};

/** What it is before its look is there: high enough that of many, one below the other, only those in sight begin. */
const SHAPE = ":host { display: block } :host([hidden]) { display: none } slot { display: block; min-height: 320px } slot > svg { max-width: 100%; height: auto }";

/** A sheet belongs to one document. @type {WeakMap<Document, CSSStyleSheet>} */
const shapes = new WeakMap();

/** @param {Document} page @returns {CSSStyleSheet[]} None where it has no window. */
function shapeIn(page) {
  const { defaultView } = page;
  if (!defaultView) return [];
  const sheet = shapes.get(page) ?? new (/** @type {typeof globalThis} */ (/** @type {unknown} */ (defaultView)).CSSStyleSheet)();
  if (!shapes.has(page)) sheet.replaceSync(SHAPE);
  shapes.set(page, sheet);
  return [sheet];
}

/** @implements {Omit<Declared, keyof HTMLElement>} */
export class RegularizationLab extends Base {
  /** @type {ShadowRoot} */
  #shadow;
  /** From when it is first seen until it leaves the page. @type {Promise<Run | null> | null} */
  #run = null;
  /** The same once it is there. @type {Run | null} */
  #now = null;
  /** @type {IntersectionObserver | null} */
  #near = null;
  #attributes = new MutationObserver((records) => this.#take(records));
  #life = newLife();

  constructor() {
    super();
    this.#shadow = this.attachShadow({ mode: "open" });
    this.#shadow.append(document.createElement("slot"));
    this.#shadow.adoptedStyleSheets = shapeIn(this.ownerDocument);
  }

  connectedCallback() {
    if (this.#near) return; // it was only moved
    this.#attributes.observe(this, { attributes: true });
    this.#near = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) this.#start();
    }, { rootMargin: NEAR });
    this.#near.observe(this);
  }

  /** What it was dressed in stays with the document it was in: it begins anew. */
  adoptedCallback() {
    this.#end();
    this.#shadow.adoptedStyleSheets = shapeIn(this.ownerDocument);
  }

  disconnectedCallback() {
    queueMicrotask(() => this.isConnected || this.#end());
  }

  /** The run goes on, or is replayed from its end. Settles once the lab has taken it. @returns {Promise<void>} */
  async play() {
    await this.#do(({ view }) => view?.play());
  }

  /** @returns {Promise<void>} */
  async pause() {
    await this.#do(({ bridge }) => bridge.call({ kind: "pause" }));
  }

  /** To the first step. @returns {Promise<void>} */
  async reset() {
    await this.#do(({ view }) => view?.ask("reset"));
  }

  /** @param {number} [n] So many steps, also beyond the planned end. @returns {Promise<void>} */
  async step(n = 1) {
    if (!Number.isInteger(n) || n < 1) throw new RangeError(`n = ${n}: must be a whole number from 1 on`);
    await this.#do(({ view }) => view?.ask("step", { steps: n }));
  }

  /**
   * Changes one setting, or an option, or the lab, and settles once that is seen.
   * @param {string} key @param {Setting} value @returns {Promise<void>} Rejected where it is refused.
   */
  async set(key, value) {
    if (key === "lab") return this.#become(String(value));
    const refused = await this.#do((run) => run.set(key, value));
    if (refused) throw new Error(refused);
  }

  /** @param {string} lab */
  async #become(lab) {
    if (!this.isConnected) throw new Error(NOWHERE);
    const error = unknown(lab);
    if (error) throw error;
    this.setAttribute("lab", lab);
    await this.#alive();
  }

  /** What is measured, as it was shown last; empty before there is anything. @returns {Record<string, number>} */
  metrics() {
    return { ...this.#now?.frame?.metrics };
  }

  /** Every setting in force. @returns {Params} */
  params() {
    return { ...this.#now?.frame?.params };
  }

  /** What a link to the run holds. */
  query() {
    return this.#now?.frame?.query ?? "";
  }

  /** @returns {Promise<Run>} With all that was asked for by attributes. */
  async #alive() {
    if (!this.isConnected) throw new Error(NOWHERE);
    this.#take(this.#attributes.takeRecords());
    this.#start();
    const life = this.#life;
    const run = await this.#run;
    await run?.ready;
    if (life === this.#life) {
      if (!run) throw new Error("this lab could not be opened");
      this.#take(this.#attributes.takeRecords());
      await life.taken;
    }
    if (!run || life !== this.#life) throw new Error(LEFT);
    return run;
  }

  /**
   * What is asked of the lab that is there now is answered by it, or not at all.
   * @template T
   * @param {(run: Run) => Promise<T> | undefined} act
   */
  async #do(act) {
    const run = await this.#alive();
    const answer = await act(run)?.catch((error) => {
      if (!run.ended) throw error;
    });
    if (run.ended) throw new Error(LEFT);
    return answer;
  }

  #start() {
    this.#near?.disconnect();
    this.#run ??= this.#open();
  }

  /** @returns {Promise<Run | null>} */
  async #open() {
    const lab = this.getAttribute("lab") ?? "";
    const life = this.#life;
    if (this.childElementCount === 0) this.#showPoster(lab);
    /** @type {Run | null} */
    let run = null;
    try {
      const ahead = import("./element/ahead.js").then(({ askAhead }) => askAhead(lab, this.ownerDocument));
      ahead.catch(() => {}); // told where it is opened
      const parts = await loadRun();
      if (life !== this.#life) return null; // it has left the page meanwhile, or is to be another lab
      run = new parts.Run(this, this.#shadow, lab, this.#hear());
      this.#now = run;
      await run.open(ahead);
      return run;
    } catch (error) {
      if (run) run.fail(error);
      else if (life === this.#life) await this.#lose();
      return null;
    }
  }

  /** The scripts that bring it to life cannot be had. */
  async #lose() {
    const problem = await import("./engine/module.js").then(({ compiled }) => compiled()).then(() => SCRIPTLESS, ({ message }) => (UNSUPPORTED.test(message) ? message : SCRIPTLESS));
    const message = `This lab could not be opened: ${problem}.`;
    showFailed(this.#shadow, message, () => this.#again());
    this.#say("error", { message, problems: [problem] });
  }

  /** @param {string} lab */
  async #showPoster(lab) {
    const theme = this.getAttribute("theme");
    const schemes = theme === null ? getComputedStyle(this).colorScheme : theme === "auto" ? "light dark" : theme;
    const dark = schemes.includes("dark") && (!schemes.includes("light") || matchMedia("(prefers-color-scheme: dark)").matches);
    const poster = await loadPoster(lab, dark);
    if (poster) this.#shadow.querySelector("slot")?.replaceChildren(poster);
  }

  /** @returns {Hear} */
  #hear() {
    return {
      ready: ({ lab, params, metrics, query }) => this.#say("ready", { lab, params, metrics, query }),
      frame: (frame, last, changed) => this.#tell(frame, last, changed),
      error: (message, problems) => this.#say("error", { message, problems }),
      again: () => this.#again(),
      reflect: (key, value) => {
        this.#take(this.#attributes.takeRecords());
        if (this.#life.owed.some((names) => names.includes(key))) return;
        this.setAttribute(key, value);
        this.#attributes.takeRecords(); // by the lab itself: nothing is to be done
      },
    };
  }

  /** @param {Frame} frame @param {Frame | null} last @param {string[]} changed */
  #tell(frame, last, changed) {
    const { params, metrics, query, progress: { steps, of }, state, fault, run } = frame;
    if (changed.length > 0) this.#say("change", { changed, params, query });
    if (last && (steps !== last.progress.steps || run !== last.run)) this.#say("step", { steps, of, metrics });
    if (state === "done" && (last?.state !== "done" || last.query !== query)) this.#say("done", { steps, params, metrics, query });
    if (!fault || fault.number === last?.fault?.number) return;
    if (fault.name === "DivergedError") this.#say("diverged", { step: fault.step ?? steps, message: fault.message, params, query });
    else this.#say("error", { message: fault.message, problems: [fault.message] });
  }

  /**
   * They do not bubble: a page's own `change` and `error` are others.
   * @template {keyof Events} T
   * @param {T} type @param {Events[T]["detail"]} detail
   */
  #say(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  /** Several attributes at once are one change. @param {MutationRecord[]} records */
  #take(records) {
    const names = [...new Set(records.map(({ attributeName }) => attributeName ?? ""))];
    if (names.length === 0 || !this.#run) return;
    if (names.includes("lab") && this.getAttribute("lab") !== this.#now?.lab) return this.#again();
    const life = this.#life;
    life.owed.push(names);
    life.taken = life.taken.then(() => (life === this.#life ? this.#now?.take(names) : undefined)).catch(reportError).finally(() => life.owed.shift());
  }

  /** Another lab takes its place. */
  #again() {
    this.#close();
    this.#start();
  }

  #close() {
    hideFailed(this.#shadow);
    this.#life = newLife();
    this.#now?.end();
    [this.#run, this.#now] = [null, null];
  }

  #end() {
    this.#near?.disconnect();
    this.#near = null;
    this.#attributes.disconnect();
    this.#close();
  }
}

if (globalThis.customElements && !customElements.get("regularization-lab")) customElements.define("regularization-lab", RegularizationLab);
