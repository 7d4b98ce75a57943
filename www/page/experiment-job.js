// The runs of one experiment, in the background: those that are known are not run again; they can be paused,
// cancelled and gone on with, and what comes of them is remembered.

import { MOST_BEHIND } from "../engine/workers.js";
import { attend, dismiss, hire, underWay, unfinished } from "../engine/crew.js";
import { bindings } from "../engine/bindings.js";
import { keep, recall } from "./cells.js";
import { timeLeft } from "./experiment-time.js";

/** @import {EndedCell, PlannedCell} from "../pkg/regularization_playground.js" */
/** @import {Cell, Job} from "../engine/crew.js" */
/** @import {Outcome} from "./cells.js" */

/** So many runs go on side by side. */
export const SIDE_BY_SIDE = MOST_BEHIND;

/** What is said of a run that was given up; it is not remembered, for it may do another time. */
const LOST = "the computation stopped answering twice";

/** @param {string} lab The lab's id. @param {() => void} told Something has changed. */
export function buildJob(lab, told) {
  const version = bindings.version();
  /** @type {PlannedCell[]} */
  let planned = [];
  /** By what a link to the run holds. @type {Map<string, Outcome>} */
  let outcomes = new Map();
  let turn = 0;
  let paused = false;
  let here = true;
  let trouble = "";
  /** How long each run took that has ended, in milliseconds. @type {number[]} */
  let times = [];

  /** @param {Cell} cell @param {Outcome} outcome @param {boolean} [lasting] Whether it would come again another time. */
  const end = ({ query, took }, outcome, lasting = true) => {
    outcomes.set(query, outcome);
    if (lasting) keep(version, lab, query, outcome);
    if (took) times.push(took);
    told();
  };
  /** @type {Job} */
  const job = { lab, cells: [], here: true, told: {
    came: () => told(),
    done: (cell, { metrics }) => end(cell, { metrics }),
    // for want of data, perhaps; to ask again costs nothing
    refused: (cell, error) => end(cell, { error: error.message }, false),
    diverged: (cell, error) => end(cell, { error: error.message }),
    lost: ({ query }) => {
      outcomes.set(query, { error: LOST });
      told();
    },
    failed: (error) => {
      trouble = `The other runs were stopped: ${error.message}.`;
      stop();
    },
  } };
  const isGoing = () => unfinished(job);
  const stop = () => {
    job.cells = [];
    dismiss(job);
    paused = false;
    told();
  };
  const attendNow = () => {
    attend(job, here && !paused);
    told();
  };

  return {
    /**
     * Takes other cells, none of which is run yet; settles once it is known what came of them before.
     * @param {PlannedCell[]} cells
     */
    async take(cells) {
      dismiss(job);
      job.cells = [];
      [planned, outcomes, paused, trouble, times] = [cells, new Map(), false, "", []];
      const mine = ++turn;
      const remembered = await recall(version, lab, [...new Set(cells.map(({ query }) => query))]);
      if (mine !== turn) return;
      for (const [query, outcome] of remembered) if (!outcomes.has(query)) outcomes.set(query, outcome);
      told();
    },
    /** Runs what is not known, seed after seed, so that the whole curve is there early. */
    start() {
      for (const [query, { error }] of outcomes) if (error === LOST) outcomes.delete(query);
      const wanted = planned.filter(({ query }) => !outcomes.has(query)).sort((a, b) => a.seed - b.seed);
      job.cells = [...new Set(wanted.map(({ query }) => query))].map((query, x) => ({ x, query }));
      [trouble, paused] = ["", false];
      job.here = here;
      if (job.cells.length > 0) hire(job);
      told();
    },
    stop,
    /** @param {boolean} now */
    pause(now) {
      paused = now;
      attendNow();
    },
    /** @param {boolean} shown Whether the lab is the one that is shown. */
    attend(shown) {
      here = shown;
      if (isGoing()) attendNow();
    },
    isGoing,
    isPaused: () => paused,
    trouble: () => trouble,
    /** How many cells there are, how many have ended, and how many of those have no result. */
    count() {
      const ended = planned.filter(({ query }) => outcomes.has(query));
      return { of: planned.length, done: ended.length, failed: ended.filter(({ query }) => outcomes.get(query)?.error !== undefined).length };
    },
    /** With what the runs under way have done. */
    part: () => planned.filter(({ query }) => outcomes.has(query)).length + underWay(job),
    /** How long the rest takes, in milliseconds, by the middle one of the runs so far; NaN before any has ended. */
    left() {
      const rest = planned.filter(({ query }) => !outcomes.has(query)).length;
      return timeLeft(times, rest, underWay(job), SIDE_BY_SIDE);
    },
    /** Cells that have ended, in the plan's order. @returns {EndedCell[]} */
    ended: () => planned.flatMap((cell) => {
      const outcome = outcomes.get(cell.query);
      return outcome ? [{ ...cell, ...outcome }] : [];
    }),
  };
}
