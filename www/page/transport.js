// Play, step, reset: the buttons, their keys, the pace, the seed and how far the run has come.

import { el, part, setText } from "./dom.js";
import { recall, remember } from "./memory.js";
import { whole } from "./numbers.js";

/** @import {Frame} from "../engine/messages.js" */
/** @import {Pace} from "../engine/pacer.js" */

/** @type {[Pace, string][]} */
const PACES = [
  ["slow", "1 step per second"],
  ["normal", "normal pace"],
  ["fast", "full speed"],
];

/** Keys that do something on the map. */
const ON_MAP = ["f", "p"];

/** @type {(pace: string) => boolean} */
const isPace = (pace) => PACES.some(([value]) => value === pace);

/**
 * @param {HTMLElement} panel The section's `.controls`: the bar goes under its main sliders.
 * @param {{play: () => void, pause: () => void, step: () => void, reset: () => void,
 *   pace: (pace: Pace) => void, newSeed: () => void, defaults: () => void, fill: () => void, pin: () => void}} act
 */
export function buildTransport(panel, act) {
  const icon = el("span", { class: "icon", "aria-hidden": "true" });
  const word = el("span", { text: "Play" });
  let playing = false;
  const toggle = () => (playing ? act.pause() : act.play());
  /** @param {string} name @param {string} text @param {() => void} onclick @param {string} title */
  const button = (name, text, onclick, title) => el("button", { type: "button", name, title, text, onclick });
  const play = el("button", { type: "button", name: "play", class: "primary", title: "Space", onclick: toggle },
    icon, word);
  const progress = el("progress", { max: "1", value: "0", "aria-label": "Progress of the run" });
  const seed = el("span", { text: "Seed" });
  const step = button("step", "Step", act.step, "Right arrow");
  const another = el("button", { type: "button", name: "new_seed", title: "The same settings with other random numbers", onclick: act.newSeed },
    seed, el("span", { "aria-hidden": "true", text: " ↻" }));
  const bar = el("div", { class: "bar", role: "group", "aria-label": "Run" }, progress,
    play, step, another);
  const readout = el("p", { class: "readout" });
  const picked = () => {
    remember("pace", chosen());
    act.pace(chosen());
  };
  const usual = recall("pace", "normal", isPace);
  const pace = el("select", { "aria-label": "Pace", class: "pace", onchange: picked },
    ...PACES.map(([value, text]) => el("option", { value, text, selected: value === usual })));
  const chosen = () => /** @type {Pace} */ (pace.value);
  const reset = button("reset", "Reset", act.reset, "R");
  const more = el("div", { class: "bar-more" }, pace, reset, button("defaults", "Defaults", act.defaults, "Every setting back to its default"));
  part(panel, ".main-controls", HTMLElement).after(bar, readout, more);

  /** @type {Record<string, () => void>} */
  const actions = { " ": toggle, ArrowRight: act.step, r: act.reset, f: act.fill, p: act.pin };
  /** What a button does a key does too, as long as that can be pressed. @type {Record<string, HTMLButtonElement>} */
  const buttons = { " ": play, ArrowRight: step, r: reset };

  /** Neither hidden nor locked. @param {HTMLButtonElement} [button] */
  const isFree = (button) => !button?.disabled && !button?.closest("[data-hidden]");

  return {
    pace: chosen,
    /** Whether a run may be brought back to its first step. */
    mayReset: () => isFree(reset),
    /** Nothing has been heard for a while. @param {boolean} started Whether there is an engine yet. */
    busy: (started) => setText(readout, started ? "computing …" : "loading the networks …"),
    /** @param {Pick<Frame, "state" | "progress" | "speed" | "params">} frame @param {boolean} [anew] A change has brought it back to its first step. */
    show({ state, progress: { done, steps, of }, speed, params }, anew = false) {
      playing = state === "playing";
      setText(word, playing ? "Pause" : done ? "Replay" : "Play");
      setText(seed, `Seed ${params.seed}`);
      icon.dataset.icon = playing ? "pause" : "play";
      progress.value = Math.min(1, steps / of);
      const rate = speed > 0 ? ` · ${whole(speed)} per second` : done ? " · done" : anew ? " · a new run" : "";
      setText(readout, `step ${whole(steps)}${steps > of ? "" : ` of ${whole(of)}`}${rate}`);
    },
    /** A key pressed anywhere on the page where no other control wants it. @param {KeyboardEvent} event */
    key(event) {
      const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const action = actions[name];
      const button = buttons[name];
      if (!action || event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
      const target = /** @type {Element} */ (event.target);
      if (target.closest("input, select, textarea, dialog, [contenteditable]")) return;
      if (event.key === " " && target.closest("button, a, summary, [tabindex='0']")) return;
      if (event.key === "ArrowRight" && target.closest("[tabindex='0']")) return;
      if (!isFree(button)) return;
      if (ON_MAP.includes(name) && panel.closest("section")?.querySelector(".map figure")?.closest("[data-hidden], [data-locked]")) return;
      event.preventDefault();
      if (!event.repeat || event.key === "ArrowRight") action();
    },
  };
}
