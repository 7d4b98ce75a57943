// What takes longest is asked for while the scripts are still on their way: the module, and what there is to read
// of a lab.

import { compiled } from "../engine/module.js";
import { loadEntry, readSection } from "../page/sections.js";
import { unknown } from "./labs.js";
import { styles } from "./styles.js";

/** @import {Entry} from "../page/sections.js" */

/** Sections that are on their way. @type {Map<string, Promise<HTMLElement>>} */
const asked = new Map();

/** A section for each element; none is kept for one that may come. @param {string} lab */
function sectionOf(lab) {
  const section = asked.get(lab) ?? readSection(lab).finally(() => asked.delete(lab));
  asked.set(lab, section);
  return section.then((section) => /** @type {HTMLElement} */ (section.cloneNode(true)));
}

/** @typedef {{sheet: CSSStyleSheet, section: HTMLElement, entry: Entry}} Ahead */

/** @param {string} lab @param {Document} page @returns {Promise<Ahead>} */
export async function askAhead(lab, page) {
  const error = unknown(lab);
  if (error) throw error;
  compiled();
  const [sheet, section, entry] = await Promise.all([styles(page), sectionOf(lab), loadEntry(lab)]);
  return { sheet, section, entry };
}
