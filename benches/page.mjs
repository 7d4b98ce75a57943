// One engine in a page of its own; run.mjs drives it by `window.bench`.
import { WORKLOADS, examples, lossOf } from "./workloads.mjs";
import { ENGINES } from "./engines.mjs";

const built = new Map();   // by the workload's key
let engine, csv;

async function start(key) {
  const { module, argument } = ENGINES.find((engine) => engine.key === key);
  engine = await import(`./peers/${module}.mjs`);
  csv = await (await fetch("/data/digits.csv")).text();
  return engine.start(argument);
}

/** Builds a workload and takes its first steps, as many as every engine does; reports its losses. */
async function prepare(key, share) {
  const workload = WORKLOADS.find((workload) => workload.key === key);
  if (share < 1) workload.data.rows = Math.min(256, workload.data.rows);
  const data = examples(workload, csv);
  const run = await engine.build(workload, data);
  const loss = async () => lossOf(workload, data, await run.predict());
  const steps = Math.max(1, Math.round(workload.equal_steps * share));
  const first = workload.network ? await loss() : null;
  const begin = performance.now();
  await run.step(steps);
  const ms = elapsed(begin);
  built.set(key, { run, loss, steps });
  return { note: run.note ?? "", first_loss: first, equal_steps: steps, equal_loss: await loss(), step_us: (1000 * ms) / steps };
}

/** Steps for about so many milliseconds; the time of one, in microseconds. */
async function slice(key, ms, step_us) {
  const entry = built.get(key);
  const n = Math.max(1, Math.round((1000 * ms) / step_us));
  const begin = performance.now();
  await entry.run.step(n);
  const us = (1000 * elapsed(begin)) / n;
  entry.steps += n;
  return us;
}

/** A page's clock goes by tenths of a millisecond: less is not to be seen, and is not nothing. */
function elapsed(begin) {
  return Math.max(0.1, performance.now() - begin);
}

async function finish(key) {
  const { loss, steps } = built.get(key);
  return { steps, loss: await loss() };
}

window.bench = { start, prepare, slice, finish };
