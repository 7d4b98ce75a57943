// Figures that are tables: matrices between their brackets, and rows of numbers and words.

import { el, symbol } from "./dom.js";
import { quantity, whole } from "./numbers.js";

/** What a state of an entry is called; the style shows it, the word says it. */
const STATES = {
  plain: "",
  updated: "updated",
  unchanged: "gradient 0",
  dropped: "dropped",
};

/** Rows a table shows at once; the others are scrolled to, and a line below says so. */
const ROWS = 12;

/** Whether a figure is drawn on a canvas; the others are tables. @param {any} figure */
export function isPicture({ body }) {
  return body !== "empty" && !body.table && !body.matrices;
}

/** @param {HTMLElement} plot @param {any} figure */
export function showAsTable(plot, figure) {
  const told = JSON.stringify(figure.body);
  if (plot.told === told) return;
  plot.told = told;
  const { body } = figure;
  plot.replaceChildren(...(body.table ? [table(body.table, figure.title), more(body.table)] : matrices(body.matrices)));
}

/** How much of a table there is to scroll to; nothing under a short one. */
function more({ rows }) {
  return rows.length > ROWS ? el("p", { class: "help", text: `${whole(rows.length)} rows: scroll to see all.` }) : "";
}

/** @param {{columns: {label: string, unit: string}[], rows: (number | string)[][]}} content */
export function table({ columns, rows }, title) {
  const named = ({ label }) => (label === "" ? el("td") : el("th", { scope: "col", text: label }));
  const head = el("tr", {}, ...columns.map(named));
  const cell = (value, column) => {
    const number = typeof value === "number";
    const text = number ? quantity(value, columns[column].unit) : value;
    const first = column === 0 && !number && value !== "";
    return el(first ? "th" : "td", { scope: first ? "row" : null, class: number ? "number" : null, text });
  };
  const body = rows.map((row) => el("tr", {}, ...row.map(cell)));
  const long = rows.length > ROWS ? " long" : "";
  return el("div", { class: `table-box${long}`, tabindex: "0", role: "region", "aria-label": title },
    el("table", { class: "rows" }, el("thead", {}, head), el("tbody", {}, ...body)));
}

function matrices({ items }) {
  const used = new Set(items.flatMap(({ states }) => states));
  const key = Object.keys(STATES).filter((state) => STATES[state] && used.has(state));
  const legend = key.length === 0 ? [] : [
    el("p", { class: "entry-key", "aria-hidden": "true" },
      ...key.map((state) => el("span", { class: `entry ${state}`, text: STATES[state] }))),
  ];
  return [el("div", { class: "matrices" }, ...items.map(matrix)), ...legend];
}

function matrix({ symbol: name, label, rows, columns, values, states }) {
  const entry = (index) => {
    const state = states[index] ?? "plain";
    const said = STATES[state] && el("span", { class: "visually-hidden", text: ` (${STATES[state]})` });
    return el("td", { class: `entry ${state}` }, quantity(values[index]), said || null);
  };
  const line = (row) => el("tr", {}, ...Array.from({ length: columns }, (_, c) => entry(row * columns + c)));
  const grid = el("table", { class: "matrix", "aria-label": `${name}: ${label}` },
    el("tbody", {}, ...Array.from({ length: rows }, (_, row) => line(row))));
  return el("div", { class: "matrix-box" },
    el("div", { class: "matrix-line" }, symbol(name), el("span", { text: "=" }), grid),
    el("p", { class: "help", text: label }));
}
