// A place for an engine on the page itself, where no worker starts. All that are here take turns within one
// slice, so that many labs keep a page from its own work no longer than one.

import { Engine } from "./engine.js";
import { loadBindings } from "./bindings.js";

/** @import {Seat, Sitter} from "./workers.js" */

/** The longest slice of training on the page, in milliseconds. */
const SLICE_MS = 8;

/** Whose turn it is next. @type {(() => void)[]} */
let turns = [];

/** @param {() => void} turn */
function schedule(turn) {
  if (turns.length === 0) requestAnimationFrame(takeTurns);
  turns.push(turn);
}

/** Those that were waiting, as far as the slice goes. */
function takeTurns() {
  const start = performance.now();
  const waiting = turns;
  turns = [];
  do waiting.shift()?.(); while (waiting.length > 0 && performance.now() - start < SLICE_MS);
  if (turns.length === 0 && waiting.length > 0) requestAnimationFrame(takeTurns);
  turns = [...waiting, ...turns];
}

/** @param {Sitter} sitter @returns {Promise<Seat>} */
export async function seatHere(sitter) {
  const bindings = await loadBindings();
  const engine = new Engine(bindings, (told) => queueMicrotask(() => sitter.receive(told)), schedule, SLICE_MS);
  return {
    place: "page",
    post: (request) => engine.handle(request),
    leave: () => engine.handle({ kind: "unload" }),
    giveUp: () => {}, // it is watched by nobody: where it hangs the page does
  };
}
