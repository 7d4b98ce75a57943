// What is said of the reader's own data before it is trained on.

import { whole } from "./numbers.js";

/** @import {Table} from "../pkg/regularization_playground.js" */

/** What the engine or a file has refused, as a sentence; how a program chooses is no matter here. @param {string} text */
export function sentence(text) {
  const plain = text.replace(/ \((?:missing|leave_out): .*?["\]]\)(?=[.;,]|$)/g, "");
  return plain === "" ? "" : `${plain[0].toUpperCase()}${plain.slice(1)}${/[.!?]$/.test(plain) ? "" : "."}`;
}

/** What will be trained on. @param {string} name @param {Table} table */
export function outcomeOf(name, table) {
  const { rows, inputs, target, task, classes, image_side: side, rows_left_off: off = 0 } = table;
  const row = side ? `images of ${side} × ${side} pixels` : "rows";
  const from = side ? "" : ` from ${inputs.length === 1 ? "1 input" : `${whole(inputs.length)} inputs`}`;
  const what = task === "classes" ? `“${target}” (${whole(classes.length)} classes)` : `“${target}” (a number)`;
  const more = off > 0 ? ` ${whole(off)} more are in the file than fit; they are left off.` : "";
  return `“${name}”: ${whole(rows)} ${row}, to predict ${what}${from}. Some are learned from, the others judge.${more}`;
}

/** What is to be known where a file may not be what a link asks for, by their checksums. @param {string} here @param {string} asked */
export function differenceOf(here, asked) {
  if (here === asked && here !== "") return "";
  if (here === "" || asked === "") return "Whether this is the file that the link was made with cannot be checked: this page is not served over HTTPS, or was not then.";
  return `This is another file than the link was made with: its SHA-256 begins with ${here}, that one’s with ${asked}. It can be trained on, but the numbers will be others.`;
}
