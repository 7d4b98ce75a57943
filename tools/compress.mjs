// Compresses what is served, once for each content: node tools/compress.mjs <folder>. A file is named by
// the digest of what it holds (`<sha256>.br`, `<sha256>.gz`), so that none can ever be stale.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

/** What does not shrink by itself already. */
const KINDS = new Set([".html", ".css", ".js", ".json", ".svg", ".wasm", ".u8"]);
const ENCODINGS = { br: brotliCompressSync, gz: (data) => gzipSync(data, { level: 9 }) };

const www = fileURLToPath(new URL("../www/", import.meta.url));
const folder = process.argv[2];
mkdirSync(folder, { recursive: true });
const wanted = new Set();
for (const name of readdirSync(www, { recursive: true })) {
  const file = join(www, name);
  if (!KINDS.has(extname(name)) || !statSync(file).isFile()) continue;
  const data = readFileSync(file);
  for (const [end, compress] of Object.entries(ENCODINGS)) {
    const place = `${createHash("sha256").update(data).digest("hex")}.${end}`;
    wanted.add(place);
    if (existsSync(join(folder, place))) continue;
    // never half of one, where two builds meet
    const part = join(folder, `part.${process.pid}`);
    writeFileSync(part, compress(data));
    renameSync(part, join(folder, place));
  }
}
for (const name of readdirSync(folder)) if (!wanted.has(name) && !name.startsWith("part.")) rmSync(join(folder, name));
