// ConvNetJS. A regression ends in a linear layer of its own, so w1's output is linear, not tanh.
import { batches } from "../workloads.mjs";
import { script, versionOf } from "./script.mjs";

export async function start() {
  await script("convnetjs/build/convnet-min.js");
  return { version: await versionOf("convnetjs") };
}

export function build(workload, data) {
  const { network } = workload;
  if (!network) throw new Error("no solve");
  const cut = batches(workload, data);
  const size = cut[0].size;
  const examples = cut.flatMap(({ x, y }) => Array.from(y, (y, i) =>
    ({ x: volume(network, x, i), y: network.loss === "cross_entropy" ? y : [y] })));
  const members = Array.from({ length: network.n_members ?? 1 }, () => newNet(network, size));
  let at = 0;
  const step = (n) => {
    for (; n > 0; n--, at = (at + size) % examples.length) {
      for (const { trainer } of members) {
        for (let i = at; i < at + size; i++) trainer.train(disturb(network, examples[i].x), examples[i].y);
      }
    }
  };
  const predict = () => {
    const all = members.map(({ net }) => predictions(network, net, data));
    return all[0].map((_, i) => all.reduce((sum, one) => sum + one[i], 0) / all.length);
  };
  return { step, predict, note: network.layers.at(-1).activation === "tanh" ? "linear output" : "" };
}

function newNet(network, batch_size) {
  const [depth, height, width] = network.input.length ? network.input : [network.input, 1, 1];
  const drop = (keep = 1) => (keep < 1 ? { drop_prob: 1 - keep } : {});
  const hidden = network.layers.slice(0, -1).map(({ kind, units, filters, kernel, activation, keep_prob }) =>
    kind === "dense" ? { type: "fc", num_neurons: units, activation, ...drop(keep_prob) }
      : { type: "conv", sx: kernel, filters, stride: 1, pad: 0, activation });
  const { units } = network.layers.at(-1);
  const last = network.loss === "cross_entropy" ? { type: "softmax", num_classes: units } : { type: "regression", num_neurons: units };
  const inputDrop = network.keep_prob_input < 1 ? [{ type: "dropout", ...drop(network.keep_prob_input) }] : [];
  const net = new convnetjs.Net();
  net.makeLayers([{ type: "input", out_sx: width, out_sy: height, out_depth: depth }, ...inputDrop, ...hidden, last]);
  // Its regression is half a square.
  const learning_rate = network.optimizer.learning_rate * (network.loss === "mse" ? 2 : 1);
  const options = { method: "sgd", learning_rate, momentum: 0, l1_decay: 0, l2_decay: 0, batch_size };
  return { net, trainer: new convnetjs.SGDTrainer(net, options) };
}

function volume(network, x, row) {
  const [depth, height, width] = network.input.length ? network.input : [network.input, 1, 1];
  const vol = new convnetjs.Vol(width, height, depth, 0);
  const size = depth * height * width;
  vol.w.set(x.subarray(row * size, (row + 1) * size));
  return vol;
}

function disturb({ alpha = 0 }, vol) {
  if (alpha === 0) return vol;
  const noisy = vol.clone();
  const sd = Math.sqrt(alpha);
  for (let i = 0; i < noisy.w.length; i++) noisy.w[i] += convnetjs.randn(0, sd);
  return noisy;
}

/** At test time its dropout multiplies by the probability to drop, not to keep: put right here. */
function predictions(network, net, { x, rows }) {
  const dropout = net.layers.filter(({ layer_type }) => layer_type === "dropout");
  const swap = () => dropout.forEach((layer) => { layer.drop_prob = 1 - layer.drop_prob; });
  swap();
  const y_hat = Array.from({ length: rows }, (_, row) => Array.from(net.forward(volume(network, x, row), false).w)).flat();
  swap();
  return y_hat;
}
