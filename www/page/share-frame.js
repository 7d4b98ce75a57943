// How a lab is to look in somebody else's page: its size, its theme, what is hidden and what is locked; and
// a picture of it at that size, or the frame itself.

import { fileUrl } from "../engine/files.js";
import { el } from "./dom.js";
import { frameOf } from "./snippets.js";

/** @import {LabSpec} from "../pkg/regularization_playground.js" */
/** @import {Shared} from "./snippets.js" */

/** @typedef {Pick<Shared, "options" | "width" | "height">} Look */

/** Parts of a lab that are no setting and no figure, as an address names them. */
const PARTS = { question: "The question", prose: "The words below", transport: "Play, step and reset" };
/** Sizes there are, in pixels. */
const [LEAST, MOST, USUAL_HEIGHT] = [200, 2000, 640];
/** A column is as wide as this in the picture, where no width is given. */
const USUAL_WIDTH = 800;

/** @param {LabSpec} lab @param {(look: Look) => void} onChange */
export function buildFrameChoice(lab, onChange) {
  const fill = el("input", { type: "checkbox", name: "fill", checked: true });
  const width = sizeField("width", USUAL_WIDTH);
  const height = sizeField("height", USUAL_HEIGHT);
  const theme = el("select", { name: "frame_theme" }, el("option", { value: "", text: "As the reader’s system" }),
    el("option", { value: "light", text: "Light" }), el("option", { value: "dark", text: "Dark" }));
  const autoplay = el("input", { type: "checkbox", name: "autoplay", checked: true });
  const parts = buildParts(lab);
  const preview = buildPreview();
  /** @returns {Look} */
  const look = () => {
    const options = { hide: parts.chosen("hide"), lock: parts.chosen("lock"), theme: theme.value, autoplay: autoplay.checked ? "" : "0" };
    const asked = Object.entries(options).filter(([, value]) => value !== "");
    return { options: Object.fromEntries(asked), width: fill.checked ? null : sizeOf(width, USUAL_WIDTH), height: sizeOf(height, USUAL_HEIGHT) };
  };
  const changed = () => {
    width.disabled = fill.checked;
    onChange(look());
  };
  const element = el("div", { class: "share-frame", oninput: changed },
    el("div", { class: "share-size" }, labelled("Width", width), labelled("Height", height), ticked("As wide as the column", fill)),
    labelled("Theme", theme), ticked("Plays by itself when it comes into view", autoplay), preview.element, parts.element);
  return { element, begin: changed, show: preview.show };
}

/** @param {string} text @param {HTMLElement} field */
const labelled = (text, field) => el("label", {}, text, field);

/** @param {string} text @param {HTMLInputElement} box */
const ticked = (text, box) => el("label", { class: "tick-box" }, box, text);

/** @param {string} name @param {number} value */
function sizeField(name, value) {
  return el("input", { type: "number", name, value, min: LEAST, max: MOST, step: "10", inputmode: "numeric" });
}

/** What a field says, as far as it may. @param {HTMLInputElement} field @param {number} otherwise */
function sizeOf(field, otherwise) {
  const size = Math.round(field.valueAsNumber);
  return Number.isFinite(size) ? Math.min(MOST, Math.max(LEAST, size)) : otherwise;
}

/** A box to tick for each part that can be hidden, and one for each setting that can be locked. @param {LabSpec} lab */
function buildParts({ parameters, figures }) {
  const table = el("table", { class: "share-parts" },
    el("thead", {}, el("tr", {}, el("td"), el("th", { scope: "col", text: "Hide" }), el("th", { scope: "col", text: "Lock" }))));
  /** @param {string} name @param {[key: string, label: string][]} rows @param {boolean} locks */
  const group = (name, rows, locks) => {
    const box = (/** @type {string} */ does, /** @type {string} */ key, /** @type {string} */ label) =>
      el("td", {}, el("input", { type: "checkbox", name: does, value: key, "aria-label": `${does === "hide" ? "Hide" : "Lock"}: ${label}` }));
    table.append(el("tbody", {}, el("tr", {}, el("th", { scope: "rowgroup", colspan: "3", text: name })),
      ...rows.map(([key, label]) => el("tr", {}, el("th", { scope: "row", text: label }), box("hide", key, label), locks ? box("lock", key, label) : el("td")))));
  };
  group("Settings", parameters.map(({ key, label }) => [key, label]), true);
  const taken = new Set(parameters.map(({ key }) => key));
  group("Figures", figures.map(({ key, title }) => [taken.has(key) ? `figure:${key}` : key, title]), false);
  group("Other parts", Object.entries(PARTS), false);
  return {
    element: el("details", {}, el("summary", { text: "Hide or lock parts" }),
      el("p", { class: "help", text: "“Hide” takes a control away. Its value can still stand in a note, such as the map’s." }), table),
    /** @param {"hide" | "lock"} does */
    chosen: (does) => [...table.querySelectorAll("input")].filter(({ name, checked }) => name === does && checked).map(({ value }) => value).join(","),
  };
}

/** The frame as large as it is, made smaller to fit: its poster, and the frame itself where that is asked for. */
function buildPreview() {
  const poster = el("img", { alt: "" });
  const sheet = el("div", { class: "share-sheet" }, poster);
  const box = el("div", { class: "share-preview" }, sheet);
  const said = el("p", { class: "help" });
  /** @type {Shared | null} */
  let shown = null;
  /** @type {HTMLIFrameElement | null} */
  let frame = null;
  const show = (/** @type {Shared} */ shared) => {
    shown = shared;
    const { lab, usual, width, height, options } = shared;
    const wide = width ?? USUAL_WIDTH;
    const scale = Math.min(1, (box.clientWidth || 320) / wide);
    sheet.style.width = `${wide}px`;
    sheet.style.height = `${height}px`;
    sheet.style.transform = `scale(${scale})`;
    box.style.height = `${Math.ceil(height * scale)}px`;
    const dark = options.theme === "dark" || (!options.theme && matchMedia("(prefers-color-scheme: dark)").matches);
    sheet.toggleAttribute("data-dark", dark);
    poster.src = fileUrl(`posters/${lab}-${dark ? "dark" : "light"}.svg`).href;
    said.textContent = `${width === null ? "As wide as its column, here 800" : width} × ${height} pixels, at ${Math.round(scale * 100)} %`;
    if (!usual && !frame) said.textContent += ". The picture is of the defaults, the frame of your run.";
    if (frame && frame.src !== frameOf(shared)) frame.src = frameOf(shared);
  };
  const live = el("button", { type: "button", text: "Show the frame itself", onclick: () => {
    if (!shown) return;
    frame = el("iframe", { title: "The frame as it will be", src: frameOf(shown) });
    poster.replaceWith(frame);
    live.hidden = true;
    show(shown);
  } });
  // its height is set by that: in the next frame, or the observer would be told of its own work
  new ResizeObserver(() => requestAnimationFrame(() => shown && show(shown))).observe(box);
  return { element: el("figure", {}, box, el("figcaption", {}, said, live)), show };
}
