// The lab that is open, and those that were left: they stay as they were, so that coming back finds the run.

import { joined, parted } from "./ticket.js";

/** @import {Lab} from "../pkg/regularization_playground.js" */
/** @import {Bindings} from "./bindings.js" */
/** @import {Fault, Open, Own} from "./messages.js" */

/**
 * A lab with its run.
 * @typedef {object} Standing
 * @property {string} id
 * @property {Lab} lab
 * @property {Own | null} own The reader's own data that it was opened with.
 * @property {string | null} hero The run's main figure.
 * @property {Open} how How it was opened.
 * @property {Fault | null} fault What stopped it.
 * @property {boolean} told Whether the page knows that this run has come to its planned end.
 * @property {boolean} left Whether it was left before it came there.
 * @property {{query: string, steps: number} | null} parked What gives its lab again, which is freed meanwhile.
 */

/**
 * Where the run of an opened lab stands: at its first step; where it stood, since it is the very one that
 * was asked for; or where it stood when it was left.
 * @typedef {"first" | "same" | "back"} Opened
 */

/**
 * What a link to it holds; of its own data only while it is what the lab learns.
 * @param {Pick<Standing, "lab" | "own">} standing
 */
export const linkOf = ({ lab, own }) => (own && (lab.params().dataset ?? "own") === "own" ? joined(lab.query(), own.ticket) : lab.query());

/** No more than these. */
const MOST_LEFT = 3;

export class Shelf {
  /** @param {Bindings} bindings */
  constructor(bindings) {
    this.bindings = bindings;
    /** The lab that is open. @type {Standing | null} */
    this.now = null;
    /** Those that were left, the oldest first. @type {Map<string, Standing>} */
    this.left = new Map();
    /** The reader's own data that came last. @type {Own | null} */
    this.given = null;
  }

  /**
   * Opens a lab with what a link holds. With "" it stands as it was left; if it was not, or is the one that
   * is open, it begins with its defaults. What is refused changes nothing.
   * @param {string} id @param {string} query @param {boolean} asLeft Whether a lab that was left with this link
   *   stands as it was left too, though no link holds a run that was changed on the way. @returns {Opened}
   */
  open(id, query, asLeft = false) {
    const there = this.now?.id === id ? this.now : this.left.get(id);
    const { ticket, settings } = parted(query);
    const other = query !== "" && (there?.own?.ticket ?? "") !== ticket;
    if (!there || other || (there === this.now && query === "")) {
      this.begin(id, query);
      return "first";
    }
    const left = query === "" || (asLeft && there !== this.now && linkOf(there) === query);
    const effect = left ? "back" : there.lab.open(settings);
    this.turnTo(there);
    if (effect === "back") return "back";
    return effect === "view" ? "same" : "first";
  }

  /** @param {string} id @param {string} query */
  begin(id, query) {
    const { Lab } = this.bindings;
    const { ticket, settings } = parted(query);
    const own = this.given?.ticket === ticket ? this.given : null;
    if (ticket !== "" && !own) throw new Error("the file that it is to learn from is not here any more: choose it again");
    const lab = query === "" ? new Lab(id) : Lab.fromQuery(id, settings, own?.table);
    const before = this.now?.id === id ? this.now : this.left.get(id);
    before?.lab.free();
    this.left.delete(id);
    if (this.now === before) this.now = null;
    this.turnTo({ id, lab, own, hero: null, how: "stand", fault: null, told: false, left: false, parked: null });
  }

  /** Leaves the lab that is open for another one. @param {Standing} standing */
  turnTo(standing) {
    // before another one is put aside: so it is not the oldest that has to go
    this.left.delete(standing.id);
    if (this.now && this.now !== standing) this.left.set(this.now.id, this.now);
    this.now = standing;
    for (const [oldest, { lab }] of this.left) {
      if (this.left.size <= MOST_LEFT) break;
      lab.free();
      this.left.delete(oldest);
    }
  }

  /** The memory of the lab that is open is given back, where the same run can be had again. */
  park() {
    const { now } = this;
    if (!now || now.parked || now.fault || now.lab.touched()) return;
    now.parked = { query: now.lab.query(), steps: now.lab.progress().steps };
    now.lab.free();
  }

  /** It is there again, at its first step. @returns {number} The step where it stood. */
  unpark() {
    const { now } = this;
    if (!now?.parked) return 0;
    const { parked: { query, steps } } = now;
    now.lab = this.bindings.Lab.fromQuery(now.id, query, now.own?.table);
    now.parked = null;
    return steps;
  }

  /** Nothing is left of what was trained. */
  clear() {
    for (const standing of [this.now, ...this.left.values()]) if (!standing?.parked) standing?.lab.free();
    this.left.clear();
    this.now = null;
  }
}
