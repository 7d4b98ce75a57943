// One lab on the page: its section's markup brought to life with the catalogue's controls and
// figures, and joined to the engine.

import { loadBindings } from "../engine/bindings.js";
import { el, part, setText } from "./dom.js";
import { buildFigures } from "./figures.js";
import { buildLive } from "./live.js";
import { buildMetrics } from "./metrics.js";
import { buildNotice } from "./notice.js";
import { buildPanel } from "./panel.js";
import { buildQuestion } from "./question.js";
import { buildRuns } from "./runs.js";
import { buildTransport } from "./transport.js";
import { measured, quantity, whole } from "./numbers.js";

/** @import {Params} from "../pkg/regularization_playground.js" */
/** @import {Bridge} from "../engine/bridge.js" */
/** @import {Fault, Finished, Frame, Requests} from "../engine/messages.js" */
/** @import {Pace} from "../engine/pacer.js" */
/** @import {Action} from "./notice.js" */
/** @import {Entry} from "./sections.js" */
/** @import {buildAfter} from "./after.js" */

/** What takes longer than this is worth a word, in milliseconds. */
const LATE_MS = 500;

export class LabView {
  /**
   * @param {HTMLElement} section
   * @param {Entry} entry
   * @param {Bridge} bridge
   * @param {{onQuery: (query: string) => void, onTouch: () => void}} page
   */
  constructor(section, { lab, opening }, bridge, page) {
    this.section = section;
    this.lab = lab;
    this.bridge = bridge;
    this.page = page;
    /** The last one. @type {Frame | null} */
    this.frame = null;
    /** Changes that wait until the one under way is done. @type {Params | null} */
    this.waiting = null;
    this.changing = false;
    this.active = false;
    this.late = 0;
    /** What stands under the figures, once it is there. @type {ReturnType<typeof buildAfter> | null} */
    this.after = null;
    this.furnishing = false;
    this.watching = lab.figures.map(({ key }) => key);
    const controls = part(section, ".controls", HTMLElement);
    this.notice = buildNotice(section);
    this.panel = buildPanel(controls, lab, (changes) => this.change(changes));
    this.transport = buildTransport(controls, this.actions());
    this.metrics = buildMetrics(part(section, ".metrics", HTMLElement), lab);
    this.live = buildLive(section, lab);
    this.question = buildQuestion(section, lab, () => this.frame?.progress.steps === 0 && this.play());
    /** @type {HTMLElement | null} */
    const runs = section.querySelector(".runs");
    this.runs = buildRuns(runs ?? el("div"), lab, () => this.tellRuns());
    this.status = el("p", { class: "visually-hidden", role: "status" });
    section.append(this.status);
    this.figures = buildFigures(section, lab, {
      onWatch: (keys) => this.watch(keys),
      onChange: (key, value) => this.change({ [key]: value }),
      param: (key) => this.frame?.params[key],
    });
    this.settle(opening);
    this.onScreen = true;
    // the whole page, which a reader scrolls through: only a frame can be out of sight in the page around it
    new IntersectionObserver((entries) => {
      this.onScreen = entries[entries.length - 1].isIntersecting; // of several changes at once the last one counts
      this.sleepOrWake();
    }).observe(document.documentElement);
    document.addEventListener("visibilitychange", () => this.sleepOrWake());
  }

  actions() {
    return {
      play: () => this.play(),
      pause: () => this.bridge.call({ kind: "pause" }).then(() => setText(this.status, `Paused. ${this.summary()}`)),
      step: () => this.ask("step"),
      reset: () => this.ask("reset"),
      pace: (/** @type {Pace} */ pace) => this.bridge.call({ kind: "pace", pace }),
      newSeed: () => loadBindings().then(({ freshSeed }) => this.change({ seed: freshSeed() })),
      defaults: () => {
        this.page.onTouch();
        this.load("");
      },
    };
  }

  /** Everything takes its place before it is seen, so that nothing moves later. @param {Entry["opening"]} opening */
  settle({ progress, metrics, params, figures }) {
    this.panel.show(params);
    this.transport.show({ playing: false, progress, speed: 0 });
    this.metrics.show(metrics);
    this.live.choose(params);
    this.figures.settle(figures);
    this.live.show({ metrics, params, playing: false }, (key) => figures[key].note);
    this.tellRuns();
  }

  /** Starts the lab with what a link holds; "" for the defaults. @param {string} query */
  async load(query) {
    this.waiting = null;
    this.notice.clear();
    this.panel.refuse(this.lab.parameters.map(({ key }) => key), "");
    const hero = this.section.querySelector("figure[data-hero]")?.getAttribute("data-figure") ?? null;
    /** @type {Omit<Requests["load"], "query">} */
    const state = { lab: this.lab.id, figures: this.watching, pace: this.transport.pace(), hero, open: "play" };
    this.active = true;
    this.after?.attend(true);
    // what other settings would change at once is seen once they are there
    if (query === "") this.reveal();
    this.expectFrame();
    await this.bridge.call({ kind: "load", ...state, query });
    this.sleepOrWake();
  }

  /** What a link to the defaults holds. */
  defaults() {
    return new URLSearchParams(this.lab.parameters.map(({ key, default: usual }) => [key, String(usual)])).toString();
  }

  /** Another lab takes the engine; what still waits to be changed is changed before. */
  leave() {
    if (this.waiting) this.bridge.call({ kind: "change", changes: this.waiting }).catch(() => {});
    this.waiting = null;
    this.active = false;
    this.after?.attend(false);
    this.frame = null;
  }

  reveal() {
    this.section.toggleAttribute("data-built", true);
  }

  play() {
    setText(this.status, "Training.");
    this.ask("play");
  }

  /** Where the engine takes long to show anything, the page says that it is at work. */
  expectFrame() {
    clearTimeout(this.late);
    this.late = setTimeout(() => this.active && this.transport.busy(this.bridge.place !== ""), LATE_MS);
  }

  /** @param {"play" | "step" | "reset"} kind */
  ask(kind) {
    this.notice.clear();
    this.expectFrame();
    this.bridge.call({ kind }).catch((error) => this.notice.show(error.message));
  }

  /** Changes settings; while one change is under way the later ones wait and become one. @param {Params} changes */
  async change(changes) {
    this.page.onTouch();
    this.waiting = { ...this.waiting, ...changes };
    if (this.changing) return;
    this.changing = true;
    while (this.waiting) {
      const next = this.waiting;
      this.waiting = null;
      this.expectFrame();
      const keys = Object.keys(next);
      try {
        await this.bridge.call({ kind: "change", changes: next });
        this.panel.refuse(keys, "");
        this.notice.clear();
        // what was refused with the settings of before may do with these
        if (this.active) this.waiting ??= this.panel.refusedStill();
      } catch (error) {
        this.panel.refuse(keys, /** @type {Error} */ (error).message);
      }
    }
    this.changing = false;
  }

  /** @param {string[]} keys The figures that are in sight. */
  watch(keys) {
    this.watching = keys;
    if (this.active) this.bridge.call({ kind: "watch", figures: keys }).catch(() => {});
  }

  sleepOrWake() {
    const awake = this.onScreen && !document.hidden;
    if (this.active) this.bridge.call({ kind: "awake", awake }).catch(() => {});
  }

  /** Shows how the run stands. @param {Frame} frame */
  show(frame) {
    const start = performance.now();
    const last = this.frame;
    this.frame = frame;
    clearTimeout(this.late);
    this.reveal();
    if (!this.waiting && !this.changing) this.panel.show(frame.params);
    this.transport.show(frame);
    this.metrics.show(frame.metrics);
    this.live.choose(frame.params);
    this.section.dataset.steps = String(frame.progress.steps);
    this.section.dataset.state = frame.state;
    this.page.onQuery(frame.query);
    this.after?.show(frame.params);
    this.figures.show(frame.figures, (took) => {
      const drawn = performance.now() - took;
      this.live.show(frame, this.figures.note);
      if (!frame.playing) this.figures.refreshData();
      // a timer comes after the page was laid out and painted, which is most of what a frame costs
      setTimeout(() => this.bridge.ack(told + performance.now() - drawn));
      this.furnish();
    });
    if (frame.fault && frame.fault.number !== last?.fault?.number) this.tellFault(frame.fault);
    if (frame.state === "done" && last?.state !== "done") setText(this.status, `The run has ended. ${this.summary()}`);
    const before = last?.run === frame.run ? last.progress : null;
    // the end from another side, such as another of the networks that were trained side by side
    const seenAnew = frame.progress.done && last && before?.done && this.question?.asks(frame.params, last.params);
    if (seenAnew) this.finish({ ...frame, steps: frame.progress.steps });
    else this.tellRuns();
    const told = performance.now() - start;
  }

  /** What stands under the figures comes once the first of them are drawn. */
  async furnish() {
    if (this.furnishing) return;
    this.furnishing = true;
    const parts = await import("./after.js").catch(() => null);
    if (parts) {
      this.after = parts.buildAfter(this.section, this.lab, this.figures);
      this.after.attend(this.active);
      if (this.frame) this.after.show(this.frame.params);
      return;
    }
    this.furnishing = false;
    this.notice.show("The experiments and derivations below could not be loaded.",
      [{ label: "Try again", act: () => this.furnish() }]);
  }

  /** A run has come to its end. @param {Pick<Finished, "params" | "metrics" | "query" | "touched" | "steps">} finished */
  finish({ params, metrics, query, touched, steps }) {
    const known = this.runs.all().some((run) => run.query === query && run.touched === touched);
    if (!known) this.runs.add({ params, metrics, query, touched, steps });
  }

  tellRuns() {
    this.question?.show(this.runs?.all() ?? [], this.frame?.progress.steps ?? 0);
  }

  /** The numbers of the run in one sentence. */
  summary() {
    if (!this.frame) return "";
    const { metrics, progress } = this.frame;
    const told = this.metrics.shown.filter(({ key }) => Number.isFinite(metrics[key]));
    const numbers = told.map(({ key, label, unit, decimals }) => `${label} ${measured(metrics[key], unit, decimals)}`);
    return `Step ${whole(progress.steps)}. ${numbers.join(", ")}.`;
  }

  /** @param {Fault} fault */
  tellFault({ name, message, step = 0 }) {
    /** @type {Action} */
    const reset = { label: "Reset", act: () => this.ask("reset") };
    if (name !== "DivergedError") {
      return this.notice.show(`The run stopped: ${message}.`, [reset]);
    }
    const rate = this.lab.parameters.find(({ key }) => key === "learning_rate");
    const lower = Math.max(rate?.min ?? 0, Number((Number(this.frame?.params.learning_rate) / 10).toPrecision(2)));
    /** @type {Action} */
    const retry = { label: `Learning rate ${quantity(lower)}, and start again`,
      act: () => this.change({ learning_rate: lower }) };
    const text = `The loss stopped being a finite number at step ${whole(step)}: the steps were too `
      + "large. The weights are as they were before that step.";
    this.notice.show(text, rate ? [retry, reset] : [reset]);
  }
}
