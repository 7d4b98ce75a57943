// The answer time: how long a change of a lab's main slider, from or to its default, takes to be
// answered by the finished run. This build and the one of before take turns; between them W2 by hand runs in JavaScript,
// by which machines can be compared.
//
//   node answers.mjs [--quick] [--only lab,lab] --before folder --commit hash --out answers.json
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { answerOfBindings, openBindings } from "./answers/bindings.mjs";
import { answerOfPage, openPage } from "./answers/page.mjs";
import { mainSlider } from "./answers/sliders.mjs";
import { inTurn, launch, say, watchCores } from "./browser.mjs";
import { short } from "./markdown.mjs";
import { serve } from "./server.mjs";
import { median } from "./statistics.mjs";

const { values: options } = parseArgs({ options: { quick: { type: "boolean", default: false },
  before: { type: "string" }, commit: { type: "string" }, out: { type: "string" }, only: { type: "string" } } });

const QUICK_LABS = ["ensemble_formula", "weight_sharing_rnn"];
const { repeats, hand_ms } = options.quick ? { repeats: 1, hand_ms: 20 } : { repeats: 7, hand_ms: 100 };
const only = options.only?.split(",") ?? (options.quick ? QUICK_LABS : null);
/** By the names the results have for them: where on the server a build is. */
const BUILDS = { before: "before", now: "www" };

const server = await serve({ before: options.before });
const browser = await launch();
try {
  const busyCores = watchCores();
  const hand = await openHand();
  const builds = await Promise.all(Object.entries(BUILDS).map(async ([name, folder]) => ({ name, address: `${server.url}${folder}/index.html`,
    ...await openBindings(browser, server.url, `${server.url}${folder}/pkg/regularization_playground.js`) })));
  const labs = [];
  for (const lab of chosen(builds.at(-1).labs)) labs.push(await measure(lab, builds, hand));
  const result = { commit: options.commit, chromium: browser.version(), repeats, busy_cores: busyCores(), labs };
  mkdirSync(dirname(options.out), { recursive: true });
  writeFileSync(options.out, JSON.stringify(result));
} finally {
  await browser.close();
  server.close();
}

/** The labs that were asked for. */
function chosen(labs) {
  const unknown = only?.find((id) => labs.every((lab) => lab.id !== id));
  if (unknown) throw new Error(`there is no lab named ${unknown}`);
  return labs.filter(({ id }) => !only || only.includes(id));
}

/** W2 by hand: microseconds a step, over a slice of time. */
async function openHand() {
  const page = await browser.newPage();
  await page.goto(`${server.url}benches/page.html`);
  await page.waitForFunction(() => window.bench);
  await page.evaluate(() => window.bench.start("plainjs"));
  let { step_us } = await page.evaluate(() => window.bench.prepare("w2", 1));
  return async () => (step_us = await page.evaluate((args) => window.bench.slice("w2", ...args), [hand_ms, step_us]));
}

/** Every time there is of one lab, in milliseconds. */
async function measure(spec, builds, hand) {
  const { positions, ...slider } = mainSlider(spec);
  const steps = await Promise.all(builds.map(({ call }) => call("open", slider.lab, slider.key, [slider.from, slider.to])));
  if (new Set(steps).size > 1) throw new Error(`${slider.lab}: the default run takes ${steps.join(" and ")} steps`);
  const result = { ...slider, steps: steps[0], hand_us: [], bindings: { before: [], now: [] }, page: { before: [], now: [] } };
  const pages = [];
  for (const build of builds) pages.push({ name: build.name, ...await openPage(browser, build.address, slider.lab) });
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (const build of inTurn(builds, repeat)) result.bindings[build.name].push(await answerOfBindings(build, slider));
    result.hand_us.push(await hand());
    for (const page of inTurn(pages, repeat)) result.page[page.name].push(await answerOfPage(page, { ...result, positions }));
  }
  for (const { close } of pages) await close();
  const told = ({ before, now }) => `${short(median(before))} -> ${short(median(now))} ms`;
  say(`${slider.lab}, ${slider.key} ${slider.from}, ${slider.to}: bindings ${told(result.bindings)}, page ${told(result.page)}`);
  return result;
}
