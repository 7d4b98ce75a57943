// The map: what the lab measures against its main parameter. Every finished run is a point on it, the
// one that is shown a large one under the slider's place; the reader's guess is drawn on the same axes, and
// runs in the background fill in the rest. What belongs on it, the engine's catalogue says (`main`).

import { bindings } from "../engine/bindings.js";
import { joined, parted } from "../engine/ticket.js";
import { buildBatch } from "./batch.js";
import { el, setText } from "./dom.js";
import { whole } from "./numbers.js";

/** @import {FigureData, FigureSpec, LabSpec, MainSpec, MapRun, MapState, Params} from "../pkg/regularization_playground.js" */
/** @import {Frame} from "../engine/messages.js" */
/** @import {KeptRun, KeptRuns, Made} from "./kept-runs.js" */

/** @typedef {{query: string, x: number, y: number[], filled: boolean}} MapPoint */

/** A run as the bindings take it. @param {KeptRun} run @returns {MapRun} */
const plain = ({ params, metrics, filled }) => ({ params, metrics, filled });

/**
 * @param {HTMLElement} box The section's `.map`.
 * @param {LabSpec & {main: MainSpec}} lab The lab's entry in the catalogue.
 * @param {KeptRuns} runs
 * @param {{add: (element: HTMLElement, spec: FigureSpec) => (make: () => FigureData | null) => void}} figures
 * @param {{guess: () => number | null, open: () => boolean, onVerdict: (verdict: ReturnType<typeof bindings.mapVerdict> | null) => void}} question
 */
export function buildMap(box, lab, runs, figures, question) {
  const { parameter, metrics, by } = lab.main;
  const element = el("figure", { "data-figure": "map", "data-shape": "map" });
  box.prepend(element);
  Object.assign(box.dataset, { map: "", x: parameter, y: metrics.join(" "), points: "0", filled: "0" });
  const named = { key: "map", title: "Your runs", description: `${lab.claim} Every finished run is a point.` };
  const draw = figures.add(element, named);

  /** What the map is of. @type {{params: Params, query: string, touched: boolean, at: number} | null} */
  let shown = null;
  /** Whether there is more than is shown before a guess. */
  let waits = false;
  /** @type {{key: string, cells: ReturnType<typeof bindings.mapCells>, refused: Set<number>, diverged: Set<string>} | null} */
  let plan = null;

  const batch = buildBatch(lab.id, {
    name: "fill",
    label: "Runs that fill in the map",
    cells: () => (shown ? missing(shown) : []),
    done: (cell, { query, params, metrics, touched }) => runs.add({ query, params, metrics, touched, filled: true }),
    refused: ({ x }) => plan?.refused.add(x),
    diverged: ({ query }) => plan?.diverged.add(query),
    told: () => setText(hint, batch.faults().join(" ") || (waits ? "Your other runs are shown once you have guessed." : "")),
    word: () => {
      const left = shown ? missing(shown).length : lab.main.stops.length * lab.main.seeds;
      batch.button.disabled = left === 0 || element.hasAttribute("data-locked");
      return left === 0 ? "Filled in" : `Fill in: ${whole(left)} runs, ${whole(lab.main.seeds)} seeds`;
    },
  });
  batch.button.title = "F";
  const hint = el("p", { class: "help" });
  box.append(batch.element, hint);

  /** What fills in the map of these settings, asked for once a map. @param {Made} made */
  const cellsOf = ({ query, params }) => {
    const { ticket } = parted(query);
    const key = JSON.stringify({ ...params, [parameter]: null, ticket });
    const cells = () => bindings.mapCells(lab.id, params).map((cell) => ({ ...cell, query: joined(cell.query, ticket) }));
    if (plan?.key !== key) plan = { key, cells: cells(), refused: new Set(), diverged: new Set() };
    const { refused, diverged } = plan;
    return plan.cells.filter(({ x, query }) => !refused.has(x) && !diverged.has(query));
  };
  /** Those of them that were not run yet. @param {Made} made */
  const missing = (made) => {
    const here = runs.onMap(made).filter((run) => !by || run.params[by] === made.params[by]);
    const known = new Set(here.map((run) => `${run.params[parameter]} ${run.params.seed}`));
    return cellsOf(made).filter(({ x, seed }) => !known.has(`${x} ${seed}`));
  };

  const refresh = () => {
    if (!shown) return null;
    const { params, touched, at } = shown;
    const here = runs.onMap(shown);
    const now = touched ? undefined : runs.find(shown);
    /** @type {MapState} */
    const state = { lab: lab.id, runs: here.map(plain), now: now ? { ...plain(now), params } : null, at, guess: question.guess(), open: question.open() };
    waits = !state.open && here.length > 1;
    question.onVerdict(state.guess === null ? null : bindings.mapVerdict(state));
    const made = here.filter(({ filled }) => !filled).length;
    Object.assign(box.dataset, { points: String(made), filled: String(here.length - made) });
    batch.tell();
    return bindings.mapFigure(state);
  };
  Object.defineProperty(box, "runs", { get: () => (shown ? runs.onMap(shown) : []).map((run) => ({
    query: run.query, x: Number(run.params[parameter]), y: metrics.map((key) => run.metrics[key]), filled: run.filled })) });

  const later = () => draw(refresh);
  return {
    /** Something else is to be drawn. */
    later,
    /** The run that is shown, and where the slider stands. @param {Pick<Frame, "params" | "query" | "touched">} run @param {number} at */
    show({ params, query, touched }, at) {
      if (shown?.query === query && shown.touched === touched && shown.at === at) return;
      shown = { params, query, touched, at };
      later();
    },
    end: batch.stop,
    fill: batch.start,
    toggleFill: () => batch.button.click(),
    attend: batch.attend,
  };
}
