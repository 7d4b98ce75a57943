// Ridge regression by plain loops, in 64 bits as ours: half of X'X, Cholesky's factorization.

export function ridge({ columns, alpha }, { x, y, rows }) {
  const [x64, y64] = [Float64Array.from(x), Float64Array.from(y)];
  let weights;
  return {
    step(n) { for (let i = 0; i < n; i++) weights = solve(...normalEquations(x64, y64, rows, columns, alpha), columns); },
    predict: () => y64.map((_, row) => weights.reduce((sum, w, j) => sum + w * x64[row * columns + j], 0)),
  };
}

function normalEquations(x, y, rows, n, alpha) {
  const [a, right] = [new Float64Array(n * n), new Float64Array(n)];
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < n; i++) {
      const value = x[row * n + i];
      right[i] += (value * y[row]) / rows;
      for (let j = 0; j <= i; j++) a[i * n + j] += value * x[row * n + j];
    }
  }
  for (let i = 0; i < n * n; i++) a[i] /= rows;
  for (let i = 0; i < n; i++) a[i * n + i] += alpha;
  return [a, right];
}

function solve(a, right, n) {
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let sum = a[i * n + j];
      for (let l = 0; l < j; l++) sum -= a[i * n + l] * a[j * n + l];
      a[i * n + j] = i === j ? Math.sqrt(sum) : sum / a[j * n + j];
    }
  }
  for (let i = 0; i < n; i++) {
    for (let l = 0; l < i; l++) right[i] -= a[i * n + l] * right[l];
    right[i] /= a[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let l = i + 1; l < n; l++) right[i] -= a[l * n + i] * right[l];
    right[i] /= a[i * n + i];
  }
  return right;
}
