// This project, through its public bindings.
import init, { Network, ridge, version } from "/www/pkg/regularization_playground.js";

export async function start() {
  await init();
  return { version: version() };
}

export function build(workload, { x, y }) {
  const [x64, y64] = [Float64Array.from(x), Float64Array.from(y)];
  return workload.network ? train(workload.network, x64, y64) : solve(workload, x64, y64);
}

function train(config, x, y) {
  const network = new Network(config);
  network.load(x, y);
  return { step: (n) => void network.step(n), predict: () => network.predict(x) };
}

function solve({ columns, alpha }, x, y) {
  let weights;
  return {
    step(n) { for (let i = 0; i < n; i++) ({ weights } = ridge(x, y, columns, alpha, false)); },
    predict: () => Float64Array.from(y, (_, row) =>
      weights.reduce((sum, w, j) => sum + w * x[row * columns + j], 0)),
  };
}
