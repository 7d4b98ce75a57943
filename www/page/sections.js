// What has to be read to open a lab: its prose, one file for each (`labs/<id>.html`), and what the build
// has written down of it (`pkg/labs/<id>.json`), so that its controls and numbers need not wait for the module.

import { fetchFile, fileUrl } from "../engine/files.js";

/** @import {LabSpec} from "../pkg/regularization_playground.js" */
/** @import {Frame} from "../engine/messages.js" */

/**
 * The lab's entry in the catalogue, and how it opens with its defaults: of figures that are drawn all
 * but the drawing.
 * @typedef {{lab: LabSpec, opening: Pick<Frame, "progress" | "metrics" | "params" | "limits" | "figures">}} Entry
 */

/** What has not come by then will not come, in milliseconds. */
const PATIENCE_MS = 15_000;

/**
 * Asks once for what several wait for; what did not come is asked for again.
 * @template T
 * @param {(lab: string) => Promise<T>} load @returns {(lab: string) => Promise<T>}
 */
function once(load) {
  /** @type {Map<string, Promise<T>>} */
  const asked = new Map();
  return (lab) => {
    const answer = asked.get(lab) ?? load(lab);
    asked.set(lab, answer);
    answer.catch(() => asked.delete(lab));
    return answer;
  };
}

const LOST = "its text could not be loaded";

export const loadEntry = once(async (/** @type {string} */ lab) => {
  const answer = await fetchFile(`pkg/labs/${lab}.json`, { signal: AbortSignal.timeout(PATIENCE_MS) }).catch(() => null);
  if (!answer?.ok) throw new Error(LOST);
  /** @type {Promise<Entry>} */
  const entry = answer.json();
  return entry.catch(() => Promise.reject(new Error(LOST)));
});

/**
 * A lab's section, ready to be put into the page. What it comes from is inert: nothing in it runs.
 * @param {string} lab @returns {Promise<HTMLElement>}
 */
export function readSection(lab) {
  return new Promise((resolve, reject) => {
    const fail = () => reject(new Error(LOST));
    const request = new XMLHttpRequest();
    request.open("GET", fileUrl(`labs/${lab}.html`));
    request.responseType = "document";
    request.onload = () => {
      const section = request.response?.querySelector("section[data-lab]");
      if (section?.dataset.lab === lab) resolve(leadHere(document.importNode(section, true)));
      else fail();
    };
    request.onerror = fail;
    request.ontimeout = fail;
    request.timeout = PATIENCE_MS;
    request.send();
  });
}

/** The same for a page that shows it again and again. */
export const loadSection = once(readSection);

/** On its own a lab's text leads to the page; here that is where it stands. @param {HTMLElement} section */
export function leadHere(section) {
  for (const link of section.querySelectorAll('a[href^="../index.html#"]')) {
    link.setAttribute("href", /** @type {HTMLAnchorElement} */ (link).hash);
  }
  return section;
}

/** A lab's name in full. @param {HTMLElement} section */
export const nameOf = ({ dataset: { group, pill } }) => (group ? `${group}: ${pill}` : pill);
