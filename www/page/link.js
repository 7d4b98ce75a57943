// The link in the address bar: `#<lab>?<everything the engine says a link holds>`. Read and written
// here, understood only by the engine.

/** The ids of all labs, in the lecture's order. */
export const labs = (document.querySelector("meta[name=labs]")?.getAttribute("content") ?? "").split(" ");

/** The lab to open, where a link names this one. @param {string} named */
export const labOf = (named) => (labs.includes(named) ? named : labs[0]);

/** @returns {{lab: string, query: string}} Both empty where the address names none. */
export function readLink() {
  const hash = location.hash.replace(/^#/, "");
  const at = hash.indexOf("?");
  if (at < 0) return { lab: decode(hash), query: "" };
  return { lab: decode(hash.slice(0, at)), query: hash.slice(at + 1) };
}

/** @param {string} text */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What the history keeps of an address at which a run was shown. */
const SEEN = { seen: true };

/** Keeps the address bar up to date, without a history entry and not too often. */
export class LinkWriter {
  constructor() {
    this.timer = 0;
    this.next = "";
    this.address = "";
    /** Where a link could not be read its text stays until a setting is changed. */
    this.held = false;
    this.begin();
  }

  /** A lab is opened from what the address holds now; what was to be written for another is dropped. */
  begin() {
    clearTimeout(this.timer);
    this.timer = 0;
    this.held = false;
    this.address = location.hash;
  }

  /** @param {string} lab @param {string} query */
  write(lab, query) {
    this.next = `#${lab}?${query}`;
    if (this.held || this.timer || (this.next === location.hash && this.wasHere())) return;
    this.timer = setTimeout(() => {
      this.timer = 0;
      // an address that is not the one left here is somebody's way to another lab, about to be opened
      if (this.held || location.hash !== this.address) return;
      history.replaceState(SEEN, "", this.next);
      this.address = location.hash;
    }, 250);
  }

  /** Whether a run was shown here before: by a reload, or on the way back. */
  wasHere() {
    return history.state?.seen === true;
  }
}

/** @param {string} page A file beside `index.html`. @param {string} lab @param {string} query */
export function linkTo(page, lab, query) {
  return `${new URL(`../${page}`, import.meta.url).href}#${lab}?${query}`;
}
