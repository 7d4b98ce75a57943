// Neurons that can be switched: a transparent button over each, so that a finger, a mouse, a
// keyboard and a screen reader can all take a neuron out and put it back.

import { bodyOf } from "./body.js";
import { el } from "./dom.js";

/** @import {FigureData} from "../pkg/regularization_playground.js" */

/**
 * @param {HTMLElement} plot The box around the canvas.
 * @param {FigureData} figure
 * @param {(key: string, kept: boolean) => void} onToggle
 */
export function placeNeurons(plot, figure, onToggle) {
  const layers = bodyOf(figure).network?.layers ?? [];
  /** @type {NodeListOf<HTMLButtonElement>} */
  const there = plot.querySelectorAll("button.neuron");
  const buttons = new Map([...there].map((button) => [button.dataset.key, button]));
  for (const unit of layers.flatMap((layer) => layer.units)) {
    if (!unit.parameter) continue;
    const button = buttons.get(unit.parameter) ?? neuron(plot, unit.parameter, onToggle);
    buttons.delete(unit.parameter);
    const value = unit.value ? `, ${unit.value}` : "";
    button.setAttribute("aria-label", `Keep ${unit.name}${value}`);
    button.setAttribute("aria-pressed", String(unit.kept));
    button.title = unit.kept ? `Drop ${unit.name}` : `Put ${unit.name} back`;
    button.style.left = `${unit.x * 100}%`;
    button.style.top = `${unit.y * 100}%`;
  }
  for (const button of buttons.values()) button.remove();
}

/** @param {HTMLElement} plot @param {string} key @param {(key: string, kept: boolean) => void} onToggle */
function neuron(plot, key, onToggle) {
  const button = el("button", { type: "button", class: "neuron", "data-key": key,
    onclick: () => onToggle(key, button.getAttribute("aria-pressed") !== "true") });
  plot.append(button);
  return button;
}
