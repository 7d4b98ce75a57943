// An experiment over many runs, in the background: `<div class="sweep">` names a parameter, its
// values, the metrics and how many seeds; everything else is as the lab is set. A metric may say its
// role, and `b` where it is what the others are compared with. `data-names`, parted by commas, are what
// the lines are called and `data-axis` the vertical axis, where the metrics' labels do not say it well.
//
//   <div class="sweep" data-over="n_train" data-values="20 100 500" data-seeds="5"
//     data-metrics="test_error baseline_test_error:test:b" data-set="steps=300" data-title="Error against …"></div>

import { Bridge } from "../engine/bridge.js";
import { el, setText } from "./dom.js";
import { quantity, whole } from "./numbers.js";

/** @import {FigureData, FigureSpec, LabSpec, Metrics, Params, Sweep, SweepCell} from "../pkg/regularization_playground.js" */
/** @import {Bindings} from "../engine/bindings.js" */
/** @import {Frame} from "../engine/messages.js" */

/** @typedef {{x: number, query: string}} Cell One run that is to be done. */

/**
 * What a runner tells.
 * @typedef {object} Hear
 * @property {(runner: Runner) => void} ready
 * @property {(runner: Runner, part: number) => void} part How far its run has come.
 * @property {(runner: Runner, cell: Cell, error: Error) => void} refused
 * @property {(runner: Runner, cell: Cell, metrics: Metrics) => void} done
 * @property {(error: Error) => void} failed
 */

/** @param {string | undefined} text */
const words = (text) => (text ?? "").split(/\s+/).filter(Boolean);

/** Runs side by side: one processor stays for the page and its own lab. */
const crewSize = () => Math.max(1, Math.min(4, (navigator.hardwareConcurrency || 2) - 1));

/**
 * @param {HTMLElement} box
 * @param {LabSpec} lab The lab's entry in the catalogue.
 * @param {Bindings} bindings
 * @param {{add: (element: HTMLElement, spec: FigureSpec) => (figure: FigureData) => void}} figures
 */
export function buildSweep(box, lab, bindings, figures) {
  const plan = readPlan(box, lab);
  const heading = el("h2", { text: plan.title });
  const button = el("button", { type: "button", name: "sweep", onclick: () => (crew.size > 0 ? stop() : start()) });
  const progress = el("progress", { max: String(plan.runs), value: "0", "aria-label": plan.title });
  const readout = el("p", { class: "help", role: "status" });
  const figure = el("figure", { hidden: true });
  box.append(heading, figure, el("div", { class: "sweep-bar" }, button, progress), readout);
  const draw = figures.add(figure, { key: `sweep-${plan.over}`, title: plan.title, description: plan.told });

  /** The lab's settings on the page. @type {Params} */
  let params = {};
  let ran = ""; // those of the runs that are shown
  /** @type {SweepCell[]} */
  let cells = [];
  let trouble = "";
  /** Values the lab refuses with these settings, and why. @type {Map<number, string>} */
  const left = new Map();
  /** Every runner, and how far its run has come. @type {Map<Runner, number>} */
  const crew = new Map();

  const tell = () => {
    setText(button, crew.size > 0 ? "Cancel" : cells.length > 0 ? "Run again" : `Run all ${whole(plan.runs)}`);
    progress.hidden = crew.size === 0;
    progress.value = [...crew.values()].reduce((sum, part) => sum + part, cells.length);
    setText(readout, words([
      crew.size > 0 || cells.length > 0 ? `${whole(cells.length)} of ${whole(plan.runs)} runs are done.` : plan.told,
      cells.length > 0 && ran !== plan.settings(params) ? "The settings above have changed since." : "",
      ...[...left.values()].map((reason) => `Left out: ${reason}.`),
      trouble,
    ].join(" ")).join(" "));
  };
  const stop = () => {
    for (const runner of crew.keys()) runner.stop();
    crew.clear();
    tell();
  };
  const start = () => {
    /** @type {Cell[]} */
    const waiting = plan.cells(params);
    [ran, cells, trouble] = [plan.settings(params), [], ""];
    left.clear();
    /** @param {Runner} runner */
    const next = (runner) => {
      const alone = runner.place === "worker" || ![...crew.keys()].some((other) => other !== runner && other.place === "page");
      const cell = alone ? waiting.shift() : null;
      if (cell) {
        crew.set(runner, 0);
        runner.run(cell);
      } else {
        runner.stop();
        crew.delete(runner);
      }
      tell();
    };
    /** @type {Hear} */
    const hear = {
      ready: next,
      part: (runner, part) => {
        crew.set(runner, part);
        tell();
      },
      refused: (runner, { x }, error) => {
        for (let i = waiting.length; i >= 0; i -= 1) if (waiting[i]?.x === x) waiting.splice(i, 1);
        left.set(x, error.message);
        next(runner);
      },
      done: (runner, { x }, metrics) => {
        cells.push({ x, metrics });
        figure.hidden = false;
        heading.hidden = true;
        draw(bindings.sweepFigure(plan.sweep, cells));
        next(runner);
      },
      failed: (error) => {
        trouble = `The other runs were stopped: ${error.message}.`;
        stop();
      },
    };
    for (let i = 0; i < Math.min(crewSize(), plan.runs); i += 1) crew.set(new Runner(lab.id, hear), 0);
    tell();
  };
  return {
    /** @param {Params} now The lab's settings. */
    show(now) {
      params = now;
      tell();
    },
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

/** An engine of its own that does one run after the other. */
class Runner {
  /** @param {string} lab @param {Hear} hear */
  constructor(lab, hear) {
    this.lab = lab;
    this.hear = hear;
    /** @type {Cell | null} */
    this.cell = null;
    this.stopped = false;
    this.bridge = new Bridge({ onFrame: (frame) => this.show(frame), onNotice: (text) => this.fail(new Error(text)) });
    this.bridge.start().then(() => (this.stopped ? this.bridge.stop() : hear.ready(this)), (error) => this.fail(error));
  }

  /** "worker" or "page": where its engine runs. */
  get place() {
    return this.bridge.place;
  }

  /** @param {Cell} cell */
  async run(cell) {
    try {
      await this.bridge.call({ kind: "load", lab: this.lab, query: cell.query, figures: [], pace: "fast" });
    } catch (error) {
      if (!this.stopped) this.hear.refused(this, cell, /** @type {Error} */ (error));
      return;
    }
    this.cell = cell; // frames of the run before are all in by now
    this.bridge.call({ kind: "play" }).catch((error) => this.fail(error));
  }

  /** @param {Frame} frame */
  show({ progress, metrics, fault }) {
    this.bridge.ack();
    const { cell } = this;
    if (cell === null || this.stopped) return;
    if (fault) return this.fail(new Error(fault.message));
    if (!progress.done) return this.hear.part(this, progress.steps / progress.of);
    this.cell = null;
    this.hear.done(this, cell, metrics);
  }

  /** @param {Error} error */
  fail(error) {
    if (!this.stopped) this.hear.failed(error);
  }

  stop() {
    this.stopped = true;
    this.bridge.stop();
  }
}
