// WebKitGTK for playwright, which of itself drives only a WebKit of its own making: it is started and gets its input from
// WebDriver, as from a person's hand; all else goes through its inspector, which playwright knows from iOS.
import { spawn } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { Builder } from "selenium-webdriver";
import { findFreePort } from "selenium-webdriver/net/portprober.js";
import { webkit } from "playwright-core";
import { Inspector } from "./inspector.mjs";
import { eventually } from "./tab.mjs";
import { webKit } from "./webdriver.mjs";
import { Hand } from "./webkit-input.mjs";

/** One browser with one page: nothing that a test leaves behind is there in the next. */
async function launch({ program, env }) {
  const port = await findFreePort();
  const service = spawn(program, [`--port=${port}`], { env, stdio: "ignore" });
  const address = `http://127.0.0.1:${port}`;
  await eventually(() => fetch(`${address}/status`).then(({ ok }) => ok, () => false));
  const driver = await new Builder().disableEnvironmentOverrides().usingServer(address)
    .withCapabilities({ browserName: "MiniBrowser", pageLoadStrategy: "none" }).build();
  return { driver, inspector: new Inspector(inspectorPort(service.pid)), async close() { await driver.quit().catch(() => {}); service.kill(); } };
}

/** The driver tells its browser, and nobody else, where it is inspected. */
function inspectorPort(pid) {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) => readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").match(/\d+/g) ?? []);
  for (const child of children) {
    const told = readFileSync(`/proc/${child}/environ`, "latin1").match(/(?<=^|\0)WEBKIT_INSPECTOR_SERVER=[\d.]+:(\d+)/);
    if (told) return Number(told[1]);
  }
  throw new Error("WebKitGTK does not say where it is inspected");
}

/** Each tab is a browser of its own. */
export async function startWebKit() {
  const system = await webKit();
  return {
    async open({ viewport, colorScheme, reducedMotion, deviceScaleFactor }) {
      const { driver, inspector, close } = await launch({ ...system, env: { ...system.env, GDK_SCALE: String(deviceScaleFactor) } });
      const browser = await webkit.connectOverCDP(inspector);
      const [context] = browser.contexts();
      const [page] = context.pages();
      complete(page, driver);
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme, reducedMotion });
      return { page, context, async close() { await browser.close(); await close(); } };
    },
    close: system.screen.close,
  };
}

/** What the inspector cannot do is done by WebDriver. */
function complete(page, driver) {
  const inner = page._connection.toImpl(page);
  const hand = new Hand(driver, inner);
  inner.keyboard._raw = hand;
  inner.mouse._raw = hand;
  const { delegate } = inner;
  delegate.updateEmulatedViewportSize = async () => {
    const { width, height } = inner.emulatedSize().viewport;
    // what of a window is no page
    const [extraWidth, extraHeight] = await driver.executeScript("return [outerWidth - innerWidth, outerHeight - innerHeight]");
    await driver.manage().window().setRect({ width: width + extraWidth, height: height + extraHeight });
  };
}
