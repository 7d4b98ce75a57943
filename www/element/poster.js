// What an element shows until its lab is ready, where the page gives it nothing: the picture of the finished run.

import { fileUrl } from "../engine/files.js";
import { LABS } from "./labs.js";

/** @param {string} lab @param {boolean} dark @returns {Promise<Element | null>} null where it does not come. */
export function loadPoster(lab, dark) {
  if (!LABS.includes(lab)) return Promise.resolve(null);
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("GET", fileUrl(`posters/${lab}-${dark ? "dark" : "light"}.svg`));
    request.responseType = "document";
    request.onload = () => resolve(request.status < 400 && request.responseXML ? document.importNode(request.responseXML.documentElement, true) : null);
    request.onerror = () => resolve(null);
    request.send();
  });
}
