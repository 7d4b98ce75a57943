// The browser part: every engine in a page of its own, one slice of every workload an engine and a
// repeat, the order rotated.
//
//   node run.mjs [--quick] --graphs folder --out browser.json [--only key,key]
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { launch, say, watchCores } from "./browser.mjs";
import { ENGINES } from "./engines.mjs";
import { scaling } from "./scaling.mjs";
import { serve } from "./server.mjs";
import { learned } from "./statistics.mjs";
import { WORKLOADS } from "./workloads.mjs";

const { values: options } = parseArgs({ options: { quick: { type: "boolean", default: false },
  graphs: { type: "string" }, out: { type: "string" }, only: { type: "string" } } });

// A smoke run shows that everything works, and nothing about speed.
const { repeats, slice_ms, share } = options.quick ? { repeats: 2, slice_ms: 5, share: 0.02 } : { repeats: 7, slice_ms: 150, share: 1 };

const server = await serve({ onnxruntime: options.graphs });
const browser = await launch();
try {
  const engines = [];
  for (const engine of ENGINES) {
    if (!options.only || options.only.split(",").includes(engine.key)) engines.push(await open(engine));
  }
  for (const workload of WORKLOADS) for (const engine of engines) await prepare(engine, workload.key);
  const busyCores = watchCores();
  for (let repeat = 0; repeat < repeats; repeat++) await takeSlices(engines, repeat);
  const busy_cores = busyCores();
  for (const engine of engines) await finish(engine);
  const result = { repeats, slice_ms, busy_cores, chromium: browser.version(), engines: engines.map(summary),
    scaling: await scaling(engines.find(({ key }) => key === "ours"), slice_ms) };
  mkdirSync(dirname(options.out), { recursive: true });
  writeFileSync(options.out, JSON.stringify(result));
} finally {
  await browser.close();
  server.close();
}

/** An engine's page; a peer that does not start is not run, and the table says why. */
async function open({ key, name }) {
  const engine = { key, name, results: {}, version: "", page: await (await browser.newContext()).newPage() };
  await engine.page.goto(`${server.url}benches/page.html`);
  await engine.page.waitForFunction(() => window.bench);
  try {
    engine.version = (await engine.page.evaluate((key) => window.bench.start(key), key)).version;
  } catch (error) {
    engine.failure = reason(error);
  }
  return engine;
}

/** The first line of an error in a page, without the driver's own words. */
function reason(error) {
  return error.message.replace(/^page\.evaluate: (Error: )?/, "").split("\n")[0].slice(0, 120);
}

async function prepare(engine, workload) {
  try {
    if (engine.failure) throw new Error(engine.failure);
    const result = await engine.page.evaluate(([key, share]) => window.bench.prepare(key, share), [workload, share]);
    engine.results[workload] = { ...result, us: [] };
    const first = result.first_loss === null ? "" : `${result.first_loss.toPrecision(4)} -> `;
    say(`${workload} ${engine.key}: about ${result.step_us.toPrecision(3)} µs a step, loss ${first}${result.equal_loss.toPrecision(4)}`);
  } catch (error) {
    // A peer may be unable to; we may not.
    if (engine.key === "ours") throw error;
    engine.results[workload] = { reason: reason(error) };
    say(`${workload} ${engine.key}: ${reason(error)}`);
  }
}

async function takeSlices(engines, repeat) {
  say(`repeat ${repeat + 1} of ${repeats}`);
  for (const { key: workload } of WORKLOADS) {
    for (let i = 0; i < engines.length; i++) {
      const engine = engines[(i + repeat) % engines.length];
      const result = engine.results[workload];
      if (result.reason) continue;
      const us = await engine.page.evaluate((args) => window.bench.slice(...args), [workload, slice_ms, result.us.at(-1) ?? result.step_us]);
      result.us.push(us);
    }
  }
}

async function finish({ key, page, results }) {
  for (const [workload, result] of Object.entries(results)) {
    if (result.reason) continue;
    const { steps, loss } = await page.evaluate((key) => window.bench.finish(key), workload);
    delete result.step_us;
    Object.assign(result, { last_steps: steps, last_loss: loss });
    if (key === "ours" && !learned(result)) throw new Error(`${workload}: ${JSON.stringify(result)} is not what learning looks like`);
  }
}

function summary({ key, name, version, results }) {
  return { key, name, version, results };
}
