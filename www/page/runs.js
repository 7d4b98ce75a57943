// "Your runs": every run that came to its end by hand, with the settings that were not the defaults, what it
// measured, a link that replays it and a button that keeps its curves beside later ones.

import { el } from "./dom.js";
import { isOfOther } from "./metrics.js";
import { measured, whole } from "./numbers.js";
import { inWords } from "./panel.js";
import { symbol } from "./symbol.js";

/** @import {LabSpec, Params} from "../pkg/regularization_playground.js" */
/** @import {KeptRun, KeptRuns} from "./kept-runs.js" */

/**
 * @param {HTMLElement} box The section's `.runs`.
 * @param {LabSpec} lab The lab's entry in the catalogue.
 * @param {KeptRuns} runs
 */
export function buildRuns(box, lab, runs) {
  const { metrics: keys = [], level } = lab.main ?? {};
  const metrics = lab.metrics.filter(({ key }) => keys.includes(key) || key === level);
  const against = box.closest("section")?.querySelector(".metrics")?.getAttribute("data-against") ?? "";
  const heads = metrics.map(({ key, label }) => (against && isOfOther(key) ? `${label}, ${against}` : label));
  const head = ["Run", ...heads, "Settings", "", ""];
  /** @param {KeptRun} run @param {number} index */
  const row = (run, index) => el("tr", {},
    el("th", { scope: "row", text: whole(index + 1) }),
    ...metrics.map(({ key, unit, decimals }) =>
      el("td", { class: "number", text: measured(run.metrics[key], unit, decimals) })),
    el("td", {}, ...settingsOf(run)),
    el("td", {}, el("a", { href: `#${lab.id}?${run.query}`, text: "Replay" })),
    el("td", {}, run.curves ? el("button", { type: "button", class: "quiet", "aria-pressed": String(Boolean(run.pinned)),
      text: run.pinned ? "Unpin" : "Pin", onclick: () => runs.togglePin(run) }) : null));
  /** @param {KeptRun} run */
  const settingsOf = (run) => {
    const changed = lab.parameters.filter(({ key, default: usual }) => run.params[key] !== usual);
    const own = /\bdata=([^&]*)~/.exec(run.query)?.[1];
    const words = changed.flatMap((spec, index) => [index ? ", " : "", spec.symbol ? symbol(spec.symbol) : spec.label.toLowerCase(),
      ` ${own && spec.key === "dataset" ? `“${decodeURIComponent(own)}”` : inWords(spec, run.params[spec.key])}`]);
    if (run.touched) words.push(words.length ? "; " : "", "changed while it ran");
    return words.length ? words : ["the defaults"];
  };

  return {
    show() {
      const made = runs.all().filter(({ filled }) => !filled);
      const table = () => el("div", { class: "table-box", tabindex: "0", role: "region", "aria-label": "Your runs" },
        el("table", { class: "rows" },
          el("thead", {}, el("tr", {}, ...head.map((text) => (text ? el("th", { scope: "col", text }) : el("td"))))),
          el("tbody", {}, ...made.map(row))));
      const clear = () => el("button", { type: "button", class: "quiet", text: "Forget all", onclick: () => runs.clear() });
      const empty = () => el("p", { class: "help", text: "Every finished run is listed here, with a link that replays it." });
      box.replaceChildren(el("h2", { text: "Your runs" }), ...(made.length ? [table(), clear()] : [empty()]));
    },
  };
}

/** What sets a run apart from another: "p = 0.7, seed 3". @param {LabSpec} lab @param {Params} run @param {Params} other */
export function apart(lab, run, other) {
  const differ = lab.parameters.filter(({ key, view }) => !view && run[key] !== other[key]);
  const words = differ.map((spec) => (spec.symbol ? `${spec.symbol} = ${inWords(spec, run[spec.key])}`
    : `${spec.label.toLowerCase()} ${inWords(spec, run[spec.key])}`));
  return words.length > 2 ? `${words.slice(0, 2).join(", ")}, …` : words.join(", ");
}
