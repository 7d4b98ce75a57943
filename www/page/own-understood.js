// What was understood of a table, and the choices that there are: how it is written, its first rows, every column's
// kind, what is to be learned and from what.

import { el, freshId, setText } from "./dom.js";
import { whole } from "./numbers.js";

/** @import {CsvColumn, CsvDescription, CsvOptions} from "../pkg/regularization_playground.js" */
/** @import {CsvRead} from "../engine/messages.js" */

/** So many columns are shown of the first rows, and so many of what stands in the way. */
const [MOST_COLUMNS, MOST_TOLD] = [30, 12];
/** So many different words are counted. */
const MOST_COUNTED = 100;

/** @type {[CsvDescription["separator"], string][]} */
const SEPARATORS = [[",", "a comma"], [";", "a semicolon"], ["\t", "a tab"]];
/** @type {[CsvDescription["decimal"], string][]} */
const DECIMALS = [[".", "a point"], [",", "a comma"]];
const HEADERS = [["1", "the names of the columns"], ["0", "data"]];
const TASKS = [["regression", "a number"], ["classes", "classes"]];
const MISSING = [["refuse", "are refused"], ["leave_out", "are left out"]];

/** Choices that hold for any way the table is written. @param {CsvOptions} choices @returns {CsvOptions} */
const written = ({ separator, decimal, header }) => JSON.parse(JSON.stringify({ separator, decimal, header }));

/** @param {(choices: CsvOptions) => void} onChoice Other choices are made. */
export function buildUnderstood(onChoice) {
  /** @type {CsvOptions} */
  let choices = {};
  /** @param {CsvOptions} more */
  const choose = (more) => onChoice({ ...choices, ...more });
  /** What the columns are called may be another matter then. @param {CsvOptions} more */
  const chooseWritten = (more) => onChoice({ ...written(choices), ...more });

  const heading = el("h3");
  const separator = select("separator", "Columns are separated by", SEPARATORS, (value) => chooseWritten({ separator: /** @type {CsvDescription["separator"]} */ (value) }));
  const decimal = select("decimal", "Decimal sign", DECIMALS, (value) => chooseWritten({ decimal: /** @type {CsvDescription["decimal"]} */ (value) }));
  const header = select("header", "The first line holds", HEADERS, (value) => chooseWritten({ header: value === "1" }));
  const target = select("target", "Column to predict", [], (value) => choose({ target: value, task: undefined, leave_out: (choices.leave_out ?? []).filter((name) => name !== value) }));
  const task = select("task", "as", TASKS, (value) => choose({ task: /** @type {"classes" | "regression"} */ (value) }));
  const missing = select("missing", "Rows with cells that cannot be used", MISSING, (value) => choose({ missing: /** @type {"refuse" | "leave_out"} */ (value) }));
  const standardize = el("input", { type: "checkbox", name: "standardize", onchange: () => choose({ standardize: standardize.checked }) });
  const table = el("div", { class: "table-box", tabindex: "0", role: "region", "aria-label": "The first rows" });
  const more = el("p", { class: "help" });
  const gaps = el("details", { class: "own-gaps" });
  const columns = el("div", { class: "own-columns" });
  const summary = el("summary");
  const left = el("details", { class: "own-left" }, summary, columns);
  const spare = el("button", { type: "button", name: "spare", hidden: true,
    onclick: () => choose(wordy.length > 0 ? { leave_out: [...(choices.leave_out ?? []), ...wordy] } : { missing: "leave_out" }) });
  /** Columns with too many words to be inputs. @type {string[]} */
  let wordy = [];
  const element = el("div", { class: "own-understood", hidden: true }, heading,
    el("div", { class: "own-choices" }, separator.element, decimal.element, header.element, target.element, task.element, missing.element), table, more, gaps, left,
    el("label", { class: "own-check" }, standardize, "Standardise, by the mean and deviation of the rows that are learned"));

  /** @param {CsvDescription} description @param {string} goal */
  const showColumns = (description, goal) => {
    const out = choices.leave_out ?? [];
    const others = description.columns.filter(({ name }) => name !== goal);
    setText(summary, out.length > 0 ? `Columns left out: ${out.length > 3 ? whole(out.length) : out.join(", ")}` : "Columns to leave out: none");
    columns.replaceChildren(...others.map(({ name }) => {
      const box = el("input", { type: "checkbox", name: "leave_out", value: name, onchange: () => choose({ leave_out: box.checked ? [...out, name] : out.filter((other) => other !== name) }) });
      box.checked = out.includes(name);
      return el("label", { class: "own-check" }, box, name);
    }));
    wordy = others.filter(({ name, fits_input: fits }) => !fits && !out.includes(name)).map(({ name }) => name);
    const rows = choices.missing === "leave_out" ? 0 : description.left_out_rows;
    spare.hidden = wordy.length === 0 && rows === 0;
    const these = wordy.length > 0 ? wordy.join(", ") : rows === 1 ? "this row" : `these ${whole(rows)} rows`;
    setText(spare, `Leave out ${wordy.length > 3 ? `${whole(wordy.length)} columns of too many words` : these}`);
  };

  /** @param {CsvDescription} description */
  const showGaps = ({ left_out: cells, left_out_count: count, left_out_rows: rows }) => {
    missing.element.hidden = gaps.hidden = count === 0;
    const lines = cells.slice(0, MOST_TOLD).map(({ line, column, what }) => el("li", { text: `Line ${whole(line)}${column && `, ${column}`}: ${what}` }));
    const rest = count - lines.length;
    gaps.replaceChildren(el("summary", { text: `${count === 1 ? "1 cell" : `${whole(count)} cells`} without a value, in ${rows === 1 ? "1 row" : `${whole(rows)} rows`}` }),
      el("ul", {}, ...lines, rest > 0 ? el("li", { text: `and ${whole(rest)} more` }) : null));
  };

  return {
    element,
    /** Leaves out what is in the way, where a press can do that. */
    spare,
    clear: () => void (element.hidden = spare.hidden = true),
    /** @param {string} name @param {CsvRead} read @param {CsvOptions} made The choices it was read with. */
    show(name, { description, table: result }, made) {
      choices = made;
      const { rows, columns: all } = description;
      const goal = result?.target ?? made.target ?? all.at(-1)?.name ?? "";
      element.hidden = false;
      setText(heading, `“${name}”: ${whole(rows)} rows of ${whole(all.length)} columns`);
      separator.set(description.separator);
      decimal.set(description.decimal);
      header.set(description.header ? "1" : "0");
      target.offer(all.map(({ name }) => [name, name]));
      target.set(goal);
      const tasks = all.find(({ name }) => name === goal)?.tasks ?? [];
      task.offer(TASKS.filter(([value]) => tasks.some((one) => one === value)));
      task.set(result?.task ?? made.task ?? tasks[0] ?? "");
      missing.set(made.missing ?? "refuse");
      standardize.checked = made.standardize ?? true;
      table.replaceChildren(firstRows(description, goal, made.leave_out ?? []));
      setText(more, [...(description.encoding === "Windows-1252" ? ["The file is not in UTF-8: it was read as Windows-1252. Where letters are wrong, save it as CSV UTF-8."] : []),
        ...(all.length > MOST_COLUMNS ? [`${whole(all.length - MOST_COLUMNS)} more columns are not shown.`] : []),
        ...(rows > description.preview.length ? [`${whole(rows - description.preview.length)} more rows.`] : [])].join(" "));
      showColumns(description, goal);
      showGaps(description);
    },
  };
}

/** @param {CsvDescription} description @param {string} goal @param {string[]} out */
function firstRows({ columns, preview }, goal, out) {
  const shown = columns.slice(0, MOST_COLUMNS);
  /** @param {CsvColumn} column */
  const role = ({ name }) => (name === goal ? "goal" : out.includes(name) ? "out" : null);
  return el("table", { class: "rows" },
    el("thead", {}, el("tr", {}, ...shown.map((column) => el("th", { scope: "col", "data-role": role(column) }, column.name, el("span", { class: "own-kind", text: kindOf(column) }))))),
    el("tbody", {}, ...preview.map((row) => el("tr", {}, ...shown.map((column, i) => el("td", { "data-role": role(column), text: row[i] ?? "" }))))));
}

/** @param {CsvColumn} column */
function kindOf({ kind, distinct, missing, note }) {
  const what = kind === "number" ? "numbers" : distinct > MOST_COUNTED ? `more than ${whole(MOST_COUNTED)} different words` : distinct === 1 ? "1 word" : `${whole(distinct)} different words`;
  return [what, ...(missing > 0 ? [`${whole(missing)} missing`] : []), ...(note ? [inQuotes(note)] : [])].join(", ");
}

/** @param {string} text Quotes as a program writes them. */
const inQuotes = (text) => text.replace(/"([^"]*)"/g, "“$1”");

/**
 * A choice with its name.
 * @param {string} name @param {string} label @param {string[][]} options Value and words. @param {(value: string) => void} onChoice
 */
function select(name, label, options, onChoice) {
  const id = freshId("own");
  const field = el("select", { id, name, onchange: () => onChoice(field.value) });
  const element = el("div", { class: "own-choice" }, el("label", { for: id, text: label }), field);
  const offer = (/** @type {string[][]} */ offered) => field.replaceChildren(...offered.map(([value, text]) => el("option", { value, text })));
  offer(options);
  return { element, offer, set: (/** @type {string} */ value) => void (field.value = value) };
}
