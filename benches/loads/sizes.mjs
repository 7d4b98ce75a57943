// The size of the module, as it is and as it is sent.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

/** In bytes, of all modules of the package in this folder. */
export function moduleSizes(folder) {
  const modules = readdirSync(folder).filter((name) => name.endsWith(".wasm")).map((name) => readFileSync(join(folder, name)));
  const sum = (size) => modules.reduce((bytes, module) => bytes + size(module).length, 0);
  return { raw: sum((module) => module), gzip: sum((module) => gzipSync(module, { level: 9 })), brotli: sum(brotliCompressSync) };
}
