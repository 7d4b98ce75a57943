// Puts the browser's and criterion's numbers together:
//   node collect.mjs browser.json criterion-folder results.json
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { arch, cpus } from "node:os";
import { join } from "node:path";

const [browserFile, criterionFolder, out] = process.argv.slice(2);
const read = (file) => JSON.parse(readFileSync(file, "utf8"));
const { chromium, ...browser } = read(browserFile);
const machine = { cpu: cpus()[0].model.trim(), cores: cpus().length, arch: arch(), chromium, node: process.version.slice(1),
  rustc: execFileSync("rustc", ["--version"], { encoding: "utf8" }).split(" ")[1] };
const rounded = (_key, value) => (typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(5)) : value);
const results = { date: new Date().toISOString().slice(0, 10), machine, ...browser, native: native(criterionFolder) };
writeFileSync(out, `${JSON.stringify(results, rounded, 1)}\n`);

/** Criterion's medians: a list of { group, engine, case, us }. */
function native(folder) {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(join("new", "benchmark.json"))).sort();
  return names.map((name) => {
    const { group_id, function_id, value_str } = read(join(folder, name));
    const { median } = read(join(folder, name, "..", "estimates.json"));
    return { group: group_id, engine: function_id, case: value_str, us: median.point_estimate / 1000 };
  });
}
