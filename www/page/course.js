// The way through the lecture: every lab with its claim, what its run comes to, and what the reader has
// guessed and found there. It stands below the lab, and is built when a reader comes near it.

import { loadBindings } from "../engine/bindings.js";
import { fileUrl } from "../engine/files.js";
import { el, setText } from "./dom.js";
import { foundIn } from "./memory.js";

/** @import {LabSpec} from "../pkg/regularization_playground.js" */

/** @type {Record<string, string>} */
const FOUND = { right: " Right.", wrong: " Wrong.", open: " Not clear yet." };
/** The colours of a page that follows the system are those of its pictures; each is had when it is seen. */
const THEMES = ["light", "dark"];

/** A lab is read from its claim on. */
function toTheTop() {
  scrollTo(0, 0);
  document.querySelector("main")?.focus({ preventScroll: true });
}

/**
 * @param {HTMLElement} box
 * @param {(lab: string) => string} nameOf What the links call a lab.
 */
export async function buildCourse(box, nameOf) {
  /** @type {Map<string, {link: HTMLAnchorElement, found: HTMLElement}>} */
  const cards = new Map();
  /** The lab that is shown. @param {string} here */
  const show = (here) => {
    for (const [lab, { link, found }] of cards) {
      if (lab === here) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
      const { guess, state } = foundIn(lab);
      found.dataset.verdict = state;
      setText(found, guess ? `Your guess: ${guess}.${FOUND[state] ?? ""}` : "");
    }
  };
  /** @param {LabSpec} lab @param {number} number Of the lecture's claim; 0 where it is none. */
  const card = ({ id, claim }, number) => {
    const found = el("p", { class: "verdict" });
    const name = nameOf(id);
    const pictures = THEMES.map((theme) => el("img", { src: fileUrl(`posters/${id}-${theme}.svg`), alt: "", width: 400, height: 225, loading: "lazy", "data-theme": theme }));
    const link = el("a", { href: `#${id}`, onclick: toTheTop }, el("span", { class: "kicker", text: number > 0 ? `${number} · ${name}` : name }), ...pictures, el("span", { text: claim }));
    cards.set(id, { link, found });
    return el("li", {}, link, found);
  };
  const { catalogue } = await loadBindings();
  document.head.append(el("link", { rel: "stylesheet", href: fileUrl("styles/course.css") }));
  /** The lecture's headings, in order. @type {string[]} */
  const claims = [];
  const items = catalogue().map((lab) => {
    const [group] = nameOf(lab.id).split(":");
    if (lab.slide !== "" && !claims.includes(group)) claims.push(group);
    return card(lab, claims.indexOf(group) + 1);
  });
  box.replaceChildren(el("h2", { text: "The lecture, claim by claim" }), el("ol", {}, ...items));
  return { show };
}
