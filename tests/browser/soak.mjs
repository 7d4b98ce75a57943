// A soak: random actions on one page, about a hundred a second, for as long as is asked. A long one then has to be as it
// was after the first minute; a short one does the same actions twice, and has to be as it was after the first time. Every
// lab has to train as on a fresh page. The same seed gives the same actions.
import assert from "node:assert/strict";
import { bindings } from "./native.mjs";
import { SIZES, actions, byHand, isByHand, pick } from "./soak-actions.mjs";
import { SHOWN, finish } from "./tab-lab.mjs";
import { eventually } from "./tab.mjs";
import { written } from "./written.mjs";

/** So many actions are sent together, and so many a second at most. */
const BURST = 30, PER_SECOND = 100;
/** The first minute may still fill what is filled once. */
const WARM_S = 60;
/** Then the page is looked at so often. */
const LOOK_S = 120;
/** So many actions are told of a soak that has failed. */
const LAST = 50;
/** How long nothing may stir on a page that is at rest, in milliseconds. */
const QUIET_MS = 600;
/**
 * So much more than after the first minute there may be of each: bytes of what scripts have made once garbage is collected,
 * bytes of the module's memory, and what a page has that nobody had asked for before. A leak grows with every action.
 */
const ROOM = { heap: 2 ** 18, wasm: 2 ** 21, elements: 2000, canvases: 8, nodes: 8000, listeners: 100 };
/**
 * A soak of less than this, in seconds, has had few chances to ask for all there is: it may keep so many times as much,
 * most of all where it has not seen every lab. The module's memory is as large as the largest network that was ever asked
 * for, and what is asked for twice meets another lab the second time; nodes that are gone may be counted until later.
 */
const SHORT_S = 90, SHORT_TIMES = { room: 2, nodes: 4, wasm: 4 }, FEW_TIMES = { room: 4, wasm: 16 };
/** So many times as much since the first minute, and since half of the time: much of what is there once for each lab is asked for now and then. */
const LONG_TIMES = { room: 1, heap: 4, wasm: Infinity }, HALF_TIMES = { room: 1 };
/** In less than this, in seconds, what takes most of the module's memory may not have come up by half of the time. */
const EARLY_S = 300, EARLY_TIMES = { ...HALF_TIMES, wasm: 4 };

/** Whatever takes long, small. */
const SMALL = { steps: 40, pretext_steps: 40, source_steps: 20, n_train: 40, units: 6, n_members: 3, seed: 2 };

/** What a link to a small run of each lab holds. */
const LINKS = new Map(bindings.catalogue().map(({ id, parameters }) => [id, parameters
  .filter(({ key, min, max }) => SMALL[key] >= min && SMALL[key] <= max).map(({ key }) => `${key}=${SMALL[key]}`).join("&")]));
/** The labs of a soak of less than this, in seconds; a longer one comes by links to all of them, and has all. */
const FEW_S = 30;
const FEW = ["playground", "weight_sharing_cnn", "ensemble_formula", "co_adaptation", "dropout_example"];
/** Where the page stands when it is looked at: the engine keeps the labs that were left last. */
const STANDING = FEW.slice(0, 4);

const addressOf = (id) => `#${id}?${LINKS.get(id)}`;

/**
 * @param tab A tab of any browser, on the page with soak-page.js.
 * @param {{engine: string, seed: number, seconds: number, say: (text: string) => void}} how
 */
export async function soak(tab, { engine, seed, seconds, say }) {
  const told = [];
  const few = seconds < FEW_S;
  const labs = few ? FEW : [...LINKS.keys()];
  try {
    await tab.evaluate((links) => void (window.soak.links = links), labs.map(addressOf));
    await tour(tab, labs, seconds >= SHORT_S);
    const run = { tab, seed, seconds, say, told };
    if (seconds < SHORT_S) compare(...await actTwice(run), few ? FEW_TIMES : SHORT_TIMES);
    else {
      const { first, half, last } = await actOn(run);
      compare(first, last, LONG_TIMES);
      compare(half, last, seconds < EARLY_S ? EARLY_TIMES : HALF_TIMES);
    }
    await trainAgain(tab, labs);
    assert.deepEqual(await tab.takeProblems(), []);
  } catch (error) {
    const problems = await tab.takeProblems().catch(() => []);
    throw new Error(`${[error.message, ...problems].join("\n")}\nseed ${seed}; the last actions were\n  ${told.slice(-LAST).join("\n  ")}\nThe same again: ${replay(engine, seed, seconds)}`, { cause: error });
  }
}

/** The same actions twice: what is there after the first time, and after the second. */
async function actTwice({ tab, seed, seconds, say, told }) {
  const count = await act(tab, actions(seed), lasting(seconds / 2), told);
  const first = await look(tab);
  say(`${count} actions: ${JSON.stringify(first)}`);
  await act(tab, actions(seed), (done) => done < count, told);
  const last = await look(tab);
  say(`the same ${count} again: ${JSON.stringify(last)}`);
  return [first, last];
}

/** New actions all the time: what is there after the first minute, after half of the time, and at the end. */
async function actOn({ tab, seed, seconds, say, told }) {
  const drawn = actions(seed), looks = [];
  const half = Math.max(WARM_S, seconds / 2);
  for (let at = 0, next = WARM_S; at < seconds; [at, next] = [next, Math.min(seconds, next + LOOK_S, next < half ? half : seconds)]) {
    const count = await act(tab, drawn, lasting(next - at), told);
    looks.push({ at: next, ...await look(tab) });
    say(`${count} actions until ${next} s: ${JSON.stringify(looks.at(-1))}`);
  }
  return { first: looks[0], half: looks.find(({ at }) => at >= half), last: looks.at(-1) };
}

/** For so many seconds. */
function lasting(seconds) {
  const end = Date.now() + 1000 * seconds;
  return () => Date.now() < end;
}

/** The command that does the same. */
const replay = (engine, seed, seconds) => `./build.sh soak ${Number((seconds / 60).toFixed(2))} ${engine} ${seed}`;

/** Opens a lab as a small run. */
async function visit(tab, id) {
  await tab.evaluate((hash) => void (location.hash = hash), addressOf(id));
  await tab.waitFor((shown, id) => document.querySelector(`${shown}[data-lab=${id}][data-state][data-drawn]`) !== null, SHOWN, id);
}

/** Opens a lab as a small run, which is trained from its first step to its end and stands there. */
async function open(tab, id) {
  await tab.evaluate((hash) => void (location.hash = hash), addressOf(id));
  const run = bindings.Lab.fromQuery(id, LINKS.get(id));
  const [query, end] = [run.query(), String(run.progress().of)];
  run.free();
  for (const [button, from, to] of [["reset", "done paused", "paused 0"], ["play", "paused", `done ${end}`]]) {
    await tab.waitFor((shown, id, query, button, from, to) => {
      const section = document.querySelector(shown);
      const { lab, state, steps, query: holds } = section?.dataset ?? {};
      if (lab !== id || holds !== query) return false;
      if (`${state} ${steps}` === to) return true;
      if (from.includes(state)) section.querySelector(`button[name=${button}]`).click();
      return false;
    }, SHOWN, id, query, button, from, to);
  }
}

/** The labs and all that is had when it is first asked for, so that later little is there for the first time; for a long soak, with an experiment begun in each. */
async function tour(tab, labs, long) {
  await tab.evaluate(() => window.soak.tidy());
  for (const id of labs) {
    await visit(tab, id);
    await tab.waitFor((shown) => {
      const door = document.querySelector(`${shown} details.experiment`);
      if (door) door.open = true;
      return document.querySelector(`${shown} .experiment-columns`) !== null;
    }, SHOWN);
    if (!long) continue;
    await tab.evaluate((shown) => document.querySelector(`${shown} button[name=experiment_run]`).click(), SHOWN);
    await tab.waitFor((shown) => document.querySelector(`${shown} .experiment-results`).checkVisibility(), SHOWN);
    await tab.evaluate(() => window.soak.tidy());
  }
  await visit(tab, "playground");
  for (const [kind, there] of [["share", "#share[open]"], ["leave", "body:not(:has(dialog[open]))"], ["own", "#own[open]"], ["points", `${SHOWN} .own-bar:not([hidden])`]]) {
    await tab.waitFor((kind, there) => {
      if (document.querySelector(there)) return true;
      window.soak.act([{ number: 0, kind, shares: [] }]);
      return false;
    }, kind, there);
  }
}

/** Acts as long as it `goesOn`, which is told how many actions there were; gives how many those are in the end. */
async function act(tab, drawn, goesOn, told) {
  let count = 0;
  for (; goesOn(count); count += BURST) {
    const due = new Promise((resolve) => setTimeout(resolve, (1000 * BURST) / PER_SECOND));
    const burst = Array.from({ length: BURST }, () => drawn.next().value);
    told.push(...await actTogether(tab, burst));
    told.splice(0, told.length - LAST);
    await due;
    if ((count / BURST) % 8 === 0) assert.deepEqual(await tab.takeProblems(), []);
  }
  assert.deepEqual(await tab.takeProblems(), []);
  return count;
}

/** What a script does goes on while the browser is asked for what a hand does; gives all of it in words. */
async function actTogether(tab, burst) {
  const sized = burst.find(({ kind }) => kind === "resize");
  if (sized) await tab.resize(...pick(SIZES, sized.shares[0]));
  const view = await tab.evaluate((list) => {
    window.soak.act(list);
    return window.soak.view();
  }, burst.filter((action) => !isByHand(action) && action !== sized && action.kind !== "resize"));
  const hand = burst.filter(isByHand).map((action) => ({ number: action.number, ...byHand(action, view) }));
  await tab.strike(hand.flatMap(({ steps }) => steps));
  const done = [...await tab.evaluate(() => window.soak.told.splice(0)), ...hand.map(({ number, told }) => [number, told])];
  return done.sort(([a], [b]) => a - b).map(([number, words]) => `${number}: ${words}`);
}

/** The page at rest, with a few labs at their ends and nothing kept: what is there. */
async function look(tab) {
  await tab.resize(...SIZES[0]);
  await tab.evaluate(() => window.soak.tidy());
  for (const id of STANDING) await open(tab, id);
  await tab.evaluate(() => window.soak.tidy());
  await rest(tab);
  await tab.evaluate(() => void window.soak.count().then((counted) => (window.soak.counted = counted)));
  const counted = await tab.waitFor(() => window.soak.counted);
  await tab.evaluate(() => void delete window.soak.counted);
  return { ...counted, ...await tab.measure() };
}

/** Nothing stirs any more: no frame, no timer, no message. */
async function rest(tab) {
  let before = { count: -1, last: "" };
  const resting = await eventually(async () => {
    const now = await tab.evaluate(() => window.soak.stirred);
    if (now.count === before.count) return true;
    before = now;
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
    return false;
  });
  assert.ok(resting, `the page does not come to rest: ${before.last}`);
}

/** No more at last than at first, but for {@link ROOM}, so many times. */
function compare(first, last, times) {
  const said = JSON.stringify({ first, last });
  for (const [kind, room] of Object.entries(ROOM)) assert.ok(!(last[kind] - first[kind] > (times[kind] ?? times.room) * room), `${kind} grew: ${said}`);
  assert.ok(last.workers <= 1, `more workers than the lab's own: ${said}`);
}

/** Every lab ends with the numbers it has in node, as on a fresh page. */
async function trainAgain(tab, labs) {
  for (const id of labs) {
    await open(tab, id);
    const run = bindings.Lab.fromQuery(id, LINKS.get(id));
    run.advance(run.progress().of);
    assert.deepEqual(await finish(tab), written(id, run), id);
    run.free();
  }
}
