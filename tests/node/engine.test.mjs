// The engine and the bridge without a browser: what is asked, what is told, and what is left to do.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import * as bindings from "../../www/pkg/regularization_playground.js";
import { Bridge } from "../../www/engine/bridge.js";
import { Engine } from "../../www/engine/engine.js";

bindings.initSync({ module: readFileSync(new URL("../../www/pkg/regularization_playground_bg.wasm", import.meta.url)) });

const SMALL = "units=4&n_train=40";
const SHORT = `${SMALL}&steps=50`;
const LONG = `${SMALL}&steps=5000`;

/** An engine whose page draws at once, and says that it `took` so long, and whose timers are set off by hand. */
function engineByHand(took = 0) {
  const told = [], due = [];
  const post = (message) => {
    told.push(message);
    if (message.kind === "frame") queueMicrotask(() => engine.handle({ kind: "ack", took }));
  };
  const engine = new Engine(bindings, post, (callback, delay) => due.push({ callback, delay }), 10);
  let calls = 0;
  return {
    engine, told, due,
    frames: () => told.filter(({ kind }) => kind === "frame"),
    /** Asks, and gives the answer. */
    ask(kind, content = {}) {
      engine.handle({ kind, id: calls += 1, ...content });
      return told.find(({ id }) => id === calls);
    },
    load: (query = SHORT, figures = ["error"]) => engine.handle({ kind: "load", id: 0, lab: "playground", query, figures, pace: "fast", hero: null, open: "stand" }),
    /** Lets time pass until nothing is scheduled, or until `enough`. */
    async run(enough = () => false) {
      for (let turn = 0; due.length > 0 && !enough(); turn += 1) {
        assert.ok(turn < 5000, "the engine never comes to rest");
        const { callback, delay } = due.shift();
        await new Promise((resolve) => setTimeout(resolve, delay));
        callback();
      }
    },
  };
}

test("after a lab is loaded and drawn nothing is scheduled and no more frames come", async () => {
  const page = engineByHand();
  page.load();
  await page.run();
  assert.equal(page.frames().length, 1);
  page.ask("ping");
  page.ask("awake", { awake: false });
  page.ask("awake", { awake: true });
  assert.deepEqual(page.due, []);
  page.ask("play");
  await page.run(() => page.frames().at(-1).playing);
  await page.run();
  const { playing, progress } = page.frames().at(-1);
  assert.deepEqual([playing, progress.done], [false, true]);
});

test("a run that nobody sees rests, and nothing is scheduled", async () => {
  const page = engineByHand();
  page.load(LONG);
  page.ask("play");
  await page.run(() => page.frames().at(-1)?.progress.steps > 0);
  page.ask("awake", { awake: false });
  await page.run();
  const { steps, of } = page.frames().at(-1).progress;
  assert.ok(steps < of);
  page.ask("awake", { awake: true });
  assert.equal(page.due.length, 1);
});

test("a page that was kept busy by a frame is left alone for a while, but not at the end of the run", async () => {
  const page = engineByHand(9);
  page.load(LONG);
  page.ask("play");
  const start = performance.now();
  await page.run(() => page.frames().at(-1)?.progress.steps > 0);
  assert.ok(page.engine.trainer.frames.due >= start + 90, "a tenth of the time is the page's");
  await page.run();
  const { playing, progress } = page.frames().at(-1);
  assert.deepEqual([playing, progress.done, page.engine.trainer.frames.due > 0], [false, true, true]);
});

test("a figure is told where it has changed, and all that are watched when a lab is opened", async () => {
  const page = engineByHand();
  page.load(SHORT, ["error", "fit"]);
  await page.run();
  page.ask("watch", { figures: ["error", "fit"] });
  await page.run();
  page.ask("step");
  await page.run();
  page.load(SHORT, ["error", "fit"]);
  await page.run();
  const told = page.frames().map(({ figures }) => Object.keys(figures));
  assert.deepEqual(told, [["error", "fit"], [], ["error"], ["error", "fit"]]);
});

test("several live settings changed at once go on with the run", async () => {
  const page = engineByHand();
  page.load();
  page.ask("step");
  assert.equal(page.ask("change", { changes: { keep_prob: 0.3, learning_rate: 0.02 } }).error, null);
  await page.run();
  const { progress, params, touched } = page.frames().at(-1);
  assert.deepEqual([progress.steps, params.keep_prob, params.learning_rate, touched], [1, 0.3, 0.02, true]);
});

test("where one of several settings is refused the run is as it was, and the page is told what is in force", async () => {
  const page = engineByHand();
  page.load();
  page.ask("step");
  await page.run();
  const { params, run } = page.frames().at(-1);
  const { error } = page.ask("change", { changes: { keep_prob: 0.3, learning_rate: -1 } });
  assert.match(error.message, /^learning_rate = -1: must be a number from /);
  await page.run();
  assert.equal(page.frames().length, 2);
  assert.deepEqual([page.frames()[1].params, page.frames()[1].run], [params, run]);
});

test("what a change does depends on where the run stands", async () => {
  const page = engineByHand();
  const after = async (changes) => {
    page.ask("change", { changes });
    await page.run(() => !page.told.at(-1).kind.match(/reply/));
    const { run, progress: { steps }, playing } = page.frames().at(-1);
    return { run, steps, playing };
  };
  page.load();
  assert.deepEqual(await after({ keep_prob: 0.4 }), { run: 2, steps: 0, playing: false });
  for (let i = 0; i < 3; i += 1) page.ask("step");
  assert.deepEqual(await after({ keep_prob: 0.5 }), { run: 2, steps: 3, playing: false });
  assert.deepEqual(await after({ steps: 3 }), { run: 2, steps: 3, playing: false });
  assert.deepEqual(await after({ steps: 4000 }), { run: 2, steps: 3, playing: false });
  assert.deepEqual(await after({ units: 5 }), { run: 3, steps: 0, playing: false });
});

test("a message that the engine does not know is refused in words", () => {
  const page = engineByHand();
  assert.match(page.ask("halt").error.message, /knows no message named halt/);
  assert.match(page.ask("play").error.message, /no lab is open/);
});

test("where the engine runs on the page, to stop it ends the run and gives its memory back", async () => {
  const callbacks = [];
  globalThis.requestAnimationFrame = (callback) => callbacks.push(callback);
  const { free } = bindings.Lab.prototype;
  let freed = 0;
  bindings.Lab.prototype.free = function () { freed += 1; free.call(this); };
  const bridge = new Bridge({ onFrame: () => bridge.ack(), onFinished: () => {}, onNotice: assert.fail });
  await bridge.start();
  assert.equal(bridge.place, "page");
  await bridge.call({ kind: "load", lab: "playground", query: LONG, figures: [], pace: "fast", hero: null, open: "stand" });
  await bridge.call({ kind: "play" });
  for (let i = 0; i < 3; i += 1) callbacks.shift()();
  assert.equal(freed, 0);
  bridge.stop();
  while (callbacks.length > 0) callbacks.shift()();
  assert.equal(freed, 1);
  bindings.Lab.prototype.free = free;
});
