// An experiment in a link, behind the lab's settings: `&x=keep_prob:0.1..1:0.1&curves=units:64,128&metrics=test_error&seeds=5`.

import { cut } from "./lost.js";

/** @import {Asked} from "./experiment-form.js" */

const BARS = ["standard_error", "deviation", "extremes"];
/** More than any lab has: one that is unknown is offered as a box too. */
const MOST_METRICS = 100;

/** What need not be written in three signs, so that a link can be read. @type {[RegExp, string][]} */
const PLAIN = [[/%2C/g, ","], [/%3A/g, ":"], [/%3B/g, ";"], [/%3D/g, ":"], [/%20/g, ""]];

/** @param {string} value */
const written = (value) => PLAIN.reduce((text, [code, sign]) => text.replace(code, sign), encodeURIComponent(value.trim().replace(/\p{Surrogate}/gu, "\ufffd")).replaceAll("(", "%28").replaceAll(")", "%29"));

/** @param {Asked} asked */
export function writeAsked({ x, curves, set, bars, each, metrics, seeds }) {
  const pairs = [["x", x], ["curves", curves], ["set", set], ["bars", bars === "standard_error" ? "" : bars], ["each", each ? "1" : ""],
    ["metrics", metrics.map(({ key }) => key).join()], ["seeds", seeds]];
  return pairs.filter(([, value]) => value !== "").map(([key, value]) => `${key}=${written(value)}`).join("&");
}

/** What a link holds, and what of it nobody could understand; the rest is the engine's to read. @param {string} query */
export function readAsked(query) {
  const given = new URLSearchParams(query);
  /** @type {string[]} */
  const problems = [];
  /** @param {string} key @param {string[]} allowed */
  const oneOf = (key, allowed) => {
    const value = given.get(key) ?? allowed[0];
    if (!allowed.includes(value)) problems.push(`${key} = ${JSON.stringify(cut(value))}: must be one of ${allowed.join(", ")}`);
    return allowed.includes(value) ? value : allowed[0];
  };
  const named = given.get("metrics")?.split(",");
  if (named && named.length > MOST_METRICS) problems.push(`metrics = a list of ${named.length}: must be at most ${MOST_METRICS}`);
  const metrics = named?.slice(0, MOST_METRICS).map((key) => ({ key: key.trim() }));
  /** @type {Partial<Asked>} */
  const asked = { x: given.get("x") ?? "", curves: given.get("curves") ?? "", set: given.get("set") ?? "", metrics,
    seeds: given.get("seeds") ?? "3", bars: /** @type {Asked["bars"]} */ (oneOf("bars", BARS)), each: oneOf("each", ["0", "1"]) === "1" };
  return { asked, problems };
}
