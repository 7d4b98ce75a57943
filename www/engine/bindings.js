// Loads the WebAssembly package, once, and says plainly why where it cannot.

/** A module of one function that uses a vector: valid only where SIMD is known. */
const SIMD = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15,
  253, 98, 11,
]);

/** @typedef {typeof import("../pkg/regularization_playground.js")} Bindings */

/** @type {Promise<Bindings> | null} */
let loading = null;

/** @returns {Promise<Bindings>} */
export function loadBindings() {
  loading ??= load();
  return loading;
}

async function load() {
  if (typeof WebAssembly !== "object" || !WebAssembly.validate(SIMD)) {
    throw new Error("this browser does not support WebAssembly with SIMD; current browsers do");
  }
  const bindings = await import("../pkg/regularization_playground.js");
  await bindings.default();
  return bindings;
}
