// What the lab measures, as a small table: this run beside the same run without regularization.

import { el, setText, symbol } from "./dom.js";
import { measured } from "./numbers.js";

const BASELINE = "baseline_";

/**
 * @param {HTMLElement} box The section's `.metrics`; `data-against` names the run compared with, and
 *   `data-only` the metrics that stand here, where the others have their place in the text.
 * @param {any} lab The lab's entry in the catalogue.
 */
export function buildMetrics(box, lab) {
  const only = box.dataset.only?.split(/\s+/);
  const listed = lab.metrics.filter(({ key }) => only?.includes(key) ?? true);
  const specs = new Map(listed.map((spec) => [spec.key, spec]));
  const isBaseline = ({ key }) => key.startsWith(BASELINE) && specs.has(key.slice(BASELINE.length));
  const compared = listed.some(isBaseline);
  const heads = ["", "this run", ...(compared ? [box.dataset.against ?? "without"] : [])];
  const cells = new Map();
  const cell = (key) => {
    const td = el("td", { class: "number", "data-metric-of": key });
    if (specs.has(key)) cells.set(key, td);
    return td;
  };
  const paired = ({ key }) => Number(specs.has(BASELINE + key));
  const first = listed.filter((spec) => !isBaseline(spec)).sort((a, b) => paired(b) - paired(a));
  const rows = first.map((spec) => {
    const name = el("th", { scope: "row", title: spec.help }, spec.label,
      ...(spec.symbol ? [" ", symbol(spec.symbol)] : []));
    const row = el("tr", { "data-metric-row": spec.key }, name, cell(spec.key));
    if (compared) row.append(cell(BASELINE + spec.key));
    return row;
  });
  const head = el("tr", {}, ...heads.map((text) =>
    text ? el("th", { scope: "col", text }) : el("td", {})));
  const caption = el("caption", { class: "visually-hidden", text: "What is measured" });
  box.append(el("table", { class: "metric-table" }, caption,
    el("thead", {}, head), el("tbody", {}, ...rows)));

  return {
    /** The metrics that stand here. */
    shown: listed,
    /** @param {Record<string, number>} metrics */
    show(metrics) {
      for (const [key, td] of cells) {
        setText(td, measured(metrics[key], specs.get(key).unit));
      }
    },
  };
}
