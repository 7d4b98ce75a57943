// What keeps a run from stopping once more: of the tenths of its learning rate the first with which it comes to its
// end, found out in the background.

import { dismiss, hire } from "../engine/crew.js";
import { joinQueries } from "./query.js";

/** @import {Cell, Job} from "../engine/crew.js" */

/**
 * @param {string} lab The lab's id. @param {string} query What a link to the run holds. @param {{from: number, least: number}} rate
 * @param {(rate: number | null) => void} found null where there is none.
 * @returns {() => void} Ends the search.
 */
export function seekRate(lab, query, { from, least }, found) {
  /** @param {number} before @returns {Cell[]} */
  const after = (before) => {
    const x = Math.max(least, Number((before / 10).toPrecision(2)));
    return x < before ? [{ x, query: joinQueries(query, `learning_rate=${x}`) }] : [];
  };
  /** @param {number | null} rate */
  const end = (rate) => {
    dismiss(job);
    found(rate);
  };
  /** @type {Job} */
  const job = { lab, cells: after(from), here: true, told: {
    came: () => {},
    done: ({ x }) => end(x),
    diverged: ({ x }) => {
      job.cells = after(x);
      if (job.cells.length === 0) end(null);
    },
    refused: () => end(null),
    lost: () => end(null),
    failed: () => end(null),
  } };
  if (job.cells.length > 0) hire(job);
  else found(null);
  return () => dismiss(job);
}
