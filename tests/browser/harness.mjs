// What the end-to-end tests share: the page as `build.sh serve` serves it, a
// second origin that embeds it, and Chromium tabs that note everything amiss.
// Tests that run in every browser: engines.mjs.
//
//   const lab = await start();
//   const tab = await lab.openLab("#playground?keep_prob=0.5", { viewport: { width: 360, height: 640 } });
//   await tab.page.locator("input[name=keep_prob]").first().fill("0.8");
//   assert.deepEqual(tab.problems, []);
//   await lab.close();
import { chromium } from "playwright-core";
import { LATE_SCRIPT } from "./late.mjs";
import { doors, serveHost, servePage, serveSlowly } from "./serve.mjs";
import { findProgram } from "./tab.mjs";

const CHROME_NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const CHROME_ARGS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];

/** The browser that these tests are for is Chromium; `TESTS_IN` has them run once more in `firefox` or `webkit`. */
const BROWSER = process.env.TESTS_IN || "chromium";
export const inChromium = BROWSER === "chromium";
const NAMES = { chromium: "Chromium", firefox: "Firefox", webkit: "WebKitGTK" };

/** What of all that tests need is not to be had: of these browsers, or of what drives them. */
const LACKING = {
  firefox: {
    "elements that move between documents": "what is moved into another document becomes of that document's kinds, and is refused there",
    memory: "its driver collects no garbage and counts no memory",
    "new windows": "what may be copied, and what opens beside, is another thing there",
    "the way into workers": "its driver reaches into no worker",
  },
  webkit: {
    "another screen": "its driver moves no window to another screen",
    memory: "its driver counts no memory",
    "new windows": "its driver knows one window alone",
    "pages without scripts": "its driver asks a page by script",
  },
};

/** Why one of these is not to be had here; undefined where all are. @param {string[]} wanted */
const lacking = (wanted) => wanted.map((what) => LACKING[BROWSER]?.[what]).find(Boolean);

/** For a test: `test(name, needs("memory"), …)` is left out, and says so, where that is not to be had. @param {string[]} wanted */
export const needs = (...wanted) => (lacking(wanted) ? { skip: `not in ${NAMES[BROWSER]}: ${lacking(wanted)}` } : {});

/** For a part of a test. @param {string} wanted */
export const has = (wanted) => !lacking([wanted]);

/** `THROTTLE=8` has a page in Chromium compute eight times slower than it could, so that a test that does not wait for what it reads fails. */
const THROTTLE = Number(process.env.THROTTLE ?? 1);

let told = "";

/** Which browser it is, once in each file of tests. */
function tell(version) {
  const name = `${NAMES[BROWSER]} ${version}`;
  if (told !== name) console.log(name);
  told = name;
}

const STARTS = { chromium: launchChromium, firefox: async () => (await import("./firefox.mjs")).startFirefox(), webkit: async () => (await import("./webkit.mjs")).startWebKit() };

/** Serves the page and a second origin, and launches the browser. */
export async function start() {
  const server = await servePage();
  const host = await serveHost(server.url);
  const origins = [server.url, host.url];
  const { open, close } = apart(await STARTS[BROWSER](), origins);
  return {
    ...doors(open, server.url, host.url),
    /** The page as over a slow network. */
    async slowly(network) {
      const slow = await serveSlowly(server.url, network);
      origins.push(slow.url);
      return slow;
    },
    async close() {
      await close();
      host.close();
      server.close();
    },
  };
}

/** A browser that opens each address in a tab of its own, which asks nobody but these origins for anything. */
const apart = (browser, origins) => ({ ...browser, open: async (url, options) => openTab(await browser.open(kindOf(options)), url, origins) });

export const startChromium = async (origins) => apart(await launchChromium(), origins);

async function launchChromium() {
  const browser = await chromium.launch({ executablePath: chromePath(),
    args: process.getuid?.() === 0 ? [...CHROME_ARGS, "--no-sandbox"] : CHROME_ARGS });
  const version = browser.version();
  return {
    version,
    async open(kind) {
      const context = await browser.newContext(kind);
      const page = await context.newPage();
      const rescale = async (deviceScaleFactor, { width, height }) => {
        await (await context.newCDPSession(page)).send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor, mobile: false });
      };
      return { context, page, version, rescale, close: () => context.close() };
    },
    close: () => browser.close(),
  };
}

/** The browser to test with: $CHROME, else the first on PATH. */
function chromePath() {
  if (process.env.CHROME) return process.env.CHROME;
  const found = findProgram(CHROME_NAMES);
  if (found) return found;
  throw new Error(`no browser to test with: set CHROME, or have one of ${CHROME_NAMES.join(", ")} on PATH`);
}

/** What a tab looks like where nothing else is asked for. */
const kindOf = ({ viewport = { width: 1280, height: 800 }, colorScheme = "light", reducedMotion = "no-preference", forcedColors = "none", deviceScaleFactor = 1, javaScriptEnabled = true } = {}) =>
  ({ viewport, colorScheme, reducedMotion, forcedColors, deviceScaleFactor, javaScriptEnabled });

/** WebKit's words for it where a request is cut off; one that is refused is told in others as well. */
const CUT_OFF = /^.*[Cc]annot load \S+ due to access control checks\.$/m;

/** Goes to an address in a tab, which may be moved to a screen of another density (`rescale`), and whose `problems` collects console errors, uncaught errors, failed and foreign requests, and CSP violations. */
async function openTab({ context, page, version, rescale, close: closeTab }, url, origins) {
  tell(version);
  const problems = [];
  const note = (kind, text) => problems.push(`${kind}: ${text}`);
  await context.exposeBinding("noteViolation", (_source, text) => note("security policy", text));
  await context.addInitScript(() => document.addEventListener("securitypolicyviolation",
    (event) => window.noteViolation(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`)));
  context.on("console", (message) => { if (message.type() === "error" && !CUT_OFF.test(message.text())) note("console", message.text()); });
  context.on("weberror", (error) => {
    const told = error.error().stack || error.error().message;
    if (!CUT_OFF.test(told)) note("uncaught", told);
  });
  context.on("request", (request) => {
    const own = origins.some((origin) => request.url().startsWith(origin)) || /^(data|blob|about):/.test(request.url());
    if (!own) note("foreign request", request.url());
  });
  // What a reload or a close cuts off is no failure.
  context.on("requestfailed", (request) => {
    const error = request.failure()?.errorText;
    if (!["net::ERR_ABORTED", "NS_BINDING_ABORTED", "Load request cancelled"].includes(error)) note("failed request", `${request.url()} ${error}`);
  });
  context.on("response", (response) => { if (response.status() >= 400) note("failed request", `${response.url()} ${response.status()}`); });
  if (THROTTLE > 1) await (await context.newCDPSession(page)).send("Emulation.setCPUThrottlingRate", { rate: THROTTLE });
  if (LATE_SCRIPT) await context.addInitScript({ content: LATE_SCRIPT });
  await page.goto(url, { waitUntil: "load" });
  const close = async () => {
    // what a test had answered in its own way may still be on its way
    await page.unrouteAll({ behavior: "ignoreErrors" });
    await closeTab();
  };
  return { page, problems, rescale, close };
}
