// Few workers for many engines: who shares one, when it ends, and who has brought it to its end.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

const module = readFileSync(new URL("../../www/pkg/regularization_playground_bg.wasm", import.meta.url));
globalThis.fetch = async () => new Response(module, { headers: { "Content-Type": "application/wasm" } });
Object.defineProperty(globalThis, "navigator", { value: { hardwareConcurrency: 8 } });
Object.defineProperty(globalThis, "self", { value: { origin: "null" } });

/** Workers that are ready at once and do nothing. */
const workers = [];
globalThis.Worker = class {
  constructor() {
    this.said = [];
    workers.push(this);
  }
  postMessage(message) {
    this.said.push(message);
    if (message instanceof WebAssembly.Module) queueMicrotask(() => this.onmessage({ data: { kind: "ready" } }));
  }
  terminate() { this.ended = true; }
};
const { takeSeat } = await import("../../www/engine/workers.js");

function sitter({ background = false, owed = Infinity } = {}) {
  const told = [], lost = [];
  return { background, told, lost, owedSince: () => owed, receive: (message) => told.push(message), lost: (guilty) => lost.push(guilty) };
}
const lostOf = (sitter) => { const lost = []; sitter.lost = (guilty) => lost.push(guilty); return lost; };
const running = () => workers.filter(({ ended }) => !ended).length;

test("ten labs share two workers, what runs behind them has others, and the last to leave one ends it", async () => {
  const seats = [];
  for (let i = 0; i < 10; i += 1) seats.push(await takeSeat(sitter()));
  assert.equal(running(), 2);
  const behind = [];
  for (let i = 0; i < 3; i += 1) behind.push(await takeSeat(sitter({ background: true })));
  assert.equal(running(), 4);
  for (const seat of behind) seat.leave();
  assert.equal(running(), 2);
  for (const seat of seats.slice(1)) seat.leave();
  assert.equal(running(), 1);
  seats[0].leave();
  assert.equal(running(), 0);
  assert.deepEqual(workers[0].said.at(-1), { seat: 1, request: { kind: "unload" } });
});

test("each hears what is told in its own place; what is of no place, all of them", async () => {
  const [one, two, three] = [sitter(), sitter(), sitter()];
  const seats = [await takeSeat(one), await takeSeat(two), await takeSeat(three)];
  const worker = workers.at(-2); // that of the first and the third
  seats[2].post({ kind: "ping" });
  const { seat } = worker.said.at(-1);
  worker.onmessage({ data: { seat, told: { kind: "reply" } } });
  worker.onmessage({ data: { seat: 0, told: { kind: "broken" } } });
  assert.deepEqual([one, two, three].map(({ told }) => told.length), [1, 0, 2]);
  for (const place of seats) place.leave();
});

test("a worker that no longer answers is ended for all; guilty is who has waited longest, or else who found it", async () => {
  for (const [owed, guilty] of [[[5, Infinity, 3], [false, null, true]], [[Infinity, Infinity, Infinity], [true, null, false]]]) {
    const all = owed.map((owed) => sitter({ owed }));
    const lost = all.map(lostOf);
    const seats = [];
    for (const one of all) seats.push(await takeSeat(one));
    seats[0].giveUp();
    assert.deepEqual(lost, guilty.map((guilty) => (guilty === null ? [] : [guilty])));
    for (const place of seats) place.leave();
    assert.equal(running(), 0);
  }
});

test("an engine that has broken the instance ends the worker for all that were on it", async () => {
  const [one, other] = [sitter(), sitter()];
  const lost = [lostOf(one), lostOf(other)];
  await takeSeat(one);
  const second = await takeSeat(other);
  workers.at(-2).onmessage({ data: { lost: 1 } });
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(lost, [[true], []]);
  second.leave();
  assert.equal(running(), 0);
});
