// What a frame and the page around it say to each other, by postMessage: every message bears `context` and
// `version`. The frame hears the page that embeds it and nobody else.

import { cut } from "../page/lost.js";

/** @import {Metrics, Params, Setting} from "../pkg/regularization_playground.js" */

const CONTEXT = "regularization-playground";
const VERSION = 1;

/**
 * What the frame tells: `action`, and what comes with it.
 * @typedef {{lab: string, query: string, params: Params}} Run Which lab is shown, and with what settings:
 *   `query` is what a link to this run holds.
 * @typedef {{metrics: Metrics, steps: number, state: "playing" | "paused" | "done" | "diverged", touched: boolean}} Standing
 *   How it stands; a number that is not known yet is NaN. `touched`: a setting was changed on the way, so that the
 *   numbers are not those of these settings from the start.
 * @typedef {{action: "ready"} & Run} Ready A lab is there and can be asked.
 * @typedef {{action: "change"} & Run} Change Settings have changed, by whatever hand.
 * @typedef {{action: "done"} & Run & Standing} Done The run has come to its end, on screen.
 * @typedef {{action: "metrics"} & Run & Standing} Measured The answer to `metrics?`.
 * @typedef {{action: "resize", height: number}} Resize What the frame would need to show all of it, in CSS pixels.
 * @typedef {{action: "key", key: string, shift: boolean}} Key A key for moving about that the lab has no use for.
 * @typedef {{action: "error", message: string}} Fault What was asked cannot be done, and why.
 * @typedef {Ready | Change | Done | Measured | Resize | Key | Fault} Told
 */

/**
 * What the frame can be asked. Where a message has an `id`, its answer bears the same.
 * @typedef {object} Requests
 * @property {(content: {params?: Record<string, Setting>, theme?: string}) => void} set Changes settings, locked
 *   ones too: who locks is who asks. Or the theme: "light", "dark", "auto".
 * @property {() => void} play
 * @property {() => void} pause
 * @property {() => void} reset
 * @property {() => void} metrics? Asks for `metrics`.
 */

/** @typedef {string | number} Id */
/** @typedef {{id: Id | undefined, action: string, content: Record<string, unknown>}} Asked */

const ACTIONS = ["set", "play", "pause", "reset", "metrics?"];

/** @param {Told} message @param {Id} [id] Of the message it answers. */
export function tell(message, id) {
  if (parent === window) return;
  parent.postMessage({ context: CONTEXT, version: VERSION, ...message, ...(id === undefined ? {} : { id }) }, "*");
}

/** For the hosts of courses that know this one. @param {number} height */
export function tellCourse(height) {
  if (parent !== window) parent.postMessage({ subject: "lti.frameResize", height }, "*");
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** A value as it is told: what is large, or no plain value, is not spelled out. @param {unknown} value @returns {string} */
export function shown(value) {
  if (typeof value === "string") return JSON.stringify(cut(value));
  if (typeof value === "bigint") return "a BigInt";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" && value !== null ? "an object" : String(value);
}

/**
 * Hears what the page around asks. What is not meant for a lab is nobody's fault; what is and cannot be done is.
 * @param {(asked: Asked) => Promise<void> | void} act Throws what cannot be done.
 */
export function hear(act) {
  addEventListener("message", async ({ source, data }) => {
    if (parent === window || source !== parent || !isObject(data) || data.context !== CONTEXT) return;
    const id = typeof data.id === "string" || typeof data.id === "number" ? data.id : undefined;
    try {
      await act(understood(data, id));
    } catch (error) {
      tell({ action: "error", message: error instanceof Error ? error.message : String(error) }, id);
    }
  });
}

/** @param {Record<string, unknown>} data @param {Id | undefined} id @returns {Asked} */
function understood({ version, action, context, ...content }, id) {
  if (version !== VERSION) throw new Error(`version = ${shown(version)}: must be ${VERSION}`);
  if (typeof action !== "string" || !ACTIONS.includes(action)) throw new Error(`action = ${shown(action)}: must be one of ${ACTIONS.join(", ")}`);
  return { id, action, content };
}

/** The settings in a message, if they are any. @param {unknown} params @returns {Params} */
export function settingsIn(params) {
  if (!isObject(params) || Object.keys(params).length === 0) throw new Error(`params = ${shown(params)}: must be an object of settings by their keys, such as { keep_prob: 0.5 }`);
  for (const [key, value] of Object.entries(params)) {
    if (!["number", "string", "boolean"].includes(typeof value)) throw new Error(`${shown(key)} = ${shown(value)}: must be a number, a text, true or false`);
  }
  return /** @type {Params} */ (params);
}
