// Whose work is in what is shipped, and under which licence: the crates in the module, the font, the data.
// Writes them to standard output: node tools/notices.mjs
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const TARGET = "wasm32-unknown-unknown";

/** The packages that are compiled into the module, by name: what only runs while it is compiled is none of them. */
export function crates() {
  const cargo = spawnSync("cargo", ["metadata", "--format-version=1", `--filter-platform=${TARGET}`], { cwd: ROOT, encoding: "utf8", maxBuffer: 1 << 28 });
  if (cargo.status !== 0) throw new Error(`cargo metadata: ${cargo.stderr}`);
  const { packages, resolve: { nodes, root } } = JSON.parse(cargo.stdout);
  const packageOf = new Map(packages.map((crate) => [crate.id, crate]));
  const nodeOf = new Map(nodes.map((node) => [node.id, node]));
  const isMacro = (id) => packageOf.get(id).targets.some(({ kind }) => kind.includes("proc-macro"));
  const found = new Set();
  const meet = (id) => {
    if (found.has(id) || isMacro(id)) return;
    found.add(id);
    for (const { pkg, dep_kinds } of nodeOf.get(id).deps) if (dep_kinds.some(({ kind }) => kind === null)) meet(pkg);
  };
  meet(root);
  found.delete(root);
  return [...found].map((id) => packageOf.get(id)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The terms under which a crate is used: MIT where it is offered. */
function termsOf({ manifest_path }) {
  const folder = dirname(manifest_path);
  const files = readdirSync(folder).filter((name) => /^(licen[cs]e|copying)/i.test(name)).sort();
  const chosen = files.find((name) => /mit/i.test(name)) ?? files[0];
  return chosen ? readFileSync(join(folder, chosen), "utf8").replaceAll("\r", "").trim() : null;
}

/** All notices, as Markdown. @returns {string} */
export function notices() {
  const all = crates();
  /** The crates under each text. @type {Map<string, string[]>} */
  const under = new Map();
  for (const crate of all) {
    const text = termsOf(crate);
    if (text) under.set(text, [...(under.get(text) ?? []), crate.name]);
  }
  const row = ({ name, version, license, repository }) => `| ${repository ? `[${name}](${repository})` : name} | ${version} | ${license} |`;
  const terms = [...under].map(([text, names]) => `### ${names.join(", ")}\n\n\`\`\`text\n${text}\n\`\`\`\n`);
  return `# Third-party notices

The code of the Regularization Playground is licensed under MIT or Apache 2.0, at your option. What follows is
in it and is the work of others.

## Data and font

${readFileSync(join(ROOT, "data/README.md"), "utf8").match(/\| file \|[^]*?\n\n/)[0].trim()}

The formulas are set in a subset of a font under the SIL Open Font License 1.1:

\`\`\`text
${readFileSync(join(ROOT, "www/fonts/OFL.txt"), "utf8").trim()}
\`\`\`

## Crates in the WebAssembly module

Rust's standard library (MIT OR Apache-2.0, the Rust Project Developers), and:

| crate | version | licence |
|---|---|---|
${all.map(row).join("\n")}

## Their terms

${terms.join("\n")}`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) process.stdout.write(notices());
