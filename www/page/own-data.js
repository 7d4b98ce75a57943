// The reader's own data that a link names, and where it is had from again: this page, the link itself, the site, this
// browser.

import { heldAs, hold } from "../engine/own.js";
import { joined, parted } from "../engine/ticket.js";
import { pointsIn, tableOf } from "./own-drawn.js";
import { stored } from "./own-store.js";
import { namedBy, ticketOf } from "./own-ticket.js";

/** @import {Table} from "../pkg/regularization_playground.js" */
/** @import {Bridge} from "../engine/bridge.js" */
/** @import {Named} from "./own-ticket.js" */

/** A link names data that is not here. */
export class AbsentData extends Error {
  /** @param {Named} named */
  constructor(named) {
    const sum = named.sum ? ` (SHA-256 ${named.sum}…)` : "";
    super(`This link is to a run on somebody’s own data, “${named.name}”${sum}. No link holds such data, and it is not in this browser.`);
    this.named = named;
  }
}

/** The images of MNIST that come with the site. */
export const MNIST = { name: "MNIST-5000", sum: "", choices: {} };
/** What an IDX file begins with: so many images of 28 by 28 pixels, and as many labels. */
const MNIST_HEADS = [[0x803, 5000, 28, 28], [0x801, 5000]];

/** @param {Bridge} bridge @returns {Promise<Table>} */
export async function readMnist(bridge) {
  const { mnistFiles } = await import("../mnist.js");
  const [images, labels] = (await mnistFiles()).map((bytes, i) => {
    const head = MNIST_HEADS[i].flatMap((number) => [24, 16, 8, 0].map((shift) => (number >> shift) & 0xff));
    const file = new Uint8Array(head.length + bytes.length);
    file.set(head);
    file.set(bytes, head.length);
    return file;
  });
  return bridge.call({ kind: "read_idx", images, labels });
}

/**
 * Has what a link names at hand before it is opened.
 * @param {string} query @param {Bridge} bridge @returns {Promise<string>} The same link, with the data named as it is everywhere else.
 * @throws {AbsentData} Where the data is not to be had here.
 */
export async function bring(query, bridge) {
  const { ticket: written, settings } = parted(query);
  if (written === "") return query;
  const named = namedBy(written);
  const ticket = ticketOf(named);
  if (!heldAs(ticket)) {
    const points = pointsIn(named);
    const table = points ? tableOf(points) : ticket === ticketOf(MNIST) ? await readMnist(bridge) : await stored(ticket);
    if (!table) throw new AbsentData(named);
    hold(ticket, table);
  }
  return joined(settings, ticket);
}
