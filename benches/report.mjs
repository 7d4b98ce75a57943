// Prints results.json, and writes its section into README.md:
//   node report.mjs results.json [README.md]
import { readFileSync, writeFileSync } from "node:fs";
import { BETWEEN_MARKERS, details, section } from "./table.mjs";

const [file, readme] = process.argv.slice(2);
const results = JSON.parse(readFileSync(file, "utf8"));
console.log(`${section(results)}\n${details(results)}`);
if (readme) {
  const text = readFileSync(readme, "utf8");
  writeFileSync(readme, text.replace(BETWEEN_MARKERS, () => section(results)));
}
