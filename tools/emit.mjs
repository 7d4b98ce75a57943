// What the TypeScript compiler makes of the scripts of www: types of one for those who use it, and scripts
// that need no modules.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const TSC = join(ROOT, "tests/browser/node_modules/typescript/bin/tsc");

/** Everything the compiler writes for these files, by its place. @param {string} folder @param {string[]} names @param {string[]} options */
function emitted(folder, names, options) {
  const out = mkdtempSync(join(tmpdir(), "emitted-"));
  try {
    const args = [TSC, ...names, "--ignoreConfig", "--allowJs", "--target", "es2022", "--skipLibCheck", "--rootDir", ".", "--outDir", out, ...options];
    const tsc = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
    if (tsc.status !== 0) throw new Error(`tsc: ${tsc.stdout}${tsc.stderr}`);
    const files = readdirSync(out, { recursive: true }).filter((name) => statSync(join(out, name)).isFile());
    return new Map(files.map((name) => [name, readFileSync(join(out, name), "utf8")]));
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/** The types of one script of www, which says them in comments. @param {string} name @returns {[string, string][]} Its file of types alone. */
export function declarations(name) {
  const all = emitted(join(ROOT, "www"), [name], ["--declaration", "--emitDeclarationOnly", "--module", "esnext", "--moduleResolution", "bundler"]);
  const file = name.replace(/\.js$/, ".d.ts");
  return [[file, all.get(file)]];
}

/** Scripts as CommonJS, without their comments and without what the compiler would put into each of them (`__importStar`). @param {string} folder @param {string[]} names @returns {Map<string, string>} */
export const commonJs = (folder, names) => emitted(folder, names, ["--module", "commonjs", "--noCheck", "--removeComments", "--noEmitHelpers"]);
