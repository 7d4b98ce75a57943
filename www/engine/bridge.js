// The one way from the page to an engine: in a worker where one can start, else on the page.
// Watches over the worker while it owes an answer, and gives up one that no longer gives any; what has
// lost its engine gets another one.

import { takeSeat } from "./workers.js";

/** @import {Params} from "../pkg/regularization_playground.js" */
/** @import {Described, Finished, Frame, Own, Request, Requests, Told} from "./messages.js" */
/** @import {Seat, Sitter} from "./workers.js" */

/** How long a worker may at first take to answer, in milliseconds. */
const ANSWER_MS = 5000;
/** A worker may come to be this much slower than it has been. */
const SLOWER = 4;
/** How often a worker that owes an answer is asked whether it is still there, in milliseconds. */
const WATCH_MS = 1000;

/** Requests that may set off a run; whether one goes on, frames say from then on. @type {Set<string>} */
const SETTING_OFF = new Set(["load", "play", "change"]);

/** @typedef {{message: Request, kind: Request["kind"], since: number, resolve: (answer?: unknown) => void, reject: (error: Error) => void}} Call */

const over = () => new Error("the computation has ended");

/** @implements {Sitter} */
export class Bridge {
  /**
   * @param {{onFrame: (frame: Frame) => void, onFinished: (finished: Finished) => void, onNotice: (text: string) => void}} page
   * @param {boolean} [background] Whether nobody looks on.
   */
  constructor(page, background = false) {
    this.page = page;
    this.background = background;
    /** Calls that were not answered yet. @type {Map<number, Call>} */
    this.pending = new Map();
    this.calls = 0;
    /** What to tell a replacement: the last `load`, brought up to date by every frame. @type {Requests["load"] | null} */
    this.state = null;
    /** The reader's own data that the engine was given last. @type {Own | null} */
    this.own = null;
    this.awake = true;
    /** Whether a run goes on, as far as the page knows. */
    this.playing = false;
    /** Grows with slow answers and replacements: what looks stuck may be a very large network. */
    this.patience = ANSWER_MS;
    /** "worker" or "page": where the engine runs. */
    this.place = "";
    /** @type {Seat | null} */
    this.seat = null;
    /** How the run stood when it was shown last. @type {Pick<Frame, "state" | "progress"> | null} */
    this.shown = null;
    /** What was changed since. @type {Params} */
    this.changed = {};
    this.ended = false;
    /** The timer of the watch; 0 while there is nothing to wait for. */
    this.watching = 0;
    /** When the worker was asked whether it is still there; 0 where it has answered. */
    this.asked = 0;
    /** What was asked while there was no engine. @type {Request[]} */
    this.held = [];
    /** @type {(message: Request) => void} */
    this.deliver = (message) => this.held.push(message);
  }

  /** Starts the engine, which then hears what was asked meanwhile. */
  async start() {
    await this.begin();
    this.release();
  }

  async begin() {
    const seat = await takeSeat(this).catch(() => import("./here.js").then(({ seatHere }) => seatHere(this)));
    if (this.ended) seat.leave();
    else this.adopt(seat);
  }

  /** @param {Seat} seat */
  adopt(seat) {
    this.seat = seat;
    this.place = seat.place;
    this.deliver = (message) => seat.post(message);
  }

  /** What was held is delivered, in the order in which it was asked. */
  release() {
    for (const message of this.held.splice(0)) this.deliver(message);
    this.watch();
  }

  /** Sends one message; settles with its answer. @param {Request} message @returns {Promise<any>} */
  call(message) {
    if (message.kind === "load") this.state = { ...message };
    if (message.kind === "table") this.own = message.own;
    if (message.kind === "watch" && this.state) this.state.figures = message.figures;
    if (message.kind === "pace" && this.state) this.state.pace = message.pace;
    if (message.kind === "awake") this.awake = message.awake;
    if (this.ended) return Promise.reject(over());
    const id = ++this.calls;
    return new Promise((resolve, reject) => {
      this.pending.set(id, { message, kind: message.kind, since: performance.now(), resolve, reject });
      this.deliver({ ...message, id });
      this.watch();
    });
  }

  /** All of the run, as data. @param {string[]} figures @returns {Promise<Described>} */
  describe(figures) {
    return this.call({ kind: "describe", figures });
  }

  /** Ends the engine, for good; what was asked of it and not answered is refused. */
  stop() {
    this.ended = true;
    for (const { reject } of this.pending.values()) reject(over());
    this.halt();
  }

  halt() {
    this.pending.clear();
    this.playing = false;
    this.watch();
    this.seat?.leave();
    this.seat = null;
    this.deliver = () => {};
  }

  /** The page has drawn the last frame and is ready for the next. @param {number} [took] How long it was busy with it. */
  ack(took = 0) {
    this.deliver({ kind: "ack", took });
  }

  /** When the first was asked of what is not answered, but for whether anybody is there; Infinity where nothing is owed. */
  owedSince() {
    const owed = [...this.pending.values()].filter(({ kind }) => kind !== "ping").map(({ since }) => since);
    return Math.min(Infinity, ...owed);
  }

  /** @param {Told} message */
  receive(message) {
    if (this.ended) return;
    if (message.kind === "reply") {
      const call = this.pending.get(message.id);
      this.pending.delete(message.id);
      if (message.error) call?.reject(Object.assign(new Error(), message.error));
      else call?.resolve(message.answer);
      if (call?.message.kind === "change" && !message.error) Object.assign(this.changed, call.message.changes);
      if (call && SETTING_OFF.has(call.kind) && !message.error) this.playing = true;
    } else if (message.kind === "frame") {
      if (this.state?.lab === message.lab) this.state.query = message.query;
      [this.shown, this.changed] = [message, {}];
      this.playing = message.state === "playing";
      this.page.onFrame(message);
    } else if (message.kind === "finished") {
      this.page.onFinished(message);
    } else {
      this.page.onNotice(`The computation failed: ${message.error.message}`);
    }
    this.watch();
  }

  /** Looks after the worker for as long as it owes an answer or, while a run goes on, frames. */
  watch() {
    const owed = this.pending.size > 0 || (this.playing && this.awake);
    if (this.seat?.place !== "worker" || owed === this.watching > 0) return;
    clearInterval(this.watching);
    this.asked = 0;
    this.watching = owed ? setInterval(() => this.look(), WATCH_MS) : 0;
  }

  /** Asks the worker whether it is still there, or gives it up; only a page that is seen asks. */
  look() {
    const { asked } = this;
    if (document.hidden) {
      this.asked = 0;
    } else if (asked === 0) {
      const start = performance.now();
      this.asked = start;
      this.call({ kind: "ping" }).then(() => {
        this.patience = Math.max(this.patience, SLOWER * (performance.now() - start));
        this.asked = 0;
      }, () => {});
    } else if (performance.now() - asked > this.patience) {
      this.seat?.giveUp();
    }
  }

  /**
   * The worker has ended: another engine takes up the same settings. What is asked meanwhile waits for it. Who
   * brought that about is told, and of what it asked all is refused but a lab that was to be opened and changes
   * that waited behind the first one, which may be what could not be done. All others go on as they were.
   * @param {boolean} guilty
   */
  async lost(guilty) {
    const calls = [...this.pending.values()].filter(({ kind }) => kind !== "ping");
    const opening = calls.filter(({ kind }) => kind === "load");
    const again = guilty ? calls.filter(({ kind }) => kind === "change").slice(1) : calls.filter(({ kind }) => kind !== "load");
    const { shown, changed } = this;
    this.seat = null;
    this.halt();
    this.deliver = (message) => this.held.push(message);
    for (const call of calls) {
      if (!opening.includes(call) && !again.includes(call)) call.reject(new Error("the computation was restarted"));
    }
    await this.begin();
    if (guilty && !this.ended) {
      this.patience *= 2;
      this.page.onNotice("The computation stopped answering and was restarted. A smaller network answers sooner.");
    }
    if (this.ended) return [...again, ...opening].forEach(({ reject }) => reject(over()));
    const meanwhile = this.held.splice(0);
    if (this.own) this.call({ kind: "table", own: this.own }).catch(() => {});
    const opened = this.state ? this.call({ kind: "load", ...this.state, open: this.state.open === "stand" ? "stand" : "end" }) : Promise.resolve();
    this.call({ kind: "awake", awake: this.awake }).catch(() => {});
    if (!guilty && opening.length === 0 && shown) this.takeUp(shown, changed);
    for (const { message, resolve, reject } of again) this.call(message).then(resolve, reject);
    this.held.push(...meanwhile);
    this.release(); // before anything that is asked from now on
    for (const { resolve, reject } of opening) opened.then(resolve, reject);
    await opened.catch((error) => this.ended || opening.length > 0 || this.page.onNotice(error.message));
  }

  /**
   * A run that was on its way goes to the step where it was; one of other settings that was not shown yet is answered.
   * @param {Pick<Frame, "state" | "progress">} shown @param {Params} changes
   */
  takeUp({ state, progress: { steps } }, changes) {
    /** @type {Request[]} */
    const way = Object.keys(changes).length > 0 ? [{ kind: "change", changes }]
      : state === "playing" || state === "paused" ? [{ kind: "reset" }] : [];
    if (way[0]?.kind === "reset" && steps > 0) way.push({ kind: "step", steps });
    if (way[0]?.kind === "reset" && state === "playing") way.push({ kind: "play" });
    for (const request of way) this.call(request).catch(() => {});
  }
}
