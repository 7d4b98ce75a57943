// A reader's own data in the package: read, sent to a worker, learned from, with the bits of native code.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import * as lab from "../../www/pkg/regularization_playground.js";

lab.initSync({ module: readFileSync(new URL("../../www/pkg/regularization_playground_bg.wasm", import.meta.url)) });

const diabetes = readFileSync(new URL("../../data/diabetes.csv", import.meta.url), "utf8");
/** What native code finds: tests/own_data.rs. */
const HELD = 0.6646351310345975;
const read = () => lab.readCsv(diabetes, { target: "progression" });

test("a table survives being sent, and gives native code’s numbers", () => {
  const table = structuredClone(read());
  assert.deepEqual([table.rows, table.inputs.length, table.task, table.classes, table.standardize], [442, 10, "regression", [], true]);
  assert.ok(table.x instanceof Float64Array && table.understood.columns[0].name === "age");
  const run = new lab.Lab("playground", { l2: 0.001, seed: 7 }, table);
  run.step(run.progress().of);
  assert.equal(run.metrics().test_error, HELD);
  const query = run.query();
  assert.equal(lab.Lab.fromQuery("playground", query, table).query(), query);
  assert.equal(lab.runCell("playground", { l2: 0.001, seed: 7 }, ["test_error"], table).test_error, HELD);
  // The table stays over another link, a change and a reset; other data are there too.
  assert.equal(run.open(query.replace("seed=7", "seed=8")), "restart");
  run.change({ units: 8 });
  run.reset();
  assert.equal(run.open("dataset=digits"), "restart");
  assert.equal(run.params().n_train, 300);
  assert.equal(run.open(query), "restart");
});

test("what is no table, and a lab that takes none, are refused by name and nothing is changed", () => {
  const table = read(), points = { inputs: ["x"], target: "y", x: [1, 2, 3], y: [1, 2, 3], rows: 3, standardize: false };
  const refusal = (...given) => {
    try { new lab.Lab(...given); } catch (error) { return error.message; }
    return "taken";
  };
  assert.match(refusal("co_adaptation", {}, table), /^table: the lab co_adaptation takes none; must be one of playground/);
  assert.match(refusal("playground", {}, { ...table, y: [1] }), /^table\.rows = 442: must be 1/);
  assert.match(refusal("playground", {}, { ...table, x: table.x.slice(1) }), /^table\.x: has 4419 numbers/);
  assert.match(refusal("playground", {}, 7), /^table = 7: must be a table/);
  assert.match(refusal("playground", { n_train: 442 }, table), /^n_train = 442: must be at most 440/);
  assert.match(refusal("playground", {}, points), /^n_train = 10: must be at most 1: the table has 3 rows/);
  assert.match(refusal("playground", { dataset: "own" }), /must come with a table of your own/);
  assert.match(refusal("dropout", {}, table), /^the table has no images/);
});

test("a file is described before anything is learned from it, and refused with line and column", () => {
  const text = "\ufeffa;b;y\r\n1,5;x;2\r\n;NA;3\r\n";
  const told = lab.describeCsv(text);
  assert.deepEqual([told.separator, told.decimal, told.header, told.rows, told.left_out], [";", ",", true, 2, [
    { line: 3, column: "a", what: "is empty" }, { line: 3, column: "b", what: 'is "NA"' }]]);
  assert.deepEqual(told.preview, [["1,5", "x", "2"], ["", "NA", "3"]]);
  assert.throws(() => lab.readCsv(text), { message: /^line 3, column a: is empty; line 3, column b: is "NA"; in 1 row/ });
  assert.throws(() => lab.readCsv("1".repeat(5_000_001)), { message: /^text = ".*must be of at most 5000000 characters/ });
  assert.throws(() => lab.readIdx(new Uint8Array([0, 0, 8, 1, 0, 0, 0, 0]), new Uint8Array(8)), { message: /each other's place/ });
});
