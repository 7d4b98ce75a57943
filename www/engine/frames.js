// What the page is shown of a run, and when: never more than one frame on its way, and of the figures
// only what has changed.

import { linkOf } from "./shelf.js";

/** @import {Frame} from "./messages.js" */
/** @import {Standing} from "./shelf.js" */

/** The least time between two frames, in milliseconds. */
export const FRAME_MS = 40;
/** Frames may take this share of the time, here and on the page: a costly figure is drawn less often. */
const FRAME_SHARE = 0.3;
const PAGE_SHARE = 0.1;
/** But however slow the page, a run is seen to move: the longest wait for its sake, in milliseconds. */
const PAGE_MS = 150;

export class Frames {
  constructor() {
    /** The figures that are in sight. @type {string[]} */
    this.watched = [];
    /** What the page has of each figure. @type {Map<string, string>} */
    this.told = new Map();
    /** Whether something has changed that the page was not told yet. */
    this.dirty = false;
    /** Whether the page was shown nothing of the lab yet, and its run has not moved since it was opened. */
    this.first = false;
    this.inFlight = false;
    /** When the next one may be sent; 0: at once. */
    this.due = 0;
  }

  /** Whether there is news for a page that is ready to hear. */
  get ready() {
    return this.dirty && !this.inFlight;
  }

  /** The page has nothing of this lab. @param {string[]} figures */
  begin(figures) {
    this.watched = figures;
    this.told.clear();
    this.first = true;
    this.atOnce();
  }

  /** What comes next is what was waited for. */
  atOnce() {
    this.dirty = true;
    this.due = 0;
  }

  /** @param {number} took How long the last one kept the page busy, in milliseconds. */
  drawn(took) {
    this.inFlight = false;
    if (this.due > 0) this.due = Math.max(this.due, performance.now() + Math.min(PAGE_MS, took / PAGE_SHARE));
  }

  /**
   * All that is in a frame is looked at here, at one step.
   * @param {Standing} standing @param {Pick<Frame, "run" | "state" | "speed">} how @returns {Frame}
   */
  next({ id, lab, own, fault }, how) {
    const start = performance.now();
    this.dirty = false;
    const figures = this.watched.map((key) => /** @type {const} */ ([key, lab.figure(key)]))
      .filter(([key, figure]) => this.isNews(key, JSON.stringify(figure)));
    /** @type {Frame} */
    const frame = {
      kind: "frame", lab: id, ...how, playing: how.state === "playing", fault,
      touched: lab.touched(), progress: lab.progress(), metrics: lab.metrics(), params: lab.params(), limits: lab.limits(), query: linkOf({ lab, own }),
      figures: Object.fromEntries(figures),
    };
    [this.inFlight, this.first] = [true, false];
    const now = performance.now();
    this.due = now + Math.max(FRAME_MS, (now - start) / FRAME_SHARE);
    return frame;
  }

  /** Whether the page does not have this of the figure yet; now it will. @param {string} key @param {string} says */
  isNews(key, says) {
    const news = this.told.get(key) !== says;
    this.told.set(key, says);
    return news;
  }
}
