// A run as a file: saved with its settings, its history and its weights; and opened again from there.

import { bindings } from "../engine/bindings.js";
import { heldAs, hold } from "../engine/own.js";
import { joined, parted } from "../engine/ticket.js";
import { offer } from "./download.js";
import { el } from "./dom.js";
import { follow } from "./follow.js";
import { labs } from "./link.js";
import { messageOf } from "./lost.js";
import { whole } from "./numbers.js";
import { sumOf } from "./own-files.js";
import { namedBy, ticketOf } from "./own-ticket.js";

/** @import {FigureData, Metrics, Params, Table as OwnTable} from "../pkg/regularization_playground.js" */
/** @import {LabView} from "./lab-view.js" */

/** @typedef {{title: string, columns: string[], rows: (number | string)[][]}} Table */
/**
 * What a file holds.
 * @typedef {object} RunFile
 * @property {string} format
 * @property {string} version Of the playground that the run comes from.
 * @property {string} lab The lab's id.
 * @property {string} query What a link to the run holds: it opens the run again.
 * @property {Params} settings The same, to be read.
 * @property {number} steps Steps taken.
 * @property {boolean} done Whether the planned end was reached.
 * @property {boolean} touched Whether a setting was changed on the way, so that no link holds this run.
 * @property {Metrics} metrics At that step; null where one does not apply.
 * @property {Record<string, Table>} history What was recorded on the way: a table for each figure over steps.
 * @property {Record<string, Table>} figures What the other figures show.
 * @property {Record<string, unknown>} [own] The reader's own data, where the run is of such and the table is small.
 * @property {{network: string, parameters: {name: string, shape: number[], values: number[]}[]}[]} weights
 */

/** What says that a file is one of ours. */
const FORMAT = "regularization-playground run";
/** The largest file that is read, in bytes: more than any run takes. */
const LARGEST = 100e6;
/** The longest link of a run, in signs: several times what any lab's settings take. */
const LONGEST = 10_000;
/** Behind the name of data that came with a run. */
const FROM_RUN = ", from a run";
/** So many numbers of the reader's own data go into a file. */
const MOST_OWN = 100_000;

/** @param {LabView} view */
async function save({ lab, bridge, section }) {
  const run = await bridge.describe(lab.figures.map(({ key }) => key));
  const { query, params, progress, touched, metrics, weights } = run;
  const figures = run.figures.filter(({ body }) => body !== "empty");
  /** @type {RunFile} */
  const file = { format: FORMAT, version: bindings.version(), lab: lab.id, query, settings: params, steps: progress.steps, done: progress.done, touched, metrics,
    history: tables(figures.filter(overSteps)), figures: tables(figures.filter((figure) => !overSteps(figure))),
    weights: weights.map(({ network, parameters }) => ({ network, parameters: parameters.map(({ values, ...named }) => ({ ...named, values: [...values] })) })) };
  const own = heldAs(parted(query).ticket);
  if (own && own.x.length <= MOST_OWN) file.own = { ...own, x: [...own.x], y: [...own.y] };
  offer(`${lab.id}-seed${params.seed}.json`, new Blob([JSON.stringify(file)], { type: "application/json" }), section);
}

/** @param {FigureData} figure */
const overSteps = ({ body }) => body !== "empty" && "chart" in body && body.chart.x.label === "step";

/** @param {FigureData[]} figures @returns {Record<string, Table>} */
function tables(figures) {
  return Object.fromEntries(figures.map((figure) => {
    const { columns, rows } = bindings.tableFigure(figure);
    return [figure.key, { title: figure.title, columns: columns.map(({ label }) => label), rows }];
  }));
}

/** The link that opens what a file holds, what is to be known of it, and the data that the link names. @param {string} name @param {string} text @returns {{hash: string, remark: string, own: OwnTable | null}} */
export function readRun(name, text) {
  const called = `“${name}”`;
  /** @type {unknown} */
  let run;
  try {
    run = JSON.parse(text);
  } catch {
    throw new Error(`${called} could not be read: it is no JSON.`);
  }
  const { format, lab, query, touched, own } = /** @type {Record<string, unknown>} */ (Object(run));
  if (format !== FORMAT || typeof lab !== "string" || typeof query !== "string") throw new Error(`${called} holds no run of this playground.`);
  if (!labs.includes(lab)) throw new Error(`${called} holds a run of a lab that is not here: “${lab.slice(0, 40)}”.`);
  if (query === "") throw new Error(`${called} says nothing of the run’s settings: “query” is empty.`);
  const { settings } = parted(query); // what of own data was left out may be named column by column
  if (settings.length > LONGEST) throw new Error(`${called} holds settings that are too long for a run: ${whole(settings.length)} signs, of at most ${whole(LONGEST)}.`);
  const remark = touched === true ? "Settings were changed in the middle of that run. No link holds that: this is a run with the last of them from its first step." : "";
  return { hash: `#${lab}?${query}`, remark, own: own === undefined ? null : ownIn(called, Object(own)) };
}

/** The table, whose numbers are lists in the file; what else is wrong with it the engine says. @param {string} called @param {Record<string, unknown>} own */
function ownIn(called, { x, y, ...rest }) {
  const areNumbers = [x, y].every((list) => Array.isArray(list) && list.every((number) => typeof number === "number"));
  if (!Array.isArray(x) || !Array.isArray(y) || !areNumbers) throw new Error(`${called} holds a table without numbers: “x” and “y” must be lists of them.`);
  return /** @type {OwnTable} */ ({ ...rest, x: Float64Array.from(x), y: Float64Array.from(y) });
}

/** Opens a file as a link is opened; what is to be known of it is said in its lab. @param {File} file */
async function open(file) {
  if (file.size > LARGEST) throw new Error(`“${file.name}” is too large for a run: ${Math.round(file.size / 1e6)} MB.`);
  const { hash, remark, own } = readRun(file.name, await file.text());
  const { ticket, settings } = parted(hash.slice(hash.indexOf("?") + 1));
  if (!own || ticket === "") return follow(hash, remark);
  const held = await heldBy(ticket, own);
  follow(`${hash.slice(0, hash.indexOf("?"))}?${joined(settings, held)}`, remark);
}

/**
 * A table that came with a run is known by its own numbers: that they are those of the file it names is not for sure.
 * @param {string} ticket @param {OwnTable} own
 */
async function heldBy(ticket, own) {
  const { name } = namedBy(ticket);
  const sum = await sumOf(new TextEncoder().encode(JSON.stringify({ ...own, x: [...own.x], y: [...own.y] })));
  const called = name.endsWith(FROM_RUN) ? name : name + FROM_RUN;
  const held = ticketOf({ name: called, sum, choices: {} });
  hold(held, own);
  return held;
}

/** A file that was dropped on the page. @param {File} file @param {LabView} view What shows what went wrong. */
export async function openDropped(file, view) {
  try {
    await open(file);
  } catch (error) {
    view.notice.show(messageOf(error));
  }
}

/** What saves the run that is shown, and opens a file. @param {LabView} view @param {() => void} onOpen */
export function buildRunFile(view, onOpen) {
  const said = el("p", { class: "said", role: "status" });
  /** @param {Promise<unknown>} work */
  const tell = (work) => work.catch((error) => void (said.textContent = messageOf(error)));
  const choose = el("input", { type: "file", accept: ".json,application/json", class: "visually-hidden", tabindex: "-1", "aria-hidden": "true", onchange: () => {
    const [file] = choose.files ?? [];
    choose.value = ""; // the same one may be chosen again
    if (file) tell(open(file).then(onOpen));
  } });
  return el("div", { class: "share-file" },
    el("button", { type: "button", text: "Save the run", onclick: () => tell(save(view)) }),
    el("button", { type: "button", text: "Open a run …", onclick: () => choose.click() }), choose,
    el("p", { class: "help", text: "JSON: settings, history, figures and weights. A file can also be dropped on the page." }), said);
}
