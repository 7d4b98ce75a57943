// Runs in the background, with workers and a clock that are the test's: one that hangs loses its run alone, which is
// begun once more and then given up; and how long the rest takes goes by the clock.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

const wasm = readFileSync(new URL("../../www/pkg/regularization_playground_bg.wasm", import.meta.url));
globalThis.fetch = async () => new Response(wasm, { headers: { "Content-Type": "application/wasm" } });
Object.defineProperty(globalThis, "navigator", { value: { hardwareConcurrency: 2 } });
Object.defineProperty(globalThis, "self", { value: { origin: "null" } });
globalThis.document = { hidden: false };
const clock = { now: 1000 };
performance.now = () => clock.now;
/** What is watched goes by these, as in a browser known by numbers; nothing here waits for a time to pass. @type {Map<number, () => void>} */
const watches = new Map();
let watched = 0;
globalThis.setInterval = (look) => watches.set(watched += 1, look) && watched;
globalThis.clearInterval = (number) => watches.delete(number);

/** How long a run takes, in milliseconds. */
const RUN_MS = 2000;
/** The queries of all runs that were begun, in order. */
const begun = [];
/** Workers that end a run when `finish` says so, and never answer again where its query is "hangs". */
let [finish, half] = [() => {}, () => {}];
globalThis.Worker = class {
  postMessage(message) {
    if (message instanceof WebAssembly.Module) return queueMicrotask(() => this.onmessage({ data: { kind: "ready" } }));
    const { seat, request } = message;
    if (this.hangs) return;
    const tell = (told) => this.onmessage({ data: { seat, told } });
    if (request.kind === "load") {
      begun.push(request.query);
      this.hangs = request.query === "hangs";
      if (this.hangs) return;
      finish = () => tell({ kind: "finished", query: request.query, metrics: { test_error: begun.length } });
      half = () => tell({ kind: "frame", lab: "playground", query: request.query, state: "playing", progress: { steps: 5, of: 10 }, fault: null });
    }
    queueMicrotask(() => tell({ kind: "reply", id: request.id, error: null }));
  }
  terminate() {}
};
const { loadBindings } = await import("../../www/engine/bindings.js");
await loadBindings();
const { buildJob } = await import("../../www/page/experiment-job.js");
const { inTime } = await import("../../www/page/experiment-time.js");

/** Lets all that is under way come in. */
const settle = async () => {
  for (let i = 0; i < 20; i += 1) await new Promise((resolve) => setImmediate(resolve));
};
/** Seconds pass, in which only the watch has anything to do. */
async function pass(seconds) {
  for (let i = 0; i < seconds; i += 1) {
    clock.now += 1000;
    for (const look of [...watches.values()]) look();
    await settle();
  }
}
const planned = (...queries) => queries.map((query, seed) => ({ x: "1", seed, query }));
async function jobOf(...queries) {
  begun.length = 0;
  const job = buildJob(`lab of ${queries}`, () => {});
  await job.take(planned(...queries));
  job.start();
  await settle();
  return job;
}

test("a run whose worker hangs is begun once more by another, then reported; the others have their results", async () => {
  const job = await jobOf("one", "hangs", "two");
  finish();
  await settle();
  assert.deepEqual(begun, ["one", "hangs"]);
  await pass(5);
  assert.deepEqual(begun, ["one", "hangs"], "it is given time");
  await pass(5);
  assert.deepEqual(begun, ["one", "hangs", "hangs"], "once more");
  assert.equal(job.count().done, 1);
  await pass(20);
  assert.deepEqual(begun, ["one", "hangs", "hangs", "two"], "and no more");
  finish();
  await settle();
  assert.equal(job.isGoing(), false);
  assert.deepEqual(job.ended().map(({ query, metrics, error }) => [query, metrics?.test_error, error]),
    [["one", 1, undefined], ["hangs", undefined, "the computation stopped answering twice"], ["two", 4, undefined]]);
  // it may do another time
  job.start();
  await settle();
  assert.deepEqual(begun.slice(4), ["hangs"]);
  job.stop();
});

test("the time left is that of the runs that are left, as long as the middle one of those that have ended", async () => {
  const job = await jobOf("a", "b", "c", "d", "e");
  assert.equal(job.left(), NaN);
  for (const took of [RUN_MS, 9 * RUN_MS, RUN_MS]) {
    clock.now += took;
    finish();
    await settle();
  }
  assert.equal(job.left(), 2 * RUN_MS);
  half();
  await settle();
  assert.equal(job.left(), 1.5 * RUN_MS);
  assert.deepEqual([0, 89_400, 90_000, 5_399_000, 7_200_000].map(inTime), ["1 second", "89 seconds", "2 minutes", "90 minutes", "2 hours"]);
  job.stop();
});
