// Many runs in the background, whatever they are for: a button that begins and cancels them, and how far
// they have come.

import { attend, dismiss, hire, underWay, unfinished } from "../engine/crew.js";
import { el, setText } from "./dom.js";

/** @import {Finished} from "../engine/messages.js" */
/** @import {Cell, Job} from "../engine/crew.js" */

/**
 * @param {string} lab The lab's id.
 * @param {{name: string, label: string, cells: () => Cell[], begin?: () => void, done: (cell: Cell, run: Finished) => void,
 *   refused?: (cell: Cell) => void, told: () => void, word: () => string}} plan What the button is called in code and for those who do not see it, the runs to be
 *   done, what a run that is done is for and one that the lab refuses, what is told as they come, and what the button says while none goes on.
 */
export function buildBatch(lab, plan) {
  const button = el("button", { type: "button", name: plan.name, onclick: () => (unfinished(job) ? stop() : start()) });
  const progress = el("progress", { max: "1", value: "0", "aria-label": plan.label });
  const element = el("div", { class: "batch" }, button, progress);
  let of = 0;
  let done = 0;
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
    [of, done, trouble] = [job.cells.length, 0, ""];
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
    faults: () => [...[...left.values()].map((reason) => `Left out: ${reason}.`), ...(trouble ? [trouble] : [])],
    /** @param {boolean} here Whether the lab is the one that is shown. */
    attend: (here) => attend(job, here),
  };
}
