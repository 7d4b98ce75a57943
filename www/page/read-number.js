// Numbers as people type them, read as their language writes them, with the digits and signs of any. What other
// languages write is understood too where it can mean but one number; of what can mean two, both are told.

/**
 * How a language writes numbers, and so reads them where a point stands before decimals, or a comma does.
 * @typedef {{decimal: string, group: string, digits: string[], point: RegExp, comma: RegExp}} Marks
 */

/** @param {string | string[]} [locale] @returns {Marks} */
export function marksOf(locale) {
  const parts = new Intl.NumberFormat(locale, { minimumFractionDigits: 1 }).formatToParts(1234567.5);
  /** @param {string} type */
  const sign = (type) => parts.find((part) => part.type === type)?.value ?? "";
  const [digits] = new Intl.NumberFormat(locale, { useGrouping: false }).formatToParts(9876543210);
  const last = [...parts.findLast((part) => part.type === "integer")?.value ?? "000"].length;
  return { decimal: sign("decimal"), group: sign("group"), digits: [...digits.value].reverse(), point: writtenWith(".", ",", last), comma: writtenWith(",", "\\.", last) };
}

/** Marks of direction, and others that nobody sees. */
const UNSEEN = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;
const MINUS = /[\u2010-\u2015\u2212\ufe58\ufe63]/g;
const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
/** Digits stand in rows of ten, from 0 to 9. */
const DIGIT = /\p{Nd}/u;

/** What a digit of any script stands for. @param {string} digit */
function valueOf(digit) {
  let before = 0;
  while (DIGIT.test(String.fromCodePoint(Number(digit.codePointAt(0)) - before - 1))) before += 1;
  return String(before % 10);
}

/** The same in plain letters (ASCII): every digit, every minus, and what is as wide as a Chinese sign. @param {string} text */
export function inPlainSigns(text) {
  return text.replace(UNSEEN, "").replace(MINUS, "-")
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/(?![0-9])\p{Nd}/gu, valueOf);
}

/** Signs that part nothing but groups of digits, and one that stands before nothing but decimals; each as the first of its kind. */
const GROUP = "'";
const GROUPS = /[\s\u2018\u2019\u02bc\u00b4`_\u066c]/g;
const DECIMAL = "\u066b";

/** @param {string} text @param {Marks} marks */
function plain(text, { decimal, group, digits }) {
  /** A sign that means other things elsewhere is told apart later. @param {string} sign */
  const own = (sign) => {
    if (sign === decimal && !".,".includes(sign)) return DECIMAL;
    if (sign === group && !".,".includes(sign)) return GROUP;
    const digit = digits.indexOf(sign);
    return digit >= 0 ? String(digit) : sign;
  };
  const raised = text.trim().replace(/([⁺⁻]?)([⁰¹²³⁴⁵⁶⁷⁸⁹]+)/g, (_, sign, power) => `^${sign === "⁻" ? "-" : ""}${[...power].map((digit) => RAISED.indexOf(digit)).join("")}`);
  return inPlainSigns([...raised].map(own).join("")).trim().replace(GROUPS, GROUP).replace(/'?[%\u066a\ufe6a]$/, "%")
    .replace(/'?[·⋅×*]'?10\^([+-]?\d+)$/, "e$1");
}

/**
 * Digits alone or in groups, parted by one and the same sign, with a decimal sign or without.
 * @param {string} decimal @param {string} group @param {number} last How long the last group is: those before it may have two digits.
 */
function writtenWith(decimal, group, last) {
  const [own, any] = [group, GROUP].map((sign) => `[1-9]\\d{0,2}(?:(?:${sign}\\d{3})+|(?:${sign}\\d\\d)*${sign}\\d{${last}})`);
  return new RegExp(`^(\\d*|${own}|${any})(?:[${decimal}${DECIMAL}](\\d*))?$`);
}

/**
 * The numbers that a text may be: none, the one that it is, or two; `sure`: the first is how its language reads it.
 * @param {string} text @param {Marks} marks @returns {{numbers: number[], sure: boolean}}
 */
export function readings(text, marks) {
  const [, minus = "", written = "", power = "0", percent] = /^([+-]?)'?([.,\u066b]?\d[\d.,'\u066b]*)(?:e([+-]?\d+))?(%)?$/i.exec(plain(text, marks)) ?? [];
  // a number with a power of ten has no groups
  const size = power === "0" ? written : written.replace(/[.,]/, DECIMAL);
  /** @param {RegExp} form */
  const read = (form) => {
    const [, whole, decimals = ""] = form.exec(size) ?? [];
    if (whole === undefined || written === "") return [];
    return [Number(`${minus}${whole.replace(/\D/g, "") || "0"}.${decimals}e${Number(power) - (percent ? 2 : 0)}`)];
  };
  const [point, comma] = [read(marks.point), read(marks.comma)];
  const one = [...point, ...comma].slice(0, 1);
  if (point.length === 0 || comma.length === 0 || point[0] === comma[0]) return { numbers: one, sure: one.length > 0 };
  // what is read in two ways has one sign, of one of two meanings
  const sign = size.includes(".") ? "." : ",";
  const [asDecimal, asGroup] = sign === "." ? [point[0], comma[0]] : [comma[0], point[0]];
  return sign === marks.decimal ? { numbers: [asDecimal, asGroup], sure: true } : { numbers: [asGroup, asDecimal], sure: sign === marks.group };
}
