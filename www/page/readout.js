// Values read off a figure, under the pointer or with the arrow keys: of a chart, a line stands at the place that
// is read, with the number of every curve there; of a grid of colours, a frame around the cell, with its number.

import { bindings } from "../engine/bindings.js";
import { bodyOf } from "./body.js";
import { el, setText } from "./dom.js";

/** @import {FigureData, Readout} from "../pkg/regularization_playground.js" */

/** So far the arrow keys go at once, in CSS pixels, until another value is read. */
const STRIDE_PX = 2;

/** Where the keys lead: to the right and down. @type {Record<string, [across: number, down: number]>} */
const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1], Home: [1, 0], End: [-1, 0] };

/** Whether there is anything to read off. A wall has its own words, at its handles. @param {FigureData} figure */
function isReadable(figure) {
  const { chart, heat } = bodyOf(figure);
  return chart !== undefined || (heat !== undefined && heat.wall === undefined);
}

/** @typedef {{x: number, y: number}} Place In the canvas' own CSS pixels. */

/**
 * @param {HTMLElement} plot The box around the canvas.
 * @param {HTMLCanvasElement} canvas
 * @param {() => FigureData | null} figure What the canvas shows.
 */
export function buildReadout(plot, canvas, figure) {
  const line = el("div", { class: "reading-line" });
  const list = el("ul");
  const head = el("p");
  const card = el("div", { class: "reading", "aria-hidden": "true", hidden: true }, line, el("div", { class: "reading-card" }, head, list));
  const spoken = el("p", { class: "visually-hidden", "aria-live": "polite" });
  plot.append(card, spoken);
  /** Where a value is read. @type {Place | null} */
  let place = null;
  let scheduled = false;

  /** @param {Place} place @returns {Readout | null} */
  const read = ({ x, y }) => {
    const shown = figure();
    return shown && canvas.clientWidth > 0 ? bindings.readFigure(shown, canvas.clientWidth, canvas.clientHeight, x, y) : null;
  };
  const refresh = () => {
    scheduled = false;
    const reading = place === null ? null : read(place);
    card.hidden = !reading;
    if (!reading) return;
    const share = reading.x / canvas.clientWidth;
    card.style.setProperty("--at", String(share));
    card.toggleAttribute("data-left", share > 0.5);
    card.toggleAttribute("data-cell", reading.cell !== undefined);
    for (const [side, length] of Object.entries(reading.cell ?? {})) card.style.setProperty(`--${side}`, `${length}px`);
    setText(head, reading.label);
    list.replaceChildren(...reading.items.map(({ name, role, run, value }) => el("li", { "data-role": role, "data-run": run },
      el("span", { text: name }), el("strong", { text: value }))));
  };
  const later = () => {
    if (!scheduled) requestAnimationFrame(refresh);
    scheduled = true;
  };
  /** @param {Place | null} to */
  const move = (to) => {
    if (to === null && place === null) return;
    place = to;
    later();
  };
  /** @param {PointerEvent} event */
  const point = ({ clientX, clientY }) => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    move({ x: ((clientX - left) / width) * canvas.clientWidth, y: ((clientY - top) / height) * canvas.clientHeight });
  };
  canvas.addEventListener("pointermove", point);
  canvas.addEventListener("pointerdown", point);
  plot.addEventListener("pointerleave", () => move(null));
  canvas.addEventListener("blur", () => move(null));
  canvas.addEventListener("keydown", (event) => {
    const { key, altKey, ctrlKey, metaKey } = event;
    if (altKey || ctrlKey || metaKey) return;
    if (key === "Escape") return move(null);
    const next = key in WAYS ? beside(key) : null;
    if (!next) return;
    event.preventDefault();
    move({ x: next.x, y: next.items[0].y });
    setText(spoken, `${next.label}: ${next.items.map(({ name, value }) => `${name} ${value}`).join(", ")}`);
  });

  /** The next value that can be read, from what is read now or, with Home and End, from the edge. @param {string} key */
  const beside = (key) => {
    const [across, down] = WAYS[key];
    const { clientWidth: width, clientHeight: height } = canvas;
    const now = place && read(place);
    if (!now) {
      const way = across + down;
      const first = key === "End" ? along(width, height, -1, -height / width) : along(0, 0, way, way * (height / width));
      return first?.cell || down === 0 ? first : null;
    }
    if (!now.cell && down !== 0) return null;
    const y = now.items[0].y;
    if (key === "Home") return along(0, y, 1, 0);
    if (key === "End") return along(width, y, -1, 0);
    return along(now.x, y, across, down, now.at);
  };
  /**
   * What is read first on a way over the canvas. Where nothing is read yet that is its diagonal, which meets any grid.
   * @param {number} x @param {number} y @param {number} across @param {number} down @param {number} [but] What was read before.
   */
  const along = (x, y, across, down, but) => {
    const { clientWidth: width, clientHeight: height } = canvas;
    do {
      x += across * STRIDE_PX;
      y += down * STRIDE_PX;
      const reading = read({ x, y });
      if (reading && reading.at !== but) return reading;
    } while (x > 0 && x < width && y >= 0 && y <= height);
    return null;
  };

  return {
    /** The figure has changed. @param {FigureData} figure */
    refresh(figure) {
      if (isReadable(figure)) canvas.setAttribute("tabindex", "0");
      else canvas.removeAttribute("tabindex");
      if (place !== null) later();
    },
  };
}
