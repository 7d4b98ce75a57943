// The worker: the engine away from the page. Whatever goes wrong here is caught and told.

import { Engine } from "./engine.js";
import { loadBindings } from "./bindings.js";
import { plainError } from "./trainer.js";
// what these import, named here too, so that all of it is asked for at once
import "./files.js";
import "./frames.js";
import "./module.js";
import "./pacer.js";
import "./shelf.js";
import "./under-way.js";
import "../pkg/regularization_playground.js";

const SLICE_MS = 10;

/** @import {Request, Started, Told} from "./messages.js" */

/** @param {Told | Started} message */
const post = (message) => self.postMessage(message);

/** A channel to itself comes back at once, after any message that is waiting. */
const channel = new MessageChannel();
/** @type {(() => void) | null} */
let due = null;
channel.port1.onmessage = () => due?.();

/** @param {() => void} callback @param {number} delay */
function schedule(callback, delay) {
  if (delay > 0) {
    setTimeout(callback, delay);
  } else {
    due = callback;
    channel.port2.postMessage(null);
  }
}

self.addEventListener("error", (event) => post({ kind: "broken", error: plainError(event.error) }));
self.addEventListener("unhandledrejection", (event) => {
  post({ kind: "broken", error: plainError(event.reason) });
});

/** The first message is the module, all others are the page's. @param {MessageEvent<WebAssembly.Module>} event */
self.onmessage = async ({ data }) => {
  try {
    const engine = new Engine(await loadBindings(data), post, schedule, SLICE_MS);
    self.onmessage = (/** @type {MessageEvent<Request>} */ event) => engine.handle(event.data);
    post({ kind: "ready" });
  } catch (error) {
    post({ kind: "unable", error: plainError(error) });
  }
};
