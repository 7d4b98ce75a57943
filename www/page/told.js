// What is said of a run in words, and when: its numbers in one sentence, why it stopped, and that it takes long.

import { el, setText } from "./dom.js";
import { measured, quantity, whole } from "./numbers.js";

/** @import {LabSpec, MetricSpec} from "../pkg/regularization_playground.js" */
/** @import {Fault, Frame} from "../engine/messages.js" */
/** @import {LabView} from "./lab-view.js" */
/** @import {Action} from "./notice.js" */

/** What takes longer than this is worth a word, in milliseconds. */
const LATE_MS = 500;
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
    this.view.look(this.view.watching);
  }

  end() {
    for (const timer of [this.late, this.resting]) clearTimeout(timer);
  }

  /** The numbers of the run in one sentence. */
  summary() {
    const { frame, metrics } = this.view;
    return frame ? numbersOf(frame, metrics.shown) : "";
  }

  /** Why the run stopped, and what may be done. @param {Fault} fault */
  fault(fault) {
    const { lab, frame, locked, transport, notice } = this.view;
    const remedy = remedyFor(fault, lab, frame);
    /** @type {Action[]} */
    const retry = remedy && !locked.has("learning_rate") ? [{ label: remedy.label, act: () => this.view.change(remedy.changes) }] : [];
    /** @type {Action[]} */
    const reset = transport.mayReset() ? [{ label: "Reset", act: () => this.view.ask("reset") }] : [];
    notice.show(reasonOf(fault), [...retry, ...reset]);
  }
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

/**
 * What may keep a run from stopping once more: a tenth of its learning rate, where it has one.
 * @param {Fault} fault @param {LabSpec} lab @param {Frame | null} frame
 * @returns {{label: string, changes: {learning_rate: number}} | null}
 */
function remedyFor({ name }, lab, frame) {
  const rate = lab.parameters.find(({ key }) => key === "learning_rate");
  if (name !== "DivergedError" || !rate) return null;
  const lower = Math.max(rate.min ?? 0, Number((Number(frame?.params.learning_rate) / 10).toPrecision(2)));
  return { label: `Learning rate ${quantity(lower)}, and start again`, changes: { learning_rate: lower } };
}
