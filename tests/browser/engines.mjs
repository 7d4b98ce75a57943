// Tests that run in Chromium, Firefox and WebKitGTK: written once, told apart by name.
//
//   everywhere("the first lab opens", async (site) => {
//     const tab = await site.openLab("#playground");
//     await tab.waitFor(() => document.querySelector("section[data-state][data-drawn]") !== null);
//   });
//
// A tab's verbs are in tab.mjs. Nothing may go amiss in any tab, unless the test says what has to.
import assert from "node:assert/strict";
import { after } from "node:test";
import { launchChromium } from "./chromium.mjs";
import { doors, serveHost, servePage, serveWatched } from "./serve.mjs";
import { eventually } from "./tab.mjs";
import test, { HANGS_MS } from "./testing.mjs";
import { launchFirefox, launchWebKit } from "./webdriver.mjs";

/** What is served, once for all browsers of a file of tests. */
async function serve() {
  const page = await servePage();
  const [host, watched] = await Promise.all([serveHost(page.url), serveWatched(page)]);
  return { page, host, watched, close: () => [watched, host, page].forEach((server) => server.close()) };
}

const ENGINES = {
  async Chromium({ page, host, watched }) { return { url: page.url, ...await launchChromium([page.url, host.url, watched.url]) }; },
  async Firefox({ watched }) { return { url: watched.url, ...await launchFirefox(watched) }; },
  async WebKitGTK({ watched }) { return { url: watched.url, ...await launchWebKit(watched) }; },
};

/** What was started, each at its first use: a browser that cannot be had fails its own tests alone. */
const started = new Map();

function once(name, begin) {
  if (!started.has(name)) started.set(name, begin());
  return started.get(name);
}

after(async () => {
  // the browsers before what they look at
  for (const thing of [...started.values()].reverse()) await thing.then(({ close }) => close(), () => {});
});

/** Nothing went amiss, or else what had to is noted, sooner or later. */
async function checkProblems(tabs, amiss) {
  const noted = [];
  const take = async () => { for (const tab of tabs) noted.push(...await tab.takeProblems()); };
  const missing = () => amiss.filter((kind) => !noted.some((text) => kind.test(text)));
  await take();
  if (amiss.length === 0) return assert.deepEqual(noted, []);
  await eventually(async () => missing().length === 0 || take());
  assert.deepEqual(missing(), [], noted.join("\n"));
}

/**
 * One test for each browser, or for those that are named, where `EVERY_ENGINE` does not ask for all; `body` gets the ways into the page, `amiss` what
 * has to go amiss, as patterns. A browser that hangs holds up the other tests no longer than `hangsMs`.
 */
export function everywhere(name, body, { amiss = [], engines = Object.keys(ENGINES), hangsMs = HANGS_MS } = {}) {
  for (const engine of process.env.EVERY_ENGINE ? Object.keys(ENGINES) : engines) {
    const launch = ENGINES[engine];
    test(`${name} (${engine})`, { timeout: hangsMs }, async (t) => {
      const served = await once("the page", serve);
      const browser = await once(engine, async () => {
        const launched = await launch(served);
        t.diagnostic(`${engine} ${launched.version}`);
        return launched;
      });
      const tabs = [];
      const open = async (url) => {
        const tab = await browser.open(url);
        tabs.push(tab);
        return tab;
      };
      try {
        await body({ engine, watchedUrl: served.watched.url, say: (text) => t.diagnostic(`${engine}: ${text}`), ...doors(open, browser.url, served.host.url) });
        await checkProblems(tabs, amiss);
      } finally {
        for (const tab of tabs) await tab.close().catch(() => {}); // a browser that is gone has failed the test already
      }
    });
  }
}
