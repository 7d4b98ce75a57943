// What a link holds that is no setting: the reader's own data, by its name and checksum, and the choices that were made
// when it was read. The data itself is in no link, but for points that were drawn by hand.
//
//   data=<name>~<first 16 digits of the file's SHA-256>&read=<choices, as JSON>
//
// runs.js reads the name by itself: it is there before anything of own data is.

/** @import {CsvOptions} from "../pkg/regularization_playground.js" */

/**
 * Own data as a link names it.
 * @typedef {object} Named
 * @property {string} name The file's.
 * @property {string} sum The first 16 hexadecimal digits of its SHA-256; "" where the browser gave none.
 * @property {CsvOptions} choices Those that were made when it was read; all others were guessed.
 */

/** @param {Named} named */
export function ticketOf({ name, sum, choices }) {
  const read = Object.keys(choices).length > 0 ? `&read=${encodeURIComponent(JSON.stringify(choices))}` : "";
  return `data=${encodeURIComponent(name)}~${sum}${read}`;
}

/** @param {string} ticket @returns {Named} */
export function namedBy(ticket) {
  const pairs = new URLSearchParams(ticket);
  const [, name, sum] = /^(.*?)(?:~([0-9a-f]{16}|))?$/s.exec(pairs.get("data") ?? "") ?? [];
  return { name, sum: sum ?? "", choices: choicesIn(pairs.get("read")) };
}

/** What is no object of choices is none: what stands in one, the engine judges. @param {string | null} text @returns {CsvOptions} */
function choicesIn(text) {
  try {
    const choices = JSON.parse(text ?? "{}");
    return typeof choices === "object" && choices !== null && !Array.isArray(choices) ? choices : {};
  } catch {
    return {};
  }
}
