// How high the frame would have to be to show all of its lab, told to the page around it. What is told does not
// depend on how high the frame is now: so whoever follows it is told once, and not again.

import { tell, tellCourse } from "./messages.js";

/** @param {HTMLElement} main */
export function tellHeight(main) {
  const root = document.documentElement;
  let told = 0;
  new ResizeObserver(() => {
    if (innerWidth === 0) return; // hidden: nobody sees it, and it has no height
    root.toggleAttribute("data-whole", true);
    const height = Math.ceil(main.getBoundingClientRect().bottom + scrollY);
    root.toggleAttribute("data-whole", false);
    if (height === told || height === 0) return;
    told = height;
    tell({ action: "resize", height });
    tellCourse(height);
  }).observe(main);
}
