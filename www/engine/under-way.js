// What is under way with a run: an answer, which is the whole run at full speed, or the run at a pace to
// be watched.

/** @import {Progress} from "../pkg/regularization_playground.js" */

/** An answer that comes sooner than this is shown at its end alone, in milliseconds. */
const SHORT_MS = 500;
/** A run that would take longer than this is given up for newer settings, in milliseconds. */
const PATIENCE_MS = 400;
/** The speed of a run is that of its last steps, over at least this stretch where it has taken so long, in milliseconds. */
const METER_MS = 50;

/** @typedef {{at: number, steps: number}} Mark When a run stood at some step. */

export class UnderWay {
  /** As long as it goes to the planned end at full speed, whatever the pace. */
  hurried = false;
  /** Whether the run is to be watched from its start, once its end has come soon. */
  replay = false;
  /** Whether a person has asked to watch it. */
  watched = false;
  /** The step it goes to at full speed; null for the planned end. @type {number | null} */
  until = null;
  /** Whether it stood there before, and its lab's memory was given back meanwhile. */
  back = false;

  /** @param {Partial<Pick<UnderWay, "hurried" | "replay" | "watched" | "until" | "back" | "since">>} [how] */
  constructor(how = {}) {
    const now = performance.now();
    /** When whoever waits for it began to wait. */
    this.since = now;
    /** The last two marks: what was done from the first of them on says how fast it goes. @type {Mark[]} */
    this.marks = [];
    Object.assign(this, how);
  }

  /** Whether its end came, or can still come, so soon that nothing on the way is worth showing. */
  get short() {
    return performance.now() - this.since < SHORT_MS;
  }

  /** Time that was slept does not count. @param {number} asleep Since when it was. */
  wake(asleep) {
    this.since += performance.now() - Math.max(this.since, asleep);
    this.marks = [];
  }

  /** Whether it has begun. */
  get begun() {
    return this.marks.length > 0;
  }

  /** Before every slice: what a run keeps of its stages costs nothing, so its speed may be another later. @param {Progress} progress */
  mark({ steps }) {
    const [last = null] = this.marks.slice(-1);
    const at = performance.now();
    if (last === null || at - last.at >= METER_MS) this.marks = [...this.marks.slice(-1), { at, steps }];
  }

  /** Whether the rest, at the speed so far, takes longer than newer settings can wait. @param {Progress} progress */
  tooLong({ steps, of }) {
    const [from] = this.marks;
    return from !== undefined && ((performance.now() - from.at) / (steps - from.steps)) * (of - steps) > PATIENCE_MS;
  }
}
