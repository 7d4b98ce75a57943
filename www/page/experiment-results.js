// What an experiment has found: the figure, the differences in words, all numbers in tables, and what can be
// taken away.

import { bindings } from "../engine/bindings.js";
import { countKept, forget } from "./cells.js";
import { buildCopy } from "./copy.js";
import { el, setText } from "./dom.js";
import { offer } from "./download.js";
import { whole } from "./numbers.js";
import { table } from "./tables.js";

/** @import {EndedCell, Experiment, ExperimentFound, LabSpec, PlannedCells} from "../pkg/regularization_playground.js" */
/** @import {buildFigures} from "./figures.js" */

/** @typedef {{experiment: Experiment, cells: EndedCell[], planned: PlannedCells}} Standing An experiment and what came of it. */

/**
 * @param {LabSpec} lab @param {ReturnType<typeof buildFigures>} figures @param {() => Standing | null} standing
 * @param {() => void} onForget What was remembered is forgotten.
 */
export function buildResults(lab, figures, standing, onForget) {
  const figure = el("figure", { "data-shape": "wide" });
  const draw = figures.add(figure, { key: "experiment-means", title: "Your experiment", description: "The means of many runs." }, () => found?.caption ?? "");
  const words = el("div", { class: "experiment-differences" });
  const means = el("div");
  const numbers = el("details", { ontoggle: () => showTables() }, el("summary", { text: "Means and differences as numbers" }), means);
  const link = el("textarea", { rows: "2", readonly: true, spellcheck: "false", "aria-label": "Link to this experiment" });
  const command = el("textarea", { rows: "2", readonly: true, spellcheck: "false", "aria-label": "The same by the program sweep" });
  const kept = el("p", { class: "help" });
  const forgetButton = el("button", { type: "button", class: "quiet", text: "Forget them", onclick: () => forget().then(() => {
    onForget();
    tellKept();
  }) });
  const more = el("details", { ontoggle: () => tellMore() }, el("summary", { text: "Link, program, remembered runs" }),
    ...[[link, "link"], [command, "command"]].map(([field, name]) => {
      const { button, said } = buildCopy(/** @type {HTMLTextAreaElement} */ (field), `the ${name}`);
      return el("div", { class: "experiment-line" }, /** @type {HTMLElement} */ (field), button, said);
    }), el("div", { class: "experiment-kept" }, kept, forgetButton));
  const element = el("div", { class: "experiment-results", hidden: true }, figure, words,
    el("div", { class: "saves" }, el("span", { text: "All runs as" }), button("CSV", saveCsv), button("JSON", saveJson)), numbers, more);

  /** @param {string} text @param {(standing: Standing) => [end: string, type: string, parts: string[]]} write */
  function button(text, write) {
    return el("button", { type: "button", text, onclick: () => {
      const now = standing();
      if (!now) return;
      const [end, type, parts] = write(now);
      offer(`${lab.id}-experiment-runs.${end}`, new Blob(parts, { type }), element);
    } });
  }
  /** The last that was made. @type {ExperimentFound | null} */
  let found = null;
  let shown = "";
  const make = () => {
    const now = standing();
    if (!now) return null;
    found = bindings.experimentFigure(now.experiment, now.cells);
    words.replaceChildren(...(found.differences ? [el("h3", { text: "Compared seed by seed" }), ...found.differences.words.map((text) => el("p", { text })),
      el("p", { class: "help", text: "Each interval is for its place alone, by Student’s t: among many places some leave out 0 by chance." })] : []));
    showTables();
    return found.figure;
  };
  const showTables = () => {
    if (!numbers.open) means.replaceChildren();
    if (!numbers.open || !found) return;
    means.replaceChildren(table(found.means, "Means"), ...(found.differences ? [table(found.differences.table, "Paired differences")] : []));
  };
  const tellMore = () => {
    if (!more.open) return;
    link.value = location.href;
    command.value = standing()?.planned.command ?? "";
    tellKept();
  };
  const tellKept = async () => {
    const count = await countKept();
    setText(kept, `${whole(count)} ${count === 1 ? "run is" : "runs are"} remembered in this browser, of all labs, so that none is trained twice.`);
    forgetButton.hidden = count === 0;
  };
  return {
    element,
    /** @param {boolean} any Whether any run has ended. @param {string} what Differs where there is something new to show. */
    show(any, what) {
      element.hidden = !any;
      if (any && what !== shown) draw(make);
      shown = what;
    },
  };
}

/** Begins with a byte order mark, as figures do. @param {Standing} standing @returns {[string, string, string[]]} */
const saveCsv = ({ experiment, cells }) => ["csv", "text/csv", ["\ufeff", bindings.experimentCsv(experiment, cells)]];
/** @param {Standing} standing @returns {[string, string, string[]]} */
const saveJson = ({ experiment, cells }) => ["json", "application/json", [JSON.stringify(bindings.experimentReport(experiment, cells), null, 2)]];
