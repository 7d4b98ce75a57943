// Values of an experiment as the reader's language writes them, from and to the one way in which the program `sweep`,
// links and presets do: "0.1, 0.5(units=128)", "0.1..1:0.1". A comma that could part two values or stand within one
// is asked back.

import { askBack, decimalSign, readNumber } from "./numbers.js";
import { inPlainSigns } from "./read-number.js";

/** Where a comma stands before decimals, values are parted as in a spreadsheet. */
const PARTS = decimalSign === "," ? ";" : ",";
const GROUPED = /^[+-]?[1-9]\d{0,2}(,\d{2,3})*,\d{3}(\.\d*)?$/;
/** A comma within what may be a number. */
const WITHIN = /\d,(?=\d)/g;

/** @typedef {(number: number) => boolean} Allowed Whether it may be a value. */
/** What was typed, as a program reads it, and what has to be asked back. @typedef {{text: string, asked: string}} Understood */

/** @param {string} text @param {RegExp} signs Parts it, but for what is within parentheses. */
function parted(text, signs) {
  const open = text.replace(/\([^()]*\)?/g, (held) => "(".repeat(held.length));
  const cuts = [...open.matchAll(signs)].map(({ index, 0: sign }) => [index, index + sign.length]);
  return [...cuts, [text.length, 0]].map(([end], i) => text.slice(i === 0 ? 0 : cuts[i - 1][1], end).trim());
}

/** "units=256;steps=500", its numbers turned into something else. @param {string} pairs @param {(number: string) => string} turn */
const turnedPairs = (pairs, turn) => pairs.replace(/([=:])([^;)]*)/g, (_, sign, value) => sign + turn(value.trim()));

/** The same with a value, or a range, that has such pairs behind it. @param {string} value @param {(number: string) => string} turn */
function turned(value, turn) {
  const [, bare = "", along = ""] = /^([^(]*)(.*)$/s.exec(value) ?? [];
  const ends = bare.split("..").map((end) => end.split(":").map((number) => turn(number.trim())).join(":"));
  return ends.join("..") + turnedPairs(along, turn);
}

/** As it is written here. @param {string} number As a program writes it; any other text stays as it is. */
const written = (number) => (/^-?\d*\.?\d+(e[+-]?\d+)?$/i.test(number) ? number.replace(".", decimalSign) : number);

/** @param {string} text */
export const writeList = (text) => parted(text, /,/g).map((value) => turned(value, written)).join(`${PARTS} `);

/** @param {string} text */
export const writePairs = (text) => turnedPairs(text, written);

/**
 * @param {string} text @param {Allowed} allowed
 * @param {(text: string, turn: (number: string) => string, ask: (sentence: string) => void) => string} read @returns {Understood}
 */
function understood(text, allowed, read) {
  let asked = "";
  const ask = (/** @type {string} */ sentence) => void (asked ||= sentence);
  const turn = (/** @type {string} */ typed) => {
    ask(askBack(typed, allowed));
    const number = readNumber(typed);
    return typeof number === "string" || Number(typed) === number ? typed : String(number);
  };
  // the commas and semicolons of Arabic and Chinese
  const plain = inPlainSigns(text).replace(/\s+/g, " ").replace(/[،、]/g, ",").replace(/؛/g, ";");
  return { text: read(plain, turn, ask), asked };
}

/** @param {string} text @param {Allowed} allowed What may be a value. */
export const readList = (text, allowed) => understood(text, allowed, (plain, turn, ask) => {
  const values = parted(plain, /;|, | ,/g).flatMap((value) => {
    const [bare] = value.split("(");
    const commas = bare.match(WITHIN)?.length ?? 0;
    if (bare.includes("..") || isOne(bare, commas, allowed)) return [value];
    const apart = parted(value, /,/g);
    if (PARTS === "," && GROUPED.test(bare) && allowed(Number(bare.replaceAll(",", "")))) ask(`“${value}” may be the number ${bare.replaceAll(",", "")} or the values ${apart.join(", ")}: write it as one of these.`);
    // two fractions with a comma between them
    if (PARTS === ";" && commas > 1 && allowed(0.5)) ask(`“${value}” may be read in more than one way: write “${apart.join("; ")}”, or a “;” wherever another value begins.`);
    return apart;
  });
  return values.map((value) => turned(value, turn)).join(",");
});

/** Whether a comma within a value stands before its decimals. @param {string} value @param {number} commas @param {Allowed} allowed */
function isOne(value, commas, allowed) {
  const number = readNumber(value);
  return PARTS === ";" && commas === 1 && typeof number === "number" && allowed(number);
}

/** @param {string} text */
export const readPairs = (text) => understood(text, () => true, turnedPairs);
