// Points of two classes, drawn by hand: they are few, so that a link holds all of them.

import { recall, remember } from "./memory.js";
import { namedBy, ticketOf } from "./own-ticket.js";

/** @import {Table} from "../pkg/regularization_playground.js" */
/** @import {Named} from "./own-ticket.js" */

/** @typedef {{x: number, y: number, blue: boolean}} Point Between -1 and 1. */

/** What links call them, and the tab's memory. */
const [NAME, DRAWN] = ["points", "own-points"];
/** So many a link holds; with fewer there are none to judge by. */
export const [MOST, LEAST] = [200, 16];
/** Places are whole hundredths. */
const PER = 100;

/** @param {number} value */
export const onPaper = (value) => Math.round(Math.min(1, Math.max(-1, value)) * PER) / PER;

/** @param {Point[]} points */
const written = (points) => points.map(({ x, y, blue }) => `${Math.round(x * PER)}_${Math.round(y * PER)}${blue ? "b" : "o"}`).join("");

/** @param {Point[]} points */
export const ticketFor = (points) => ticketOf({ name: NAME, sum: "", choices: /** @type {Named["choices"]} */ ({ points: written(points) }) });

/** The points that a link holds; null where its data is another. @param {Named} named @returns {Point[] | null} @throws {Error} Where they are too many. */
export function pointsIn({ name, choices }) {
  const { points } = /** @type {{points?: unknown}} */ (choices);
  if (name !== NAME || typeof points !== "string" || !/^(-?\d{1,3}_-?\d{1,3}[bo])*$/.test(points)) return null;
  const all = [...points.matchAll(/(-?\d+)_(-?\d+)([bo])/g)].map(([, x, y, hue]) => ({ x: onPaper(Number(x) / PER), y: onPaper(Number(y) / PER), blue: hue === "b" }));
  if (all.length > MOST) throw new Error(`the link holds ${all.length} points drawn by hand; it can hold ${MOST} at most`);
  return all;
}

/** What was drawn last is had again after other data, while the tab is open. @param {string} ticket */
export const rememberDrawn = (ticket) => remember(DRAWN, ticket);

/** @returns {{ticket: string, points: Point[]} | null} */
export function drawnLast() {
  const ticket = recall(DRAWN, "", (/** @type {unknown} */ kept) => typeof kept === "string");
  try {
    const points = pointsIn(namedBy(ticket));
    return points && { ticket, points };
  } catch {
    return null;
  }
}

/** @param {Point[]} points @returns {Table} */
export function tableOf(points) {
  return { inputs: ["x1", "x2"], target: "class", task: "classes", classes: ["orange", "blue"], rows: points.length, standardize: false, rows_left_off: 0,
    x: Float64Array.from(points.flatMap(({ x, y }) => [x, y])), y: Float64Array.from(points.map(({ blue }) => Number(blue))) };
}

/** Two arcs that lie in each other, to begin with: so many points of each. */
const EACH = 14;

export const FIRST = Array.from({ length: 2 * EACH }, (_, i) => {
  const [blue, at] = [i % 2 === 1, Math.PI * (Math.floor(i / 2) / (EACH - 1))];
  const [x, y] = [0.55 * Math.cos(at), 0.55 * Math.sin(at)];
  return { x: onPaper(blue ? 0.25 - x : x - 0.25), y: onPaper(blue ? 0.2 - y : y - 0.2), blue };
});
