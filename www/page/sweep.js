// An experiment over many runs, in the background: `<div class="sweep">` names a parameter, its
// values, the metrics and how many seeds; everything else is as the lab is set. A metric may say its
// role, and `b` where it is what the others are compared with. `data-names`, parted by commas, are what
// the lines are called and `data-axis` the vertical axis, where the metrics' labels do not say it well.
//
//   <div class="sweep" data-over="n_train" data-values="20 100 500" data-seeds="5"
//     data-metrics="test_error baseline_test_error:test:b" data-set="steps=300" data-title="Error against …"></div>

import { bindings } from "../engine/bindings.js";
import { buildBatch } from "./batch.js";
import { el, setText } from "./dom.js";
import { quantity, whole } from "./numbers.js";

/** @import {FigureData, FigureSpec, LabSpec, Params, Sweep, SweepCell} from "../pkg/regularization_playground.js" */

/** @param {string | undefined} text */
const words = (text) => (text ?? "").split(/\s+/).filter(Boolean);

/**
 * @param {HTMLElement} box
 * @param {LabSpec} lab The lab's entry in the catalogue.
 * @param {{add: (element: HTMLElement, spec: FigureSpec) => (make: () => FigureData | null) => void}} figures
 */
export function buildSweep(box, lab, figures) {
  const plan = readPlan(box, lab);
  const heading = el("h2", { text: plan.title });
  const readout = el("p", { class: "help", role: "status" });
  const figure = el("figure", { hidden: true });
  /** The lab's settings on the page. @type {Params} */
  let params = {};
  let ran = ""; // those of the runs that are shown
  /** @type {SweepCell[]} */
  let cells = [];
  const batch = buildBatch(lab.id, {
    name: "sweep",
    label: plan.title,
    begin: () => ([ran, cells] = [plan.settings(params), []]),
    cells: () => plan.cells(params),
    done: ({ x }, { metrics }) => {
      cells.push({ x, metrics });
      figure.hidden = false;
      heading.hidden = true;
      draw(() => bindings.sweepFigure(plan.sweep, cells));
    },
    told: () => setText(readout, [
      batch.going() || cells.length > 0 ? `${whole(batch.count().done)} of ${whole(plan.runs)} runs are done.` : plan.told,
      ...(cells.length > 0 && ran !== plan.settings(params) ? ["The settings above have changed since."] : []),
      ...batch.faults(),
    ].join(" ")),
    word: () => (cells.length > 0 ? "Run again" : `Run all ${whole(plan.runs)}`),
  });
  box.append(heading, figure, batch.element, readout);
  const draw = figures.add(figure, { key: `sweep-${plan.over}`, title: plan.title, description: plan.told });
  return {
    /** @param {Params} now The lab's settings. */
    show(now) {
      params = now;
      batch.tell();
    },
    attend: batch.attend,
    end: batch.stop,
  };
}

/** What the markup asks for. @param {HTMLElement} box @param {LabSpec} lab */
function readPlan({ dataset }, lab) {
  const { over = "", title = "", axis } = dataset;
  const values = words(dataset.values).map(Number);
  const seeds = Number(dataset.seeds ?? 5);
  const fixed = Object.fromEntries(new URLSearchParams(dataset.set ?? ""));
  const names = dataset.names?.split(", ") ?? [];
  const metrics = words(dataset.metrics).map((word, i) => {
    const [key, role, run] = word.split(":");
    return /** @type {Sweep["metrics"][number]} */ ({ key, role, run, name: names[i] });
  });
  const runs = values.length * seeds;
  const name = lab.parameters.find(({ key }) => key === over)?.label.toLowerCase();
  /** @param {Params} params */
  const settings = (params) => ({ ...params, ...fixed });
  // what the runs are made of: neither what is varied nor what of the lab's own run is looked at
  const apart = Object.fromEntries(lab.parameters.filter(({ key, view }) => view || key === over).map(({ key }) => [key, null]));
  /** Seed after seed, so that the whole curve is there early. @param {Params} params @param {number} i */
  const cell = (params, i) => {
    const x = values[i % values.length];
    const seed = (Number(params.seed) + Math.floor(i / values.length)) % 2 ** 32;
    const pairs = Object.entries({ ...settings(params), [over]: x, seed }).map(([key, value]) => [key, String(value)]);
    return { x, query: new URLSearchParams(pairs).toString() };
  };
  return {
    over, title, runs,
    sweep: { lab: lab.id, over, title, metrics, axis },
    told: `${whole(runs)} runs in the background: ${name} ${values.map((x) => quantity(x)).join(", ")}; `
      + `${whole(seeds)} seeds each; everything else as set above.`,
    settings: (/** @type {Params} */ params) => JSON.stringify({ ...settings(params), ...apart }),
    cells: (/** @type {Params} */ params) => Array.from({ length: runs }, (_, i) => cell(params, i)),
  };
}
