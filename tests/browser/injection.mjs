// Words that would be more than words, through every way into the page: links, files, tables, what is typed, what
// an earlier visit has left, a frame's address and messages, an element's attributes. No node is made of any of them,
// no script runs, no prototype changes, nothing is thrown, and the page's policy has nothing to refuse.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { LISTEN } from "./element.mjs";
import { ready } from "./tab-lab.mjs";

const WORDS = [...JSON.parse(readFileSync(new URL("injections.json", import.meta.url), "utf8")), "w".repeat(50_000), "<b id=pwn>".repeat(5000), "%".repeat(10_000), "\u202e".repeat(3000)];
/** Other browsers than the first take every so many of them. */
const EVERY = 20;
/** So many stand in one link, one file, one table. */
const TOGETHER = 8;

/** In groups of so many, the last filled up with the first. */
const parted = (all, size) => Array.from({ length: Math.ceil(all.length / size) }, (_, group) => Array.from({ length: size }, (_, i) => all[(group * size + i) % all.length]));
const encoded = (word) => encodeURIComponent(word.replace(/[\ud800-\udfff]/gu, "\ufffd"));

/** Whatever could have been made of words. */
const look = (tab) => tab.evaluate(() => {
  const [roots, all] = [[document], []];
  for (const root of roots) {
    for (const element of root.querySelectorAll("*")) {
      all.push(element);
      if (element.shadowRoot) roots.push(element.shadowRoot);
    }
  }
  // pictures of labs come and go
  const named = (name) => all.filter((element) => element.localName === name && !/^\S*posters\/[\w-]+\.svg$/.test(element.getAttribute("src") ?? "")).length;
  return {
    made: all.filter(({ id, localName }) => id === "pwn" || localName === "xss").length,
    count: Object.fromEntries(["script", "iframe", "img", "object", "embed", "base", "style", "form", "video", "audio", "meta", "marquee", "title"].map((name) => [name, named(name)])),
    handlers: all.flatMap(({ attributes }) => [...attributes].map(({ name }) => name).filter((name) => name.startsWith("on"))),
    links: all.map((element) => element.getAttribute("href") ?? "").filter((href) => /^\s*(javascript|vbscript|data):/i.test(href) && href !== "data:,"),
    ran: "pwned" in window,
    prototypes: [Object, Array, Function, String, Element].map(({ prototype }) => Reflect.ownKeys(prototype).length),
  };
});

/** Does on the page what takes its time. */
async function act(tab, work, ...values) {
  await tab.run(`void (window.acted = undefined, (${work})(...${JSON.stringify(values)}).then((said) => (window.acted = { said }), (error) => (window.acted = { error: String(error) })))`);
  const { said, error } = await tab.waitFor(() => window.acted);
  if (error) throw new Error(error);
  return said;
}

/** Links, one after the other, each until the page has said what it cannot read of it: its mark at least. */
async function follow(tab, hashes) {
  const all = [...hashes.entries()];
  for (let from = 0; from < all.length; from += 2 * TOGETHER) {
    await act(tab, async (hashes) => {
      const told = () => document.querySelector("section[data-lab]:not([hidden]) .notice:not([hidden])")?.textContent ?? "";
      for (const [i, hash] of hashes) {
        location.hash = hash.replace("MARK", `key_${i}_`);
        for (const end = Date.now() + 20_000; !told().includes(`key_${i}_`);) {
          if (Date.now() > end) throw new Error(`nothing was said of ${hash} but ${told()}`);
          await new Promise((resolve) => setTimeout(resolve));
        }
      }
    }, all.slice(from, from + 2 * TOGETHER));
  }
}

const KEYS = ["keep_prob", "dataset", "seed", "units", "x", "curves", "metrics", "set", "bars", "steps", "v"];

function links(words) {
  const link = (some, write) => `playground?MARK=1&${some.flatMap((word, i) => [`${write(word)}=1`, `${KEYS[i % KEYS.length]}=${write(some[(i + 1) % some.length])}`]).join("&")}`;
  const data = (some) => `playground?data=MARK${encoded(some[0])}~0123456789abcdef&read=${encoded(JSON.stringify({ target: some[1], points: some[2], [some[3]]: some[4] }))}&dataset=own`;
  return [
    ...parted(words, TOGETHER).map((some, i) => link(some, i % 2 ? encoded : (word) => word)),
    ...parted(words, 2 * TOGETHER).map(data),
    ...parted(words, 2 * TOGETHER).map(([word]) => `MARK${encoded(word)}?seed=1`),
  ];
}

/** Files that are dropped on the page: each until something is said of it. */
const drop = (tab, files, where) => act(tab, async (files, where) => {
  const said = () => document.querySelector(where)?.textContent ?? "";
  for (const [name, text] of files) {
    document.querySelector("dialog[open]")?.remove(); // what it says may be what the next one says
    const before = said();
    const data = new DataTransfer();
    data.items.add(new File([text], name));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    for (const end = Date.now() + 20_000; said() === before || said().includes("Reading");) {
      if (Date.now() > end) throw new Error(`nothing was said of ${name}`);
      await new Promise((resolve) => setTimeout(resolve));
    }
  }
}, files, where);

function runFiles(words) {
  const format = "regularization-playground run";
  const own = (some) => ({ inputs: some, target: some[0], classes: some, task: "classes", rows: 2, x: [], y: [0, 1], [some[1]]: some[2] });
  return [
    ...parted(words, TOGETHER).map((some, i) => [`${some[0]}.json`, `no run ${i} ${some}`]),
    ...parted(words, TOGETHER).map((some, i) => [`${i}.json`, JSON.stringify({ format, lab: some[i % some.length] + i, query: some[0] })]),
    ...parted(words, TOGETHER).map((some, i) => [`${i} ${some[1]}.json`, JSON.stringify({ format, lab: "playground", query: `data=${encoded(some[2])}~&n=${i}`, settings: { [some[0]]: some }, own: { ...own(some), x: ["<b>"] } }).replace('"settings":{', '"settings":{"__proto__":{"pwned":1},')]),
  ];
}

const cell = (word) => `"${word.replaceAll('"', '""').replace(/[\0\ud800-\udfff]/gu, "")}"`;
/** Tables of such names and cells, each in a file of such a name. */
const tables = (words) => parted(words.map((word) => word.slice(0, 2000)), TOGETHER).map((some, i) => [`${some[0].slice(0, 100)} ${i}`, [some, some.map((_, at) => at), some].map((row) => row.map((one) => cell(String(one))).join()).join("\n")]);
/** One that can be learned from. */
const learned = (words) => [`${words[0]}`, [[...words.slice(1, 4), words[4]], ...Array.from({ length: 30 }, (_, i) => [i, i % 7, (i * i) % 11, words[5 + (i % 3)]])].map((row) => row.map((one) => cell(String(one))).join()).join("\n")];

/** Typed into every field that takes words. */
const type = (tab, words) => act(tab, async (words) => {
  for (const group of document.querySelectorAll("section[data-lab]:not([hidden]) details")) group.open = true;
  const fields = document.querySelectorAll("section[data-lab]:not([hidden]) :is(input[type=text], textarea, input:not([type])):not([disabled])");
  let i = 0;
  for (const word of words) {
    const field = fields[i++ % fields.length];
    field.focus();
    field.value = word;
    for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
    if (i % 10 === 0) await new Promise((resolve) => setTimeout(resolve));
  }
  return fields.length;
}, words);

/** What an earlier visit, or somebody else, has left in the browser. */
const leave = (tab, words) => act(tab, async (words) => {
  const runs = words.map((word) => ({ params: { keep_prob: word, [word]: word, seed: word }, metrics: { test_error: word }, query: word, filled: false, title: word, pinned: true }));
  for (const [key, value] of [["runs:playground", runs], ["guess:playground", words[0]], ["found:playground", { guess: words[1], state: words[2] }], ["pace", words[3]]]) sessionStorage.setItem(key, JSON.stringify(value));
  localStorage.setItem("theme", words[4]);
  const put = (name, store, keyPath, all) => new Promise((resolve, reject) => {
    const asked = indexedDB.open(name, 1);
    asked.onupgradeneeded = () => {
      const made = asked.result.createObjectStore(store, { keyPath });
      if (keyPath === "key") made.createIndex("at", "at");
    };
    asked.onerror = reject;
    asked.onsuccess = () => {
      const changed = asked.result.transaction(store, "readwrite");
      for (const one of all) changed.objectStore(store).put(one);
      changed.oncomplete = () => resolve(asked.result.close());
    };
  });
  const table = (word) => ({ inputs: [word], target: word, classes: words.slice(0, 3), task: word, rows: 2, x: new Float64Array([1, 2]), y: new Float64Array([0, 1]) });
  await put("regularization-playground own data", "tables", "ticket", words.slice(0, 30).map((word, at) => ({ ticket: `data=${encodeURIComponent(word.toWellFormed?.() ?? "w")}~&n=${at}`, name: word, at, table: table(word) })));
  await put("regularization-playground-runs", "runs", "key", words.slice(0, 30).map((word, at) => ({ key: word, at, outcome: { error: word, metrics: { [word]: word } } })));
}, words);

async function throughPage(tab, words) {
  await ready(tab, "playground");
  const before = await look(tab);
  const same = async (what) => assert.deepEqual(await look(tab), before, what);
  await follow(tab, links(words));
  await same("links");
  await drop(tab, runFiles(words), "section[data-lab]:not([hidden]) .notice");
  await same("files of runs");
  assert.ok(await type(tab, words) > 3);
  await same("typed values");
  await drop(tab, [...tables(words), learned(words.filter((word) => word.startsWith("<")))], "#own .own-told");
  await same("tables");
  await tab.click("#own button[name=train]");
  await tab.waitFor(() => document.querySelector("section[data-state=done][data-drawn][data-query*='data=']") !== null);
  await same("a run on such a table");
  await leave(tab, words);
  await tab.reload();
  await tab.waitFor(() => document.querySelector("section[data-state=done][data-drawn]") !== null);
  await drop(tab, [["again", "a,b\n1,2\n3,4\n"]], "#own .own-told");
  await same("what was left in the browser");
}

/** What the page around a frame can say to it, and a frame to that page. */
async function throughFrame(tab, url, words) {
  await tab.evaluate(() => {
    window.heard = [];
    addEventListener("message", ({ data }) => window.heard.push(data));
  });
  /** What is in the frame, once it is ready at an address. */
  const opened = async (address) => {
    await act(tab, async (address) => {
      window.heard.length = 0;
      document.querySelector("iframe").src = address;
      for (const end = Date.now() + 30_000; !window.heard.some(({ action }) => action === "ready");) {
        if (Date.now() > end) throw new Error(`not ready: ${address}`);
        await new Promise((resolve) => setTimeout(resolve));
      }
    }, `${url}embed.html?${address}`);
    return look(await tab.inFrame("iframe"));
  };
  const plain = await opened("lab=playground");
  const before = await look(tab);
  // a server reads no address of any length
  for (const some of parted(words.map((word) => word.slice(0, 500)), 5 * TOGETHER)) {
    const [lab, theme, hide] = some.map(encoded);
    const settings = some.map((word, i) => `${encoded(word)}=${encoded(some.at(-i))}`).join("&").slice(0, 9000).replace(/%\w?$/, "");
    assert.deepEqual(await opened(`lab=${lab}&theme=${theme}&hide=${some.map(encoded)}&lock=${hide}&figures=${theme}&lang=${hide}&${settings}`), plain, `a frame for ${lab}`);
  }
  await act(tab, async (words) => {
    const frame = document.querySelector("iframe").contentWindow;
    const say = (message) => frame.postMessage({ context: "regularization-playground", version: 1, ...message }, "*");
    window.heard.length = 0;
    for (const word of words) {
      say({ action: word, id: word });
      say({ action: "set", theme: word });
      say({ action: "set", params: { [word]: word, keep_prob: word } });
      say({ version: word, action: "set" });
      frame.postMessage(word, "*");
    }
    for (const end = Date.now() + 20_000; window.heard.filter(({ action }) => action === "error").length < 4 * words.length;) {
      if (Date.now() > end) throw new Error(`${window.heard.length} answers`);
      await new Promise((resolve) => setTimeout(resolve));
    }
  }, words);
  const frame = await tab.inFrame("iframe");
  await frame.evaluate((words) => {
    for (const word of words) parent.postMessage({ context: "regularization-playground", version: 1, action: "resize", height: word }, "*");
  }, words);
  assert.deepEqual(await look(tab), before, "a page with a frame");
  assert.match(await tab.evaluate(() => document.querySelector("iframe").getAttribute("style") ?? ""), /^(height: [\d.]+px;)?$/);
}

/** Attributes, and what scripts set. */
async function throughElement(tab, words) {
  await tab.waitFor(() => window.told("done").length > 0);
  const before = await look(tab);
  await act(tab, async (words) => {
    const element = window.lab("a");
    for (const word of words) {
      for (const name of ["keep_prob", "dataset", "hide", "lock", "figures", "theme", "lang", "seed"]) element.setAttribute(name, word);
      await Promise.all([["keep_prob", word], [word, word], ["theme", word], ["lab", word]].map(([key, value]) => element.set(key, value).then(() => {}, () => {})));
    }
    element.setAttribute("lab", words[0]);
  }, words);
  assert.deepEqual(await look(tab), before, "an element");
}

export async function makesNoNode(site) {
  const words = site.engine === "Chromium" ? WORDS : WORDS.filter((_, i) => i % EVERY === 0);
  const page = await site.openLab("#playground?units=4&hidden_layers=1&steps=20&n_train=40");
  await throughPage(page, words);
  const host = await site.openOnPage(`<script src="${site.url}resizer.js"></script><iframe title="a lab" width="600" height="500"></iframe>`);
  await throughFrame(host, site.url, words);
  const element = await site.openOnPage(`${LISTEN}<regularization-lab id="a" lab="ensemble_formula" n_members="3"></regularization-lab>`);
  await throughElement(element, words);
}
