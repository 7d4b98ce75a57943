// Writes one HTML file with everything in it, which runs from a disk, from an LMS or in a sandbox and asks nobody
// for anything: every lab as on the page, dist/regularization-playground.html, or one as in a frame, dist/<lab>.html.
//   node tools/bundle.mjs [lab]
//
// The scripts are those of www, as CommonJS behind a small `require`; the worker is made of the same text. All
// that they fetch goes through engine/files.js, in whose place stands bundle/files.js.
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { commonJs } from "./emit.mjs";
import { notices } from "./notices.mjs";
import { withImports } from "./package.mjs";
import { catalogueIds, read, writtenParts } from "./pages.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const WWW = join(ROOT, "www");
const DIST = join(ROOT, "dist");
const TYPES = { ".html": "text/html", ".json": "application/json", ".svg": "image/svg+xml", ".css": "text/css" };

/** What else is another in a single file: in these scripts the first stands for the second. */
const CHANGES = {
  "engine/workers.js": [['{ type: "classic" }', '{ type: "module" }']], // of what the page itself holds no browser makes a module's worker everywhere
};

/** What every emitted script begins with; what holds them all is strict, and nothing asks whether one was a module. */
const PREAMBLE = /^"use strict";\n(Object\.defineProperty\(exports, "__esModule", \{ value: true \}\);\n)?/;

/** A script as it is taken in. @param {string} name @param {string} text */
function changed(name, text) {
  return (CHANGES[name] ?? []).reduce((text, [now, before]) => {
    if (text.split(before).length !== 2) throw new Error(`${name}: must hold ${before} once, which a single file has as ${now}`);
    return text.replace(before, now);
  }, text.replaceAll("import.meta.url", "location.href"));
}

/** All that a page of this first script runs, and what its worker does. @param {string} first */
const reached = (first) => [...[first, "engine/worker.js"].reduce(withImports, new Set())];

/** The scripts behind a `require`; a page begins with `first`, a worker with the engine. @param {string} first */
function scripts(first) {
  const folder = mkdtempSync(join(tmpdir(), "bundle-"));
  try {
    cpSync(WWW, folder, { recursive: true, filter: (name) => !/\.(wasm|u8|png|json|html|svg|woff2)$/.test(name) });
    cpSync(join(ROOT, "tools/bundle/files.js"), join(folder, "engine/files.js"));
    const names = reached(first);
    for (const name of names) writeFileSync(join(folder, name), changed(name, readFileSync(join(folder, name), "utf8")));
    const emitted = commonJs(folder, names);
    const bodies = names.map((name) => `${JSON.stringify(name)}(require, exports) {\n${emitted.get(name).replace(PREAMBLE, "").trim()}\n}`);
    return `(() => {
"use strict";
const __importStar = (exports) => exports; // what the compiler has a script do that is imported late
const bodies = {
${bodies.join(",\n")}
};
const made = new Map();
const load = (name) => {
  if (!made.has(name)) {
    const exports = {};
    made.set(name, exports);
    bodies[name]((other) => load(new URL(other, "https://file/" + name).pathname.slice(1)), exports);
  }
  return made.get(name);
};
const begin = () => load("engine/files.js").unpackFiles().then(() => load(${JSON.stringify(first)}));
if (typeof document === "undefined") load("engine/worker.js");
else if (document.readyState === "loading") addEventListener("DOMContentLoaded", begin); // the data stands at the end
else begin();
})();`.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A style sheet with all that it names. @param {string} name */
function style(name) {
  return read(name).replace(/url\("([^"]+)"\)/g, (_, other) => {
    const data = readFileSync(join(WWW, posix.join(posix.dirname(name), other)));
    return `url("data:font/woff2;base64,${data.toString("base64")}")`;
  });
}

/** What scripts ask for, by its place. @param {string} first @param {string[]} ids */
function files(first, ids) {
  const styles = reached(first).flatMap((name) => [...read(name).matchAll(/fileUrl\("(styles\/[^"]+)"\)/g)].map(([, style]) => style));
  const posters = readdirSync(join(WWW, "posters")).filter((name) => ids.includes(name.replace(/-\w+\.svg$/, ""))).map((name) => `posters/${name}`);
  const names = [...ids.flatMap((id) => [`labs/${id}.html`, `pkg/labs/${id}.json`]), ...posters, ...styles];
  const held = names.map((name) => [name, { type: TYPES[extname(name)], text: read(name) }]);
  return packed(JSON.stringify(Object.fromEntries(held)));
}

/** @param {string | Buffer} data */
const packed = (data) => gzipSync(data, { level: 9 }).toString("base64");

const hashed = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/**
 * A page of www with all that it links to inside.
 * @param {string} page @param {string} first The script it begins with. @param {string[]} ids The labs.
 */
function single(page, first, ids) {
  const code = scripts(first);
  /** What runs before anything is painted. @type {string[]} */
  const early = [];
  const own = readFileSync(join(ROOT, "tools/bundle/single.css"), "utf8");
  const styles = [own];
  const inlined = read(page)
    .replace(/<meta http-equiv="Content-Security-Policy"[^>]*>\n/, "")
    .replace(/<!-- written: labs -->[^]*?<!-- end -->/, writtenParts(ids).labs)
    .replace(/<link rel="stylesheet" href="([^"]+)"( media="\w+")?>/g, (_, name, media = "") => {
      const text = style(name);
      styles.push(text);
      return `<style${media}>${text}</style>`;
    })
    .replace(/<template id="next">[^]*?<\/template>\n/, "")
    .replace(/<template id="alive">[^]*?<\/template>/, () => `<template id="alive"><template id="next"></template><script id="scripts">${code}</script></template>`)
    .replace(/<script src="([^"]+)"><\/script>/g, (_, name) => `<script>${early[early.push(read(name)) - 1]}</script>`)
    .replace(/<script type="module"[^>]*><\/script>\n|<link rel="(?:modulepreload|preload)"[^>]*>/g, "")
    .replace(/<!-- (?:written: \w+|end) -->\n/g, "")
    .replace(/href="labs\/(\w+)\.html"/g, 'href="#$1"')
    // no picture lies beside it
    .replace(/<img src="posters\/[^>]*>/g, "")
    // other pages are not there
    .replace(/ ?<a href="teachers\.html">[^<]*<\/a>/g, "")
    // the one lab's file has no playground beside it: the link is to the file
    .replace(">Open in the playground<", ">Open in a window of its own<");
  const policy = `default-src 'none'; script-src ${[code, ...early].map(hashed).join(" ")} 'wasm-unsafe-eval'; style-src ${[...new Set(styles.map(hashed))].join(" ")} blob:; img-src data: blob:; connect-src blob:; worker-src blob:; font-src data:; base-uri 'none'; form-action 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types regplay`;
  const module = packed(readFileSync(join(WWW, "pkg/regularization_playground_bg.wasm")));
  const parts = `<script type="text/plain" id="files">${files(first, ids)}</script>
<script type="text/plain" id="module">${module}</script>
<script type="text/plain" id="notices">
${notices()}</script>
</body>`;
  return inlined.replace('<meta charset="utf-8">', () => `<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="${policy}">`)
    .replace("</head>", () => `<style>${own}</style>\n</head>`)
    .replace("</body>", () => parts);
}

const [lab] = process.argv.slice(2);
const ids = await catalogueIds();
if (lab !== undefined && !ids.includes(lab)) {
  console.error(`\nbuild.sh: bundle ${lab}: there is no such lab; the labs are ${ids.join(", ")}`);
  process.exit(2);
}
const text = lab ? single("embed.html", "embed/embed.js", [lab]) : single("index.html", "page/main.js", ids);
const name = `${lab ?? "regularization-playground"}.html`;
mkdirSync(DIST, { recursive: true });
writeFileSync(join(DIST, name), text);
console.error(`\n== dist/${name}: ${Buffer.byteLength(text)} bytes`);
