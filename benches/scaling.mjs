// How the time of our own step grows with batch, members and weights.

const dense = (units, activation) => ({ kind: "dense", units, activation });
const base = { loss: "mse", optimizer: { kind: "sgd", learning_rate: 0.001 } };

/** Hidden widths that give 10^3, 10^4, 10^5 and 10^6 weights between 64 inputs and 10 outputs. */
const WIDTHS = [12, 69, 281, 964];
const weightsOf = (width) => 64 * width + width * width + 10 * width;

const PLAN = [
  ...[16, 32, 64, 128, 256].map((batch_size) => ({ axis: "batch", value: batch_size,
    config: { ...base, input: 64, layers: [dense(64, "relu"), dense(10)], batch_size } })),
  ...[1, 2, 4, 8, 16].map((n_members) => ({ axis: "members", value: n_members,
    config: { ...base, input: 1, layers: [dense(32, "tanh"), dense(32, "tanh"), dense(1)], batch_size: 200, n_members } })),
  ...WIDTHS.map((width) => ({ axis: "weights", value: weightsOf(width),
    config: { ...base, input: 64, layers: [dense(width, "relu"), dense(width, "relu"), dense(10)], batch_size: 32 } })),
];

/** A list of { axis, value, us }: medians of five slices. */
export async function scaling(ours, slice_ms) {
  if (!ours) return [];
  const points = [];
  for (const { axis, value, config } of PLAN) {
    points.push({ axis, value, us: await ours.page.evaluate(timeStep, [config, slice_ms]) });
  }
  return points;
}

/** In the page: microseconds a step. */
async function timeStep([config, slice_ms]) {
  const { Network } = await import("/www/pkg/regularization_playground.js");
  const network = new Network(config);
  const rows = 256;
  const outputs = config.layers.at(-1).units;
  const numbers = (length) => Float64Array.from({ length }, (_, i) => Math.sin(i * i));
  network.load(numbers(rows * config.input), numbers(rows * outputs));
  const time = (n) => {
    const begin = performance.now();
    network.step(n);
    return (1000 * (performance.now() - begin)) / n;
  };
  // A page's clock goes by tenths of a millisecond: a few quick steps take no time at all.
  let steps = 1;
  while (steps * time(steps) < 500 * slice_ms) steps *= 2;
  const slices = Array.from({ length: 5 }, () => time(steps)).sort((a, b) => a - b);
  network.free();
  return slices[2];
}
