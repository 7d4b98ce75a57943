// Neurons that can be switched: a transparent button over each, so that a finger, a mouse, a
// keyboard and a screen reader can all take a neuron out and put it back.

import { el } from "./dom.js";

/**
 * @param {HTMLElement} plot The box around the canvas.
 * @param {any} figure
 * @param {(key: string, kept: boolean) => void} onToggle
 */
export function placeNeurons(plot, figure, onToggle) {
  const layers = figure.body.network?.layers ?? [];
  const units = layers.flatMap((layer) => layer.units).filter((unit) => unit.parameter);
  const buttons = new Map([...plot.querySelectorAll(".neuron")].map((b) => [b.dataset.key, b]));
  for (const unit of units) {
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

function neuron(plot, key, onToggle) {
  const button = el("button", { type: "button", class: "neuron", "data-key": key,
    onclick: () => onToggle(key, button.getAttribute("aria-pressed") !== "true") });
  plot.append(button);
  return button;
}
