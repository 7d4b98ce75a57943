// Names and errors as they are told, and the message where not even the package could be loaded.

import { part } from "./dom.js";

/** A name of any length as it is told. @param {string} name */
export const cut = (name) => (name.length > 40 ? `${name.slice(0, 40)}…` : name);

/** @param {unknown} error */
export const messageOf = (error) => (error instanceof Error ? error.message : String(error));

/** Where not even the package could be loaded: the page's own message says why. @param {unknown} error */
export function showLost(error) {
  const lost = part(document, "#lost", HTMLElement);
  part(lost, "[data-reason]", HTMLElement).textContent = messageOf(error);
  lost.hidden = false;
  document.documentElement.toggleAttribute("data-lost", true);
}
