// What the page remembers while the tab is open: the runs, the guess, the pace. In a sandbox there is
// nothing to remember in; the page's own memory has to do.

let keeps = true;

/** On somebody else's page nothing is left behind. */
export function keepNothing() {
  keeps = false;
}

/** @param {string} key @param {unknown} value */
export function remember(key, value) {
  if (!keeps) return;
  try {
    sessionStorage.setItem(key, JSON.stringify(value));
  } catch {}
}

/**
 * What was remembered, or what there is without it.
 * @template T
 * @param {string} key @param {T} otherwise @param {(value: T) => boolean} fits Whether it still is what this page writes.
 * @returns {T}
 */
export function recall(key, otherwise, fits) {
  if (!keeps) return otherwise;
  try {
    const value = JSON.parse(sessionStorage.getItem(key) ?? "null");
    return value !== null && fits(value) ? value : otherwise;
  } catch {
    return otherwise;
  }
}

/** What a reader has guessed in a lab, in words, and what was found: "right", "wrong", "open". @param {string} lab @param {{guess: string, state: string}} found */
export function noteFound(lab, found) {
  remember(`found:${lab}`, found);
}

/** The same, as it was noted last. @param {string} lab */
export function foundIn(lab) {
  return recall(`found:${lab}`, { guess: "", state: "" }, ({ guess, state }) => typeof guess === "string" && typeof state === "string");
}
