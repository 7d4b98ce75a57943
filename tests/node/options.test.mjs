// What a page around a lab asks of it is told apart from the lab's settings, and what means nothing is named.
import assert from "node:assert/strict";
import test from "node:test";
import { readOptions, rulesOf, withLocked } from "../../www/page/options.js";
import { joinQueries, splitQuery } from "../../www/page/query.js";
import { settingsIn, shown } from "../../www/embed/messages.js";
import { catalogue } from "../../tools/pages.mjs";

const read = (query) => readOptions(new URLSearchParams(query));

test("options are taken out of a query, whose settings stay as they were written", () => {
  assert.deepEqual(splitQuery("v=1&alpha=0.3&hide=batch_size,seed&kep_prob=%C3%A4+b&theme=light&seed=7"),
    { asked: "hide=batch_size,seed&theme=light", settings: "v=1&alpha=0.3&kep_prob=%C3%A4+b&seed=7" });
  assert.deepEqual(splitQuery(""), { asked: "", settings: "" });
  assert.equal(joinQueries("n_train=200&seed=5&hide=seed", "seed=7&units=4"), "n_train=200&hide=seed&seed=7&units=4");
  assert.equal(withLocked("v=1&alpha=0.3&seed=7", new Set(["alpha", "other"]), { alpha: 0.5, seed: 1 }), "v=1&seed=7&alpha=0.5");
});

test("an option's value that is none of those there are is named, and the usual one holds", () => {
  assert.deepEqual(read("hide=a, b,&figures=&theme=dark&lang=en&autoplay=0"),
    { options: { hide: ["a", "b"], lock: [], figures: [], theme: "dark", autoplay: false }, problems: [] });
  assert.deepEqual(read(""), { options: { hide: [], lock: [], figures: null, theme: "auto", autoplay: true }, problems: [] });
  assert.equal(read("autoplay").options.autoplay, true);
  const { options, problems } = read("theme=pink&lang=fi&autoplay=2");
  assert.deepEqual(options, read("").options);
  assert.deepEqual(problems, ['theme = "pink": must be auto or light or dark', 'autoplay = "2": must be 1 or 0', 'lang = "fi": must be en']);
});

test("what is asked for more than once is joined where it is a list, else named", () => {
  const { options, problems } = read("hide=question&lock=seed&hide=share,seed&figures=a&figures=b&theme=dark&theme=light&autoplay=0&autoplay=0");
  assert.deepEqual([options.hide, options.lock, options.figures], [["question", "share", "seed"], ["seed"], ["a", "b"]]);
  assert.deepEqual([options.theme, options.autoplay], ["light", false]);
  assert.deepEqual(problems, ["theme is there 2 times: the last one holds"]);
});

test("what is told of a name or a value is short, whatever it is", async () => {
  const lab = (await catalogue())[0];
  const long = "x".repeat(1_000_000);
  const told = [...read(`theme=${long}`).problems, ...rulesOf(read(`hide=${long}&lock=${long}`).options, lab).problems];
  assert.equal(told.length, 3);
  for (const line of told) assert.match(line, /^(theme = "|hide = |lock = )x{40}…/);
  const circle = {};
  circle.self = circle;
  for (const [value, said] of [[10n, "a BigInt"], [circle, "an object"], [Object.create(null), "an object"], [new Array(1e6).fill(long), "a list"], [new Map(), "an object"],
    [long, `"${"x".repeat(40)}…"`], [undefined, "undefined"], [null, "null"], [NaN, "NaN"]]) assert.equal(shown(value), said);
  assert.throws(() => settingsIn({ [long]: 1n }), { message: `"${"x".repeat(40)}…" = a BigInt: must be a number, a text, true or false` });
});

test("a name is a parameter, a figure or a part of the lab; one of nothing is refused", async () => {
  const lab = (await catalogue()).find(({ id }) => id === "l2_noise");
  const { rules, problems } = rulesOf(read("hide=copies,figure:copies,question,map,bowl&lock=alpha,share&figures=weights").options, lab);
  assert.deepEqual(problems, []);
  assert.deepEqual(rules.hide, { parameters: new Set(["copies"]), figures: new Set(["copies", "map", "bowl"]), parts: new Set(["question"]) });
  assert.deepEqual(rules.lock, { parameters: new Set(["alpha"]), figures: new Set(), parts: new Set(["share"]) });
  assert.deepEqual(rules.figures, new Set(["weights"]));
  for (const query of ["hide=foo", "lock=figure:foo", "figures=alpha", "hide=__proto__"]) {
    const told = rulesOf(read(query).options, lab).problems;
    assert.equal(told.length, 1, query);
    assert.match(told[0], new RegExp(`^${query.replace("=", " = ")}: there is none in this lab; there are .*weights`));
  }
  // what is there to be named is told once, however many mean nothing
  const told = rulesOf(read("lock=alpha,p,q,r,s,t,u,v,p").options, lab).problems;
  assert.equal(told.length, 1);
  assert.match(told[0], /^lock = p, q, r, s, t and 2 more: none of these is in this lab; there are question, /);
});

test("the map stays as long as the question is there that it answers", async () => {
  const lab = (await catalogue())[0];
  const { rules, problems } = rulesOf(read("hide=map").options, lab);
  assert.equal(rules.hide.figures.size, 0);
  assert.deepEqual(problems, ["hide = map: the question is answered on it; hide = question,map hides both"]);
});
