// WebKitGTK for playwright, which of itself drives only a WebKit of its own making. It is started by WebDriver, which
// also gives it its input, as from a person's hand; all else goes through its inspector, which playwright knows from iOS.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, watch, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { webkit } from "playwright-core";
import { Builder } from "selenium-webdriver";
import { findFreePort } from "selenium-webdriver/net/portprober.js";
import { Inspector } from "./inspector.mjs";
import { eventually, innerOf } from "./tab.mjs";
import { POINTER, webKit } from "./webdriver.mjs";
import { Hand } from "./webkit-input.mjs";

/** Each tab is a browser of its own: nothing that one leaves behind is there in the next. */
export async function startWebKit() {
  const { program, env, screen } = await webKit();
  const opened = new Set();
  return {
    async open(kind) {
      const tab = await openBrowser(program, env, kind);
      opened.add(tab);
      return { ...tab, close: () => opened.delete(tab) && tab.close() };
    },
    /** With what a test has left open where it failed. */
    async close() {
      for (const tab of opened) await tab.close();
      screen.close();
    },
  };
}

async function openBrowser(program, env, { viewport, colorScheme, reducedMotion, deviceScaleFactor }) {
  const home = furnish();
  const { driver, version, port, end } = await launch(program, { ...env, XDG_CONFIG_HOME: home, GDK_SCALE: String(deviceScaleFactor) });
  const browser = await webkit.connectOverCDP(new Inspector(port), { artifactsDir: join(home, "taken") });
  const [context] = browser.contexts();
  const [page] = context.pages();
  complete(page, driver);
  const saving = tellOfSaved(page, home);
  await page.setViewportSize(viewport);
  await page.emulateMedia({ colorScheme, reducedMotion });
  return { page, context, version, async close() {
    saving.close();
    await browser.close();
    await end();
    rmSync(home, { recursive: true });
  } };
}

/** Its bar of buttons would keep a window wider than a phone. */
const NARROW = "* { min-width: 0; padding: 0; margin: 0; }";

/** A place of its own for what a browser keeps: what it saves goes into one folder, and on into another once it is told of. */
function furnish() {
  const home = mkdtempSync(join(tmpdir(), "webkit-"));
  for (const folder of ["saved", "taken"]) mkdirSync(join(home, folder));
  writeFileSync(join(home, "user-dirs.dirs"), `XDG_DOWNLOAD_DIR="${join(home, "saved")}"\n`);
  mkdirSync(join(home, "gtk-3.0"));
  writeFileSync(join(home, "gtk-3.0", "gtk.css"), NARROW);
  return home;
}

/** A browser that has not come in this time, in milliseconds, does not come any more: now and then one ends as it begins. */
const START_MS = 20_000;
const STARTS = 5;

async function launch(program, env) {
  for (let time = 1; ; time += 1) {
    const launched = await launchOnce(program, env).catch((error) => error);
    if (!(launched instanceof Error)) return launched;
    if (time === STARTS) throw launched;
  }
}

async function launchOnce(program, env) {
  const port = await findFreePort();
  const service = spawn(program, [`--port=${port}`], { env, stdio: "ignore" });
  const kill = () => service.kill();
  process.once("exit", kill);
  const address = `http://127.0.0.1:${port}`;
  await eventually(() => fetch(`${address}/status`).then(({ ok }) => ok, () => false));
  const driver = new Builder().disableEnvironmentOverrides().usingServer(address)
    .withCapabilities({ browserName: "MiniBrowser", pageLoadStrategy: "none", "webkitgtk:browserOptions": { args: ["--automation", "--enable-page-cache=false"] } }).build();
  const end = async () => {
    await within(START_MS, driver.quit()).catch(() => {}); // it may have gone with its only page
    process.off("exit", kill);
    kill();
  };
  try {
    const version = (await within(START_MS, driver.getCapabilities())).getBrowserVersion();
    return { driver, version, port: inspectorPort(service.pid), end };
  } catch (error) {
    kill();
    throw error;
  }
}

/** What comes of it, unless that takes longer than this, in milliseconds. */
const within = (wait, promise) => new Promise((resolve, reject) => {
  setTimeout(() => reject(new Error(`WebKitGTK has not answered for ${wait / 1000} seconds`)), wait).unref();
  promise.then(resolve, reject);
});

/** Where the browser is inspected: its driver tells it, and nobody else. */
function inspectorPort(pid) {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) => readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").match(/\d+/g) ?? []);
  for (const child of children) {
    const told = readFileSync(`/proc/${child}/environ`, "latin1").match(/(?:^|\0)WEBKIT_INSPECTOR_SERVER=[\d.]+:(\d+)/);
    if (told) return Number(told[1]);
  }
  throw new Error("WebKitGTK does not say where it is inspected");
}

/** Requests on their way may come for so long, in milliseconds, before another address is gone to; some never come. */
const SETTLE_MS = 2000;

/** What the inspector cannot do is done by WebDriver. */
function complete(page, driver) {
  const inner = innerOf(page);
  const hand = new Hand(driver, inner);
  inner.keyboard._raw = hand;
  inner.mouse._raw = hand;
  const { delegate } = inner;
  delegate.updateEmulatedViewportSize = async () => {
    const { width, height } = inner.emulatedSize().viewport;
    const [aside, above] = await driver.executeScript("return [outerWidth - innerWidth, outerHeight - innerHeight]");
    // the pointer is over its bar of buttons, however small it is
    await driver.manage().window().setRect({ x: POINTER.x - 50, y: POINTER.y - above / 2, width: width + aside, height: height + above });
  };
  /** Of a frame that has loaded it is not told as of the page. */
  const { _buildSessionListeners: listen } = delegate;
  delegate._buildSessionListeners = function heed(session) {
    session.on("Page.frameStoppedLoading", ({ frameId }) => {
      if (frameId !== inner.mainFrame()._id) for (const event of ["domcontentloaded", "load"]) inner.frameManager.frameLifecycleEvent(frameId, event);
    });
    return listen.call(this, session);
  };
  delegate._setSession(delegate._session);
  /** Where requests are answered otherwise, WebKit stands still if it is led away while some are on their way: they may come first. */
  const settle = () => !inner.needsRequestInterception() || eventually(() => delegate._requestIdToRequest.size === 0, SETTLE_MS);
  const reload = delegate.reload.bind(delegate);
  delegate.reload = async () => {
    await settle();
    await reload();
  };
  /** As from the address bar: from anywhere to anywhere. */
  delegate.navigateFrame = async (frame, url) => {
    await settle();
    const [there, here] = [url, frame.url()].map((address) => address.split("#")[0]);
    if (there === here && url.includes("#")) {
      await driver.get(url);
      return {}; // the same document
    }
    const committed = new Promise((resolve) => delegate._pendingMainFrameLoaderResolvers.set(frame._id, resolve));
    await driver.get(url);
    return { newDocumentId: await committed };
  };
}

/** WebKitGTK saves what it is given to save, in a file that has another name until it is whole; playwright is told of it here. */
function tellOfSaved(page, home) {
  const inner = innerOf(page);
  const { _browser: browser } = inner.browserContext;
  let count = 0;
  return watch(join(home, "saved"), (_event, name) => {
    const saved = join(home, "saved", name);
    if (name.endsWith(".wkdownload") || !existsSync(saved)) return;
    const taken = `saved-${count += 1}`;
    renameSync(saved, join(home, "taken", taken));
    browser.downloadCreated(inner, taken, "", name);
    browser.downloadFinished(taken);
  });
}
