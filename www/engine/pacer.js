// How many steps are due: a run is spread over some seconds, so that it can be watched.

/** How long a run takes at the normal pace, in milliseconds, on a machine that can keep up. */
const RUN_MS = 3000;
/** What a slow machine falls behind by more than this is not caught up with, in milliseconds. */
const LAG_MS = 250;
/** The speed is measured over this stretch, in milliseconds. */
const METER_MS = 400;

/** @typedef {"slow" | "normal" | "fast"} Pace One step a second, a run in `RUN_MS`, or no limit. */

export class Pacer {
  constructor() {
    /** @type {Pace} */
    this.pace = "normal";
    this.credit = 1;
    this.last = 0;
    /** @type {{since: number, steps: number} | null} */
    this.meter = null;
    /** Steps a second. */
    this.speed = 0;
    this.restart();
  }

  /** Time that was spent paused or asleep is not caught up with. */
  restart() {
    this.credit = 1;
    this.last = performance.now();
    this.meter = null;
    this.speed = 0;
  }

  /** @param {number} of Steps of the whole run. @returns {number} Steps due by now. */
  stepsDue(of) {
    if (this.pace === "fast") return Infinity;
    const rate = this.pace === "slow" ? 1 / 1000 : of / RUN_MS;
    const now = performance.now();
    this.credit = Math.min(this.credit + (now - this.last) * rate, 1 + LAG_MS * rate);
    this.last = now;
    return Math.floor(this.credit);
  }

  /** @param {number} steps Steps that were taken. @param {number} start When they were begun. */
  took(steps, start) {
    if (steps === 0) return;
    this.credit -= steps;
    this.meter ??= { since: start, steps: 0 };
    this.meter.steps += steps;
    const passed = performance.now() - this.meter.since;
    if (passed < METER_MS) return;
    this.speed = (this.meter.steps / passed) * 1000;
    this.meter = null;
  }
}
