// One lab on the page: its section's markup brought to life with the catalogue's controls and
// figures, and joined to the engine.

import { loadBindings } from "../engine/bindings.js";
import { load } from "../engine/own.js";
import { buildComparison } from "./comparison.js";
import { part } from "./dom.js";
import { buildFigures } from "./figures.js";
import { buildLive } from "./live.js";
import { buildMetrics } from "./metrics.js";
import { buildNotice } from "./notice.js";
import { withLocked } from "./options.js";
import { buildPanel } from "./panel.js";
import { Told } from "./told.js";
import { buildTransport } from "./transport.js";

/** @import {Params, Setting} from "../pkg/regularization_playground.js" */
/** @import {Bridge} from "../engine/bridge.js" */
/** @import {Finished, Frame, Open} from "../engine/messages.js" */
/** @import {Pace} from "../engine/pacer.js" */
/** @import {Rules} from "./options.js" */
/** @import {Entry} from "./sections.js" */
/** @import {buildAfter} from "./after.js" */

/** A new seed is one that can be read and told: enough of them there are. */
const SEEDS = 10_000;

export class LabView {
  /**
   * @param {HTMLElement} section
   * @param {Entry} entry
   * @param {Bridge} bridge
   * @param {{onQuery: (query: string) => void, onTouch: () => void, onOwn?: (view: LabView) => void, onSleep?: () => void, place?: Element}} page `onOwn`: the reader's own data is to be brought, where it can be; `place`: what has to be
   *   in sight; without it the whole page, which a reader scrolls through: only a frame can be out of sight.
   */
  constructor(section, { lab, opening }, bridge, page) {
    this.section = section;
    this.lab = lab;
    this.bridge = bridge;
    this.page = page;
    /** The last one. @type {Frame | null} */
    this.frame = null;
    /** Changes that were not answered yet. */
    this.owed = 0;
    /** The main parameter's value under the hand, until it is answered. @type {Setting | null} */
    this.hand = null;
    /** Whether what was done last was a change. */
    this.anew = false;
    /** Opens what a change leads back to. @type {((changes: Params) => boolean) | null} */
    this.comeBack = null;
    this.active = false;
    /** What stands under the figures, once it is there. @type {ReturnType<typeof buildAfter> | null} */
    this.after = null;
    this.furnishing = false;
    /** The settings of the link that it was opened with last. */
    this.opened = "";
    /** What the link holds of an experiment. */
    this.experiment = "";
    /** When the run was asked for that is to come, 0 where none is. */
    this.since = 0;
    /** How long the last run took, in milliseconds. */
    this.took = NaN;
    /** Parameters that a hand cannot change. @type {ReadonlySet<string>} */
    this.locked = new Set();
    this.autoplay = true;
    this.watching = lab.figures.map(({ key }) => key);
    /** The run's main figure. @type {string | null} */
    this.hero = section.querySelector("figure[data-hero]")?.getAttribute("data-figure") ?? null;
    const controls = part(section, ".controls", HTMLElement);
    this.notice = buildNotice(section);
    this.panel = buildPanel(controls, lab, (changes) => this.change(changes));
    this.transport = buildTransport(controls, this.actions());
    this.metrics = buildMetrics(part(section, ".metrics", HTMLElement), lab);
    this.live = buildLive(section, lab);
    this.told = new Told(this);
    this.figures = buildFigures(section, lab, {
      onWatch: (keys) => this.watch(keys),
      onChange: (changes) => this.change(changes),
      stand: () => this.frame,
      isLocked: (parameters) => parameters.length > 0 && parameters.every((key) => this.locked.has(key)),
      onNote: (key, note) => this.live.note(key, note),
      dress: (key, figure) => (key === this.hero ? this.comparison.withEarlier(figure) : figure),
    });
    this.comparison = buildComparison(section, lab, this.figures, this.hero);
    this.settle(opening);
    this.onScreen = true;
    this.sight = new IntersectionObserver((entries) => {
      this.onScreen = entries[entries.length - 1].isIntersecting; // of several changes at once the last one counts
      this.sleepOrWake();
    });
    this.sight.observe(page.place ?? document.documentElement);
    this.ended = new AbortController();
    document.addEventListener("visibilitychange", () => this.sleepOrWake(), { signal: this.ended.signal });
  }

  actions() {
    return {
      play: () => this.play(),
      pause: () => this.bridge.call({ kind: "pause" }).then(() => this.told.paused(), () => {}),
      step: () => this.ask("step"),
      reset: () => this.ask("reset"),
      pace: (/** @type {Pace} */ pace) => this.bridge.call({ kind: "pace", pace }).catch(() => {}),
      newSeed: () => loadBindings().then(({ freshSeed }) => this.change({ seed: freshSeed() % SEEDS })),
      defaults: () => {
        this.page.onTouch();
        this.load(this.defaults(), this.opening(false)).catch((error) => this.notice.show(error.message));
      },
      fill: () => this.comparison.toggleFill(),
      pin: () => this.comparison.pin(),
    };
  }

  /** Everything takes its place before it is seen, so that nothing moves later. @param {Entry["opening"]} opening */
  settle({ progress, metrics, params, limits, figures }) {
    this.panel.show({ params, metrics, limits });
    this.transport.show({ state: "paused", progress, speed: 0, params });
    this.metrics.show(metrics);
    this.live.choose(params);
    this.figures.settle(figures);
    this.live.show({ metrics, params, playing: false, early: true });
  }

  /**
   * How it is opened: as it was left, or played; at once where nothing is to move; where it is not to play by
   * itself it waits. A lab without a map is stepped through.
   * @param {boolean} before Whether its run was seen before. @returns {Open}
   */
  opening(before) {
    if (!this.lab.main) return "stand";
    if (!before && !this.autoplay) return "wait";
    return before || matchMedia("(prefers-reduced-motion: reduce)").matches ? "end" : "play";
  }

  /** What the page around it asks; its section is as that page asks already. @param {Rules} rules */
  obey({ lock, autoplay }) {
    this.locked = lock.parameters;
    this.autoplay = autoplay;
    this.figures.redraw();
    this.comparison.refresh();
  }

  /** What a link to the defaults holds; what is locked stays as it is. */
  defaults() {
    const usual = this.lab.parameters.map(({ key, default: value }) => [key, String(value)]);
    return withLocked(new URLSearchParams(usual).toString(), this.locked, this.params());
  }

  /** The settings in force; until a run of them is shown those that it was opened with. @returns {Params} */
  params() {
    return this.frame?.params ?? Object.fromEntries(new URLSearchParams(this.opened));
  }

  /** Starts the lab with what a link holds; "" for how it was left. @param {string} link @param {Open} open */
  async load(link, open) {
    this.notice.clear();
    const query = /\bx=/.test(link) ? await import("./query.js").then(({ takeExperiment }) => takeExperiment(this, link)) : link;
    this.opened = query;
    this.anew = false;
    this.comeBack = null;
    this.panel.refuse(this.lab.parameters.map(({ key }) => key), "");
    const state = { lab: this.lab.id, figures: this.watching, pace: this.transport.pace(), hero: this.hero, open };
    this.active = true;
    this.after?.attend(true);
    this.comparison.attend(true);
    // what other settings would change at once is seen once they are there
    if (query === "") this.section.toggleAttribute("data-built", true);
    this.told.expect();
    this.since = open === "end" || open === "play" ? performance.now() : 0;
    await load(this.bridge, { ...state, query });
    this.sleepOrWake();
  }

  /** Another lab takes the engine. */
  leave() {
    this.active = false;
    this.after?.attend(false);
    this.comparison.attend(false);
    this.told.stir();
    this.frame = null;
    this.hand = null;
    this.comparison.leave();
  }

  /** Its section leaves the page for good. */
  end() {
    this.leave();
    this.sight.disconnect();
    this.ended.abort();
    this.figures.end();
    this.after?.end();
    this.comparison.end();
    this.told.end();
  }

  play() {
    this.told.say("Training.");
    return this.ask("play");
  }

  /** @param {"play" | "step" | "reset"} kind @param {{steps?: number}} [content] @returns {Promise<void>} Settles once it is taken. */
  ask(kind, content = {}) {
    this.told.stir();
    this.anew = false;
    this.notice.clear();
    this.told.expect();
    return this.bridge.call({ kind, ...content }).catch((error) => this.notice.show(error.message));
  }

  /** Settings are changed by hand: what is locked stays as it is. @param {Params} changes @returns {Promise<string>} As `set`. */
  async change(changes) {
    const free = Object.entries(changes).filter(([key]) => !this.locked.has(key));
    if (changes.dataset === "own") this.bringOwn();
    else if (free.length > 0 && !this.comeBack?.(changes)) return this.set(Object.fromEntries(free));
    return "";
  }

  /** The reader's own data is brought before it is set. */
  bringOwn() {
    if (this.frame) this.panel.show(this.frame);
    if (this.page.onOwn) this.page.onOwn(this);
    else this.panel.refuse(["dataset"], "Your own data can be brought in the playground itself, not here.");
  }

  /**
   * Changes settings. Every change is sent at once: what comes of it, and when, is the engine's.
   * @param {Params} changes @returns {Promise<string>} Why they were refused; "" where they were taken.
   */
  async set(changes) {
    if (!this.active) return ""; // a hand that was at work as another lab was opened
    this.page.onTouch();
    const keys = Object.keys(changes);
    const main = this.lab.main?.parameter ?? "";
    if (main in changes) this.hand = changes[main];
    if (this.owed === 0) this.told.stir();
    this.anew = true;
    this.since = performance.now();
    this.owed += 1;
    this.told.expect();
    this.compare();
    this.showState();
    /** @type {Params | null} */
    let again = null;
    let refused = "";
    try {
      await this.bridge.call({ kind: "change", changes });
      this.panel.refuse(keys, "");
      this.notice.clear();
      // what was refused with the settings of before may do with these
      if (this.active) again = this.panel.refusedStill();
    } catch (error) {
      refused = /** @type {Error} */ (error).message;
      this.panel.refuse(keys, refused);
    }
    this.owed -= 1;
    if (this.owed === 0) this.hand = null;
    if (again) this.change(again);
    return refused;
  }

  /** @param {string[]} keys The figures that are in sight. */
  watch(keys) {
    this.watching = keys;
    this.look(keys);
  }

  /** @param {string[]} keys The figures that come with every frame from now on. */
  look(keys) {
    if (this.active) this.bridge.call({ kind: "watch", figures: keys }).catch(() => {});
  }

  sleepOrWake() {
    const awake = this.onScreen && !document.hidden;
    if (this.active) this.bridge.call({ kind: "awake", awake }).catch(() => {});
    if (!awake) this.page.onSleep?.();
  }

  /** A run has come to its end, whether or not it was drawn. @param {Finished} run */
  finish(run) {
    if (this.since > 0) this.took = performance.now() - this.since;
    this.since = 0;
    this.comparison.finish(run);
  }

  /** Opens the experiment that a link holds, once what stands under the figures is there. @param {string} query */
  openExperiment(query) {
    this.experiment = query;
    this.after?.openExperiment();
  }

  /** Shows how the run stands. @param {Frame} frame */
  show(frame) {
    const start = performance.now();
    const last = this.frame;
    this.frame = frame;
    this.told.came();
    this.section.toggleAttribute("data-built", true);
    if (this.owed === 0) this.panel.show(frame);
    this.transport.show(frame, this.anew && frame.progress.steps === 0);
    this.metrics.show(frame.metrics);
    this.live.choose(frame.params);
    this.section.dataset.steps = String(frame.progress.steps);
    this.section.dataset.query = frame.query;
    this.showState();
    this.page.onQuery(frame.query);
    this.after?.show(frame);
    this.compare();
    this.figures.show(frame.figures, (took) => {
      const drawn = performance.now() - took;
      this.live.show(frame);
      if (!frame.playing) this.figures.refreshData();
      // a timer comes after the page was laid out and painted, which is most of what a frame costs
      setTimeout(() => this.bridge.ack(told + performance.now() - drawn));
      this.furnish();
    });
    if (frame.fault && frame.fault.number !== last?.fault?.number) this.told.fault(frame.fault);
    if (frame.state === "playing" || last?.state !== frame.state || last.query !== frame.query || last.progress.steps !== frame.progress.steps) this.told.rest(frame);
    const told = performance.now() - start;
  }

  /** What is under way, as the section says it: until a change is answered, what is shown is not its end. */
  showState() {
    if (this.frame) this.section.dataset.state = this.owed > 0 ? "playing" : this.frame.state;
  }

  /** The run among the others, with the thin line where the hand is. */
  compare() {
    if (this.frame) this.comparison.show(this.frame, this.hand);
  }

  /** What stands under the figures comes once the first of them are drawn. */
  async furnish() {
    const place = this.section.querySelector(".after");
    if (this.furnishing || !place || getComputedStyle(place).display === "none") return;
    this.furnishing = true;
    const parts = await import("./after.js").catch(() => null);
    if (parts) {
      this.after = parts.buildAfter(this.section, this.lab, this.figures, this);
      this.after.attend(this.active);
      if (this.frame) this.after.show(this.frame);
      return;
    }
    this.furnishing = false;
    this.notice.show("The experiments and derivations below could not be loaded.",
      [{ label: "Try again", act: () => this.furnish() }]);
  }
}
