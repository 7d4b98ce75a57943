// Weights that are one weight, drawn at several places: pointing at one of the places lights up all
// of them, and a click or a tap keeps that weight lit. (By keyboard the lab's own slider does the same.)

import { bodyOf } from "./body.js";

/** @import {FigureData, NetworkDrawing} from "../pkg/regularization_playground.js" */
/** @typedef {{x: number, y: number}} Point */

/** How near a pointer has to come to a weight, in CSS pixels. */
const NEAR_PX = 8;

/**
 * @param {HTMLCanvasElement} canvas
 * @param {() => void} changed Another weight is pointed at: the figure is to be drawn anew.
 * @param {(key: string, value: number) => void} onPick A weight was clicked on, and sets a parameter.
 */
export function buildTies(canvas, changed, onPick) {
  /** @type {NetworkDrawing | null} */
  let network = null;
  /** @type {number | null} */
  let pointed = null;
  /** @param {PointerEvent} event */
  const point = (event) => {
    const group = network && event.type !== "pointerleave" ? nearest(network, canvas, event) : null;
    if (group === pointed) return;
    pointed = group;
    canvas.toggleAttribute("data-pointed", group !== null && Boolean(network?.picks));
    changed();
  };
  /** @param {MouseEvent} event */
  const pick = (event) => {
    if (!network?.picks) return;
    const { parameter, count } = network.picks;
    const group = nearest(network, canvas, event);
    if (group !== null) onPick(parameter, 1 + (group % count));
  };
  canvas.addEventListener("click", pick);
  for (const type of /** @type {const} */ (["pointermove", "pointerdown", "pointerleave"])) canvas.addEventListener(type, point);

  return {
    /** The figure with the weight that is pointed at standing out. @param {FigureData} figure @returns {FigureData} */
    lit(figure) {
      network = bodyOf(figure).network ?? null;
      if (!network?.edges.some(({ group }) => group === pointed)) pointed = null;
      return network === null || pointed === null ? figure : { ...figure, body: { network: { ...network, lit: pointed } } };
    },
  };
}

/**
 * The group of the weight nearest to the pointer; null where none is near.
 * @param {NetworkDrawing} network @param {HTMLCanvasElement} canvas @param {MouseEvent} pointer
 */
function nearest({ layers, edges }, canvas, { clientX, clientY }) {
  const { left, top, width, height } = canvas.getBoundingClientRect();
  /** @param {Point} unit @returns {Point} */
  const at = ({ x, y }) => ({ x: left + x * width, y: top + y * height });
  /** @type {{distance: number, group: number | null}} */
  let best = { distance: NEAR_PX, group: null };
  for (const { layer, from, to, group } of edges) {
    if (group === undefined || group === null) continue;
    const [start, end] = [at(layers[layer].units[from]), at(layers[layer + 1].units[to])];
    const distance = distanceTo(start, end, { x: clientX, y: clientY });
    if (distance < best.distance) best = { distance, group };
  }
  return best.group;
}

/** How far a point is from the line between two others. @param {Point} from @param {Point} to @param {Point} point */
function distanceTo(from, to, point) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const along = ((point.x - from.x) * dx + (point.y - from.y) * dy) / (dx * dx + dy * dy || 1);
  const part = Math.min(1, Math.max(0, along));
  return Math.hypot(point.x - from.x - part * dx, point.y - from.y - part * dy);
}
