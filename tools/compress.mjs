// Compresses what is served, once for each content: node tools/compress.mjs <folder>. A file is named by
// the digest of what it holds (`<sha256>.br`, `<sha256>.gz`), so that none can ever be stale.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

/** What does not shrink by itself already. */
const KINDS = new Set([".html", ".css", ".js", ".json", ".svg", ".wasm", ".u8", ".xml", ".txt"]);
const ENCODINGS = { br: brotliCompressSync, gz: (data) => gzipSync(data, { level: 9 }) };

/**
 * What a file is compressed to, by the ends of their names; nothing of what does not shrink.
 * @param {string} file @param {string} folder Keeps what was compressed once. @returns {{end: string, place: string}[]}
 */
export function compressed(file, folder) {
  if (!KINDS.has(extname(file))) return [];
  const data = readFileSync(file);
  return Object.entries(ENCODINGS).map(([end, compress]) => {
    const place = join(folder, `${createHash("sha256").update(data).digest("hex")}.${end}`);
    if (existsSync(place)) return { end, place };
    // never half of one, where two builds meet
    const part = join(folder, `part.${process.pid}`);
    writeFileSync(part, compress(data));
    renameSync(part, place);
    return { end, place };
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const www = fileURLToPath(new URL("../www/", import.meta.url));
  const folder = process.argv[2];
  mkdirSync(folder, { recursive: true });
  const files = readdirSync(www, { recursive: true }).map((name) => join(www, name)).filter((file) => statSync(file).isFile());
  const wanted = new Set(files.flatMap((file) => compressed(file, folder)).map(({ place }) => place));
  for (const name of readdirSync(folder)) if (!wanted.has(join(folder, name)) && !name.startsWith("part.")) rmSync(join(folder, name));
}
