// The way to the labs: one pill for each section of the lecture, and below them, where the section
// that is shown has more than one lab, its labs.

import { el } from "./dom.js";

/** A lab's name in full. @param {HTMLElement} section */
export const nameOf = ({ dataset: { group, pill } }) => (group ? `${group}: ${pill}` : pill);

/**
 * @param {HTMLElement} header The page's head, with its `nav`.
 * @param {Map<string, HTMLElement>} sections Every lab's section: `data-pill` is its short name,
 *   `data-group` that of the lecture's section where it is not the same.
 */
export function buildNav(header, sections) {
  const groups = new Map();
  for (const [lab, { dataset }] of sections) {
    const name = dataset.group ?? dataset.pill;
    const labs = groups.get(name) ?? [];
    groups.set(name, [...labs, lab]);
  }
  const link = (lab, text) => el("a", { href: `#${lab}`, text });
  const pills = new Map([...groups].map(([name, labs]) => [name, link(labs[0], name)]));
  header.querySelector("nav").append(...pills.values());
  const labs = el("nav", { class: "labs", "aria-label": "Labs of this section" });
  header.after(labs);

  return {
    /** Marks the lab that is shown. @param {string} lab */
    show(lab) {
      for (const [name, pill] of pills) {
        const here = groups.get(name).includes(lab);
        mark(pill, here && "true");
        if (!here) continue;
        pill.href = `#${lab}`; // coming back to a section is coming back to its lab
        pill.scrollIntoView({ block: "nearest", inline: "center" });
        const others = groups.get(name).map((id) => {
          const other = link(id, sections.get(id).dataset.pill);
          mark(other, id === lab && "page");
          return other;
        });
        labs.replaceChildren(...others);
        labs.hidden = others.length < 2;
      }
    },
  };
}

function mark(element, current) {
  if (current) element.setAttribute("aria-current", current);
  else element.removeAttribute("aria-current");
}
