// What stands under the figures and is not needed for the first of them: the reader's experiment, derivations,
// wide formulas, averages to be run again.

import { fileUrl } from "../engine/files.js";
import { buildAverages } from "./averages.js";
import { el, part } from "./dom.js";
import { buildFormulas } from "./formulas.js";
import { buildSteppers } from "./stepper.js";

/** @import {LabSpec} from "../pkg/regularization_playground.js" */
/** @import {Frame} from "../engine/messages.js" */
/** @import {buildFigures} from "./figures.js" */
/** @import {LabView} from "./lab-view.js" */

/**
 * @param {HTMLElement} section
 * @param {LabSpec} lab The lab's entry in the catalogue.
 * @param {ReturnType<typeof buildFigures>} figures The figures of the section, which that of the experiment joins.
 * @param {LabView} view
 * @returns {{show: (frame: Frame) => void, attend: (here: boolean) => void, openExperiment: () => void, end: () => void}}
 *   `attend` says whether the lab is the one that is shown.
 */
export function buildAfter(section, lab, figures, view) {
  buildSteppers(section);
  buildFormulas(section);
  const averages = buildAverages(section, figures);
  const experiment = buildDoor(part(section, ".after", HTMLElement), lab, figures, view);
  return {
    show: (frame) => experiment.show(frame),
    attend: (here) => {
      averages.attend(here);
      experiment.attend(here);
    },
    openExperiment: () => experiment.open(),
    end: () => {
      averages.end();
      experiment.end();
    },
  };
}

let styled = false;

/** The styles of experiments, once for all labs. */
function dressExperiments() {
  if (!styled) document.head.append(el("link", { rel: "stylesheet", href: fileUrl("styles/experiment.css") }));
  styled = true;
}

/**
 * The reader's experiment, folded; what builds it is had when it is opened, or when a link holds one.
 * @param {HTMLElement} after @param {LabSpec} lab @param {ReturnType<typeof buildFigures>} figures @param {LabView} view
 */
function buildDoor(after, lab, figures, view) {
  dressExperiments();
  /** @type {Awaited<ReturnType<typeof import("./experiment.js").buildExperiment>> | null} */
  let built = null;
  let building = false;
  /** The link that is open. */
  let opened = "";
  const body = el("div", { class: "experiment-body" });
  const said = el("p", { class: "loading", role: "status", hidden: true });
  const door = el("details", { class: "experiment", ontoggle: () => door.open && build() },
    el("summary", {}, el("h2", { text: "Experiment: many runs, one figure" })), said, body);
  after.prepend(door);
  const around = {
    took: () => view.took,
    onLink: (/** @type {string} */ query) => {
      opened = view.experiment = query;
      if (view.frame) view.page.onQuery(view.frame.query);
    },
  };
  const build = async () => {
    if (built || building) return;
    building = true;
    said.hidden = true;
    try {
      const { buildExperiment } = await import("./experiment.js");
      built = await buildExperiment(body, lab, figures, around);
      if (view.frame) built.show(view.frame);
      if (view.experiment !== "") open();
    } catch (error) {
      body.replaceChildren();
      said.textContent = `The experiments could not be loaded: ${error instanceof Error ? error.message : error}. Fold them and open them to try again.`;
      said.hidden = false;
    }
    building = false;
  };
  const open = () => {
    door.open = true;
    if (!built || view.experiment === opened) return;
    opened = view.experiment;
    built.open(view.experiment);
  };
  if (view.experiment !== "") open();
  return {
    open,
    show: (/** @type {Frame} */ frame) => built?.show(frame),
    attend: (/** @type {boolean} */ here) => built?.attend(here),
    end: () => built?.end(),
  };
}
