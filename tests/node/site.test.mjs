// The site as a static host sends it, with the headers that are written for hosts, in a folder of its own.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";
import test, { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { startChromium } from "../browser/harness.mjs";
import { launchFirefox, launchWebKit } from "../browser/webdriver.mjs";
import { catalogueIds } from "../../tools/pages.mjs";
import { serveFolder } from "./static.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const place = mkdtempSync(join(tmpdir(), "site-"));
const site = join(place, "labs");
const BASE = "https://course.example/labs/";
const build = (...args) => spawnSync("node", ["tools/site.mjs", ...args], { cwd: ROOT, encoding: "utf8" });
const text = (name) => readFileSync(join(site, name), "utf8");
let names, version, chrome, server;

before(async () => {
  const { status, stderr } = build("--base", BASE.slice(0, -1));
  assert.equal(status, 0, stderr);
  assert.match(stderr, /dist\/site: \d+ files, \d+ bytes/);
  cpSync(join(ROOT, "dist/site"), site, { recursive: true });
  names = readdirSync(site, { recursive: true }).filter((name) => statSync(join(site, name)).isFile());
  version = names.find((name) => /^v-[0-9a-f]{10}\//.test(name)).split("/")[0];
  server = await serveFolder(place, headersOf);
  writeFileSync(join(place, "course.html"), `<!doctype html><html lang="en"><title>A course</title><link rel="icon" href="data:,">
<script type="module" src="labs/regularization-lab.js"></script><regularization-lab lab="ensemble_formula"></regularization-lab></html>`);
  chrome = await startChromium([server.url]);
});
after(async () => {
  await chrome?.close();
  server?.close();
  rmSync(place, { recursive: true, force: true });
});

/** The headers that `_headers` gives a path, as Netlify reads it. */
function headersOf(path) {
  const rules = text("_headers").split(/^(?=\S)/m).map((rule) => rule.trim().split("\n"));
  const of = rules.filter(([pattern]) => new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(path));
  return Object.fromEntries(of.flatMap(([, ...lines]) => lines.map((line) => line.trim().split(/: (.*)/).slice(0, 2))));
}

test("an address that is none is refused with an example", () => {
  for (const args of [[], ["--base"], ["--base", "labs"], ["--base", "file:///labs"]]) {
    const { status, stderr } = build(...args);
    assert.equal(status, 2);
    assert.match(stderr, /wants the address at which it will be, as in --base https:\/\//);
  }
});

test("what a page is made of lies in its version's folder, which may be kept for ever", () => {
  for (const name of names.filter((name) => /^[\w-]+\.html$|^labs\/\w+\.html$/.test(name))) {
    // in tags alone: a line to paste is text, and names what lies beside another page
    const tags = text(name).match(/<[a-z][^>]*>/g).join("");
    for (const [, link] of tags.matchAll(/\b(?:href|src|srcset)="(?![a-z]+:)([^"#?]+)/g)) {
      const reached = posix.join(posix.dirname(name), link).replace(/^\.$/, "index.html");
      assert.ok(names.includes(reached), `${name}: ${link}`);
      if (/\.(css|wasm|woff2)$|\/\w+\.js$/.test(reached)) assert.ok(reached.startsWith(`${version}/`), `${name}: ${link}`);
    }
  }
  assert.equal(headersOf(`/labs/${version}/page/main.js`)["Cache-Control"], "public, max-age=31536000, immutable");
  assert.equal(headersOf("/labs/index.html")["Cache-Control"], undefined);
  assert.equal(headersOf("/labs/index.html")["Access-Control-Allow-Origin"], "*");
  assert.ok(text("nginx.conf").includes("location /labs/ {") && names.includes(".nojekyll"));
});

test("every lab has a page with its words, its picture and a card, and is in the list of pages", async () => {
  const sitemap = text("sitemap.xml");
  assert.ok(text("robots.txt").includes(`Sitemap: ${BASE}sitemap.xml`) && sitemap.includes(`<loc>${BASE}</loc>`));
  for (const id of await catalogueIds()) {
    const page = text(`labs/${id}.html`);
    assert.ok(sitemap.includes(`<loc>${BASE}labs/${id}.html</loc>`), id);
    assert.ok(page.includes(`<link rel="canonical" href="${BASE}labs/${id}.html">`), id);
    assert.ok(page.includes(`<meta property="og:image" content="${BASE}previews/${id}.png">`), id);
    assert.match(page, /<meta name="description" content="[^"]{20,}">/, id);
    assert.ok(page.includes(`../posters/${id}-light.svg`) && page.includes(`<section data-lab="${id}"`), id);
    const png = readFileSync(join(site, `previews/${id}.png`));
    assert.deepEqual([png.toString("latin1", 1, 4), png.readUInt32BE(16), png.readUInt32BE(20)], ["PNG", 1200, 630], id);
  }
  assert.ok(text("index.html").includes(`<link rel="canonical" href="${BASE}">`));
  assert.doesNotMatch(text("teachers.html"), /your\.site/);
  assert.ok(text("teachers.html").includes(`&lt;iframe src="${BASE}embed.html#dropout?`) && sitemap.includes(`<loc>${BASE}teachers.html</loc>`));
});

test("beside every text lies what it is compressed to", () => {
  const plain = names.filter((name) => /\.(html|css|js|json|svg|wasm)$/.test(name));
  assert.ok(plain.length > 100);
  for (const name of plain) {
    const data = readFileSync(join(site, name));
    assert.ok(brotliDecompressSync(readFileSync(join(site, `${name}.br`))).equals(data), name);
    assert.ok(gunzipSync(readFileSync(join(site, `${name}.gz`))).equals(data), name);
  }
});

test("a lab comes alive from it, on the page, in a frame, as an element and from its words, and its links are those that stay", async () => {
  const { page, problems, close } = await chrome.open(`${server.url}labs/labs/ensemble_formula.html`);
  assert.equal(await page.locator(".after").evaluate((after) => getComputedStyle(after).visibility), "visible");
  await page.locator("p.live a").first().click();
  const alive = (lab) => page.locator(`section[data-lab=${lab}][data-state=done]`).waitFor();
  await alive("ensemble_formula");
  assert.equal(await page.evaluate(() => document.documentElement.dataset.engine), "worker");
  const root = `${server.url}labs/`;
  await page.goto(`${root}embed.html#ensemble_formula`);
  await alive("ensemble_formula");
  await page.waitForFunction((root) => document.querySelector("footer a").href.startsWith(`${root}index.html#ensemble_formula?v=`), root);
  await page.goto(`${server.url}course.html`);
  await alive("ensemble_formula");
  assert.deepEqual(problems, []);
  await close();
});

for (const [engine, launch] of [["Firefox", launchFirefox], ["WebKitGTK", launchWebKit]]) {
  test(`in ${engine} too an element comes alive from it`, async () => {
    const browser = await launch({ takeFailures: () => [] });
    try {
      const tab = await browser.open(`${server.url}course.html`);
      await tab.waitFor(() => document.querySelector("regularization-lab").shadowRoot?.querySelector("section[data-state=done]") instanceof Element);
    } finally {
      await browser.close();
    }
  });
}

test("the same content has the same folder, whatever the address", () => {
  const again = build("--base", "http://other.site");
  assert.ok(again.stderr.includes(version), again.stderr);
});
