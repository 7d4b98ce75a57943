// The engine: holds one lab and trains it in short slices. The same object runs in the worker and,
// where no worker can start, on the page itself. It speaks in messages only, so that neither side
// can tell the difference. Where nothing is asked and no run goes on, it does nothing.

import { Pacer } from "./pacer.js";

/** @import {Lab} from "../pkg/regularization_playground.js" */
/** @import {Fault, Handlers, PlainError, Request, Requests, Told} from "./messages.js" */
/** @import {Bindings} from "./bindings.js" */

/**
 * A lab with its run.
 * @typedef {object} Standing
 * @property {string} id
 * @property {Lab} lab
 * @property {Fault | null} fault What stopped it.
 * @property {boolean} beyond Whether it goes on beyond its planned end.
 */

/** The least time between two frames, in milliseconds. */
const FRAME_MS = 40;
/** Frames may take this share of the time, here and on the page: a costly figure is drawn less often. */
const FRAME_SHARE = 0.3;
const PAGE_SHARE = 0.1;
/** But however slow the page, a run is seen to move: the longest wait for its sake, in milliseconds. */
const PAGE_MS = 150;

/** Labs that were left stay as they were, so that coming back finds the run; no more than these. */
const MOST_LEFT = 3;

/** Messages after which the page has nothing new to show. @type {Set<string>} */
const QUIET = new Set(["ack", "awake", "ping", "unload"]);

/** @param {unknown} error @returns {PlainError} */
export function plainError(error) {
  const { name = "Error", message = String(error), step } = Object(error);
  return step === undefined ? { name, message } : { name, message, step };
}

/** @implements {Handlers} */
export class Engine {
  /**
   * @param {Bindings} bindings
   * @param {(message: Told) => void} post Sends a message to the page.
   * @param {(callback: () => void, delay: number) => void} schedule Calls back after `delay` ms.
   * @param {number} slice The longest stretch of work in one go, in milliseconds.
   */
  constructor(bindings, post, schedule, slice) {
    this.bindings = bindings;
    this.post = post;
    this.schedule = schedule;
    this.slice = slice;
    /** @type {Standing | null} */
    this.now = null;
    /** The labs that were left, the oldest first. @type {Map<string, Standing>} */
    this.left = new Map();
    this.playing = false;
    this.runs = 0;
    this.faults = 0;
    this.pacer = new Pacer();
    this.awake = true;
    /** @type {string[]} */
    this.watched = [];
    /** What the page has of each figure. @type {Map<string, string>} */
    this.told = new Map();
    /** Whether something has changed that the page was not told yet. */
    this.dirty = false;
    this.inFlight = false;
    /** When the next frame may be sent; 0: at once. */
    this.frameDue = 0;
    this.scheduled = false;
    this.tick = this.tick.bind(this);
  }

  /** Answers one message from the page; a refusal is an answer too. @param {Request} message */
  handle(message) {
    const { kind, id } = message;
    let error = null;
    try {
      const handlers = /** @type {Record<string, (content: object) => void>} */ (/** @type {unknown} */ (this));
      if (!handlers[`on_${kind}`]) throw new Error(`the engine knows no message named ${kind}`);
      handlers[`on_${kind}`](message);
    } catch (thrown) {
      error = plainError(thrown);
    }
    if (id !== undefined) this.post({ kind: "reply", id, error });
    else if (error) this.post({ kind: "broken", error });
    // after a refusal too: the page shows what is in force
    if (!QUIET.has(kind)) this.dirty = true;
    if (this.busy) this.later(0);
  }

  /** The lab that is open. */
  get open() {
    if (!this.now) throw new Error("no lab is open");
    return this.now;
  }

  /** Whether a run is going on, and seen. */
  get moving() {
    return this.playing && this.awake;
  }

  /** Whether there is anything to do: a run to go on with, or news for a page that is ready to hear. */
  get busy() {
    return this.now !== null && (this.moving || (this.dirty && !this.inFlight));
  }

  /** @param {Requests["ack"]} content */
  on_ack({ took }) {
    this.inFlight = false;
    if (this.frameDue > 0) this.frameDue = Math.max(this.frameDue, performance.now() + Math.min(PAGE_MS, took / PAGE_SHARE));
  }

  on_ping() {}

  /** @param {Requests["load"]} content */
  on_load({ lab: id, query, figures, pace }) {
    const there = this.now?.id === id ? this.now : this.left.get(id);
    if (there && query !== "") this.reopen(there, query);
    else this.begin(id, query);
    this.watched = figures;
    this.told.clear();
    this.pacer.pace = pace;
  }

  /** Opens a lab at its first step. @param {string} id @param {string} query */
  begin(id, query) {
    const { Lab } = this.bindings;
    const lab = query === "" ? new Lab(id) : Lab.fromQuery(id, query);
    for (const old of [this.now, this.left.get(id)]) if (old?.id === id) old.lab.free();
    if (this.now?.id === id) this.now = null;
    this.turnTo({ id, lab, fault: null, beyond: false });
    this.restarted();
  }

  /**
   * Opens a lab that is there: its run stays where it is the very one that is asked for.
   * @param {Standing} there @param {string} query
   */
  reopen(there, query) {
    const stays = there.lab.open(query) === "view";
    const came = there !== this.now;
    if (came || !stays) this.turnTo(there);
    if (!stays) this.restarted();
    else if (came) this.another();
    this.frameDue = 0;
  }

  /** Leaves the lab that is open for another one, which stands still. @param {Standing} standing */
  turnTo(standing) {
    // before another one is put aside: so it is not the oldest that has to go
    this.left.delete(standing.id);
    if (this.now && this.now !== standing) this.leave(this.now);
    this.now = standing;
    this.playing = false;
  }

  /** Puts the lab aside as it stands. @param {Standing} standing */
  leave(standing) {
    this.left.set(standing.id, standing);
    this.now = null;
    for (const [oldest, { lab }] of this.left) {
      if (this.left.size <= MOST_LEFT) break;
      lab.free();
      this.left.delete(oldest);
    }
  }

  /** Nothing is left of what was trained. */
  on_unload() {
    for (const standing of [this.now, ...this.left.values()]) standing?.lab.free();
    this.left.clear();
    this.now = null;
    this.playing = false;
  }

  on_play() {
    const { open } = this;
    this.playing = true;
    open.beyond = open.lab.progress().done;
    open.fault = null;
    this.pacer.restart();
  }

  on_pause() {
    this.playing = false;
  }

  on_step() {
    const { open } = this;
    this.playing = false;
    open.fault = null;
    this.advance(() => open.lab.step(1));
    this.frameDue = 0;
  }

  on_reset() {
    this.open.lab.reset();
    this.restarted();
    this.playing = false;
  }

  /** @param {Requests["pace"]} content */
  on_pace({ pace }) {
    this.pacer.pace = pace;
    this.pacer.restart();
  }

  /** @param {Requests["watch"]} content */
  on_watch({ figures }) {
    this.watched = figures;
    this.frameDue = 0;
  }

  /** @param {Requests["awake"]} content */
  on_awake({ awake }) {
    this.awake = awake;
    this.pacer.restart();
  }

  /**
   * What a change does to the run is for the lab to say; a run that stood at its end, or at a fault, goes
   * on by itself.
   * @param {Requests["change"]} content
   */
  on_change({ changes }) {
    const { open } = this;
    const ended = open.lab.progress().done || open.fault !== null;
    const effect = open.lab.change(changes);
    this.frameDue = 0;
    if (effect === "view") return;
    if (effect === "restart") {
      this.restarted();
    } else {
      open.beyond &&= open.lab.progress().done;
    }
    if (ended) this.playing = true;
    this.pacer.restart();
  }

  /** The run is at its first step: nothing of the last one is left. */
  restarted() {
    Object.assign(this.open, { fault: null, beyond: false });
    this.another();
  }

  /** The page sees another run than before. */
  another() {
    this.runs += 1;
    this.frameDue = 0;
    this.pacer.restart();
  }

  /** @param {number} delay */
  later(delay) {
    if (this.scheduled) return;
    this.scheduled = true;
    this.schedule(this.tick, delay);
  }

  /** One slice: tell the page if it is ready to hear, or else train a little. */
  tick() {
    this.scheduled = false;
    if (!this.now) return;
    let delay = FRAME_MS;
    // a frame or a slice of training, never both in one go: on the page they would add up
    if (this.dirty && !this.inFlight && performance.now() >= this.frameDue) {
      this.sendFrame(this.now);
      delay = 0;
    } else if (this.moving) {
      delay = this.train(this.now);
    }
    if (this.busy) this.later(delay);
  }

  /** @param {Standing} standing @returns {number} When to come back, in milliseconds. */
  train(standing) {
    const { lab, beyond } = standing;
    const { done, steps, of } = lab.progress();
    if (done && !beyond) {
      this.stand();
      return 0;
    }
    const due = this.pacer.stepsDue(of);
    if (due === 0) return 4;
    const start = performance.now();
    this.advance(() => (done ? this.goBeyond(lab, due, start) : this.goOn(lab, due, start)));
    this.pacer.took(lab.progress().steps - steps, start);
    if (lab.progress().done && !beyond) this.stand();
    return 0;
  }

  /** The run stops here, and the page hears of it at once. */
  stand() {
    this.playing = false;
    this.dirty = true;
    this.frameDue = 0;
  }

  /**
   * Towards the planned end: as many steps as are due, as far as the slice goes.
   * @param {Lab} lab @param {number} due @param {number} start
   */
  goOn(lab, due, start) {
    if (due === Infinity) {
      lab.train(this.slice - 1);
      return;
    }
    for (let taken = 0; taken < due; taken += 1) {
      if (lab.train(0).done || performance.now() - start >= this.slice) break;
    }
  }

  /**
   * Beyond it: one step at a time, as far as the slice goes.
   * @param {Lab} lab @param {number} due @param {number} start
   */
  goBeyond(lab, due, start) {
    for (let taken = 0; taken < due; taken += 1) {
      lab.advance(1);
      if (performance.now() - start >= this.slice) break;
    }
  }

  /** Does some work on the lab; what goes wrong stops the run and is told, never thrown. @param {() => void} work */
  advance(work) {
    this.dirty = true;
    try {
      work();
    } catch (error) {
      this.faults += 1;
      this.open.fault = { ...plainError(error), number: this.faults };
      this.stand();
    }
  }

  /** The figures that are watched and are not as the page has them. @param {Lab} lab */
  changed(lab) {
    const figures = this.watched.map((key) => /** @type {const} */ ([key, lab.figure(key)]));
    return Object.fromEntries(figures.filter(([key, figure]) => {
      const says = JSON.stringify(figure);
      const news = this.told.get(key) !== says;
      this.told.set(key, says);
      return news;
    }));
  }

  /** @param {Standing} standing */
  sendFrame({ id, lab, fault }) {
    const start = performance.now();
    const { runs: run, playing } = this;
    try {
      const figures = this.changed(lab);
      const speed = this.moving ? this.pacer.speed : 0;
      const [progress, metrics] = [lab.progress(), lab.metrics()];
      const [params, query, touched] = [lab.params(), lab.query(), lab.touched()];
      this.post({ kind: "frame", lab: id, run, playing, touched, fault, speed,
        progress, metrics, params, query, figures });
      this.inFlight = true;
    } catch (error) {
      this.playing = false;
      this.post({ kind: "broken", error: plainError(error) });
    }
    this.dirty = false;
    const now = performance.now();
    this.frameDue = now + Math.max(FRAME_MS, (now - start) / FRAME_SHARE);
  }
}
