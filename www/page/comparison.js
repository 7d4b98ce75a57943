// The run that is shown, among the others: the guess and its verdict, the map, the list of runs, and the curves
// of those before it.

import { bindings } from "../engine/bindings.js";
import { keepRuns } from "./kept-runs.js";
import { buildMap } from "./map.js";
import { buildQuestion } from "./question.js";
import { apart, buildRuns } from "./runs.js";

/** @import {FigureData, LabSpec, Setting} from "../pkg/regularization_playground.js" */
/** @import {Finished, Frame} from "../engine/messages.js" */
/** @import {buildFigures} from "./figures.js" */

/**
 * @param {HTMLElement} section
 * @param {LabSpec} lab The lab's entry in the catalogue.
 * @param {ReturnType<typeof buildFigures>} figures The figures of the section, which the map joins.
 * @param {string | null} hero The run's main figure.
 */
export function buildComparison(section, lab, figures, hero) {
  /** The run that is shown. @type {Frame | null} */
  let shown = null;
  const question = buildQuestion(section, lab, (guess) => {
    map?.later();
    if (guess !== null) map?.fill();
  });
  const runs = keepRuns(lab, () => {
    map?.later();
    list?.show();
    if (hero) figures.dressAnew(hero);
  });
  const { main, ...rest } = lab;
  /** @type {HTMLElement | null} */
  const place = section.querySelector(".map");
  const map = main && place ? buildMap(place, { ...rest, main }, runs, figures, {
    guess: () => question?.guess() ?? null,
    open: () => question?.open() ?? true,
    onVerdict: (verdict) => question?.tell(verdict),
  }) : null;
  /** @type {HTMLElement | null} */
  const box = section.querySelector(".runs");
  const list = box && main ? buildRuns(box, lab, runs) : null;
  list?.show();

  return {
    attend: (/** @type {boolean} */ here) => map?.attend(here),
    toggleFill: () => map?.toggleFill(),
    /** What may be seen of the map has changed. */
    refresh: () => map?.later(),
    /** The run that is shown, and the main parameter's value under the hand, if any. @param {Frame} frame @param {Setting | null} hand */
    show(frame, hand) {
      const last = shown;
      shown = frame;
      // the curves behind are of other runs than the one that is shown
      if (hero && last?.query !== frame.query && !frame.figures[hero]) figures.dressAnew(hero);
      if (!map || !main) return;
      const { params, progress: { steps, of } } = frame;
      // what was typed may be no number, and beyond its planned end a run is another one
      const at = typeof hand === "number" && Number.isFinite(hand) ? hand : Number(params[main.parameter]);
      map.show({ ...frame, touched: frame.touched || steps > of }, at);
    },
    leave: () => (shown = null),
    end: () => map?.end(),
    /** A run has come to its end, whether or not it was drawn. @param {Finished} run */
    finish({ query, params, metrics, touched, hero: curves }) {
      runs.add({ query, params, metrics, touched, filled: false, curves });
    },
    /** The run's main figure with the curves of those before it. @param {FigureData} figure @returns {FigureData} */
    withEarlier(figure) {
      if (!shown) return figure;
      const { params: now } = shown;
      const behind = runs.behind(shown).flatMap(({ params, curves }) => (curves ? [{ name: apart(lab, params, now), figure: curves }] : []));
      return behind.length > 0 ? bindings.withEarlier(figure, behind) : figure;
    },
    /** The curves of the run that is shown stay beside later ones, or no longer. */
    pin() {
      const run = shown && runs.find(shown);
      if (run?.curves) runs.togglePin(run);
    },
  };
}
