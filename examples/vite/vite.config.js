export default {
  base: "./",
  // the module is found beside its script, which is to stay where it is
  optimizeDeps: { exclude: ["regularization-playground"] },
  build: { target: "es2022" },
};
