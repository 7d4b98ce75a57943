// The single files: from a disk and in a sandboxed frame, in three engines, with nothing asked of anybody.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after, before } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { launchChromium } from "../browser/chromium.mjs";
import { TOURED } from "../browser/native.mjs";
import { launchFirefox, launchWebKit } from "../browser/webdriver.mjs";
import { serveFolder } from "./static.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const place = mkdtempSync(join(tmpdir(), "bundle test "));
/** The most bytes that a file may have. Packed and in base 64 the module has 1,215 KB of them, the font 74, what reads own data 25, what reads numbers in any language 6; thousands, encodings and captions moved the module by 17; what was added last are three experiments, the path of narrow layers and own images in all labs on digits, and what a table allows of settings. */
const CEILINGS = { all: 2_080_000, one: 1_825_000 };
/** What a driver that notes nothing by itself is given. */
const UNWATCHED = { takeFailures: () => [] };
let server;

/** @returns The bytes that a call says it has written to a file. */
const told = (name, { status, stderr }) => {
  assert.equal(status, 0, stderr);
  const [, bytes] = stderr.match(new RegExp(`dist/${name}: (\\d+) bytes`));
  assert.equal(Number(bytes), statSync(join(ROOT, "dist", name)).size);
  return Number(bytes);
};
const bundle = (...args) => spawnSync("node", ["tools/bundle.mjs", ...args], { cwd: ROOT, encoding: "utf8" });

before(async () => {
  for (const [lab, name] of [[[], "regularization-playground.html"], [["ensembles"], "ensembles.html"]]) {
    const bytes = told(name, bundle(...lab));
    assert.ok(bytes <= CEILINGS[lab.length > 0 ? "one" : "all"], `${name}: ${bytes} bytes`);
    writeFileSync(join(place, name), readFileSync(join(ROOT, "dist", name)));
  }
  writeFileSync(join(place, "index.html"), `<!doctype html><html lang="en"><title>A course</title><link rel="icon" href="data:,">
<iframe title="lab" width="800" height="600" sandbox="allow-scripts" src="ensembles.html?hide=seed&amp;lock=n_train#ensembles?n_members=4"></iframe></html>`);
  server = await serveFolder(place);
});
after(() => {
  server?.close();
  rmSync(place, { recursive: true, force: true });
});

test("the file of any lab can be had, and none is above its ceiling", () => {
  for (const { id } of TOURED) {
    const bytes = told(`${id}.html`, bundle(id));
    assert.ok(bytes <= CEILINGS.one, `${id}: ${bytes} bytes`);
  }
});

test("a lab that there is not is refused by its name", () => {
  const { status, stderr } = bundle("dropuot");
  assert.equal(status, 2);
  assert.match(stderr, /bundle dropuot: there is no such lab; the labs are playground, /);
});

test("nothing outside is named but what a reader may follow", () => {
  const text = readFileSync(join(place, "regularization-playground.html"), "utf8");
  assert.match(text, /^# Third-party notices$/m);
  const [, policy] = text.match(/Content-Security-Policy" content="([^"]+)"/);
  assert.doesNotMatch(policy, /'self'|https?:|unsafe-inline|'unsafe-eval'/);
  const markup = text.replace(/(<script\b[^>]*>)[^]*?<\/script>/g, "$1");
  assert.match(readFileSync(join(place, "ensembles.html"), "utf8"), /<a [^>]*>Open in a window of its own<\/a>/);
  assert.deepEqual([...markup.matchAll(/<(?:script|link|img|iframe)\b[^>]* (?:src|href)="(?!data:)([^"]+)"/g)].map(([, url]) => url), []);
  assert.doesNotMatch(text, /\bimport\b[^;\n]*from |import\.meta/);
});

/** What the page that is open has come to: its lab, where its engine is, and what it has loaded from elsewhere. */
const standing = () => {
  const section = document.querySelector("section[data-lab]:not([hidden])");
  if (section?.dataset.state !== "done") return null;
  const foreign = performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => !/^(data|blob):/.test(name));
  return { lab: section.dataset.lab, engine: document.documentElement.dataset.engine, foreign, query: section.dataset.query };
};

const ENGINES = {
  Chromium: () => launchChromium(["file://", server.url]),
  Firefox: () => launchFirefox(UNWATCHED),
  WebKitGTK: () => launchWebKit(UNWATCHED),
};

for (const [name, launch] of Object.entries(ENGINES)) {
  test(`from a disk every lab can be opened, and in a sandbox the one of its file runs (${name})`, { timeout: 120_000 }, async () => {
    const browser = await launch();
    try {
      const tab = await browser.open(pathToFileURL(join(place, "regularization-playground.html")).href);
      const first = await tab.waitFor(standing);
      assert.deepEqual({ ...first, query: "" }, { lab: "playground", engine: "worker", foreign: [], query: "" });
      await tab.click('header nav a[href$="#ensemble_formula"]');
      const other = () => document.querySelector("section[data-lab=ensemble_formula]:not([hidden])")?.dataset.state === "done";
      await tab.waitFor(other);
      assert.match(await tab.url(), /regularization-playground\.html#ensemble_formula/);
      await tab.click("button[name=share]");
      const [link, ...others] = await tab.waitFor(() => {
        const seen = [...document.querySelectorAll("#share textarea")].filter((field) => field.offsetParent).map(({ value }) => value);
        return seen.some((text) => text !== "") && seen;
      });
      assert.deepEqual(others, []);
      assert.ok(link.startsWith(pathToFileURL(join(place, "regularization-playground.html")).href) && link.includes("#ensemble_formula?v=1&"), link);
      assert.deepEqual(await tab.takeProblems(), []);

      const course = await browser.open(server.url);
      const frame = await course.inFrame("iframe");
      const { lab, engine, foreign, query } = await frame.waitFor(standing);
      assert.deepEqual([lab, engine, foreign], ["ensembles", "worker", []]);
      assert.match(query, /n_members=4/);
      assert.ok(await frame.evaluate(() => document.querySelector("[name=n_train]").disabled && document.querySelector("[name=seed]")?.offsetParent == null));
      assert.deepEqual(await course.takeProblems(), []);
    } finally {
      await browser.close();
    }
  });
}
