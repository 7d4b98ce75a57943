// The way to the engine without a browser: a worker that is watched and replaced, an engine on the page
// itself, and the crew that does many runs.
import assert from "node:assert/strict";
import test from "node:test";
import { bindings, clock, fresh, LONG, SHORT, SMALL } from "./engine.mjs";

// what a page has: one processor for the crew, and frames that are drawn by hand
Object.defineProperty(globalThis, "navigator", { value: { hardwareConcurrency: 2 } });
const callbacks = [];
globalThis.requestAnimationFrame = (callback) => callbacks.push(callback);
globalThis.document = { hidden: false };
const { Bridge } = await import("../../www/engine/bridge.js");
const crew = await import("../../www/engine/crew.js");
const { hold, load } = await import("../../www/engine/own.js");

const LOAD = { kind: "load", lab: "playground", query: LONG, figures: [], pace: "fast", hero: null, open: "play" };

/** Lets everything that has been posted arrive. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A bridge to workers that say nothing but what the test has them say. */
function bridgeByHand({ guilty = true } = {}) {
  const workers = [], frames = [], finished = [], notices = [];
  const bridge = new Bridge({ onFrame: (frame) => frames.push(frame), onFinished: (run) => finished.push(run), onNotice: (text) => notices.push(text) });
  bridge.begin = async () => {
    const worker = { place: "worker", asked: [], post: (message) => worker.asked.push(message), leave: () => (worker.ended = true),
      giveUp: () => { worker.ended = true; bridge.lost(guilty); } };
    workers.push(worker);
    bridge.adopt(worker);
  };
  return {
    bridge, workers, frames, finished, notices,
    tell: (message) => bridge.receive(message),
    /** Answers what was asked last. */
    answer: () => bridge.receive({ kind: "reply", id: workers.at(-1).asked.at(-1).id, error: null }),
    stop: () => bridge.stop(),
  };
}

const frame = (state, query = LONG) => ({ kind: "frame", lab: "playground", state, query });

test("a worker is watched while it owes an answer, a finished run or the frames on the way, and not at rest", async () => {
  for (const [request, watched] of [[LOAD, true], [{ kind: "change", changes: {} }, true], [{ kind: "play" }, true], [{ kind: "pause" }, false]]) {
    const { bridge, tell, answer, finished, stop } = bridgeByHand();
    await bridge.start();
    assert.equal(bridge.watching, 0);
    const call = bridge.call(request);
    assert.notEqual(bridge.watching, 0, "it owes an answer");
    answer();
    await call;
    assert.equal(bridge.watching !== 0, watched, request.kind);
    tell(frame("playing"));
    assert.notEqual(bridge.watching, 0);
    tell({ kind: "finished", query: LONG });
    assert.equal(finished.length, 1);
    assert.notEqual(bridge.watching, 0, "it may be played now");
    for (const state of ["done", "paused", "diverged"]) {
      tell(frame("playing"));
      tell(frame(state));
      assert.equal(bridge.watching, 0, state);
    }
    stop();
  }
});

test("a worker that says nothing is replaced, and the next one trains what was shown last to its end", async () => {
  for (const [open, reopened] of [["play", "end"], ["end", "end"], ["stand", "stand"]]) {
    const { bridge, workers, tell, answer, notices, stop } = bridgeByHand();
    await bridge.start();
    const loaded = bridge.call({ ...LOAD, open });
    answer();
    await loaded;
    tell(frame("playing", `${LONG}&keep_prob=0.3`));
    const lost = assert.rejects(bridge.call({ kind: "change", changes: { units: 5 } }), /the computation was restarted/);
    // those behind it are no reason to think that they cannot be done
    bridge.call({ kind: "change", changes: { units: 6 } }).catch(() => {});
    bridge.look();
    clock.now += 60_000;
    bridge.look();
    await lost;
    await settled();
    const [load, , ...then] = workers[1].asked;
    assert.deepEqual(then.filter(({ kind }) => kind === "change").map(({ changes }) => changes.units), [6]);
    assert.deepEqual([workers[0].ended, notices.length], [true, 1]);
    assert.deepEqual([load.kind, load.query, load.open], ["load", `${LONG}&keep_prob=0.3`, reopened]);
    stop();
  }
});

test("who had a place in a worker that another one has ended goes on where it was, and hears nothing of it", async () => {
  for (const [state, asked] of [["paused", ["load", "awake", "reset", "step", "change"]], ["playing", ["load", "awake", "reset", "step", "play", "change"]], ["done", ["load", "awake", "change"]]]) {
    const { bridge, workers, tell, answer, notices, stop } = bridgeByHand({ guilty: false });
    await bridge.start();
    const loaded = bridge.call(LOAD);
    answer();
    await loaded;
    tell({ ...frame(state), progress: { steps: 40, of: 200 } });
    const changed = bridge.call({ kind: "change", changes: { units: 5 } });
    bridge.seat.giveUp();
    await settled();
    assert.deepEqual([workers[1].asked.map(({ kind }) => kind), notices], [asked, []], state);
    for (const { id } of workers[1].asked) tell({ kind: "reply", id, error: null });
    await changed;
    // what was taken and not shown yet is not lost
    bridge.seat.giveUp();
    await settled();
    assert.deepEqual(workers[2].asked.map(({ kind, changes }) => changes ?? kind), ["load", "awake", { units: 5 }], state);
    stop();
  }
});

test("a worker in the place of a lost one has the reader's own data before it opens the lab", async () => {
  const { bridge, workers, stop } = bridgeByHand();
  await bridge.start();
  const query = `v=1&data=a.csv~&${LONG}`;
  hold("data=a.csv~", { rows: 20 });
  for (let times = 0; times < 2; times += 1) load(bridge, { ...LOAD, query }).catch(() => {});
  const own = { ticket: "data=a.csv~", table: { rows: 20 } };
  assert.deepEqual(workers[0].asked.map(({ kind, own, query }) => own ?? query ?? kind), [own, query, query], "given once");
  bridge.seat.giveUp();
  await settled();
  assert.deepEqual(workers[1].asked.slice(0, 2).map(({ kind, own, query }) => own ?? query ?? kind), [own, query]);
  stop();
});

test("where the engine runs on the page, to stop it ends the run and gives its memory back", async () => {
  const { free } = bindings.Lab.prototype;
  let freed = 0;
  bindings.Lab.prototype.free = function () { freed += 1; free.call(this); };
  const bridge = new Bridge({ onFrame: () => bridge.ack(), onFinished: assert.fail, onNotice: assert.fail });
  await bridge.start();
  assert.equal(bridge.place, "page");
  await bridge.call(LOAD);
  for (let i = 0; i < 3; i += 1) callbacks.shift()();
  assert.equal(freed, 0);
  bridge.stop();
  while (callbacks.length > 0) callbacks.shift()();
  assert.equal(freed, 1);
  bindings.Lab.prototype.free = free;
});

test("what was asked of an engine that has ended is refused, while it was being replaced too and afterwards", async () => {
  for (const guilty of [true, false]) {
    const { bridge, tell, answer, notices, stop } = bridgeByHand({ guilty });
    await bridge.start();
    const loaded = bridge.call(LOAD);
    answer();
    await loaded;
    tell(frame("playing"));
    const calls = [1, 2].map((units) => bridge.call({ kind: "change", changes: { units } }));
    bridge.seat.giveUp();
    calls.push(bridge.call({ kind: "play" }));
    stop();
    calls.push(bridge.call({ kind: "pause" }));
    const ends = await Promise.race([Promise.allSettled(calls), settled().then(settled).then(() => [])]);
    assert.deepEqual(ends.map(({ status }) => status), Array(4).fill("rejected"));
    assert.deepEqual([notices, bridge.watching], [[], 0]);
  }
});

/** Draws until there is nothing left to draw. */
async function drawAll() {
  for (let idle = 0; idle < 20; idle += 1) {
    await settled();
    if (callbacks.length > 0) idle = 0;
    for (const callback of callbacks.splice(0)) callback();
  }
}

test("the crew does all runs of a job, one after the other, each of them to its end and clean", async () => {
  const cells = [0.3, 0.6, 7, 0.9].map((x) => ({ x, query: `${SHORT}&keep_prob=${x}` }));
  const done = [], refused = [];
  let came = 0;
  const job = { lab: "playground", cells: [...cells, { x: 0.2, query: `${SMALL}&steps=4000&keep_prob=0.2` }], here: true, told: {
    came: () => (came += 1),
    done: (cell, finished) => done.push([cell.x, finished, crew.unfinished(job)]),
    refused: (cell) => refused.push(cell.x),
    failed: assert.fail,
  } };
  crew.hire(job);
  await drawAll();
  assert.deepEqual([done.map(([x]) => x), refused], [[0.3, 0.6, 0.9, 0.2], [7]]);
  for (const [x, { query, steps, metrics, params, touched }] of done) {
    assert.deepEqual([params.keep_prob, touched], [x, false]);
    assert.deepEqual({ steps, metrics, params }, fresh("playground", query));
  }
  assert.ok(came > 10, "how far they are is told on the way");
  assert.deepEqual(done.map(([, , more]) => more), [true, true, true, false]);
});

test("a job is told which of its runs has diverged", async () => {
  const failed = [];
  const query = `${SHORT}&dataset=sine&optimizer=sgd&activation=linear&learning_rate=10`;
  crew.hire({ lab: "playground", cells: [{ x: 10, query }], here: true, told: {
    came: () => {}, done: assert.fail, refused: assert.fail, failed: assert.fail, diverged: ({ x }) => failed.push(x),
  } });
  await drawAll();
  assert.deepEqual(failed, [10]);
});
