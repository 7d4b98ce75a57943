// What stands under the figures and is not needed for the first of them: experiments, derivations,
// wide formulas.

import { buildFormulas } from "./formulas.js";
import { buildSteppers } from "./stepper.js";
import { buildSweep } from "./sweep.js";

/**
 * @param {HTMLElement} section
 * @param {any} lab The lab's entry in the catalogue.
 * @param {any} bindings
 * @param {any} figures The figures of the section, which those of the experiments join.
 * @returns {{show: (params: Record<string, any>) => void}}
 */
export function buildAfter(section, lab, bindings, figures) {
  buildSteppers(section);
  buildFormulas(section);
  const sweeps = [...section.querySelectorAll(".sweep")].map((box) => buildSweep(box, lab, bindings, figures));
  return { show: (params) => sweeps.forEach((sweep) => sweep.show(params)) };
}
