// An element's attributes: which of them are settings, and what they say. What a value means, and whether it may
// be, the engine knows.

import { isNumber } from "../page/scale.js";
import { OPTIONS } from "../page/query.js";

/** @import {LabSpec, ParamSpec, Params, Setting} from "../pkg/regularization_playground.js" */

/** What HTML gives a meaning on any element. `lang` is an option. */
const HTML = new Set(["accesskey", "autocapitalize", "autofocus", "class", "contenteditable", "dir", "draggable", "enterkeyhint",
  "exportparts", "hidden", "id", "inert", "inputmode", "is", "itemid", "itemprop", "itemref", "itemscope", "itemtype", "nonce",
  "part", "popover", "role", "slot", "spellcheck", "style", "tabindex", "title", "translate", "writingsuggestions"]);

/** Whether an attribute is the page's own: HTML's, or as frameworks, data and accessibility name theirs. @param {string} name */
const isForeign = (name) => HTML.has(name) || name === "lab" || name.startsWith("on") || name.startsWith("_") || /[^a-z0-9_]/.test(name);

/** Whether it is a setting of the lab, or was meant as one. @param {string} name */
export const isSetting = (name) => !isForeign(name) && !OPTIONS.includes(name);

/** @param {Element} element @returns {[string, string][]} */
export const settingsOf = (element) => [...element.attributes].filter(({ name }) => isSetting(name)).map(({ name, value }) => [name, value]);

/** @param {Element} element @returns {[string, string][]} */
export const optionsOf = (element) => [...element.attributes].filter(({ name }) => OPTIONS.includes(name)).map(({ name, value }) => [name, value]);

/**
 * What a text stands for, whatever the reader's language; what is no such value is for the engine to refuse.
 * @param {ParamSpec | undefined} spec @param {string} text @returns {Setting}
 */
export function valueOf(spec, text) {
  if (spec && isNumber(spec)) return text.trim() === "" || Number.isNaN(Number(text)) ? text : Number(text);
  if (spec?.kind !== "flag") return text;
  return text === "" || text === "true" || (text === "false" ? false : text);
}

/** What a link to these attributes holds. @param {LabSpec} lab @param {[string, string][]} settings */
export function queryOf(lab, settings) {
  const specs = new Map(lab.parameters.map((spec) => [spec.key, spec]));
  return new URLSearchParams(settings.map(([key, text]) => [key, String(valueOf(specs.get(key), text))])).toString();
}

/** What these attributes change; one that is gone leaves its parameter's default. @param {LabSpec} lab @param {Element} element @param {Iterable<string>} names @returns {Params} */
export function changesOf(lab, element, names) {
  const specs = new Map(lab.parameters.map((spec) => [spec.key, spec]));
  const pairs = [...names].flatMap((name) => {
    const [text, spec] = [element.getAttribute(name), specs.get(name)];
    return text === null ? (spec ? [[name, spec.default]] : []) : [[name, valueOf(spec, text)]];
  });
  return Object.fromEntries(pairs);
}
