// Chromium behind the thin interface: driven by playwright, which notes by itself what goes amiss.
import { startChromium } from "./harness.mjs";
import { Tab } from "./tab.mjs";

/** So many places on the way are told of a move of the mouse. */
const DRAG_STEPS = 4;

export async function launchChromium(origins) {
  const { browser, open, close } = await startChromium(origins);
  return { version: browser.version(), open: async (url) => new ChromiumTab(await open(url)), close };
}

class ChromiumTab extends Tab {
  constructor(tab, frame = tab.page.mainFrame()) {
    super();
    Object.assign(this, { tab, frame });
  }

  run(expression) { return this.frame.evaluate(expression); }

  click(selector) { return this.frame.locator(selector).click(); }

  fill(selector, text) { return this.frame.locator(selector).fill(text); }

  press(selector, key) { return this.frame.locator(selector).press(key); }

  choose(selector, value) { return this.frame.locator(selector).selectOption(value); }

  async drag(selector, shares, each) {
    const element = this.frame.locator(selector);
    await element.scrollIntoViewIfNeeded();
    const { x, y, width, height } = await element.boundingBox();
    const { mouse } = this.tab.page;
    const go = (share, steps) => mouse.move(x + share * width, y + height / 2, { steps });
    await go(shares[0], 1);
    await mouse.down();
    for (const share of shares) {
      await go(share, DRAG_STEPS);
      await each();
    }
    await mouse.up();
  }

  async url() { return this.tab.page.url(); }

  reload() { return this.tab.page.reload(); }

  async inFrame(selector) {
    const element = await this.tab.page.waitForSelector(selector);
    return new ChromiumTab(this.tab, await element.contentFrame());
  }

  async takeProblems() { return this.tab.problems.splice(0); }

  close() { return this.tab.close(); }
}
