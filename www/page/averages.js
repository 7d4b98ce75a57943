// Numbers of the text that are averaged over seeds: a press runs them, and beside each stands what was
// measured here. What a number is of, the text says as it does for the tests (tests/claims/printed.rs):
//
//   <a href="#dropout?keep_prob=0.1">…</a> <span data-metric="test_error" data-seeds="12" data-with="compare=false">85.4 %</span>

import { bindings } from "../engine/bindings.js";
import { buildBatch } from "./batch.js";
import { el, freshId, setText } from "./dom.js";
import { mended } from "./link.js";
import { whole } from "./numbers.js";

/** @import {FigureData, FigureSpec, SweepCell} from "../pkg/regularization_playground.js" */
/** @import {Cell} from "../engine/crew.js" */

/** @typedef {{add: (element: HTMLElement, spec: FigureSpec) => (make: () => FigureData | null) => void}} Figures */

/**
 * A printed number, and the runs that it is the mean of.
 * @typedef {{element: HTMLElement, lab: string, metric: string, cells: Cell[]}} Printed
 */

/** A number is of the last link before it in its paragraph, or of the first. */
const PARAGRAPH = "p, li, td";

/** @param {HTMLElement} section @param {Figures} figures The figures of the section, which those of the seeds join. */
export function buildAverages(section, figures) {
  /** @type {Map<Element, Printed[]>} */
  const paragraphs = new Map();
  /** @type {NodeListOf<HTMLElement>} */
  const numbers = section.querySelectorAll("[data-metric][data-seeds]");
  for (const element of numbers) {
    const paragraph = element.closest(PARAGRAPH);
    const printed = paragraph && read(element, paragraph);
    if (printed) paragraphs.set(paragraph, [...(paragraphs.get(paragraph) ?? []), printed]);
  }
  const batches = [...paragraphs].flatMap(([paragraph, all]) =>
    [...new Set(all.map(({ lab }) => lab))].map((lab) => buildAverage(paragraph, lab, all.filter((one) => one.lab === lab), figures)));
  return {
    attend: (/** @type {boolean} */ here) => batches.forEach((batch) => batch.attend(here)),
    end: () => batches.forEach((batch) => batch.stop()),
  };
}

/** What the markup says of a number. @param {HTMLElement} element @param {Element} paragraph @returns {Printed | null} */
function read(element, paragraph) {
  /** @type {HTMLAnchorElement[]} */
  const links = [...paragraph.querySelectorAll(/** @type {"a"} */ ("a[href*='#']"))];
  const before = links.filter((link) => link.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING);
  const link = before.at(-1) ?? links[0];
  if (!link) return null;
  const { lab, query } = mended(link.hash.slice(1));
  const { metric = "", seeds = "1", with: instead = "" } = element.dataset;
  const cells = Array.from({ length: Number(seeds) }, (_, seed) => {
    const settings = new URLSearchParams(query);
    for (const [key, value] of new URLSearchParams(instead)) settings.set(key, value);
    settings.set("seed", String(seed));
    return { x: seed, query: settings.toString() };
  });
  return { element, lab, metric, cells };
}

/**
 * The averages of a paragraph, which often are of the same runs.
 * @param {Element} paragraph @param {string} lab @param {Printed[]} printed @param {Figures} figures
 */
function buildAverage(paragraph, lab, printed, figures) {
  const runs = new Map(printed.flatMap(({ cells }) => cells).map((cell) => [cell.query, cell]));
  // seed after seed, so that there is something of every number early
  const all = [...runs.values()].sort((a, b) => a.x - b.x);
  const seeds = new Set(all.map(({ x }) => x)).size;
  const numbers = printed.map((one) => buildNumber(one, figures));
  const readout = el("p", { class: "help", role: "status" });
  const batch = buildBatch(lab, {
    name: "average",
    label: "Runs that are averaged",
    cells: () => all.map((cell) => ({ ...cell })),
    begin: () => numbers.forEach((number) => number.begin()),
    done: (cell, { metrics }) => numbers.forEach((number) => number.add(cell, metrics)),
    told: () => {
      const { done, of } = batch.count();
      setText(readout, [of > 0 ? `${whole(done)} of ${whole(of)} runs are done.` : "", ...batch.faults()].join(" ").trim());
    },
    word: () => {
      if (batch.count().of > 0) return "Run again";
      return all.length === seeds ? `Run these ${whole(seeds)} seeds` : `Run ${whole(seeds)} seeds of each: ${whole(all.length)} runs`;
    },
  });
  const box = el("div", { class: "average" }, batch.element, readout, ...numbers.map(({ figure }) => figure));
  if (paragraph instanceof HTMLParagraphElement) paragraph.after(box);
  else paragraph.append(box);
  batch.tell();
  return batch;
}

/** What was measured of a printed number; a press shows it seed by seed. @param {Printed} printed @param {Figures} figures */
function buildNumber({ element, lab, metric, cells }, figures) {
  const own = new Set(cells.map(({ query }) => query));
  const figure = el("figure", { hidden: true, id: freshId("average") });
  const button = el("button", { type: "button", class: "measured-here", hidden: true, "aria-expanded": "false",
    "aria-controls": figure.id, title: "Seed by seed", onclick: () => unfold(!open) });
  element.after(button);
  /** @type {SweepCell[]} */
  let known = [];
  /** @type {ReturnType<Figures["add"]> | null} */
  let draw = null;
  let open = false;
  const show = () => {
    const drawn = bindings.averageFigure({ lab, metric }, known);
    setText(button, drawn.note && `here ${drawn.note}`);
    button.hidden = drawn.note === "";
    if (!open) return;
    draw ??= figures.add(figure, { key: figure.id, title: drawn.title, description: drawn.description });
    draw(() => drawn);
  };
  /** @param {boolean} now */
  const unfold = (now) => {
    open = now;
    figure.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    show();
  };
  return {
    figure,
    begin() {
      known = [];
      unfold(false);
    },
    /** @param {Cell} cell @param {SweepCell["metrics"]} metrics */
    add({ x, query }, metrics) {
      if (!own.has(query)) return;
      known.push({ x, metrics });
      show();
    },
  };
}
