// A baseline by hand: plain loops over Float32Array, in the obvious order, nothing tuned.
import { batches, inputs, oneHot, outputs } from "../workloads.mjs";
import { layer } from "./plainjs/layers.mjs";
import { ridge } from "./plainjs/ridge.mjs";

export const start = () => ({ version: "" });

export function build(workload, data) {
  return workload.network ? train(workload, data) : ridge(workload, data);
}

function train(workload, data) {
  const { network } = workload;
  const cut = batches(workload, data).map((batch) => ({ ...batch, target: target(network, batch.y) }));
  const members = Array.from({ length: network.n_members ?? 1 }, () => member(network, cut[0].size));
  let at = 0;
  const step = (n) => {
    for (; n > 0; n--, at = (at + 1) % cut.length) members.forEach((member) => member.step(cut[at]));
  };
  return { step, predict: () => average(members.map((member) => member.predict(data))) };
}

const target = ({ loss, layers }, y) => (loss === "cross_entropy" ? oneHot(y, layers.at(-1).units) : y);

function average(predictions) {
  return predictions[0].map((_, i) => predictions.reduce((sum, one) => sum + one[i], 0) / predictions.length);
}

/** One network with room for batches of `size` rows. */
function member(network, size) {
  const layers = [];
  let shape = [network.input].flat();
  for (const config of network.layers) {
    layers.push(layer(config, shape, size));
    shape = layers.at(-1).shape;
  }
  const input = new Float32Array(size * inputs(network));
  const gradient = new Float32Array(size * outputs(network));
  const rate = network.optimizer.learning_rate;
  return {
    step({ x, target }) {
      disturb(network, x, input);
      const output = forward(layers, input, size, true);
      lossGradient(network, output, target, size, gradient);
      layers.reduceRight((above, layer, i) => layer.backward(above, size, i > 0), gradient);
      for (const layer of layers) layer.update(rate);
    },
    predict: ({ x, rows }) => predict(network, layers, x, rows, size),
  };
}

function forward(layers, input, rows, training) {
  return layers.reduce((h, layer) => layer.forward(h, rows, training), input);
}

/** Dropout of the inputs, or noise of variance alpha on them. */
function disturb({ keep_prob_input: keep = 1, alpha = 0 }, x, input) {
  const sd = Math.sqrt(alpha);
  for (let i = 0; i < x.length; i++) {
    if (keep < 1) input[i] = Math.random() < keep ? x[i] / keep : 0;
    else if (alpha > 0) input[i] = x[i] + sd * normal();
    else input[i] = x[i];
  }
}

const normal = () => Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());

function lossGradient({ loss }, output, target, rows, gradient) {
  const width = gradient.length / rows;
  if (loss === "cross_entropy") {
    softmax(output, rows, width, gradient);
    for (let i = 0; i < gradient.length; i++) gradient[i] = (gradient[i] - target[i]) / rows;
  } else {
    for (let i = 0; i < gradient.length; i++) gradient[i] = (2 * (output[i] - target[i])) / gradient.length;
  }
}

function softmax(z, rows, width, p) {
  for (let row = 0; row < rows; row++) {
    const first = row * width;
    let largest = -Infinity;
    for (let j = 0; j < width; j++) largest = Math.max(largest, z[first + j]);
    let sum = 0;
    for (let j = 0; j < width; j++) sum += p[first + j] = Math.exp(z[first + j] - largest);
    for (let j = 0; j < width; j++) p[first + j] /= sum;
  }
}

function predict(network, layers, x, rows, size) {
  const [width, wide] = [inputs(network), outputs(network)];
  const y_hat = new Float32Array(rows * wide);
  for (let first = 0; first < rows; first += size) {
    const here = Math.min(size, rows - first);
    const z = forward(layers, x.subarray(first * width, (first + here) * width), here, false);
    const p = y_hat.subarray(first * wide, (first + here) * wide);
    if (network.loss === "cross_entropy") softmax(z, here, wide, p);
    else p.set(z.subarray(0, here * wide));
  }
  return y_hat;
}
