// Points that are drawn by hand, on the figure that shows what was learned of them: a press adds one of the chosen
// class, dragging moves it, Delete takes it away. After each change the run is made anew.

import { bindings } from "../engine/bindings.js";
import { hold } from "../engine/own.js";
import { parted } from "../engine/ticket.js";
import { el, setText } from "./dom.js";
import { messageOf } from "./lost.js";
import { LEAST, MOST, onPaper, pointsIn, rememberDrawn, tableOf, ticketFor } from "./own-drawn.js";
import { namedBy } from "./own-ticket.js";
import { pick } from "./query.js";

/** @import {FigureData, Grip} from "../pkg/regularization_playground.js" */
/** @import {Frame} from "../engine/messages.js" */
/** @import {LabView} from "./lab-view.js" */
/** @import {Point} from "./own-drawn.js" */

/** The figure they are drawn on. */
const FIGURE = "fit";
/** How near a finger or a mouse has to come to a point, in CSS pixels. */
const NEAR_PX = 14;
/** How far an arrow key goes. */
const STEP = 0.05;
/** @type {Record<string, [number, number]>} */
const KEYS = { ArrowRight: [STEP, 0], ArrowLeft: [-STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] };

/** @type {WeakMap<LabView, (frame: Frame) => void>} */
const boards = new WeakMap();

/** @param {LabView} view @param {Frame} frame */
export function showPoints(view, frame) {
  const show = boards.get(view) ?? build(view);
  boards.set(view, show);
  show(frame);
}

/** @param {LabView} view */
function build(view) {
  const figure = view.section.querySelector(`figure[data-figure=${FIGURE}]`);
  const plot = figure?.querySelector(".plot");
  const canvas = plot?.querySelector("canvas");
  if (!figure || !plot || !canvas) return () => {};
  /** @type {Point[]} */
  let points = [];
  /** As they were before, the latest last. @type {Point[][]} */
  let before = [];
  let blue = true;
  /** @type {FigureData | null} */
  let shown = null;
  /** Where the middle of the paper is, and what a pixel is. @type {Grip | null} */
  let grip = null;
  let query = "";
  /** Whether the points are too few to be learned: the figure is of those before. */
  let draft = false;
  /** What was asked for last. */
  let asked = "";
  /** @type {HTMLElement[]} */
  let dots = [];

  const count = el("span", { class: "help", role: "status" });
  /** @param {boolean} hue @param {string} text */
  const classButton = (hue, text) => el("button", { type: "button", title: "The class of the points that a press adds", "aria-pressed": String(blue === hue), text, onclick: () => {
    blue = hue;
    buttons.forEach((button, i) => button.setAttribute("aria-pressed", String((i === 0) === blue)));
  } });
  const buttons = [classButton(true, "Blue"), classButton(false, "Orange")];
  const add = el("button", { type: "button", text: "Add", title: "Adds a point in the middle, to be moved by the arrow keys", onclick: () => change([...points, { x: 0, y: 0, blue }], points.length) });
  const undo = el("button", { type: "button", name: "undo", text: "Undo", onclick: () => {
    const last = before.pop();
    if (last) put(last);
  } });
  const clear = el("button", { type: "button", name: "clear", text: "Clear all", onclick: () => {
    change([]);
    add.focus();
  } });
  const bar = el("div", { class: "own-bar", role: "group", "aria-label": "Points drawn by hand" }, ...buttons, add, undo, clear, count,
    el("span", { class: "help", text: "Press to add, drag to move, Delete to remove. Filled points are training examples, hollow ones test examples." }));
  const layer = el("div", { class: "own-layer" });

  /** @param {Point[]} next @param {number} [focus] The one that is held. */
  const change = (next, focus) => {
    if (next.length > MOST) {
      setText(count, `There are ${MOST} points, as many as a link can hold: to add one, take one away.`);
      return draw();
    }
    before.push(points);
    put(next);
    if (focus !== undefined) dots[focus]?.focus();
  };
  /** @param {Point[]} next */
  const put = (next) => {
    const last = points;
    points = next;
    draft = points.length < LEAST;
    setText(count, draft ? `${points.length} of at least ${LEAST} points: then the network learns from most and is tested on the rest.` : "");
    draw();
    if (draft) return;
    const ticket = asked = ticketFor(points);
    hold(ticket, tableOf(points));
    rememberDrawn(ticket);
    const { settings } = parted(query);
    const link = `${pick(settings, (key) => key !== "n_train")}&${ticket}`;
    view.page.onTouch();
    view.load(link, "end").catch((error) => {
      points = last;
      draft = points.length < LEAST;
      draw();
      view.notice.show(messageOf(error));
    });
  };

  /** @param {Point} point */
  const placeOf = ({ x, y }) => (grip ? [grip.x + x / grip.across, grip.y + y / grip.down] : [0, 0]);
  const draw = () => {
    const held = dots.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    layer.hidden = bar.hidden = (points.length === 0 && !draft) || !grip;
    layer.toggleAttribute("data-draft", draft);
    while (dots.length < points.length) dots.push(dot());
    for (const gone of dots.splice(points.length)) gone.remove();
    const learned = learnedIn(shown);
    points.forEach((point, i) => {
      const [left, top] = placeOf(point);
      dots[i].style.setProperty("--x", `${left}px`);
      dots[i].style.setProperty("--y", `${top}px`);
      dots[i].toggleAttribute("data-blue", point.blue);
      dots[i].toggleAttribute("data-judges", !draft && !learned.has(`${point.x} ${point.y}`));
      dots[i].setAttribute("aria-label", `Point ${i + 1}, ${point.blue ? "blue" : "orange"}, at ${point.x}, ${point.y}`);
    });
    if (held >= points.length) dots.at(-1)?.focus();
    undo.disabled = before.length === 0;
    clear.disabled = points.length === 0;
  };
  const dot = () => {
    const element = el("button", { type: "button", class: "own-dot", onkeydown: (/** @type {KeyboardEvent} */ event) => byKey(event, dots.indexOf(element)) });
    layer.append(element);
    return element;
  };
  /** @param {KeyboardEvent} event @param {number} at */
  const byKey = (event, at) => {
    const way = KEYS[event.key];
    if (event.altKey || event.ctrlKey || event.metaKey || !(way || event.key === "Delete" || event.key === "Backspace")) return;
    event.preventDefault();
    event.stopPropagation();
    const { [at]: point } = points;
    if (way) change(points.with(at, { ...point, x: onPaper(point.x + way[0]), y: onPaper(point.y + way[1]) }), at);
    else change(points.toSpliced(at, 1), Math.min(at, points.length - 2));
  };

  /** The point that is dragged, and how all stood before. @type {{at: number, from: Point[], pointer: number} | null} */
  let drag = null;
  /** Where the plane is that a pointer is at; beside it, what is nearest. @param {PointerEvent} event */
  const under = ({ clientX, clientY }) => {
    const { left, top } = layer.getBoundingClientRect();
    const [across, up] = axesOf(shown);
    const at = { x: grip ? (clientX - left - grip.x) * grip.across : 0, y: grip ? (clientY - top - grip.y) * grip.down : 0 };
    const near = { x: Math.min(across.max, Math.max(across.min, at.x)), y: Math.min(up.max, Math.max(up.min, at.y)) };
    return { x: onPaper(near.x), y: onPaper(near.y), beside: near.x !== at.x || near.y !== at.y };
  };
  layer.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !event.isPrimary || !grip) return;
    event.preventDefault();
    const { left, top } = layer.getBoundingClientRect();
    const away = points.map((point) => Math.hypot(...placeOf(point).map((place, i) => place - [event.clientX - left, event.clientY - top][i])));
    const at = away.indexOf(Math.min(...away));
    const { x, y, beside } = under(event);
    if (!(away[at] <= NEAR_PX)) return beside ? undefined : change([...points, { x, y, blue }], points.length);
    dots[at].focus({ preventScroll: true });
    layer.setPointerCapture(event.pointerId);
    drag = { at, from: points, pointer: event.pointerId };
  });
  layer.addEventListener("pointermove", (event) => {
    if (drag?.pointer !== event.pointerId) return;
    const { at, from } = drag;
    const { x, y } = under(event);
    points = from.with(at, { ...from[at], x, y });
    draw();
  });
  for (const type of /** @type {const} */ (["pointerup", "pointercancel"])) layer.addEventListener(type, () => {
    if (!drag) return;
    const [next, { from, at }] = [points, drag];
    drag = null;
    points = from;
    if (type === "pointerup" && (next[at].x !== from[at].x || next[at].y !== from[at].y)) change(next, at);
    else draw();
  });

  const place = () => {
    /** @type {Grip["handle"]} */
    const handle = { name: "middle", state: "", at: { point: { x: 0, y: 0 } }, sets: [],
      across: { parameter: "x", from: 0, per: 1, wraps: false }, up: { parameter: "y", from: 0, per: 1, wraps: false } };
    grip = shown && canvas.clientWidth > 0 ? bindings.placeHandles({ ...shown, handles: [handle] }, canvas.clientWidth, canvas.clientHeight)[0] ?? null : null;
    draw();
  };
  new ResizeObserver(place).observe(canvas);
  plot.append(layer);
  plot.after(bar);

  return (/** @type {Frame} */ frame) => {
    if (![asked, parted(query).ticket].includes(parted(frame.query).ticket)) draft = false;
    query = frame.query;
    const drawn = pointsIn(namedBy(parted(query).ticket));
    if (!drawn) before = [];
    if (!drag && !draft) points = drawn ?? [];
    if (frame.figures[FIGURE]) shown = frame.figures[FIGURE];
    place();
  };
}

/** @param {FigureData | null} figure */
function chartOf(figure) {
  const body = figure?.body;
  return body && body !== "empty" && "chart" in body ? body.chart : null;
}

/** From where to where the plane goes. @param {FigureData | null} figure */
const axesOf = (figure) => [chartOf(figure)?.x ?? { min: -1, max: 1 }, chartOf(figure)?.y ?? { min: -1, max: 1 }];

/** The places of those that are learned, as the figure shows them; the others judge. @param {FigureData | null} figure */
function learnedIn(figure) {
  const points = (chartOf(figure)?.series ?? []).filter(({ mark }) => mark === "points");
  return new Set(points.flatMap(({ x, y }) => x.map((at, i) => `${at} ${y[i]}`)));
}
