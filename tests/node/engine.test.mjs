// The engine without a browser: what is asked, what is told, and what is left to do. Time is the tests' own:
// a step of training takes a quarter of a millisecond, and whoever waits does so at once.
import assert from "node:assert/strict";
import test from "node:test";
import { Engine } from "../../www/engine/engine.js";
import { UnderWay } from "../../www/engine/under-way.js";
import { bindings, clock, engineByHand, fresh, LONG, SHORT, SMALL } from "./engine.mjs";

/** Diverges with a learning rate of 10. */
const STEEP = `${SHORT}&dataset=sine&optimizer=sgd&activation=linear`;
const short = (keep_prob) => `${SHORT}&keep_prob=${keep_prob}`;

/** Every finished run is what a fresh one of its link is, to the last bit. */
function assertClean(page, lab = "playground") {
  for (const { query, touched, steps, metrics, params } of page.finished()) {
    assert.deepEqual({ touched, ...fresh(lab, query) }, { touched: false, steps, metrics, params });
  }
}

const values = (page) => page.finished().map(({ params }) => params.keep_prob);
const last = (page) => page.frames().at(-1);

/** How the run stands, as the last frame says. */
const stands = (page) => [last(page).state, last(page).progress.steps];

/** Lets a run at a pace come as far as some step. */
const upTo = (page, step) => page.run(() => last(page)?.progress.steps >= step && last(page).state === "playing");

// --- opening ---

test("a lab that opens to play is trained at once, told of, and then played from its start at the pace", async () => {
  const page = engineByHand();
  page.load(short(0.4), { open: "play", pace: "normal" });
  await page.run(() => page.finished().length > 0);
  assert.deepEqual(page.frames().map(({ progress }) => progress.steps), [0], "what comes so soon is shown at its end");
  const start = clock.now;
  await page.run();
  const shown = page.frames().slice(1).map(({ progress }) => progress.steps);
  assert.ok(shown.length > 20 && shown[0] < 3, "the replay is seen from its start");
  assert.deepEqual(shown, [...shown].sort((a, b) => a - b));
  assert.ok(Math.abs(clock.now - start - 3000) < 100, "in three seconds");
  assert.deepEqual(stands(page), ["done", 200]);
  assert.deepEqual([...new Set(page.frames().slice(0, -1).map(({ state }) => state))], ["playing"]);
  assert.deepEqual(values(page), [0.4], "the replay is told of no more");
  assertClean(page);
});

test("at full speed there is nothing to play: a lab that opens stands at its end", async () => {
  const page = engineByHand();
  page.load(SHORT, { open: "play", pace: "fast" });
  await page.run();
  assert.deepEqual(page.frames().map(({ progress }) => progress.steps), [0, 200]);
  assert.deepEqual([...stands(page), page.finished().length], ["done", 200, 1]);
});

test("a lab that opens at its end stands there", async () => {
  const page = engineByHand();
  page.load(short(0.4), { open: "end", pace: "slow" });
  await page.run();
  assert.deepEqual(page.frames().map(({ state, progress }) => [state, progress.steps]), [["playing", 0], ["done", 200]]);
  assertClean(page);
});

test("a long answer is shown on the way, after half a second, and stands at its end", async () => {
  const page = engineByHand();
  page.load(LONG, { open: "play", pace: "normal" });
  await page.run(() => page.frames().length > 1);
  assert.ok(page.frames()[0].progress.steps === 0 && last(page).progress.steps > 0);
  assert.ok(page.frames()[1].at - page.frames()[0].at >= 480, "nothing before half a second");
  await page.run();
  assert.ok(page.frames().length > 10);
  assert.deepEqual([...stands(page), last(page).run, page.finished().length], ["done", 5000, 1, 1]);
});

test("a page that was busy when a lab opened is not shown the middle of a short answer", async () => {
  const page = engineByHand({ draws: false });
  page.load(SHORT, { open: "stand" });
  await page.run();
  page.load(`${SMALL}&steps=1000`, { open: "end" });
  await page.turns(5);
  page.draw();
  await page.run();
  assert.deepEqual(page.frames().map(({ progress }) => progress.steps), [0, 1000]);
});

test("a lab that opens to stand is not trained, whatever is changed", async () => {
  const page = engineByHand();
  page.load(SHORT, { open: "stand" });
  await page.run();
  assert.deepEqual(stands(page), ["paused", 0]);
  page.change({ units: 5 });
  await page.run();
  assert.deepEqual([...stands(page), last(page).params.units], ["paused", 0, 5]);
  for (let i = 0; i < 3; i += 1) page.ask("step");
  page.change({ keep_prob: 0.3 });
  await page.run();
  assert.deepEqual([...stands(page), last(page).touched], ["paused", 3, true]);
  page.change({ steps: 3 });
  await page.run();
  assert.deepEqual([...stands(page), page.finished()[0].touched], ["done", 3, true]);
  page.change({ keep_prob: 0.4 });
  await page.run();
  assert.deepEqual([...stands(page), last(page).touched, page.finished().length], ["paused", 0, false, 1]);
});

test("a run that is told of brings its main figure as it is at its end", async () => {
  const page = engineByHand();
  page.load(SHORT, { open: "end", hero: "error", figures: [] });
  await page.run();
  const lab = bindings.Lab.fromQuery("playground", SHORT);
  while (!lab.train(1e9).done);
  assert.deepEqual(page.finished()[0].hero, lab.figure("error"));
  page.load(SHORT, { open: "end", hero: null });
  await page.run();
  assert.equal(page.finished()[1].hero, null);
});

// --- changes ---

test("a drag by hand: runs are finished, then what came meanwhile is taken together, and all are clean", async () => {
  const page = engineByHand();
  page.load(SHORT, { open: "end" });
  await page.run();
  const asked = [];
  for (let i = 1; i <= 20; i += 1) {
    asked.push(page.change({ keep_prob: 1 - i / 25 }));
    // a run takes some ten turns
    await page.turns(4);
  }
  const before = page.frames().length;
  await page.run();
  assert.ok(asked.every((id) => page.reply(id)?.error === null), "each is answered");
  const told = values(page).slice(1);
  assert.ok(told.length > 4 && told.length < 15, `${told.length} runs for 20 changes`);
  assert.deepEqual(told, [...told].sort((a, b) => b - a));
  assert.deepEqual([told[0], told.at(-1)], [1 - 1 / 25, 1 - 20 / 25], "the first is finished, the last wins");
  assertClean(page);
  const ends = page.frames().slice(1);
  assert.ok(before > 4 && ends.every(({ progress, touched }) => progress.done && !touched), "each is shown at its end");
  assert.deepEqual([...stands(page), last(page).params.keep_prob], ["done", 200, 1 - 20 / 25]);
  assert.ok(ends.slice(0, -1).every(({ run }, i) => run < ends[i + 1].run));
});

test("a page that is not ready holds up no run", async () => {
  const page = engineByHand({ draws: false });
  page.load(SHORT, { open: "end" });
  await page.run();
  for (const keep_prob of [0.3, 0.4]) {
    page.change({ keep_prob });
    await page.turns(2);
  }
  await page.run();
  assert.equal(page.frames().length, 1);
  assert.deepEqual(values(page).slice(-2), [0.3, 0.4]);
  page.draw();
  await page.run();
  assert.deepEqual([...stands(page), last(page).params.keep_prob], ["done", 200, 0.4]);
});

test("what is refused of what came together is answered by itself", async () => {
  const page = engineByHand();
  page.load(SHORT, { open: "end" });
  await page.turns(3);
  const asked = [{ keep_prob: 0.3 }, { learning_rate: -1 }, { keep_prob: 0.4, units: 5 }, { unit: 7 }].map(page.change);
  assert.ok(asked.every((id) => page.reply(id) === undefined), "nothing is answered before it is taken");
  await page.run();
  const [good, bad, better, unknown] = asked.map((id) => page.reply(id).error?.message ?? null);
  assert.deepEqual([good, better], [null, null]);
  assert.match(bad, /^learning_rate = -1: must be a number from /);
  assert.match(unknown, /unit/);
  const { keep_prob, units, learning_rate } = page.finished().at(-1).params;
  assert.deepEqual([keep_prob, units, learning_rate], [0.4, 5, page.finished()[0].params.learning_rate]);
  assert.equal(page.finished().length, 2);
  assertClean(page);
});

test("of two values the later counts, where the first would have been refused too", async () => {
  const page = engineByHand();
  page.load(SHORT, { open: "end" });
  await page.turns(3);
  const asked = [{ keep_prob: 7 }, { keep_prob: 0.6 }].map(page.change);
  await page.run();
  assert.deepEqual(asked.map((id) => page.reply(id).error), [null, null]);
  assert.equal(values(page).at(-1), 0.6);
});

test("where a setting is refused the run is as it was, and the page is told what is in force", async () => {
  const page = engineByHand();
  page.load(SHORT, { open: "end" });
  await page.run();
  const { params, run } = last(page);
  const { error } = page.ask("change", { changes: { keep_prob: 0.3, learning_rate: -1 } });
  assert.match(error.message, /^learning_rate = -1: must be a number from /);
  await page.run();
  assert.deepEqual([last(page).params, last(page).run, page.frames().length, page.finished().length], [params, run, 3, 1]);
});

test("a change while a person watches goes into the run that is seen", async () => {
  const page = engineByHand();
  page.load(SHORT, { open: "end", pace: "normal" });
  await page.run();
  page.ask("play");
  await upTo(page, 50);
  const { run, progress: { steps } } = last(page);
  assert.equal(page.ask("change", { changes: { keep_prob: 0.3 } }).error, null);
  await page.turns(3);
  assert.deepEqual([last(page).run, last(page).touched, last(page).progress.steps >= steps], [run, true, true]);
  await page.run();
  assert.deepEqual(stands(page), ["done", 200]);
  assert.deepEqual(page.finished().map(({ touched, steps }) => [touched, steps]), [[false, 200], [true, 200]]);
  page.ask("play");
  await page.run();
  const { touched, query, metrics } = page.finished().at(-1);
  assert.deepEqual([page.finished().length, touched, metrics], [3, false, fresh("playground", query).metrics], "replayed it is clean");
});

test("a person who presses play while an answer or its replay is under way watches from then on", async () => {
  for (const asked of [(page) => page.turns(3), (page) => upTo(page, 20)]) {
    const page = engineByHand();
    page.load(SHORT, { open: "play", pace: "normal" });
    await asked(page);
    page.ask("play");
    await upTo(page, 50);
    page.change({ keep_prob: 0.3 });
    await page.run();
    assert.deepEqual(page.finished().map(({ touched }) => touched), [false, true]);
  }
});

test("a change that takes a run anew while a person watches is answered at once", async () => {
  const page = engineByHand();
  page.load(SHORT, { open: "end", pace: "normal" });
  await page.run();
  page.ask("play");
  await upTo(page, 50);
  page.change({ units: 5 });
  await page.run();
  assert.deepEqual(stands(page), ["done", 200]);
  assert.equal(page.finished().at(-1).params.units, 5);
  assertClean(page);
});

const BEFORE = {
  "while a lab is played that has just been opened": (page) => upTo(page, 50),
  "before the first frame": () => {},
  "while it is paused": async (page) => { await upTo(page, 50); page.ask("pause"); },
  "at its end": (page) => page.run(),
  "at a step by hand": async (page) => { await upTo(page, 50); page.ask("step"); },
};
for (const [when, before] of Object.entries(BEFORE)) {
  test(`a change ${when} is a clean run, which stands at its end`, async () => {
    const page = engineByHand();
    page.load(SHORT, { open: "play", pace: "normal" });
    await before(page);
    page.change({ keep_prob: 0.3 });
    const start = clock.now;
    await page.run();
    assert.ok(clock.now - start < 500, "it is not played");
    assert.deepEqual([...stands(page), last(page).touched, values(page).at(-1)], ["done", 200, false, 0.3]);
    assertClean(page);
  });
}

test("what only changes the view trains nothing, and a run that is played goes on", async () => {
  const page = engineByHand();
  page.load("steps=100", { lab: "co_adaptation", open: "play", pace: "normal", figures: ["errors"] });
  await upTo(page, 30);
  page.change({ scaling: "inverted" });
  await page.turns(2);
  assert.deepEqual([last(page).state, last(page).params.scaling, last(page).progress.steps >= 30], ["playing", "inverted", true]);
  await page.run();
  const { run } = last(page);
  const { train } = bindings.Lab.prototype;
  bindings.Lab.prototype.train = assert.fail;
  page.change({ scaling: "at_test" });
  await page.run();
  bindings.Lab.prototype.train = train;
  assert.deepEqual([...stands(page), last(page).run, page.finished().length], ["done", 100, run, 1]);
});

test("a run that would keep newer settings waiting is given up for them", async () => {
  const page = engineByHand();
  page.load(LONG, { open: "end" });
  await page.turns(20);
  const id = page.change({ keep_prob: 0.3 });
  assert.equal(page.reply(id), undefined);
  await page.turns(1);
  assert.equal(page.reply(id)?.error, null, "at once");
  await page.run();
  assert.deepEqual(values(page), [0.3]);
  assertClean(page);
});

test("where that goes on, a page sees progress all the same", async () => {
  const page = engineByHand();
  page.load(LONG, { open: "end" });
  for (let i = 0; i < 40; i += 1) {
    await page.turns(4);
    page.change({ keep_prob: 1 - i / 100 });
  }
  const [first, ...later] = page.frames();
  assert.deepEqual([first.progress.steps, page.finished().length], [0, 0]);
  assert.ok(later.length > 5 && later.every(({ progress }) => progress.steps > 0), "and never an empty figure");
});

test("how long the rest takes is judged by the last steps: those before may have cost nothing", () => {
  const underWay = new UnderWay({ hurried: true });
  /** Slices that take steps, each of which lasts so long. */
  const go = (from, to, ms) => {
    for (let steps = from; steps < to; steps += 1) {
      underWay.mark({ steps });
      clock.now += ms;
    }
  };
  const tooLong = (steps) => underWay.tooLong({ steps, of: 1000 });
  assert.equal(tooLong(0), false, "nothing is known yet");
  go(0, 500, 0.01);
  assert.equal(tooLong(500), false);
  go(500, 600, 2);
  assert.equal(tooLong(600), true, "400 steps of 2 ms");
  go(600, 850, 2);
  assert.equal(tooLong(850), false);
  go(850, 900, 10);
  assert.equal(tooLong(900), true);
});

test("time at a pace, or asleep, says nothing of how long the rest takes", async () => {
  for (const slowly of [["pace", { pace: "slow" }, { pace: "fast" }], ["awake", { awake: false }, { awake: true }]]) {
    const [kind, begin, end] = slowly;
    const page = engineByHand();
    page.load(`${SMALL}&steps=1200`, { open: "stand" });
    page.ask("play");
    await page.turns(4);
    page.ask(kind, begin);
    await page.turns(2);
    clock.now += 60_000;
    page.ask(kind, end);
    await page.turns(2);
    const id = page.change({ keep_prob: 0.3 });
    await page.turns(1);
    assert.equal(page.reply(id), undefined, `${kind}: it waits`);
    await page.run();
    assert.equal(page.finished().length, 1);
  }
});

test("the end of a long run is waited for where it is near", async () => {
  const page = engineByHand();
  page.load(LONG, { open: "end" });
  await page.run(() => last(page)?.progress.steps > 4000);
  page.change({ keep_prob: 0.3 });
  await page.run();
  assert.deepEqual(values(page), [0.5, 0.3]);
});

// --- play, pause, step, reset ---

test("play at the end replays the run from its first step, and at full speed answers at once", async () => {
  const page = engineByHand();
  page.load(SHORT, { open: "end", pace: "normal" });
  await page.run();
  const start = clock.now;
  page.ask("play");
  await page.turns(1);
  assert.ok(last(page).progress.steps < 3);
  await page.run();
  assert.ok(Math.abs(clock.now - start - 3000) < 100);
  page.ask("pace", { pace: "fast" });
  page.ask("play");
  await page.run();
  assert.ok(clock.now - start < 3500);
  assert.deepEqual([...stands(page), page.finished().length], ["done", 200, 1]);
});

test("slow is one step a second", async () => {
  const page = engineByHand();
  page.load(SHORT, { open: "end", pace: "slow" });
  await page.run();
  page.ask("play");
  const start = clock.now;
  await upTo(page, 5);
  assert.ok(Math.abs(clock.now - start - 4000) < 100, "the first of them at once");
});

test("from pause a run goes on, and what is on its way stops where it is", async () => {
  const page = engineByHand();
  page.load(LONG, { open: "end", pace: "normal" });
  await page.turns(5);
  page.ask("pause");
  await page.run();
  const { state, progress: { steps }, run } = last(page);
  assert.ok(steps > 0 && steps < 5000 && state === "paused");
  page.ask("play");
  await upTo(page, steps + 10);
  assert.deepEqual([last(page).run, last(page).progress.steps < steps + 500], [run, true]);
  page.ask("reset");
  await page.run();
  assert.deepEqual(stands(page), ["paused", 0]);
});

test("a step lets an answer go, and counts beyond the planned end, which is told once", async () => {
  const page = engineByHand();
  page.load(LONG, { open: "end" });
  await page.turns(5);
  page.ask("step");
  await page.run();
  assert.deepEqual(stands(page), ["paused", 1]);
  page.load(`${SMALL}&steps=3`, { open: "stand" });
  for (let i = 0; i < 4; i += 1) page.ask("step");
  await page.run();
  assert.deepEqual([...stands(page), page.finished().map(({ steps }) => steps).join()], ["done", 4, "4"]);
  page.ask("reset");
  for (let i = 0; i < 3; i += 1) page.ask("step");
  await page.run();
  assert.deepEqual([...stands(page), page.finished().length], ["done", 3, 1]);
});

test("many steps are taken in slices, also beyond the planned end, and then it stands; played on the way it goes on", async () => {
  const page = engineByHand();
  page.load(`${SMALL}&steps=300`, { open: "stand", pace: "slow" });
  page.ask("step", { steps: 250 });
  await page.run();
  assert.deepEqual([...stands(page), page.finished().length], ["paused", 250, 0]);
  assert.ok(page.longest() < 15, `${page.longest()} ms in one go`);
  page.ask("step", { steps: 60 });
  await page.run();
  assert.deepEqual([...stands(page), page.finished().map(({ steps }) => steps).join()], ["done", 310, "300"]);
  page.ask("reset");
  page.ask("step", { steps: 200 });
  page.ask("play");
  await page.run(() => last(page).progress.steps > 201 && last(page).progress.steps < 250);
  assert.equal(last(page).state, "playing");
});

test("out of sight a lab gives its memory back, and whatever is asked of it then comes to the same as if it had not", async () => {
  const { free } = bindings.Lab.prototype;
  let freed = 0;
  bindings.Lab.prototype.free = function () { freed += 1; free.call(this); };
  /** How it stands, before it is left. */
  const before = {
    done: async (page) => { page.load(SHORT, { open: "end" }); await page.run(); },
    paused: async (page) => { page.load(SHORT, { open: "stand" }); page.ask("step", { steps: 40 }); await page.run(); },
    playing: async (page) => {
      page.load(SHORT, { open: "stand", pace: "normal" });
      page.ask("step", { steps: 40 });
      page.ask("play");
      await page.run(() => last(page)?.state === "playing" && last(page).progress.steps > 45);
    },
  };
  const asked = {
    nothing: () => {},
    play: (page) => page.ask("play"),
    pause: (page) => page.ask("pause"),
    reset: (page) => page.ask("reset"),
    step: (page) => page.ask("step"),
    "three steps": (page) => page.ask("step", { steps: 3 }),
    "another figure": (page) => page.ask("watch", { figures: ["loss"] }),
    "a change": (page) => page.change({ keep_prob: 0.4 }),
    "how it stands": (page) => page.ask("describe", { figures: ["error"] }),
    "the same link": (page) => page.load(SHORT, { open: "end" }),
  };
  for (const [state, begin] of Object.entries(before)) for (const [what, ask] of Object.entries(asked)) {
    const ends = [];
    for (const parked of [false, true]) {
      const page = engineByHand();
      await begin(page);
      const [figures, told] = [page.frames().length, page.finished().length];
      page.ask("awake", { awake: false });
      await page.run();
      freed = 0;
      if (parked) page.park();
      assert.equal(freed, parked ? 1 : 0, `${state}, ${what}`);
      page.ask("awake", { awake: true });
      const answer = ask(page)?.answer;
      await page.run();
      // what is played at a pace ends where it ends; a run that was left playing may have told of itself anew
      const { progress, params, metrics } = last(page);
      ends.push({ answer, state: last(page).state, progress, params, metrics, told: page.finished().length - told });
      if (parked && state !== "playing" && ["nothing", "pause"].includes(what)) assert.equal(page.frames().slice(figures).filter(({ state }) => state === "playing").length, 0);
      page.ask("unload");
    }
    assert.deepEqual(ends[1], ends[0], `${state}, ${what}`);
  }
  bindings.Lab.prototype.free = free;
});

test("a run that comes to its end by hand is told of, whether or not the page is ready", async () => {
  const page = engineByHand({ draws: false });
  page.load(`${SMALL}&steps=1`, { open: "stand" });
  await page.run();
  page.ask("step");
  await page.run();
  assert.deepEqual([page.frames().length, page.finished().length], [1, 1]);
});

test("what was changed before is taken before anything else that is asked", async () => {
  for (const [kind, state, steps] of [["step", "paused", 1], ["reset", "paused", 0], ["pause", "paused", 0], ["play", "done", 200]]) {
    const page = engineByHand();
    page.load(SHORT, { open: "end", pace: "normal" });
    await page.turns(3);
    const id = page.change({ keep_prob: 0.3 });
    page.ask(kind);
    assert.equal(page.reply(id)?.error, null);
    const start = clock.now;
    await page.run();
    assert.deepEqual([...stands(page), last(page).params.keep_prob], [state, steps, 0.3], kind);
    if (kind === "play") assert.ok(clock.now - start > 2900, "it is played");
  }
});

test("a run that fails says so and what is changed then is answered", async () => {
  const page = engineByHand();
  page.load(`${STEEP}&learning_rate=10`, { open: "play", pace: "normal" });
  await page.run();
  assert.deepEqual([last(page).state, last(page).fault.name, page.finished().length], ["diverged", "DivergedError", 0]);
  page.change({ learning_rate: 0.01 });
  await page.run();
  assert.deepEqual([...stands(page), last(page).fault, page.finished().length], ["done", 200, null, 1]);
  assertClean(page);
});

test("a link to a run that failed tries it once more, or shows where it stands", async () => {
  const page = engineByHand();
  page.load(`${STEEP}&learning_rate=10`, { open: "end" });
  await page.run();
  const { query, run, fault } = last(page);
  page.load(query, { open: "end" });
  await page.run();
  assert.deepEqual([last(page).state, last(page).run, last(page).fault.number], ["diverged", run, fault.number]);
  page.load(query, { open: "play" });
  await page.run();
  assert.deepEqual([last(page).state, last(page).run, last(page).fault.number], ["diverged", run + 1, fault.number + 1]);
});

test("changes that wait for a run that fails are taken, whether or not the page is ready", async () => {
  const page = engineByHand({ draws: false });
  page.load(`${STEEP}&learning_rate=0.01`, { open: "end" });
  await page.run();
  page.change({ learning_rate: 10 });
  const ids = [page.change({ learning_rate: 0.02 }), page.change({ keep_prob: 0.3 })];
  await page.run();
  assert.deepEqual([values(page).at(-1), ...ids.map((id) => page.reply(id).error)], [0.3, null, null]);
  page.draw();
  await page.run();
  assert.deepEqual(stands(page), ["done", 200]);
});

// --- several labs ---

test("changes that wait when another lab is opened are the left lab's, and answered when it comes back", async () => {
  const page = engineByHand();
  page.load(SHORT, { open: "end" });
  await page.turns(3);
  const ids = [0.3, 0.4].map((keep_prob) => page.change({ keep_prob }));
  page.load("", { lab: "ensemble_formula", figures: [], open: "end" });
  assert.deepEqual(ids.map((id) => page.reply(id)?.error), [null, null]);
  await page.run();
  assert.deepEqual(page.finished().map(({ lab }) => lab), ["ensemble_formula"]);
  page.load("", { open: "play", pace: "normal" });
  const start = clock.now;
  await page.run();
  assert.deepEqual([...stands(page), last(page).lab, values(page).at(-1)], ["done", 200, "playground", 0.4]);
  assert.ok(clock.now - start < 500, "it is not played");
});

test("a lab that was left stands as it was when it comes back", async () => {
  const page = engineByHand();
  page.load(SHORT, { open: "play", pace: "normal" });
  await upTo(page, 50);
  page.ask("pause");
  await page.run();
  const { query, progress: { steps } } = last(page);
  page.load("", { lab: "ensemble_formula", figures: [], open: "stand" });
  await page.run();
  page.load("", { open: "play" });
  await page.run();
  assert.deepEqual([...stands(page), last(page).query], ["paused", steps, query]);
  page.load("", { open: "stand" });
  await page.run();
  assert.notEqual(last(page).query, query, "of the lab that is open these are the defaults");
});

test("the way back to a lab whose run was changed on the way finds that run, which no link holds", async () => {
  const page = engineByHand();
  page.load(SHORT, { open: "end", pace: "normal" });
  await page.run();
  page.ask("play");
  await upTo(page, 50);
  page.change({ keep_prob: 0.3 });
  await page.run();
  const { query, metrics } = last(page);
  assert.notDeepEqual(metrics, fresh("playground", query).metrics);
  page.load("", { lab: "ensemble_formula", figures: [], open: "stand" });
  await page.run();
  page.load(query, { open: "end" });
  await page.run();
  assert.deepEqual([...stands(page), last(page).touched, last(page).metrics], ["done", 200, true, metrics]);
  page.load(query, { open: "end" });
  await page.run();
  assert.deepEqual([last(page).touched, last(page).metrics], [false, fresh("playground", query).metrics], "asked for where it is open, a link gives its own");
});

test("a link to the run that is there plays it, or leaves it at its end", async () => {
  const page = engineByHand();
  page.load(SHORT, { open: "end" });
  await page.run();
  const { query, run } = last(page);
  page.load(query, { open: "end" });
  await page.run();
  assert.deepEqual([...stands(page), last(page).run], ["done", 200, run]);
  page.load(query, { open: "play", pace: "normal" });
  const start = clock.now;
  await page.run();
  assert.ok(Math.abs(clock.now - start - 3000) < 100);
  assert.deepEqual(page.finished().map((finished) => finished.query), [query, query, query], "told once for every time it is opened");
});

test("a link that is refused leaves all as it was", async () => {
  const page = engineByHand();
  page.load(SHORT, { open: "end" });
  await page.run();
  const { query, run } = last(page);
  page.load("keep_prob=7", { open: "play" });
  page.load("keep_prob=7", { lab: "ensemble_formula", figures: [], open: "play" });
  await page.run();
  assert.equal(page.told.filter(({ error }) => error).length, 2);
  assert.deepEqual([...stands(page), last(page).query, last(page).run], ["done", 200, query, run]);
  page.load("", { lab: "ensemble_formula", figures: [], open: "stand" });
  page.load("keep_prob=7", { open: "play" });
  page.ask("step");
  await page.run();
  assert.deepEqual([last(page).lab, ...stands(page)], ["ensemble_formula", "paused", 1]);
});

test("labs that were left are kept, but for those left longest ago, and none of them when all is over", async () => {
  const { free } = bindings.Lab.prototype;
  const freed = [];
  bindings.Lab.prototype.free = function () { freed.push(this.query()); free.call(this); };
  const page = engineByHand();
  const open = (lab) => page.load("", { lab, figures: [], open: "stand" });
  const labs = ["co_adaptation", "ensemble_formula", "dropout_example", "ensembles"];
  for (const lab of labs) open(lab);
  page.ask("step");
  assert.equal(open("co_adaptation").error, null);
  assert.equal(freed.length, 0, "the one that comes back has not gone to make room");
  page.ask("step");
  open("playground");
  await page.run();
  assert.deepEqual(freed, [new bindings.Lab("ensemble_formula").query()]);
  open("playground");
  page.ask("unload");
  assert.equal(freed.length, 6);
  bindings.Lab.prototype.free = free;
});

// --- at rest, and the page's time ---

test("after a lab is loaded and drawn nothing is scheduled and no more frames come", async () => {
  for (const open of ["stand", "end", "play"]) {
    const page = engineByHand();
    page.load(SHORT, { open, pace: "normal" });
    await page.run();
    const frames = page.frames().length;
    page.ask("ping");
    page.ask("awake", { awake: false });
    page.ask("awake", { awake: true });
    assert.deepEqual([page.due.length, page.frames().length], [0, frames]);
  }
});

test("a run that nobody sees rests, and nothing is scheduled; what is changed then does not wait", async () => {
  const page = engineByHand();
  page.load(LONG, { open: "end" });
  await page.turns(20);
  const id = page.change({ keep_prob: 0.3 });
  page.ask("awake", { awake: false });
  assert.equal(page.reply(id)?.error, null);
  clock.now += 60_000;
  assert.equal(page.ask("change", { changes: { keep_prob: 0.4 } }).error, null);
  await page.run();
  clock.now += 60_000;
  page.ask("awake", { awake: true });
  assert.equal(page.due.length, 1);
  const frames = page.frames().length;
  await page.run(() => page.frames().length > frames);
  const { steps } = last(page).progress;
  assert.ok(steps > 1000 && steps < 3000, "half a second, and time that was slept does not count");
  await page.run();
  assert.deepEqual([...stands(page), values(page).join()], ["done", 5000, "0.4"]);
});

test("what is changed while nobody looks is answered, and shown on the way, once somebody does", async () => {
  const page = engineByHand();
  page.load(LONG, { open: "end" });
  await page.run();
  const frames = page.frames().length;
  page.ask("awake", { awake: false });
  clock.now += 60_000;
  page.change({ keep_prob: 0.3 });
  clock.now += 60_000;
  page.ask("awake", { awake: true });
  await page.run(() => page.frames().length > frames);
  const { steps } = last(page).progress;
  assert.ok(steps > 1000 && steps < 3000);
});

test("between two messages nothing takes longer than a slice", async () => {
  const page = engineByHand({ slice: 8 });
  page.load(SHORT, { open: "play", pace: "normal" });
  await upTo(page, 50);
  for (let i = 1; i <= 10; i += 1) {
    page.change({ keep_prob: i / 20 });
    await page.turns(4);
  }
  await page.run();
  assert.ok(page.longest() <= 8.5, `${page.longest()} ms`);
});

test("a page that was kept busy by a frame is left alone for a while, but not at the end of the run", async () => {
  const page = engineByHand({ took: 9 });
  page.load(LONG, { open: "stand", pace: "fast" });
  page.ask("play");
  await page.run();
  const [, , ...on] = page.frames().map(({ at }) => at);
  const ends = on.pop();
  const gaps = on.slice(1).map((at, i) => at - on[i]);
  assert.ok(gaps.length > 5 && gaps.every((gap) => gap >= 90), "a tenth of the time is the page's");
  assert.ok(ends - on.at(-1) < 90);
  assert.deepEqual(stands(page), ["done", 5000]);
});

test("a figure is told where it has changed, and all that are watched when a lab is opened", async () => {
  const page = engineByHand();
  const figures = ["error", "fit"];
  page.load(SHORT, { open: "stand", figures });
  await page.run();
  page.ask("watch", { figures });
  await page.run();
  page.ask("step");
  await page.run();
  page.load(SHORT, { open: "stand", figures });
  await page.run();
  const told = page.frames().map(({ figures }) => Object.keys(figures));
  assert.deepEqual(told, [["error", "fit"], [], ["error"], ["error", "fit"]]);
});

test("all that is in a frame is of one step", async () => {
  const page = engineByHand();
  const figures = bindings.catalogue().find(({ id }) => id === "playground").figures.map(({ key }) => key);
  page.load(SHORT, { open: "end", figures, pace: "normal" });
  await page.run();
  page.ask("play");
  await page.run();
  const shown = {};
  const lab = bindings.Lab.fromQuery("playground", SHORT);
  assert.ok(page.frames().length > 20);
  for (const { progress, metrics, figures: news } of page.frames()) {
    lab.reset();
    lab.advance(progress.steps);
    Object.assign(shown, news);
    assert.deepEqual(shown, Object.fromEntries(figures.map((key) => [key, lab.figure(key)])));
    assert.deepEqual(metrics, lab.metrics());
  }
});

test("a message that the engine does not know is refused in words", () => {
  const page = engineByHand();
  assert.match(page.ask("halt").error.message, /knows no message named halt/);
  assert.match(page.ask("play").error.message, /no lab is open/);
  assert.match(page.ask("change", { changes: {} }).error.message, /no lab is open/);
});

test("every kind of message has a handler", () => {
  for (const kind of ["load", "play", "pause", "step", "reset", "change", "pace", "watch", "awake", "ack", "ping", "unload"]) {
    assert.equal(typeof Engine.prototype[`on_${kind}`], "function", kind);
  }
});
