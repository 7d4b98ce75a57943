// What a test can do with a tab, in every browser.
import { spawnSync } from "node:child_process";

/** The longest wait for anything, in milliseconds. */
export const WAIT_MS = 60_000;
const POLL_MS = 50;

/** Looks again and again until there is something; null where there was nothing all that time, in milliseconds. */
export async function eventually(look, wait = WAIT_MS) {
  for (const end = Date.now() + wait; Date.now() < end;) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return null;
}

/** The first of these programs that is on PATH. */
export function findProgram(names) {
  for (const name of names) {
    const found = spawnSync("which", [name], { encoding: "utf8" });
    if (found.status === 0) return found.stdout.trim();
  }
  return null;
}

/** What playwright has of a page on its own side of things. */
export const innerOf = (thing) => thing._connection.toImpl(thing);

/** Where a page is and what it tells a person there and then, for whoever has to find out what went wrong. */
const said = () => ({
  address: location.hash,
  shown: { ...document.querySelector("section[data-lab]:not([hidden])")?.dataset },
  told: [...document.querySelectorAll("[role=status], [role=alert], dialog[open], .notice")].filter((part) => part.checkVisibility())
    .map(({ className, textContent }) => `${className}: ${textContent.trim().slice(0, 200)}`),
  focus: document.activeElement?.outerHTML.slice(0, 120),
});

/**
 * The thin interface. Each way to drive a browser (chromium.mjs, webdriver.mjs) adds these verbs to the two
 * below; a selector names one element, which is waited for:
 *
 *   click(selector)          fill(selector, text)     press(selector, key)     choose(selector, value)
 *   drag(selector, shares, each)   takes hold of it at the first of these shares of its width, goes on to each
 *                            of them, where `each` is awaited, and lets go at the last
 *   strike(steps)            input as a hand's, at places of the window, one step after the other: {move: [x, y]},
 *                            {down}, {up}, {touch: [[x, y], …]} from place to place, {key, shift}
 *   resize(width, height)
 *   url()                    reload()                 inFrame(selector)        close()
 *   takeProblems()           what went amiss since the last time
 *   run(expression)          what a JavaScript expression gives on the page
 */
export class Tab {
  /** What the browser tells of the page once garbage is collected: its `heap` in bytes, `nodes` and `listeners`; those that it does not tell are left out. */
  async measure() {
    return {};
  }

  /**
   * What a function gives, called on the page with these values; plain values alone go in and out.
   * It stands for itself: nothing around it is known on the page.
   */
  evaluate(act, ...values) {
    return this.run(`(${act})(...${JSON.stringify(values)})`);
  }

  /** As `evaluate`, again and again until there is something. */
  async waitFor(look, ...values) {
    const found = await eventually(() => this.evaluate(look, ...values));
    if (found === null) throw new Error(`waited ${WAIT_MS / 1000} seconds in vain for ${look} with ${JSON.stringify(values)}; the page says ${JSON.stringify(await this.evaluate(said))}`);
    return found;
  }
}
