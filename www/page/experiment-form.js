// What an experiment varies and measures, as a form. What it says is text in the syntax of the program `sweep`, with
// numbers as the reader's language writes them, and understood by the engine alone.

import { el } from "./dom.js";
import { buildSettings, buildValues, halves, text } from "./experiment-values.js";
import { readList, writeList } from "./lists.js";
import { isOfOther } from "./metrics.js";

/** @import {Experiment, ExperimentPreset, LabSpec, MetricSpec, SuggestedValues} from "../pkg/regularization_playground.js" */

/** @typedef {Pick<Experiment, "x" | "metrics" | "seeds"> & Required<Pick<Experiment, "curves" | "set" | "bars" | "each">>} Asked What the form says. */

/** @type {[value: NonNullable<Experiment["bars"]>, label: string][]} */
const BARS = [["standard_error", "standard error"], ["deviation", "standard deviation"], ["extremes", "least to greatest"]];

/**
 * @param {LabSpec} lab The lab's entry in the catalogue. @param {SuggestedValues[]} offered
 * @param {() => void} edited
 */
export function buildForm(lab, offered, edited) {
  const x = buildVaried("Across", "x", lab, offered, false, edited);
  const curves = buildVaried("A curve for each", "curves", lab, offered, true, edited);
  const seeds = text("seeds", { value: "3", size: "8" });
  const set = buildSettings(lab, offered, () => [x.read(), curves.read()].map((varied) => halves(varied)[0]), edited);
  const bars = el("select", { name: "experiment_bars", onchange: edited }, ...BARS.map(([value, label]) => el("option", { value, text: label })));
  const each = el("input", { type: "checkbox", name: "experiment_each", onchange: edited });
  seeds.addEventListener("input", edited);
  const main = lab.main?.metrics ?? lab.metrics.slice(0, 1).map(({ key }) => key);
  const ordered = [...lab.metrics].sort((a, b) => Number(main.includes(b.key)) - Number(main.includes(a.key)));
  /** @param {string} key @param {string} name @param {string} [help] */
  const metricBox = (key, name, help = "") => {
    const box = el("input", { type: "checkbox", name: "experiment_metric", value: key, onchange: edited });
    return { box, element: el("label", { title: help }, box, name) };
  };
  const boxes = ordered.map((metric) => metricBox(metric.key, nameOf(metric, lab), metric.help));
  const metrics = el("div", { class: "experiment-metrics", tabindex: "0", role: "group", "aria-label": "Metrics" }, ...boxes.map((box) => box.element));
  const element = el("div", { class: "experiment-form" },
    x.element, curves.element,
    el("fieldset", {}, el("legend", { text: "Measured" }), metrics),
    set.element,
    el("div", { class: "experiment-row" }, el("label", {}, "Seeds", seeds), el("label", {}, "Bars", bars)),
    el("label", { class: "experiment-check" }, each, "A point for each run"),
    el("p", { class: "help" }, "Values one by one, ", el("code", { text: writeList("8,16,32") }), ", or by steps, ", el("code", { text: writeList("0.1..1:0.1") }),
      ". In brackets behind a value, what is set along with it as links call it: ", el("code", { text: writeList("0.5(units=128)") }), ". Seeds: ", el("code", { text: "5" }), " or ", el("code", { text: "5..25" }), "."));
  const readSeeds = () => readList(seeds.value, Number.isInteger);
  const form = {
    element,
    /** What has to be asked back of what was typed; "" where nothing has. */
    asks: () => [x.asks(), curves.asks(), readSeeds().asked, set.asks()].filter(Boolean).join(" "),
    /** @returns {Asked} */
    read: () => ({
      x: x.read(), curves: curves.read(), metrics: boxes.filter(({ box }) => box.checked).map(({ box }) => ({ key: box.value })),
      seeds: readSeeds().text, set: set.read(), bars: /** @type {NonNullable<Experiment["bars"]>} */ (bars.value), each: each.checked,
    }),
    /** What names no metric or parameter of the lab is offered too, for the engine to refuse. @param {Partial<Asked> | ExperimentPreset} asked */
    fill(asked) {
      x.fill(asked.x ?? "");
      curves.fill(asked.curves ?? "");
      seeds.value = asked.seeds ?? "3";
      set.fill(asked.set ?? "");
      const wanted = new Set(asked.metrics?.map(({ key }) => key) ?? main);
      for (const key of wanted) {
        if (boxes.some(({ box }) => box.value === key)) continue;
        boxes.push(metricBox(key, key));
        metrics.append(boxes[boxes.length - 1].element);
      }
      for (const { box } of boxes) box.checked = wanted.has(box.value);
      if ("bars" in asked && asked.bars) bars.value = asked.bars;
      if ("each" in asked) each.checked = Boolean(asked.each);
    },
  };
  form.fill({});
  return form;
}

/**
 * What a metric is called among all of its lab: where others have its label, that of the run compared with says so,
 * and "its standard error" says of what.
 * @param {MetricSpec} metric @param {LabSpec} lab
 */
function nameOf({ key, label, help }, lab) {
  const twin = lab.metrics.some((other) => other.key !== key && other.label === label && isOfOther(other.key) === isOfOther(key));
  if (twin) {
    const of = lab.metrics.find((other) => key.startsWith(`${other.key}_`));
    return of ? `${of.label}, ${label}` : `${label} (${key})`;
  }
  return isOfOther(key) ? `${label}, ${help.replace("of the same network ", "")}` : label;
}

/**
 * A parameter and its values.
 * @param {string} title @param {string} name @param {LabSpec} lab @param {SuggestedValues[]} offered @param {boolean} optional @param {() => void} edited
 */
function buildVaried(title, name, lab, offered, optional, edited) {
  const none = optional ? [el("option", { value: "", text: "nothing" })] : [];
  const options = offered.map(({ key, label }) => el("option", { value: key, text: label }));
  const choose = el("select", { name: `experiment_${name}`, onchange: () => {
    suggest();
    edited();
  } }, ...none, ...options);
  const values = buildValues(title, `${name}_values`, lab, edited);
  /** The values that are offered of what is chosen. */
  const suggest = () => values.fill(choose.value, offered.find(({ key }) => key === choose.value)?.values ?? "");
  return {
    element: el("div", { class: "experiment-varied" }, el("label", {}, title, choose), ...values.parts),
    read: () => (choose.value === "" ? "" : `${choose.value}=${values.read(choose.value)}`),
    asks: () => (choose.value === "" ? "" : values.asks(choose.value)),
    /** @param {string} varied As it is read; what names no parameter that is offered is shown as the first one's values, for the engine to refuse. */
    fill(varied) {
      const [key, rest] = halves(varied);
      if (varied === "") {
        choose.selectedIndex = 0;
        return suggest();
      }
      if (key === "") return values.show(varied);
      if (!offered.some((other) => other.key === key)) choose.append(el("option", { value: key, text: key }));
      choose.value = key;
      values.fill(key, rest);
    },
  };
}
