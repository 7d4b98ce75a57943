// Prints results.json; with --write it also writes what it says into README.md and benches/README.md:
//   node report.mjs results.json [--write]
import { readFileSync, writeFileSync } from "node:fs";
import { BETWEEN_MARKERS, overview, section, summary } from "./table.mjs";
import { details } from "./workloads-table.mjs";

const [file, write] = process.argv.slice(2);
const results = JSON.parse(readFileSync(file, "utf8"));
const parts = [section(results), ...(results.workloads ? [details(results.workloads)] : []), overview(results)];
console.log(parts.join("\n"));
if (write === "--write") {
  for (const [path, words] of [["README.md", section(results)], ["../README.md", summary(results)]]) {
    const url = new URL(path, import.meta.url);
    writeFileSync(url, readFileSync(url, "utf8").replace(BETWEEN_MARKERS, () => words));
  }
}
