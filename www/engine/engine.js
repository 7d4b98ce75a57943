// The engine: answers what is asked of the lab that is open. The same object runs in the worker and, where
// no worker can start, on the page itself. It speaks in messages only, so that neither side can tell the
// difference. It works in short slices, between which messages come in; where nothing is asked and no run
// goes on, it does nothing.
//
// A change is answered with a run at full speed, to its end. What is changed meanwhile waits for that end
// and is taken together: so whoever drags a slider sees finished runs, and the last of them is the newest.

import { FRAME_MS } from "./frames.js";
import { linkOf } from "./shelf.js";
import { Trainer, plainError } from "./trainer.js";

/** @import {Effect, Params} from "../pkg/regularization_playground.js" */
/** @import {CsvRead, Described, Handlers, PlainError, Request, Requests, Told} from "./messages.js" */
/** @import {Bindings} from "./bindings.js" */

/** Messages after which the page has nothing new to show: a change is to be seen once it is taken. @type {Set<string>} */
const QUIET = new Set(["ack", "awake", "change", "describe", "ping", "read_csv", "read_idx", "table", "unload"]);
/** Messages that any lab may be left alone for. @type {Set<string>} */
const APART = new Set(["ack", "ping", "pace", "read_csv", "read_idx", "table", "unload"]);
/** Messages about the run as the changes before them have left it. @type {Set<string>} */
const AFTER_CHANGES = new Set(["load", "unload", "play", "pause", "step", "reset", "describe"]);
/** What changes do, the least first. @type {Effect[]} */
const EFFECTS = ["view", "live", "restart"];

/** @implements {Handlers} */
export class Engine {
  /**
   * @param {Bindings} bindings
   * @param {(message: Told) => void} post Sends a message to the page.
   * @param {(callback: () => void, delay: number) => void} schedule Calls back after `delay` ms.
   * @param {number} slice The longest stretch of work in one go, in milliseconds.
   */
  constructor(bindings, post, schedule, slice) {
    this.post = post;
    this.schedule = schedule;
    this.trainer = new Trainer(bindings, post, slice);
    /** Changes that were not taken yet. @type {{id?: number, changes: Params}[]} */
    this.waiting = [];
    /** When it fell asleep. */
    this.asleep = 0;
    this.scheduled = false;
    this.tick = this.tick.bind(this);
  }

  /** Takes one message from the page; each is answered once, and a refusal is an answer too. @param {Request} message */
  handle(message) {
    const { kind, id } = message;
    if (this.parked && this.needsLab(message)) this.unpark(kind);
    try {
      const handlers = /** @type {Record<string, (content: object) => unknown>} */ (/** @type {unknown} */ (this));
      if (!handlers[`on_${kind}`]) throw new Error(`the engine knows no message named ${kind}`);
      if (AFTER_CHANGES.has(kind) && this.waiting.length > 0) this.take();
      const answer = handlers[`on_${kind}`](message);
      if (kind !== "change") this.reply(id, null, answer);
    } catch (error) {
      this.reply(id, plainError(error));
    }
    // after a refusal too: the page shows what is in force
    if (!QUIET.has(kind) && !this.parked) this.trainer.frames.dirty = true;
    if (this.busy) this.later(0);
  }

  /** Whether the lab's memory was given back, out of sight. */
  get parked() {
    return Boolean(this.trainer.shelf.now?.parked);
  }

  /** Out of sight, a lab whose run can be had again gives its memory back, unless the page still has to hear of it. */
  park() {
    const { trainer: { awake, underWay, frames, shelf }, waiting } = this;
    if (awake || !shelf.now || this.parked || waiting.length > 0) return;
    if (underWay !== null || !(frames.dirty || this.untold)) shelf.park();
  }

  /** Whether this cannot be done without the lab. @param {Request} message */
  needsLab(message) {
    const { underWay, frames } = this.trainer;
    if (message.kind === "awake") return message.awake && underWay !== null;
    if (message.kind === "pause") return underWay !== null;
    if (message.kind === "watch") return message.figures.some((key) => !frames.told.has(key));
    return !APART.has(message.kind);
  }

  /**
   * The lab is there again: it goes to where it stood, and on, unless it is to begin anew.
   * @param {Request["kind"]} kind What it is needed for.
   */
  unpark(kind) {
    const { trainer, trainer: { underWay } } = this;
    const stood = trainer.shelf.unpark();
    const steps = underWay?.back && underWay.until !== null ? underWay.until : stood;
    const anew = kind === "load" || kind === "reset" || (kind === "play" && underWay === null && steps >= trainer.open.lab.progress().of);
    if (kind !== "pause" && underWay && (underWay.hurried || underWay.until !== null)) underWay.marks = []; // from its first step on
    else if (steps > 0 && !anew) trainer.goTo(steps, { back: true, watched: underWay !== null && kind !== "pause" });
  }

  /** @param {number | undefined} id @param {PlainError | null} error @param {unknown} [answer] */
  reply(id, error, answer) {
    if (id !== undefined) this.post({ kind: "reply", id, error, answer });
    else if (error) this.post({ kind: "broken", error });
  }

  /** @param {Requests["ack"]} content */
  on_ack({ took }) {
    this.trainer.frames.drawn(took);
  }

  on_ping() {}

  /** @param {Requests["describe"]} content @returns {Described} */
  on_describe({ figures }) {
    const { open, open: { lab }, underWay } = this.trainer;
    const left = underWay?.back ? (underWay.until ?? 0) - lab.progress().steps : 0;
    if (left > 0) lab.advance(left); // on the way back to where it stood: at once, whatever it takes
    return { query: linkOf(open), params: lab.params(), progress: lab.progress(), touched: lab.touched(), metrics: lab.metrics(),
      figures: figures.map((key) => lab.figure(key)), weights: lab.weights() };
  }

  /** @param {Requests["table"]} content */
  on_table({ own }) {
    this.trainer.shelf.given = own;
  }

  /** @param {Requests["read_csv"]} content @returns {CsvRead} */
  on_read_csv({ file, options }) {
    const { bindings } = this.trainer.shelf;
    const description = bindings.describeCsv(file, options);
    try {
      return { description, table: bindings.readCsv(file, options), problem: "" };
    } catch (error) {
      return { description, table: null, problem: plainError(error).message };
    }
  }

  /** @param {Requests["read_idx"]} content */
  on_read_idx({ images, labels }) {
    return this.trainer.shelf.bindings.readIdx(images, labels);
  }

  /** @param {Requests["load"]} content */
  on_load({ lab, query, figures, pace, hero, open: how }) {
    const { trainer } = this;
    const { now: before } = trainer.shelf;
    const opened = trainer.shelf.open(lab, query, how === "end");
    const { open } = trainer;
    if (before && before !== open) before.left = trainer.underWay !== null;
    trainer.underWay = null;
    if (opened === "first") trainer.restarted();
    else if (how === "play" && open.fault) trainer.again();
    else if (before !== open) trainer.another();
    Object.assign(open, { hero, how, told: false });
    trainer.frames.begin(figures);
    trainer.pacer.pace = pace;
    if (how === "stand" || how === "wait" || open.fault || (opened === "back" && !open.left)) return;
    trainer.answer({ replay: how === "play" && opened !== "back" });
  }

  /** Nothing is left of what was trained. */
  on_unload() {
    this.trainer.shelf.clear();
    this.trainer.underWay = null;
  }

  on_play() {
    const { trainer, trainer: { open, underWay } } = this;
    open.fault = null;
    if (underWay) {
      underWay.watched = true;
      underWay.replay = underWay.hurried;
      return;
    }
    if (trainer.done) trainer.again();
    trainer.play(true);
  }

  on_pause() {
    const { underWay } = this.trainer;
    if (underWay?.back) underWay.watched = false; // it still has to go to where it stood
    else this.trainer.stand();
  }

  /** @param {Requests["step"]} content */
  on_step({ steps = 1 }) {
    const { trainer, trainer: { open } } = this;
    const until = trainer.underWay?.until ?? null;
    if (trainer.underWay?.hurried) trainer.again();
    trainer.stand();
    open.fault = null;
    if (until !== null) trainer.goTo(until + steps);
    else if (steps === 1) trainer.advance(() => open.lab.step(1));
    else trainer.goTo(open.lab.progress().steps + steps);
  }

  on_reset() {
    this.trainer.again();
    this.trainer.stand();
  }

  /** @param {Requests["pace"]} content */
  on_pace({ pace }) {
    const { pacer, underWay } = this.trainer;
    pacer.pace = pace;
    pacer.restart();
    if (underWay) underWay.marks = [];
  }

  /** @param {Requests["watch"]} content */
  on_watch({ figures }) {
    this.trainer.frames.watched = figures;
    this.trainer.frames.atOnce();
  }

  /** Nobody is kept waiting for a run that rests. @param {Requests["awake"]} content */
  on_awake({ awake }) {
    const { trainer } = this;
    if (awake !== trainer.awake) {
      if (awake) trainer.underWay?.wake(this.asleep);
      else if (this.waiting.length > 0) this.take();
      this.asleep = performance.now();
    }
    trainer.awake = awake;
    trainer.pacer.restart();
  }

  /** @param {{id?: number} & Requests["change"]} content */
  on_change({ id, changes }) {
    const { trainer } = this;
    if (!trainer.shelf.now) throw new Error("no lab is open");
    this.waiting.push({ id, changes });
    if ((!trainer.answering && !this.returning) || !trainer.awake) this.take();
  }

  /** Whether a change is of a run that is still on the way back to where it stood. */
  get returning() {
    const { underWay, open: { how } } = this.trainer;
    return underWay !== null && underWay.back && (underWay.watched || how === "stand");
  }

  /** Takes all changes that wait, together: of two values for one setting the later. */
  take() {
    const { trainer, trainer: { open: { lab }, watching, underWay, done } } = this;
    const messages = this.waiting.splice(0);
    /** @param {Params} changes */
    const change = (changes) => attempt(() => lab.change(changes));
    const all = change(messages.length === 1 ? messages[0].changes : Object.assign({}, ...messages.map(({ changes }) => changes)));
    // what is refused together is tried message by message
    const each = messages.map(({ changes }) => (all.error && messages.length > 1 ? change(changes) : all));
    messages.forEach(({ id }, i) => this.reply(id, each[i].error));
    const most = Math.max(...each.map(({ effect }) => EFFECTS.indexOf(effect)));
    // whoever has waited for a run that is given up goes on waiting
    const since = underWay?.hurried && !done ? underWay.since : performance.now();
    this.settle(EFFECTS[most], watching, since);
    trainer.frames.atOnce();
  }

  /**
   * Answers what was taken: the run that somebody watches goes on with it; else it is a new one, of these
   * settings from its first step.
   * @param {Effect} effect @param {boolean} watching Whether somebody did. @param {number} since
   */
  settle(effect, watching, since) {
    const { trainer, trainer: { open } } = this;
    if (effect === "view") return;
    open.told = false;
    const stands = open.how === "stand";
    if (effect === "live" && (watching || stands)) return;
    if (effect === "live") trainer.again();
    else trainer.restarted();
    if (stands) trainer.stand();
    else trainer.answer({ since });
  }

  /** Whether there is anything to do. */
  get busy() {
    const { trainer } = this;
    if (!trainer.shelf.now || this.parked) return false;
    return trainer.moving || this.waiting.length > 0 || this.untold || (trainer.frames.ready && !trainer.withheld);
  }

  /** Whether a run has come to its planned end that the page was not told of. */
  get untold() {
    return !this.trainer.open.told && this.trainer.done;
  }

  /** @param {number} delay */
  later(delay) {
    if (this.scheduled) return;
    this.scheduled = true;
    this.schedule(this.tick, delay);
  }

  tick() {
    this.scheduled = false;
    if (!this.trainer.shelf.now || this.parked) return;
    const delay = this.act();
    if (this.busy) this.later(delay);
  }

  /**
   * One thing at a time, and then the messages that came meanwhile: on the page they would add up.
   * @returns {number} When to come back, in milliseconds.
   */
  act() {
    const { trainer, trainer: { frames, done } } = this;
    if (this.untold) {
      trainer.tellFinished();
    } else if (this.waiting.length > 0 && !this.returning && (done || !trainer.answering || trainer.tooLong)) {
      // a finished run is seen where the page is ready for it: nobody waits for that
      if (done && frames.ready) trainer.sendFrame();
      else this.take();
    } else if (trainer.arrived) {
      trainer.end();
    } else if (frames.ready && !trainer.withheld && performance.now() >= frames.due) {
      trainer.sendFrame();
    } else if (trainer.moving) {
      return trainer.train();
    } else {
      return FRAME_MS;
    }
    return 0;
  }
}

/** @param {() => Effect} change @returns {{effect: Effect, error: PlainError | null}} */
function attempt(change) {
  try {
    return { effect: change(), error: null };
  } catch (error) {
    return { effect: "view", error: plainError(error) };
  }
}
