// The share dialog: the link to this very run, and the line that puts it into a course page.

import { linkTo } from "./link.js";

/**
 * @param {HTMLDialogElement} dialog
 * @param {HTMLButtonElement} button
 * @param {() => {lab: string, title: string, query: string} | null} current The run that is shown.
 */
export function connectShare(dialog, button, current) {
  /** @param {string} name */
  const field = (name) => {
    const found = dialog.querySelector(`[name=${name}]`);
    if (found instanceof HTMLInputElement || found instanceof HTMLTextAreaElement) return found;
    throw new Error(`the page has no field named ${name}`);
  };
  button.addEventListener("click", () => {
    const run = current();
    if (!run) return;
    const { lab, title, query } = run;
    field("link").value = linkTo("index.html", lab, query).replace("/index.html#", "/#");
    const source = linkTo("embed.html", lab, query).replaceAll("&", "&amp;");
    field("iframe").value = `<iframe src="${source}" title="${title}" width="100%" height="640" loading="lazy"></iframe>`;
    dialog.showModal();
  });
  for (const copy of dialog.querySelectorAll("[data-copy]")) {
    copy.addEventListener("click", async () => {
      const source = field(copy.getAttribute("data-copy") ?? "");
      source.select();
      try {
        await navigator.clipboard.writeText(source.value);
        copy.textContent = "Copied";
      } catch {
        copy.textContent = "Press Ctrl+C";
      }
      setTimeout(() => (copy.textContent = "Copy"), 2000);
    });
  }
}
