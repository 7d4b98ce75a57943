// The benchmark's table. It is never measured here: timings decide no test.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { fastestPeer, learned, median, ratio } from "../../benches/statistics.mjs";
import { BETWEEN_MARKERS, section, summary } from "../../benches/table.mjs";
import { WORKLOADS, batches, examples, lossOf } from "../../benches/workloads.mjs";

const text = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

test("the speeds that are written down are those of benches/results.json", () => {
  const results = JSON.parse(text("benches/results.json"));
  const written = (path) => text(path).match(BETWEEN_MARKERS)[0];
  assert.equal(written("benches/README.md"), section(results));
  assert.equal(written("README.md"), summary(results));
});

test("the README names the least and the most that the fastest peer takes", () => {
  const engine = (name, w1, w2) => ({ name, results: Object.fromEntries(WORKLOADS.map(({ key }, i) => [key, { us: i === 0 ? w1 : i === 1 ? w2 : undefined }])) });
  const said = summary({ engines: [engine("ours", [1], [10]), engine("slow", [9], [90]), engine("fast", [3], [15])] });
  assert.match(said, /^On 2 workloads, in one browser, the fastest of 2 other engines takes 1\.5 to\n3 times as long/);
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
