// The question to commit to before anything is moved, and afterwards what was seen against what
// was guessed. Question, answers and explanation are the section's prose; the numbers are the
// reader's own runs.

import { el, part, setText, symbol } from "./dom.js";
import { measured } from "./numbers.js";
import { inWords } from "./panel.js";

/** @import {LabSpec, Params} from "../pkg/regularization_playground.js" */
/** @import {FinishedRun} from "./runs.js" */

/** How many runs at different settings make a comparison. */
const ENOUGH = 3;

/**
 * @param {HTMLElement} section
 * @param {LabSpec} lab The lab's entry in the catalogue.
 * @param {() => void} onAnswer The first answer was given.
 */
export function buildQuestion(section, lab, onAnswer) {
  const [box, seen] = [".question", ".seen"].map((selector) => section.querySelector(selector));
  if (!(box instanceof HTMLElement) || !(seen instanceof HTMLElement)) return null;
  const answers = [...box.querySelectorAll("button")];
  const { param = "", metric = "" } = box.dataset;
  const paramSpec = lab.parameters.find(({ key }) => key === param);
  const metricSpec = lab.metrics.find(({ key }) => key === metric);
  // what two runs compared have in common; what of them was looked at does not count
  const alike = lab.parameters.filter(({ key, view }) => key !== param && !view).map(({ key }) => key);
  const guessed = el("p", { class: "guessed" });
  const mine = el("div", { class: "mine" });
  part(seen, "h2", HTMLElement).after(guessed, mine);
  const verdict = part(seen, ".verdict", HTMLElement);
  /** @type {string | null} */
  let guess = null;
  /** The runs that are told of. @type {FinishedRun[] | null} */
  let shown = null;

  const tell = () => {
    setText(guessed, guess ? `You guessed: ${guess}.` : "You have not guessed yet. There is still time, above.");
  };
  for (const button of answers) {
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", () => {
      const first = guess === null;
      guess = button.textContent?.trim() ?? "";
      for (const other of answers) other.setAttribute("aria-pressed", String(other === button));
      tell();
      if (first) onAnswer();
    });
  }
  tell();

  return {
    /** Whether these are two settings that the question sets side by side. */
    asks: (/** @type {Params} */ params, /** @type {Params} */ others) => params[param] !== others[param],
    /** @param {FinishedRun[]} runs @param {number} steps Taken in this run. */
    show(runs, steps) {
      if (!paramSpec || !metricSpec) {
        verdict.hidden &&= steps === 0;
        return;
      }
      if (runs === shown) return;
      shown = runs;
      const points = comparable(runs, param, alike);
      const name = () => (paramSpec.symbol ? [symbol(paramSpec.symbol), " = "] : []);
      const items = points.map((run) => el("li", {},
        ...name(), `${inWords(paramSpec, run.params[param])}: `,
        el("strong", { text: measured(run.metrics[metric], metricSpec.unit, metricSpec.decimals) })));
      const missing = ENOUGH - points.length;
      const ask = missing > 0 ? el("p", { class: "help", text: seen.dataset.ask }) : null;
      const lead = el("p", { text: `${metricSpec.label}, by ${paramSpec.label.toLowerCase()}:` });
      mine.replaceChildren(...(items.length ? [lead, el("ul", {}, ...items)] : []), ask ?? "");
      verdict.hidden &&= missing > 0;
    },
  };
}

/**
 * The last run at each value of the parameter, alike in all else with the latest run, largest first.
 * @param {FinishedRun[]} runs @param {string} param @param {string[]} alike
 */
function comparable(runs, param, alike) {
  const latest = runs.at(-1);
  /** @param {FinishedRun} run */
  const same = (run) => alike.every((key) => run.params[key] === latest?.params[key]);
  const byValue = new Map(runs.filter((run) => !run.touched && same(run)).map((run) => [run.params[param], run]));
  return [...byValue.values()].sort((a, b) => Number(b.params[param]) - Number(a.params[param]));
}
