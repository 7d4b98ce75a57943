// What axe finds wrong with a page.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** WCAG 2.2 AA, as far as a program can check it. */
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** The rules that a page breaks, or a part of it, and where. */
export async function broken(page, part = "html") {
  if (await page.evaluate(() => !window.axe)) await page.evaluate(AXE);
  return page.evaluate(async ({ values, part }) => {
    const { violations } = await window.axe.run(document.querySelector(part), { runOnly: { type: "tag", values }, resultTypes: ["violations"] });
    // WCAG 2.5.8 lets a target be small where a control on the same page does the same and is large enough:
    // places in a figure may lie close together if each of their parameters has such a control
    const hasControls = (place) => place.dataset.handle.split(" ").every((key) => {
      const control = place.closest("section").querySelector(`.controls [name="${key}"]`);
      return control !== null && (!control.checkVisibility() || control.getBoundingClientRect().height >= 24);
    });
    const isLet = ({ target }) => {
      const place = [target[0]].flat().reduce((root, selector) => (root.shadowRoot ?? root).querySelector(selector), document);
      return Boolean(place?.matches(".handle")) && hasControls(place);
    };
    const told = violations.map(({ id, nodes }) => ({ id, nodes: id === "target-size" ? nodes.filter((node) => !isLet(node)) : nodes }));
    return told.filter(({ nodes }) => nodes.length > 0).map(({ id, nodes }) => `${id}: ${nodes.map(({ html, any }) => [html.slice(0, 120), ...any.map(({ message }) => message)].join(": ")).join(" | ")}`);
  }, { values: RULES, part });
}
