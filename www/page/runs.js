// "Your runs": every run that came to its end, with the settings that were not the defaults, what
// it measured and a link that replays it. Kept while the tab is open.

import { el, symbol } from "./dom.js";
import { measured, whole } from "./numbers.js";
import { inWords } from "./panel.js";

/** @import {LabSpec, Metrics, Params} from "../pkg/regularization_playground.js" */

const MOST_RUNS = 30;

/**
 * @typedef {{params: Params, metrics: Metrics, query: string, steps: number, touched: boolean}} FinishedRun
 */

/**
 * @param {HTMLElement} box The section's `.runs`; `data-metrics` names the columns.
 * @param {LabSpec} lab The lab's entry in the catalogue.
 * @param {(runs: FinishedRun[]) => void} onChange
 */
export function buildRuns(box, lab, onChange) {
  const metrics = (box.dataset.metrics ?? "").split(/\s+/)
    .map((key) => lab.metrics.find((spec) => spec.key === key)).filter((spec) => spec !== undefined);
  const storeKey = `runs:${lab.id}`;
  let runs = recall(storeKey);

  const show = () => {
    const head = ["Run", ...metrics.map(({ label }) => label), "Settings", ""];
    const clear = el("button", { type: "button", class: "quiet", text: "Clear", onclick: () => update([]) });
    const empty = el("p", { class: "help", text: box.dataset.empty ?? "None yet." });
    const table = el("table", { class: "rows" },
      el("thead", {}, el("tr", {}, ...head.map((text) => el("th", { scope: "col", text })))),
      el("tbody", {}, ...runs.map(row)));
    const full = () => [el("div", { class: "table-box", tabindex: "0", role: "region",
      "aria-label": "Your runs" }, table), clear];
    box.replaceChildren(el("h2", { text: "Your runs" }), ...(runs.length ? full() : [empty]));
  };
  /** @param {FinishedRun} run @param {number} index */
  const row = (run, index) => el("tr", {},
    el("th", { scope: "row", text: whole(index + 1) }),
    ...metrics.map(({ key, unit, decimals }) =>
      el("td", { class: "number", text: measured(run.metrics[key], unit, decimals) })),
    el("td", {}, ...settings(run)),
    el("td", {}, el("a", { href: `#${lab.id}?${run.query}`, text: "replay" })));
  /** @param {FinishedRun} run */
  const settings = (run) => {
    const changed = lab.parameters.filter(({ key, default: usual }) => run.params[key] !== usual);
    const words = changed.flatMap((spec, index) => [index ? ", " : "",
      spec.symbol ? symbol(spec.symbol) : spec.label.toLowerCase(), ` ${inWords(spec, run.params[spec.key])}`]);
    if (run.touched) words.push(words.length ? "; " : "", "changed during the run");
    return words.length ? words : ["the defaults"];
  };
  /** @param {FinishedRun[]} next */
  const update = (next) => {
    runs = next;
    remember(storeKey, runs);
    show();
    onChange(runs);
  };

  show();
  return {
    add: (/** @type {FinishedRun} */ run) => update([...runs, run].slice(-MOST_RUNS)),
    all: () => runs,
  };
}

/**
 * In a sandbox there is nothing to remember in; the page's own memory has to do.
 * @param {string} key @param {FinishedRun[]} runs
 */
function remember(key, runs) {
  try {
    sessionStorage.setItem(key, JSON.stringify(runs));
  } catch {}
}

/** @param {string} key @returns {FinishedRun[]} */
function recall(key) {
  try {
    const runs = JSON.parse(sessionStorage.getItem(key) ?? "[]");
    return Array.isArray(runs) ? runs.filter((run) => run?.params && run?.metrics && run?.query) : [];
  } catch {
    return [];
  }
}
