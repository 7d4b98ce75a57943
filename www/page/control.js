// One control, built from the one definition of its parameter: an input whose name is the
// parameter's key, its label, its exact value, its help, and a place for what was refused.

import { el, freshId, setText, symbol } from "./dom.js";
import { editable, readNumber } from "./numbers.js";
import { sliderScale } from "./scale.js";

/** Whole numbers of a longer range than this, such as seeds, are typed and not slid. */
const LONGEST_SLIDER = 100000;

/**
 * @typedef {object} Control
 * @property {HTMLElement} element
 * @property {(value: number | string | boolean) => void} show Shows the value in force.
 * @property {(params: Record<string, any>) => void} showMarks Puts the named values where they stand.
 * @property {(message: string) => void} refuse Says why a value was not taken; "" takes it back.
 * @property {() => boolean} refused Whether a value was not taken.
 * @property {() => number | string | null} typed What stands in the field and is not in force.
 */

/**
 * @param {any} spec The parameter's entry in the catalogue.
 * @param {(changes: Record<string, number | string | boolean>) => void} change
 * @returns {Control}
 */
export function buildControl(spec, change) {
  const id = freshId(spec.key);
  const help = el("p", { id: `${id}-help`, class: "help", text: spec.help });
  const problem = el("p", { id: `${id}-problem`, class: "problem", role: "alert" });
  const parts = { id, describedby: `${id}-help ${id}-problem` };
  const { field, exact, show } = inputs(spec, parts, change);
  const marks = spec.marks && exact ? buildMarks(spec, change) : null;
  const label = el("label", { for: id }, spec.label, ...(spec.symbol ? [" ", symbol(spec.symbol)] : []));
  const kind = spec.kind === "choice" ? "choice" : field.type;
  const head = el("div", { class: "control-head" }, label, exact ?? null);
  const element = el("div", { class: `control control-${kind}` });
  if (spec.kind === "choice") element.append(label, field, help, problem);
  else if (kind === "checkbox") element.append(field, label, help, problem);
  else if (exact) element.append(head, field, marks?.element ?? "", help, problem);
  else element.append(el("div", { class: "control-head" }, label, field), help, problem);
  const refuse = (message) => {
    setText(problem, message);
    for (const input of [field, exact]) input?.toggleAttribute("data-refused", message !== "");
    for (const input of [field, exact]) input?.setAttribute("aria-invalid", String(message !== ""));
  };
  element.addEventListener("giveup", () => refuse(""));
  const refused = () => problem.textContent !== "";
  const typed = () => (exact ?? field).typed?.() ?? null;
  return { element, show, refuse, refused, typed, showMarks: (params) => marks?.show(params) };
}

/** Named values: a tick under the slider where each stands, and a button that goes there. */
function buildMarks(spec, change) {
  const scale = sliderScale(spec);
  const value = ({ at }, params) => at.number ?? params[at.parameter];
  let now = {};
  const ticks = spec.marks.map(() => el("span", { class: "tick" }));
  const buttons = spec.marks.map((mark) => el("button", { type: "button", class: "mark", text: mark.label,
    onclick: () => change({ [spec.key]: value(mark, now) }) }));
  const element = el("div", { class: "marks" },
    el("div", { class: "ticks", "aria-hidden": "true" }, ...ticks), ...buttons);
  const show = (params) => {
    now = params;
    spec.marks.forEach((mark, i) => {
      const share = (scale.toPosition(value(mark, params)) - scale.min) / (scale.max - scale.min || 1);
      ticks[i].style.setProperty("--share", String(Math.min(1, Math.max(0, share))));
      buttons[i].setAttribute("aria-pressed", String(params[spec.key] === value(mark, params)));
    });
  };
  return { element, show };
}

function inputs(spec, parts, change) {
  if (spec.kind === "choice") return select(spec, parts, change);
  if (spec.kind === "flag") return checkbox(spec, parts, change);
  const long = (spec.max - spec.min) / spec.step > LONGEST_SLIDER && spec.scale !== "log";
  if (!long) return slider(spec, parts, change);
  const field = numberField(spec, { ...parts, name: spec.key }, change);
  return { field, show: field.show };
}

function select(spec, { id, describedby }, change) {
  const options = spec.choices.map(({ value, label }) => el("option", { value, text: label }));
  const picked = () => {
    const choice = spec.choices.find(({ value }) => value === field.value);
    change({ ...choice?.suggests, [spec.key]: field.value });
  };
  const field = el("select",
    { id, name: spec.key, "aria-describedby": describedby, onchange: picked }, ...options);
  return { field, show: (value) => (field.value = String(value)) };
}

function checkbox(spec, { id, describedby }, change) {
  const field = el("input", { id, type: "checkbox", name: spec.key,
    "aria-describedby": describedby, onchange: () => change({ [spec.key]: field.checked }) });
  return { field, show: (value) => (field.checked = value === true) };
}

function slider(spec, { id, describedby }, change) {
  const scale = sliderScale(spec);
  const exact = numberField(spec, { id: `${id}-exact`, describedby,
    label: `${spec.label}, exact value` }, change);
  const field = el("input", { id, type: "range", name: spec.key, min: scale.min, max: scale.max,
    step: "any", "aria-describedby": describedby });
  const place = (value) => {
    field.setAttribute("aria-valuetext", `${editable(value, spec)} ${spec.unit}`.trim());
    const share = (scale.toPosition(value) - scale.min) / (scale.max - scale.min || 1);
    field.style.setProperty("--share", String(Math.min(1, Math.max(0, share))));
  };
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
  const show = (value) => {
    exact.show(value);
    if (shown === value) return;
    shown = value;
    field.value = String(scale.toPosition(value));
    place(value);
  };
  return { field, exact, show };
}

/** Arrow keys go from stop to stop even where the value in force lies between two. */
function byKey(event, field, scale, move) {
  const page = Math.max(1, Math.round((scale.max - scale.min) / scale.stop / 10));
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

/** A field for the exact number. What is typed stays until it is taken or Escape gives it up. */
function numberField(spec, { id, describedby, label, name }, change) {
  const field = el("input", { id, name, type: "text", inputmode: "decimal", class: "exact",
    autocomplete: "off", spellcheck: "false", "aria-label": label, "aria-describedby": describedby });
  let shown = null;
  let editing = false;
  field.put = (value) => {
    shown = value;
    editing = false;
    field.value = editable(value, spec);
  };
  field.show = (value) => {
    if (!editing || value === readNumber(field.value)) field.put(value);
    else shown = value;
  };
  field.typed = () => (editing ? readNumber(field.value) : null);
  let tried = null;
  const commit = () => {
    const value = readNumber(field.value);
    tried = field.value;
    if (value === shown) giveUp();
    else change({ [spec.key]: value });
  };
  const giveUp = () => {
    field.put(shown);
    field.dispatchEvent(new Event("giveup", { bubbles: true }));
  };
  field.addEventListener("input", () => (editing = true));
  field.addEventListener("change", commit);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && shown !== null) giveUp();
    // once more what was refused: the browser tells of changed text only
    if (event.key === "Enter" && editing && field.value === tried) commit();
  });
  return field;
}
