// Light, dark or as the system has it; and the larger type of the lecture room.

import { part } from "./dom.js";

const THEMES = ["system", "light", "dark"];

/**
 * @param {HTMLButtonElement} button
 * @param {() => void} onChange The figures' colours are to be drawn anew.
 */
export function connectTheme(button, onChange) {
  const root = document.documentElement;
  /** @param {string} theme */
  const show = (theme) => {
    if (theme === "system") delete root.dataset.theme;
    else root.dataset.theme = theme;
    part(button, ".visually-hidden", HTMLElement).textContent = `Theme: ${theme}`;
    button.title = `Theme: ${theme}`;
    requestAnimationFrame(onChange);
  };
  let theme = root.dataset.theme ?? "system"; // first.js has recalled it
  show(theme);
  button.addEventListener("click", () => {
    theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
    remember(theme);
    show(theme);
  });
}

/** Calls back when the system changes its colours. @param {() => void} onChange */
export function watchColours(onChange) {
  for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) {
    matchMedia(query).addEventListener("change", () => requestAnimationFrame(onChange));
  }
}

/**
 * A sheet is light, whatever the page is.
 * @param {() => void} draw Draws the figures in the colours there are, at once.
 * @param {HTMLElement} [root] What bears the theme. @param {AbortSignal} [signal] Until when.
 */
export function readyForPaper(draw, { dataset } = document.documentElement, signal = undefined) {
  /** @type {string | undefined} */
  let theme;
  addEventListener("beforeprint", () => {
    theme = dataset.theme;
    dataset.theme = "light";
    dataset.paper = "";
    draw();
  }, { signal });
  addEventListener("afterprint", () => {
    delete dataset.paper;
    if (theme === undefined) delete dataset.theme;
    else dataset.theme = theme;
    draw();
  }, { signal });
}

/** @param {HTMLButtonElement} button @param {() => void} onChange */
export function connectPresenting(button, onChange) {
  /** @param {boolean} [wanted] The other way round where it is not said. */
  const turn = (wanted) => {
    const on = document.documentElement.toggleAttribute("data-presenting", wanted);
    button.setAttribute("aria-pressed", String(on));
    requestAnimationFrame(onChange);
  };
  button.addEventListener("click", () => turn());
  addEventListener("keydown", ({ key, defaultPrevented, target }) => {
    // in a field and in a dialog Escape gives up what was typed, or closes
    const taken = defaultPrevented || (target instanceof Element && target.closest("input:not([type=range]), select, textarea, dialog"));
    if (key === "Escape" && !taken && document.documentElement.hasAttribute("data-presenting")) turn(false);
  });
}

/** @param {string} theme */
function remember(theme) {
  try {
    localStorage.setItem("theme", theme);
  } catch {}
}
