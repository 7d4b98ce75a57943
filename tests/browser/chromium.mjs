// Chromium behind the thin interface: driven by playwright, which notes by itself what goes amiss.
import { startChromium } from "./harness.mjs";
import { Tab } from "./tab.mjs";

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

  async url() { return this.tab.page.url(); }

  reload() { return this.tab.page.reload(); }

  async inFrame(selector) {
    const element = await this.tab.page.waitForSelector(selector);
    return new ChromiumTab(this.tab, await element.contentFrame());
  }

  async takeProblems() { return this.tab.problems.splice(0); }

  close() { return this.tab.close(); }
}
