// The one way from the page to the engine: in a worker where one can start, else on the page.
// Watches over the worker and replaces one that no longer answers.

import { Engine } from "./engine.js";
import { loadBindings } from "./bindings.js";

/** How long a worker may take to say that it is ready, and at first to answer, in milliseconds. */
const START_MS = 2000;
const ANSWER_MS = 5000;
/** A worker may come to be this much slower than it has been. */
const SLOWER = 4;
/** The longest slice of training on the page itself, in milliseconds. */
const PAGE_SLICE_MS = 8;

const workerUrl = new URL("./worker.js", import.meta.url).href;

/** Only this one script may be started, which a page with Trusted Types can rely on. */
const policy = globalThis.trustedTypes?.createPolicy("regplay", {
  createScriptURL(url) {
    if (url !== workerUrl) throw new TypeError(`not a script of this page: ${url}`);
    return url;
  },
});

/** @returns {Promise<Worker>} A worker that has said it is ready. */
function startWorker() {
  return new Promise((resolve, reject) => {
    const url = policy ? policy.createScriptURL(workerUrl) : workerUrl;
    const worker = new Worker(url, { type: "module" });
    const fail = (reason) => {
      clearTimeout(timer);
      worker.terminate();
      reject(new Error(reason));
    };
    let timer = 0;
    const late = () => fail("the worker did not start");
    // the page loads the same package: a slow connection alone is no reason to give up
    loadBindings().then(() => (timer = setTimeout(late, START_MS)), () => {});
    worker.onerror = () => fail("the worker could not be loaded");
    worker.onmessage = ({ data }) => {
      loadBindings().then(() => clearTimeout(timer), () => {});
      if (data.kind === "ready") resolve(worker);
      else fail(data.error?.message ?? "the worker could not start");
    };
  });
}

export class Bridge {
  /** @param {{onFrame: (frame: object) => void, onNotice: (text: string) => void}} page */
  constructor(page) {
    this.page = page;
    this.pending = new Map();
    this.calls = 0;
    /** What to tell a replacement: the last `load`, brought up to date by every frame. */
    this.state = null;
    /** Grows with slow answers and replacements: what looks stuck may be a very large network. */
    this.patience = ANSWER_MS;
    /** "worker" or "page": where the engine runs. */
    this.place = "";
  }

  /** Starts the engine. */
  async start() {
    try {
      this.adopt(await startWorker());
    } catch {
      await this.startHere();
    }
  }

  adopt(worker) {
    this.place = "worker";
    this.deliver = (message) => worker.postMessage(message);
    worker.onmessage = ({ data }) => this.receive(data);
    worker.onerror = (event) => this.page.onNotice(`The computation failed: ${event.message}`);
    this.worker = worker;
    this.watch();
  }

  async startHere() {
    this.place = "page";
    const bindings = await loadBindings();
    const schedule = (callback) => requestAnimationFrame(callback);
    const post = (message) => queueMicrotask(() => this.receive(message));
    const engine = new Engine(bindings, post, schedule, PAGE_SLICE_MS);
    this.deliver = (message) => engine.handle(message);
  }

  /**
   * Sends one message; settles with its answer.
   * @param {string} kind
   * @param {object} [content]
   * @returns {Promise<void>}
   */
  call(kind, content = {}) {
    if (kind === "load") this.state = { ...content };
    if (kind === "watch" && this.state) this.state.figures = content.figures;
    if (kind === "pace" && this.state) this.state.pace = content.pace;
    const id = ++this.calls;
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve, reject });
      this.deliver({ ...content, kind, id });
    });
  }

  /** Ends the engine; what was asked of it is never answered. */
  stop() {
    clearInterval(this.watching);
    this.worker?.terminate();
    if (this.place === "page") this.deliver({ kind: "unload", id: 0 });
    this.pending.clear();
  }

  /** The page has drawn the last frame and is ready for the next. */
  ack() {
    this.deliver({ kind: "ack" });
  }

  receive(message) {
    if (message.kind === "reply") {
      const call = this.pending.get(message.id);
      this.pending.delete(message.id);
      if (message.error) call?.reject(Object.assign(new Error(), message.error));
      else call?.resolve();
    } else if (message.kind === "frame") {
      if (this.state?.lab === message.lab) this.state.query = message.query;
      this.page.onFrame(message);
    } else if (message.kind === "broken") {
      this.page.onNotice(`The computation failed: ${message.error.message}`);
    }
  }

  /** Asks the worker now and then whether it is still there; only a page that is seen asks. */
  watch() {
    clearInterval(this.watching);
    let asked = 0;
    this.watching = setInterval(() => {
      if (document.hidden) {
        asked = 0;
      } else if (asked === 0) {
        asked = performance.now();
        this.call("ping").then(() => {
          this.patience = Math.max(this.patience, SLOWER * (performance.now() - asked));
          asked = 0;
        }, () => {});
      } else if (performance.now() - asked > this.patience) {
        this.replace();
      }
    }, 1000);
  }

  /** Ends a worker that no longer answers and starts another with the same settings. */
  async replace() {
    clearInterval(this.watching);
    this.worker.terminate();
    this.patience *= 2;
    for (const { reject } of this.pending.values()) reject(new Error("the computation was restarted"));
    this.pending.clear();
    const state = this.state;
    await this.start();
    const told = "The computation stopped answering. It was started anew, at step 0. A smaller network answers sooner.";
    this.page.onNotice(told);
    if (state) await this.call("load", state).catch((error) => this.page.onNotice(error.message));
  }
}
