// The look of a lab in somebody else's page. The style sheets are those of our own page; what they measure by
// the window is measured by the place that the element has, and what they set for the document by its root in
// the shadow. They are read once and shared by all elements.

import { fetchFile } from "../engine/files.js";

/** In the order of embed.html, with the media that stand there. @type {[name: string, media?: string][]} */
const SHEETS = [["theme"], ["page"], ["lab"], ["stage", "screen"], ["embed", "screen"], ["print"], ["element"]];

/** @type {Promise<CSSStyleSheet> | null} */
let made = null;

export function styles() {
  made ??= make();
  made.catch(() => (made = null)); // asked for again by the next
  return made;
}

async function make() {
  const texts = await Promise.all(SHEETS.map(async ([name, media]) => {
    const answer = await fetchFile(`styles/${name}.css`);
    if (!answer.ok) throw new Error("its style sheets could not be loaded");
    const text = forRoot(await answer.text());
    return media ? `@media ${media} {\n${text}\n}` : text;
  }));
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(texts.join("\n"));
  byPlace(sheet);
  addFace().catch(() => {}); // formulas are read in another face too
  return sheet;
}

/** The document's own rules become the root's; so do its units. @param {string} text */
const forRoot = (text) => text
  .replace(/@font-face \{[^}]*\}/g, "") // has no effect in a shadow
  .replace(/:root|^(?:html|body)(?= \{)/gm, ".root")
  .replace(/(?<![\w-])(\d*\.?\d+)rem\b/g, "calc($1 * var(--size))")
  .replace(/(?<![\w-])(\d*\.?\d+)[sd]?vh\b/g, (whole, number) => (number === "1" ? whole : `calc(${number} * var(--tall))`));

/** @typedef {CSSStyleSheet | CSSGroupingRule} Rules */

/** What depends on the width of a page depends, in an element, on that of its place. @param {Rules} rules */
function byPlace(rules) {
  for (let at = rules.cssRules.length - 1; at >= 0; at -= 1) {
    const rule = rules.cssRules[at];
    if (!(rule instanceof CSSMediaRule)) continue;
    byPlace(rule);
    if (!rule.conditionText.includes("width")) continue;
    const body = [...rule.cssRules].map(({ cssText }) => cssText).join("\n");
    rules.deleteRule(at);
    for (const query of rule.conditionText.split(",")) rules.insertRule(placed(query.trim(), body), at);
  }
}

/** @param {string} query @param {string} body */
function placed(query, body) {
  const parts = query.split(" and ");
  const widths = parts.filter((part) => part.includes("width"));
  const others = parts.filter((part) => !part.includes("width"));
  const inner = widths.length > 0 ? `@container lab ${widths.join(" and ")} {\n${body}\n}` : body;
  return others.length > 0 ? `@media ${others.join(" and ")} {\n${inner}\n}` : inner;
}

/** A face belongs to the document. */
async function addFace() {
  const answer = await fetchFile("fonts/math.woff2");
  if (answer.ok) document.fonts.add(await new FontFace("Regplay Math", await answer.arrayBuffer()).load());
}
