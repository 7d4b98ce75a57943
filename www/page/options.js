// What the page around a lab asks of it, beside the lab's settings: what is hidden and what is fixed, which
// figures there are, the theme. A frame reads it from its address, the element from its attributes.
//
//   hide, lock   names, parted by commas: keys of parameters, keys of figures, "map", "question", "prose",
//                "transport", "share"; where a parameter and a figure have one key it is the parameter,
//                and "figure:<key>" is the figure
//   figures      keys of figures: there are no others, but for the map, which answers the main slider
//   theme        light, dark or auto
//   lang         the language of the words; there is one
//   autoplay     0: the run waits at its first step until somebody plays it or changes a setting

import { cut } from "./lost.js";
import { joinQueries } from "./query.js";

export { OPTIONS } from "./query.js";

/** @import {LabSpec, Params} from "../pkg/regularization_playground.js" */

export const THEMES = ["auto", "light", "dark"];
/** So many names that mean nothing are told; the others are counted. */
const MOST_NAMED = 5;

/** What a lab has beside controls and figures. */
export const PARTS = ["question", "prose", "transport", "share"];

/**
 * @typedef {object} Options
 * @property {string[]} hide
 * @property {string[]} lock
 * @property {string[] | null} figures null: all of them.
 * @property {string} theme One of `THEMES`.
 * @property {boolean} autoplay
 */
/** @typedef {{parameters: Set<string>, figures: Set<string>, parts: Set<string>}} Named What names stand for in one lab. */
/**
 * What is asked of one lab.
 * @typedef {object} Rules
 * @property {Named} hide
 * @property {Named} lock
 * @property {Set<string> | null} figures
 * @property {boolean} autoplay
 */

/**
 * Options as they are meant, and what of them no lab could understand.
 * @param {Iterable<[string, string]>} pairs @returns {{options: Options, problems: string[]}}
 */
export function readOptions(pairs) {
  /** @type {string[]} */
  const problems = [];
  /** @type {Map<string, string[]>} */
  const asked = new Map();
  for (const [key, value] of pairs) {
    const known = asked.get(key);
    if (known) known.push(value);
    else asked.set(key, [value]);
  }
  /** All of them, where they are asked for more than once. @param {string} key */
  const names = (key) => (asked.get(key) ?? []).join().split(",").map((name) => name.trim()).filter(Boolean);
  /** One of these values; the first where it is another, or none. @param {string} key @param {string[]} values */
  const oneOf = (key, ...values) => {
    const given = asked.get(key) ?? [];
    const value = given.at(-1) || values[0]; // an attribute without a value is "": it is there
    if (new Set(given).size > 1) problems.push(`${key} is there ${given.length} times: the last one holds`);
    if (!values.includes(value)) problems.push(`${key} = ${JSON.stringify(cut(value))}: must be ${values.join(" or ")}`);
    return values.includes(value) ? value : values[0];
  };
  const options = { hide: names("hide"), lock: names("lock"), figures: asked.has("figures") ? names("figures") : null,
    theme: oneOf("theme", ...THEMES), autoplay: oneOf("autoplay", "1", "0") === "1" };
  oneOf("lang", "en");
  return { options, problems };
}

/**
 * What the options mean for one lab, and which of their names mean nothing there.
 * @param {Options} options @param {LabSpec} lab The lab's entry in the catalogue.
 * @returns {{rules: Rules, problems: string[]}}
 */
export function rulesOf({ hide, lock, figures, autoplay }, lab) {
  /** @type {string[]} */
  const problems = [];
  const known = {
    parameters: new Set(lab.parameters.map(({ key }) => key)),
    figures: new Set([...(lab.main ? ["map"] : []), ...lab.figures.map(({ key }) => key)]),
    parts: new Set(PARTS),
  };
  const all = [...new Set([...known.parts, ...known.parameters, ...known.figures])].join(", ");
  /** @param {string} key @param {string[]} names @param {string} allowed */
  const refuse = (key, names, allowed) => {
    const [some, more] = [names.slice(0, MOST_NAMED).map(cut).join(", "), names.length - MOST_NAMED];
    const none = names.length > 1 ? "none of these is in this lab" : "there is none in this lab";
    if (some) problems.push(`${key} = ${some}${more > 0 ? ` and ${more} more` : ""}: ${none}; there are ${allowed}`);
  };
  /** @param {string} key @param {string[]} names @returns {Named} */
  const named = (key, names) => {
    /** @type {Named} */
    const found = { parameters: new Set(), figures: new Set(), parts: new Set() };
    /** @type {Set<string>} */
    const unknown = new Set();
    for (const name of names) {
      const figure = name.startsWith("figure:") ? name.slice("figure:".length) : "";
      const kind = figure ? (known.figures.has(figure) ? "figures" : undefined)
        : /** @type {const} */ (["parameters", "figures", "parts"]).find((kind) => known[kind].has(name));
      if (kind) found[kind].add(figure || name);
      else unknown.add(name);
    }
    refuse(key, [...unknown], all);
    return found;
  };
  const hidden = named("hide", hide);
  if (hidden.figures.has("map") && !hidden.parts.has("question")) {
    hidden.figures.delete("map");
    problems.push("hide = map: the question is answered on it; hide = question,map hides both");
  }
  refuse("figures", [...new Set(figures)].filter((key) => !known.figures.has(key)), [...known.figures].join(", "));
  return { rules: { hide: hidden, lock: named("lock", lock), figures: figures && new Set(figures), autoplay }, problems };
}

/** Shows and hides, frees and fixes what is there of a lab's section; called again for what has come since. @param {HTMLElement} section @param {Rules} rules */
export function applyRules(section, { hide, lock, figures }) {
  /** @param {string} selector @param {(element: HTMLElement) => boolean} hidden */
  const hideThose = (selector, hidden) => {
    /** @type {NodeListOf<HTMLElement>} */
    const those = section.querySelectorAll(selector);
    for (const element of those) element.toggleAttribute("data-hidden", hidden(element));
  };
  /** @param {Element} element @param {boolean} locked */
  const fix = (element, locked) => {
    element.toggleAttribute("data-locked", locked);
    /** @type {NodeListOf<HTMLInputElement | HTMLSelectElement | HTMLButtonElement>} */
    const fields = element.querySelectorAll("input, select, button");
    for (const field of fields) {
      if (locked && !field.disabled) field.dispatchEvent(new Event("lock"));
      field.disabled = locked;
    }
  };
  const keyOfControl = (/** @type {Element} */ control) => control.querySelector("[name]")?.getAttribute("name") ?? "";
  const keyOfFigure = (/** @type {HTMLElement} */ { dataset }) => dataset.figure ?? "";

  hideThose(".control", (control) => hide.parameters.has(keyOfControl(control)));
  hideThose("details[data-params]", (group) => group.querySelector(".control") !== null && !group.querySelector(".control:not([data-hidden])"));
  hideThose("figure[data-figure]", (figure) => {
    const key = keyOfFigure(figure);
    figure.toggleAttribute("data-wanted", figures?.has(key) ?? false);
    figure.toggleAttribute("data-locked", lock.figures.has(key));
    return hide.figures.has(key) || (figures !== null && key !== "map" && !figures.has(key));
  });
  hideThose(".map", () => hide.figures.has("map"));
  hideThose(".pair", (pair) => !pair.querySelector("figure:not([data-hidden])"));
  hideThose(".question", () => hide.parts.has("question"));
  hideThose(".context, .formula, .after > :not(.runs)", () => hide.parts.has("prose"));
  // a lab without its claim has a heading all the same
  section.querySelector("h1")?.classList.toggle("visually-hidden", hide.parts.has("prose"));
  hideThose(".bar, .readout, .bar-more", () => hide.parts.has("transport"));
  hideThose("button[name=new_seed]", () => hide.parameters.has("seed"));

  for (const control of section.querySelectorAll(".control")) fix(control, lock.parameters.has(keyOfControl(control)));
  for (const bar of section.querySelectorAll(".bar, .bar-more")) fix(bar, lock.parts.has("transport"));
  for (const question of section.querySelectorAll(".question")) fix(question, lock.parts.has("question"));
  const seed = section.querySelector("button[name=new_seed]");
  if (seed instanceof HTMLButtonElement && lock.parameters.has("seed")) seed.disabled = true;
  for (const link of section.querySelectorAll(".context a[href^='#'], .after > :not(.runs) a[href^='#']")) {
    if (lock.parts.has("prose")) link.setAttribute("aria-disabled", "true");
    else link.removeAttribute("aria-disabled");
  }
}

/** A query in which what is locked is as it is in force. @param {string} query @param {ReadonlySet<string>} locked @param {Params} params */
export function withLocked(query, locked, params) {
  const kept = [...locked].filter((key) => key in params).map((key) => [key, String(params[key])]);
  return joinQueries(query, new URLSearchParams(kept).toString());
}
