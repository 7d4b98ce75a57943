// The engines of the page that do many runs in the background, whoever asks for them: so many that one
// processor stays for the page and its own lab, each as long as there is a run for it.

import { Bridge } from "./bridge.js";
import { load } from "./own.js";
import { MOST_BEHIND } from "./workers.js";

/** @import {Finished, Frame} from "./messages.js" */

/**
 * Many runs of one lab. `told` hears how far they have come.
 * @typedef {object} Job
 * @property {string} lab
 * @property {Cell[]} cells Those that are to be begun, the first of them next.
 * @property {boolean} here Whether its lab is the one that is shown: what was left waits.
 * @property {Told} told
 */

/**
 * One run that is to be done: what a link to it holds, and the value that is varied.
 * @typedef {{x: number, query: string, lost?: boolean, took?: number}} Cell `lost` where its engine was lost once;
 *   `took`: how long its run took, in milliseconds, once it has ended.
 */

/**
 * @typedef {object} Told
 * @property {() => void} came Some run has come further.
 * @property {(cell: Cell, finished: Finished) => void} done
 * @property {(cell: Cell, error: Error) => void} refused The lab does not take these settings.
 * @property {(cell: Cell, error: Error) => void} diverged The run has no end, and so nothing was measured: the others go on.
 * @property {(cell: Cell, error: Error) => void} lost Its engine was lost twice over it: it is given up, and the others go on.
 * @property {(error: Error) => void} failed
 */

/** @type {Set<Job>} */
const jobs = new Set();
/** @type {Set<Hand>} */
const hands = new Set();

/** Where no worker starts, all runs would be on the page: there they are one after the other. */
let onPage = false;

/** @param {Job} job */
export function hire(job) {
  jobs.add(job);
  engage();
}

/** Ends a job as it stands. @param {Job} job */
export function dismiss(job) {
  jobs.delete(job);
  for (const hand of hands) if (hand.job === job) hand.leave();
  engage();
}

/** What is shown goes on; what was left waits, and its runs under way are begun anew. @param {Job} job @param {boolean} here */
export function attend(job, here) {
  job.here = here;
  for (const hand of hands) if (hand.job === job && !here) hand.giveBack();
  engage();
}

/** Whether any run of a job is under way or to be begun. @param {Job} job */
export const unfinished = (job) => job.cells.length > 0 || [...hands].some((hand) => hand.job === job);

/** How far the runs of a job that are under way have come, together. @param {Job} job */
export const underWay = (job) => [...hands].reduce((sum, hand) => sum + (hand.job === job ? hand.part : 0), 0);

/** Sees to it that there are as many hands as there is work for. */
function engage() {
  const waiting = [...jobs].reduce((sum, { here, cells }) => sum + (here ? cells.length : 0), 0);
  const busy = [...hands].filter(({ job }) => job !== null).length;
  while (hands.size < Math.min(onPage ? 1 : MOST_BEHIND, busy + waiting)) new Hand();
}

/** One engine of the crew, which does one run after the other. */
class Hand {
  constructor() {
    /** @type {Job | null} */
    this.job = null;
    /** @type {Cell | null} */
    this.cell = null;
    /** Whether what is told is of this run: before, it may be of the last. */
    this.running = false;
    /** How far its run has come, from 0 to 1. */
    this.part = 0;
    /** Since when it goes on. */
    this.since = 0;
    this.bridge = new Bridge({
      onFrame: (frame) => this.hear(frame),
      onFinished: (finished) => this.finish(finished),
      onNotice: (text) => this.lose(new Error(text)),
    }, true);
    hands.add(this);
    this.bridge.start().then(() => this.arrive(), (error) => this.fail(error));
  }

  arrive() {
    onPage ||= this.bridge.place === "page";
    if (!hands.has(this)) this.bridge.stop();
    else if (onPage && hands.size > 1) this.leave();
    else this.next();
  }

  /** The next run, of the job whose turn it is; without one the engine ends. @returns {Promise<void>} */
  async next() {
    this.job = [...jobs].find(({ here, cells }) => here && cells.length > 0) ?? null;
    this.cell = this.job?.cells.shift() ?? null;
    [this.running, this.part, this.since] = [false, 0, performance.now()];
    if (!this.job || !this.cell) return this.leave();
    const { job: { lab, told }, cell } = this;
    try {
      await load(this.bridge, { lab, query: cell.query, figures: [], pace: "fast", hero: null, open: "end" });
    } catch (error) {
      if (this.cell !== cell) return;
      [this.job, this.cell] = [null, null]; // what is told may ask whether the job still goes on
      told.refused(cell, /** @type {Error} */ (error));
      return this.next();
    }
    this.running = true; // what is told of the run before is all in by now
  }

  /** @param {Frame} frame */
  hear({ progress, fault }) {
    this.bridge.ack();
    if (!this.job || !this.running) return;
    if (fault?.name === "DivergedError") return this.close((told, cell) => told.diverged(cell, new Error(fault.message)));
    if (fault) return this.fail(new Error(fault.message));
    this.part = progress.steps / progress.of;
    this.job.told.came();
  }

  /** @param {Finished} finished */
  finish(finished) {
    this.close((told, cell) => told.done(cell, finished));
  }

  /** The run is over, as is told; the next one begins. @param {(told: Told, cell: Cell) => void} tell */
  close(tell) {
    const { job, cell } = this;
    if (!job || !cell || !this.running) return;
    [this.job, this.cell, this.running] = [null, null, false];
    cell.took = performance.now() - this.since;
    tell(job.told, cell);
    this.next();
  }

  /** The engine was lost: what it was doing is done once more by another, and then no more. @param {Error} error */
  lose(error) {
    const { job, cell } = this;
    if (!job || !cell) return this.fail(error);
    if (cell.lost) {
      this.leave();
      job.told.lost(cell, error);
    } else {
      cell.lost = true;
      this.giveBack();
    }
    engage();
  }

  /** @param {Error} error */
  fail(error) {
    if (!hands.has(this)) return;
    const concerned = this.job ? [this.job] : [...jobs];
    this.leave();
    for (const { told } of concerned) told.failed(error);
  }

  giveBack() {
    if (this.job && this.cell) this.job.cells.unshift(this.cell);
    this.leave();
  }

  leave() {
    [this.job, this.cell] = [null, null];
    if (hands.delete(this)) this.bridge.stop();
  }
}
