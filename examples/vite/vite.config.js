import { cpSync } from "node:fs";

// The element is served as it is, beside the page.
cpSync("node_modules/regularization-playground", "public/regularization-playground", { recursive: true, dereference: true });

export default {
  base: "./",
  // the module is found beside its script, which is to stay where it is
  optimizeDeps: { exclude: ["regularization-playground"] },
  build: { target: "es2022" },
};
