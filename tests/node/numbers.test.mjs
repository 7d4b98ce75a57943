// Numbers in the reader's language: what the page writes it reads, in every language there is.
import assert from "node:assert/strict";
import test from "node:test";
import { Worker } from "node:worker_threads";
import { tags } from "../locales.mjs";
import { marksOf, readings } from "../../www/page/read-number.js";

let loads = 0;

/** A module of the page as it is for readers of a language. */
async function as(language, name) {
  Object.defineProperty(globalThis, "navigator", { value: { languages: [language] }, configurable: true });
  loads += 1;
  return import(`../../www/page/${name}.js?as=${loads}`);
}

/** Whole, fractional, negative, large: numbers that are written with all their digits. */
function* numbers(count) {
  let state = 1;
  const below = (most) => {
    state = (state * 48271) % 2147483647;
    return state % most;
  };
  for (let i = 0; i < count; i += 1) {
    const decimals = below(7);
    yield Number(`${below(2) ? "-" : ""}${below(10 ** below(10)) + below(1000)}e-${decimals}`);
  }
  yield* [0, 1, 1000, 1234, 10000, 100000, 1234567, 12345678, 1.234, 10.5, 0.125, -1000.5];
}

test("what the page writes it reads: in every language, grouped or not, as a percentage, with a power of ten", async () => {
  const found = tags();
  assert.ok(found.length > 40, `${found.length} ways to write numbers`);
  for (const tag of found) {
    const { editable, measured, percent, plain, readNumber, whole } = await as(tag, "numbers");
    const near = (text, x, error) => {
      const read = readNumber(text);
      assert.ok(typeof read === "number" && Math.abs(read - x) <= error, `${tag}: ${x} is written ${text} and read ${read}`);
    };
    for (const x of numbers(60)) {
      near(whole(x), x, 0.5);
      near(plain(x), x, Math.max(0.05, Math.abs(x) * 0.005));
      near(measured(x, "", 3), x, 0.0005001);
      near(percent(x, 4), x, 0.0000005001);
      for (const step of [1, 0.01]) assert.equal(readNumber(editable(x, { step })), x, `${tag}: ${editable(x, { step })}`);
      for (const tiny of [x / 1e12, x * 1e-6]) near(editable(tiny, { step: 0.01 }), tiny, Math.abs(tiny) * 1e-11);
    }
  }
});

test("digits of every script, minus signs and marks of any kind, and wide forms are read in any language", () => {
  const english = marksOf("en");
  const zeros = Array.from({ length: 0x20000 }, (_, code) => code).filter((code) => /\p{Nd}/u.test(String.fromCodePoint(code)) && !/\p{Nd}/u.test(String.fromCodePoint(code - 1 || 1)));
  assert.ok(zeros.length > 55, `${zeros.length} scripts`);
  for (const zero of zeros) {
    const text = [4, 0, 7, 9].map((digit) => String.fromCodePoint(zero + digit)).join("");
    assert.deepEqual(readings(text, english).numbers, [4079], text);
  }
  for (const minus of "-−–—‐‑‒―﹣－") assert.deepEqual(readings(` \u200e${minus}１２．５\u200f `, english).numbers, [-12.5], minus);
  assert.deepEqual(readings("\u061c\u2212٠٫٢٥", english).numbers, [-0.25]);
  assert.deepEqual(readings("１，２３４", english), { numbers: [1234, 1.234], sure: true });
});

test("what can be one number only is read, however it is written; what is none is handed on as it is", async () => {
  for (const language of ["en", "de", "fr", "de-CH", "hi-IN", "fa", "es"]) {
    const { readNumber } = await as(language, "numbers");
    for (const [text, number] of [["0,5", 0.5], ["0.5", 0.5], [".5", 0.5], ["1.5", 1.5], ["12,34,567", 1234567], ["1.234.567", 1234567], ["1.234,5", 1234.5], ["1,234.5", 1234.5],
      ["1 234,5", 1234.5], ["1'234.5", 1234.5], ["1’000", 1000], ["0,125", 0.125], ["12.5 %", 0.125], ["1e-3", 0.001], ["1,5e-3", 0.0015], ["2,95·10⁻¹³", 2.95e-13], ["3×10^4", 30000], ["+7", 7]]) {
      assert.equal(readNumber(text), number, `${language}: ${text}`);
    }
    for (const text of ["", "-", ".", "abc", "1,2,3", "1.2.3", "1 2", "10²", "0x10", "Infinity", "1e", "--1", "1-2", "5 kg", "1,234,5", "12 34 5"]) assert.equal(readNumber(text), text, `${language}: ${text}`);
  }
});

test("a sign of two meanings is what it is in the reader's language; where it has none there, or that number is not allowed, both are offered", async () => {
  const upTo = (most) => (number) => number <= most;
  const read = { de: ["10.000", 10000], en: ["1,234", 1234], es: ["1.234", 1234], pl: ["1,234", 1.234], "de-CH": ["1.234", 1.234], "en-IN": ["10,000", 10000], sv: ["−1,250", -1.25] };
  for (const [language, [text, number]] of Object.entries(read)) {
    const { readNumber, askBack } = await as(language, "numbers");
    assert.equal(readNumber(text), number, language);
    assert.equal(askBack(text, upTo(1e6)), "", language);
  }
  const { askBack, readNumber } = await as("fr-FR", "numbers");
  assert.equal(readNumber(" 1.234 "), "1.234");
  assert.equal(askBack(" 1.234 ", upTo(1e6)), "“1.234” may be 1234 or 1,234: write it as one of these.");
  for (const offered of ["1234", "1,234"]) assert.equal(typeof readNumber(offered), "number");
  const german = await as("de", "numbers");
  assert.equal(german.askBack("10.000", upTo(100)), "“10.000” may be read in two ways, of which one is allowed: 10. Write it so.");
  assert.equal(german.askBack("10.000", upTo(1)), "", "neither is allowed");
  const english = await as("en", "numbers");
  assert.deepEqual([english.readNumber("10.000"), english.readWhole("10.000"), english.readWhole("10,000"), german.readWhole("10.000")], [10, "10.000", 10000, 10000]);
  assert.equal(english.askBack("10.000", upTo(1e6)), "“10.000” may be 10 or 10000: write it as one of these.");
  assert.equal((await as("de-CH", "numbers")).askBack("1,234", upTo(1e6)), "“1,234” may be 1234 or 1.234: write it as one of these.");
});

/** What the lists of an experiment are to readers of a language: in a thread of its own modules are loaded anew. */
function lists(language, calls) {
  const act = async ({ language, calls, url }) => {
    Object.defineProperty(globalThis, "navigator", { value: { languages: [language] }, configurable: true });
    const { readList, readPairs, writeList, writePairs } = await import(url);
    const allowed = ({ min = 0, max, whole = false }) => (number) => number >= min && number <= max && (!whole || Number.isInteger(number));
    const does = { read: (text, range) => readList(text, allowed(range)), pairs: readPairs, write: writeList, writePairs };
    return calls.map(([name, ...given]) => does[name](...given));
  };
  const code = `const { workerData, parentPort } = require("node:worker_threads"); (${act})(workerData).then((answers) => parentPort.postMessage(answers));`;
  const worker = new Worker(code, { eval: true, workerData: { language, calls, url: new URL("../../www/page/lists.js", import.meta.url).href } });
  return new Promise((resolve, reject) => worker.once("message", resolve).once("error", reject));
}

const UNITS = { min: 1, max: 512, whole: true };
const EXAMPLES = { min: 1, max: 5000, whole: true };
const NOISE = { max: 10 };

test("lists of an experiment: what is written is read, and a comma or a point of two meanings is asked back", async () => {
  const programs = ["8,16,32", "0.1..1:0.1", "0.125,1.125,10", "0.5(units=128;alpha=0.25),1", "digits,circles", "-1,1e-5", "5..25"];
  for (const language of ["en", "de", "fr", "de-CH", "ar-EG", "hi-IN"]) {
    const wrote = await lists(language, programs.map((program) => ["write", program]));
    const read = await lists(language, wrote.map((text) => ["read", text, { min: -1000, max: 5000 }]));
    assert.deepEqual(read, programs.map((text) => ({ text, asked: "" })), `${language}: ${wrote.join(" | ")}`);
    const [pairs] = await lists(language, [["writePairs", "steps=300;alpha=0.25"]]);
    assert.deepEqual(await lists(language, [["pairs", pairs]]), [{ text: "steps=300;alpha=0.25", asked: "" }]);
  }
  assert.deepEqual(await lists("de", [["write", "0.125,1.125"], ["write", "0.1..1:0.1"]]), ["0,125; 1,125", "0,1..1:0,1"]);

  const plain = async (language, cases) => {
    const read = await lists(language, cases.map(([text, range]) => ["read", text, range]));
    cases.forEach(([text, , want], i) => {
      if (typeof want === "string") assert.deepEqual(read[i], { text: want, asked: "" }, `${language}: ${text}`);
      else assert.match(read[i].asked, want, `${language}: ${text}`);
    });
  };
  await plain("en", [["8,16,32", UNITS, "8,16,32"], ["64,128", UNITS, "64,128"], ["１,000.. 5,000:1,000", EXAMPLES, "1000..5000:1000"], ["٨، ١٦", UNITS, "8,16"], ["50 %, 75 %", NOISE, "0.5,0.75"],
    ["1,234", EXAMPLES, /^“1,234” may be the number 1234 or the values 1, 234: write it as one of these\.$/], ["1 000, 2 000", EXAMPLES, "1000,2000"]]);
  await plain("de", [["0,1; 0,5", NOISE, "0.1,0.5"], ["0,1, 0,5", NOISE, "0.1,0.5"], ["0,5", NOISE, "0.5"], ["8,16", UNITS, "8,16"], ["8,16,32", UNITS, "8,16,32"], ["0,1..1:0,1", NOISE, "0.1..1:0.1"],
    ["1.000; 2.000", EXAMPLES, "1000,2000"], ["0.5; 1.5", NOISE, "0.5,1.5"], ["digits,circles", { max: -1 }, "digits,circles"],
    ["0,1,0,5", NOISE, /^“0,1,0,5” may be read in more than one way: write “0; 1; 0; 5”/], ["1.125", NOISE, /^“1\.125” may be read in two ways, of which one is allowed: 1,125\. Write it so\.$/]]);
  await plain("fr", [["1.234", EXAMPLES, /one is allowed: 1234\./]]);
});
