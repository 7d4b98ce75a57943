// The way to the labs: one pill for each section of the lecture, and below them, where the section
// that is shown has more than one lab, its labs. Both are links in the markup (tools/pages.mjs writes
// them), which lead to the labs' texts where no script runs; here they open the labs themselves.

/**
 * @param {HTMLElement} pills One link for each of the lecture's sections, named as that is.
 * @param {HTMLElement} row One link for each lab (`data-lab`), of the section `data-group`.
 */
export function buildNav(pills, row) {
  const links = [...row.querySelectorAll("a")];
  for (const link of links) link.href = addressOf(link.dataset.lab);
  /** @param {HTMLElement} pill */
  const groupOf = (pill) => links.filter(({ dataset }) => dataset.group === pill.textContent);
  for (const pill of pills.querySelectorAll("a")) pill.setAttribute("href", addressOf(groupOf(pill)[0].dataset.lab));

  return {
    /** What the links call a lab, in full. @param {string} lab */
    nameOf(lab) {
      const link = links.find(({ dataset }) => dataset.lab === lab);
      const { group = lab } = link?.dataset ?? {};
      return link && link.textContent !== group ? `${group}: ${link.textContent}` : group;
    },
    /** Marks the lab that is shown. @param {string} lab */
    show(lab) {
      for (const pill of pills.querySelectorAll("a")) {
        const labs = groupOf(pill);
        const here = labs.some(({ dataset }) => dataset.lab === lab);
        mark(pill, here && "true");
        for (const link of labs) {
          link.hidden = !here;
          mark(link, link.dataset.lab === lab && "page");
        }
        if (!here) continue;
        pill.href = addressOf(lab); // coming back to a section is coming back to its lab
        // the row alone: to bring the pill into view would scroll the page too
        const { left, width } = pill.getBoundingClientRect();
        pills.scrollLeft += left + width / 2 - (pills.getBoundingClientRect().left + pills.clientWidth / 2);
        row.hidden = labs.length < 2;
      }
    },
  };
}

/** In full: a fragment alone would be taken for a way past the navigation. @param {string} [lab] */
const addressOf = (lab) => new URL(`#${lab}`, location.href).href;

/** @param {HTMLElement} element @param {string | false} current */
function mark(element, current) {
  if (current) element.setAttribute("aria-current", current);
  else element.removeAttribute("aria-current");
}
