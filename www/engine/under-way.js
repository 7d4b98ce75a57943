// What is under way with a run: an answer, which is the whole run at full speed, or the run at a pace to
// be watched.

/** @import {Progress} from "../pkg/regularization_playground.js" */

/** An answer that comes sooner than this is shown at its end alone, in milliseconds. */
const SHORT_MS = 500;
/** A run that would take longer than this is given up for newer settings, in milliseconds. */
const PATIENCE_MS = 400;

export class UnderWay {
  /** As long as it goes to the planned end at full speed, whatever the pace. */
  hurried = false;
  /** Whether the run is to be watched from its start, once its end has come soon. */
  replay = false;
  /** Whether a person has asked to watch it. */
  watched = false;

  /** @param {Partial<Pick<UnderWay, "hurried" | "replay" | "watched" | "since">>} [how] */
  constructor(how = {}) {
    const now = performance.now();
    /** When whoever waits for it began to wait. */
    this.since = now;
    /** Where its steps are counted from, and when that was. @type {{at: number, steps: number} | null} */
    this.counted = null;
    Object.assign(this, how);
  }

  /** Whether its end came, or can still come, so soon that nothing on the way is worth showing. */
  get short() {
    return performance.now() - this.since < SHORT_MS;
  }

  /** Time that was slept does not count. @param {number} asleep Since when it was. */
  wake(asleep) {
    this.since += performance.now() - Math.max(this.since, asleep);
    this.counted = null;
  }

  /** @param {Progress} progress Before the first of its steps. */
  count({ steps }) {
    this.counted ??= { at: performance.now(), steps };
  }

  /** Whether the rest, at the speed so far, takes longer than newer settings can wait. @param {Progress} progress */
  tooLong({ steps, of }) {
    if (!this.counted || steps === this.counted.steps) return false;
    const perStep = (performance.now() - this.counted.at) / (steps - this.counted.steps);
    return perStep * (of - steps) > PATIENCE_MS;
  }
}
