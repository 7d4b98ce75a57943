// The workers of the page, and the places in them: a worker has an engine for each of several labs, which all
// run on its one instance of the module, so that many labs on a page need few workers. Whoever has a place is
// not told who else is there; what ends a worker is told to all.

import { fileUrl } from "./files.js";
import { compiled } from "./module.js";

/** @import {FromWorker, Request, Started, Told, ToWorker} from "./messages.js" */

/**
 * One engine's place, in a worker or on the page (here.js).
 * @typedef {object} Seat
 * @property {"worker" | "page"} place
 * @property {(request: Request) => void} post
 * @property {() => void} leave Ends its engine.
 * @property {() => void} giveUp It no longer answers.
 */

/**
 * Whoever has one.
 * @typedef {object} Sitter
 * @property {boolean} background Whether nobody looks on.
 * @property {(message: Told) => void} receive
 * @property {() => number} owedSince When the first was asked of what is not answered; Infinity where nothing is owed.
 * @property {(guilty: boolean) => void} lost The worker has ended; guilty is who brought that about, as far as can be told.
 */

/** How long a worker that has all it needs may take to say that it is ready, in milliseconds: on a busy machine more than two seconds. */
const START_MS = 5000;
/** One processor stays for the page; more than these help nobody, and each takes its memory. */
const SPARE = Math.max(1, (navigator.hardwareConcurrency || 2) - 1);
const MOST_FOR_LABS = Math.min(2, SPARE);
/** So many runs in the background go on side by side. */
export const MOST_BEHIND = Math.min(3, SPARE);
const MOST = 4;

const workerUrl = fileUrl("engine/worker.js").href;

/** @typedef {{createScriptURL: (url: string) => string}} ScriptPolicy */
/** @typedef {{trustedTypes?: {createPolicy: (name: string, rules: ScriptPolicy) => ScriptPolicy}}} MayTrust */

/** A worker's script has to be of its page's own origin: elsewhere one that leads to ours is made there. */
const addressOfWorker = () => (new URL(workerUrl).origin === self.origin ? workerUrl
  : URL.createObjectURL(new Blob([`import ${JSON.stringify(workerUrl)};`], { type: "text/javascript" })));

/** @type {string | null} */
let script = null;

/** Only this one script may be started, which a page with Trusted Types can rely on. */
function trustedScript() {
  if (script !== null) return script;
  const address = addressOfWorker();
  const policy = /** @type {MayTrust} */ (globalThis).trustedTypes?.createPolicy("regplay", {
    createScriptURL(url) {
      if (url !== address) throw new TypeError(`not a script of this page: ${url}`);
      return url;
    },
  });
  script = policy ? policy.createScriptURL(address) : address;
  return script;
}

/** @type {Set<Shared>} */
const all = new Set();

/** Whoever asks for a place next has it sooner. */
export function startAhead() {
  roomFor(false);
}

/** Why the page may start none, once that is known: whoever asks next need not try. @type {Error | null} */
let refusal = null;
/** Whether one was ever ready: then it may. */
let proven = false;

/** @param {Sitter} sitter @returns {Promise<Seat>} A place in a worker that has said it is ready. */
export async function takeSeat(sitter) {
  if (refusal) throw refusal;
  return roomFor(sitter.background).seat(sitter);
}

/** The worker with the fewest places taken, or another one where that one has work and there may be more. @param {boolean} background */
function roomFor(background) {
  const alike = [...all].filter((worker) => worker.background === background);
  const most = background ? MOST_BEHIND : MOST_FOR_LABS;
  const [least] = (alike.length > 0 ? alike : [...all]).sort((a, b) => a.taken - b.taken);
  const full = all.size >= MOST || alike.length >= most;
  return least && (full || (least.taken === 0 && alike.length > 0)) ? least : new Shared(background);
}

/** A worker that several engines share. */
class Shared {
  /** @param {boolean} background */
  constructor(background) {
    this.background = background;
    /** Who has a place, by its number. @type {Map<number, Sitter>} */
    this.sitters = new Map();
    /** How many have a place, or wait for the worker to be ready. */
    this.taken = 0;
    this.given = 0;
    /** @type {Promise<Worker>} */
    this.ready = start().then((worker) => {
      worker.onmessage = ({ data }) => this.hear(data);
      return worker;
    });
    this.ready.catch(() => all.delete(this)); // told to those who wait
    all.add(this);
  }

  /** @param {Sitter} sitter @returns {Promise<Seat>} */
  async seat(sitter) {
    this.taken += 1;
    const worker = await this.ready;
    if (!all.has(this)) return takeSeat(sitter); // lost before it was of use
    const number = ++this.given;
    this.sitters.set(number, sitter);
    /** @param {ToWorker} message */
    const say = (message) => worker.postMessage(message);
    return {
      place: "worker",
      post: (request) => say({ seat: number, request }),
      leave: () => {
        if (!this.sitters.delete(number)) return;
        this.taken -= 1;
        say({ seat: number, request: { kind: "unload" } });
        if (this.taken === 0) this.end(worker);
      },
      giveUp: () => this.lose(worker, this.guilty(number)),
    };
  }

  /** @param {FromWorker} message */
  async hear(message) {
    if ("lost" in message) return this.lose(await this.ready, message.lost);
    // what goes wrong in nobody's place is told to all
    const concerned = message.seat === 0 ? [...this.sitters.values()] : [this.sitters.get(message.seat)];
    for (const sitter of concerned) sitter?.receive(message.told);
  }

  /** Who has waited longest has asked for what the worker could not do; where nobody waits, who noticed. @param {number} noticed */
  guilty(noticed) {
    const since = (/** @type {number} */ number) => this.sitters.get(number)?.owedSince() ?? Infinity;
    return [...this.sitters.keys()].reduce((first, other) => (since(other) < since(first) ? other : first), noticed);
  }

  /** The worker is of no more use. @param {Worker} worker @param {number} guilty The place that brought it about. */
  lose(worker, guilty) {
    this.end(worker);
    const sitters = [...this.sitters];
    this.sitters.clear();
    for (const [number, sitter] of sitters) sitter.lost(number === guilty);
  }

  /** @param {Worker} worker */
  end(worker) {
    all.delete(this);
    worker.terminate();
  }
}

function newWorker() {
  try {
    return new Worker(trustedScript(), { type: "module" });
  } catch (error) {
    refusal = error instanceof Error ? error : new Error(String(error));
    throw error;
  }
}

/** @returns {Promise<Worker>} */
function start() {
  return new Promise((resolve, reject) => {
    const worker = newWorker();
    let timer = 0;
    /** @param {string} reason */
    const fail = (reason) => {
      clearTimeout(timer);
      worker.terminate();
      reject(new Error(reason));
    };
    worker.onerror = () => {
      fail("the worker could not be loaded");
      if (!proven) refusal = new Error("the worker could not be loaded");
    };
    worker.onmessage = ({ data }) => {
      clearTimeout(timer);
      worker.onerror = null;
      const started = /** @type {Started} */ (data);
      proven ||= started.kind === "ready";
      if (started.kind === "ready") resolve(worker);
      else fail(started.error.message);
    };
    // the module is by far the largest thing to load: once it is there, the worker's scripts are too
    compiled().then((module) => {
      worker.postMessage(module);
      timer = setTimeout(() => fail("the worker did not start"), START_MS);
    }, ({ message }) => fail(message));
  });
}
