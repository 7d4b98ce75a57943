// Trains the lab that is open, a slice at a time: the whole run at full speed, which is an answer, or at a
// pace to be watched. A run is replayed by being trained once more, from its first step: what it keeps of
// its stages makes that cheap, and the same settings give the same run.

import { Frames } from "./frames.js";
import { Pacer } from "./pacer.js";
import { Shelf, linkOf } from "./shelf.js";
import { UnderWay } from "./under-way.js";

/** @import {Lab} from "../pkg/regularization_playground.js" */
/** @import {Bindings} from "./bindings.js" */
/** @import {Frame, PlainError, Told} from "./messages.js" */

/** When to come back where no step is due yet, in milliseconds. */
const NEXT_STEP_MS = 4;

/** @param {unknown} error @returns {PlainError} */
export function plainError(error) {
  const { name = "Error", message = String(error), step } = Object(error);
  return step === undefined ? { name, message } : { name, message, step };
}

export class Trainer {
  /**
   * @param {Bindings} bindings
   * @param {(message: Told) => void} post Sends a message to the page.
   * @param {number} slice The longest stretch of training in one go, in milliseconds.
   */
  constructor(bindings, post, slice) {
    this.post = post;
    this.slice = slice;
    this.shelf = new Shelf(bindings);
    this.frames = new Frames();
    this.pacer = new Pacer();
    /** @type {UnderWay | null} */
    this.underWay = null;
    this.runs = 0;
    this.faults = 0;
    this.awake = true;
  }

  /** The lab that is open. */
  get open() {
    if (!this.shelf.now) throw new Error("no lab is open");
    return this.shelf.now;
  }

  /** Whether a run goes on, and is seen. */
  get moving() {
    return this.underWay !== null && this.awake;
  }

  /** Whether a run goes to its planned end at full speed. */
  get answering() {
    return this.underWay !== null && (this.underWay.hurried || this.pacer.pace === "fast");
  }

  /** Whether a person looks on at a pace. */
  get watching() {
    return this.underWay !== null && this.underWay.watched && !this.answering && !this.done;
  }

  /** Whether the run stands at its planned end, or beyond. */
  get done() {
    return this.open.lab.progress().done;
  }

  /** Whether the run stands where it was to go. */
  get arrived() {
    const { underWay } = this;
    return underWay !== null && (underWay.until === null ? this.done : this.open.lab.progress().steps >= underWay.until);
  }

  /** Whether the rest of an answer takes longer than newer settings can wait. */
  get tooLong() {
    return this.underWay !== null && this.underWay.tooLong(this.open.lab.progress());
  }

  /** Whether the page is not to be shown how an answer stands: its end comes soon, or it has not moved yet. */
  get withheld() {
    const { underWay, frames } = this;
    if (underWay === null || frames.first) return false;
    return underWay.hurried ? underWay.short || !underWay.begun : underWay.until !== null && underWay.short;
  }

  /** @returns {Frame["state"]} */
  get state() {
    const { fault } = this.open;
    if (this.underWay) return "playing";
    if (fault) return fault.name === "DivergedError" ? "diverged" : "paused";
    return this.done ? "done" : "paused";
  }

  /**
   * The run is trained to its planned end.
   * @param {{replay?: boolean, since?: number}} how As in `UnderWay`.
   */
  answer(how) {
    this.underWay = new UnderWay({ hurried: true, ...how });
  }

  /** The run goes on at the pace. @param {boolean} watched */
  play(watched) {
    this.underWay = new UnderWay({ watched });
    this.pacer.restart();
  }

  /**
   * The run goes to a step, also beyond its planned end.
   * @param {number} until @param {{watched?: boolean, back?: boolean}} [how] As in `UnderWay`.
   */
  goTo(until, how = {}) {
    this.underWay = new UnderWay({ until, ...how });
  }

  /** The run stops where it is, and the page hears of it at once. */
  stand() {
    this.underWay = null;
    this.frames.atOnce();
  }

  /** The same settings from the first step; that run has been told, but for one that was touched. */
  again() {
    const { open } = this;
    open.told &&= !open.lab.touched();
    this.restarted();
    this.advance(() => open.lab.reset());
  }

  /** The run is at its first step: nothing of the last one is left. */
  restarted() {
    this.open.fault = null;
    this.another();
  }

  /** The page sees another run than before. */
  another() {
    this.runs += 1;
    this.frames.atOnce();
    this.pacer.restart();
  }

  /** Works towards the planned end. @returns {number} When to come back, in milliseconds. */
  train() {
    const { lab } = this.open;
    const progress = lab.progress();
    const { until = null } = this.underWay ?? {};
    const due = until !== null ? until - progress.steps : this.answering ? Infinity : this.pacer.stepsDue(progress.of);
    if (due === 0) return NEXT_STEP_MS;
    if (this.answering) this.underWay?.mark(progress);
    this.frames.first = false;
    const start = performance.now();
    this.advance(() => this.goOn(lab, due, start));
    this.pacer.took(lab.progress().steps - progress.steps, start);
    return 0;
  }

  /** As many steps as are due, as far as the slice goes. @param {Lab} lab @param {number} due @param {number} start */
  goOn(lab, due, start) {
    if (due === Infinity) {
      lab.train(this.slice - 1);
      return;
    }
    for (let taken = 0; taken < due; taken += 1) {
      const { done } = this.underWay?.until === null ? lab.train(0) : lab.advance(1);
      const atEnd = done && !this.open.told; // told of before it goes beyond
      if (atEnd || performance.now() - start >= this.slice - 1) break;
    }
  }

  /** Does some work on the lab; what goes wrong stops the run and is told, never thrown. @param {() => void} work */
  advance(work) {
    this.frames.dirty = true;
    try {
      work();
    } catch (error) {
      this.faults += 1;
      this.open.fault = { ...plainError(error), number: this.faults };
      this.stand();
    }
  }

  /** A run at its planned end stays there, or is replayed where that was asked for and nobody has waited long. */
  end() {
    const { underWay } = this;
    if (underWay?.replay && underWay.short && this.pacer.pace !== "fast") {
      this.again();
      this.play(underWay.watched);
    } else if (underWay?.watched && !this.done) {
      this.play(true); // asked for on the way to a step
    } else {
      this.stand();
    }
  }

  /** Tells the page of a run that has come to its planned end. */
  tellFinished() {
    const { open: standing } = this;
    const { id, lab, hero } = standing;
    standing.told = true;
    this.tell(() => ({
      kind: "finished", lab: id, query: linkOf(standing), params: lab.params(), metrics: lab.metrics(),
      steps: lab.progress().steps, touched: lab.touched(), hero: hero === null ? null : lab.figure(hero),
    }));
  }

  sendFrame() {
    const how = { run: this.runs, state: this.state, speed: this.moving ? this.pacer.speed : 0 };
    this.tell(() => this.frames.next(this.open, how));
  }

  /** @param {() => Told} message */
  tell(message) {
    try {
      this.post(message());
    } catch (error) {
      this.underWay = null;
      this.post({ kind: "broken", error: plainError(error) });
    }
  }
}
