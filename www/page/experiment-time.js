// How long the runs of an experiment take.

import { whole } from "./numbers.js";

/**
 * How long the rest takes, in milliseconds, by the middle one of the runs that have ended; NaN before any has.
 * @param {number[]} times How long each took. @param {number} rest How many are left. @param {number} part How far those
 *   under way have come, together. @param {number} sideBySide
 */
export function timeLeft(times, rest, part, sideBySide) {
  const middle = [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? NaN;
  return (middle * Math.max(0, rest - part)) / Math.min(sideBySide, rest || 1);
}

/** "40 seconds", "3 minutes", "2 hours". @param {number} ms */
export function inTime(ms) {
  const seconds = Math.max(1, Math.round(ms / 1000));
  const [count, unit] = seconds < 90 ? [seconds, "second"] : seconds < 5400 ? [Math.round(seconds / 60), "minute"] : [Math.round(seconds / 3600), "hour"];
  return `${whole(count)} ${unit}${count === 1 ? "" : "s"}`;
}
