// What a script may hand in by mistake or by malice: refused by an Error that names the argument,
// after which everything goes on as before.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import * as lab from "../../www/pkg/regularization_playground.js";

// Answers for its own objects alone, as a browser's does.
globalThis.HTMLCanvasElement = class {
  #width = 8;
  get width() { return this.#width; }
};
lab.initSync({ module: readFileSync(new URL("../../www/pkg/regularization_playground_bg.wasm", import.meta.url)) });

const config = { input: 1, loss: "mse", keep_prob_input: 0.5, layers: [{ kind: "dense", units: 1 }] };
const x = new Float64Array([1, 2]), y = new Float64Array([1, 3]);
const newNetwork = () => {
  const network = new lab.Network(config);
  network.load(x, y);
  network.step(3);
  return network;
};
const newLab = () => {
  const run = new lab.Lab("playground", { units: 4, hidden_layers: 1 });
  run.step(2);
  return run;
};
const figure = newLab().figure(lab.catalogue()[0].figures[0].key);
const metric = lab.catalogue()[0].metrics[0].key;
const map = { lab: "playground", runs: [], now: null, at: 0.5, guess: 0, open: true };
const experiment = { lab: "playground", x: "keep_prob=0.5,1", metrics: [{ key: metric }], seeds: "2" };

const rows = Array.from({ length: 20 }, (_, i) => `${i},${i * i}`).join("\n");
const table = lab.readCsv(`a,b\n${rows}\n`);
/** A file of IDX: sizes, then data. */
const idx = (sizes, given) => Uint8Array.from([0, 0, 8, sizes, ...given.slice(0, sizes).flatMap((size) => [0, 0, 0, size]), ...given.slice(sizes)]);

/** Every binding with the names of its arguments and values that are right; `?` where one may be left out. */
const ARGUMENTS = {
  version: {}, catalogue: {}, freshSeed: {},
  runCell: { lab: "playground", "params?": { steps: 1 }, metric_keys: [metric], "table?": table },
  describeCsv: { text: "a,b\n1,2\n", "options?": { separator: "," } },
  readCsv: { text: "a,b\n1,2\n3,4\n", "options?": { target: "a" } },
  readIdx: { images: idx(3, [2, 1, 1, 0, 255]), labels: idx(1, [2, 1, 0]) },
  planCells: { experiment }, experimentFigure: { experiment, cells: [] }, experimentCsv: { experiment, cells: [] }, experimentReport: { experiment, cells: [] },
  experimentPresets: { lab: "playground" }, suggestedValues: { lab: "playground" },
  averageFigure: { average: { lab: "playground", metric }, cells: [] },
  mapFigure: { state: map }, mapVerdict: { state: map }, mapCells: { lab: "playground", "params?": { keep_prob: 0.5 } },
  ridge: { x, y, columns: 1, alpha: 1, intercept: true },
  dropoutRidge: { x, y, columns: 1, keep_prob: 0.5 },
  ensembleErrors: { predictions: x, members: 1, y },
  enumerateSubnetworks: { config, parameters: newNetwork().parameters(), x },
  mnist: { images: new Uint8Array(784), labels: new Uint8Array(1), seed: 1 },
  drawFigure: { figure, canvas: new HTMLCanvasElement(), pixel_ratio: 1, "caption?": "of this" },
  svgFigure: { figure, width: 100, height: 100, "theme?": "dark", "caption?": "of this" },
  withEarlier: { figure, earlier: [{ name: "p = 0.9", figure }] },
  readLink: { lab: "playground", query: "v=1", "rows?": 200 },
  placeHandles: { figure, width: 100, height: 100 },
  readFigure: { figure, width: 100, height: 100, x: 50, "y?": 50 },
  csvFigure: { figure },
  tableFigure: { figure },
  "new Lab": { id: "playground", "params?": { units: 4 }, "table?": table },
  "Lab.fromQuery": { id: "playground", query: "v=1", "table?": table },
  "Lab#step": { n: 1 }, "Lab#advance": { n: 1 }, "Lab#train": { budget_ms: 1 }, "Lab#predict": { x: new Float64Array(64) },
  "Lab#set": { key: "keep_prob", keep_prob: 0.5 }, "Lab#change": { "changes?": { keep_prob: 0.5 } }, "Lab#figure": { key: figure.key },
  "Lab#draw": { key: figure.key, canvas: new HTMLCanvasElement(), pixel_ratio: 1 },
  "Lab#progress": {}, "Lab#metrics": {}, "Lab#weights": {}, "Lab#params": {}, "Lab#limits": {}, "Lab#query": {}, "Lab#open": { query: "v=1" }, "Lab#touched": {}, "Lab#reset": {}, "Lab#free": {},
  "new Network": { config },
  "Network#load": { x, y }, "Network#step": { n: 1 }, "Network#train": { options: { steps: 1 } },
  "Network#predict": { x }, "Network#predictMember": { member: 0, x }, "Network#predictMonteCarlo": { x, samples: 2 },
  "Network#gradients": { x, y, "masks?": [new Float64Array([1, 1])] }, "Network#withSteps": { steps: 1 },
  "Network#parameters": { "member?": 0 }, "Network#setParameters": { parameters: [], "member?": 0 },
  "Network#masks": { "member?": 0 }, "Network#config": {}, "Network#free": {},
};

const isClass = (value) => /^class /.test(Function.prototype.toString.call(value));
const names = (object, ...left) => Object.getOwnPropertyNames(object).filter((name) => !left.includes(name) && !name.startsWith("__"));

/** Every way into the module: its name, and a call with these arguments on an object (for methods). */
function bindings(module) {
  const all = {};
  for (const [name, value] of Object.entries(module)) {
    if (name === "default" || name === "initSync") continue;
    if (!isClass(value)) all[name] = (given) => value(...given);
    else {
      all[`new ${name}`] = (given) => new value(...given);
      for (const key of names(value, "length", "name", "prototype")) all[`${name}.${key}`] = (given) => value[key](...given);
      for (const key of names(value.prototype, "constructor")) {
        all[`${name}#${key}`] = (given, object) => value.prototype[key].apply(object, given);
      }
    }
  }
  return all;
}

/** Makes what no argument of any binding can be. */
const HOSTILE = {
  "a BigInt": () => 10n,
  "a BigInt beyond 64 bits": () => 2n ** 4000n,
  "a symbol": () => Symbol("s"),
  "a function": () => () => 1,
  "an object whose conversions throw": () => ({ valueOf() { throw new Error("valueOf"); }, toString() { throw 1; } }),
  "an object whose conversion gives a symbol": () => ({ [Symbol.toPrimitive]: () => Symbol("s"), length: 1 }),
  "a getter that throws": () => ({ get key() { throw new Error("getter"); }, get length() { throw 2; } }),
  "a getter that throws what throws in turn": () => ({ get input() { throw { get message() { throw 3; }, toString() { throw 4; } }; } }),
  "a proxy that throws from every trap": () => new Proxy({}, throwing),
  "a proxied function that throws from every trap": () => new Proxy(() => 1, throwing),
  "a proxied array that throws from every trap": () => new Proxy([1, 2], throwing),
  "a revoked proxy": () => { const { proxy, revoke } = Proxy.revocable([], {}); revoke(); return proxy; },
  "an array with a throwing getter": () => Object.defineProperty([1, 2], 1, { get() { throw 5; }, enumerable: true }),
  "an array of BigInts": () => [1n, 2n],
  "an array of symbols": () => [Symbol("s")],
  "a BigInt64Array": () => new BigInt64Array(2),
  "an iterator that throws": () => ({ [Symbol.iterator]() { throw 6; } }),
  "a set": () => new Set([1, 2]),
  "an array that holds itself": () => { const own = []; own.push(own); return own; },
  "an object that holds itself": () => { const own = {}; own.input = own.key = own; return own; },
  "a text of a million characters": () => "9".repeat(1_000_001),
  "NaN": () => NaN,
};
const throwing = new Proxy({}, { get: () => () => { throw new Error("trap"); } });

/** How a lab and a network stand: whatever else is refused, they go on from here. */
const state = (run, network) => ({
  query: run.query(), progress: run.progress(), metrics: run.metrics(),
  parameters: network.parameters(), masks: network.masks(), config: network.config(), predicted: network.predict(x),
});

/** Where an object of fields is wrong, the field may be named in its place. */
const FIELDS = { config: ["length: unknown key", "input"], params: ["length: unknown key"], changes: ["length: unknown key"], options: ["length: unknown key", "steps"], text: ["line 1: has one column only"] };

function refusal(call, where, name) {
  assert.throws(call, (error) => {
    assert.ok(error instanceof Error, `${where}: ${typeof error} was thrown, no Error`);
    const starts = [name, ...(FIELDS[name] ?? [])];
    assert.ok(starts.some((start) => error.message.startsWith(start)), `${where}: "${error.message.slice(0, 200)}" does not start with ${name}`);
    assert.match(error.message, /must (be|have|hold)|nested too deeply|missing field|unknown (key|field|variant)|invalid type/, where);
    assert.ok(error.message.length < 2000, `${where}: ${error.message.length} characters`);
    return true;
  }, where);
}

test("every binding is in the table, with as many arguments as it takes", () => {
  assert.deepEqual(Object.keys(ARGUMENTS).sort(), Object.keys(bindings(lab)).sort());
  for (const [name, value] of Object.entries(lab)) {
    if (name in ARGUMENTS) assert.equal(value.length, Object.keys(ARGUMENTS[name]).length, name);
    for (const key of isClass(value) ? names(value.prototype, "constructor") : []) {
      assert.equal(value.prototype[key].length, Object.keys(ARGUMENTS[`${name}#${key}`]).length, `${name}#${key}`);
    }
  }
});

test("hostile arguments are refused by name, and every object stays as it was", () => {
  const run = newLab(), network = newNetwork(), before = state(run, network);
  const all = bindings(lab);
  let calls = 0;
  for (const [binding, right] of Object.entries(ARGUMENTS)) {
    const object = binding.startsWith("Lab#") ? run : network;
    Object.keys(right).forEach((key, place) => {
      const name = key.replace("?", "");
      for (const [kind, make] of Object.entries(HOSTILE)) {
        for (let times = 0; times < 5; times++, calls++) {
          const given = Object.values(right);
          given[place] = make();
          refusal(() => all[binding](given, object), `${binding}(${name}: ${kind})`, name);
        }
      }
      if (!key.endsWith("?")) for (const nothing of [undefined, null]) {
        const given = Object.values(right);
        given[place] = nothing;
        assert.throws(() => all[binding](given, object), Error, `${binding}(${name}: ${nothing})`);
      }
    });
    assert.deepEqual(state(run, network), before, binding);
  }
  assert.ok(calls > 5000, `${calls}`);
});

test("a thousand wrong links, ids and keys cost nothing", () => {
  const run = newLab(), network = newNetwork(), before = state(run, network);
  for (let i = 0; i < 1000; i++) {
    refusal(() => lab.Lab.fromQuery("playground", 3), "fromQuery", "query = 3: must be");
    refusal(() => new lab.Lab(3), "new Lab(3)", "id = 3: must be the id of a lab");
    refusal(() => new lab.Lab({}), "new Lab({})", "id = an object: must be the id of a lab");
    refusal(() => run.set(3, 1), "set", "key = 3: must be the key of a parameter");
    refusal(() => lab.runCell(3, {}, []), "runCell", "lab = 3: must be the id of a lab");
    refusal(() => lab.runCell("playground", {}, [3]), "runCell", "metric_keys[0] = 3: must be");
    refusal(() => network.step(10n), "step", "n = 10n: must be a whole number from 1 to");
  }
  assert.deepEqual(state(run, network), before);
});

test("what is no number is taken for none", () => {
  const network = newNetwork();
  refusal(() => network.load([1, null, 3], [1, 2, 3]), "null", "x[1] = nothing: must be a number");
  refusal(() => network.load([1, , 3], [1, 2, 3]), "a gap", "x[1] = nothing: must be a number");
  refusal(() => network.load([1, 2], [1, "2"]), "text", 'y[1] = "2": must be a number');
  refusal(() => network.load([1, true], y), "a flag", "x[1] = true: must be a number");
  refusal(() => network.load(x, ""), "no text", 'y = "": must be');
  refusal(() => network.predict("123"), "digits", 'x = "123": must be');
  refusal(() => network.predict([NaN]), "NaN", "x[0] = NaN: must be");
  refusal(() => network.predict(new Array(3)), "gaps", "x[0] = nothing: must be");
  refusal(() => network.predict({ length: 1, 0: 5 }), "like an array", "x = an object: must be");
  refusal(() => network.step("1"), "text", 'n = "1": must be');
  refusal(() => network.step(new Number(1)), "a number's object", "n = an object: must be");
  refusal(() => lab.ridge(x, y, 1, 1, 1), "1", "intercept = 1: must be true or false");
  refusal(() => lab.mnist([0, 256], [1], 1), "a byte", "images[1] = 256: must be");
  refusal(() => lab.svgFigure(figure, 1.5, 10), "width", "width = 1.5: must be");
  refusal(() => lab.svgFigure(figure, 10, Infinity), "height", "height = inf: must be");
});

test("an array is read by its indices, and a long one with hardly anything in it at no cost", () => {
  const network = newNetwork(), want = network.predict(new Float64Array([1]));
  const iterable = Object.assign([1], { *[Symbol.iterator]() { yield null; yield "7"; } });
  assert.deepEqual(network.predict(iterable), want);
  class Rows extends Array { *[Symbol.iterator]() { yield null; } }
  assert.deepEqual(network.predict(Rows.of(1)), want);
  for (const first of [[], [1]]) {
    first.length = 2 ** 27;
    assert.throws(() => network.predict(first), /^Error: x\[[01]\] = nothing: must be a number/);
  }
});

test("only objects of fields are settings", () => {
  for (const other of [new Date(), new Error("x"), new Number(3), /x/, Promise.resolve()]) {
    assert.throws(() => new lab.Lab("dropout_example", other), /^Error: params = an object: must be/);
  }
});

test("a complaint stays short, however long what was given", () => {
  const long = "w".repeat(900_000), network = newNetwork();
  refusal(() => network.setParameters([{ name: long, shape: 3, values: x }]), "name", "www");
  refusal(() => lab.csvFigure({ ...figure, title: Array.from({ length: 10_000 }, () => 1) }), "title", "figure: ");
  refusal(() => new lab.Lab("playground", { [long]: 10n }), "key", "params.www");
});

test("numbers come in any array of them, and plain data from proxies and maps", () => {
  const network = newNetwork(), want = network.predict(x);
  const own = Object.defineProperty(Float64Array.from(x), "length", { get() { throw new Error("length"); } });
  const saying = (length) => Object.defineProperty(Float64Array.from(x), "length", { value: length });
  const typed = [Float32Array.from(x), Int8Array.from(x), own, saying(1), saying(5), saying(-1), saying("2")];
  for (const given of [[1, 2], new Proxy([1, 2], {}), ...typed]) {
    assert.deepEqual(network.predict(given), want);
  }
  const detached = Float64Array.from(x);
  structuredClone(detached, { transfer: [detached.buffer] });
  refusal(() => network.predict(detached), "detached", "x");
  assert.equal(lab.csvFigure(new Proxy(figure, {})), lab.csvFigure(figure));
  assert.equal(new lab.Lab("playground", new Map([["units", 4]])).params().units, 4);
  assert.equal(new lab.Network(new Proxy(config, {})).config().input, 1);
});

test("a method takes only living objects of its own class", () => {
  const run = newLab(), network = newNetwork(), before = state(run, network);
  const freed = { Lab: newLab(), Network: newNetwork() };
  freed.Lab.free();
  freed.Network.free();
  for (const [binding, call] of Object.entries(bindings(lab)).filter(([name]) => name.includes("#"))) {
    const [Class, method] = binding.split("#"), Other = Class === "Lab" ? lab.Network : lab.Lab;
    const disguised = Class === "Lab" ? newNetwork() : newLab();
    Object.setPrototypeOf(disguised, lab[Class].prototype);
    const crossed = Reflect.construct(lab[Class], Class === "Lab" ? ["playground"] : [config], Other);
    const wrong = [undefined, null, 3, "lab", {}, { __wbg_ptr: 1024 }, { get __wbg_ptr() { throw new Error("pointer"); } },
      Object.create(lab[Class].prototype), lab[Class].prototype, new Proxy({}, throwing),
      Class === "Lab" ? network : run, freed[Class], disguised];
    for (let times = 0; times < 20; times++) for (const object of wrong) {
      refusal(() => call(Object.values(ARGUMENTS[binding]), object), binding, `${Class}.${method}: must be called on a ${Class}`);
    }
    const others = names(Other.prototype, "constructor")[0];
    refusal(() => crossed[others](), `crossed ${binding}`, `${Other.name}.${others}: must be called on a ${Other.name}`);
    assert.deepEqual(state(run, network), before, binding);
  }
});

test("an object of a class made from one of ours is one of ours", () => {
  class Mine extends lab.Network {
    twice(n) { this.step(n); return this.step(n).step; }
  }
  const mine = new Mine(config);
  mine.load(x, y);
  assert.equal(mine.twice(2), 4);
  mine.free();
  refusal(() => mine.step(1), "freed", "Network.step: must be called on a Network");
});

test("a getter may call the same object: it is refused there, or answered", () => {
  const run = newLab(), network = newNetwork(), before = state(run, network);
  const units = { get units() { return run.step(1) && 4; } };
  assert.throws(() => run.set("keep_prob", units), Error);
  assert.throws(() => network.train({ get steps() { network.step(1); return 1; } }), Error);
  assert.deepEqual(state(run, network), before);
});

test("before init every call says so, and the module can be loaded still", async () => {
  const early = await import("../../www/pkg/regularization_playground.js?early");
  for (const [binding, call] of Object.entries(bindings(early)).filter(([name]) => !name.includes("#"))) {
    assert.throws(() => call(Object.values(ARGUMENTS[binding])), /^Error: the module is not loaded yet: call init\(\) and wait for it first$/, binding);
  }
  await early.default({ module_or_path: readFileSync(new URL("../../www/pkg/regularization_playground_bg.wasm", import.meta.url)) });
  assert.equal(early.version(), lab.version());
});

test("weights that went through JSON can be set again, and what is no list of numbers is refused", () => {
  const [network, other] = [newNetwork(), new lab.Network(config)];
  const kept = JSON.stringify(network.parameters());
  assert.match(kept, /"values":\{"0":/);
  other.setParameters(JSON.parse(kept));
  assert.deepEqual(other.predict(x), network.predict(x));
  const [w1] = JSON.parse(kept);
  for (const [values, told] of [[{ 0: 1, b: 2 }, /w1\.values\.b: must have the keys 0, 1, 2/], [{ 0: null }, /w1\.values\[0\] = nothing|w1\.values\[0\] = .*: must be a number/],
    [{}, /w1/], [{ 1: 1 }, /w1\.values\.1: must have the keys/]]) {
    assert.throws(() => other.setParameters([{ ...w1, values }]), told);
  }
  assert.deepEqual(other.predict(x), network.predict(x));
  const run = newLab();
  assert.deepEqual(run.weights().map(({ network }) => network), ["network", "without regularization"]);
});
