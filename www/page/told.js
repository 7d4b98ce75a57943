// What is said of a run in words, and when: its numbers in one sentence, why it stopped, and that it takes long.

import { el, setText } from "./dom.js";
import { measured, quantity, whole } from "./numbers.js";

/** @import {LabSpec, MetricSpec} from "../pkg/regularization_playground.js" */
/** @import {Fault, Frame} from "../engine/messages.js" */
/** @import {LabView} from "./lab-view.js" */
/** @import {Action} from "./notice.js" */

/** What takes longer than this is worth a word, in milliseconds. */
const LATE_MS = 500;
/** Said while it is found out what a run can do with. */
const SEEKING = "A learning rate with which it comes to its end is being looked for …";
/** A run that stands so long is told to those who cannot see it, in milliseconds: in a drag not every one. */
const TOLD_MS = 700;

export class Told {
  /** @param {LabView} view */
  constructor(view) {
    this.view = view;
    this.late = 0;
    this.resting = 0;
    this.status = el("p", { class: "visually-hidden", role: "status" });
    view.section.append(this.status);
  }

  /** @param {string} text */
  say(text) {
    setText(this.status, text);
  }

  paused() {
    this.say(`Paused. ${this.summary()}`);
  }

  /** Where the engine takes long to show anything, the page says that it is at work. */
  expect() {
    clearTimeout(this.late);
    this.late = setTimeout(() => this.view.active && this.view.transport.busy(this.view.bridge.place !== ""), LATE_MS);
  }

  /** What was expected is there. */
  came() {
    clearTimeout(this.late);
  }

  /**
   * Once a run stands, all figures are had, for paper and for the words that repeat their notes; its end is told.
   * @param {Frame} frame
   */
  rest({ playing, state }) {
    clearTimeout(this.resting);
    if (playing) return;
    this.resting = setTimeout(() => {
      if (state === "done") this.say(`The run has ended. ${this.summary()}`);
      this.view.look(this.view.lab.figures.map(({ key }) => key));
    }, TOLD_MS);
  }

  /** It stands no longer: only what is in sight comes with every frame. */
  stir() {
    clearTimeout(this.resting);
    this.giveUp();
    this.view.look(this.view.watching);
  }

  end() {
    this.giveUp();
    for (const timer of [this.late, this.resting]) clearTimeout(timer);
  }

  /** The numbers of the run in one sentence. */
  summary() {
    const { frame, metrics } = this.view;
    return frame ? numbersOf(frame, metrics.shown) : "";
  }

  /** Why the run stopped, and what may be done. @param {Fault} fault */
  async fault(fault) {
    this.giveUp();
    const { lab, frame, locked, transport, notice } = this.view;
    const rate = lab.parameters.find(({ key }) => key === "learning_rate");
    const remedy = fault.name === "DivergedError" && rate && frame && !locked.has(rate.key);
    const reason = reasonOf(fault);
    /** @type {Action[]} */
    const reset = transport.mayReset() ? [{ label: "Reset", act: () => this.view.ask("reset") }] : [];
    const isShown = notice.show(remedy ? `${reason} ${SEEKING}` : reason, reset);
    if (!remedy) return;
    const parts = await import("./remedy.js").catch(() => null);
    if (this.view.frame?.fault?.number !== fault.number) return; // it is not about this run any more
    /** @param {number | null} lower */
    const offer = (lower) => {
      if (!isShown()) return;
      /** @type {Action[]} */
      const retry = lower === null ? [] : [{ label: `Learning rate ${quantity(lower)}, and start again`, act: () => this.view.change({ learning_rate: lower }) }];
      notice.show(reason, [...retry, ...reset]);
    };
    if (parts) this.giveUp = parts.seekRate(lab.id, frame.query, { from: Number(frame.params.learning_rate), least: rate.min ?? 0 }, offer);
    else offer(null);
  }

  /** Ends the search for a learning rate that holds. */
  giveUp() {}
}

/** @param {Frame} frame @param {MetricSpec[]} shown The metrics that stand on the page. */
function numbersOf({ metrics, progress }, shown) {
  const told = shown.filter(({ key }) => Number.isFinite(metrics[key]));
  const numbers = told.map(({ key, label, unit, decimals }) => `${label} ${measured(metrics[key], unit, decimals)}`);
  return `Step ${whole(progress.steps)}. ${numbers.join(", ")}.`;
}

/** @param {Fault} fault */
function reasonOf({ name, message, step = 0 }) {
  if (name !== "DivergedError") return `The run stopped: ${message}.`;
  return `The loss stopped being a finite number at step ${whole(step)}: the steps were too `
    + "large. The weights are as they were before that step.";
}
