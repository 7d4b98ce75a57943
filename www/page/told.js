// What is said of a run in words: its numbers in one sentence, and why it stopped.

import { measured, quantity, whole } from "./numbers.js";

/** @import {LabSpec, MetricSpec} from "../pkg/regularization_playground.js" */
/** @import {Fault, Frame} from "../engine/messages.js" */

/** @param {Frame} frame @param {MetricSpec[]} shown The metrics that stand on the page. */
export function numbersOf({ metrics, progress }, shown) {
  const told = shown.filter(({ key }) => Number.isFinite(metrics[key]));
  const numbers = told.map(({ key, label, unit, decimals }) => `${label} ${measured(metrics[key], unit, decimals)}`);
  return `Step ${whole(progress.steps)}. ${numbers.join(", ")}.`;
}

/** @param {Fault} fault */
export function reasonOf({ name, message, step = 0 }) {
  if (name !== "DivergedError") return `The run stopped: ${message}.`;
  return `The loss stopped being a finite number at step ${whole(step)}: the steps were too `
    + "large. The weights are as they were before that step.";
}

/**
 * What may keep a run from stopping once more: a tenth of its learning rate, where it has one.
 * @param {Fault} fault @param {LabSpec} lab @param {Frame | null} frame
 * @returns {{label: string, changes: {learning_rate: number}} | null}
 */
export function remedyFor({ name }, lab, frame) {
  const rate = lab.parameters.find(({ key }) => key === "learning_rate");
  if (name !== "DivergedError" || !rate) return null;
  const lower = Math.max(rate.min ?? 0, Number((Number(frame?.params.learning_rate) / 10).toPrecision(2)));
  return { label: `Learning rate ${quantity(lower)}, and start again`, changes: { learning_rate: lower } };
}
