// Where a hand changes settings in a figure: a transparent element over each place to press or to
// drag, so that a finger, a mouse, a keyboard and a screen reader can all do it. What can be done,
// and what it sets, comes with the figure.

import { bindings } from "../engine/bindings.js";
import { el } from "./dom.js";
import { isNumber, within } from "./scale.js";

/** @import {Along, FigureData, Grip, LabSpec, Params} from "../pkg/regularization_playground.js" */
/** @import {NumberSpec, Stand} from "./scale.js" */

/** How large a place is for a finger, at least, in CSS pixels. */
const LEAST_PX = 44;
/** Along a row of cells that touch, at least. */
const LEAST_CELL_PX = 8;

/** How far the arrow keys go: to the right, and down. @type {Record<string, [number, number]>} */
const KEYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
/** How many stops the keys go that go far. @type {Record<string, number>} */
const FAR = { Home: -Infinity, End: Infinity, PageUp: 10, PageDown: -10 };

/**
 * One place as it is on the page.
 * @typedef {object} Place
 * @property {HTMLElement} element
 * @property {Grip} drawn As it was drawn last.
 * @property {Grip} grip As it will be drawn: the next press may come before.
 * @property {number} asked How many changes made with it are not answered yet.
 * @property {FigureData | null} before The figure as it was when the last of them was answered: it does not show that change yet.
 */

/**
 * @param {HTMLElement} plot The box around the canvas.
 * @param {LabSpec} lab
 * @param {() => FigureData | null} latest What the engine sent last.
 * @param {{onChange: (changes: Params) => Promise<string>, stand: () => Stand | null}} page
 */
export function buildHandles(plot, lab, latest, { onChange: change, stand }) {
  /** By their names. @type {Map<string, Place>} */
  const places = new Map();
  /** The range of a number. @param {Along} along @returns {NumberSpec | undefined} */
  const spec = ({ parameter }) => {
    const [found, now] = [lab.parameters.filter(isNumber).find(({ key }) => key === parameter), stand()];
    return found && now ? within(found, now) : found;
  };

  /** What a move sideways and down changes, in the units of `Along`. @param {Grip} grip @param {number} right @param {number} down @returns {Params} */
  const moved = ({ handle: { sets, across, up } }, right, down) => {
    const ways = [{ along: across, by: right }, { along: up, by: down }];
    const numbers = ways.flatMap(({ along, by }) => (along ? [[along.parameter, valueOf(along, spec(along), by)]] : []));
    return { ...Object.fromEntries(sets.map(({ parameter, value }) => [parameter, value])), ...Object.fromEntries(numbers) };
  };

  /** A change that is refused is taken back. @param {Place} place @param {Params} changes */
  const move = async (place, changes) => {
    place.grip = ahead(place.grip, changes);
    place.asked += 1;
    const refused = await change(changes);
    place.asked -= 1;
    place.before = latest();
    if (refused && place.asked === 0) place.grip = place.drawn;
  };

  /** @param {Grip} grip @returns {Place} */
  const build = (grip) => {
    const { handle } = grip;
    const place = { element: isPressed(grip) ? pressable() : draggable(), drawn: grip, grip, asked: 0, before: null };
    place.element.dataset.handle = keys(grip).join(" ");
    place.element.setAttribute("aria-label", handle.name);
    plot.append(place.element);
    return place;

    function pressable() {
      return el("button", { type: "button", class: "handle", onclick: () => change(moved(place.grip, 0, 0)) });
    }

    function draggable() {
      const element = el("div", { class: "handle", role: "slider", tabindex: "0" });
      followPointer(element, (event) => nearest(place, event), (held, start, right, down) => move(held, moved(start, right, down)));
      pressCells(element, () => place.grip, (cell) => change(pressedIn(place.grip, cell)));
      element.addEventListener("keydown", (event) => {
        if (event.altKey || event.ctrlKey || event.metaKey) return;
        const { key } = event;
        const changes = key in KEYS ? byKey(place.grip, KEYS[key]) : key in FAR ? farByKey(place.grip, FAR[key]) : null;
        if (!changes) return;
        event.preventDefault();
        event.stopPropagation();
        move(place, changes);
      });
      return element;
    }
  };

  /**
   * Points can lie so close that a finger's width covers several: what is meant is the nearest to it.
   * @param {Place} place The one that the pointer has met. @param {PointerEvent} event
   */
  const nearest = (place, { clientX, clientY }) => {
    /** @param {Place} place */
    const away = ({ element }) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return Math.hypot(clientX - left - width / 2, clientY - top - height / 2);
    };
    /** @param {Place} place */
    const isPoint = ({ grip }) => grip.width === 0 && !isPressed(grip);
    if (!isPoint(place)) return place;
    return [...places.values()].filter(isPoint).reduce((best, other) => (away(other) < away(best) ? other : best), place);
  };

  /** One stop further by an arrow key; null where that key moves nothing. @param {Grip} grip @param {[number, number]} way */
  const byKey = (grip, [right, down]) => {
    const { handle: { across, up }, columns, rows } = grip;
    if (isGrid(grip)) {
      const to = chosenIn(grip) + (rows === 1 ? right - down : right + down * columns);
      return moved(grip, Math.min(columns * rows - 1, Math.max(0, to)) - chosenIn(grip), 0);
    }
    const along = right !== 0 ? across : up;
    const range = along && spec(along);
    if (!along || !range) return null;
    // up an axis is up on the screen; up the rows of an image is not
    const towards = right !== 0 ? right : Math.sign(grip.down || 1) * down;
    const stop = (towards * range.step) / along.per;
    return moved(grip, right !== 0 ? stop : 0, right !== 0 ? 0 : stop);
  };

  /** Many stops further, or to an end: along the axis that has both, sideways. @param {Grip} grip @param {number} stops */
  const farByKey = (grip, stops) => {
    const { handle: { across, up }, columns, rows } = grip;
    if (isGrid(grip)) return Number.isFinite(stops) ? null : moved(grip, (stops < 0 ? 0 : columns * rows - 1) - chosenIn(grip), 0);
    const along = across ?? up;
    const range = along && spec(along);
    if (!along || !range) return null;
    const to = Math.min(range.max, Math.max(range.min, along.from + stops * range.step));
    const by = (to - along.from) / along.per;
    return moved(grip, across ? by : 0, across ? 0 : by);
  };

  /** Shows how it stands. @param {Place} place */
  const show = ({ element, drawn: grip }) => {
    const { handle: { state, pressed, across, up }, x, y, width, height } = grip;
    if (pressed !== undefined) element.setAttribute("aria-pressed", String(pressed));
    const along = across ?? up;
    const range = along && spec(along);
    if (!isPressed(grip) && along && range) {
      element.setAttribute("aria-valuemin", String(range.min));
      element.setAttribute("aria-valuemax", String(range.max));
      element.setAttribute("aria-valuenow", String(along.from));
      element.setAttribute("aria-valuetext", state || String(along.from));
      element.toggleAttribute("data-sideways", !up);
    } else if (state) {
      element.setAttribute("aria-label", `${grip.handle.name}, ${state}`);
    }
    element.style.setProperty("--x", `${x}px`);
    element.style.setProperty("--y", `${y}px`);
    element.style.setProperty("--width", `${Math.max(width, width > 0 ? LEAST_CELL_PX : LEAST_PX)}px`);
    element.style.setProperty("--height", `${Math.max(height, height > 0 ? LEAST_CELL_PX : LEAST_PX)}px`);
  };

  return {
    /** Puts them where they are in a figure that was drawn at this size. @param {FigureData} figure @param {number} width @param {number} height */
    place(figure, width, height) {
      const grips = figure.handles?.length ? bindings.placeHandles(figure, width, height) : [];
      const gone = new Set(places.keys());
      for (const grip of grips) {
        const { name } = grip.handle;
        const place = places.get(name) ?? build(grip);
        places.set(name, place);
        gone.delete(name);
        const holds = place.asked === 0 && place.before !== latest();
        place.drawn = grip;
        place.grip = holds ? grip : { ...grip, handle: place.grip.handle };
        show(place);
      }
      for (const name of gone) {
        places.get(name)?.element.remove();
        places.delete(name);
      }
    },
  };
}

/** A place as it will be once this is drawn. @param {Grip} grip @param {Params} changes @returns {Grip} */
function ahead(grip, changes) {
  const { handle } = grip;
  const [across, up] = [handle.across, handle.up].map((along) => along && { ...along, from: Number(changes[along.parameter]) });
  const by = isGrid(grip) && across && handle.across ? (across.from - handle.across.from) / across.per : 0;
  return { ...grip, handle: { ...handle, across, up, at: isGrid(grip) ? { cells: { chosen: chosenIn(grip) + by } } : handle.at } };
}

/** Whether a place is pressed, rather than dragged. @param {Grip} grip */
function isPressed({ handle: { across, up } }) {
  return !across && !up;
}

/** Whether it is a grid of cells, one of which is chosen. @param {Grip} grip */
function isGrid({ handle: { at } }) {
  return typeof at === "object" && "cells" in at;
}

/** The cell of a grid that is chosen; where none is, the place before the first. @param {Grip} grip */
function chosenIn({ handle: { at } }) {
  return (typeof at === "object" && "cells" in at ? at.cells.chosen : null) ?? -1;
}

/** What a press in a cell changes besides choosing it. @param {Grip} grip @param {number} cell @returns {Params} */
function pressedIn({ handle: { each } }, cell) {
  const set = each?.[cell];
  return set ? { [set.parameter]: set.value } : {};
}

/** The parameters that a place changes. @param {Grip} grip */
function keys({ handle: { sets, each, across, up } }) {
  return [...sets, ...(each ?? []).slice(0, 1), ...[across, up].flatMap((along) => along ?? [])].map(({ parameter }) => parameter);
}

/** A number moved by so many units, at a stop of its range. @param {Along} along @param {NumberSpec | undefined} range @param {number} by */
function valueOf({ from, per, wraps }, range, by) {
  const value = from + per * by;
  if (!range) return value;
  const { min, max, step } = range;
  const stops = Math.round((value - min) / step);
  const count = Math.round((max - min) / step) + 1;
  const stop = wraps ? ((stops % count) + count) % count : Math.min(count - 1, Math.max(0, stops));
  return Number(Math.min(max, min + stop * step).toPrecision(12));
}

/**
 * A press and what follows it until it ends; where there are cells, the place of the press counts.
 * @param {HTMLElement} element
 * @param {(event: PointerEvent) => Place} held What it takes hold of.
 * @param {(place: Place, start: Grip, right: number, down: number) => void} moved With the units it was moved by.
 */
function followPointer(element, held, moved) {
  /** @type {{x: number, y: number, pointer: number, place: Place, grip: Grip, last: string} | null} */
  let start = null;
  /** @param {PointerEvent} event */
  const follow = ({ clientX, clientY, pointerId }) => {
    if (start?.pointer !== pointerId) return;
    const [right, down] = isGrid(start.grip) ? [cellAt(element, start.grip, clientX, clientY), 0]
      : [(clientX - start.x) * start.grip.across, (clientY - start.y) * start.grip.down];
    const now = `${right} ${down}`;
    // a press alone moves nothing
    const stays = start.last === "" && !isGrid(start.grip) && start.grip.handle.sets.length === 0 && right === 0 && down === 0;
    if (stays || now === start.last) return;
    start.last = now;
    moved(start.place, start.grip, right, down);
  };
  element.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !event.isPrimary) return;
    const place = held(event);
    start = { x: event.clientX, y: event.clientY, pointer: event.pointerId, place, grip: place.grip, last: "" };
    if (place.element !== element) {
      event.preventDefault(); // the keys, too, go on with what is held
      place.element.focus({ preventScroll: true });
    }
    element.setPointerCapture(event.pointerId);
    follow(event);
  });
  element.addEventListener("pointermove", follow);
  for (const type of /** @type {const} */ (["pointerup", "pointercancel", "lostpointercapture"])) element.addEventListener(type, () => (start = null));
}

/**
 * Cells of which each changes something: by a press, or by Enter or Space on the chosen one. A finger that goes on
 * to scroll, or to another cell, has pressed none.
 * @param {HTMLElement} element @param {() => Grip} grip @param {(cell: number) => void} pressed
 */
function pressCells(element, grip, pressed) {
  /** @param {MouseEvent} event */
  const under = ({ clientX, clientY }) => chosenIn(grip()) + cellAt(element, grip(), clientX, clientY);
  let from = -1;
  element.addEventListener("pointerdown", (event) => (from = under(event)));
  element.addEventListener("click", (event) => grip().handle.each && under(event) === from && pressed(from));
  element.addEventListener("keydown", (event) => {
    if (!grip().handle.each || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    pressed(chosenIn(grip()));
  });
}

/** How many cells after the chosen one, row by row, the pointer is. @param {HTMLElement} element @param {Grip} grip @param {number} clientX @param {number} clientY */
function cellAt(element, grip, clientX, clientY) {
  const { columns, rows } = grip;
  const { left, top, width, height } = element.getBoundingClientRect();
  /** @param {number} share @param {number} count */
  const cell = (share, count) => Math.min(count - 1, Math.max(0, Math.floor(share * count)));
  return cell((clientY - top) / height, rows) * columns + cell((clientX - left) / width, columns) - chosenIn(grip);
}
