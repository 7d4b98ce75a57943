// A formula that is wider than its place is scrolled there, by the keyboard too.

/** @param {HTMLElement} section Every displayed formula in it can take the focus for as long as it scrolls. */
export function buildFormulas(section) {
  const resized = new ResizeObserver((entries) => {
    // all are measured before any is changed: else each would be laid out anew
    const scrolled = entries.filter(({ target }) => isSeen(target) && target.scrollWidth > target.clientWidth);
    for (const entry of entries) {
      if (scrolled.includes(entry)) entry.target.setAttribute("tabindex", "0");
      else entry.target.removeAttribute("tabindex");
    }
  });
  for (const formula of section.querySelectorAll('math[display="block"]')) {
    resized.observe(formula);
    if (formula.parentElement) resized.observe(formula.parentElement); // which scrolls in WebKit
  }
}

/** A line of a derivation that is still to come (stepper.js) is there for screen readers alone. @param {Element} formula */
const isSeen = (formula) => formula.closest("[data-line=later]") === null;
