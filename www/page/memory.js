// What the page remembers while the tab is open: the runs, the guess, the pace. In a sandbox there is
// nothing to remember in; the page's own memory has to do.

/** @param {string} key @param {unknown} value */
export function remember(key, value) {
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
  try {
    const value = JSON.parse(sessionStorage.getItem(key) ?? "null");
    return value !== null && fits(value) ? value : otherwise;
  } catch {
    return otherwise;
  }
}
