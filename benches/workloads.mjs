// The workloads W1 to W7 and their data. workloads.json defines them, in the words of the bindings'
// NetworkConfig, for every engine here and for native.rs; `equal_steps` is how many steps each engine
// takes before its loss is looked at and its clock starts. The data come from a seed.

const file = new URL("workloads.json", import.meta.url);

/** Read in pages and in node alike. */
export const WORKLOADS = JSON.parse(file.protocol === "file:"
  ? await (await import("node:fs/promises")).readFile(file, "utf8")
  : await (await fetch(file)).text());

/** The training set of a workload: `x` (rows x inputs), `y` (rows), and the outputs a row has. */
export function examples({ data: { from, rows } }, digitsCsv) {
  const chance = generator(1);
  return { rows, ...SOURCES[from](rows, chance, digitsCsv) };
}

const SOURCES = {
  circle(rows, { uniform }) {
    const x = Float32Array.from({ length: 2 * rows }, () => 2 * uniform() - 1);
    return { x, y: fill(rows, (i) => (Math.hypot(x[2 * i], x[2 * i + 1]) < 0.7 ? 1 : -1)) };
  },
  sine(rows, { normal }) {
    const x = fill(rows, (i) => (2 * i) / (rows - 1) - 1);
    return { x, y: fill(rows, (i) => Math.sin(4 * x[i]) + 0.1 * normal()) };
  },
  linear(rows, { normal }) {
    const w = fill(100, () => normal() / 10);
    const x = fill(100 * rows, normal);
    return { x, y: fill(rows, (i) => w.reduce((sum, w, j) => sum + w * x[100 * i + j], 0) + 0.3 * normal()) };
  },
  /** Ten blurred points in 784 dimensions: the shape of MNIST without its megabytes. */
  clusters(rows, { normal, uniform }) {
    const centres = fill(7840, () => Math.max(0, uniform() - 0.6));
    const y = fill(rows, () => Math.floor(10 * uniform()));
    const pixel = (i) => centres[784 * y[Math.floor(i / 784)] + (i % 784)] + 0.3 * normal();
    return { x: fill(784 * rows, (i) => Math.min(1, Math.max(0, pixel(i)))), y };
  },
  digits(rows, _chance, csv) {
    const lines = csv.trim().split("\n").slice(1, 1 + rows).map((line) => line.split(",").map(Number));
    return { x: Float32Array.from(lines.flatMap((line) => line.slice(1).map((ink) => ink / 16))),
      y: Float32Array.from(lines, (line) => line[0]) };
  },
};

function fill(length, value) {
  return Float32Array.from({ length }, (_, i) => value(i));
}

/** Uniform and normal numbers from a seed (mulberry32, Box and Muller). */
export function generator(seed) {
  let state = seed;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return { uniform, normal };
}

/** Numbers a row of input, whatever their arrangement. */
export const inputs = ({ input }) => [input].flat().reduce((product, size) => product * size);

/** Numbers a row of output. */
export const outputs = ({ layers }) => layers.at(-1).units;

/** The standard deviation of a layer's first weights: He's before relu, else Glorot's, as our defaults. */
export function firstWeights({ activation, units }, fanIn) {
  return Math.sqrt(2 / (activation === "relu" ? fanIn : fanIn + units));
}

/** The training set cut into full batches, in a fixed order: peers are spared the shuffling. */
export function batches({ network }, { x, y, rows }) {
  const size = network.batch_size || rows;
  const width = inputs(network);
  return Array.from({ length: Math.floor(rows / size) }, (_, i) => ({ size,
    x: x.slice(i * size * width, (i + 1) * size * width), y: y.slice(i * size, (i + 1) * size) }));
}

/** One row of zeros and a one for each class. */
export function oneHot(y, classes) {
  const rows = new Float32Array(y.length * classes);
  y.forEach((label, i) => { rows[i * classes + label] = 1; });
  return rows;
}

/** The mean loss of predictions (probabilities where there are classes), the same sum for every engine. */
export function lossOf({ network }, { y, rows }, predictions) {
  const classes = network?.loss === "cross_entropy" ? outputs(network) : 0;
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    sum += classes ? -Math.log(Math.max(predictions[i * classes + y[i]], 1e-9)) : (predictions[i] - y[i]) ** 2;
  }
  return sum / rows;
}
