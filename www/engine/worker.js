// The worker: engines away from the page, one for each place in it. Whatever goes wrong here is caught and told.

import { Engines } from "./engines.js";
import { loadBindings } from "./bindings.js";
import { plainError } from "./trainer.js";
// what these import, named here too, so that all of it is asked for at once
import "./files.js";
import "./engine.js";
import "./frames.js";
import "./module.js";
import "./pacer.js";
import "./shelf.js";
import "./ticket.js";
import "./under-way.js";
import "../pkg/regularization_playground.js";

const SLICE_MS = 10;

/** @import {FromWorker, PlainError, Started, Told, ToWorker} from "./messages.js" */

/** @param {FromWorker | Started} message */
const post = (message) => self.postMessage(message);

/** A channel to itself comes back at once, after any message that is waiting: so the engines take turns. */
const channel = new MessageChannel();
/** Whose turn it is next. @type {(() => void)[]} */
const turns = [];
channel.port1.onmessage = () => turns.shift()?.();

/** @param {() => void} turn @param {number} delay */
function schedule(turn, delay) {
  if (delay > 0) {
    setTimeout(turn, delay);
  } else {
    turns.push(turn);
    channel.port2.postMessage(null);
  }
}

/** Where the instance itself has broken, none of its engines is of use. @param {number} seat @param {Told} told */
function tell(seat, told) {
  post({ seat, told });
  /** @type {PlainError | null} */
  const error = told.kind === "frame" ? told.fault : told.kind === "finished" ? null : told.error;
  if (error?.name === "RuntimeError") post({ lost: seat });
}

self.addEventListener("error", (event) => tell(0, { kind: "broken", error: plainError(event.error) }));
self.addEventListener("unhandledrejection", (event) => tell(0, { kind: "broken", error: plainError(event.reason) }));

/** The first message is the module, all others are the page's. @param {MessageEvent<WebAssembly.Module>} event */
self.onmessage = async ({ data: module }) => {
  try {
    const engines = new Engines(await loadBindings(module), tell, schedule, SLICE_MS);
    self.onmessage = (/** @type {MessageEvent<ToWorker>} */ { data: { seat, request } }) => engines.handle(seat, request);
    post({ kind: "ready" });
  } catch (error) {
    post({ kind: "unable", error: plainError(error) });
  }
};
