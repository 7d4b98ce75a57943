// Firefox and WebKitGTK, each steered by the WebDriver that comes with it.
import { spawn } from "node:child_process";
import { Builder, By, Key, Select, until } from "selenium-webdriver";
import { Pointer } from "selenium-webdriver/lib/input.js";
import { findFreePort } from "selenium-webdriver/net/portprober.js";
import { DriverService } from "selenium-webdriver/remote/index.js";
import { Tab, WAIT_MS, eventually, findProgram } from "./tab.mjs";

/** How long a move of the mouse takes, in milliseconds: some places on the way are told. */
const DRAG_MS = 60;

/** Firefox without a window, by geckodriver. */
export function launchFirefox(watched) {
  const binary = need("Firefox", "firefox-esr", "firefox");
  return launch(need("geckodriver, which steers Firefox,", "geckodriver"), process.env, watched, {
    browserName: "firefox",
    // files too are origins of their own, which geckodriver would else not hold to
    "moz:firefoxOptions": { binary, args: ["-headless"],
      prefs: { "security.fileuri.strict_origin_policy": true, "intl.accept_languages": "en-US" } },
  });
}

/** WebKitGTK's own small browser, on a screen that is not there. */
export async function launchWebKit(watched) {
  const { program, env, screen } = await webKit();
  const engine = await launch(program, env, watched, { browserName: "MiniBrowser" }).catch((error) => {
    screen.close();
    throw error;
  });
  return { ...engine, close: () => engine.close().finally(screen.close) };
}

/** What steers WebKitGTK alone, for whoever speaks to it. */
export async function serveWebKit() {
  const { program, env, screen } = await webKit();
  const service = serviceOf(program, env);
  return { address: await service.start(), close: () => service.kill().finally(screen.close) };
}

export async function webKit() {
  const program = need("WebKitGTK with its driver (webkit2gtk-driver)", "WebKitWebDriver");
  const screen = await openScreen(need("a screen for WebKitGTK (xvfb)", "Xvfb"));
  return { program, screen, env: { ...process.env, DISPLAY: screen.display, GDK_BACKEND: "x11", LC_ALL: "C" } };
}

function need(what, ...programs) {
  const found = findProgram(programs);
  if (found) return found;
  throw new Error(`${what} cannot be had here: no ${programs.join(" or ")} on PATH`);
}

/** How wide and high the screen is, and how deep its colours. */
const SCREEN = [1280, 1024, 24];
/** Without anything else that minds windows, the one that is under the pointer has the focus: it stays in the middle. */
export const POINTER = { x: SCREEN[0] / 2, y: SCREEN[1] / 2 };

/** A screen in memory, of the first number that is free. */
function openScreen(program) {
  const server = spawn(program, ["-displayfd", "3", "-screen", "0", SCREEN.join("x"), "-nolisten", "tcp"],
    { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  const close = () => server.kill();
  process.once("exit", close);
  return new Promise((resolve, reject) => {
    server.stdio[3].once("data", (number) => resolve({ display: `:${String(number).trim()}`, close }));
    server.once("exit", (code) => reject(new Error(`Xvfb ended with ${code}`)));
  });
}

function serviceOf(program, env) {
  const port = findFreePort();
  return new DriverService(program, { loopback: true, port, args: port.then((free) => [`--port=${free}`]), env });
}

async function launch(program, env, watched, capabilities) {
  const service = serviceOf(program, env);
  try {
    const driver = await new Builder().disableEnvironmentOverrides()
      .usingServer(await service.start()).withCapabilities(capabilities).build();
    const first = await driver.getWindowHandle();
    return {
      version: (await driver.getCapabilities()).getBrowserVersion(),
      async open(url) {
        await driver.switchTo().window(first);
        await driver.switchTo().newWindow("window");
        const tab = new WebDriverTab(driver, await driver.getWindowHandle(), watched);
        await driver.get(url);
        return tab;
      },
      close: () => driver.quit().finally(() => service.kill()),
    };
  } catch (error) {
    await service.kill();
    throw error;
  }
}

/** A press whose release does not come in this time, in milliseconds, is given up. */
const AIM_MS = 5000;

/** Keys that the driver calls by another name. */
const KEYS = { Backspace: "BACK_SPACE" };

/** "ArrowLeft" as the driver has it; other keys are what they write. */
export const keyOf = (key) => Key[KEYS[key] ?? key.replace(/(?<=.)(?=[A-Z])/, "_").toUpperCase()] ?? key;

/** On the page: what is pressed elsewhere than in the element reaches nobody. @param {Element} element */
function takeAim(element) {
  const types = ["pointerdown", "mousedown", "pointerup", "mouseup", "click"];
  let [pressed, strayed] = [false, false];
  const end = (came) => {
    for (const type of types) window.removeEventListener(type, look, true);
    window.aim = came;
  };
  window.endAim?.(""); // of one before, of which not all came
  window.endAim = end;
  const look = (event) => {
    const inside = event.composedPath().includes(element);
    if (!pressed) strayed = !inside;
    pressed = true;
    if (strayed) {
      event.preventDefault();
      event.stopImmediatePropagation();
    } else if (event.type === "click" && inside) {
      return end("click");
    }
    if (event.type === "mouseup") setTimeout(() => window.aim === "" && end("nothing")); // a click would come with it
  };
  window.aim = "";
  for (const type of types) window.addEventListener(type, look, true);
}

/** What came of it: "click", "nothing", or "" for as long as nobody knows. A page that it led away from knows of no aim. */
function aimed() {
  return window.aim ?? "click";
}

/** A window of its own, so that it is in sight; `frame`: the selector of the frame it looks into. */
class WebDriverTab extends Tab {
  constructor(driver, handle, watched, frame = null) {
    super();
    Object.assign(this, { driver, handle, watched, frame, gathered: [] });
  }

  /** What is done next is done here, whatever tab or frame was there before. */
  async turn(frame = this.frame) {
    await this.driver.switchTo().window(this.handle);
    await this.driver.switchTo().defaultContent();
    if (frame !== null) await this.driver.switchTo().frame(await this.driver.wait(until.elementLocated(By.css(frame)), WAIT_MS));
  }

  async run(expression) {
    await this.turn();
    return this.driver.executeScript(`return ${expression}`);
  }

  async element(selector) {
    await this.turn();
    const element = await this.driver.wait(until.elementLocated(By.css(selector)), WAIT_MS, `no ${selector}`);
    return this.driver.wait(until.elementIsVisible(element), WAIT_MS, `${selector} is out of sight`);
  }

  /** A driver aims, and what it aims at may move before it presses, or before it lets go: then it has to aim again. */
  async click(selector) {
    const clicked = await eventually(async () => {
      const element = await this.element(selector);
      await this.driver.executeScript(takeAim, element);
      await element.click();
      return await eventually(() => this.driver.executeScript(aimed), AIM_MS) === "click";
    });
    if (!clicked) throw new Error(`no click hits ${selector}`);
  }

  async fill(selector, text) {
    const field = await this.element(selector);
    await this.driver.executeScript("arguments[0].focus(); arguments[0].select()", field);
    await field.sendKeys(text);
  }

  async press(selector, key) {
    await (await this.element(selector)).sendKeys(keyOf(key));
  }

  async choose(selector, value) {
    await new Select(await this.element(selector)).selectByValue(value);
  }

  async drag(selector, shares, each) {
    const element = await this.element(selector);
    const { width } = await element.getRect();
    const go = (share) => this.driver.actions({ async: true })
      .move({ origin: element, x: Math.round((share - 0.5) * width), y: 0, duration: DRAG_MS });
    await go(shares[0]).press().perform();
    for (const share of shares) {
      await this.turn();
      await go(share).perform();
      await each();
    }
    await this.turn();
    await this.driver.actions({ async: true }).release().perform();
  }

  async strike(steps) {
    await this.turn();
    const actions = this.driver.actions();
    const finger = new Pointer("finger", Pointer.Type.TOUCH);
    const to = ([x, y]) => ({ x, y, duration: 0 });
    for (const { move, down, up, touch, key, shift } of steps) {
      if (move) actions.move(to(move));
      if (down) actions.press();
      if (up) actions.release();
      if (touch) actions.insert(finger, finger.move(to(touch[0])), finger.press(), ...touch.slice(1).map((place) => finger.move(to(place))), finger.release());
      if (key && shift) actions.keyDown(Key.SHIFT);
      if (key) actions.sendKeys(keyOf(key));
      if (key && shift) actions.keyUp(Key.SHIFT);
    }
    await actions.perform();
  }

  async resize(width, height) {
    await this.turn(null);
    await this.driver.manage().window().setRect({ width, height });
  }

  async url() {
    await this.turn(null);
    return this.driver.getCurrentUrl();
  }

  async reload() {
    await this.gather();
    await this.turn(null);
    await this.driver.navigate().refresh();
  }

  async inFrame(selector) {
    return new WebDriverTab(this.driver, this.handle, this.watched, selector);
  }

  /** Takes down what watch.js has kept, before the page that keeps it goes. */
  async gather() {
    const take = "return (window.amiss ?? []).splice(0)";
    await this.turn(null);
    this.gathered.push(...this.watched.takeFailures(), ...await this.driver.executeScript(take));
    for (const frame of await this.driver.findElements(By.css("iframe"))) {
      await this.driver.switchTo().frame(frame);
      this.gathered.push(...await this.driver.executeScript(take));
      await this.driver.switchTo().defaultContent();
    }
  }

  async takeProblems() {
    await this.gather();
    return this.gathered.splice(0);
  }

  async close() {
    await this.turn(null);
    await this.driver.close();
  }
}
