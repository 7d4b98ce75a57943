// The bindings of the module, for this page or this worker.

import init, * as bindings from "../pkg/regularization_playground.js";
import { compiled, whyNot } from "./module.js";

/** @typedef {typeof import("../pkg/regularization_playground.js")} Bindings */

/** Nothing in them can be called before `loadBindings` has settled. */
export { bindings };

/** What began to run and broke is taken for running by whoever asks next. @type {Error | null} */
let broken = null;

/**
 * @param {WebAssembly.Module | Promise<WebAssembly.Module>} [module] What was compiled elsewhere.
 * @returns {Promise<Bindings>}
 */
export async function loadBindings(module = compiled()) {
  const whole = await module;
  if (broken) throw broken;
  try {
    await init({ module_or_path: whole });
  } catch (error) {
    broken = new Error(whyNot(String(error)));
    throw broken;
  }
  return bindings;
}
