// The look that can be measured: small screens, dark mode, sharpness, and a page that stays alive.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { broken } from "./axe.mjs";
import { has, start } from "./harness.mjs";
import { finish, lab, onScreens, ready } from "./lab.mjs";
import { TOURED } from "./native.mjs";
import { eventually } from "./tab.mjs";
import test from "./testing.mjs";

let site;
before(async () => { site = await start(); });
after(() => site?.close());

/** Opens one lab after the other, with all its settings unfolded where that is wanted. */
async function tour({ unfolded = true, ...options }, look) {
  const tab = await site.openLab("", options);
  await ready(tab.page);
  for (const { id } of TOURED) {
    await tab.page.evaluate((hash) => (location.hash = hash), id);
    await tab.page.locator(`section[data-lab=${id}]:not([hidden])[data-state][data-drawn]`).waitFor();
    for (const group of unfolded ? await lab(tab.page).locator(".controls > details > summary").all() : []) await group.click();
    await look(tab.page, id);
  }
  assert.deepEqual(tab.problems, []);
  await tab.close();
}

test("labs break no rule of WCAG 2.2 AA that axe can check, wide and light, narrow and dark", async () => {
  const screens = { "wide and light": { viewport: { width: 1280, height: 800 } }, "narrow and dark": { viewport: { width: 360, height: 800 }, colorScheme: "dark" } };
  await tour({}, async (page, id) => {
    await lab(page).locator(".meanings > summary").click();
    const unexplained = await lab(page).evaluate((section) => {
      const explained = [...section.querySelectorAll(".meanings dt")].map(({ textContent }) => textContent);
      return [...section.querySelectorAll(".metric-table tbody th")].map(({ textContent }) => textContent).filter((name) => !explained.includes(name));
    });
    assert.deepEqual(unexplained, [], id);
    await onScreens(page, screens, async (name) => {
      await page.evaluate(() => scrollTo(0, 0)); // where nothing lies under what stands still as a page is scrolled
      assert.deepEqual(await broken(page), [], `${id}, ${name}`);
    });
  });
});

test("360 pixels are wide enough, and what is touched is large enough", async () => {
  await tour({ viewport: { width: 360, height: 740 } }, async (page, id) => {
    const found = await page.evaluate(() => ({
      width: document.documentElement.scrollWidth,
      small: [...document.querySelectorAll("section:not([hidden]) :is(button, select, input[type=range])")]
        .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < 43.5)
        .map((element) => element.outerHTML.slice(0, 80)),
    }));
    assert.ok(found.width <= 360, `${id}: ${found.width} wide`);
    assert.deepEqual(found.small, [], id);
    const bar = await lab(page).locator(".bar").boundingBox();
    assert.ok(Math.abs(bar.y + bar.height - 740) < 1, "the bar stands at the bottom");
  });
});

test("the loop stands in one view: its words, what moves it, the run and the answer", async () => {
  const screens = Object.fromEntries([[1280, 720], [1440, 900], [1024, 768]].map(([width, height]) => [`${width} x ${height}`, { viewport: { width, height } }]));
  await tour({ unfolded: false }, (page, id) => onScreens(page, screens, async (name) => {
    const cut = await lab(page).evaluate((section) => {
      scrollTo(0, 0);
      const main = section.querySelector(".map")?.dataset.x;
      const wanted = { claim: "h1", question: ".question", slider: main ? `[name=${main}]` : "input[type=range]", play: "[name=play]",
        run: "[data-hero] canvas", ...(main ? { answer: ".map canvas" } : {}) };
      const inside = (element) => {
        const { left, top, right, bottom, width } = element.getBoundingClientRect();
        return width > 0 && left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight + 1;
      };
      return Object.keys(wanted).filter((name) => !inside(section.querySelector(wanted[name])));
    });
    assert.deepEqual(cut, [], `${id}, ${name}`);
  }));
});

test("on a phone the claim, the answer, the first slider and Play are in the first view", async () => {
  const screens = { 150: { viewport: { width: 390, height: 844 } }, 60: { viewport: { width: 360, height: 640 } }, 20: { viewport: { width: 320, height: 480 } } };
  await tour({ viewport: screens[60].viewport, unfolded: false }, (page, id) => onScreens(page, screens, async (least) => {
    const { moving, seen, over, wide } = await lab(page).evaluate((section) => {
      scrollTo(0, 0);
      const box = (selector) => section.querySelector(selector).getBoundingClientRect();
      const figure = box(section.querySelector(".map") ? ".map .plot" : "[data-hero] .plot");
      const hand = box(".main-controls > :first-child");
      return { moving: [box("h1"), box(".main-controls input[type=range]"), box("[name=play]")].every(({ top, bottom }) => top >= 0 && bottom <= innerHeight),
        seen: Math.min(figure.bottom, hand.top) - figure.top, over: document.documentElement.scrollWidth - innerWidth, wide: innerWidth };
    });
    assert.ok(moving, `${id}, ${wide} px`);
    assert.ok(over <= 0, `${id}: ${over} too wide at ${wide}`);
    assert.ok(seen >= Number(least), `${id}: ${seen} of the answer at ${wide}`);
  }));
});

test("the keyboard reaches nothing that cannot be seen", async () => {
  const tab = await site.openLab("#subnetworks?steps=60");
  await ready(tab.page);
  await tab.page.locator(".stepper-bar:visible").first().waitFor();
  const hidden = [];
  for (let count = 0; count < 150; count += 1) {
    await tab.page.keyboard.press("Tab");
    const found = await tab.page.evaluate(() => {
      const at = document.activeElement;
      if (!at || at === document.body) return null;
      const { width, height } = at.getBoundingClientRect();
      return { seen: at.checkVisibility({ visibilityProperty: true }) && width > 1 && height > 1, what: at.outerHTML.slice(0, 80) };
    });
    if (!found) break;
    if (!found.seen) hidden.push(found.what);
  }
  assert.deepEqual(hidden, []);
  await tab.close();
});

/** Pixels of a figure that are not transparent. */
const inked = (page, key) => page.locator(`section:not([hidden]) figure[data-figure=${key}] canvas`).evaluate((canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let count = 0;
  for (let i = 3; i < data.length; i += 4) count += data[i] > 0 ? 1 : 0;
  return { count, width: canvas.width, shown: canvas.getBoundingClientRect().width };
});

test("figures are drawn, sharp at two pixels a point; on another screen, and where the browser had taken pictures away, drawn anew", async () => {
  const tab = await site.openLab("#playground?n_train=60&units=16&steps=150", { deviceScaleFactor: 2 });
  await ready(tab.page);
  await finish(tab.page);
  for (const key of ["network", "error", "wrong", "weights"]) {
    await lab(tab.page).locator(`figure[data-figure=${key}]`).scrollIntoViewIfNeeded();
    await tab.page.waitForTimeout(200);
    const { count, width, shown } = await inked(tab.page, key);
    assert.ok(count > 500, `${key}: ${count} pixels`);
    assert.ok(Math.abs(width - 2 * shown) <= 2, `${key}: ${width} for ${shown}`);
  }
  for (const [ratio, height] of has("another screen") ? [[1, 801], [1.5, 802]] : []) { // of the same size, the browser tells the page nothing
    await tab.rescale(ratio, { width: 1280, height });
    await tab.page.waitForFunction((ratio) => [...document.querySelectorAll("section:not([hidden]) figure:not([data-empty]) canvas")]
      .every(({ width, clientWidth }) => clientWidth === 0 || Math.abs(width - ratio * clientWidth) <= 1), ratio);
  }
  await lab(tab.page).locator("figure[data-figure=error] canvas").evaluate((canvas) => {
    canvas.getContext("2d").reset();
    canvas.dispatchEvent(new Event("contextrestored"));
  });
  assert.ok(await eventually(async () => (await inked(tab.page, "error")).count > 500), "the picture that was taken away is drawn anew");
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

/** WCAG's contrast of the text of an element against the page. */
const contrast = (page, selector) => page.locator(selector).first().evaluate((element) => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const light = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map((value) => value / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [a, b] = [light(getComputedStyle(element).color), light(getComputedStyle(document.body).backgroundColor)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
});

test("light and dark: by the system and by hand, both readable", async () => {
  for (const colorScheme of ["light", "dark"]) {
    const tab = await site.openLab("", { colorScheme });
    await ready(tab.page);
    const background = () => tab.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const dark = async () => Number(/\d+/.exec(await background())[0]) < 128;
    assert.equal(await dark(), colorScheme === "dark");
    for (const selector of [".context", ".help", ".note", "td[data-metric-of=train_error]", "td[data-metric-of=test_error]", ".formula p"]) {
      const found = await contrast(tab.page, `section:not([hidden]) ${selector}`);
      assert.ok(found >= 4.5, `${selector}: ${found}`);
    }
    await tab.page.locator("button[name=theme]").click();
    assert.equal(await dark(), false);
    await tab.page.locator("button[name=theme]").click();
    assert.equal(await dark(), true);
    assert.deepEqual(tab.problems, []);
    await tab.close();
  }
});

test("presentation mode leaves figures and sliders, larger", async () => {
  const tab = await site.openLab("#playground?n_train=60&units=16&steps=150");
  await ready(tab.page);
  await tab.page.locator("button[name=present]").click();
  assert.equal(await lab(tab.page).locator(".context").isVisible(), false);
  assert.ok(await lab(tab.page).locator("input[name=keep_prob]").isVisible());
  assert.equal(await tab.page.evaluate(() => getComputedStyle(document.documentElement).fontSize), "24px");
  const width = await tab.page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= 1280, `${width} wide`);
  const cut = await lab(tab.page).evaluate((section) => ["[data-hero] canvas", ".map canvas", "input[type=range]"]
    .filter((selector) => section.querySelector(selector).getBoundingClientRect().bottom > innerHeight));
  assert.deepEqual(cut, [], "the run, the answer and the slider are in sight");
  const pills = await tab.page.locator("header nav").evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
  assert.ok(pills <= 0, `${pills} of the pills cut off`);
  await tab.page.keyboard.press("Escape");
  assert.equal(await tab.page.evaluate(() => document.documentElement.hasAttribute("data-presenting")), false);
  assert.equal(await tab.page.locator("button[name=present]").getAttribute("aria-pressed"), "false");
  await tab.close();
});

test("the page answers while the largest network trains", async () => {
  const tab = await site.openLab("#playground?hidden_layers=3&units=128&n_members=2&n_train=1100&batch_size=128");
  await ready(tab.page);
  await tab.page.evaluate(() => {
    window.longTasks = [];
    new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map(({ duration }) => duration)))
      .observe({ type: "longtask" });
  });
  await lab(tab.page).and(tab.page.locator("[data-state=playing]")).waitFor();
  const ticks = await tab.page.evaluate(() => new Promise((resolve) => {
    let count = 0;
    const end = performance.now() + 3000;
    const tick = () => (performance.now() < end ? setTimeout(tick, 16, (count += 1)) : resolve(count));
    tick();
  }));
  const longTasks = await tab.page.evaluate(() => window.longTasks);
  // a loaded machine makes single tasks long; a page that computes itself has nothing else
  assert.ok(ticks > 30, `${ticks} ticks in 3 s, long tasks ${longTasks}`);
  assert.ok(longTasks.filter((duration) => duration > 200).length <= 2, `long tasks: ${longTasks.map(Math.round)}`);
  assert.deepEqual(tab.problems, []);
  await tab.close();
});
