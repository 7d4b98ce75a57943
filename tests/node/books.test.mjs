// Books and decks with a lab in them, built by their authors' tools and read in Chromium. Quick ones by default;
// BOOKS=jupyter,mkdocs names others (./build.sh books).
import assert from "node:assert/strict";
import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import test, { after, before } from "node:test";
import { pathToFileURL } from "node:url";
import { EXAMPLES, SITE, buildBook, packages } from "../../tools/books.mjs";
import { SNIPPETS } from "../../www/page/snippets.js";
import { startChromium } from "../browser/harness.mjs";
import { servePage } from "../browser/serve.mjs";

const NAMES = (process.env.BOOKS || "mkdocs,reveal").split(",");
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2" };
/** What the examples show. */
const SHARED = { site: SITE, lab: "dropout", title: "Dropout", query: "n_train=100&units=16&steps=200", usual: false,
  options: { hide: "seed,question", theme: "light" }, width: null, height: 600 };
const written = (key) => SNIPPETS.find((snippet) => snippet.key === key).write(SHARED);
/** The file of each example that holds a line to paste, and which. */
const HOLDS = { mkdocs: ["docs/index.md", "markdown"], jupyter: ["index.md", "jupyter_book"], reveal: ["index.html", "reveal"] };

let page;
let folder = "";
const host = createServer((request, response) => {
  const path = decodeURIComponent(new URL(request.url, "http://host").pathname).replace(/\/$/, "/index.html");
  const file = join(folder, path);
  if (!existsSync(file) || !statSync(file).isFile()) return response.writeHead(404).end();
  response.setHeader("Content-Type", TYPES[extname(file)] ?? "application/octet-stream");
  createReadStream(file).pipe(response);
});
let chrome;
let hostUrl;
before(async () => {
  page = await servePage();
  await new Promise((ready) => host.listen(0, "127.0.0.1", ready));
  hostUrl = `http://127.0.0.1:${host.address().port}/`;
  chrome = await startChromium([page.url, hostUrl]);
});
after(async () => {
  await chrome?.close();
  host.close();
  host.closeAllConnections();
  page?.close();
});

/** The lab plays to its end, and on paper its poster stands in its place. */
async function playsAndPrints(tab) {
  const frame = tab.page.frameLocator("iframe");
  await frame.locator("section[data-lab=dropout][data-state=done][data-steps='200']").waitFor({ timeout: 60_000 });
  assert.ok(await frame.locator(".question").isHidden());
  assert.ok(await tab.page.locator(".regularization-lab img").isHidden());
  await tab.page.emulateMedia({ media: "print" });
  assert.ok(await tab.page.locator("iframe").isHidden(), "no empty box on paper");
  const poster = tab.page.locator(".regularization-lab img");
  assert.ok(await poster.evaluate((image) => image.complete && image.naturalWidth > 0 && image.clientWidth > 200), "the poster is on paper");
  await tab.page.emulateMedia({ media: "screen" });
  return frame;
}

for (const name of NAMES) {
  test(`${name}: built, with a lab in it that plays`, async () => {
    const [file, key] = HOLDS[name];
    assert.ok(readFileSync(join(EXAMPLES, name, file), "utf8").includes(written(key)), "the example holds what the page says to paste");
    folder = buildBook(name, page.url);
    const tab = await chrome.open(name === "reveal" ? `${hostUrl}#/1` : hostUrl);
    const frame = await playsAndPrints(tab);
    if (name === "reveal") await deckHearsKeys(tab, frame);
    assert.deepEqual(tab.problems.filter((problem) => problem.includes(page.url)), []);
    await tab.close();
  });
}

/** Keys pressed in the lab that it has no use for turn the slides. */
async function deckHearsKeys(tab, frame) {
  const on = (slide) => tab.page.waitForFunction((slide) => globalThis.Reveal.getIndices().h === slide, slide);
  await frame.locator("h1").click();
  await tab.page.keyboard.press("ArrowLeft");
  await on(0);
  // the deck empties the frame it has left, and one that is come back to before that stays empty
  await tab.page.waitForFunction(() => document.querySelector("iframe").contentDocument?.URL === "about:blank");
  await tab.page.keyboard.press("ArrowRight"); // the deck has the keys again
  await on(1);
  await frame.locator("h1").click();
  await tab.page.keyboard.press("PageDown");
  await on(2);
}

test("MyST reads the line for it as a frame with its poster", async () => {
  const { mystParse } = await import(pathToFileURL(join(packages(), "myst-parser/dist/index.js")));
  const [{ name, children: [frame] }] = mystParse(written("myst")).children;
  assert.equal(name, "iframe");
  const { type, src, width, title, children: [poster] } = frame;
  assert.deepEqual({ type, src, width, title }, { type: "iframe", width: "100%", title: "Dropout",
    src: "https://your.site/embed.html#dropout?n_train=100&units=16&steps=200&hide=seed,question&theme=light" });
  assert.deepEqual([poster.type, poster.url], ["image", "https://your.site/posters/dropout-light.svg"]);
});
