// What lab.mjs has for Chromium, for a tab of any browser.

/** The one lab that is shown. */
export const SHOWN = "section[data-lab]:not([hidden])";

/** The lab that a link holds is shown, and its first state is drawn. */
export const ready = (tab, id) => tab.waitFor((shown, id) => document.querySelector(`${shown}[data-lab=${id}][data-state][data-drawn]`) !== null, SHOWN, id);

/** What is asked for is on screen: the run's end, and nothing of it is computed any more. */
export const done = (tab) => tab.waitFor((shown) => document.querySelector(`${shown}[data-state=done][data-drawn]`) !== null, SHOWN);

/** Lets runs go as fast as they can; a frame has no choice of pace. */
export const hurry = (tab) => tab.choose(`${SHOWN} .pace`, "fast");

/** The run that was opened has come to its planned end, by itself; gives every metric as it is written there. */
export async function finish(tab) {
  await done(tab);
  return tab.evaluate((shown) => Object.fromEntries([...document.querySelectorAll(`${shown} [data-metric-of]`)]
    .filter((cell) => cell.textContent !== "").map((cell) => [cell.dataset.metricOf, cell.textContent])), SHOWN);
}

/** What would be saved as a file is kept in the page instead, as `data-saved` of its root. */
export const keepSaved = (tab) => tab.evaluate(() => {
  window.HTMLAnchorElement.prototype.click = function click() { if (!this.download) this.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true })); };
  const { createObjectURL } = window.URL;
  window.URL.createObjectURL = (blob) => {
    blob.text().then((text) => (document.documentElement.dataset.saved = text));
    return createObjectURL(blob);
  };
});
