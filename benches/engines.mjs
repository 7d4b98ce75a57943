// Who runs: ours first, then the peers. `module` is a file under peers/.
export const ENGINES = [
  { key: "ours", name: "this project", module: "ours" },
  { key: "onnxruntime", name: "onnxruntime-web, training build", module: "onnxruntime" },
  { key: "jax", name: "jax-js, wasm", module: "jax" },
  { key: "tfjs_wasm", name: "TensorFlow.js, wasm", module: "tfjs", argument: "wasm" },
  { key: "tfjs_cpu", name: "TensorFlow.js, cpu", module: "tfjs", argument: "cpu" },
  { key: "plainjs", name: "JavaScript by hand", module: "plainjs" },
  { key: "convnetjs", name: "ConvNetJS", module: "convnetjs" },
  { key: "brainjs", name: "brain.js", module: "brainjs" },
  { key: "mlmatrix", name: "ml-matrix", module: "mlmatrix" },
];
