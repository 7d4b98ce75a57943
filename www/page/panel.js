// The panel of controls: the section's markup says which parameters stand open and which fold into
// one line; whatever it does not mention goes into a last group, so that none is ever lost.

import { buildControl } from "./control.js";
import { el, part, setText } from "./dom.js";
import { percent, plain } from "./numbers.js";

/** @import {LabSpec, Params, ParamSpec, Setting} from "../pkg/regularization_playground.js" */
/** @import {Change, Control} from "./control.js" */
/** @import {Stand} from "./scale.js" */

/**
 * @param {HTMLElement} panel The section's `.controls`.
 * @param {LabSpec} lab The lab's entry in the catalogue.
 * @param {Change} change
 */
export function buildPanel(panel, lab, change) {
  const specs = new Map(lab.parameters.map((spec) => [spec.key, spec]));
  /** @type {Map<string, Control>} */
  const controls = new Map();
  /** The one that was used last. */
  let used = "";
  /** @type {NodeListOf<HTMLElement>} */
  const folded = panel.querySelectorAll("details[data-params]");
  const groups = [...folded];
  /** @param {string} key @param {HTMLElement} parent */
  const place = (key, parent) => {
    const spec = specs.get(key);
    if (!spec || controls.has(key)) return;
    const control = buildControl(spec, (changes) => {
      used = key;
      control.say(setAlong(changes, key));
      change(changes);
    });
    controls.set(key, control);
    parent.append(control.element);
  };
  /** Those in force. @type {Params} */
  let now = {};
  /** A choice sets along what suits it: that is said. @param {Params} changes @param {string} chosen */
  const setAlong = (changes, chosen) => {
    const along = Object.keys(changes).filter((key) => key !== chosen && changes[key] !== now[key]);
    const words = along.map((key) => `${specs.get(key)?.label.toLowerCase()} ${inWords(specs.get(key), changes[key])}`);
    return words.length > 0 ? `Set along with it: ${words.join(", ")}.` : "";
  };
  const main = el("div", { class: "main-controls" });
  for (const key of keysOf(panel.dataset.main)) place(key, main);
  panel.prepend(main);
  for (const group of groups) for (const key of keysOf(group.dataset.params)) place(key, group);
  const rest = lab.parameters.filter(({ key }) => !controls.has(key));
  if (rest.length > 0) {
    const group = el("details", { "data-params": "" }, el("summary", { text: "More" }));
    for (const { key } of rest) place(key, group);
    (groups.at(-1) ?? panel.lastElementChild ?? main).after(group);
    groups.push(group);
  }
  for (const group of groups) group.hidden = !group.querySelector(".control");
  const summaries = groups.map((group) => part(group, "summary", HTMLElement));
  const isHidden = (/** @type {string} */ key) => controls.get(key)?.element.hasAttribute("data-hidden") ?? false;
  const titles = summaries.map(({ textContent }) => textContent?.trim());

  return {
    /** Shows the settings in force. @param {Stand} stand */
    show(stand) {
      const { params } = stand;
      now = params;
      for (const [key, control] of controls) {
        control.showPlaces(stand);
        control.show(params[key]);
      }
      groups.forEach((group, index) => {
        const template = group.dataset.summary;
        const tells = template ? filled(template, params, specs, isHidden) : listed(group, params, specs, isHidden);
        setText(summaries[index], [titles[index], tells].filter(Boolean).join(": "));
      });
    },
    /**
     * Of what was to be set together a refusal stands where the hand was.
     * @param {string[]} keys @param {string} message With the keys of parameters and the values of choices.
     */
    refuse(keys, message) {
      const told = labelled(message, specs);
      const places = message && keys.includes(used) ? [used] : keys;
      for (const key of places) controls.get(key)?.refuse(told);
    },
    /** What was typed, was refused and still stands in its field; of all else the refusal is over. */
    refusedStill() {
      /** @type {Params} */
      const still = {};
      for (const [key, control] of controls) {
        if (!control.refused()) continue;
        const typed = control.typed();
        if (typed === null) control.refuse("");
        else still[key] = typed;
      }
      return Object.keys(still).length > 0 ? still : null;
    },
  };
}

/** What is refused, with the labels of parameters and of their choices. @param {string} message @param {Map<string, ParamSpec>} specs */
function labelled(message, specs) {
  /** The parameter that was named last. @type {ParamSpec | undefined} */
  let spec;
  return message.replace(/\b(\w+) = |"(\w+)"/g, (all, key, value) => {
    if (key) {
      spec = specs.get(key);
      return spec ? `${spec.label} = ` : all;
    }
    const choice = spec?.choices?.find((one) => one.value === value);
    return choice ? `“${choice.label}”` : all;
  });
}

/** @param {string | undefined} text */
const keysOf = (text) => (text ?? "").split(/\s+/).filter(Boolean);

/**
 * "{n_train} images" with the values in their places; "{label_noise%}" as a percentage, "{keep_x1#}" as 0 or 1.
 * What names nothing but hidden parameters is left out, between one " · " and the next.
 * @param {string} template @param {Params} params @param {Map<string, ParamSpec>} specs @param {(key: string) => boolean} isHidden
 */
function filled(template, params, specs, isHidden) {
  const told = template.split(" · ").filter((words) => {
    const keys = [...words.matchAll(/\{(\w+)/g)].map(([, key]) => key);
    return keys.length === 0 || !keys.every(isHidden);
  });
  return told.join(" · ").replace(/\{(\w+)([%#]?)\}/g, (_, key, as) => {
    if (as === "%") return percent(Number(params[key]), 0);
    if (as === "#") return String(Number(params[key]));
    return inWords(specs.get(key), params[key]);
  });
}

/** @param {HTMLElement} group @param {Params} params @param {Map<string, ParamSpec>} specs @param {(key: string) => boolean} isHidden */
function listed(group, params, specs, isHidden) {
  /** @type {NodeListOf<HTMLInputElement | HTMLSelectElement>} */
  const inputs = group.querySelectorAll("[name]");
  return [...inputs].filter(({ name }) => !isHidden(name)).map(({ name }) => `${specs.get(name)?.label.toLowerCase()} ${inWords(specs.get(name), params[name])}`).join(" · ");
}

/** A setting as it reads in a sentence. @param {ParamSpec | undefined} spec @param {Setting | undefined} value */
export function inWords(spec, value) {
  if (spec === undefined || value === undefined) return "–";
  if (spec.kind === "choice") {
    return spec.choices?.find((choice) => choice.value === value)?.label ?? String(value);
  }
  if (spec.kind === "flag") return value ? "yes" : "no";
  if (spec.kind === "text") return value === "" ? "none" : String(value);
  return spec.unit === "fraction" ? percent(Number(value), 0) : plain(Number(value));
}
