// The link in the address bar: `#<lab>?<everything the engine says a link holds>`. Read and written
// here, understood only by the engine.

import { pageUrl } from "../engine/files.js";

/** The ids of all labs, in the lecture's order. */
export const labs = (document.querySelector("meta[name=labs]")?.getAttribute("content") ?? "").split(" ");

/** The lab to open, where a link names this one. @param {string} named */
export const labOf = (named) => (labs.includes(named) ? named : labs[0]);

/** What mail programs and chats put after a link that they take for a part of it, encoded or not. */
const AFTER = /(?:[\s)\]}>,.;:!"'’”]|%20|%29|%5D|%7D|%3E|%2C|%22|%27|%C2%A0|%E2%80%9[89CD])+$/i;

/** So much of a link's end is looked through, however long it is, and in it what is put there ends. */
const TAIL = 200;

/** What follows those who click, and is no setting. */
const TRACKING = /^(?:utm_\w+|fbclid|gclid|msclkid|mc_[ce]id|igshid|_ga|ref|source)=/;

/** A link as it was meant: what happens to links on their way is undone. @param {string} link */
export function mended(link) {
  const cut = (link.slice(0, -TAIL) + link.slice(-TAIL).replace(AFTER, "")).replace(/&amp;/gi, "&");
  const plain = cut.includes("&") ? cut : cut.replace(/%26amp%3B/gi, "&");
  // a question mark that was encoded took the signs after it along
  const [, lab = "", query = ""] = /^([^?&=]*?)(?:\?|%3F)(.*)$/is.exec(plain) ?? ["", plain];
  const whole = plain.includes("?") ? query : query.replace(/%3D/gi, "=").replace(/%26/g, "&");
  return { lab, query: whole.split("&").filter((pair) => !TRACKING.test(pair)).join("&") };
}

/** @returns {{lab: string, query: string}} Both empty where the address names none. */
export function readLink() {
  const { lab, query } = mended(location.hash.replace(/^#/, ""));
  return { lab: decode(lab), query };
}

/** @param {string} text */
export function decode(text) {
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
  /** @param {() => string} [kept] What stays in the address beside the settings. */
  constructor(kept = () => "") {
    this.kept = kept;
    this.timer = 0;
    this.next = "";
    this.address = "";
    /** Where a link could not be read its text stays until a setting is changed. */
    this.held = false;
    /** The browser lets nothing be written. */
    this.barred = false;
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
    if (this.held || this.barred) return;
    this.next = `#${lab}?${[query, this.kept()].filter(Boolean).join("&")}`;
    if (this.timer || (this.next === location.hash && this.wasHere())) return;
    this.timer = setTimeout(() => this.flush(), 250);
  }

  /** Writes at once what waits to be written. */
  flush() {
    if (!this.timer) return;
    clearTimeout(this.timer);
    this.timer = 0;
    // an address that is not the one left here is somebody's way to another lab, about to be opened
    if (this.held || location.hash !== this.address) return;
    try {
      history.replaceState(SEEN, "", this.next);
    } catch {
      this.barred = true; // a page made from a text, in a sandbox, has no address of its own
    }
    this.address = location.hash;
  }

  /** Whether a run was shown here before: by a reload, or on the way back. */
  wasHere() {
    return history.state?.seen === true;
  }
}

/** @param {string} page A file beside `index.html`. @param {string} lab @param {string} query */
export function linkTo(page, lab, query) {
  return `${pageUrl(page).href}#${lab}?${query}`;
}
