// The one way from the page to the engine: in a worker where one can start, else on the page.
// Watches over the worker while it owes an answer, and replaces one that no longer gives any.

import { startWorker } from "./workers.js";

/** @import {Finished, Frame, Request, Requests, Told} from "./messages.js" */

/** How long a worker may at first take to answer, in milliseconds. */
const ANSWER_MS = 5000;
/** A worker may come to be this much slower than it has been. */
const SLOWER = 4;
/** How often a worker that owes an answer is asked whether it is still there, in milliseconds. */
const WATCH_MS = 1000;
/** The longest slice of training on the page itself, in milliseconds. */
const PAGE_SLICE_MS = 8;

/** Requests that may set off a run; whether one goes on, frames say from then on. @type {Set<string>} */
const SETTING_OFF = new Set(["load", "play", "change"]);

/** @typedef {{message: Request, kind: Request["kind"], resolve: () => void, reject: (error: Error) => void}} Call */

export class Bridge {
  /** @param {{onFrame: (frame: Frame) => void, onFinished: (finished: Finished) => void, onNotice: (text: string) => void}} page */
  constructor(page) {
    this.page = page;
    /** Calls that were not answered yet. @type {Map<number, Call>} */
    this.pending = new Map();
    this.calls = 0;
    /** What to tell a replacement: the last `load`, brought up to date by every frame. @type {Requests["load"] | null} */
    this.state = null;
    this.awake = true;
    /** Whether a run goes on, as far as the page knows. */
    this.playing = false;
    /** Grows with slow answers and replacements: what looks stuck may be a very large network. */
    this.patience = ANSWER_MS;
    /** "worker" or "page": where the engine runs. */
    this.place = "";
    /** @type {Worker | null} */
    this.worker = null;
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
    try {
      this.adopt(await startWorker());
    } catch {
      await this.startHere();
    }
  }

  /** @param {Worker} worker */
  adopt(worker) {
    this.place = "worker";
    this.deliver = (message) => worker.postMessage(message);
    worker.onmessage = ({ data }) => this.receive(data);
    worker.onerror = (event) => this.page.onNotice(`The computation failed: ${event.message}`);
    this.worker = worker;
  }

  async startHere() {
    this.place = "page";
    const [{ Engine }, { loadBindings }] = await Promise.all([import("./engine.js"), import("./bindings.js")]);
    const bindings = await loadBindings();
    /** @param {() => void} callback */
    const schedule = (callback) => requestAnimationFrame(callback);
    /** @param {Told} message */
    const post = (message) => queueMicrotask(() => this.receive(message));
    const engine = new Engine(bindings, post, schedule, PAGE_SLICE_MS);
    this.deliver = (message) => engine.handle(message);
  }

  /** What was held is delivered, in the order in which it was asked. */
  release() {
    for (const message of this.held.splice(0)) this.deliver(message);
    this.watch();
  }

  /** Sends one message; settles with its answer. @param {Request} message @returns {Promise<void>} */
  call(message) {
    if (message.kind === "load") this.state = { ...message };
    if (message.kind === "watch" && this.state) this.state.figures = message.figures;
    if (message.kind === "pace" && this.state) this.state.pace = message.pace;
    if (message.kind === "awake") this.awake = message.awake;
    const id = ++this.calls;
    return new Promise((resolve, reject) => {
      this.pending.set(id, { message, kind: message.kind, resolve, reject });
      this.deliver({ ...message, id });
      this.watch();
    });
  }

  /** Ends the engine, for good; what was asked of it is never answered. */
  stop() {
    this.ended = true;
    this.halt();
  }

  halt() {
    this.pending.clear();
    this.playing = false;
    this.watch();
    this.worker?.terminate();
    if (!this.worker) this.deliver({ kind: "unload" });
    this.worker = null;
    this.deliver = () => {};
  }

  /** The page has drawn the last frame and is ready for the next. @param {number} [took] How long it was busy with it. */
  ack(took = 0) {
    this.deliver({ kind: "ack", took });
  }

  /** @param {Told} message */
  receive(message) {
    if (message.kind === "reply") {
      const call = this.pending.get(message.id);
      this.pending.delete(message.id);
      if (message.error) call?.reject(Object.assign(new Error(), message.error));
      else call?.resolve();
      if (call && SETTING_OFF.has(call.kind) && !message.error) this.playing = true;
    } else if (message.kind === "frame") {
      if (this.state?.lab === message.lab) this.state.query = message.query;
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
    if (!this.worker || owed === this.watching > 0) return;
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
      this.replace();
    }
  }

  /**
   * Ends a worker that no longer answers and starts another with the same settings. What is asked
   * meanwhile waits for it; what was asked is refused, but for a lab that was to be opened, and for changes
   * that waited behind the first one, which may be what it could not do.
   */
  async replace() {
    const calls = [...this.pending.values()];
    const opening = calls.filter(({ kind }) => kind === "load");
    const later = calls.filter(({ kind }) => kind === "change").slice(1);
    this.halt();
    this.patience *= 2;
    this.deliver = (message) => this.held.push(message);
    for (const call of calls) {
      if (!opening.includes(call) && !later.includes(call)) call.reject(new Error("the computation was restarted"));
    }
    await this.begin();
    const told = "The computation stopped answering and was restarted. A smaller network answers sooner.";
    this.page.onNotice(told);
    if (this.ended) return this.halt();
    const meanwhile = this.held.splice(0);
    const opened = this.state ? this.call({ kind: "load", ...this.state, open: this.state.open === "stand" ? "stand" : "end" }) : Promise.resolve();
    this.call({ kind: "awake", awake: this.awake }).catch(() => {});
    for (const { message, resolve, reject } of later) this.call(message).then(resolve, reject);
    this.held.push(...meanwhile);
    this.release(); // before anything that is asked from now on
    for (const { resolve, reject } of opening) opened.then(resolve, reject);
    await opened.catch((error) => opening.length > 0 || this.page.onNotice(error.message));
  }
}
