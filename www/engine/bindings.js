// The bindings of the module, for this page or this worker.

import init, * as bindings from "../pkg/regularization_playground.js";
import { compiled } from "./module.js";

/** @typedef {typeof import("../pkg/regularization_playground.js")} Bindings */

/** Nothing in them can be called before `loadBindings` has settled. */
export { bindings };

/**
 * @param {WebAssembly.Module | Promise<WebAssembly.Module>} [module] What was compiled elsewhere.
 * @returns {Promise<Bindings>}
 */
export async function loadBindings(module = compiled()) {
  await init({ module_or_path: module });
  return bindings;
}
