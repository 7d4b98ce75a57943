// Puts what was measured into results.json, part by part; a part that was not measured stays as it is:
//   node collect.mjs folder results.json
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { arch, cpus } from "node:os";
import { join } from "node:path";

const [folder, out] = process.argv.slice(2);
const read = (file) => JSON.parse(readFileSync(file, "utf8"));
const date = new Date().toISOString().slice(0, 10);
const machine = { cpu: cpus()[0].model.trim(), cores: cpus().length, arch: arch(), node: process.version.slice(1),
  rustc: execFileSync("rustc", ["--version"], { encoding: "utf8" }).split(" ")[1] };
const results = existsSync(out) ? read(out) : {};
for (const part of ["workloads", "answers", "loads"]) {
  const file = join(folder, `${part}.json`);
  if (!existsSync(file)) continue;
  const { chromium, ...measured } = read(file);
  results[part] = { date, machine: { ...machine, chromium }, ...measured };
  if (part === "workloads") results[part].native = native(join(folder, "criterion"));
}
const rounded = (_key, value) => (typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(5)) : value);
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
