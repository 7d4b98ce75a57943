// The guess to commit to before anything is moved, and beside it how it stands with what was measured.
// The sentence is the section's prose; what can be guessed and what bears it out stands in the catalogue.

import { el, setText } from "./dom.js";
import { noteFound, recall, remember } from "./memory.js";

/** @import {LabSpec, mapVerdict} from "../pkg/regularization_playground.js" */

/** Shown the answer without a guess. */
const WAVED = -1;

/**
 * @param {HTMLElement} section
 * @param {LabSpec} lab The lab's entry in the catalogue.
 * @param {(guess: number | null) => void} onGuess A guess was made, another one, or it was waved away (null).
 */
export function buildQuestion(section, lab, onGuess) {
  /** @type {HTMLElement | null} */
  const box = section.querySelector(".question");
  if (!box) return null;
  const key = `guess:${lab.id}`;
  const count = lab.main?.guesses.length ?? box.querySelectorAll(".answers button").length;
  /** @type {number | null} */
  let guess = recall(key, /** @type {number | null} */ (null), (kept) => typeof kept === "number" && [WAVED, ...Array(count).keys()].includes(kept));
  const labels = lab.main?.guesses.map(({ label }) => label);
  const answers = lab.main ? el("div", { class: "answers" }, ...lab.main.guesses.map(({ label, shape }) =>
    el("button", { type: "button", class: "guess" }, drawn(shape), el("span", { text: label })))) : box.querySelector(".answers");
  const buttons = [...(answers?.querySelectorAll("button") ?? [])];
  const skip = el("button", { type: "button", class: "quiet", name: "skip", text: "Just show me", onclick: () => choose(WAVED) });
  const verdict = el("p", { class: "verdict", role: "status" });
  if (lab.main) box.append(answers ?? "", skip);
  box.append(verdict);
  /** In a lab without a map the question has one answer, and the reason for it is the section's prose. */
  const reason = box.querySelector(".told");
  const right = buttons.findIndex((button) => button.hasAttribute("data-right"));

  /** @param {ReturnType<typeof mapVerdict> | null} now */
  const tell = (now) => {
    verdict.dataset.verdict = now?.state ?? "";
    setText(verdict, now?.text ?? "");
    if (guess !== null && guess !== WAVED) noteFound(lab.id, { guess: buttons[guess].textContent ?? "", state: now?.state ?? "" });
  };
  const show = () => {
    buttons.forEach((button, i) => button.setAttribute("aria-pressed", String(i === guess)));
    skip.hidden = guess !== null;
    section.toggleAttribute("data-guessed", guess !== null);
    if (!reason || guess === null) return;
    const state = guess === right ? "right" : "wrong";
    tell({ state, text: `${state === "right" ? "Right" : `No, ${buttons[right].textContent}`}: ${reason.textContent}` });
  };
  /** @param {number} next */
  const choose = (next) => {
    guess = next;
    remember(key, guess);
    show();
    onGuess(guess === WAVED ? null : guess);
  };
  buttons.forEach((button, i) => button.addEventListener("click", () => choose(i)));
  show();

  return {
    /** The guess, by its place among the lab's; null where there is none. */
    guess: () => (guess === null || guess === WAVED || !labels?.[guess] ? null : guess),
    /** Whether the reader may see more than the present run: also where nobody can guess. */
    open: () => guess !== null || box.hasAttribute("data-hidden") || box.hasAttribute("data-locked"),
    tell,
  };
}

const SVG = "http://www.w3.org/2000/svg";

/** A guess as a small drawing. @param {[number, number][]} shape In the unit square, y upwards. */
function drawn(shape) {
  const svg = document.createElementNS(SVG, "svg");
  const line = document.createElementNS(SVG, "polyline");
  svg.setAttribute("viewBox", "-2 -2 40 20");
  svg.setAttribute("aria-hidden", "true");
  line.setAttribute("points", shape.map(([x, y]) => `${36 * x},${16 * (1 - y)}`).join(" "));
  svg.append(line);
  return svg;
}
