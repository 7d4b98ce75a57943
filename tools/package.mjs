// Writes dist/npm, the folder that is published: what www has for a page of somebody else's (the module, the
// element, MNIST), with all that these read, and a README, licences and notices of its own.
//   node tools/package.mjs
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { declarations } from "./emit.mjs";
import { notices } from "./notices.mjs";
import { read } from "./pages.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const OUT = join(ROOT, "dist/npm");
const MODULE = "pkg/regularization_playground";

/** What can be imported, by the name it has for others. */
const ENTRIES = {
  ".": `${MODULE}.js`,
  "./element": "regularization-lab.js",
  "./mnist": "mnist.js",
};
/** Folders that scripts read from by their place. */
const FOLDERS = ["data", "fonts", "labs", "pkg/labs", "posters", "styles"];
/** What else goes along, from where to where. */
const PAPERS = ["LICENSE", "LICENSE-MIT", "LICENSE-APACHE", "CHANGELOG.md"];

/** Bytes of the packed folder, gzipped file by file: more of them fail the build. Of these MNIST has 1,100 KB, the module 830. */
const CEILING = 2_300_000;

/** A script and all that it imports, now or later, in the order in which they are met. @param {Set<string>} names @param {string} name */
export function withImports(names, name) {
  if (names.has(name)) return names;
  names.add(name);
  const told = [/^(?:import|export)[^;"]*? from "(\.[^"]+)";/gm, /^import "(\.[^"]+)";/gm, /\bimport\(["`](\.[^"`?]+)/g];
  const others = told.flatMap((pattern) => [...read(name).matchAll(pattern)].map(([, other]) => posix.join(posix.dirname(name), other)));
  return others.reduce(withImports, names);
}

/** The scripts of the package, as their places in www. */
export function scripts() {
  // the worker is no import: it is named by its place
  return [...[...Object.values(ENTRIES), "engine/worker.js"].reduce(withImports, new Set())];
}

function manifest() {
  const cargo = readFileSync(join(ROOT, "Cargo.toml"), "utf8");
  const field = (name) => cargo.match(new RegExp(`^${name} = "(.*)"$`, "m"))[1];
  const entry = ([name, file]) => [name, { types: `./${file.replace(/\.js$/, ".d.ts")}`, default: `./${file}` }];
  return {
    name: "regularization-playground",
    version: field("version"),
    description: field("description"),
    keywords: JSON.parse(cargo.match(/^keywords = (.*)$/m)[1]),
    license: `(${field("license")})`,
    type: "module",
    main: `./${MODULE}.js`,
    types: `./${MODULE}.d.ts`,
    exports: {
      ...Object.fromEntries(Object.entries(ENTRIES).map(entry)),
      "./module.wasm": `./${MODULE}_bg.wasm`,
      "./posters/*": "./posters/*",
      "./package.json": "./package.json",
    },
    engines: { node: ">=18" },
  };
}

function copy(from, to = from) {
  const target = join(OUT, to);
  mkdirSync(dirname(target), { recursive: true });
  cpSync(join(ROOT, from), target, { recursive: true, filter: (name) => !name.endsWith(".py") });
}

function writePackage() {
  rmSync(OUT, { recursive: true, force: true });
  for (const name of scripts()) copy(`www/${name}`, name);
  for (const name of FOLDERS) copy(`www/${name}`, name);
  for (const end of [".d.ts", "_bg.wasm", "_bg.wasm.d.ts"]) copy(`www/${MODULE}${end}`, `${MODULE}${end}`);
  for (const [name, text] of declarations("mnist.js")) writeFileSync(join(OUT, name), text);
  copy("www/regularization-lab.d.ts", "regularization-lab.d.ts");
  for (const name of PAPERS) copy(name);
  copy("tools/npm/README.md", "README.md");
  writeFileSync(join(OUT, "THIRD-PARTY.md"), notices());
  writeFileSync(join(OUT, "package.json"), `${JSON.stringify(manifest(), null, 2)}\n`);
}

function size() {
  const files = readdirSync(OUT, { recursive: true }).map((name) => join(OUT, name)).filter((name) => statSync(name).isFile());
  const sum = (sizes) => sizes.reduce((a, b) => a + b, 0);
  const [plain, zipped] = [sum(files.map((name) => statSync(name).size)), sum(files.map((name) => gzipSync(readFileSync(name), { level: 9 }).length))];
  console.error(`\n== dist/npm: ${files.length} files, ${plain} bytes, ${zipped} gzipped`);
  if (zipped > CEILING) throw new Error(`the package has ${zipped} bytes gzipped, above its ceiling of ${CEILING} (tools/package.mjs)`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  writePackage();
  size();
}
