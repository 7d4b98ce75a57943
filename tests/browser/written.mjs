// What the page has to write of a run.
import { readFileSync } from "node:fs";
import { bindings } from "./native.mjs";

// the words around numbers are those of the browsers' language
Object.defineProperty(globalThis, "navigator", { value: { languages: ["en-US"] } });
const { measured } = await import("../../www/page/numbers.js");

/** Every metric that has its place in the lab's table, as it is written there. */
export function written(id, run) {
  const measures = run.metrics();
  const { metrics } = bindings.catalogue().find((lab) => lab.id === id);
  const only = readFileSync(new URL(`../../www/labs/${id}.html`, import.meta.url), "utf8").match(/class="metrics"[^>]*data-only="([^"]+)"/)?.[1].split(" ");
  const specs = metrics.filter(({ key }) => only?.includes(key) ?? true);
  return Object.fromEntries(specs.map(({ key, unit, decimals }) => [key, measured(measures[key], unit, decimals)]));
}
