// Figures that are tables: matrices between their brackets, and rows of numbers and words.

import { el } from "./dom.js";
import { bodyOf } from "./body.js";
import { quantity, whole } from "./numbers.js";
import { symbol } from "./symbol.js";

/** @import {FigureData, MatrixData, TableData} from "../pkg/regularization_playground.js" */

/** What a state of an entry is called; the style shows it, the word says it. */
const STATES = {
  plain: "",
  updated: "updated",
  unchanged: "gradient 0",
  dropped: "dropped",
};
const STATE_NAMES = /** @type {MatrixData["states"]} */ (Object.keys(STATES));

/** Rows a table shows at once; the others are scrolled to, and a line below says so. */
const ROWS = 12;

/** Whether a figure is drawn on a canvas; the others are tables. @param {FigureData} figure */
export function isPicture(figure) {
  const { table: rows, matrices: entries } = bodyOf(figure);
  return figure.body !== "empty" && !rows && !entries;
}

/** What each plot says, so that it is not built anew where nothing has changed. @type {WeakMap<HTMLElement, string>} */
const told = new WeakMap();

/** @param {HTMLElement} plot @param {FigureData} figure */
export function showAsTable(plot, figure) {
  const says = JSON.stringify(figure.body);
  if (told.get(plot) === says) return;
  told.set(plot, says);
  const { table: rows, matrices: entries } = bodyOf(figure);
  if (rows) plot.replaceChildren(table(rows, figure.title), more(rows));
  if (entries) plot.replaceChildren(...matrices(entries));
}

/** How much of a table there is to scroll to; nothing under a short one. @param {TableData} table */
function more({ rows }) {
  return rows.length > ROWS ? el("p", { class: "help", text: `${whole(rows.length)} rows: scroll to see all.` }) : "";
}

/** @param {TableData} content @param {string} title */
export function table({ columns, rows }, title) {
  /** @param {{label: string}} column */
  const named = ({ label }) => (label === "" ? el("td") : el("th", { scope: "col", text: label }));
  const head = el("tr", {}, ...columns.map(named));
  /** @param {number | string} value @param {number} column */
  const cell = (value, column) => {
    const number = typeof value === "number";
    const text = typeof value === "number" ? quantity(value, columns[column].unit) : value;
    const first = column === 0 && !number && value !== "";
    return el(first ? "th" : "td", { scope: first ? "row" : null, class: number ? "number" : null, text });
  };
  const body = rows.map((row) => el("tr", {}, ...row.map(cell)));
  const long = rows.length > ROWS ? " long" : "";
  return el("div", { class: `table-box${long}`, tabindex: "0", role: "region", "aria-label": title },
    el("table", { class: "rows" }, el("thead", {}, head), el("tbody", {}, ...body)));
}

/** @param {{items: MatrixData[]}} matrices */
function matrices({ items }) {
  const used = new Set(items.flatMap(({ states }) => states));
  const key = STATE_NAMES.filter((state) => STATES[state] && used.has(state));
  const legend = key.length === 0 ? [] : [
    el("p", { class: "entry-key", "aria-hidden": "true" },
      ...key.map((state) => el("span", { class: `entry ${state}`, text: STATES[state] }))),
  ];
  return [el("div", { class: "matrices" }, ...items.map(matrix)), ...legend];
}

/** @param {MatrixData} matrix */
function matrix({ symbol: name, label, rows, columns, values, states }) {
  /** @param {number} index */
  const entry = (index) => {
    const state = states[index] ?? "plain";
    const said = STATES[state] && el("span", { class: "visually-hidden", text: ` (${STATES[state]})` });
    return el("td", { class: `entry ${state}` }, quantity(values[index]), said || null);
  };
  /** @param {number} row */
  const line = (row) => el("tr", {}, ...Array.from({ length: columns }, (_, c) => entry(row * columns + c)));
  const grid = el("table", { class: "matrix", "aria-label": `${name}: ${label}` },
    el("tbody", {}, ...Array.from({ length: rows }, (_, row) => line(row))));
  return el("div", { class: "matrix-box" },
    el("div", { class: "matrix-line" }, symbol(name), el("span", { text: "=" }), grid),
    el("p", { class: "help", text: label }));
}
