// What stands under the figures and is not needed for the first of them: experiments, derivations,
// wide formulas, averages to be run again.

import { buildAverages } from "./averages.js";
import { buildFormulas } from "./formulas.js";
import { buildSteppers } from "./stepper.js";
import { buildSweep } from "./sweep.js";

/** @import {LabSpec, Params} from "../pkg/regularization_playground.js" */
/** @import {buildFigures} from "./figures.js" */

/**
 * @param {HTMLElement} section
 * @param {LabSpec} lab The lab's entry in the catalogue.
 * @param {ReturnType<typeof buildFigures>} figures The figures of the section, which those of the experiments join.
 * @returns {{show: (params: Params) => void, attend: (here: boolean) => void, end: () => void}} `attend` says whether the lab is the one that is shown.
 */
export function buildAfter(section, lab, figures) {
  buildSteppers(section);
  buildFormulas(section);
  /** @type {NodeListOf<HTMLElement>} */
  const boxes = section.querySelectorAll(".sweep");
  const sweeps = [...boxes].map((box) => buildSweep(box, lab, figures));
  const averages = buildAverages(section, figures);
  return {
    show: (params) => sweeps.forEach((sweep) => sweep.show(params)),
    attend: (here) => {
      averages.attend(here);
      sweeps.forEach((sweep) => sweep.attend(here));
    },
    end: () => {
      averages.end();
      sweeps.forEach((sweep) => sweep.end());
    },
  };
}
