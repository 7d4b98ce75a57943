// What the page does when something breaks: it says so, and goes on where it can.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { start } from "./harness.mjs";
import { finish, lab, linked, move, numbers, ready, steps, type } from "./lab.mjs";
import test from "./testing.mjs";

const SMALL = "#playground?n_train=60&units=16&steps=150";
/** A run that is far from its end whenever it is looked at. */
const LONG = "#playground?hidden_layers=3&units=128&n_members=2&n_train=1100&batch_size=128&steps=20000";
let site;
before(async () => { site = await start(); });
after(() => site?.close());

/** What keeps the networks from coming, and what is said of it. */
const LOST = [
  ["missing", /did not come \(404\)/, ({ page }) => page.route("**/*.wasm", (route) => route.fulfill({ status: 404, body: "" }))],
  ["cut off", /did not come whole/, ({ page }) => page.route("**/*.wasm", async (route) => {
    const module = Buffer.from(await (await fetch(route.request().url())).arrayBuffer());
    await route.fulfill({ contentType: "application/wasm", body: module.subarray(0, 500_000) });
  })],
  ["of another build", /are not of one version/, ({ page }) => page.route("**/*.wasm", (route) => route.fulfill({ contentType: "application/wasm", body: Buffer.from([0, 97, 115, 109, 1, 0, 0, 0]) }))],
  ["no vectors", /does not support WebAssembly with SIMD/, ({ page }) => page.addInitScript(() => { WebAssembly.validate = () => false; })],
  ["no WebAssembly", /does not support WebAssembly/, ({ page }) => page.addInitScript(() => { delete globalThis.WebAssembly; })],
  ["no memory", /not enough memory/, ({ page }) => page.addInitScript(() => { WebAssembly.instantiate = async () => { throw new RangeError("Out of memory: Cannot allocate Wasm memory for new instance"); }; })],
  ["a script missing", /a script did not come/, ({ page }) => page.route("**/page/nav.js", (route) => route.fulfill({ status: 404, body: "" }))],
  ["a script of a lab missing", /one of its scripts could not be loaded/, ({ page }) => page.route("**/page/live.js*", (route) => route.fulfill({ status: 404, body: "" }))],
  ["an old browser", /lacks something that current ones have \((Can.t find variable: )?ResizeObserver/, ({ page }) => page.addInitScript(() => { delete globalThis.ResizeObserver; })],
];

test("whatever keeps the networks from coming, page and frame say so, show the finished run and offer another try; the text is there", async () => {
  for (const [name, reason, prepare] of LOST) {
    const tab = await site.open("about:blank");
    const { page } = tab;
    await prepare(tab);
    for (const door of name === "missing" ? ["embed.html", ""] : [""]) {
      await page.goto(`${site.url}${door}#dropout`);
      const lost = page.locator("#lost");
      await lost.filter({ hasText: reason }).waitFor();
      const picture = page.locator("img[src*='posters/dropout-light.svg']");
      assert.ok(await picture.evaluate((picture) => picture.decode().then(() => picture.checkVisibility())), `${name}: a picture`);
      assert.ok(await page.locator("h1:visible").isVisible(), `${name}: the text`);
      assert.equal(await page.locator(".stage:visible").count(), 0, `${name}: nothing dead`);
      const measured = await page.locator("[data-live^=metric]:visible").allTextContents();
      assert.deepEqual(measured.filter((text) => !["not yet known", "–"].includes(text)), [], `${name}: no number of a run there is not`);
      assert.ok(await lost.getByRole("button", { name: "Try again" }).isVisible());
    }
    if (name === "missing") {
      await page.unroute("**/*.wasm");
      await page.route("**/page/early.js", (route) => route.fulfill({ status: 404, body: "" })); // which does without
      await page.locator("#lost button").click();
      await page.locator("section[data-state][data-drawn]").waitFor();
      assert.ok(await lab(page).locator(".stage").isVisible());
    }
    await tab.close();
  }
});

/** A page that hears nothing from its workers until it is let go on. */
async function held(address) {
  const tab = await site.open("about:blank");
  const { page } = tab;
  await page.addInitScript(() => {
    const gate = new Promise((resolve) => (window.letGo = resolve));
    window.Worker = class extends Worker {
      set onmessage(hear) {
        super.onmessage = (event) => gate.then(() => hear?.(event));
      }
    };
  });
  await page.goto(address);
  await lab(page).locator("button[name=defaults]").waitFor({ state: "attached" });
  return { ...tab, letGo: () => page.evaluate(() => window.letGo()) };
}

test("what is pressed before the first run is there is done once it is", async () => {
  const tab = await held(`${site.url}${SMALL}`);
  const { page } = tab;
  await page.locator("button[name=share]").evaluate((button) => [1, 2].forEach(() => button.click()));
  await page.evaluate(() => {
    const files = new DataTransfer();
    files.items.add(new File(["{"], "mine.json"));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true }));
  });
  assert.equal(await page.locator("section[data-state], dialog").count(), 0, "no run yet");
  await tab.letGo();
  await page.locator("#share[open]").waitFor();
  assert.match(await page.locator("#share textarea[name=link]").inputValue(), /units=16/, "of the run that came");
  await lab(page).locator(".notice", { hasText: "it is no JSON" }).waitFor();
  assert.equal(await page.locator("dialog").count(), 1, "pressed twice");
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("what is locked stays also where something is pressed before the first run is there", async () => {
  const asked = { lab: "playground", n_train: "60", steps: "60", keep_prob: "0.3", lock: "keep_prob" };
  const attributes = Object.entries(asked).map(([name, value]) => `${name}="${value}"`).join(" ");
  const element = `<script type="module" src="${site.url}regularization-lab.js"></script><regularization-lab ${attributes}></regularization-lab>`;
  const addresses = [`${site.url}embed.html?${new URLSearchParams(asked)}`, `${site.hostUrl}?${new URLSearchParams({ body: element })}`];
  for (const [address, press] of addresses.flatMap((address) => ["button[name=defaults]", "a[data-early]"].map((press) => [address, press]))) {
    const tab = await held(address);
    await lab(tab.page).evaluate((section, press) => {
      section.append(Object.assign(document.createElement("a"), { href: "#playground?keep_prob=0.9&steps=70" }));
      section.lastElementChild.dataset.early = "";
      section.querySelector(press).click();
    }, press);
    assert.equal(await tab.page.locator("section[data-state]").count(), 0, "no run yet");
    await tab.letGo();
    await lab(tab.page).and(tab.page.locator("[data-state=done][data-drawn]:not([data-steps='60'])")).waitFor({ timeout: 60_000 });
    const query = new URLSearchParams(await lab(tab.page).getAttribute("data-query"));
    assert.equal(query.get("keep_prob"), "0.3", `${press} at ${address}`);
    assert.deepEqual(tab.problems, []);
    await tab.close();
  }
});

test("where no worker starts, or none says a word, the page trains by itself", async () => {
  for (const prepare of [
    () => { window.Worker = class { constructor() { throw new Error("no workers here"); } }; },
    () => { window.Worker = class extends Worker { set onmessage(_) {} }; },
  ]) {
    const tab = await site.open("about:blank");
    await tab.page.addInitScript(prepare);
    await tab.page.goto(`${site.url}${SMALL}`);
    await ready(tab.page);
    assert.equal(await tab.page.locator("html").getAttribute("data-engine"), "page");
    await finish(tab.page);
    assert.deepEqual(tab.problems, []);
    await tab.close();
  }
});

test("a worker that no longer answers is replaced", async () => {
  const tab = await site.open("about:blank");
  let until;
  await tab.page.route("**/engine.js", async (route) => {
    until ??= Date.now() + 12_000; // from when it is there, however long that takes
    const stuck = `on_ping() { if (typeof document === "undefined") while (Date.now() < ${until}); }`;
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace("on_ping() {}", stuck) });
  });
  await tab.page.goto(`${site.url}${SMALL}`); // where it plays for seconds, so that it is looked after
  await ready(tab.page);
  await lab(tab.page).locator(".notice", { hasText: "was restarted" }).waitFor();
  await finish(tab.page);
  await tab.close();
});

test("what is asked while a worker is replaced reaches the new one, and then all is at rest", async () => {
  const tab = await site.openLab(SMALL);
  await tab.page.addInitScript(() => {
    const { postMessage } = Worker.prototype;
    window.posted = 0;
    window.workers = new Set();
    window.deaf = new Set();
    Worker.prototype.postMessage = function (...message) {
      window.posted += 1;
      window.workers.add(this);
      if (!window.deaf.has(this)) postMessage.apply(this, message);
    };
  });
  await tab.page.reload();
  await ready(tab.page);
  let go;
  const asked = new Promise((resolve) => tab.page.route("**/engine/worker.js", async (route) => {
    resolve();
    await new Promise((come) => (go = come));
    await route.continue();
  }));
  await tab.page.evaluate(() => (window.deaf = new Set(window.workers)));
  await move(tab.page, "keep_prob", -5);
  await asked;
  await type(tab.page, "keep_prob", "0.35");
  go();
  await linked(tab.page, "keep_prob=0.35");
  // two rounds of the watch without a word; what was still under way may come first
  let [quiet, posted] = [false, -1];
  for (let i = 0; i < 8 && !quiet; i += 1) {
    const now = await tab.page.evaluate(() => window.posted);
    quiet = now === posted;
    posted = now;
    await tab.page.waitForTimeout(2500);
  }
  assert.ok(quiet, "nothing is asked at rest");
  await tab.close();
});

test("an error inside the engine is told, and a reset goes on", async () => {
  const tab = await site.openLab(SMALL);
  await tab.page.route("**/trainer.js", async (route) => {
    const response = await route.fetch();
    const broken = `goOn(lab, due, start) { if (!this.once) { this.once = true; throw new Error("index out of bounds"); }`;
    await route.fulfill({ response, body: (await response.text()).replace("goOn(lab, due, start) {", broken) });
  });
  await tab.page.reload();
  await ready(tab.page);
  const notice = lab(tab.page).locator(".notice");
  await notice.getByText("index out of bounds").waitFor();
  await notice.getByRole("button", { name: "Reset" }).click();
  await finish(tab.page);
  await tab.close();
});

test("a reader who scrolls to the prose leaves the run going on", async () => {
  const tab = await site.openLab(LONG, { viewport: { width: 1280, height: 500 } });
  await ready(tab.page);
  await tab.page.waitForFunction(() => Number(document.querySelector("section").dataset.steps) > 20);
  await tab.page.locator("footer.site").scrollIntoViewIfNeeded();
  await tab.page.waitForTimeout(500); // until what is out of sight has been noticed
  const at = await steps(tab.page);
  await tab.page.waitForFunction((step) => Number(document.querySelector("section").dataset.steps) > step + 20, at);
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("out of sight and back in one go is in sight: training goes on; in a hidden tab it rests", async () => {
  const tab = await site.openLab(LONG);
  await tab.page.addInitScript(() => {
    const Own = IntersectionObserver;
    window.observers = [];
    window.IntersectionObserver = class extends Own {
      constructor(callback, options) {
        super(callback, options);
        window.observers.push({ callback, options });
      }
    };
  });
  await tab.page.reload();
  await ready(tab.page);
  await tab.page.waitForFunction(() => Number(document.querySelector("section").dataset.steps) > 20);
  // what the browser tells where both have happened since it told last
  const at = await tab.page.evaluate(() => {
    const { callback } = window.observers.find(({ options }) => !options);
    callback([{ isIntersecting: false }, { isIntersecting: true }]);
    return Number(document.querySelector("section").dataset.steps);
  });
  const beyond = (at) => tab.page.waitForFunction((step) => Number(document.querySelector("section").dataset.steps) > step + 20, at);
  await beyond(at);
  // in a tab behind others it rests, and goes on when that is seen again
  const turn = (hidden) => tab.page.evaluate((hidden) => {
    Object.defineProperty(document, "hidden", { configurable: true, value: hidden });
    document.dispatchEvent(new Event("visibilitychange"));
  }, hidden);
  await turn(true);
  let [now, last] = [await steps(tab.page), -1];
  for (let look = 0; look < 20 && now !== last; look += 1) {
    await tab.page.waitForTimeout(200);
    [now, last] = [await steps(tab.page), now];
  }
  assert.equal(now, last, "it goes on behind other tabs");
  await turn(false);
  await beyond(now);
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("a storm of changes leaves the page in a state that its link replays", async () => {
  const tab = await site.openLab(SMALL);
  await ready(tab.page);
  await lab(tab.page).locator("button[name=play]").click();
  for (let i = 0; i < 10; i += 1) {
    await move(tab.page, "n_members", i % 2 ? 3 : -2);
    await move(tab.page, "keep_prob", i % 3 - 1);
    await tab.page.keyboard.press(["r", "ArrowRight", " ", "Tab"][i % 4]);
  }
  await finish(tab.page);
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("numbers in the reader's language: what the page writes it reads, what may be two is asked back; a system whose language is no language", async () => {
  const tab = await site.openLab("#ensemble_formula?samples=10000&steps=20");
  const { page } = tab;
  const controlOf = (name) => lab(page).locator(`.control:has([name=${name}])`);
  const cases = {
    "de-DE": [["20.000", "20000"], ["10.000", "10000"], ["0,5", /must be a whole number/], ["100.000,0", "100000"]],
    "ar-EG": [["\u200f٢٠٬٠٠٠", "20000"], ["３００", "300"]],
    "fr-FR": [["20\u202f000", "20000"], ["1.234", /one is allowed: 1234\. Write it so\.$/], ["1234", "1234"]],
    "en-US": [["20,000", "20000"], ["10.000", /one is allowed: 10000\. Write it so\.$/], ["10000", "10000"],
      ["2.000", /may be 2 or 2000: write it as one of these\.$/, "steps"], ["2000", "2000", "steps"]],
    C: [["1,234", "1234"], ["20 000", "20000"]],
  };
  for (const [language, typed] of Object.entries(cases)) {
    await page.addInitScript((language) => Object.defineProperty(Navigator.prototype, "languages", { get: () => [language], configurable: true }), language);
    await page.reload();
    await ready(page);
    for (const [text, want, name = "samples"] of typed) {
      await controlOf(name).evaluate((element) => (element.closest("details").open = true));
      await type(page, name, text);
      if (typeof want === "string") await linked(page, `${name}=${want}&`);
      else await controlOf(name).locator(".problem", { hasText: want }).waitFor();
    }
  }
  assert.equal((await numbers(page)).predicted, "0.100");
  assert.deepEqual(tab.problems, []);
  await tab.close();
});
