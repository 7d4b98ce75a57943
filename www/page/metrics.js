// What the lab measures, as a small table: this run beside the same run without regularization, or
// the networks of one run side by side.

import { el, setText } from "./dom.js";
import { measured } from "./numbers.js";
import { symbol } from "./symbol.js";

/** @import {LabSpec, Metrics, MetricSpec} from "../pkg/regularization_playground.js" */

/**
 * A column of the table: the name of a metric's row, where it stands in this column.
 * @typedef {{name: string, stemOf: (key: string) => string | null}} Column
 */

const BASELINE = "baseline_";

/** Whether it is measured on the run compared with. @param {string} key */
export const isOfOther = (key) => key.startsWith(BASELINE);

/**
 * @param {HTMLElement} box The section's `.metrics`; `data-against` names the run compared with,
 *   `data-columns` the networks side by side ("_shared: tied; _unshared: own weights", by the ends of
 *   the keys), `data-only` the metrics that stand here, where others have their place in the text, and
 *   `data-given` the rows there are for one choice alone ("overlap: task teacher"; see live.js).
 * @param {LabSpec} lab The lab's entry in the catalogue.
 */
export function buildMetrics(box, lab) {
  const only = box.dataset.only?.split(/\s+/);
  const listed = lab.metrics.filter(({ key }) => only?.includes(key) ?? true);
  const specs = new Map(listed.map((spec) => [spec.key, spec]));
  const columns = box.dataset.columns ? sideBySide(box.dataset.columns) : against(box.dataset.against, specs);
  const given = new Map(pairs(box.dataset.given ?? ""));
  /** The metrics of a row, each with its column. @type {Map<string, [Column, MetricSpec][]>} */
  const stems = new Map();
  for (const spec of listed) {
    const column = columns.find(({ stemOf }) => stemOf(spec.key) !== null) ?? columns[0];
    const stem = column.stemOf(spec.key) ?? spec.key;
    stems.set(stem, [...(stems.get(stem) ?? []), [column, spec]]);
  }
  /** @type {Map<MetricSpec, HTMLElement>} */
  const cells = new Map();
  /** @param {MetricSpec} [spec] @param {number} [width] */
  const cell = (spec, width = 1) => {
    const td = el("td", { class: "number", "data-metric-of": spec?.key, colspan: width > 1 ? width : null });
    if (spec) cells.set(spec, td);
    return td;
  };
  /** @param {[string, [Column, MetricSpec][]]} entry */
  const row = ([stem, found]) => {
    const [, spec] = found[0];
    const name = el("th", { scope: "row" }, ...nameOf(found.map(([, one]) => one)));
    // what is of no one network stands across all of them
    const across = found.length === 1 && spec.key === stem && box.dataset.columns;
    return el("tr", { "data-metric-row": stem, "data-when": given.get(stem) }, name, ...(across ? [cell(spec, columns.length)]
      : columns.map((column) => cell(found.find(([own]) => own === column)?.[1]))));
  };
  const ordered = [...stems].sort(([, a], [, b]) => Number(b.length > 1) - Number(a.length > 1));
  const head = el("tr", {}, el("td"), ...columns.map(({ name }) => el("th", { scope: "col", text: name })));
  const caption = el("caption", { class: "visually-hidden", text: "What is measured" });
  box.append(el("table", { class: "metric-table" }, caption,
    el("thead", {}, head), el("tbody", {}, ...ordered.map(row))), meanings(ordered, given));

  return {
    /** The metrics that stand here. */
    shown: listed,
    /** @param {Metrics} metrics */
    show(metrics) {
      for (const [{ key, unit, decimals }, td] of cells) {
        setText(td, measured(metrics[key], unit, decimals));
      }
    },
  };
}

/** What a row is called. @param {MetricSpec[]} specs Its metrics, column by column. */
const nameOf = (specs) => [sharedWords(specs.map(({ label }) => label)), ...(specs[0].symbol ? [" ", symbol(specs[0].symbol)] : [])];

/**
 * What each row's number is, in words; neighbours of which the same is said share the words.
 * @param {[string, [Column, MetricSpec][]][]} rows @param {Map<string, string>} given
 */
function meanings(rows, given) {
  const list = el("dl");
  let said = "";
  for (const [stem, found] of rows) {
    const [[, { help }]] = found;
    const when = given.get(stem);
    const name = el("dt", {}, ...nameOf(found.map(([, one]) => one)));
    if (said === `${help} ${when}`) list.lastElementChild?.lastElementChild?.before(name);
    else list.append(el("div", { "data-when": when }, name, el("dd", { class: "help", text: help })));
    said = `${help} ${when}`;
  }
  return el("details", { class: "meanings" }, el("summary", { text: "What these numbers mean" }), list);
}

/**
 * This run, and the same run without regularization where the lab has one.
 * @param {string | undefined} name @param {Map<string, MetricSpec>} specs @returns {Column[]}
 */
function against(name, specs) {
  /** @param {string} key */
  const pairedWith = (key) => (isOfOther(key) ? key.slice(BASELINE.length) : "");
  /** @type {Column} */
  const without = { name: name ?? "without", stemOf: (key) => (specs.has(pairedWith(key)) ? pairedWith(key) : null) };
  /** @type {Column} */
  const run = { name: "this run", stemOf: (key) => (without.stemOf(key) === null ? key : null) };
  return [...specs.keys()].some((key) => without.stemOf(key) !== null) ? [run, without] : [run];
}

/** What all labels begin with: "Test error" of "Test error, tied" and "Test error, own weights". @param {string[]} labels */
function sharedWords([first, ...others]) {
  const words = first.split(" ");
  const differs = words.findIndex((word, i) => others.some((label) => label.split(" ")[i] !== word));
  return words.slice(0, differs < 1 ? words.length : differs).join(" ").replace(/,$/, "");
}

/** "a: b c; d: e" as pairs. @param {string} text @returns {[string, string][]} */
const pairs = (text) => text.split(";").map((pair) => {
  const [name, value = ""] = pair.split(":").map((word) => word.trim());
  return [name, value];
});

/** One column for each end a key can have; a key with none of them stands in the first. @param {string} text @returns {Column[]} */
function sideBySide(text) {
  const ends = pairs(text);
  /** @param {string} key */
  const endOf = (key) => ends.map(([end]) => end).find((end) => key.endsWith(end)) ?? "";
  return ends.map(([end, name], place) => ({
    name,
    stemOf: (key) => (endOf(key) === end || (endOf(key) === "" && place === 0)
      ? key.slice(0, key.length - endOf(key).length) : null),
  }));
}
