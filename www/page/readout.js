// Values read off a chart: under the pointer, or with the arrow keys, a line stands at the place that is
// read, with the number of every curve there.

import { bindings } from "../engine/bindings.js";
import { el, setText } from "./dom.js";

/** @import {FigureData, Readout} from "../pkg/regularization_playground.js" */

/** So far the arrow keys go at once, in CSS pixels, until another value is read. */
const STRIDE_PX = 2;

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
  /** Where a value is read, in the canvas' own CSS pixels. @type {number | null} */
  let place = null;
  let scheduled = false;

  /** @param {number} x @returns {Readout | null} */
  const read = (x) => {
    const shown = figure();
    return shown && canvas.clientWidth > 0 ? bindings.readFigure(shown, canvas.clientWidth, canvas.clientHeight, x) : null;
  };
  const refresh = () => {
    scheduled = false;
    const reading = place === null ? null : read(place);
    card.hidden = !reading;
    if (!reading) return;
    const share = reading.x / canvas.clientWidth;
    card.style.setProperty("--at", String(share));
    card.toggleAttribute("data-left", share > 0.5);
    setText(head, reading.label);
    list.replaceChildren(...reading.items.map(({ name, role, run, value }) => el("li", { "data-role": role, "data-run": run },
      el("span", { text: name }), el("strong", { text: value }))));
  };
  const later = () => {
    if (!scheduled) requestAnimationFrame(refresh);
    scheduled = true;
  };
  /** @param {number | null} x */
  const move = (x) => {
    if (x === null && place === null) return;
    place = x;
    later();
  };
  /** @param {PointerEvent} event */
  const point = ({ clientX }) => {
    const { left, width } = canvas.getBoundingClientRect();
    move(((clientX - left) / width) * canvas.clientWidth);
  };
  canvas.addEventListener("pointermove", point);
  canvas.addEventListener("pointerdown", point);
  plot.addEventListener("pointerleave", () => move(null));
  canvas.addEventListener("blur", () => move(null));
  canvas.addEventListener("keydown", (event) => {
    const { key, altKey, ctrlKey, metaKey } = event;
    if (altKey || ctrlKey || metaKey) return;
    if (key === "Escape") return move(null);
    const towards = { ArrowRight: 1, ArrowLeft: -1, Home: Infinity, End: -Infinity }[key];
    if (!towards) return;
    const next = beside(towards);
    if (!next) return;
    event.preventDefault();
    move(next.x);
    setText(spoken, `${next.label}: ${next.items.map(({ name, value }) => `${name} ${value}`).join(", ")}`);
  });

  /** The next value that can be read. @param {number} towards 1 to the right, -1 to the left; Infinity the first, -Infinity the last. */
  const beside = (towards) => {
    const end = towards === Infinity ? 0 : towards === -Infinity ? canvas.clientWidth : null;
    const now = end === null && place !== null ? read(place) : null;
    let x = end ?? now?.x ?? 0;
    const stride = STRIDE_PX * (end === null ? Math.sign(towards) : Math.sign(towards));
    for (x += stride; x > 0 && x < canvas.clientWidth; x += stride) {
      const reading = read(x);
      if (reading && reading.at !== now?.at) return reading;
    }
    return null;
  };

  return {
    /** The figure has changed. @param {FigureData} figure */
    refresh(figure) {
      const chart = typeof figure.body === "object" && "chart" in figure.body;
      if (chart) canvas.setAttribute("tabindex", "0");
      else canvas.removeAttribute("tabindex");
      if (place !== null) later();
    },
  };
}
