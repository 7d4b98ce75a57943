// Runs a module once in node: node tools/run_in_node.mjs <the package's files without their ends>
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const files = process.argv[2];
const lab = await import(pathToFileURL(`${files}.js`));
lab.initSync({ module: readFileSync(`${files}_bg.wasm`) });
const labs = lab.catalogue().length;
let trained = "";
if (lab.Network) {
  const network = new lab.Network({ input: 2, loss: "mse", keep_prob_input: 0.8, alpha: 0.1,
    layers: [{ kind: "dense", units: 4, activation: "tanh", keep_prob: 0.5 }, { kind: "dense", units: 1 }] });
  network.load(new Float64Array([0, 0, 0, 1, 1, 0, 1, 1]), new Float64Array([0, 1, 1, 0]));
  const { step, loss } = network.step(20);
  if (step !== 20 || !Number.isFinite(loss)) throw new Error(`after 20 steps: step ${step}, loss ${loss}`);
  trained = ", a network trained";
}
console.error(`\n== the module ran in node: version ${lab.version()}, ${labs} labs${trained}`);
