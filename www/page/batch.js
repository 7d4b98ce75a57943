// Many runs in the background, whatever they are for: a button that begins and cancels them, and how far
// they have come.

import { attend, dismiss, hire, underWay, unfinished } from "../engine/crew.js";
import { el, setText } from "./dom.js";
import { whole } from "./numbers.js";

/** @import {Finished} from "../engine/messages.js" */
/** @import {Cell, Job} from "../engine/crew.js" */

/**
 * @param {string} lab The lab's id.
 * @param {{name: string, label: string, cells: () => Cell[], begin?: () => void, done: (cell: Cell, run: Finished) => void,
 *   refused?: (cell: Cell) => void, diverged?: (cell: Cell) => void, told: () => void, word: () => string}} plan What the button is called in code and for those who do not see it, the runs to be
 *   done, what a run that is done is for, one that the lab refuses and one that diverges, what is told as they come, and what the button says while none goes on.
 */
export function buildBatch(lab, plan) {
  const button = el("button", { type: "button", name: plan.name, onclick: () => (unfinished(job) ? stop() : start()) });
  const progress = el("progress", { max: "1", value: "0", "aria-label": plan.label });
  const element = el("div", { class: "batch" }, button, progress);
  let of = 0;
  let done = 0;
  let diverged = 0;
  let lost = 0;
  let trouble = "";
  /** Values the lab refuses with these settings, and why. @type {Map<number, string>} */
  const left = new Map();

  /** @type {Job} */
  const job = { lab, cells: [], here: true, told: {
    came: () => tell(),
    refused: (cell, error) => {
      const { x } = cell;
      job.cells = job.cells.filter((other) => other.x !== x);
      left.set(x, error.message);
      plan.refused?.(cell);
      tell();
    },
    done: (cell, run) => {
      done += 1;
      plan.done(cell, run);
      tell();
    },
    diverged: (cell) => {
      done += 1;
      diverged += 1;
      plan.diverged?.(cell);
      tell();
    },
    lost: () => {
      done += 1;
      lost += 1;
      tell();
    },
    failed: (error) => {
      trouble = `The other runs were stopped: ${error.message}.`;
      stop();
    },
  } };
  const tell = () => {
    const going = unfinished(job);
    setText(button, going ? "Cancel" : plan.word());
    if (going) button.disabled = false;
    progress.hidden = !going;
    progress.max = of || 1;
    progress.value = done + underWay(job);
    plan.told();
  };
  const stop = () => {
    job.cells = [];
    dismiss(job);
    tell();
  };
  const start = () => {
    dismiss(job);
    plan.begin?.();
    job.cells = plan.cells();
    [of, done, diverged, lost, trouble] = [job.cells.length, 0, 0, 0, ""];
    left.clear();
    if (of > 0) hire(job);
    tell();
  };
  return {
    element, button, start, stop, tell,
    going: () => unfinished(job),
    /** How many are done, and of how many. */
    count: () => ({ done, of }),
    /** What went wrong, in sentences. */
    faults: () => [...[...left.values()].map((reason) => `Left out: ${reason}.`), ...(diverged > 0 ? [outOf(diverged)] : []), ...(lost > 0 ? [givenUp(lost)] : []), ...(trouble ? [trouble] : [])],
    /** @param {boolean} here Whether the lab is the one that is shown. */
    attend: (here) => attend(job, here),
  };
}

/** @param {number} diverged How many runs have. */
const outOf = (diverged) => `${diverged === 1 ? "In one run" : `In ${whole(diverged)} runs`} the loss stopped being a finite number: nothing was measured there.`;

/** @param {number} lost How many runs were given up. */
const givenUp = (lost) => `${lost === 1 ? "One run was" : `${whole(lost)} runs were`} begun twice, and twice the computation stopped answering: nothing was measured there.`;
