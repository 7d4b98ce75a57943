// onnxruntime-web's last training build. Its graphs come from graphs.py, beforehand; its web build
// has AdamW and no plain SGD, at a rate that cannot be set.
import { batches, outputs } from "../workloads.mjs";
import { script, versionOf } from "./script.mjs";

export async function start() {
  await script("onnxruntime-web/dist/ort.training.wasm.min.js");
  ort.env.wasm.wasmPaths = new URL("../node_modules/onnxruntime-web/dist/", import.meta.url).href;
  ort.env.wasm.numThreads = 1;
  return { version: await versionOf("onnxruntime-web") };
}

export async function build(workload, data) {
  const { network, key } = workload;
  if (!network) throw new Error("no solve");
  const file = (name) => `/onnxruntime/${key}/${name}`;
  const missing = await fetch("/onnxruntime/missing.txt");
  if (missing.ok) throw new Error(`not run: ${(await missing.text()).trim()}`);
  const session = await ort.TrainingSession.create({ checkpointState: file("checkpoint"),
    trainModel: file("training_model.onnx"), evalModel: file("eval_model.onnx"), optimizerModel: file("optimizer_model.onnx") },
    { executionProviders: ["wasm"] });
  const cut = batches(workload, data).map((batch) => feeds(network, session.trainingInputNames, batch));
  let at = 0;
  const step = async (n) => {
    for (; n > 0; n--, at = (at + 1) % cut.length) {
      await session.runTrainStep(disturb(network, cut[at]));
      await session.runOptimizerStep();
      await session.lazyResetGrad();
    }
  };
  return { step, predict: () => predict(network, session, data), note: "AdamW" };
}

/** Its inputs go by the names of the graph: first the rows, then the targets. */
function feeds(network, [x, y], batch) {
  return { [x]: new ort.Tensor("float32", repeat(network, batch.x), [...members(network), batch.size, ...[network.input].flat()]),
    [y]: network.loss === "cross_entropy"
      ? new ort.Tensor("int64", BigInt64Array.from(batch.y, BigInt), [batch.size])
      : new ort.Tensor("float32", repeat(network, batch.y), [...members(network), batch.size, 1]) };
}

const members = ({ n_members }) => (n_members ? [n_members] : []);

/** Every member has rows of its own in the stacked product. */
function repeat({ n_members = 1 }, values) {
  return Float32Array.from({ length: n_members * values.length }, (_, i) => values[i % values.length]);
}

function disturb({ alpha = 0 }, batch) {
  if (alpha === 0) return batch;
  const sd = Math.sqrt(alpha);
  const noisy = batch.x.data.map((x) => x + sd * Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random()));
  return { ...batch, x: new ort.Tensor("float32", noisy, batch.x.dims) };
}

async function predict(network, session, { x, y, rows }) {
  const result = await session.runEvalStep(feeds(network, session.evalInputNames, { x, y, size: rows }));
  const z = Array.from(result.y_hat.data);
  if (network.loss !== "cross_entropy") {
    const count = network.n_members ?? 1;
    return Array.from({ length: rows }, (_, i) => sumOfMembers(z, i, rows, count) / count);
  }
  return softmaxRows(z, outputs(network));
}

function sumOfMembers(z, i, rows, count) {
  let sum = 0;
  for (let member = 0; member < count; member++) sum += z[member * rows + i];
  return sum;
}

function softmaxRows(z, width) {
  return z.map((value, i) => {
    const row = z.slice(i - (i % width), i - (i % width) + width);
    const largest = Math.max(...row);
    return Math.exp(value - largest) / row.reduce((sum, other) => sum + Math.exp(other - largest), 0);
  });
}
