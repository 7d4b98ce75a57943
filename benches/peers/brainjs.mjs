// brain.js. It updates after every example, has one activation for all layers, no dropout and no
// softmax: a step here is as many examples as a batch has, and its table cells carry a note.
import { batches, inputs, oneHot, outputs } from "../workloads.mjs";
import { script, versionOf } from "./script.mjs";

export async function start() {
  await script("brain.js/dist/browser.js");
  return { version: await versionOf("brain.js") };
}

export function build(workload, data) {
  const { network } = workload;
  if (!network) throw new Error("no solve");
  if (network.layers[0].kind !== "dense") throw new Error("no convolution");
  if (network.layers[0].activation === "linear") throw new Error("no linear output");
  const classes = network.loss === "cross_entropy" ? outputs(network) : 0;
  const cut = batches(workload, data).map((batch) => patterns(network, batch, classes));
  const members = Array.from({ length: network.n_members ?? 1 }, () => newNet(network, cut[0].length));
  let at = 0;
  const step = (n) => {
    for (; n > 0; n--, at = (at + 1) % cut.length) {
      for (const member of members) for (const pattern of cut[at]) member.trainPattern(pattern);
    }
  };
  const predict = () => {
    const all = members.map((member) => predictions(network, member, data, classes));
    return all[0].map((_, i) => all.reduce((sum, one) => sum + one[i], 0) / all.length);
  };
  return { step, predict, note: noteOf(network) };
}

function noteOf({ loss, layers }) {
  if (loss === "cross_entropy") return "no dropout, no softmax";
  return layers.at(-1).activation === "linear" ? "tanh output" : "";
}

function newNet(network, size) {
  const sizes = [inputs(network), ...network.layers.map(({ units }) => units)];
  const net = new brain.NeuralNetwork({ inputSize: sizes[0], hiddenLayers: sizes.slice(1, -1), outputSize: sizes.at(-1) });
  const activation = network.layers[0].activation;
  // One update an example instead of one a batch: the rate is the batch's, shared out. Its loss is half a square.
  const learningRate = (network.optimizer.learning_rate * (network.loss === "mse" ? 2 : 1)) / size;
  // It refuses a momentum of 0.
  net.updateTrainingOptions({ activation, learningRate, momentum: 1e-9, iterations: 1 });
  net.sizes = sizes;
  net.initialize();
  return net;
}

function patterns(network, { x, y, size }, classes) {
  const width = inputs(network);
  const targets = classes ? oneHot(y, classes) : y;
  const wide = targets.length / size;
  return Array.from({ length: size }, (_, i) => ({ input: x.slice(i * width, (i + 1) * width),
    output: targets.slice(i * wide, (i + 1) * wide) }));
}

/** Where there are classes: outputs made to sum to 1, so that a loss can be had at all. */
function predictions(network, net, { x, rows }, classes) {
  const width = inputs(network);
  return Array.from({ length: rows }, (_, row) => {
    const output = Array.from(net.runInput(x.subarray(row * width, (row + 1) * width)));
    if (!classes) return output;
    const positive = output.map((p) => Math.max(p, 1e-3));
    const sum = positive.reduce((a, b) => a + b);
    return positive.map((p) => p / sum);
  }).flat();
}
