// What every crate adds to the module: the bytes of its functions, by the names that stand in the module before it
// is optimised. What is generic counts where it is written, not where it is used. node tools/sizes.mjs <module.wasm>
import { readFileSync } from "node:fs";

const [FUNCTION_NAMES, CODE, DATA, IMPORT] = [1, 10, 11, 2];

/** Reads a module from a place on. */
class Reader {
  constructor(bytes, at = 0) {
    Object.assign(this, { bytes, at });
  }

  number() {
    let [value, shift] = [0, 0];
    for (;;) {
      const byte = this.bytes[this.at++];
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
      shift += 7;
    }
  }

  take(length) {
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  text() {
    return this.take(this.number()).toString("utf8");
  }

  /** The bytes of each of so many things. */
  *parts() {
    for (let left = this.number(); left > 0; left -= 1) yield this.take(this.number());
  }
}

/** The sections of a module: number, name where it has one, bytes. */
function* sections(bytes) {
  for (const reader = new Reader(bytes, 8); reader.at < bytes.length;) {
    const id = reader.bytes[reader.at++];
    const inner = new Reader(reader.take(reader.number()));
    const name = id === 0 ? inner.text() : "";
    yield { id, name, bytes: inner.bytes.subarray(inner.at) };
  }
}

/** How many functions are imported: they are counted before those that are there. */
function imported(bytes) {
  const reader = new Reader(bytes);
  let functions = 0;
  for (let left = reader.number(); left > 0; left -= 1) {
    reader.text();
    reader.text();
    const kind = reader.number();
    if (kind === 0) functions += 1;
    // a type; a table, a memory with its limits; a global with its mutability; a tag
    if (kind === 1) reader.take(1);
    if (kind === 1 || kind === 2) for (let limits = reader.number() & 1 ? 2 : 1; limits > 0; limits -= 1) reader.number();
    else reader.take(kind === 3 ? 2 : kind === 4 ? 1 : 0), (kind === 0 || kind === 4) && reader.number();
  }
  return functions;
}

function functionNames(bytes) {
  const names = new Map();
  for (const reader = new Reader(bytes); reader.at < bytes.length;) {
    const kind = reader.number();
    const part = new Reader(reader.take(reader.number()));
    if (kind !== FUNCTION_NAMES) continue;
    for (let left = part.number(); left > 0; left -= 1) names.set(part.number(), part.text());
  }
  return names;
}

const STANDARD = ["core", "alloc", "std", "hashbrown", "dlmalloc", "compiler_builtins", "panic_unwind", "unwind", "memchr", "__rustc"];

/** The crate in which a function is written; of a type's method the crate of the type, else of the trait. */
function crateOf(name) {
  const [, legacy] = /^_ZN(\d+.*)$/s.exec(name) ?? [];
  // a crate's name in the one form or the other, behind how long it is
  const [, length, rest] = (legacy ? /^(\d+)(.*)$/s : /C(?:s\w*?_)?(\d+)_?([a-z_]\w*)/).exec(legacy ?? (name.startsWith("_R") ? name : "")) ?? ["", "0", ""];
  const first = rest.slice(0, Number(length));
  const words = legacy ? first.replaceAll("..", "::").replace(/\$\w+\$/g, " ").match(/[a-z_]\w*(?=::|$)/g) ?? [] : [first].filter(Boolean);
  const known = words.map((word) => word.replace(/^_(?=[a-z])/, "")).find((word) => !["u20", "dyn", "as", "for"].includes(word));
  if (!known) return "exports, and what wasm-bindgen makes for them";
  return STANDARD.includes(known) ? "Rust’s standard library" : known;
}

const bytes = readFileSync(process.argv[2]);
let [code, names, first, data, others] = [null, new Map(), 0, 0, 0];
for (const section of sections(bytes)) {
  if (section.id === CODE) code = section.bytes;
  else if (section.id === DATA) data = section.bytes.length;
  else if (section.name === "name") names = functionNames(section.bytes);
  else if (section.name === "") others += section.bytes.length;
  if (section.id === IMPORT) first = imported(section.bytes);
}
const sizes = new Map();
let place = first;
for (const body of new Reader(code).parts()) {
  const crate = crateOf(names.get(place++) ?? "");
  const { bytes = 0, functions = 0 } = sizes.get(crate) ?? {};
  sizes.set(crate, { bytes: bytes + body.length, functions: functions + 1 });
}
const shown = (number) => number.toLocaleString("en");
const rows = [...sizes].sort(([, a], [, b]) => b.bytes - a.bytes).map(([crate, { bytes, functions }]) => [crate, shown(functions), shown(bytes)]);
console.log("| crate | functions | bytes of code |\n|---|---:|---:|");
for (const row of rows) console.log(`| ${row.join(" | ")} |`);
console.log(`| all code | ${shown(place - first)} | ${shown(code.length)} |\n| data: digits, words, tables | | ${shown(data)} |\n| types, tables, exports | | ${shown(others)} |`);
