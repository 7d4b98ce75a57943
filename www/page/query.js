// Queries as text: what is asked of a page is told apart from a lab's settings, which are read by the engine alone.

/** What a page around a lab can ask, beside the lab's settings (options.js). */
export const OPTIONS = ["hide", "lock", "figures", "theme", "lang", "autoplay"];

/** What a link can hold of an experiment, beside the lab's settings (experiment-link.js). */
const EXPERIMENT = ["x", "curves", "set", "bars", "each", "metrics", "seeds"];

/** @param {string} pair */
const keyOf = (pair) => new URLSearchParams(pair).keys().next().value ?? "";

/** The pairs of a query whose keys are like that, as they were written. @param {string} query @param {(key: string) => boolean} wanted */
export const pick = (query, wanted) => query.split("&").filter((pair) => pair !== "" && wanted(keyOf(pair))).join("&");

/** What a query holds, parted. @param {string} query */
export const splitQuery = (query) => ({
  asked: pick(query, (key) => OPTIONS.includes(key)),
  settings: pick(query, (key) => !OPTIONS.includes(key)),
});

/**
 * What a link holds beside an experiment, which its lab opens; a frame or an element has no place for one.
 * @param {{openExperiment: (query: string) => void, section: HTMLElement, notice: {show: (text: string) => void}}} view @param {string} query
 */
export function takeExperiment(view, query) {
  if (!new URLSearchParams(query).has("x")) return query;
  const place = view.section.querySelector(".after");
  if (place && getComputedStyle(place).display !== "none") view.openExperiment(pick(query, (key) => EXPERIMENT.includes(key)));
  else view.notice.show("The link holds an experiment. It can be run in the playground itself, not here: this is the lab with the link’s settings.");
  return pick(query, (key) => !EXPERIMENT.includes(key));
}

/** @param {string} first @param {string} second A query that wins for what it names. */
export function joinQueries(first, second) {
  const named = new Set(new URLSearchParams(second).keys());
  return [pick(first, (key) => !named.has(key)), second].filter(Boolean).join("&");
}
