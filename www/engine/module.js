// The WebAssembly module: where it is, and the one time it is compiled. Whoever runs it, the page or a
// worker, makes an instance of its own of what was compiled here.

import { fetchFile } from "./files.js";

const MODULE = "pkg/regularization_playground_bg.wasm";

/** A module of one function that uses a vector: valid only where SIMD is known. */
const SIMD = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15,
  253, 98, 11,
]);

/** @type {Promise<WebAssembly.Module> | null} */
let compiling = null;

/** What did not come is asked for again by the next. @returns {Promise<WebAssembly.Module>} */
export function compiled() {
  compiling ??= compile();
  compiling.catch(() => (compiling = null)); // told where it is waited for
  return compiling;
}

/** @param {boolean} [arriving] Whether it may be compiled while it arrives, which takes a server that names its type. @returns {Promise<WebAssembly.Module>} */
async function compile(arriving = true) {
  if (typeof WebAssembly !== "object" || !WebAssembly.validate(SIMD)) {
    throw new Error("this browser does not support WebAssembly with SIMD; current browsers do");
  }
  const { ahead = fetchFile(MODULE) } = globalThis; // what the page has asked for ahead serves once
  globalThis.ahead = undefined;
  const answer = await ahead.catch(() => null);
  if (!answer?.ok) throw new Error(`the file ${MODULE} did not come${answer ? ` (${answer.status})` : ""}`);
  try {
    if (arriving && answer.headers.get("Content-Type") === "application/wasm") return await WebAssembly.compileStreaming(answer);
    return await WebAssembly.compile(await answer.arrayBuffer());
  } catch (error) {
    // of a file that ends too soon Firefox says “out of memory” then, and what is wrong where it has all of it
    if (arriving && /InternalError/.test(String(error))) return compile(false);
    throw new Error(whyNot(String(error)));
  }
}

/** Why it could not be compiled, or did not run. @param {string} error */
export function whyNot(error) {
  if (/policy|CSP|unsafe-eval/i.test(error)) return "the security policy of this site does not let WebAssembly run: it needs 'wasm-unsafe-eval'";
  if (/memory|RangeError/i.test(error)) return "this browser has not enough memory left for it";
  if (/CompileError|Error: Wasm/.test(error)) return `the file ${MODULE} did not come whole`;
  return `the file ${MODULE} and the scripts are not of one version, or did not come whole`;
}
