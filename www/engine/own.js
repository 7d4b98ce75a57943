// The reader's own data as long as the page is open, by what links call it; an engine is given what its lab is to be of.

import { parted } from "./ticket.js";

/** @import {Table} from "../pkg/regularization_playground.js" */
/** @import {Bridge} from "./bridge.js" */
/** @import {Requests} from "./messages.js" */

/** @type {Map<string, Table>} */
const held = new Map();

/** @param {string} ticket @param {Table} table */
export const hold = (ticket, table) => void held.set(ticket, table);

/** @param {string} ticket */
export const release = (ticket) => void held.delete(ticket);

/** @param {string} ticket */
export const heldAs = (ticket) => held.get(ticket);

/** Opens a lab, with the data that its link names. @param {Bridge} bridge @param {Requests["load"]} content */
export function load(bridge, content) {
  const { ticket } = parted(content.query);
  const table = held.get(ticket);
  if (table && bridge.own?.table !== table) bridge.call({ kind: "table", own: { ticket, table } }).catch(() => {}); // told where it is opened
  return bridge.call({ kind: "load", ...content });
}
