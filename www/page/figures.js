// The figures of a lab: each a heading, a note, the drawing and, on request, the numbers behind it.
// Drawn on the page from what the engine sends, a few milliseconds at a time.

import { bindings } from "../engine/bindings.js";
import { el, part, setText } from "./dom.js";
import { buildDataPanel } from "./data.js";
import { buildReadout } from "./readout.js";
import { isPicture, showAsTable } from "./tables.js";
import { buildTies } from "./ties.js";

/** @import {FigureData, FigureSpec, LabSpec, Params} from "../pkg/regularization_playground.js" */
/** @import {DataPanel} from "./data.js" */
/** @import {Stand} from "./scale.js" */

/**
 * What the figures ask of the page around them.
 * @typedef {object} FigurePage
 * @property {(keys: string[]) => void} onWatch These are in sight.
 * @property {(changes: Params) => Promise<string>} onChange A hand changes settings; gives why they were refused, or "".
 * @property {() => Stand | null} stand How the run stands, once it does.
 * @property {(parameters: string[]) => boolean} isLocked Whether a hand can change none of these.
 * @property {(key: string, note: string) => void} onNote The figure's note has changed: what repeats it changes with it.
 * @property {(key: string, figure: FigureData) => FigureData} dress The figure with what stands beside it that is not of this run.
 */

/**
 * One figure on the page.
 * @typedef {object} Panel
 * @property {HTMLElement} element
 * @property {HTMLElement} plot The box around the canvas.
 * @property {HTMLCanvasElement} canvas
 * @property {FigureData | null} own What the engine sent.
 * @property {FigureData | null} figure What it shows.
 * @property {(() => FigureData | null) | null} make What is to be shown instead, made when its turn to be drawn has come.
 * @property {() => string} caption For under a picture of it.
 * @property {DataPanel} data
 * @property {(figure: FigureData) => void} tell Shows all of a figure but what is drawn.
 * @property {() => void} draw
 */

/** How long drawing may take within one animation frame before the next figure waits, in milliseconds. */
const DRAW_MS = 8;

let warm = false;

/** A browser's first text on a canvas takes it as long as a whole figure: it is written while nobody waits. */
function warmUp() {
  if (warm) return;
  warm = true;
  setTimeout(() => {
    const context = el("canvas").getContext("2d");
    if (!context) return;
    context.font = `12px ${getComputedStyle(document.body).fontFamily}`;
    context.fillText("0", 0, 0);
  });
}

/**
 * @param {HTMLElement} section The lab's section; its markup places the figures.
 * @param {LabSpec} lab The lab's entry in the catalogue.
 * @param {FigurePage} page
 */
export function buildFigures(section, lab, page) {
  warmUp();
  /** @type {Set<Panel>} */
  const queue = new Set();
  /** @type {((took: number) => void) | null} */
  let whenDrawn = null;
  let took = 0;
  let scheduled = false;
  /** @param {Panel} panel */
  const again = (panel) => {
    queue.add(panel);
    later();
  };
  /** @type {Map<string, Panel>} */
  const panels = new Map();
  for (const spec of lab.figures) {
    /** @type {HTMLElement | null} */
    let figure = section.querySelector(`figure[data-figure="${spec.key}"]`);
    if (!figure) {
      figure = el("figure", { "data-figure": spec.key });
      part(section, ".figures", HTMLElement).append(figure);
    }
    panels.set(spec.key, buildFigure(figure, spec, lab, page, again));
  }

  const drawSome = () => {
    scheduled = false;
    const start = performance.now();
    for (const panel of queue) {
      queue.delete(panel);
      try {
        panel.draw();
      } catch (error) {
        // one figure that cannot be drawn holds up neither the others nor the run
        reportError(error);
        setText(part(panel.element, ".note", HTMLElement), "This picture could not be drawn. What it shows is under Data.");
      }
      if (performance.now() - start > DRAW_MS) break;
    }
    took += performance.now() - start;
    if (queue.size > 0) return later();
    section.toggleAttribute("data-drawn", true);
    const drawn = whenDrawn;
    whenDrawn = null;
    drawn?.(took);
  };
  /** The section says that it is drawn only while no figure waits to be. */
  const later = () => {
    section.toggleAttribute("data-drawn", false);
    if (!scheduled) requestAnimationFrame(drawSome);
    scheduled = true;
  };
  const redraw = () => {
    for (const panel of panels.values()) if (panel.figure) queue.add(panel);
    later();
  };

  /** Those in sight. @type {Set<string>} */
  const watched = new Set();
  /** Those out of sight that have changed since they were drawn. @type {Set<Panel>} */
  const undrawn = new Set();
  const seen = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const key = target.getAttribute("data-figure") ?? "";
      if (isIntersecting) watched.add(key);
      else watched.delete(key);
      const panel = panels.get(key);
      if (isIntersecting && panel && undrawn.delete(panel)) again(panel);
    }
    page.onWatch([...watched]);
  }, { rootMargin: "200px" });
  const resized = new ResizeObserver((entries) => {
    const changed = new Set(entries.map(({ target }) => target));
    for (const panel of panels.values()) if (panel.figure && changed.has(panel.plot)) again(panel);
  });
  for (const { element, plot } of panels.values()) {
    seen.observe(element);
    resized.observe(plot);
  }
  const ended = new AbortController();
  watchFineness(redraw, ended.signal);

  return {
    redraw,
    /** Draws all of them before anything else happens. */
    drawNow() {
      for (const panel of panels.values()) panel.draw();
    },
    /**
     * A figure that comes from elsewhere than the run; draws what is made for it, by the next frame.
     * @param {HTMLElement} element @param {FigureSpec} spec @param {() => string} [caption]
     */
    add(element, spec, caption) {
      const panel = buildFigure(element, spec, lab, page, again);
      if (caption) panel.caption = caption;
      panels.set(spec.key, panel);
      resized.observe(panel.plot);
      return (/** @type {() => FigureData | null} */ make) => {
        panel.make = make;
        again(panel);
      };
    },
    /** Gives every figure the room that it will take. @param {Record<string, FigureData>} figures */
    settle(figures) {
      for (const [key, figure] of Object.entries(figures)) panels.get(key)?.tell(figure);
    },
    /**
     * Draws what arrived; `done` is called when all of it is on the page, with the time that took.
     * @param {Record<string, FigureData>} figures @param {(took: number) => void} done
     */
    show(figures, done) {
      for (const [key, figure] of Object.entries(figures)) {
        const panel = panels.get(key);
        if (!panel) continue;
        panel.own = figure;
        panel.figure = page.dress(key, figure);
        if (watched.size === 0 || watched.has(key)) {
          queue.add(panel);
        } else {
          panel.tell(panel.figure);
          undrawn.add(panel);
        }
      }
      [whenDrawn, took] = [done, 0];
      later();
    },
    /** What stands beside the figure has changed. @param {string} key */
    dressAnew(key) {
      const panel = panels.get(key);
      if (!panel?.own) return;
      panel.figure = page.dress(key, panel.own);
      again(panel);
      panel.data.refresh();
    },
    /** Nobody looks any more. */
    end() {
      seen.disconnect();
      resized.disconnect();
      ended.abort();
    },
    /** Every figure's data panel that is open shows the numbers as they are now. */
    refreshData: () => panels.forEach((panel) => panel.data.refresh()),
  };
}

/**
 * @param {HTMLElement} element @param {FigureSpec} spec @param {LabSpec} lab @param {FigurePage} page
 * @param {(panel: Panel) => void} again Draws it once more.
 * @returns {Panel}
 */
function buildFigure(element, spec, lab, page, again) {
  const title = el("h2", { text: spec.title });
  const note = el("span", { class: "note" });
  const canvas = el("canvas", { role: "img", "aria-label": `${spec.title}. ${spec.description}` });
  const plot = el("div", { class: "plot" }, canvas);
  const ties = buildTies(canvas, () => again(panel), (key, value) => isFixed(element) || page.onChange({ [key]: value }));
  const handles = buildHandles(plot, canvas, lab, () => panel.own, page);
  const readout = buildReadout(plot, canvas, () => panel.figure);
  const data = buildDataPanel(() => panel, spec, lab, page.stand);
  element.prepend(el("figcaption", {}, title, note), plot);
  element.append(data.element);

  /** @param {FigureData} figure */
  const tell = (figure) => {
    const empty = figure.body === "empty";
    setText(title, figure.title);
    setText(note, figure.note);
    page.onNote(spec.key, figure.note);
    // an empty figure leaves its place but keeps being watched: it may come back
    element.toggleAttribute("data-empty", empty);
    if (!empty && !isPicture(figure)) showAsTable(plot, figure);
  };
  const draw = () => {
    const { make } = panel;
    panel.make = null;
    const made = make?.();
    if (made) {
      panel.own = panel.figure = made;
      data.refresh();
    }
    if (!panel.figure) return;
    const figure = ties.lit(panel.figure);
    tell(figure);
    if (!isPicture(figure) || canvas.clientWidth === 0) return;
    canvas.setAttribute("aria-label", `${figure.title}. ${figure.description}`);
    const zoom = Number(getComputedStyle(canvas).getPropertyValue("--zoom")) || 1;
    bindings.drawFigure(figure, canvas, (window.devicePixelRatio || 1) * zoom * (canvas.currentCSSZoom ?? zoomOf(canvas)));
    const held = isFixed(element) ? [] : figure.handles?.filter((handle) => !page.isLocked(changedBy(handle)));
    handles.place({ ...figure, handles: held }).catch(reportError);
    readout.refresh(figure);
  };
  /** @type {Panel} */
  const panel = { element, plot, canvas, own: null, figure: null, make: null, caption: () => "", data, tell, draw };
  canvas.addEventListener("contextrestored", () => again(panel)); // a browser short of memory takes pictures away
  return panel;
}

/** How much the page's own style makes an element larger, where the browser does not say so itself (WebKit). @param {Element | null} element @returns {number} */
function zoomOf(element) {
  if (!element) return 1;
  const root = element.getRootNode();
  return (Number(getComputedStyle(element).zoom) || 1) * zoomOf(element.parentElement ?? (root instanceof ShadowRoot ? root.host : null));
}

/** Calls back when a pixel of the page is another number of the screen's: on another screen, or zoomed. @param {() => void} onChange @param {AbortSignal} signal */
function watchFineness(onChange, signal) {
  matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`).addEventListener("change", () => {
    onChange();
    watchFineness(onChange, signal);
  }, { once: true, signal });
}

/** Whether no hand may change anything in a figure. @param {HTMLElement} element */
const isFixed = (element) => element.hasAttribute("data-locked");

/** The parameters that a place in a figure changes. @param {NonNullable<FigureData["handles"]>[number]} handle */
const changedBy = ({ sets, each, across, up }) => [...sets, ...(each ?? []), ...[across, up].flatMap((along) => along ?? [])].map(({ parameter }) => parameter);

let losses = 0;

/** A browser keeps a script that could not be had for lost: it is asked for under another address. */
function loadHandles() {
  /** @type {Promise<typeof import("./handles.js")>} */
  const parts = losses === 0 ? import("./handles.js") : import(`./handles.js?again=${losses}`);
  return parts.catch(() => {
    losses += 1;
    return null;
  });
}

/**
 * Where a hand changes settings in a figure; what puts it there is had when the first such figure comes.
 * @param {HTMLElement} plot @param {HTMLCanvasElement} canvas @param {LabSpec} lab @param {() => FigureData | null} latest @param {FigurePage} page
 */
function buildHandles(plot, canvas, lab, latest, page) {
  /** @type {FigureData | null} */
  let shown = null;
  /** @type {ReturnType<typeof import("./handles.js").buildHandles> | null} */
  let handles = null;
  // meanwhile another lab may be shown in its place
  const place = () => shown && canvas.clientWidth > 0 && handles?.place(shown, canvas.clientWidth, canvas.clientHeight);
  return {
    /** @param {FigureData} figure */
    async place(figure) {
      shown = figure;
      if (handles) return void place();
      if (!figure.handles?.length) return;
      const parts = await loadHandles();
      handles ??= parts?.buildHandles(plot, lab, latest, page) ?? null;
      place();
    },
  };
}
