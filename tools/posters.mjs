// Draws what every lab comes to: its picture at the end of the default run, as www/posters/<lab>-<theme>.svg.
// The same bits in every engine, so a test draws them anew and compares.
import { mkdirSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { bindings, read } from "./pages.mjs";

export const THEMES = ["light", "dark"];
const [WIDTH, HEIGHT] = [400, 225];

const www = new URL("../www/", import.meta.url);

/** Every poster, by its file's name. @returns {Promise<Map<string, string>>} */
export async function posters() {
  const lab = await bindings();
  const drawn = lab.catalogue().flatMap(({ id, title }) => {
    const run = new lab.Lab(id);
    run.advance(run.progress().of);
    const figures = pictures(id).map((keys) => keys.map((key) => run.figure(key)).filter(({ body }) => body !== "empty"));
    const shown = figures.find((figures) => figures.length > 0);
    return THEMES.map((theme) => [`${id}-${theme}.svg`, poster(lab, title, shown, theme)]);
  });
  return new Map(drawn);
}

/**
 * The keys of the figures that may stand for a lab, those of one picture together: the one that is marked for
 * it, its picture, its main figure.
 */
function pictures(id) {
  const text = read(`labs/${id}.html`);
  const keysIn = (html) => [...html.matchAll(/data-figure="(\w+)"/g)].map(([, key]) => key);
  const pictures = [...text.matchAll(/<figure [^>]*data-picture[^>]*>|<div class="pair" data-picture>[^]*?<\/div>/g)].map(([html]) => keysIn(html));
  const marked = (mark) => [...text.matchAll(new RegExp(`<figure [^>]*${mark}[^>]*>`, "g"))].map(([html]) => keysIn(html));
  return [...marked("data-poster"), ...pictures, ...marked("data-hero")];
}

/** Figures side by side. */
function poster(lab, title, figures, theme) {
  const width = Math.floor(WIDTH / figures.length);
  const parts = figures.map((figure) => lab.svgFigure(figure, width, HEIGHT, theme));
  if (parts.length === 1) return `${parts[0].trim()}\n`;
  const inside = parts.map((part, i) => part.trim().replace("<svg ", `<svg x="${i * width}" `));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img">\n<title>${title}</title>\n${inside.join("\n")}\n</svg>\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  mkdirSync(new URL("posters/", www), { recursive: true });
  for (const [name, svg] of await posters()) writeFileSync(new URL(`posters/${name}`, www), svg);
}
