// The npm folder as others have it: packed and installed by npm, used in node, checked by tsc, on a plain page
// and built by Vite.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";
import test, { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { startChromium } from "../browser/harness.mjs";
import { serveFolder } from "./static.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const NAME = "regularization-playground";
const place = mkdtempSync(join(tmpdir(), "npm-"));
const installed = join(place, "node_modules", NAME);
let chrome, server;

/** Runs a program to its end, which has to be a good one. */
function run(program, args, cwd = place) {
  const done = spawnSync(program, args, { cwd, encoding: "utf8" });
  assert.equal(done.status, 0, `${program} ${args.join(" ")}:\n${done.stdout}${done.stderr}`);
  return done.stdout;
}

before(async () => {
  run("node", ["tools/package.mjs"], ROOT);
  run("npm", ["pack", "--silent", "--pack-destination", place], join(ROOT, "dist/npm"));
  writeFileSync(join(place, "package.json"), '{ "private": true }');
  run("npm", ["install", "--offline", "--no-audit", "--no-fund", readdirSync(place).find((name) => name.endsWith(".tgz"))]);
  server = await serveFolder(place);
  chrome = await startChromium([server.url]);
});
after(async () => {
  await chrome?.close();
  server?.close();
  rmSync(place, { recursive: true, force: true });
});

const manifest = () => JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));

test("the folder holds what a package has, and nothing stray", () => {
  const names = readdirSync(installed, { recursive: true });
  for (const name of ["package.json", "README.md", "CHANGELOG.md", "THIRD-PARTY.md", "LICENSE-MIT", "LICENSE-APACHE", "fonts/OFL.txt"]) assert.ok(names.includes(name), name);
  assert.deepEqual(names.filter((name) => /(^|\/)\.|\.py$|index\.html$/.test(name)), []);
  const { version, description, exports, license } = manifest();
  const cargo = readFileSync(join(ROOT, "Cargo.toml"), "utf8");
  assert.ok(cargo.includes(`version = "${version}"`) && cargo.includes(`description = "${description}"`));
  assert.equal(license, "(MIT OR Apache-2.0)");
  const files = Object.values(exports).flatMap((target) => (typeof target === "string" ? target : Object.values(target)));
  for (const file of files.filter((file) => !file.includes("*"))) assert.ok(names.includes(file.slice(2)), file);
});

test("what scripts, styles and pages name lies in the folder", () => {
  const names = new Set(readdirSync(installed, { recursive: true }));
  const told = { js: [/^(?:import|export)\b[^;"]* from "(\.[^"]+)"/gm, /^import "(\.[^"]+)"/gm, /\bimport\(["`](\.[^"`?]+)/g], css: [/url\("([^"]+)"\)/g, /@import "([^"]+)"/g] };
  let count = 0;
  for (const name of names) {
    const text = /\.(js|css)$/.test(name) ? readFileSync(join(installed, name), "utf8") : "";
    for (const pattern of told[name.split(".").at(-1)] ?? []) for (const [, other] of text.matchAll(pattern)) {
      const reached = posix.join(posix.dirname(name), other);
      assert.ok(names.has(reached), `${name}: ${other}`);
      count += 1;
    }
    for (const [, other] of text.matchAll(/(?:fileUrl|fetchFile)\("([^"]+)"/g)) assert.ok(names.has(other) || /^(index|embed)\.html$/.test(other), `${name}: ${other}`);
  }
  assert.ok(count > 10, `${count}`);
});

test("notices name every crate of the lock that is in the module, the font and the data", () => {
  const text = readFileSync(join(installed, "THIRD-PARTY.md"), "utf8");
  const lock = readFileSync(join(ROOT, "Cargo.lock"), "utf8");
  const rows = [...text.matchAll(/^\| \[([\w-]+)\]\([^)]+\) \| ([\d.]+) \| (.+) \|$/gm)];
  for (const [, name, version] of rows) assert.ok(lock.includes(`name = "${name}"\nversion = "${version}"`), name);
  const names = rows.map(([, name]) => name);
  for (const name of ["wasm-bindgen", "plotters", "rand", "libm", "serde"]) assert.ok(names.includes(name), name);
  for (const name of ["syn", "criterion", "proptest"]) assert.ok(!names.includes(name), name);
  assert.match(text, /STIX[^]*digits\.csv|digits\.csv[^]*STIX/);
});

/** The examples of the package's README, in order. */
const examples = () => [...readFileSync(join(installed, "README.md"), "utf8").matchAll(/```js\n([^]*?)```/g)].map(([, code]) => code);

test("the README's examples run in node, and the module waits for init", () => {
  const [first, mnist] = examples();
  writeFileSync(join(place, "early.mjs"), `import { version } from "${NAME}";\ntry { version(); } catch (error) { console.log(error.message); }`);
  assert.match(run("node", ["early.mjs"]), /^the module is not loaded yet: call init\(\)/);
  writeFileSync(join(place, "first.mjs"), first);
  const [answer, metrics] = run("node", ["first.mjs"]).trim().split("\n").slice(-2);
  assert.ok(Number(/([\d.]+)\D*$/.exec(answer)[1]) > 0.5, answer);
  assert.match(metrics, /^0\.\d+ v=1&/);
  writeFileSync(join(place, "mnist.mjs"), `${mnist}\nconsole.log(x.length, y.length);`);
  assert.equal(run("node", ["mnist.mjs"]), "3920000 5000\n");
});

test("the types pass the strict check with the usual libraries", () => {
  const [first, mnist] = examples();
  const element = `import "${NAME}/element";\ndocument.createElement("regularization-lab").pause();\n`;
  writeFileSync(join(place, "use.mts"), `${first}\n${mnist}\n${element}const wrong: number = new Lab("dropout").query();\n`);
  const tsc = join(ROOT, "tests/browser/node_modules/typescript/bin/tsc");
  const args = [tsc, "--strict", "--noEmit", "--target", "es2022", "--module", "nodenext", "--moduleResolution", "nodenext", "use.mts"];
  const { stdout } = spawnSync("node", args, { cwd: place, encoding: "utf8" });
  assert.match(stdout, /^use\.mts\(\d+,7\): error TS2322: Type 'string' is not assignable to type 'number'\.\s*$/, stdout);
});

/** Opens an example's page: its network has learned exclusive or, and its lab comes to its end. */
async function checkExample(path) {
  const { page, problems, close } = await chrome.open(new URL(path, server.url).href);
  await page.waitForFunction(() => /\d/.test(document.querySelector("output, td:last-child").textContent));
  const answers = await page.locator("output, td:last-child").allInnerTexts();
  assert.deepEqual(answers.join(" ").split(" ").map((y) => Math.round(Number(y))), [0, 1, 1, 0]);
  await page.locator("section[data-lab=ensembles][data-state=done]").waitFor();
  assert.deepEqual(problems, []);
  await close();
}

test("a plain page uses the folder as it is", async () => {
  cpSync(join(ROOT, "examples/plain"), place, { recursive: true });
  await checkExample("index.html");
});

test("a page built by Vite uses it", async () => {
  const folder = join(place, "vite");
  const from = join(ROOT, "examples/vite");
  cpSync(from, folder, { recursive: true, filter: (name) => !/\/(node_modules|dist|public)$/.test(name) });
  cpSync(installed, join(folder, "node_modules", NAME), { recursive: true });
  for (const name of readdirSync(join(from, "node_modules"))) if (name !== NAME) symlinkSync(join(from, "node_modules", name), join(folder, "node_modules", name));
  const said = run("node", ["node_modules/vite/bin/vite.js", "build"], folder);
  assert.doesNotMatch(said, /warn/i);
  await checkExample("vite/dist/index.html");
});
