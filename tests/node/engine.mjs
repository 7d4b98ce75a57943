// An engine by hand: its page, its timers and its time are the test's.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as bindings from "../../www/pkg/regularization_playground.js";
import { Engine } from "../../www/engine/engine.js";

bindings.initSync({ module: readFileSync(new URL("../../www/pkg/regularization_playground_bg.wasm", import.meta.url)) });
export { bindings };

export const SMALL = "units=4&n_train=40";
/** Some 50 ms, and well over a second. */
export const SHORT = `${SMALL}&steps=200`;
export const LONG = `${SMALL}&steps=5000`;

/** It stands still but for being looked at, which training does at every step. */
export const clock = { now: 0 };
performance.now = () => (clock.now += 0.25);

/**
 * An engine whose page draws at once, and says that it `took` so long, or which draws when told to; and
 * whose timers are set off by hand, at once, as though the time had passed.
 */
export function engineByHand({ took = 0, draws = true, slice = 10 } = {}) {
  const told = [], due = [];
  let calls = 0, drawn = 0, longest = 0;
  const frames = () => told.filter(({ kind }) => kind === "frame");
  const engine = new Engine(bindings, (message) => told.push({ ...message, at: clock.now }), (callback, delay) => due.push({ callback, delay }), slice);
  const draw = () => {
    for (; drawn < frames().length; drawn += 1) engine.handle({ kind: "ack", took });
  };
  const say = (kind, content) => {
    engine.handle({ kind, id: (calls += 1), ...content });
    return calls;
  };
  const page = {
    told, due, draw, frames,
    longest: () => longest,
    park: () => engine.park(),
    finished: () => told.filter(({ kind }) => kind === "finished"),
    reply: (id) => told.find((message) => message.kind === "reply" && message.id === id),
    /** Asks, and gives the answer. */
    ask: (kind, content) => page.reply(say(kind, content)),
    /** @returns {number} What the answer will bear. */
    change: (changes) => say("change", { changes }),
    load: (query, how) => page.ask("load", { lab: "playground", query, figures: ["error"], pace: "fast", hero: null, ...how }),
    /** Lets time pass until nothing is scheduled, or until `enough`. */
    async run(enough = () => false, most = 20_000) {
      for (let turn = 0; due.length > 0 && !enough(); turn += 1) {
        assert.ok(turn < most, "the engine never comes to rest");
        const { callback, delay } = due.shift();
        clock.now += delay;
        const start = clock.now;
        callback();
        longest = Math.max(longest, clock.now - start);
        if (draws) draw();
      }
    },
    turns: (turns) => page.run(() => (turns -= 1) < 0),
  };
  return page;
}

/** The run of a link, from its beginning. */
export function fresh(id, query) {
  const lab = bindings.Lab.fromQuery(id, query);
  while (!lab.train(1e9).done);
  const run = { steps: lab.progress().steps, metrics: lab.metrics(), params: lab.params() };
  lab.free();
  return run;
}
