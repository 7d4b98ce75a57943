// A place for an engine on the page itself, where no worker starts. All that are here take turns within one
// slice, so that many labs keep a page from its own work no longer than one.

import { Engines } from "./engines.js";
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

/** Who has a place. @type {Map<number, Sitter>} */
const sitters = new Map();
/** @type {Engines | null} */
let engines = null;
let given = 0;

/** @param {Sitter} sitter @returns {Promise<Seat>} */
export async function seatHere(sitter) {
  const bindings = await loadBindings();
  engines ??= new Engines(bindings, (place, told) => queueMicrotask(() => sitters.get(place)?.receive(told)), schedule, SLICE_MS);
  const [number, here] = [++given, engines];
  sitters.set(number, sitter);
  return {
    place: "page",
    post: (request) => here.handle(number, request),
    leave: () => {
      if (sitters.delete(number)) here.handle(number, { kind: "unload" });
    },
    giveUp: () => {}, // it is watched by nobody: where it hangs the page does
  };
}
