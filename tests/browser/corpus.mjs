// The files of fuzz/corpus by kind, in base 64: for pages, which read no folders.
import { readFileSync, readdirSync } from "node:fs";

const FOLDER = new URL("../../fuzz/corpus/", import.meta.url);

/** @returns {Record<string, string[]>} */
export function corpus() {
  const files = (kind) => readdirSync(new URL(`${kind}/`, FOLDER)).sort().map((name) => readFileSync(new URL(`${kind}/${name}`, FOLDER)).toString("base64"));
  return Object.fromEntries(readdirSync(FOLDER).map((kind) => [kind, files(kind)]));
}
