// The prose of the labs: one file for each, `labs/<id>.html`, read when its lab is opened.

/** A text that has not come by then will not come, in milliseconds. */
const PATIENCE_MS = 15_000;

/**
 * A lab's section, ready to be put into the page. What it comes from is inert: nothing in it runs.
 * @param {string} lab
 * @returns {Promise<HTMLElement>}
 */
export function loadSection(lab) {
  return new Promise((resolve, reject) => {
    const fail = () => reject(new Error("its text could not be loaded"));
    const request = new XMLHttpRequest();
    request.open("GET", new URL(`../labs/${lab}.html`, import.meta.url));
    request.responseType = "document";
    request.onload = () => {
      const section = request.response?.querySelector("section[data-lab]");
      if (section?.dataset.lab === lab) resolve(adopted(section));
      else fail();
    };
    request.onerror = fail;
    request.ontimeout = fail;
    request.timeout = PATIENCE_MS;
    request.send();
  });
}

/** On its own a lab's text leads to the page; here that is where it stands. @param {HTMLElement} section */
function adopted(section) {
  const here = document.importNode(section, true);
  for (const link of here.querySelectorAll('a[href^="../index.html#"]')) {
    link.setAttribute("href", /** @type {HTMLAnchorElement} */ (link).hash);
  }
  return here;
}

/** A lab's name in full. @param {HTMLElement} section */
export const nameOf = ({ dataset: { group, pill } }) => (group ? `${group}: ${pill}` : pill);
