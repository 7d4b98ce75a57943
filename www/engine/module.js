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

async function compile() {
  if (typeof WebAssembly !== "object" || !WebAssembly.validate(SIMD)) {
    throw new Error("this browser does not support WebAssembly with SIMD; current browsers do");
  }
  const answer = await ask();
  try {
    // to compile while it arrives takes a server that names its type
    if (answer.headers.get("Content-Type") !== "application/wasm") return await whole(answer);
    // of a file that ends too soon Firefox says “out of memory” then, and what is wrong where it has all of it
    return await WebAssembly.compileStreaming(answer).catch(async (error) => (error.name === "InternalError" ? whole(await ask()) : Promise.reject(error)));
  } catch (error) {
    throw new Error(whyNot(String(error)));
  }
}

/** The page may have asked for it ahead, which serves once. */
async function ask() {
  const { ahead = fetchFile(MODULE) } = globalThis;
  globalThis.ahead = undefined;
  const answer = await ahead.catch(() => null);
  if (!answer?.ok) throw new Error(`the file ${MODULE} did not come${answer ? ` (${answer.status})` : ""}`);
  return answer;
}

/** @param {Response} answer */
const whole = async (answer) => WebAssembly.compile(await answer.arrayBuffer());

/** Why it could not be compiled, or did not run. @param {string} error */
export function whyNot(error) {
  if (/policy|CSP|unsafe-eval/i.test(error)) return "the security policy of this site does not let WebAssembly run: it needs 'wasm-unsafe-eval'";
  if (/memory|RangeError/i.test(error)) return "this browser has not enough memory left for it";
  if (/CompileError|Error: Wasm/.test(error)) return `the file ${MODULE} did not come whole`;
  return `the file ${MODULE} and the scripts are not of one version, or did not come whole`;
}
