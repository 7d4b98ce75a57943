// ml-matrix: the closed form only, in 64 bits.
import { script, versionOf } from "./script.mjs";

export async function start() {
  await script("ml-matrix/matrix.umd.js");
  return { version: await versionOf("ml-matrix") };
}

export function build({ network, columns, alpha }, { x, y, rows }) {
  if (network) throw new Error("no networks");
  const { Matrix, CholeskyDecomposition } = mlMatrix;
  const a = Matrix.from1DArray(rows, columns, Array.from(x));
  const target = Matrix.from1DArray(rows, 1, Array.from(y));
  const penalty = Matrix.eye(columns, columns).mul(alpha);
  let weights;
  const solve = () => {
    const transposed = a.transpose();
    const gram = transposed.mmul(a).div(rows).add(penalty);
    weights = new CholeskyDecomposition(gram).solve(transposed.mmul(target).div(rows));
  };
  return { step(n) { for (; n > 0; n--) solve(); }, predict: () => a.mmul(weights).to1DArray() };
}
