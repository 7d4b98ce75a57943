// The engine: holds one lab and trains it in short slices. The same object runs in the worker and,
// where no worker can start, on the page itself. It speaks in messages only, so that neither side
// can tell the difference.

import { Pacer } from "./pacer.js";

/**
 * What the page is told: how the run stands. At most one of these is under way at a time.
 * @typedef {object} Frame
 * @property {"frame"} kind
 * @property {string} lab The lab's id.
 * @property {number} run Counts the runs: a new number after every restart.
 * @property {boolean} playing Whether the run is going on by itself.
 * @property {boolean} touched Whether a setting was changed after the first step.
 * @property {{done: boolean, steps: number, of: number}} progress
 * @property {number} speed Steps a second over the last moments; 0 while it stands still.
 * @property {Record<string, number>} metrics
 * @property {Record<string, number | string | boolean>} params
 * @property {string} query What a link to this run holds.
 * @property {Record<string, object>} figures The figures that were asked for.
 * @property {{name: string, message: string, step?: number, number: number} | null} fault What stopped
 *   the run; `number` counts the faults, so that the same one twice is told twice.
 */

/** The least time between two frames, in milliseconds. */
const FRAME_MS = 40;
/** Frames may take this share of the time: a costly figure is drawn less often. */
const FRAME_SHARE = 0.3;

/** Labs that were left stay as they were, so that coming back finds the run; no more than these. */
const MOST_LEFT = 3;

/** @param {unknown} error @returns {{name: string, message: string, step?: number}} */
export function plainError(error) {
  const { name = "Error", message = String(error), step } = Object(error);
  return step === undefined ? { name, message } : { name, message, step };
}

export class Engine {
  /**
   * @param {{Lab: any}} bindings
   * @param {(message: object) => void} post Sends a message to the page.
   * @param {(callback: () => void, delay: number) => void} schedule Calls back after `delay` ms.
   * @param {number} slice The longest stretch of work in one go, in milliseconds.
   */
  constructor(bindings, post, schedule, slice) {
    Object.assign(this, { bindings, post, schedule, slice });
    this.lab = null;
    this.left = new Map();
    this.runs = 0;
    this.faults = 0;
    this.pacer = new Pacer();
    this.awake = true;
    this.watched = [];
    this.inFlight = false;
    this.frameDue = 0;
    this.scheduled = false;
    this.tick = this.tick.bind(this);
  }

  /** Answers one message from the page; a refusal is an answer too. @param {any} message */
  handle(message) {
    if (message.kind === "ack") {
      this.inFlight = false;
    } else {
      let error = null;
      try {
        this[`on_${message.kind}`](message);
      } catch (thrown) {
        error = plainError(thrown);
      }
      this.post({ kind: "reply", id: message.id, error });
    }
    this.wake();
  }

  on_ping() {}

  on_load({ lab, query, figures, pace }) {
    const { Lab } = this.bindings;
    const next = query === "" ? new Lab(lab) : Lab.fromQuery(lab, query);
    this.watched = figures;
    this.pacer.pace = pace;
    if (this.lab && this.id !== lab) this.leave();
    if (query !== "" && this.goesOn(lab, next)) return;
    this.id = lab;
    this.takeOver(next);
    this.playing = false;
  }

  /** Puts the lab aside as it stands. */
  leave() {
    const { id, lab, fault, touched, beyond } = this;
    this.left.set(id, { lab, fault, touched, beyond });
    this.lab = null;
    for (const [oldest, { lab: old }] of this.left) {
      if (this.left.size <= MOST_LEFT) break;
      old.free();
      this.left.delete(oldest);
    }
  }

  /**
   * Whether there is a run already that the settings ask for, up to what of it is looked at: then it is
   * taken up where it stands.
   * @param {string} id @param {any} next The lab with these settings; given back if it is not needed.
   */
  goesOn(id, next) {
    const there = this.lab ? this : this.left.get(id);
    if (!there || there.touched) return false;
    const { parameters } = this.bindings.catalogue().find((spec) => spec.id === id);
    const [now, asked] = [there.lab.params(), next.params()];
    if (!parameters.every(({ key, view }) => view || now[key] === asked[key])) return false;
    next.free();
    if (there !== this) {
      this.restarted();
      Object.assign(this, there, { id, playing: false });
      this.left.delete(id);
    }
    for (const { key, view } of parameters) if (view) this.lab.set(key, asked[key]);
    this.frameDue = 0;
    return true;
  }

  on_play() {
    this.playing = true;
    this.beyond = this.lab.progress().done;
    this.fault = null;
    this.pacer.restart();
  }

  on_pause() {
    this.playing = false;
  }

  on_step() {
    this.playing = false;
    this.advance(() => this.lab.step(1));
    this.frameDue = 0;
  }

  on_reset() {
    this.lab.reset();
    this.restarted();
    this.playing = false;
  }

  on_pace({ pace }) {
    this.pacer.pace = pace;
    this.pacer.restart();
  }

  on_watch({ figures }) {
    this.watched = figures;
    this.frameDue = 0;
  }

  on_awake({ awake }) {
    this.awake = awake;
    this.pacer.restart();
  }

  /**
   * Takes over new settings: all of them or, where one is refused, none.
   * @param {{changes: Record<string, any>, effect: "view" | "live" | "rebuild"}} message The effect of
   *   the one that changes most. What is only a view of the run leaves it as it is.
   */
  on_change({ changes, effect }) {
    if (effect === "view") {
      for (const [key, value] of Object.entries(changes)) this.lab.set(key, value);
      this.frameDue = 0;
      return;
    }
    const { done, steps } = this.lab.progress();
    const ended = done || this.fault !== null;
    if (effect === "rebuild" || Object.keys(changes).length > 1) {
      this.takeOver(new this.bindings.Lab(this.id, { ...this.lab.params(), ...changes }));
    } else {
      for (const [key, value] of Object.entries(changes)) this.lab.set(key, value);
      const goesOn = done && !this.lab.progress().done;
      if (goesOn || (steps > 0 && !ended)) {
        this.touched = true;
      } else {
        this.lab.reset();
        this.restarted();
      }
    }
    if (ended) this.playing = true;
    this.pacer.restart();
    this.frameDue = 0;
  }

  takeOver(lab) {
    this.lab?.free();
    this.left.get(this.id)?.lab.free();
    this.left.delete(this.id);
    this.lab = lab;
    this.restarted();
  }

  /** The run is at its first step: nothing of the last one is left. */
  restarted() {
    this.runs += 1;
    this.fault = null;
    this.touched = false;
    this.beyond = false;
    this.frameDue = 0;
    this.pacer.restart();
  }

  wake() {
    this.dirty = true;
    this.later(0);
  }

  later(delay) {
    if (this.scheduled) return;
    this.scheduled = true;
    this.schedule(this.tick, delay);
  }

  /** One slice: tell the page if it is ready to hear, or else train a little. */
  tick() {
    this.scheduled = false;
    if (!this.lab) return;
    let delay = FRAME_MS;
    // a frame or a slice of training, never both in one go: on the page they would add up
    const frameDue = this.dirty && !this.inFlight && performance.now() >= this.frameDue;
    if (frameDue) this.sendFrame();
    else if (this.playing && this.awake) delay = this.train();
    if (frameDue && this.playing && this.awake) delay = 0;
    if ((this.playing && this.awake) || (this.dirty && !this.inFlight)) this.later(delay);
  }

  /** @returns {number} When to come back, in milliseconds. */
  train() {
    const { done, steps, of } = this.lab.progress();
    if (done && !this.beyond) {
      this.playing = false;
      return 0;
    }
    const due = this.pacer.stepsDue(of);
    if (due === 0) return 4;
    const start = performance.now();
    this.advance(() => (done ? this.goBeyond(due, start) : this.goOn(due, start)));
    this.pacer.took(this.lab.progress().steps - steps, start);
    if (this.lab.progress().done && !this.beyond) {
      this.playing = false;
      this.frameDue = 0;
    }
    return 0;
  }

  /** Towards the planned end: as many steps as are due, as far as the slice goes. */
  goOn(due, start) {
    if (due === Infinity) return this.lab.train(this.slice - 1);
    for (let taken = 0; taken < due; taken += 1) {
      if (this.lab.train(0).done || performance.now() - start >= this.slice) break;
    }
  }

  /** Beyond it: one step at a time, as far as the slice goes. */
  goBeyond(due, start) {
    for (let taken = 0; taken < due; taken += 1) {
      this.lab.advance(1);
      if (performance.now() - start >= this.slice) break;
    }
  }

  /** Does some work on the lab; what goes wrong stops the run and is told, never thrown. */
  advance(work) {
    this.dirty = true;
    try {
      work();
    } catch (error) {
      this.playing = false;
      this.faults += 1;
      this.fault = { ...plainError(error), number: this.faults };
      this.frameDue = 0;
    }
  }

  sendFrame() {
    const start = performance.now();
    const { lab, runs, playing, touched, fault } = this;
    const figures = {};
    try {
      for (const key of this.watched) figures[key] = lab.figure(key);
      const speed = playing && this.awake ? this.pacer.speed : 0;
      const [progress, metrics] = [lab.progress(), lab.metrics()];
      const [params, query] = [lab.params(), lab.query()];
      this.post({ kind: "frame", lab: this.id, run: runs, playing, touched, fault, speed,
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
