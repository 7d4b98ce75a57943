// Numbers inside the prose and the formulas: an element that names a metric, a parameter or a
// figure's note says what it is now. And what is there for one choice alone: `data-when="task digits"`
// is shown for as long as that parameter has that value, `data-when="scaling none at_test"` for either.

import { setText } from "./dom.js";
import { measured } from "./numbers.js";
import { inWords } from "./panel.js";

/** @import {LabSpec, Metrics, Params} from "../pkg/regularization_playground.js" */

/** While a run goes on, the numbers in the prose under the figures change no more often than this, in milliseconds. */
const PROSE_MS = 500;

/** @param {HTMLElement} section @param {LabSpec} lab The lab's entry in the catalogue. */
export function buildLive(section, lab) {
  const metrics = new Map(lab.metrics.map((spec) => [spec.key, spec]));
  const params = new Map(lab.parameters.map((spec) => [spec.key, spec]));
  const slots = [...section.querySelectorAll("[data-live]")].map((element) => {
    const [kind, key] = wordsOf(element, "data-live");
    return { element, kind, key, prose: element.closest(".after") !== null };
  });
  let told = 0;
  /** @type {NodeListOf<HTMLElement>} */
  const depending = section.querySelectorAll("[data-when]");
  const given = [...depending].map((element) => {
    const [key, ...values] = wordsOf(element, "data-when");
    return { element, key, values };
  });
  /** Shows what is there for these settings. @param {Params} params */
  const choose = (params) => {
    for (const { element, key, values } of given) element.hidden = !values.includes(String(params[key]));
  };
  choose(Object.fromEntries(lab.parameters.map((spec) => [spec.key, spec.default])));
  return {
    choose,
    /** The note of a figure, in the formulas beside it. @param {string} figure @param {string} note */
    note(figure, note) {
      for (const { element, kind, key } of slots) if (kind === "note" && key === figure) setText(element, note);
    },
    /** @param {{metrics: Metrics, params: Params, playing: boolean, early?: boolean}} frame `early`: no network is there yet. */
    show(frame) {
      // to lay the prose out anew takes longer than to draw a figure
      const reread = !frame.playing || performance.now() - told >= PROSE_MS;
      if (reread) told = performance.now();
      for (const { element, kind, key, prose } of slots) {
        if (prose && (!reread || (frame.early && kind === "metric"))) continue;
        const spec = metrics.get(key);
        if (kind === "metric") setText(element, measured(frame.metrics[key], spec?.unit, spec?.decimals));
        if (kind === "param") setText(element, inWords(params.get(key), frame.params[key]));
      }
    },
  };
}

/** @param {Element} element @param {string} attribute */
const wordsOf = (element, attribute) => (element.getAttribute(attribute) ?? "").split(" ");
