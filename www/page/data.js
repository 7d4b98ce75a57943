// The numbers behind a figure, folded under it: as a table, and to take away as CSV, SVG or PNG.

import { el } from "./dom.js";
import { whole } from "./numbers.js";
import { isPicture, table } from "./tables.js";

/** More rows than this are left to the CSV. */
const MOST_ROWS = 200;
/** Size of a saved picture, in its own pixels; the PNG has twice as many. */
const SAVED_WIDTH = 720;

/** @param {{figure: any, canvas: HTMLCanvasElement, plot: HTMLElement}} panel */
export function buildDataPanel(panel, spec, bindings) {
  const box = el("div", { class: "data-rows" });
  const pictures = [
    el("button", { type: "button", text: "SVG", onclick: () => saveSvg(panel, spec, bindings) }),
    el("button", { type: "button", text: "PNG", onclick: () => savePng(panel, spec, bindings) }),
  ];
  const buttons = el("div", { class: "saves" }, el("span", { text: "Save as" }),
    el("button", { type: "button", text: "CSV", onclick: () => saveCsv(panel, spec, bindings) }),
    ...pictures);
  const refresh = () => {
    if (!element.open || !panel.figure) return;
    for (const picture of pictures) picture.hidden = !isPicture(panel.figure);
    const { columns, rows } = bindings.tableFigure(panel.figure);
    const shown = table({ columns, rows: rows.slice(0, MOST_ROWS) }, `Data: ${spec.title}`);
    const left = rows.length - MOST_ROWS;
    const more = left > 0 ? el("p", { class: "help", text: `${whole(left)} more rows are in the CSV.` }) : null;
    box.replaceChildren(...[shown, more].filter(Boolean));
  };
  const element = el("details", { class: "data", ontoggle: refresh },
    el("summary", {}, "Data", el("span", { class: "visually-hidden", text: ` of ${spec.title}` })),
    buttons, box);
  return { element, refresh };
}

function saveCsv({ figure }, spec, bindings) {
  save(new Blob([bindings.csvFigure(figure)], { type: "text/csv" }), `${spec.key}.csv`);
}

function sizeOf({ canvas }) {
  const ratio = canvas.clientHeight / canvas.clientWidth || 0.5;
  return [SAVED_WIDTH, Math.round(SAVED_WIDTH * ratio)];
}

function saveSvg(panel, spec, bindings) {
  const svg = bindings.svgFigure(panel.figure, ...sizeOf(panel));
  save(new Blob([svg], { type: "image/svg+xml" }), `${spec.key}.svg`);
}

/** Drawn out of sight, where it has the page's colours, then laid on the page's background. */
function savePng(panel, spec, bindings) {
  const [width, height] = sizeOf(panel);
  const canvas = el("canvas", { class: "out-of-sight", "aria-hidden": "true" });
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  document.body.append(canvas);
  bindings.drawFigure(panel.figure, canvas, 2);
  const sheet = el("canvas", { width: canvas.width, height: canvas.height });
  const context = sheet.getContext("2d");
  context.fillStyle = getComputedStyle(document.body).backgroundColor;
  context.fillRect(0, 0, sheet.width, sheet.height);
  context.drawImage(canvas, 0, 0);
  canvas.remove();
  sheet.toBlob((blob) => blob && save(blob, `${spec.key}.png`));
}

function save(blob, name) {
  const link = el("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
