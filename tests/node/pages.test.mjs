// The pages as they are shipped: what is written into them, and what the first lab waits for.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import test from "node:test";
import { gzipSync } from "node:zlib";
import { catalogue, catalogueIds, pages, read, written } from "../../tools/pages.mjs";

const www = new URL("../../www/", import.meta.url);

test("the pages hold what follows from the labs' files, and every lab has its file", async () => {
  const ids = await catalogueIds();
  for (const { name, parts } of pages(ids)) assert.equal(read(name), written(name, parts), `${name} is stale: run ./build.sh build`);
  assert.deepEqual(readdirSync(new URL("labs", www)).sort(), ids.map((id) => `${id}.html`).sort());
});

test("the page holds a link to every lab's text, and the first lab's alone", async () => {
  const page = read("index.html");
  for (const id of await catalogueIds()) assert.ok(page.includes(`<a href="labs/${id}.html" data-lab="${id}"`), id);
  assert.equal(page.match(/<section data-lab=/g).length, 1);
  assert.ok(page.split("\n").length <= 180);
});

test("a lab's text can be read by itself, under its name", async () => {
  for (const id of await catalogueIds()) {
    const text = read(`labs/${id}.html`);
    const { pill, group } = text.match(/data-pill="(?<pill>[^"]+)"(?: data-group="(?<group>[^"]+)")?/).groups;
    const name = group ? `${group}: ${pill}` : pill;
    assert.ok(text.includes(`<title>${name} · Regularization Playground</title>`), id);
    assert.ok(text.includes('<link rel="stylesheet" href="../styles/prose.css">'), id);
    assert.ok(text.includes(`<a href="../index.html#${id}">`), id);
  }
});

test("a lab's text on its own shows what goes with the defaults, has no holes, and its links lead to the page", async () => {
  for (const { id, parameters } of await catalogue()) {
    const text = read(`labs/${id}.html`);
    const defaults = new Map(parameters.map((spec) => [spec.key, String(spec.default)]));
    for (const [tag, when] of text.matchAll(/<[^<>]* data-when="([^"]+)"[^<>]*>/g)) {
      const [key, ...values] = when.split(" ");
      assert.equal(/ hidden\b/.test(tag), !values.includes(defaults.get(key)), `${id}: ${tag}`);
    }
    assert.doesNotMatch(text, /data-live="[^"]*"><\//, id);
    assert.doesNotMatch(text, /href="#/, id);
    assert.match(text, /<link rel="icon" href="data:/, id);
  }
  assert.doesNotMatch(read("index.html"), /href="\.\.\//);
});

test("words within a formula are set off by spaces that are not collapsed", async () => {
  for (const id of await catalogueIds()) assert.doesNotMatch(read(`labs/${id}.html`), /<mtext>\s|\s<\/mtext>/, id);
});

/** A part of a text left out, from a mark to its end, wherever it stands. */
function without(text, opening, closing) {
  const at = text.indexOf(opening);
  if (at < 0) return text;
  return without(`${text.slice(0, at)} ${text.slice(text.indexOf(closing, at) + closing.length)}`, opening, closing);
}

/** The words under a lab's stage that stand there before anything is unfolded: of a derivation its first line. */
function wordsUnderTheStage(id) {
  const text = read(`labs/${id}.html`);
  const after = text.slice(text.indexOf('<div class="after">'), text.indexOf("</section>"));
  const lines = after.replace(/<ol class="stepper"[^]*?<\/ol>/g, (list) => list.slice(0, list.indexOf("</li>")));
  const folded = [['<div class="more">', "</div>"], ['<details class="rest">', "</details>"], ["<math", "</math>"]]
    .reduce((rest, [opening, closing]) => without(rest, opening, closing), lines);
  return folded.replace(/<[^>]+>/g, " ").match(/\S*[\p{L}\d]\S*/gu).length;
}

test("under no stage stand more than 350 words: the rest is folded", async () => {
  for (const id of await catalogueIds()) assert.ok(wordsUnderTheStage(id) <= 350, `${id}: ${wordsUnderTheStage(id)} words`);
});

/** Compressed bytes of the HTML, CSS and JavaScript that have to arrive before the module, without its own, is of use. */
function beforeTheModule() {
  const sizes = new Map();
  const add = (url) => {
    if (sizes.has(url.href) || url.href.includes("/pkg/")) return;
    const text = readFileSync(url, "utf8");
    sizes.set(url.href, gzipSync(text, { level: 9 }).length);
    const told = [/^(?:import|export)[^;]*? from "(\.[^"]+)";/gm, /<link rel="stylesheet" href="([^"]+)"(?! media="print")/g,
      /<script type="module" src="([^"]+)"/g];
    for (const pattern of told) for (const [, other] of text.matchAll(pattern)) add(new URL(other, url));
    for (const [, other] of text.matchAll(/fileUrl\("([^"]+\.js)"\)/g)) add(new URL(other, www));
  };
  add(new URL("index.html", www));
  return [...sizes.values()].reduce((sum, size) => sum + size);
}

test("an element's lab names all the scripts it needs, so that none is waited for before another is asked for", () => {
  const named = (name) => [...readFileSync(new URL(name, www), "utf8").matchAll(/^import (?:[^;]*? from )?"(\.[^"]+)";/gm)].map(([, other]) => new URL(other, new URL(name, www)).href);
  const first = named("element/run.js");
  const all = new Set(first);
  for (const url of all) for (const other of named(url)) all.add(other);
  assert.deepEqual([...all].filter((url) => !first.includes(url)), []);
});

/**
 * A little more than half of what it was when all labs stood in one page; 4,000 of it for labs that share workers and
 * memory, 100 for what is said of a reader's own data, 750 for what is said and shown where the page cannot come to life, 300 for sliders that end where
 * the data at hand do and for what WebKit lays out in ways of its own, 150 for the module, which the page's first script asks for and
 * another once more where it came cut off, 100 for what is pressed before a run is there. The sheet for paper, which a browser asks for last and nothing waits for, is not in it.
 */
const BUDGET = 50_000;

test("what the first lab needs before the module stays within its budget", () => {
  assert.ok(beforeTheModule() <= BUDGET, `${beforeTheModule()} bytes`);
});
