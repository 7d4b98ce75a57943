// What a figure shows.

/** @import {FigureData, MatrixData, NetworkDrawing, TableData} from "../pkg/regularization_playground.js" */

/**
 * One of these, and none of them where there is nothing to show.
 * @typedef {object} Body
 * @property {NetworkDrawing} [network]
 * @property {TableData} [table]
 * @property {{items: MatrixData[]}} [matrices]
 * @property {object} [chart]
 * @property {object} [images]
 * @property {{wall?: object}} [heat]
 * @property {object} [masks]
 * @property {object} [strips]
 */

/** @param {FigureData} figure @returns {Body} */
export function bodyOf({ body }) {
  return body === "empty" ? {} : body;
}
