// Input that nobody meant, through the bindings, in a browser's page or in node: the files of fuzz/corpus, changed
// at random. What is read is taken or refused by an Error that says why; nothing panics, and no memory is left behind.

const TOKENS = ["NaN", "-Infinity", "-0", "0", "1", "0.5", "1e309", "5e-324", "3.7", "256", "4294967296", "9007199254740993", "1_000", "1,5", "٣",
  "null", "true", "", " ", "\t", "\r\n", "\"", "'", "&", "=", "%", "%00", "%ff", ";", "..", "__proto__", "constructor", "\u202e", "\ufeff", "\0", "\ud800", "<b>"];
/** What JSON does not have, each time anew. */
const ODD = [() => NaN, () => Infinity, () => -0, () => undefined, () => 10n, () => () => 1, () => Symbol("s"), () => new Date(0), () => [, 1], () => new Float64Array([1, NaN]), () => new Map([["a", 1]]),
  () => new Proxy({}, {}), () => ({ get x() { throw new Error("x"); } }), () => ({ valueOf() { throw new Error("v"); } }), () => Object.create(null)];

/** A stream of chance: the same seed gives the same cases. */
function chanceOf(seed) {
  let state = seed >>> 0;
  return (end) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) % end;
  };
}

/** What was asked for could take its time, and rightly: numbers that are taken and are large. */
const LARGE = 48;
const isLarge = (value) => (typeof value === "number" ? Number.isInteger(value) && value > LARGE : typeof value === "object" && value !== null && !(value instanceof Date)
  && !ArrayBuffer.isView(value) && Object.keys(value).some((key) => !Object.getOwnPropertyDescriptor(value, key)?.get && isLarge(value[key])));

/** Text that may ask for many cells. */
const isWide = (text) => typeof text === "string" && /\d{3}|:0\.0/.test(text);

/** What is done with a case of each kind; each may be refused. */
const READ = {
  link(lab, text) {
    const [id, query = ""] = text.split(/\n(.*)/s);
    const pairs = new URLSearchParams(query);
    const { query: link } = lab.readLink(id, query);
    const again = lab.readLink(id, link);
    if (again.query !== link || again.problems.length > 0) throw new TypeError(`read back as ${again.query}`);
    const [x, curves, metrics, seeds, set] = ["x", "curves", "metrics", "seeds", "set"].map((key) => pairs.get(key) ?? "");
    if (x !== "" && ![x, curves, seeds].some(isWide)) lab.planCells({ lab: id, x, curves, seeds, set, metrics: metrics.split(",").map((key) => ({ key })) });
  },
  configuration(lab, { head, json }) {
    if (head === "csv") return lab.readCsv("a,b\n1,2\n3,4\n5,7\n", json);
    if (isLarge(json)) return null;
    if (head !== "network") return head === "train" ? null : lab.mapCells(head, json);
    const network = new lab.Network(json);
    try {
      return network.config();
    } finally {
      network.free();
    }
  },
  arrays(lab, { json }) {
    const { call, x, y, columns, n, intercept, config, parameters, masks, member, ...rest } = Object(json);
    if (call === "ridge") return lab.ridge(x, y, columns, n, intercept);
    if (call === "dropout_ridge") return lab.dropoutRidge(x, y, columns, n);
    if (call === "ensemble_errors") return lab.ensembleErrors(x, columns, y);
    if (call === "table") return lab.runCell("playground", { steps: 1, units: 2, hidden_layers: 1, n_train: 10 }, ["test_error"], { ...rest, x, y, rows: Object(y).length });
    if (isLarge(config)) return null;
    const network = new lab.Network(config);
    try {
      network.setParameters(parameters, member);
      network.gradients(x, y, masks);
      network.load(x, y);
      network.step(1);
      return network.predict(x);
    } finally {
      network.free();
    }
  },
  csv(lab, text) {
    const [head, file = ""] = text.split(/\n(.*)/s);
    const options = parsed(head) ?? undefined;
    const seen = lab.describeCsv(file, options);
    const { rows, x, inputs } = lab.readCsv(file, options);
    if (rows > seen.rows || x.length !== rows * inputs.length) throw new TypeError(`${rows} rows of ${seen.rows}`);
  },
  idx(lab, bytes) {
    const length = bytes.length < 4 ? 0 : new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
    lab.readIdx(bytes.slice(4, 4 + length), bytes.slice(4 + length));
  },
  experiment(lab, { json }) {
    const { experiment, cells, map, average, runs } = Object(json);
    if (experiment) {
      const { x, curves, seeds } = Object(experiment);
      if ([x, curves, seeds].some(isWide)) return;
      for (const read of [lab.experimentFigure, lab.experimentCsv, lab.experimentReport]) read(experiment, cells);
      lab.planCells(experiment);
    }
    if (map) for (const read of [lab.mapFigure, lab.mapVerdict]) read(map);
    if (average) lab.averageFigure(average, runs);
  },
  figure(lab, { json }) {
    lab.csvFigure(json);
    lab.tableFigure(json);
    lab.svgFigure(json, 240, 160);
    lab.placeHandles(json, 240, 160);
    lab.readFigure(json, 240, 160, 120, 80);
    lab.withEarlier(json, [{ name: "p = 0.9", figure: json }]);
  },
};

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A file that says of what its JSON is in a line of its own, or does not. */
function parts(text) {
  const [head, json] = /^[{[]/.test(text) ? ["", text] : text.split(/\n(.*)/s);
  return { head, json: parsed(json ?? "") };
}

/**
 * Cases of all kinds: `take(count)` takes so many more and tells of all so far.
 * @param {any} lab The bindings. @param {() => number} bytes What the module has of memory. @param {Record<string, string[]>} corpus Files by kind, in base 64.
 */
export function hostile(lab, bytes, corpus, seed = 1) {
  let chance = chanceOf(seed);
  const one = (of) => of[chance(of.length)];
  const files = Object.fromEntries(Object.entries(corpus).map(([kind, all]) => [kind, all.map((text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0)))]));
  const words = Object.fromEntries(Object.entries(files).map(([kind, all]) => [kind, all.map((file) => new TextDecoder().decode(file))]));
  const kinds = Object.keys(READ);
  const told = { cases: 0, refused: 0, slow: 0, longest: 0, longestOf: "", bytes: 0, wrong: [] };

  const changedText = (text, others) => {
    const [a, b] = [chance(text.length + 1), chance(text.length + 1)];
    const [start, end] = [Math.min(a, b), Math.min(Math.max(a, b), Math.min(a, b) + 1 + chance(40))];
    const other = one(others), from = chance(other.length + 1);
    const put = one([() => "", () => text.slice(start, end).repeat(2), () => other.slice(from, from + chance(40)), () => one(TOKENS), () => one(TOKENS), null]);
    return put ? text.slice(0, start) + put() + text.slice(end) : text.slice(0, start);
  };
  const changedBytes = (bytes) => {
    const at = chance(bytes.length + 1);
    const put = one([[], [0], [255], [chance(256)], [...bytes.slice(at, at + chance(20))]]);
    return chance(4) === 0 ? bytes.slice(0, at) : Uint8Array.from([...bytes.slice(0, at), ...put, ...bytes.slice(at + chance(3))]);
  };
  const another = (value) => {
    if (typeof value === "number" && chance(2)) return value * one([-1, 0, 0.5, 2, 10, 1e9, 1e-9, 1e300]);
    if (typeof value === "string" && chance(2)) return changedText(value, [value, ...TOKENS]);
    return one([one(ODD)(), one(TOKENS), null, true, [], {}]);
  };
  /** Changes one value within another. */
  const change = (value) => {
    if (typeof value !== "object" || value === null || ArrayBuffer.isView(value) || chance(8) === 0) return another(value);
    const keys = Object.keys(value);
    const key = keys.length > 0 ? one(keys) : "x";
    const how = chance(10);
    if (Object.getOwnPropertyDescriptor(value, key)?.get) return null;
    if (how === 0) delete value[key];
    else if (how === 1 && !Array.isArray(value)) Object.defineProperty(value, one(TOKENS), { value: value[key], enumerable: true, configurable: true, writable: true });
    else if (how === 2 && Array.isArray(value)) value.splice(chance(value.length + 1), 0, value[key]);
    else Reflect.set(value, key, change(value[key]));
    return value;
  };
  const inputOf = (kind) => {
    if (kind === "idx") {
      let file = one(files[kind]);
      for (let i = chance(8); i >= 0; i -= 1) file = changedBytes(file);
      return file;
    }
    let text = one(words[kind]);
    const isWords = kind === "link" || kind === "csv";
    if (isWords || chance(4) === 0) for (let i = chance(8); i >= 0; i -= 1) text = changedText(text, words[kind]);
    if (isWords) return text;
    const { head, json } = parts(text);
    let changed = json;
    for (let i = chance(4); i >= 0; i -= 1) changed = change(changed);
    return { head, json: changed };
  };
  const take = (kind) => {
    const input = inputOf(kind);
    const read = () => {
      const start = performance.now();
      try {
        READ[kind](lab, input);
        return { took: performance.now() - start, error: null };
      } catch (error) {
        return { took: performance.now() - start, error };
      }
    };
    let { took, error } = read();
    // a busy machine makes many a case slow once, and none again and again
    for (let i = 0; i < 3 && took > 50; i += 1) took = Math.min(took, read().took);
    if (error) {
      told.refused += 1;
      // ours are plain; a panic, a trap and an exhausted stack have classes of their own
      const isOurs = Object.getPrototypeOf(error) === Error.prototype && ["Error", "DivergedError"].includes(error.name) && /\w/.test(error.message);
      if (!isOurs && told.wrong.length < 20) told.wrong.push(`${kind}: ${error} for ${shown(input)}`);
    }
    told.cases += 1;
    if (took > 50) told.slow += 1;
    if (took > told.longest) [told.longest, told.longestOf] = [took, `${kind}: ${shown(input)}`];
  };
  return {
    /** The same cases again. */
    rewind() {
      chance = chanceOf(seed);
    },
    take(count) {
      for (let i = 0; i < count; i += 1) take(one(kinds));
      told.bytes = bytes();
      return told;
    },
  };
}

function shown(input) {
  try {
    return (typeof input === "string" ? JSON.stringify(input) : input instanceof Uint8Array ? `[${input}]` : JSON.stringify(input, (_, value) => (typeof value === "bigint" || typeof value === "symbol" ? String(value) : value))).slice(0, 600);
  } catch (error) {
    return `what cannot be shown (${error})`;
  }
}
