// What the page around a frame asks of it, as the frame's address says it (page/options.js).

import { applyRules, readOptions, rulesOf, withLocked } from "../page/options.js";
import { joinQueries, splitQuery } from "../page/query.js";
import { askedInHash, readAddress } from "./address.js";

/** @import {LabSpec, Params} from "../pkg/regularization_playground.js" */
/** @import {LabView} from "../page/lab-view.js" */
/** @import {Options, Rules} from "../page/options.js" */

export class Asked {
  /** @param {(options: Options, rules: Rules) => void} onRules Those of the lab that is opened. */
  constructor(onRules) {
    this.onRules = onRules;
    this.asked = readOptions([]);
    /** What of it could not be understood, in sentences. @type {string[]} */
    this.problems = [];
    /** @type {Rules | null} */
    this.rules = null;
    /** The lab that is open, once it obeys. @type {LabView | null} */
    this.view = null;
    /** What was locked in labs as they were left, and their settings. @type {Map<string, {locked: ReadonlySet<string>, params: Params}>} */
    this.left = new Map();
  }

  /**
   * Takes the options from the address, and gives the rest of it: the lab and its settings. On the reader's way
   * back what is locked stays as it is in force, which the page around may have changed since.
   * @param {boolean} [back] @param {LabView | null} [view] The lab that is left.
   */
  read(back = false, view = null) {
    if (view?.frame) this.left.set(view.lab.id, { locked: view.locked, params: view.frame.params });
    const { lab, query } = readAddress();
    const { asked, settings } = splitQuery(query);
    this.asked = readOptions(new URLSearchParams(asked));
    const left = back ? this.left.get(lab) : undefined;
    return { lab, query: left ? withLocked(settings, left.locked, left.params) : settings };
  }

  /** What of it stays in the hash while settings change. */
  kept() {
    return askedInHash(true);
  }

  /** A section is as is asked before it is seen. @param {HTMLElement} section @param {LabSpec} lab */
  dress(section, lab) {
    this.view = null;
    const { options } = this.asked;
    const { rules, problems } = rulesOf(options, lab);
    this.rules = rules;
    this.problems = [...this.asked.problems, ...problems];
    applyRules(section, rules);
    this.onRules(options, rules);
  }

  /** The same for what was built in it since. @param {LabView} view */
  bind(view) {
    if (!this.rules) return;
    applyRules(view.section, this.rules);
    view.obey(this.rules);
    this.view = view;
  }

  /**
   * A link to other settings changes nothing of what is asked, nor what is locked; a locked one leads nowhere, nor
   * does any in a lab that does not obey yet.
   * @param {MouseEvent} event
   */
  click(event) {
    const { view } = this;
    const link = event.target instanceof Element && event.target.closest("a");
    if (!link || link.href.split("#")[0] !== location.href.split("#")[0]) return;
    if (!view || link.ariaDisabled === "true") {
      event.preventDefault();
      return event.stopPropagation();
    }
    const [, id, query = ""] = /^#([^?]*)\??(.*)$/s.exec(link.hash) ?? [];
    const same = id === view.lab.id;
    const { settings } = splitQuery(query);
    const held = same ? withLocked(settings, view.locked, view.params()) : settings;
    link.hash = `#${id}?${joinQueries(held, askedInHash(same))}`;
  }
}
