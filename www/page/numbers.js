// Numbers as the reader's own language writes them, and reads them.

import { marksOf, readings } from "./read-number.js";

/** Whether this names a language: some systems say theirs is "C". @param {string} tag */
function isLanguage(tag) {
  try {
    return Intl.getCanonicalLocales(tag).length > 0;
  } catch {
    return false;
  }
}

const languages = (navigator.languages ?? []).filter(isLanguage);
const locale = languages.length > 0 ? languages : undefined;
/** @type {Map<string, Intl.NumberFormat>} */
const cache = new Map();

/** @param {Intl.NumberFormatOptions} options */
function formatter(options) {
  const key = JSON.stringify(options);
  const known = cache.get(key) ?? new Intl.NumberFormat(locale, options);
  cache.set(key, known);
  return known;
}

/**
 * As its language writes it, but with a minus sign that is none of a hyphen's width.
 * @param {number} x @param {Intl.NumberFormatOptions} options
 */
const format = (x, options) => formatter(options).format(x).replace("-", "\u2212");

const marks = marksOf(locale);
/** What stands before decimals. */
export const decimalSign = marks.decimal;

/** A count: "1,240". @param {number} x */
export const whole = (x) => format(x, { maximumFractionDigits: 0 });

/** @param {number} x @param {number} digits */
const hundredths = (x, digits) => format(x * 100, { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** A fraction as a percentage: "20.0 %". @param {number} x @param {number} [digits] */
export const percent = (x, digits = 1) => `${hundredths(x, digits)}\u202f%`;

/** A number with as many digits as make sense for its size. @param {number} x */
export function plain(x) {
  const size = Math.abs(x);
  if (size >= 1e7 || (size > 0 && size < 1e-4)) {
    return powerOfTen(x);
  }
  if (size >= 1) return format(x, { maximumFractionDigits: size >= 1000 ? 1 : 3 });
  return format(x, { maximumSignificantDigits: 3 });
}

/** A very large or small number: "2.95·10⁻¹³". @param {number} x */
function powerOfTen(x) {
  const [mantissa, exponent] = x.toExponential(2).split("e");
  const raised = [...exponent.replace("+", "")].map((sign) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(sign)] ?? "⁻").join("");
  const factor = format(Number(mantissa), { maximumSignificantDigits: 3 });
  return `${factor}·10${raised}`;
}

/** A number in its unit; "–" where there is none. @param {number} x @param {string} [unit] */
export function quantity(x, unit = "") {
  if (!Number.isFinite(x)) return "–";
  if (unit === "fraction" || unit === "percent") return percent(x);
  if (unit === "points") return `${hundredths(x, 1)} points`;
  return plain(x) + (unit === "" || unit === "plain" ? "" : ` ${unit}`);
}

/**
 * A measurement: as `quantity`, but with all its decimals, so that it does not jump as it changes.
 * @param {number} x @param {string} [unit] @param {number} [decimals] Always so many, however small it is.
 */
export function measured(x, unit = "", decimals = undefined) {
  if (!Number.isFinite(x)) return quantity(x);
  if (decimals !== undefined) {
    // no minus sign before what is written as 0
    const number = format(x, { minimumFractionDigits: decimals, maximumFractionDigits: decimals, signDisplay: "negative" });
    return unit === "" ? number : `${number} ${unit}`;
  }
  const size = Math.abs(x);
  if (unit !== "" || !Number.isFinite(x) || Number.isInteger(x) || size >= 10 || size < 0.01) return quantity(x, unit);
  return format(x, { minimumFractionDigits: 3, maximumFractionDigits: 3 });
}

/**
 * A setting as it stands in its field: no grouping, so that it can be edited, and at least the
 * digits of the slider's step, where it goes evenly. A very small one is written as it is typed: "1e-8".
 * @param {number} x @param {{step: number, scale?: string}} spec
 */
export function editable(x, { step, scale }) {
  if (x !== 0 && Math.abs(x) < 1e-5) {
    return x.toExponential().replace(".", decimalSign);
  }
  const digits = scale === "log" || step >= 1 ? 0 : Math.min(6, Math.ceil(-Math.log10(step) - 1e-9));
  const shown = format(x, { useGrouping: false, maximumSignificantDigits: 12 });
  const fixed = format(x, { useGrouping: false, minimumFractionDigits: digits, maximumFractionDigits: digits });
  return Math.abs(Number(readNumber(fixed)) - x) < 1e-12 ? fixed : shown;
}

/**
 * What was typed, as a number where it is one; otherwise the text itself, for the engine to refuse.
 * @param {string} text
 * @returns {number | string}
 */
export function readNumber(text) {
  const { numbers: [number], sure } = readings(text, marks);
  return sure ? number : text.trim();
}

/** Whether decimals that are all 0 stand where a thousand may be meant. @param {number[]} numbers As they are read. */
const isOdd = ([first, second]) => Number.isInteger(first) && Math.abs(first) < Math.abs(second);

/** As `readNumber`, of what counts things: "10.000" is not taken for ten in silence. @param {string} text */
export function readWhole(text) {
  const { numbers, sure } = readings(text, marks);
  return sure && !isOdd(numbers) ? numbers[0] : text.trim();
}

/**
 * What is to be said of a text that may be two numbers, and as its language reads it is not allowed; "" of any other.
 * @param {string} text @param {(number: number) => boolean} allowed
 */
export function askBack(text, allowed) {
  const { numbers, sure } = readings(text, marks);
  const fit = numbers.filter(allowed);
  if (numbers.length < 2 || fit.length === 0 || (sure && fit[0] === numbers[0] && (fit.length === 1 || !isOdd(numbers)))) return "";
  const [one, other] = fit.map((number) => format(number, { useGrouping: false, maximumSignificantDigits: 15 }));
  return other === undefined ? `“${text.trim()}” may be read in two ways, of which one is allowed: ${one}. Write it so.`
    : `“${text.trim()}” may be ${one} or ${other}: write it as one of these.`;
}
