// What is said of the reader's own data before it is trained on.

import { whole } from "./numbers.js";
import { inWords } from "./panel.js";

/** @import {LabSpec, ParamSpec, Table} from "../pkg/regularization_playground.js" */
/** @import {Named} from "./own-ticket.js" */

/** What the engine or a file has refused, as a sentence; how a program chooses is no matter here. @param {string} text */
export function sentence(text) {
  const plain = text.replace(/ \((?:missing|leave_out): .*?["\]]\)(?=[.;,]|$)/g, "");
  return plain === "" ? "" : `${plain[0].toUpperCase()}${plain.slice(1)}${/[.!?]$/.test(plain) ? "" : "."}`;
}

/** What tells two readings of one file apart. @param {Named} named @param {Pick<Table, "target">} table */
export function readingOf({ choices }, { target }) {
  const out = Array.isArray(choices.leave_out) ? choices.leave_out : [];
  return `to predict “${target}”${out.length > 0 ? ` without ${out.length > 3 ? `${whole(out.length)} columns` : out.map((name) => `“${name}”`).join(", ")}` : ""}`;
}

/** Why a table has too few rows for any run of a lab; "" where it has not. @param {Table} table @param {LabSpec} lab The lab's entry in the catalogue. */
export function tooFew({ rows, task }, { parameters }) {
  const learned = parameters.find(({ key }) => key === "n_train")?.min ?? 1;
  const least = learned + (task === "classes" ? 1 : 2);
  return rows < least ? `There ${rows === 1 ? "is 1 row" : `are ${whole(rows)} rows`}; at least ${least} are needed: ${learned} to learn from, the rest to test on` : "";
}

/** What will be trained on. @param {string} name @param {Table} table */
export function outcomeOf(name, table) {
  const { rows, inputs, target, task, classes, image_side: side, rows_left_off: off = 0 } = table;
  const row = side ? `images of ${side} × ${side} pixels` : "rows";
  const from = side ? "" : ` from ${inputs.length === 1 ? "1 input" : `${whole(inputs.length)} inputs`}`;
  const what = task === "classes" ? `“${target}” (${whole(classes.length)} classes)` : `“${target}” (a number)`;
  const more = off > 0 ? ` ${whole(off)} more are in the file than fit; they are left off.` : "";
  return `“${name}”: ${whole(rows)} ${row}, to predict ${what}${from}. The network learns from some of them and is tested on the others.${more}`;
}

/** What settings of a lab that a query names are in another: "training examples 400 → 120, test image 300 → 27". @param {LabSpec} lab @param {string} before @param {string} after */
export function changesOf({ parameters }, before, after) {
  const [from, to] = [before, after].map((query) => new URLSearchParams(query));
  const changed = parameters.filter((spec) => spec.key !== "dataset" && from.has(spec.key) && valueIn(spec, from) !== valueIn(spec, to));
  return changed.map((spec) => `${spec.label.toLowerCase()} ${inWords(spec, valueIn(spec, from))} → ${inWords(spec, valueIn(spec, to))}`).join(", ");
}

/** A setting as it stands in a query. @param {ParamSpec} spec @param {URLSearchParams} query */
function valueIn({ key, kind }, query) {
  const text = query.get(key) ?? "";
  if (kind === "flag") return text === "true";
  return kind === "real" || kind === "integer" ? Number(text) : text;
}

/** What is to be known where a file may not be what a link asks for, by their checksums. @param {string} here @param {string} asked */
export function differenceOf(here, asked) {
  if (here === asked && here !== "") return "";
  if (here === "" || asked === "") return "Whether this is the file that the link was made with cannot be checked: this page is not served over HTTPS, or was not then.";
  return `This is another file than the link was made with: its SHA-256 begins with ${here}, that one’s with ${asked}. It can be trained on, but the numbers will be others.`;
}
