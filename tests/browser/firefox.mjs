// Firefox's own release for playwright. What WebDriver BiDi cannot yet do with a page is done from the browser's own
// side, as its developer tools do it.
import { fileURLToPath } from "node:url";
import { firefox } from "playwright-core";
import { findProgram, innerOf } from "./tab.mjs";

const WRAPPER = fileURLToPath(new URL("firefox-bidi.mjs", import.meta.url));

/** It takes what a system wants of its pages when it starts: so there is one for each kind of system. */
export function startFirefox() {
  const FIREFOX = findProgram(["firefox-esr", "firefox"]);
  const started = new Map();
  const browserFor = ({ colorScheme, reducedMotion, forcedColors, javaScriptEnabled }) => {
    const firefoxUserPrefs = { "layout.css.prefers-color-scheme.content-override": colorScheme === "dark" ? 0 : 1,
      "ui.prefersReducedMotion": Number(reducedMotion === "reduce"), "browser.display.document_color_use": forcedColors === "active" ? 2 : 0,
      "javascript.enabled": javaScriptEnabled, "security.fileuri.strict_origin_policy": true, "intl.accept_languages": "en-US",
      "browser.download.alwaysOpenPanel": false };
    const kind = JSON.stringify(firefoxUserPrefs);
    if (!started.has(kind)) {
      started.set(kind, firefox.launch({ channel: "moz-firefox", executablePath: WRAPPER, args: ["--remote-allow-system-access"],
        env: { ...process.env, FIREFOX }, firefoxUserPrefs }));
    }
    return started.get(kind);
  };
  return {
    async open({ javaScriptEnabled, ...kind }) {
      const browser = await browserFor({ javaScriptEnabled, ...kind });
      const context = await browser.newContext(kind);
      const page = await context.newPage();
      complete(page);
      const rescale = async (devicePixelRatio, viewport) => {
        const inner = innerOf(page);
        await inner.delegate._session.send("browsingContext.setViewport", { context: inner.mainFrame()._id, viewport, devicePixelRatio });
      };
      return { context, page, version: browser.version(), rescale, close: () => context.close() };
    },
    async close() { for (const browser of started.values()) await (await browser).close(); },
  };
}

function complete(page) {
  const inner = innerOf(page);
  const { delegate } = inner;
  const emulate = delegate.updateEmulateMedia.bind(delegate);
  delegate.updateEmulateMedia = async () => {
    await emulate();
    const medium = inner.emulatedMedia().media;
    await fromWithin(inner, `mediumOverride = ${JSON.stringify(medium === "no-override" ? "" : medium)}`);
  };
}

/** Does this to the browser's own object for a page. */
async function fromWithin(inner, act) {
  const session = inner.browserContext._browser._browserSession;
  const { contexts: [window] } = await session.send("browsingContext.getTree", { "moz:scope": "chrome", maxDepth: 0 });
  const found = `ChromeUtils.importESModule("chrome://remote/content/shared/NavigableManager.sys.mjs").NavigableManager.getBrowsingContextById("${inner.mainFrame()._id}")`;
  await session.send("script.evaluate", { expression: `${found}.${act}; null`, target: { context: window.context }, awaitPromise: false });
}
