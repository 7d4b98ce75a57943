// The lines that are pasted somewhere, and the page for teachers that lists them.
import assert from "node:assert/strict";
import test from "node:test";
import { bindings, catalogue, read, teachers, written } from "../../tools/pages.mjs";
import { PARTS, readOptions, rulesOf } from "../../www/page/options.js";
import { SNIPPETS, frameOf, linkOf } from "../../www/page/snippets.js";

const SHARED = { site: "https://a.b/c/", lab: "dropout", title: "A “b” \"c\" & <d> [e]", query: "v=1&keep_prob=0.3", usual: false, options: { hide: "seed", theme: "dark" }, width: 700, height: 500 };
const lineFor = (key, shared = SHARED) => SNIPPETS.find((snippet) => snippet.key === key).write(shared);

test("the page for teachers holds what follows from the labs, and its settings are understood", async () => {
  const { name, parts } = await teachers();
  assert.equal(read(name), written(name, parts), `${name} is stale: run ./build.sh build`);
  const { readLink } = await bindings();
  const links = [...read(name).matchAll(/href="index\.html#(\w+)(?:\?([^"]*))?"/g)];
  assert.ok(links.length > 30);
  for (const [, lab, query = ""] of links) assert.deepEqual(readLink(lab, query.replaceAll("&amp;", "&")).problems, [], `${lab}?${query}`);
  for (const { id, title } of await catalogue()) assert.ok(read(name).includes(`<section id="${id}">`), title);
});

test("addresses bear the settings, and the frame's what is asked of it", () => {
  assert.equal(linkOf(SHARED), "https://a.b/c/#dropout?v=1&keep_prob=0.3");
  assert.equal(frameOf(SHARED), "https://a.b/c/embed.html#dropout?v=1&keep_prob=0.3&hide=seed&theme=dark");
  assert.equal(frameOf({ ...SHARED, query: "", options: {} }), "https://a.b/c/embed.html#dropout");
});

test("what is written in other languages than HTML means the same there", () => {
  const [, address] = /IFrame\((".*"), width=700, height=500\)$/.exec(lineFor("jupyter"));
  assert.equal(JSON.parse(address), frameOf(SHARED));
  assert.match(lineFor("jupyter", { ...SHARED, width: null }), /width="100%"/);
  for (const line of lineFor("sphinx").split("\n").slice(2)) assert.match(line, /^ {3}\S/, "all of it belongs to the directive");
  assert.match(lineFor("quarto"), /!\[A “b” "c" & \\<d\\> \\\[e\\\]: what it comes to with its default settings\]\(https:\/\/a\.b\/c\/posters\/dropout-dark\.svg\)/);
  for (const key of ["element", "markdown", "quarto", "reveal"]) {
    for (const [usual, said] of [[false, "what it comes to with its default settings"], [true, "the picture of the finished run"]]) {
      assert.ok(lineFor(key, { ...SHARED, usual }).includes(`: ${said}`), `${key}: the poster is of the defaults`);
    }
  }
  assert.doesNotMatch(lineFor("markdown"), /\n\s*\n/, "an empty line would end the HTML");
  assert.match(lineFor("myst"), /^:::\{iframe\} https:\/\/a\.b\/c\/embed\.html#dropout\?v=1&keep_prob=0\.3&hide=seed&theme=dark\n:width: 700px\n/);
});

test("the quiz looks for what its page holds, and the page for teachers says to paste", () => {
  const ids = [...read("teachers/quiz.js").matchAll(/querySelector\("([^"]*)"\)/g)].map(([, selector]) => selector);
  assert.equal(ids.length, 4);
  for (const id of ids) {
    assert.match(id, /^#/, "a page has other buttons and frames");
    for (const page of ["quiz.html", "teachers.html"]) assert.ok(read(page).includes(` id="${id.slice(1)}"`), `${id} in ${page}`);
  }
});

test("in HTML nothing of a name or an address is taken for HTML", () => {
  const title = 'A “b” "c" & <d> [e]';
  for (const key of ["iframe", "element", "markdown", "jupyter_book", "sphinx", "reveal", "moodle", "canvas"]) {
    const text = lineFor(key, { ...SHARED, title });
    assert.doesNotMatch(text, /&(?!amp;|#34;|#60;|#62;)/, key);
    assert.ok(text.includes("A “b” &#34;c&#34; &amp; &#60;d&#62; [e]"), key);
  }
});

test("whatever the dialog hides and locks is understood, in every lab", async () => {
  for (const lab of await catalogue()) {
    const keys = new Set(lab.parameters.map(({ key }) => key));
    const figures = lab.figures.map(({ key }) => (keys.has(key) ? `figure:${key}` : key));
    const { options, problems } = readOptions([["hide", [...keys, ...figures, ...PARTS].join(",")], ["lock", [...keys].join(",")], ["theme", "dark"], ["autoplay", "0"]]);
    const { rules, problems: more } = rulesOf(options, lab);
    assert.deepEqual([...problems, ...more], [], lab.id);
    assert.equal(rules.hide.figures.size, lab.figures.length);
    assert.equal(rules.hide.parameters.size, keys.size);
  }
});
