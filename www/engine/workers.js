// Starts workers: each makes its engine of the module that the page has compiled.

import { fileUrl } from "./files.js";
import { compiled } from "./module.js";

/** @import {Started} from "./messages.js" */

/** How long a worker that has all it needs may take to say that it is ready, in milliseconds. */
const START_MS = 2000;

const workerUrl = fileUrl("engine/worker.js").href;

/** @typedef {{createScriptURL: (url: string) => string}} ScriptPolicy */
/** @typedef {{trustedTypes?: {createPolicy: (name: string, rules: ScriptPolicy) => ScriptPolicy}}} MayTrust */

/** Only this one script may be started, which a page with Trusted Types can rely on. */
const policy = /** @type {MayTrust} */ (globalThis).trustedTypes?.createPolicy("regplay", {
  createScriptURL(url) {
    if (url !== workerUrl) throw new TypeError(`not a script of this page: ${url}`);
    return url;
  },
});

/** A worker that was started before anybody asked. @type {Promise<Worker> | null} */
let ahead = null;

/** Whoever asks for a worker next has it sooner. */
export function startAhead() {
  ahead ??= start();
  ahead.catch(() => {}); // told to the one who asks
}

/** @returns {Promise<Worker>} A worker that has said it is ready. */
export function startWorker() {
  const worker = ahead ?? start();
  ahead = null;
  return worker;
}

/** @returns {Promise<Worker>} */
function start() {
  return new Promise((resolve, reject) => {
    const url = policy ? policy.createScriptURL(workerUrl) : workerUrl;
    const worker = new Worker(url, { type: "module" });
    let timer = 0;
    /** @param {string} reason */
    const fail = (reason) => {
      clearTimeout(timer);
      worker.terminate();
      reject(new Error(reason));
    };
    worker.onerror = () => fail("the worker could not be loaded");
    worker.onmessage = ({ data }) => {
      clearTimeout(timer);
      const started = /** @type {Started} */ (data);
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
