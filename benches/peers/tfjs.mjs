// TensorFlow.js by its core API, on its cpu or its wasm backend; members of an ensemble go through one
// product of stacked matrices.
import { batches, firstWeights, inputs, outputs } from "../workloads.mjs";
import { script, versionOf } from "./script.mjs";

export async function start(backend) {
  await script("@tensorflow/tfjs/dist/tf.min.js");
  if (backend === "wasm") {
    await script("@tensorflow/tfjs-backend-wasm/dist/tf-backend-wasm.min.js");
    tf.wasm.setWasmPaths(new URL("../node_modules/@tensorflow/tfjs-backend-wasm/wasm-out/", import.meta.url).href);
  }
  if (!(await tf.setBackend(backend))) throw new Error(`no backend ${backend}`);
  return { version: await versionOf("@tensorflow/tfjs") };
}

export function build(workload, data) {
  if (!workload.network) throw new Error("no solve");
  const { network } = workload;
  const cut = batches(workload, data).map(({ x, y, size }) => ({ x: rowsOf(network, x, size), y: targetOf(network, y) }));
  const layers = network.layers.map(layerOf(network));
  const optimizer = tf.train.sgd(network.optimizer.learning_rate);
  let at = 0;
  const step = (n) => {
    for (; n > 0; n--, at = (at + 1) % cut.length) {
      const { x, y } = cut[at];
      tf.tidy(() => optimizer.minimize(() => lossOf(network, forward(network, layers, disturb(network, x), true), y)));
    }
  };
  const predict = () => tf.tidy(() => {
    const z = forward(network, layers, rowsOf(network, data.x, data.rows), false);
    if (network.loss === "cross_entropy") return tf.softmax(z).dataSync();
    return (network.n_members ? z.mean(0) : z).dataSync();
  });
  return { step: checked(step), predict };
}

/** An unregistered kernel is a thing this peer cannot do, and its own words are long. */
function checked(step) {
  return (n) => {
    try {
      step(n);
    } catch (error) {
      const kernel = error.message.match(/Kernel '(\w+)' not registered/)?.[1];
      throw kernel ? new Error(`cannot train: no ${kernel}`) : error;
    }
  };
}

function rowsOf(network, x, rows) {
  if (network.input.length) return tf.tensor4d(x, [rows, ...network.input.slice(1), network.input[0]]);
  return network.n_members ? tf.tensor3d(x, [1, rows, network.input]) : tf.tensor2d(x, [rows, network.input]);
}

function targetOf(network, y) {
  if (network.loss === "cross_entropy") return tf.oneHot(tf.tensor1d(y, "int32"), outputs(network)).toFloat();
  return network.n_members ? tf.tensor3d(y, [1, y.length, 1]) : tf.tensor2d(y, [y.length, 1]);
}

function layerOf(network) {
  let width = inputs(network);
  const members = network.n_members ? [network.n_members] : [];
  return (layer) => {
    const { kind, units, filters, kernel, activation, keep_prob = 1 } = layer;
    const shape = kind === "dense" ? [...members, width, units] : [kernel, kernel, network.input[0], filters];
    const fanIn = kind === "dense" ? width : kernel * kernel * network.input[0];
    width = units ?? filters * (network.input[1] - kernel + 1) * (network.input[2] - kernel + 1);
    const w = tf.variable(tf.randomNormal(shape, 0, firstWeights(layer, fanIn)));
    const b = tf.variable(tf.zeros(kind === "dense" ? [...members, ...(members.length ? [1] : []), units] : [filters]));
    return { kind, w, b, activation, keep_prob };
  };
}

function forward(network, layers, x, training) {
  return layers.reduce((h, { kind, w, b, activation, keep_prob }) => {
    if (kind === "dense" && h.rank === 4) h = h.reshape([h.shape[0], -1]);
    // One input for all members: every one of them gets it.
    if (network.n_members && h.shape[0] === 1) h = h.tile([network.n_members, 1, 1]);
    let z = (kind === "dense" ? tf.matMul(h, w) : tf.conv2d(h, w, 1, "valid")).add(b);
    if (activation === "relu") z = z.relu();
    if (activation === "tanh") z = z.tanh();
    return training && keep_prob < 1 ? tf.dropout(z, 1 - keep_prob) : z;
  }, x);
}

function disturb({ keep_prob_input: keep = 1, alpha = 0 }, x) {
  if (alpha > 0) return x.add(tf.randomNormal(x.shape, 0, Math.sqrt(alpha)));
  return keep < 1 ? tf.dropout(x, 1 - keep) : x;
}

function lossOf({ loss, n_members = 1 }, z, y) {
  if (loss === "cross_entropy") return tf.losses.softmaxCrossEntropy(y, z);
  // The sum over the members: each is trained on its own mean.
  return z.sub(y).square().mean().mul(n_members);
}
