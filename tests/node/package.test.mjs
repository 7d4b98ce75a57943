// The package as a script in node sees it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import * as lab from "../../www/pkg/regularization_playground.js";
import { hashOf } from "../browser/bits.mjs";

lab.initSync({ module: readFileSync(new URL("../../www/pkg/regularization_playground_bg.wasm", import.meta.url)) });

test("the version is that of the package", () => {
  const { version } = JSON.parse(readFileSync(new URL("../../www/pkg/package.json", import.meta.url)));
  assert.equal(lab.version(), version);
});

test("the catalogue lists labs", () => {
  const labs = lab.catalogue();
  assert.ok(Array.isArray(labs) && labs.length > 0);
});

test("labs give the bits of native code", () => {
  // JSON has no NaN: what a metric is where it does not apply stands there as null.
  const reviver = (key, value) => (value === null ? NaN : value);
  const cells = JSON.parse(readFileSync(new URL("../reference/cells.json", import.meta.url)), reviver);
  assert.equal(cells.length, 23);
  for (const { lab: id, params, metrics } of cells) {
    assert.deepEqual(lab.runCell(id, params, Object.keys(metrics)), metrics, `${id} ${JSON.stringify(params)}`);
  }
});

test("links of version 0.1.0 (7e8c19f) open with the settings they hold", () => {
  // all that its text linked to; what a link to each lab held; and that with each setting at its other values
  const links = readFileSync(new URL("../reference/links-7e8c19f.txt", import.meta.url), "utf8").trim().split("\n");
  assert.equal(links.length, 385);
  for (const link of links) {
    const [id, query = ""] = link.split(/\?(.*)/);
    const run = lab.Lab.fromQuery(id, query);
    const holds = new URLSearchParams(run.query());
    for (const [key, value] of new URLSearchParams(query)) assert.equal(holds.get(key), value, `${link}: ${key}`);
    run.free();
  }
});

test("many runs become a chart of means", () => {
  const experiment = { lab: "playground", x: "keep_prob=0.5", metrics: [{ key: "test_error" }], seeds: "1..3", set: "steps=5;units=4" };
  const { cells, told } = lab.planCells(experiment);
  assert.equal(told, "2 runs: keep probability 0.5; seeds 1 to 2; steps 5 and units per layer 4; everything else at the lab’s defaults.");
  const ended = cells.map((cell) => ({ ...cell, metrics: lab.runCell("playground", { seed: cell.seed, steps: 5, units: 4 }, ["test_error"]) }));
  const { figure, means, differences } = lab.experimentFigure(experiment, ended);
  const [{ x, y, role }] = figure.body.chart.series;
  assert.deepEqual([x, role, differences], [[0.5], "test", undefined]);
  assert.equal(y[0], (ended[0].metrics.test_error + ended[1].metrics.test_error) / 2);
  assert.equal(means.rows[0][2], y[0]);
  assert.equal(lab.experimentReport(experiment, ended).cells.length, 2);
  assert.equal(lab.experimentCsv(experiment, ended).split("\n").length, 4);
  assert.throws(() => lab.planCells({ ...experiment, x: "keep_porb=0.5" }), /^Error: keep_porb: unknown key, the nearest known key is keep_prob/);
});

test("networks of every kind of layer and every regularizer end with the weights of native code", () => {
  const cases = JSON.parse(readFileSync(new URL("../reference/networks.json", import.meta.url)));
  assert.equal(cases.length, 39);
  for (const { name, config, hash: want } of cases) assert.equal(hashOf(lab, config), want, name);
});

test("shared weights tell what every location and time step adds to their gradients", () => {
  const sum = (values, size) => values.reduce((sums, value, i) => { sums[i % size] += value; return sums; }, new Array(size).fill(0));
  const close = (got, want) => got.forEach((value, i) => assert.ok(Math.abs(value - want[i]) < 1e-4, `${value} ${want[i]}`));
  for (const [input, layer, width] of [
    [[1, 8], { kind: "conv1d", filters: 2, kernel: 3 }, 8],
    [{ steps: 5, features: 2 }, { kind: "recurrent", units: 3, outputs: "last" }, 10],
  ]) {
    const network = new lab.Network({ input, loss: "mse", layers: [layer, { kind: "dense", units: 1 }] });
    const x = Float64Array.from({ length: 3 * width }, (_, i) => Math.sin(i));
    const { parameters, untied } = network.gradients(x, new Float64Array([1, 0, -1]));
    assert.ok(untied.length >= 2);
    for (const { name, shape, values } of untied) {
      const tied = parameters.find((parameter) => parameter.name === name);
      assert.equal(values.length, shape.reduce((a, b) => a * b));
      close(sum(values, tied.values.length), tied.values);
    }
  }
});

test("a recurrent network reads longer sequences with the same weights", () => {
  const network = new lab.Network({ input: { steps: 3, features: 1 }, loss: "mse",
    layers: [{ kind: "recurrent", units: 4, outputs: "all" }, { kind: "dense", units: 1 }] });
  const longer = network.withSteps(6), x = new Float64Array([1, -1, 0.5, 0, 2, 1]);
  assert.deepEqual(longer.config().input, { steps: 6, features: 1 });
  assert.deepEqual([...longer.predict(x)].slice(0, 3), [...network.predict(x.subarray(0, 3))]);
  assert.throws(() => network.withSteps(0), /steps = 0: must be/);
});

test("the JavaScript example of the README runs and learns", async () => {
  const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  const [, example] = readme.match(/```js\n([\s\S]*?)```/);
  const body = example.replace(/^import .*$/m, "").replace(/^await init\(\);$/m, "");
  assert.notEqual(body, example);
  const printed = [];
  const run = new Function("Network", "console", body);
  run(lab.Network, { log: (...words) => printed.push(words) });
  assert.equal(printed.length, 6);
  assert.deepEqual(printed.slice(0, 5).map(([step]) => step), [100, 200, 300, 400, 500]);
  assert.ok(printed[5][0][1] > 0.5, `${printed[5]}`);
});

const config = { input: 1, loss: "mse", layers: [{ kind: "dense", units: 1 }] };

test("refusals are real errors that name key, value and what is allowed", () => {
  const refused = (config, words) => assert.throws(() => new lab.Network(config), (error) => {
    assert.ok(error instanceof Error);
    assert.match(error.message, words);
    return true;
  });
  refused({ ...config, alpha: NaN }, /alpha = NaN: must be a number of at least 0/);
  refused({ ...config, batch_size: 3.7 }, /batch_size = 3.7: must be a whole number/);
  refused({ ...config, bacth_size: 3 }, /bacth_size: unknown key, the nearest known key is batch_size/);
  refused([], /must be an object/);
  refused(undefined, /must be an object/);
  refused({ ...config, layers: [{ kind: "dense", units: 1, keep_prob: 0.5 }] }, /layers\[0\]\.keep_prob = 0\.5/);
});

test("a panic-free life after ten thousand refusals", () => {
  const network = new lab.Network(config);
  network.load(new Float64Array([1, 2]), new Float64Array([1, 2]));
  for (let i = 0; i < 10000; i++) assert.throws(() => network.predict(new Float64Array([NaN])));
  assert.equal(network.step(1).step, 1);
  network.free();
});

test("the closed forms by hand", () => {
  const numbers = (...values) => new Float64Array(values);
  assert.deepEqual(lab.ridge(numbers(1, 2), numbers(1, 2), 1, 2.5, false).weights, numbers(0.5));
  assert.deepEqual(lab.dropoutRidge(numbers(1, 2), numbers(1, 2), 1, 0.5), { weights: numbers(0.5) });
  assert.deepEqual(lab.ensembleErrors(numbers(1, -1, 1, 1), 2, numbers(0, 0)),
    { variance: 1, covariance: 0, predicted: 0.5, measured: 0.5, ambiguity: 0.5, bias: 0.5 });
  const halved = { input: 2, loss: "mse", keep_prob_input: 0.5, dropout_scaling: "at_test",
    layers: [{ kind: "dense", units: 1 }] };
  const parameters = [{ name: "w1", shape: [1, 2], values: numbers(2, 4) }];
  assert.deepEqual(lab.enumerateSubnetworks(halved, parameters, numbers(1, 1)), {
    arithmetic_mean: numbers(3), geometric_mean: numbers(), variance: numbers(5),
    weight_scaled: numbers(3), count: 4,
  });
  assert.throws(() => lab.ensembleErrors(numbers(1), 2, numbers(1)), /predictions has 1 numbers/);
});
