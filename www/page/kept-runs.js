// The runs of a lab that came to their end, while the tab is open: those made by hand and those that
// filled in the map. What belongs together is told apart here: a map holds runs that differ in the main
// parameter and the seed alone.

import { parted } from "../engine/ticket.js";
import { recall, remember } from "./memory.js";

/** @import {FigureData, LabSpec, MapRun, Metrics, Params} from "../pkg/regularization_playground.js" */

/** So many are kept of each kind, the latest. */
const MOST = 150;
/** So many runs before the one that is shown stay faint behind its curves. */
const FAINT = 2;
/** So many have their curves at hand, to be pinned. */
const DRAWN = 12;

/**
 * @typedef {object} KeptRun
 * @property {string} query What a link to it holds.
 * @property {Params} params
 * @property {Metrics} metrics
 * @property {boolean} touched Whether a setting was changed on the way: its link begins it anew.
 * @property {boolean} filled Whether it was run in the background.
 * @property {boolean} [pinned] Whether its curves stay beside those of later runs.
 * @property {FigureData | null} [curves] The run's main figure at its end, of the last ones and those that are pinned.
 */

/** @typedef {Pick<KeptRun, "query" | "params">} Made What a run is made of: the reader's own data, where its link names some, and the settings. */

/** Whether what a store had is a run of this lab: any value else would be met where it is shown. @param {any} run @param {LabSpec} lab */
const isRun = (run, { parameters }) => typeof run?.query === "string" && run.params && run.metrics
  && parameters.every(({ key, default: usual, choices }) => typeof run.params[key] === typeof usual && (choices?.some(({ value }) => value === run.params[key]) ?? true))
  && Object.values(run.metrics).every((value) => value === null || typeof value === "number");

/**
 * @param {LabSpec} lab The lab's entry in the catalogue.
 * @param {() => void} changed
 */
export function keepRuns(lab, changed) {
  const key = `runs:${lab.id}`;
  /** @type {KeptRun[]} */
  let runs = recall(key, /** @type {KeptRun[]} */ ([]), (kept) => Array.isArray(kept) && kept.every((run) => isRun(run, lab)));
  const { parameter, by } = lab.main ?? {};
  /** What makes a run; what of it is looked at does not count. */
  const making = lab.parameters.filter(({ view }) => !view).map(({ key }) => key);
  /** @param {Made} run @param {Made} other @param {string[]} keys */
  const equal = (run, other, keys) => parted(run.query).ticket === parted(other.query).ticket && keys.every((key) => run.params[key] === other.params[key]);
  /** @param {Made} run @param {Made} other */
  const same = (run, other) => equal(run, other, making);
  /** What the runs of one map have in common. */
  const common = making.filter((key) => ![parameter, by, "seed"].includes(key));
  /** @param {Made} run @param {Made} other */
  const alike = (run, other) => equal(run, other, common);

  /** @param {KeptRun[]} next */
  const update = (next) => {
    const surplus = (/** @type {boolean} */ filled) => next.filter((run) => run.filled === filled && !run.pinned).slice(0, -MOST);
    const gone = new Set([...surplus(true), ...surplus(false)]);
    runs = next.filter((run) => !gone.has(run));
    // curves are large: those that are shown are kept
    const drawn = runs.filter(({ curves, pinned }) => curves && !pinned).slice(-DRAWN);
    for (const run of runs) if (!run.pinned && !drawn.includes(run)) delete run.curves;
    remember(key, runs);
    changed();
  };

  return {
    all: () => runs,
    /** The untouched run of these settings, whatever of it was looked at. @param {Made} made */
    find: (made) => runs.find((run) => !run.touched && same(run, made)),
    /** Run again, a run is the latest once more. @param {KeptRun} run */
    add(run) {
      const before = runs.find((other) => same(other, run) && other.touched === run.touched);
      const pinned = before?.pinned;
      const filled = run.filled && (before?.filled ?? true);
      update([...runs.filter((other) => other !== before), { ...before, ...run, filled, ...(pinned ? { pinned } : {}) }]);
    },
    /** @param {KeptRun} run */
    togglePin(run) {
      run.pinned = !run.pinned;
      update(runs);
    },
    /** Those made by hand are forgotten, and what filled in the maps. */
    clear: () => update([]),
    /** The runs on the map of these settings. @param {Made} made */
    onMap: (made) => runs.filter((run) => !run.touched && alike(run, made)),
    /** Those whose curves stand behind the run that is shown, the latest last. @param {Made} shown The run that is shown. */
    behind(shown) {
      const others = runs.filter((run) => run.curves && !same(run, shown));
      const last = others.filter((run) => !run.pinned && !run.touched && alike(run, shown)).slice(-FAINT);
      return others.filter((run) => run.pinned || last.includes(run));
    },
  };
}

/** @typedef {ReturnType<typeof keepRuns>} KeptRuns */
