// A frame's address: `#<lab>?…` as on the page or, which is where notebooks write it, `?lab=<lab>&…`, or both: then
// the hash wins for what it names. Beside settings it holds what the page around asks for (page/options.js).

import { decode, mended } from "../page/link.js";
import { joinQueries, pick, splitQuery } from "../page/query.js";

/** What holds for any lab. */
const GENERAL = ["theme", "lang", "autoplay"];

/** @param {{hash: string, search: string}} address @returns {{lab: string, query: string}} */
export function readAddress({ hash, search } = location) {
  const named = mended(hash.replace(/^#/, ""));
  const lab = decode(named.lab);
  // a notebook puts its settings after whatever address it was given, behind a second question mark
  const said = mended(`?${search.slice(1).replaceAll("?", "&")}`).query;
  const own = new URLSearchParams(said).get("lab") ?? "";
  // what the query says of its lab is not meant for another one, which the hash names
  const elsewhere = lab !== "" && own !== "" && lab !== own;
  const rest = pick(said, (key) => (elsewhere ? GENERAL.includes(key) : key !== "lab"));
  return { lab: lab || own, query: joinQueries(rest, named.query) };
}

/** What the hash asks for; for another lab what holds for any. @param {boolean} same Whether it is for the same lab. */
export function askedInHash(same) {
  const { asked } = splitQuery(mended(location.hash.replace(/^#/, "")).query);
  return pick(asked, (key) => same || GENERAL.includes(key));
}
