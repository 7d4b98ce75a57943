// The numbers behind a figure, folded under it: as a table, and to take away as CSV, SVG or PNG.

import { bindings } from "../engine/bindings.js";
import { el } from "./dom.js";
import { offer } from "./download.js";
import { whole } from "./numbers.js";
import { isPicture, table } from "./tables.js";

/** @import {FigureData, FigureSpec, LabSpec} from "../pkg/regularization_playground.js" */
/** @import {Panel} from "./figures.js" */
/** @import {Stand} from "./scale.js" */

/** @typedef {{element: HTMLElement, refresh: () => void}} DataPanel `refresh` shows the numbers as they are now. */
/** @typedef {{figure: FigureData, canvas: HTMLCanvasElement, element: HTMLElement, name: string, caption: string}} Shown `name`: of its files; `caption`: for under its pictures. */
/** @typedef {(shown: Shown) => void} Save */

/** More rows than this are left to the CSV. */
const MOST_ROWS = 200;
/** Size of a saved picture, in its own pixels; the PNG has twice as many. */
const SAVED_WIDTH = 720;
/** Height over width of a picture: of one that was never drawn, and what a drawn one lies between. */
const [USUAL_RATIO, LEAST_RATIO, MOST_RATIO] = [0.5, 0.1, 4];

/** What the files of a figure are called: "dropout-error-seed3". What is of many runs has no seed. @param {LabSpec} lab @param {FigureSpec} spec @param {Stand | null} stand */
function fileName(lab, { key }, stand) {
  const ofOneRun = lab.figures.some((figure) => figure.key === key);
  return [lab.id, key, ...(ofOneRun && stand ? [`seed${stand.params.seed}`] : [])].join("-");
}

/**
 * @param {() => Panel} panel The figure's own.
 * @param {FigureSpec} spec @param {LabSpec} lab
 * @param {() => Stand | null} stand How the run stands.
 * @returns {DataPanel}
 */
export function buildDataPanel(panel, spec, lab, stand) {
  const box = el("div", { class: "data-rows" });
  /** @param {string} text @param {Save} save */
  const button = (text, save) => el("button", { type: "button", text, onclick: () => {
    const { figure, canvas, element, caption } = panel();
    if (figure) save({ figure, canvas, element, name: fileName(lab, spec, stand()), caption: caption() });
  } });
  const pictures = [button("SVG", saveSvg), button("PNG", savePng)];
  const buttons = el("div", { class: "saves" }, el("span", { text: "Save as" }),
    button("CSV", saveCsv), ...pictures);
  const refresh = () => {
    const { figure } = panel();
    if (!element.open) box.replaceChildren(); // hundreds of rows that nobody sees
    if (!element.open || !figure) return;
    for (const picture of pictures) picture.hidden = !isPicture(figure);
    const { columns, rows } = bindings.tableFigure(figure);
    const shown = table({ columns, rows: rows.slice(0, MOST_ROWS) }, `Data: ${spec.title}`);
    const left = rows.length - MOST_ROWS;
    const more = left > 0 ? el("p", { class: "help", text: `${whole(left)} more rows are in the CSV.` }) : null;
    box.replaceChildren(shown, more ?? "");
  };
  const element = el("details", { class: "data", ontoggle: refresh },
    el("summary", {}, "Data", el("span", { class: "visually-hidden", text: ` of ${spec.title}` })),
    buttons, box);
  return { element, refresh };
}

/** Begins with a byte order mark: without one, spreadsheets take "±" and "α" for other letters. @type {Save} */
function saveCsv({ figure, element, name }) {
  offer(`${name}.csv`, new Blob(["\ufeff", bindings.csvFigure(figure)], { type: "text/csv" }), element);
}

/** @param {Pick<Shown, "canvas"> & {caption?: string}} shown @returns {[width: number, height: number]} */
export function sizeOf({ canvas, caption = "" }) {
  const ratio = canvas.clientHeight / canvas.clientWidth;
  const height = Math.round(SAVED_WIDTH * (ratio >= LEAST_RATIO && ratio <= MOST_RATIO ? ratio : USUAL_RATIO));
  return [SAVED_WIDTH, height + (caption ? 112 : 0)];
}

/** @type {Save} */
function saveSvg(shown) {
  const svg = bindings.svgFigure(shown.figure, ...sizeOf(shown), "light", shown.caption);
  offer(`${shown.name}.svg`, new Blob([svg], { type: "image/svg+xml" }), shown.element);
}

/** Drawn out of sight beside the figure, where it has its colours, then laid on the paper there. @type {Save} */
function savePng(shown) {
  const [width, height] = sizeOf(shown);
  const canvas = el("canvas", { class: "out-of-sight", "aria-hidden": "true" });
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  shown.element.append(canvas);
  bindings.drawFigure(shown.figure, canvas, 2, shown.caption);
  const sheet = el("canvas", { width: canvas.width, height: canvas.height });
  const context = sheet.getContext("2d");
  if (!context) throw new Error("the browser gives no canvas to draw on");
  context.fillStyle = getComputedStyle(canvas).backgroundColor;
  context.fillRect(0, 0, sheet.width, sheet.height);
  context.drawImage(canvas, 0, 0);
  canvas.remove();
  sheet.toBlob((blob) => blob && offer(`${shown.name}.png`, blob, shown.element));
}
