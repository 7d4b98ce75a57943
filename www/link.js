// The link in the address bar: `#<lab>?<everything the engine says a link holds>`. Read and written
// here, understood only by the engine.

/** @returns {{lab: string, query: string}} Both empty where the address names none. */
export function readLink() {
  const hash = location.hash.replace(/^#/, "");
  const at = hash.indexOf("?");
  if (at < 0) return { lab: decode(hash), query: "" };
  return { lab: decode(hash.slice(0, at)), query: hash.slice(at + 1) };
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Keeps the address bar up to date, without a history entry and not too often. */
export class LinkWriter {
  constructor() {
    this.timer = 0;
    this.next = null;
    /** Where a link could not be read its text stays until a setting is changed. */
    this.held = false;
  }

  write(lab, query) {
    this.next = `#${lab}?${query}`;
    if (this.held || this.timer || this.next === location.hash) return;
    this.timer = setTimeout(() => {
      this.timer = 0;
      if (!this.held && this.next !== location.hash) history.replaceState(null, "", this.next);
    }, 250);
  }

  /** What was to be written for another lab is not written any more. */
  drop() {
    clearTimeout(this.timer);
    this.timer = 0;
  }
}

/** @param {string} page @param {string} lab @param {string} query */
export function linkTo(page, lab, query) {
  return `${new URL(page, import.meta.url).href}#${lab}?${query}`;
}
