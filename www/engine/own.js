// The reader's own data as long as the page is open, by what links call it; an engine is given what its lab is to be of.

import { parted } from "./ticket.js";

/** @import {Table} from "../pkg/regularization_playground.js" */
/** @import {Bridge} from "./bridge.js" */
/** @import {Requests} from "./messages.js" */

/** @type {Map<string, Table>} */
const held = new Map();

/** @param {string} ticket @param {Table} table */
export function hold(ticket, table) {
  held.set(ticket, table);
  leaving.delete(ticket);
}

/** Forgotten, but still learned from by the run on screen and those behind it. @type {Set<string>} */
const leaving = new Set();

/** @param {string} ticket @param {boolean} inUse Whether the run on screen learns from it. */
export function release(ticket, inUse) {
  if (inUse) leaving.add(ticket);
  else held.delete(ticket);
}

/** @param {string} ticket */
export const heldAs = (ticket) => held.get(ticket);

/** Opens a lab, with the data that its link names. @param {Bridge} bridge @param {Requests["load"]} content */
export function load(bridge, content) {
  const { ticket } = parted(content.query);
  if (!bridge.background) for (const gone of leaving) if (gone !== ticket && leaving.delete(gone)) held.delete(gone);
  const table = held.get(ticket);
  if (table && bridge.own?.table !== table) bridge.call({ kind: "table", own: { ticket, table } }).catch(() => {}); // told where it is opened
  return bridge.call({ kind: "load", ...content });
}
