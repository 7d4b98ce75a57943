// The benchmark's table. It is never measured here: timings decide no test.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import * as bindings from "../../www/pkg/regularization_playground.js";
import { change, mainSlider, standingOpen } from "../../benches/answers/sliders.mjs";
import { fastestPeer, learned, median, ratio } from "../../benches/statistics.mjs";
import { BETWEEN_MARKERS, overview, section, summary } from "../../benches/table.mjs";
import { WORKLOADS, batches, examples, lossOf } from "../../benches/workloads.mjs";

bindings.initSync({ module: readFileSync(new URL("../../www/pkg/regularization_playground_bg.wasm", import.meta.url)) });
const text = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

test("the speeds that are written down are those of benches/results.json", () => {
  const results = JSON.parse(text("benches/results.json"));
  const written = (path) => text(path).match(BETWEEN_MARKERS)[0];
  assert.equal(written("benches/README.md"), section(results));
  assert.equal(written("README.md"), summary(results));
});

test("the least and the most that the fastest peer takes, and what is measured natively, by hand", () => {
  const engine = (name, w1, w2) => ({ name, results: Object.fromEntries(WORKLOADS.map(({ key }, i) => [key, { us: i === 0 ? w1 : i === 1 ? w2 : undefined }])) });
  const native = [["workloads", "ours", "w1", 1], ["workloads", "plain", "w1", 4], ["workloads", "ours", "w6a", 1],
    ["gemm_ab", "ours", "64", 10], ["gemm_ab", "matrixmultiply", "64", 20], ["gemm_atb", "ours", "64", 10], ["gemm_atb", "matrixmultiply", "64", 5],
    ["gemm_abt", "ours", "64", 10], ["gemm_abt", "matrixmultiply", "64", 10]].map(([group, engine, which, us]) => ({ group, engine, case: which, us }));
  const workloads = { native, engines: [engine("ours", [1], [10]), engine("slow", [9], [90]), engine("fast", [3], [15])] };
  assert.match(summary({ workloads }), /^On 2 workloads, in one browser, the fastest of 2 other engines takes 1\.5 to\n3 times as long/);
  assert.match(overview({ workloads }), /\| W1 playground, µs a step \(beside fast\) \| 3 \| 1 \| 3× \|/);
  assert.match(overview({ workloads }), /\| W1 natively, µs \(beside plain loops in Rust\) \| 4 \| 1 \| 4× \|\n\| A B of 64 natively, µs \(beside matrixmultiply\) \| 20 \| 10 \| 2× \|\n.*\| 5 \| 10 \| 0\.5× \|/);
});

test("medians and ratios", () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 2, 3]), 2.5);
  // In pairs 2, 2 and 3; of the medians it would be 3.
  assert.equal(ratio([2, 6, 9], [1, 3, 3]), 2);
  const engine = (us) => ({ results: { w1: { us } } });
  const engines = [engine([1]), engine([5]), engine([4]), { results: { w1: { reason: "no networks" } } }];
  assert.equal(fastestPeer(engines, "w1"), engines[2]);
  assert.equal(fastestPeer(engines.slice(0, 1), "w1"), undefined);
});

test("what counts as learning", () => {
  assert.ok(learned({ first_loss: 1, equal_loss: 0.5, last_loss: 0.6 }));
  assert.ok(learned({ first_loss: null, equal_loss: 0.5, last_loss: 0.5 }));
  assert.ok(!learned({ first_loss: 1, equal_loss: 1, last_loss: 1 }));
  assert.ok(!learned({ first_loss: 1, equal_loss: 0.5, last_loss: NaN }));
});

test("the workloads' data have the shapes they are said to have", () => {
  const csv = text("data/digits.csv");
  for (const workload of WORKLOADS) {
    const data = examples(workload, csv);
    const width = workload.network ? [workload.network.input].flat().reduce((a, b) => a * b) : workload.columns;
    assert.equal(data.x.length, data.rows * width, workload.key);
    assert.equal(data.y.length, data.rows, workload.key);
    assert.ok([...data.x, ...data.y].every(Number.isFinite), workload.key);
    if (workload.network) assert.equal(data.rows % batches(workload, data)[0].size, 0, "full batches only");
  }
});

test("the loss by hand", () => {
  const classes = { network: { loss: "cross_entropy", layers: [{ units: 2 }] } };
  assert.ok(Math.abs(lossOf(classes, { y: [0, 1], rows: 2 }, [0.5, 0.5, 0.75, 0.25]) - Math.log(8) / 2) < 1e-12);
  assert.equal(lossOf({}, { y: [1, 2], rows: 2 }, [1, 4]), 2);
});

test("a change that a hand would make goes from one stop of the slider to the next", () => {
  const real = { kind: "real", min: 0, max: 1, step: 0.05, scale: "linear" };
  const changed = (spec) => { const { from, to } = change(spec); return [from, to]; };
  assert.deepEqual(changed({ ...real, default: 0.5 }), [0.45, 0.5]);
  assert.deepEqual(changed({ ...real, default: 0 }), [0.05, 0], "none below");
  const log = { kind: "integer", min: 10, max: 1000, step: 1, scale: "log" };
  assert.deepEqual(changed({ ...log, default: 100 }), [89, 100]);
  assert.deepEqual(changed({ ...log, default: 10 }), [11, 10]);
  // the stop nearest to a default that is none: 20 stops a decade
  assert.deepEqual(changed({ ...log, kind: "real", min: 0.01, max: 10, default: 0.3 }), [0.28, 0.32]);
  const { positions } = change({ ...log, default: 100 });
  assert.deepEqual([positions.from, positions.to].map(Math.round), [19, 20], "a logarithmic slider counts its stops");
});

test("every lab's main slider is the first control that stands open, and does more than to choose what is shown", () => {
  for (const lab of bindings.catalogue()) {
    const { id, parameters } = lab;
    const { key, from, to } = mainSlider(lab);
    assert.equal(key, standingOpen(id)[0], id);
    const spec = parameters.find((spec) => spec.key === key);
    assert.ok(!spec.view && from !== to && [from, to].every((value) => value >= spec.min && value <= spec.max), id);
  }
});

const machine = { cpu: "a processor", cores: 2, arch: "x64", chromium: "1" };

test("the answer times by hand", () => {
  const answers = { repeats: 2, commit: "abc1234", machine, date: "2000-01-01", labs: [{ lab: "dropout", key: "keep_prob", from: 0.45, to: 0.5, hand_us: [500, 500],
    bindings: { before: [300, 1200], now: [100, 300] }, page: { before: [400, 400], now: [200, 700] } }] };
  // In pairs 3 and 4; 200 ms are 400 steps of 500 µs.
  assert.match(section({ answers }), /\| `dropout`, keep_prob 0\.45, 0\.5 \| 750 \| 200 \| 3\.5× \| 400 \| 450 \| 1\.29× \| 0\.4 \|/);
  assert.match(overview({ answers }), /\| answer of `dropout`, bindings, ms \| 750 \| 200 \| 3\.5× \|\n\| answer of `dropout`, page, ms \| 400 \| 450 \| 1\.29× \|/);
  assert.match(summary({ answers }), /^A moved slider is answered by the finished run within 300 ms in 1 of 1 labs: /);
});

test("loads and costs by hand", () => {
  const load = (frame_ms) => ({ frame_ms, shift: [0.3, 0.3], longest_task_ms: [0, 0], bytes: [1500, 1500], requests: [40, 40] });
  const build = { rest: [0.25], playing: [0.5] };
  const loads = { repeats: 2, commit: "abc1234", machine, date: "2000-01-01", shares: { before: build, now: build },
    tours: { before: { task_ms: [200], interaction_ms: [150] }, now: { task_ms: [40], interaction_ms: [30] } },
    networks: [{ network: "localhost", before: load([800, 800]), now: load([400, 200]) }, { network: "slow", before: load([2000, 2000]), now: load([1000, 1000]) }],
    module: { before: { raw: 3000, gzip: 2000, brotli: 1000 }, now: { raw: 1500, gzip: 1000, brotli: 1000 } } };
  for (const row of ["first live frame, localhost, ms | 800 | 300 | 3×", "longest task on the way, slow, ms | below 50 | below 50 | ",
    "layout shift | 0.3 | 0.3 | ", "transferred, KB (gzip) | 1.5 | 1.5 | 1×", "module, gzip, KB | 2 | 1 | 2×", "at rest, all of the page, % of a core | 25.0 | 25.0 | ",
    "longest task while the first slider of every lab is dragged, ms | 200 | below 50 | "]) {
    assert.ok(section({ loads }).includes(`| ${row} |`), row);
  }
  assert.match(summary({ loads }), /^The page is alive 0\.3 s after navigation on one machine, 1 s at slow: /);
});
