// The panel of controls: the section's markup says which parameters stand open and which fold into
// one line; whatever it does not mention goes into a last group, so that none is ever lost.

import { buildControl } from "./control.js";
import { el, setText } from "./dom.js";
import { percent, plain } from "./numbers.js";

/**
 * @param {HTMLElement} panel The section's `.controls`.
 * @param {any} lab The lab's entry in the catalogue.
 * @param {(changes: Record<string, number | string | boolean>) => void} change
 */
export function buildPanel(panel, lab, change) {
  const specs = new Map(lab.parameters.map((spec) => [spec.key, spec]));
  const controls = new Map();
  const groups = [...panel.querySelectorAll("details[data-params]")];
  const place = (key, parent) => {
    if (!specs.has(key) || controls.has(key)) return;
    const control = buildControl(specs.get(key), change);
    controls.set(key, control);
    parent.append(control.element);
  };
  const main = el("div", { class: "main-controls" });
  for (const key of keysOf(panel.dataset.main)) place(key, main);
  panel.prepend(main);
  for (const group of groups) for (const key of keysOf(group.dataset.params)) place(key, group);
  const rest = lab.parameters.filter(({ key }) => !controls.has(key));
  if (rest.length > 0) {
    const group = el("details", { "data-params": "" }, el("summary", { text: "More" }));
    for (const { key } of rest) place(key, group);
    (groups.at(-1) ?? panel.lastElementChild).after(group);
    groups.push(group);
  }
  for (const group of groups) group.hidden = !group.querySelector(".control");
  const titles = groups.map((group) => group.querySelector("summary").textContent.trim());

  return {
    /** Shows the settings in force. @param {Record<string, any>} params */
    show(params) {
      for (const [key, control] of controls) {
        control.show(params[key]);
        control.showMarks(params);
      }
      groups.forEach((group, index) => {
        const template = group.dataset.summary;
        const tells = template ? filled(template, params, specs) : listed(group, params, specs);
        setText(group.querySelector("summary"), `${titles[index]}: ${tells}`);
      });
    },
    /** @param {string[]} keys @param {string} message With the keys of parameters, which are told by their labels. */
    refuse(keys, message) {
      const told = message.replace(/\b(\w+) = /g, (all, key) => (specs.has(key) ? `${specs.get(key).label} = ` : all));
      for (const key of keys) controls.get(key)?.refuse(told);
    },
    /** What was typed, was refused and still stands in its field; of all else the refusal is over. */
    refusedStill() {
      const still = [...controls].filter(([, control]) => control.refused()).map(([key, control]) => [key, control.typed()]);
      for (const [key, value] of still) if (value === null) controls.get(key).refuse("");
      const typed = still.filter(([, value]) => value !== null);
      return typed.length > 0 ? Object.fromEntries(typed) : null;
    },
  };
}

const keysOf = (text) => (text ?? "").split(/\s+/).filter(Boolean);

/** "{n_train} images" with the values in their places; "{label_noise%}" as a percentage, "{keep_x1#}" as 0 or 1. */
function filled(template, params, specs) {
  return template.replace(/\{(\w+)([%#]?)\}/g, (_, key, as) => {
    if (as === "%") return percent(params[key], 0);
    if (as === "#") return String(Number(params[key]));
    return inWords(specs.get(key), params[key]);
  });
}

function listed(group, params, specs) {
  const inputs = [...group.querySelectorAll("[name]")];
  return inputs.map(({ name }) => `${specs.get(name).label.toLowerCase()} ${inWords(specs.get(name), params[name])}`).join(" · ");
}

/** A setting as it reads in a sentence. */
export function inWords(spec, value) {
  if (spec === undefined || value === undefined) return "–";
  if (spec.kind === "choice") {
    return spec.choices.find((choice) => choice.value === value)?.label ?? String(value);
  }
  if (spec.kind === "flag") return value ? "yes" : "no";
  return spec.unit === "fraction" ? percent(value, 0) : plain(value);
}
