// The values of parameters in an experiment's form, as the controls of the lab call them: choices are ticked or picked
// by their labels, numbers are written.

import { el, freshId } from "./dom.js";
import { readList, readPairs, writeList, writePairs } from "./lists.js";
import { allows } from "./scale.js";

/** @import {LabSpec, ParamSpec, SuggestedValues} from "../pkg/regularization_playground.js" */

/** @param {string} name @param {Record<string, string>} more */
export const text = (name, more) => el("input", { type: "text", name: `experiment_${name}`, spellcheck: "false", autocomplete: "off", autocapitalize: "off", ...more });

/** What can be chosen, in the form's syntax and as the control says it; none where numbers are written. @param {ParamSpec | undefined} spec @returns {{value: string, label: string}[]} */
function choicesOf(spec) {
  if (spec?.kind === "flag") return [{ value: "false", label: "no" }, { value: "true", label: "yes" }];
  return spec?.kind === "choice" ? spec.choices ?? [] : [];
}

/** "key=values", in a link with a colon. @param {string} written @returns {string[]} */
export const halves = (written) => (/^\s*(\w+)\s*[=:](.*)$/s.exec(written) ?? ["", "", ""]).slice(1);

/**
 * Several values of one parameter: a field, or a box for each choice.
 * @param {string} title @param {string} name @param {LabSpec} lab @param {() => void} edited
 */
export function buildValues(title, name, lab, edited) {
  const id = freshId("experiment");
  const field = text(name, { id, "aria-label": `${title}: values` });
  field.addEventListener("input", edited);
  const boxes = el("div", { class: "experiment-choices", role: "group", "aria-label": `${title}: values` });
  /** @type {HTMLInputElement[]} */
  let ticks = [];
  const understood = (/** @type {string} */ key) => readList(field.value, (number) => lab.parameters.some((spec) => spec.key === key && allows(spec, number)));
  return {
    parts: [field, boxes],
    /** @param {string} key */
    read: (key) => (field.hidden ? ticks.filter(({ checked }) => checked).map(({ value }) => value).join(", ") : understood(key).text),
    /** What has to be asked back. @param {string} key */
    asks: (key) => (field.hidden ? "" : understood(key).asked),
    /** @param {string} key @param {string} values What is no choice is written, for the engine to read or refuse. */
    fill(key, values) {
      const choices = choicesOf(lab.parameters.find((spec) => spec.key === key));
      const wanted = values.split(",").map((value) => value.trim()).filter(Boolean);
      const ticked = choices.length > 0 && wanted.every((value) => choices.some((choice) => choice.value === value));
      field.value = writeList(values);
      field.hidden = key === "" || ticked;
      boxes.hidden = !ticked;
      ticks = ticked ? choices.map(({ value }) => el("input", { type: "checkbox", name: `experiment_${name}`, value, onchange: edited, checked: wanted.includes(value) })) : [];
      boxes.replaceChildren(...ticks.map((tick, i) => el("label", { class: "experiment-check" }, tick, choices[i].label)));
    },
    /** Shows values that are no parameter's, for the engine to refuse. @param {string} values */
    show: (values) => void ([field.value, field.hidden, boxes.hidden] = [writeList(values), false, true]),
  };
}

/**
 * What else is set in all runs: a row for each setting.
 * @param {LabSpec} lab @param {SuggestedValues[]} offered @param {() => string[]} varied What is set elsewhere.
 * @param {() => void} edited
 */
export function buildSettings(lab, offered, varied, edited) {
  const rows = el("div", { class: "experiment-settings" });
  /** Each row as it is written. @type {Map<HTMLElement, () => string>} */
  const written = new Map();
  const add = el("button", { type: "button", name: "experiment_add", text: "Add a setting", onclick: () => {
    const taken = [...varied(), ...[...written.values()].map((read) => halves(read())[0])];
    const free = offered.find(({ key }) => !taken.includes(key));
    if (!free) return;
    const row = append(free.key, usual(free.key));
    edited();
    row.querySelector("select")?.focus();
  } });
  /** @param {string} key */
  const usual = (key) => writeList(String(lab.parameters.find((spec) => spec.key === key)?.default ?? ""));
  const understood = () => [...written.values()].map((read) => readPairs(read()));
  /** @param {string} key @param {string} value */
  const append = (key, value) => {
    const known = offered.some((other) => other.key === key);
    const choose = el("select", { name: "experiment_set", "aria-label": "Also set", onchange: () => {
      put(choose.value, usual(choose.value));
      edited();
    } }, ...(known ? [] : [el("option", { value: key, text: key })]), ...offered.map((other) => el("option", { value: other.key, text: other.label })));
    choose.value = key;
    const place = el("div");
    /** @type {HTMLInputElement | HTMLSelectElement} */
    let field;
    const put = (/** @type {string} */ of, /** @type {string} */ now) => {
      const choices = choicesOf(lab.parameters.find((spec) => spec.key === of));
      field = choices.some((choice) => choice.value === now)
        ? el("select", { name: "experiment_set_value", onchange: edited }, ...choices.map((choice) => el("option", { value: choice.value, text: choice.label })))
        : text("set_value", {});
      field.setAttribute("aria-label", `${choose.selectedOptions[0]?.textContent ?? of}: value`);
      if (field instanceof HTMLInputElement) field.addEventListener("input", edited);
      field.value = now;
      place.replaceChildren(field);
    };
    put(key, value);
    const row = el("div", { class: "experiment-setting" }, choose, place, el("button", { type: "button", class: "quiet", "aria-label": "Set this no longer", text: "×", onclick: () => {
      written.delete(row);
      row.remove();
      edited();
      add.focus();
    } }));
    written.set(row, () => `${choose.value}=${field.value}`);
    rows.append(row);
    return row;
  };
  return {
    element: el("fieldset", {}, el("legend", { text: "Also set" }), rows, add),
    read: () => understood().map(({ text }) => text).join(";"),
    asks: () => understood().map(({ asked }) => asked).filter(Boolean).join(" "),
    /** @param {string} all As it is read; what is no setting is shown as one without a name, for the engine to refuse. */
    fill(all) {
      written.clear();
      rows.replaceChildren();
      for (const part of writePairs(all).split(";").filter((part) => part.trim() !== "")) {
        const [key, value] = halves(part);
        append(key || part, key ? value.trim() : "");
      }
    },
  };
}
