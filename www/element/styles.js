// The look of a lab in somebody else's page. The style sheets are those of our own page; what they measure by
// the window is measured by the place that the element has, and what they set for the document by its root in
// the shadow. They are read once and shared by all elements.

import { fetchFile } from "../engine/files.js";

/** In the order of embed.html, with the media that stand there. @type {[name: string, media?: string][]} */
const SHEETS = [["theme"], ["page"], ["lab"], ["stage", "screen"], ["embed", "screen"], ["print"], ["element"]];

/** A sheet belongs to one document. @type {WeakMap<Document, Promise<CSSStyleSheet>>} */
const made = new WeakMap();

/** @param {Document} page @returns {Promise<CSSStyleSheet>} */
export function styles(page) {
  const sheet = made.get(page) ?? (page === document ? make() : styles(document).then((first) => copy(first, page)));
  made.set(page, sheet);
  sheet.catch(() => made.delete(page)); // asked for again by the next
  addFace(page).catch(() => {}); // formulas are read in another face too
  return sheet;
}

/** @param {CSSStyleSheet} first @param {Document} page */
function copy(first, page) {
  const sheet = emptySheet(page);
  if (!sheet) throw new Error("its page is not shown anywhere");
  sheet.replaceSync([...first.cssRules].map(({ cssText }) => cssText).join("\n"));
  return sheet;
}

/** @param {Document} page @returns {CSSStyleSheet | null} null where it has no window. */
function emptySheet({ defaultView }) {
  return defaultView && new (/** @type {typeof globalThis} */ (/** @type {unknown} */ (defaultView)).CSSStyleSheet)();
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

/** A face belongs to the document. @type {WeakSet<Document>} */
const faced = new WeakSet();

/** @param {Document} page */
async function addFace(page) {
  if (faced.has(page)) return;
  faced.add(page);
  const answer = await fetchFile("fonts/math.woff2");
  if (answer.ok) page.fonts.add(await new FontFace("Regplay Math", await answer.arrayBuffer()).load());
}
