// One control, built from the one definition of its parameter: an input whose name is the
// parameter's key, its label, its exact value, its help, and a place for what was refused.

import { el, freshId, setText } from "./dom.js";
import { BEYOND, buildMarks } from "./marks.js";
import { askBack, editable, readNumber, readWhole } from "./numbers.js";
import { inPlainSigns } from "./read-number.js";
import { allows, isNumber, sliderScale, valueAt, within } from "./scale.js";
import { symbol } from "./symbol.js";

/** @import {Params, ParamSpec, Setting} from "../pkg/regularization_playground.js" */
/** @import {NumberSpec, Scale, Stand} from "./scale.js" */

/** Whole numbers of a longer range than this, such as seeds, are typed and not slid. */
const LONGEST_SLIDER = 100000;

/**
 * @typedef {object} Control
 * @property {HTMLElement} element
 * @property {(value: Setting) => void} show Shows the value in force.
 * @property {(stand: Stand) => void} showPlaces Puts the named values where they stand, and the ends of what is allowed.
 * @property {(text: string) => void} say A line under it on what it did; "" for none.
 * @property {(message: string) => void} refuse Says why a value was not taken; "" takes it back.
 * @property {() => boolean} refused Whether a value was not taken.
 * @property {() => Setting | null} typed What stands in the field and is not in force.
 */

/** @typedef {NonNullable<ParamSpec["marks"]>[number]} Mark */
/** @typedef {(changes: Params) => void} Change */
/** @typedef {{id: string, describedby: string, label?: string, name?: string}} Parts What a field is called. */

/**
 * The field of a control, and beside a slider the one for the exact value.
 * @typedef {Pick<Control, "show" | "typed"> & {field: HTMLInputElement | HTMLSelectElement, exact?: HTMLInputElement,
 *   limit?: (least: number, most: number) => void}} Inputs `limit` takes all else off the slider.
 */

/**
 * @param {ParamSpec} spec The parameter's entry in the catalogue.
 * @param {Change} change
 * @returns {Control}
 */
export function buildControl(spec, change) {
  const id = freshId(spec.key);
  const help = el("p", { id: `${id}-help`, class: "help", text: spec.help });
  const said = el("p", { class: "help", role: "status" });
  const problem = el("p", { id: `${id}-problem`, class: "problem", role: "alert" });
  const parts = { id, describedby: `${id}-help ${id}-problem` };
  const { field, exact, show, typed, limit } = inputs(spec, parts, change);
  const marks = spec.marks && exact && isNumber(spec) ? namedValues(spec, spec.marks, change) : null;
  const label = el("label", { for: id }, spec.label, ...(spec.symbol ? [" ", symbol(spec.symbol)] : []));
  const kind = spec.kind === "choice" ? "choice" : field.type;
  const head = el("div", { class: "control-head" }, label, exact ?? null);
  const element = el("div", { class: `control control-${kind}` });
  if (spec.kind === "choice") element.append(label, field, help, problem);
  else if (kind === "checkbox") element.append(field, label, help, problem);
  else if (exact) element.append(head, field, marks?.element ?? "", help, problem);
  else element.append(el("div", { class: "control-head" }, label, field), help, problem);
  /** @param {string} message */
  const refuse = (message) => {
    const asked = message && isNumber(spec) && typed() !== null ? askBack((exact ?? field).value, (number) => allows(spec, number)) : "";
    setText(problem, asked || message);
    if (message) setText(said, ""); // nothing was set along
    for (const input of [field, exact]) input?.toggleAttribute("data-refused", message !== "");
    for (const input of [field, exact]) input?.setAttribute("aria-invalid", String(message !== ""));
  };
  element.addEventListener("giveup", () => refuse(""));
  const refused = () => problem.textContent !== "";
  if (spec.kind === "choice") element.append(said);
  /** @param {Stand} stand */
  const showPlaces = (stand) => {
    if (isNumber(spec) && spec.within) limit?.(within(spec, stand).min, within(spec, stand).max);
    marks?.show(stand);
  };
  return { element, show, refuse, refused, typed, showPlaces, say: (text) => setText(said, text) };
}

/** @param {NumberSpec} spec @param {Mark[]} marks @param {Change} change */
function namedValues(spec, marks, change) {
  /** @type {Stand | null} */
  let now = null;
  const { element, show } = buildMarks(marks.map(({ label, at }) => ({
    label, press: () => now && change({ [spec.key]: valueAt(at, now, spec.key) }) })));
  return {
    element,
    /** @param {Stand} stand */
    show(stand) {
      now = stand;
      const scale = sliderScale(within(spec, stand));
      show(marks.map(({ at }) => valueAt(at, stand, spec.key)).map((value) => ({
        share: value > scale.most ? BEYOND : shareOf(value, scale), pressed: stand.params[spec.key] === value })));
    },
  };
}

/** How far along the slider a value stands, from 0 to 1. @param {number} value @param {Scale} scale */
function shareOf(value, { min, max, toPosition }) {
  return Math.min(1, Math.max(0, (toPosition(value) - min) / (max - min || 1)));
}

/** @param {ParamSpec} spec @param {Parts} parts @param {Change} change @returns {Inputs} */
function inputs(spec, parts, change) {
  if (spec.kind === "choice") return select(spec, parts, change);
  if (spec.kind === "text") return wordField(spec, { ...parts, name: spec.key }, change);
  if (!isNumber(spec)) return checkbox(spec, parts, change);
  const long = (spec.max - spec.min) / spec.step > LONGEST_SLIDER && spec.scale !== "log";
  if (!long) return slider(spec, parts, change);
  return numberField(spec, { ...parts, name: spec.key }, change);
}

/** @param {ParamSpec} spec @param {Parts} parts @param {Change} change @returns {Inputs} */
function select(spec, { id, describedby }, change) {
  const choices = spec.choices ?? [];
  const options = choices.map(({ value, label }) => el("option", { value, text: label }));
  const picked = () => {
    const choice = choices.find(({ value }) => value === field.value);
    // what suits the reader's own data comes with it, once it is there
    change({ ...(field.value === "own" ? {} : choice?.suggests), [spec.key]: field.value });
  };
  const field = el("select",
    { id, name: spec.key, "aria-describedby": describedby, onchange: picked }, ...options);
  return { field, typed: () => null, show: (value) => void (field.value = String(value)) };
}

/** @param {ParamSpec} spec @param {Parts} parts @param {Change} change @returns {Inputs} */
function checkbox(spec, { id, describedby }, change) {
  const field = el("input", { id, type: "checkbox", name: spec.key,
    "aria-describedby": describedby, onchange: () => change({ [spec.key]: field.checked }) });
  return { field, typed: () => null, show: (value) => void (field.checked = value === true) };
}

/** @param {NumberSpec} spec @param {Parts} parts @param {Change} change @returns {Inputs} */
function slider(spec, { id, describedby }, change) {
  let scale = sliderScale(spec);
  const exact = numberField(spec, { id: `${id}-exact`, describedby,
    label: `${spec.label}, exact value` }, change);
  const field = el("input", { id, type: "range", name: spec.key, min: scale.min, max: scale.max,
    step: "any", "aria-describedby": describedby });
  /** @param {number} value */
  const place = (value) => {
    field.setAttribute("aria-valuetext", `${editable(value, spec)} ${spec.unit}`.trim());
    field.style.setProperty("--share", String(shareOf(value, scale)));
  };
  /** @type {Setting | null} */
  let shown = null;
  const move = () => {
    const value = scale.toValue(field.valueAsNumber);
    if (value === shown) return;
    shown = value;
    exact.put(value);
    place(value);
    change({ [spec.key]: value });
  };
  field.addEventListener("input", move);
  field.addEventListener("keydown", (event) => byKey(event, field, scale, move));
  /** @param {number} min @param {number} max */
  const limit = (min, max) => {
    if (min === scale.least && max === scale.most) return;
    scale = sliderScale({ ...spec, min, max });
    field.min = String(scale.min);
    field.max = String(scale.max);
    if (shown === null) return;
    field.value = String(scale.toPosition(Number(shown)));
    place(Number(shown));
  };
  /** @param {Setting} value */
  const show = (value) => {
    exact.show(value);
    if (shown === value) return;
    shown = value;
    field.value = String(scale.toPosition(Number(value)));
    place(Number(value));
  };
  return { field, exact: exact.field, show, typed: exact.typed, limit };
}

/**
 * Arrow keys go from stop to stop even where the value in force lies between two.
 * @param {KeyboardEvent} event @param {HTMLInputElement} field @param {Scale} scale @param {() => void} move
 */
function byKey(event, field, scale, move) {
  const page = Math.max(1, Math.round((scale.max - scale.min) / scale.stop / 10));
  /** @type {Record<string, number>} */
  const steps = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: page, PageDown: -page };
  const step = steps[event.key];
  if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const at = (field.valueAsNumber - scale.min) / scale.stop;
  const from = step > 0 ? Math.floor(at + 1e-6) : Math.ceil(at - 1e-6);
  const next = scale.min + (from + step) * scale.stop;
  field.value = String(Math.min(scale.max, Math.max(scale.min, next)));
  move();
}

/**
 * A field for the exact number.
 * @param {NumberSpec} spec @param {Parts} parts @param {Change} change
 */
function numberField(spec, parts, change) {
  return typedField(spec.key, { ...parts, inputmode: "decimal" }, change,
    (value) => editable(Number(value), spec), spec.kind === "integer" ? readWhole : readNumber);
}

/**
 * A field for a word, whatever keyboard its signs were typed on.
 * @param {ParamSpec} spec @param {Parts} parts @param {Change} change
 */
function wordField(spec, parts, change) {
  return typedField(spec.key, { ...parts, inputmode: "text" }, change,
    String, (text) => inPlainSigns(text).replace(/\s/g, ""));
}

/**
 * A field for what is typed, which stays until it is taken or Escape gives it up.
 * @param {string} key @param {Parts & {inputmode: string}} parts @param {Change} change
 * @param {(value: Setting) => string} write @param {(text: string) => Setting} read
 */
function typedField(key, { id, describedby, label, name, inputmode }, change, write, read) {
  const field = el("input", { id, name, type: "text", inputmode, class: "exact",
    autocomplete: "off", spellcheck: "false", "aria-label": label, "aria-describedby": describedby });
  /** @type {Setting | null} */
  let shown = null;
  let editing = false;
  /** The text that was asked for last. @type {string | null} */
  let tried = null;
  /** @param {Setting} value */
  const put = (value) => {
    shown = value;
    editing = false;
    tried = null;
    field.value = write(value);
  };
  /** What was typed to its end: who is still at it may have come as far as "-0" on the way to "-0.25". */
  const typed = () => (editing && field.value === tried ? read(field.value) : null);
  /** @param {Setting} value */
  const show = (value) => {
    if (!editing || value === typed()) put(value);
    else shown = value;
  };
  const commit = () => {
    const value = read(field.value);
    tried = field.value;
    if (value === shown) giveUp();
    else change({ [key]: value });
  };
  const giveUp = () => {
    if (shown !== null) put(shown);
    field.dispatchEvent(new Event("giveup", { bubbles: true }));
  };
  field.addEventListener("input", () => (editing = true));
  field.addEventListener("change", commit);
  field.addEventListener("lock", giveUp); // what is fixed is seen as it is
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && shown !== null) giveUp();
    // once more what was refused: the browser tells of changed text only
    if (event.key === "Enter" && editing && field.value === tried) commit();
  });
  return { field, put, show, typed };
}
