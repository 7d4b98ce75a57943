// A formula that is wider than its place is scrolled there, by the keyboard too.

/** @param {HTMLElement} section Every displayed formula in it can take the focus for as long as it scrolls. */
export function buildFormulas(section) {
  const resized = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      // a line of a derivation that is still to come (stepper.js) is there for screen readers alone
      const seen = target.closest("[data-line=later]") === null;
      if (seen && target.scrollWidth > target.clientWidth) target.setAttribute("tabindex", "0");
      else target.removeAttribute("tabindex");
    }
  });
  for (const formula of section.querySelectorAll('math[display="block"]')) resized.observe(formula);
}
