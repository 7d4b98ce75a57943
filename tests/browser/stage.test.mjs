// The stage: cause, run and answer in one view, in every lab; by mouse, by keyboard, on every screen.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { broken } from "./axe.mjs";
import { start } from "./harness.mjs";
import { atRest, ended, finish, holdFrames, lab, linked, move, onScreens, ready, steps, type } from "./lab.mjs";
import { TOURED } from "./native.mjs";
import { eventually } from "./tab.mjs";
import test from "./testing.mjs";

const SMALL = "#playground?n_train=60&units=16&steps=150";
const FIRST_VIEW = { viewport: { width: 1280, height: 720 } };
/** A machine with much else to do is waited for. */
const PATIENT = { timeout: 20_000 };

let site;
before(async () => { site = await start(); });
after(() => site?.close());

const done = (page) => lab(page).and(page.locator("[data-state=done][data-drawn]")).waitFor({ timeout: 120_000 });

/** Whether there is anything on each of these canvases: more than the colour of its axes and words. */
const drawn = (section, selector) => section.locator(selector).evaluateAll((canvases) => canvases.map((canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let coloured = 0;
  for (let i = 0; i < data.length; i += 4) {
    const [r, g, b, a] = data.subarray(i, i + 4);
    if (a > 128 && Math.max(r, g, b) - Math.min(r, g, b) > 60) coloured += 1;
  }
  return coloured;
}));

for (const { id, main } of TOURED) {
  test(`${id} opens alive, with cause, run and answer in its first view`, async () => {
    const { page, problems, close } = await site.openLab(`#${id}`, FIRST_VIEW);
    const section = page.locator(`section[data-lab=${id}]:not([hidden])`);
    await section.and(page.locator(main ? "[data-state=playing], [data-state=done][data-drawn]" : "[data-state=paused]")).waitFor(PATIENT);
    if (main) await section.and(page.locator(":not([data-steps='0'])")).waitFor(PATIENT);
    await page.waitForFunction((id) => document.querySelector(`section[data-lab=${id}] figure[data-hero] canvas`).width > 300, id, PATIENT);
    for (let look = 0, [ink] = [0]; ; look += 1) {
      [ink] = await drawn(section, "figure[data-hero] canvas");
      if (ink > 60) break;
      assert.ok(look < 100, `the main figure has ${ink} coloured pixels`);
      await page.waitForTimeout(200);
    }
    if (main) {
      await done(page);
      await section.locator("[data-map]:not([data-points='0'])").waitFor(PATIENT);
    }
    const { outside, sideways, scrolled, cut } = await section.evaluate((section, parameter) => {
      const parts = {
        claim: section.querySelector("h1"), hero: section.querySelector("figure[data-hero] canvas"),
        play: section.querySelector("button[name=play]"), question: section.querySelector(".question"),
        slider: section.querySelector(`[name="${parameter}"]`),
        ...(parameter === "" ? {} : { map: section.querySelector("[data-map] canvas") }),
      };
      if (parameter === "") delete parts.slider;
      const outside = Object.entries(parts).filter(([, part]) => {
        const { left, top, right, bottom, width } = part.getBoundingClientRect();
        return !(width > 0 && left >= 0 && top >= 0 && right <= innerWidth + 1 && bottom <= innerHeight + 1);
      }).map(([name, part]) => `${name} ${JSON.stringify(part.getBoundingClientRect())}`);
      const cut = [...section.querySelectorAll("h1, h2")].filter((title) => title.checkVisibility() && title.clientWidth > 0 && title.scrollWidth > title.clientWidth);
      return { outside, sideways: document.documentElement.scrollWidth - innerWidth, scrolled: scrollY, cut: cut.map(({ textContent }) => textContent) };
    }, main?.parameter ?? "");
    assert.deepEqual({ outside, sideways: Math.max(0, sideways), scrolled, cut }, { outside: [], sideways: 0, scrolled: 0, cut: [] });
    // what is drawn in sight is no empty grid
    const shown = "figure[data-figure]:not([data-empty]) canvas";
    const empty = await section.locator(shown).evaluateAll((canvases) => canvases.filter((canvas) => {
      const { top, bottom, width } = canvas.getBoundingClientRect();
      if (width === 0 || bottom < 0 || top > innerHeight) return false;
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      return new Set(new Uint32Array(data.buffer)).size < 8;
    }).map((canvas) => canvas.getAttribute("aria-label")));
    assert.deepEqual(empty, []);
    assert.deepEqual(problems, []);
    await close();
  });
}

test("where nothing is to move a lab opens at its end", async () => {
  const { page, close } = await site.openLab(SMALL, { reducedMotion: "reduce" });
  await page.evaluate(() => {
    window.states = new Set();
    new MutationObserver(() => window.states.add(document.querySelector("section[data-lab]").dataset.steps))
      .observe(document.querySelector("section[data-lab]"), { attributeFilter: ["data-steps"] });
  });
  await done(page);
  await page.waitForTimeout(300);
  const seen = (await page.evaluate(() => [...window.states])).filter((at) => at !== "0" && at !== "150");
  assert.deepEqual(seen, [], "nothing was played");
  await close();
});

/** A change is played slowly, so that it is seen whether it is played. */
const plays = (page, link) => lab(page).and(page.locator(`[data-state=playing][data-query*='${link}']:is([data-steps='1'], [data-steps='2'], [data-steps='3'])`)).waitFor(PATIENT);

test("a link in the prose opens its setting, plays it and keeps the place; Back brings the run of before, finished, where it was", async () => {
  const { page, problems, close } = await site.openLab("#co_adaptation", FIRST_VIEW);
  await ready(page);
  await finish(page);
  await linked(page, "#co_adaptation?v=1");
  await lab(page).getByLabel("Pace").selectOption("slow");
  const link = lab(page).locator(".after a[href$='?keep_prob=0.9']").first();
  await link.evaluate((element) => element.scrollIntoView({ block: "center", behavior: "instant" }));
  await page.waitForTimeout(300);
  const place = () => link.evaluate((element) => Math.round(element.getBoundingClientRect().top));
  const [there, scrolled] = [await place(), await page.evaluate(() => scrollY)];
  assert.ok(scrolled > 300);
  await link.click();
  await plays(page, "keep_prob=0.9");
  await linked(page, "keep_prob=0.9");
  assert.ok(Math.abs(await place() - there) <= 3, `the link went from ${there} to ${await place()}`);
  await page.evaluate(() => scrollTo(0, 0));
  await page.waitForTimeout(200);
  await page.goBack();
  await lab(page).and(page.locator("[data-state=done][data-drawn][data-query*='keep_prob=0.5']")).waitFor(PATIENT);
  await page.waitForTimeout(300);
  // the list of runs above has one more of them
  assert.ok(Math.abs(await place() - there) <= 60, `the link went from ${there} to ${await place()}`);
  assert.deepEqual(problems, []);
  await close();
});

test("a run of the list is replayed, once and once more, and so are the defaults", async () => {
  const { page, problems, close } = await site.openLab(SMALL);
  await ready(page);
  await finish(page);
  await type(page, "keep_prob", "0.3");
  await ended(page, "keep_prob=0.3&");
  await lab(page).getByLabel("Pace").selectOption("slow");
  const replay = lab(page).getByRole("link", { name: "Replay" });
  assert.equal(await replay.count(), 2);
  for (const link of ["keep_prob=0.5", "keep_prob=0.3", "keep_prob=0.3"]) {
    await replay.and(page.locator(`[href*='${link}&']`)).click();
    await plays(page, link);
    await linked(page, link);
    await finish(page);
    await lab(page).getByLabel("Pace").selectOption("slow");
    assert.equal(await replay.count(), 2, "a run that is replayed is the same run");
  }
  const pressed = Date.now();
  await lab(page).locator("button[name=defaults]").click();
  // where a machine takes long to answer, nobody is kept waiting for a replay
  const late = lab(page).and(page.locator("[data-state=done][data-drawn][data-query*='n_train=300']")).waitFor(PATIENT).then(() => Date.now() - pressed);
  const took = await Promise.race([plays(page, "n_train=300"), late]);
  assert.ok(took === undefined || took > 500, `the defaults are played: they stood at their end after ${took} ms`);
  assert.deepEqual(problems, []);
  await close();
});

test("what is looked at in a finished run leaves its point on the map", async () => {
  const { page, close } = await site.openLab("#weight_sharing_cnn?n_train=50&steps=40", { reducedMotion: "reduce" });
  await ready(page);
  await done(page);
  const rows = async () => {
    await lab(page).locator("figure[data-figure=map] details.data").evaluate((details) => { details.open = true; });
    await lab(page).locator("figure[data-figure=map] tbody tr").first().waitFor();
    return lab(page).locator("figure[data-figure=map] .data-rows").textContent();
  };
  const point = await rows();
  await move(page, "shift", 3);
  await ended(page, "shift=3&");
  await page.waitForTimeout(300);
  assert.equal(await rows(), point);
  await close();
});

test("curves of earlier runs stand behind the main figure by name; one that is pinned stays", async () => {
  // so few steps that the table has the rows of all curves
  const { page, problems, close } = await site.openLab("#playground?n_train=60&units=16&steps=20", { reducedMotion: "reduce" });
  await ready(page);
  await done(page);
  const hero = lab(page).locator("figure[data-hero]");
  await hero.locator("details.data summary").click();
  const names = async (wanted, there = true) => {
    await page.waitForFunction(([wanted, there]) => document.querySelector("section:not([hidden]) figure[data-hero] .data-rows").textContent.includes(wanted) === there,
      [wanted, there], PATIENT);
  };
  const run = async (keep) => {
    await type(page, "keep_prob", keep);
    await ended(page, `keep_prob=${keep}&`);
  };
  for (const keep of ["0.4", "0.3"]) await run(keep);
  await names("p = 0.5");
  await names("p = 0.4");
  await lab(page).getByRole("button", { name: "Pin" }).first().click();
  for (const keep of ["0.2", "0.1", "0.15"]) await run(keep);
  await names("p = 0.2");
  await names("p = 0.1");
  await names("p = 0.4", false);
  await names("p = 0.5");
  await lab(page).locator(".runs").getByRole("button", { name: "Unpin" }).click();
  await names("p = 0.5", false);
  assert.deepEqual(problems, []);
  await close();
});

for (const { id, main } of TOURED) {
  test(`${id} by keyboard alone: what is shown can be reached, and nothing else`, async () => {
    const { page, problems, close } = await site.openLab(`#${id}`, { ...FIRST_VIEW, reducedMotion: "reduce" });
    await ready(page);
    if (main) await done(page);
    await page.waitForTimeout(500); // until what stands under the figures is there
    await page.evaluate(() => document.activeElement?.blur());
    const [stops, hidden] = [new Set(), []];
    for (let i = 0; i < 400; i += 1) {
      await page.keyboard.press("Tab");
      const stop = await page.evaluate(() => {
        const { activeElement: at } = document;
        if (at === document.body || at === window.firstStop) return null; // past the last, or round to the first
        window.firstStop ??= at;
        const { width, height } = at.getBoundingClientRect();
        const seen = at.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && width > 0 && height > 0;
        const name = at.getAttribute("name") ?? (at.matches("button.guess") ? `guess ${at.textContent}` : at.tagName);
        return { name, seen, hero: at.matches("figure[data-hero] canvas"), html: at.outerHTML.slice(0, 100) };
      });
      if (stop === null) break;
      stops.add(stop.hero ? "hero" : stop.name);
      if (!stop.seen) hidden.push(stop.html);
      assert.ok(i < 399, "the way through the page has an end");
    }
    assert.deepEqual(hidden, []);
    const wanted = ["play", "step", ...(main ? [main.parameter, "fill", ...main.guesses.map(({ label }) => `guess ${label}`)] : [])];
    assert.deepEqual(wanted.filter((name) => !stops.has(name)), [], `reached: ${[...stops]}`);
    if (stops.has("hero")) {
      const canvas = lab(page).locator("figure[data-hero] canvas");
      await canvas.focus();
      await page.keyboard.press("Home");
      const reading = lab(page).locator("figure[data-hero] .reading");
      await reading.waitFor();
      const first = await reading.textContent();
      assert.match(first, /\d/);
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("ArrowRight");
      await page.waitForFunction((first) => document.querySelector("section:not([hidden]) figure[data-hero] .reading").textContent !== first, first, PATIENT);
      await page.keyboard.press("Escape");
      await reading.waitFor({ state: "hidden" });
      if (main) assert.equal(await lab(page).getAttribute("data-state"), "done", "the arrow keys took no step");
    } else {
      assert.equal(main, undefined, "the main figure of a run can be read by keyboard");
    }
    assert.deepEqual(problems, []);
    await close();
  });
}

test("a guess, the main slider and the fill-in by keys alone", async () => {
  const { page, problems, close } = await site.openLab(SMALL, { reducedMotion: "reduce" });
  await ready(page);
  await done(page);
  const guess = lab(page).locator("button.guess").first();
  await guess.focus();
  await page.keyboard.press("Enter");
  await lab(page).locator("button.guess[aria-pressed=true]").waitFor();
  await lab(page).locator("button[name=fill]", { hasText: "Filled in" }).waitFor({ timeout: 120_000 });
  await move(page, "keep_prob", 1);
  await ended(page, "keep_prob=0.55");
  await page.keyboard.press("Shift+Tab");
  await page.locator("h1:visible").click();
  await page.keyboard.press("ArrowRight");
  await lab(page).and(page.locator("[data-steps='151']")).waitFor();
  assert.equal(await steps(page), 151, "one step beyond the end");
  assert.deepEqual(problems, []);
  await close();
});

/** Opens one lab after the other in one tab, each at its end. */
async function tour(options, look) {
  const { page, problems, close } = await site.openLab("", { reducedMotion: "reduce", ...options });
  await ready(page);
  for (const { id, main } of TOURED) {
    await page.evaluate((hash) => (location.hash = hash), id);
    await page.locator(`section[data-lab=${id}]:not([hidden])[data-state][data-drawn]`).waitFor(PATIENT);
    if (main) await done(page);
    await look(page, id, main);
  }
  assert.deepEqual(problems, []);
  await close();
}

/** Where a window has become another size, figures follow in this time, in milliseconds. */
const REDRAWN_MS = 2000;

const SCREENS = {
  "360 pixels": { viewport: { width: 360, height: 640 } },
  "400 % zoom": { viewport: { width: 320, height: 256 } },
  "a dark screen": { ...FIRST_VIEW, colorScheme: "dark" },
  "forced colours": { ...FIRST_VIEW, forcedColors: "active" },
  "a narrow, dark screen in forced colours": { viewport: { width: 390, height: 844 }, colorScheme: "dark", forcedColors: "active" },
};

test("labs fit a phone, 400 % zoom, a dark screen and forced colours, and their maps are drawn there", async () => {
  await tour(FIRST_VIEW, (page, id, main) => onScreens(page, SCREENS, async (name) => {
    let sideways;
    await eventually(async () => { // once figures are drawn as large as they are now
      sideways = await page.evaluate(() => {
        const width = document.documentElement.scrollWidth;
        if (width <= innerWidth) return [];
        return [...document.querySelectorAll("section:not([hidden]) *")]
          .filter((element) => element.getBoundingClientRect().right > innerWidth + 1 && element.checkVisibility())
          .map((element) => element.outerHTML.slice(0, 100)).slice(0, 5).concat(`${width} wide`);
      });
      return sideways.length === 0;
    }, REDRAWN_MS);
    assert.deepEqual(sideways, [], `${id}, ${name}`);
    if (!main) return;
    await lab(page).locator("[data-map]:not([data-points='0'])").waitFor(PATIENT);
    const canvas = lab(page).locator("[data-map] canvas");
    await canvas.scrollIntoViewIfNeeded();
    const colours = await canvas.evaluate((canvas) => new Promise((resolve) => {
      // once what was asked for is drawn
      requestAnimationFrame(() => requestAnimationFrame(() => {
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        resolve({ many: new Set(new Uint32Array(data.buffer)).size, wide: canvas.getBoundingClientRect().width });
      }));
    }));
    assert.ok(colours.many > 8 && colours.wide > 200, `${id}, ${name}: ${JSON.stringify(colours)}`);
  }));
});

const TWO = { "wide and light": FIRST_VIEW, "narrow and dark": { viewport: { width: 360, height: 740 }, colorScheme: "dark" } };

test("a first guess moves nothing below it on a phone, and axe finds nothing in the loop of a lab that was guessed in, wide and light, narrow and dark", async () => {
  await tour(FIRST_VIEW, async (page, id, main) => {
    if (!main) return;
    await page.setViewportSize(TWO["narrow and dark"].viewport);
    const top = () => lab(page).locator("[data-map]").evaluate((map) => map.getBoundingClientRect().top + scrollY);
    const before = await top();
    await lab(page).locator("button.guess").first().click();
    await lab(page).locator(".verdict:not(:empty)").waitFor(PATIENT);
    const moved = await top() - before;
    assert.ok(Math.abs(moved) < 16, `${id}: ${moved} pixels, a line or more`);
    // the map begins to be filled in: enough of it is seen, if it is not full by now
    await lab(page).locator("button[name=fill]").evaluate((button) => button.click());
    // the rest of the page is as it was before: look.test.mjs
    await onScreens(page, TWO, async (name) => assert.deepEqual(await broken(page, "section:not([hidden]) .stage"), [], `${id}, ${name}`));
  });
});

test("axe finds nothing where the map is filled, curves are read, runs pinned and a notice shown", async () => {
  for (const colorScheme of ["light", "dark"]) {
    const { page, close } = await site.openLab(SMALL, { ...FIRST_VIEW, colorScheme, reducedMotion: "reduce" });
    await ready(page);
    await done(page);
    assert.deepEqual(await broken(page), [], "opened");
    await lab(page).getByRole("button", { name: "Just show me" }).click();
    await lab(page).locator("button[name=fill]").click();
    await lab(page).locator("button[name=fill]", { hasText: "Filled in" }).waitFor({ timeout: 120_000 });
    await move(page, "keep_prob", 1);
    await done(page);
    await lab(page).getByRole("button", { name: "Pin" }).first().click();
    await lab(page).locator("figure[data-hero] canvas").focus();
    await page.keyboard.press("Home");
    await lab(page).locator("figure[data-hero] .reading").waitFor();
    assert.deepEqual(await broken(page), [], "filled, read and pinned");
    await page.evaluate(() => (location.hash = "playground?keep_prob=7"));
    await lab(page).locator(".notice:visible").waitFor(PATIENT);
    assert.deepEqual(await broken(page), [], "with a notice");
    await close();
  }
});

test("a lab is not drawn while its map waits to be", async () => {
  const { page, close } = await site.openLab(SMALL);
  await ready(page);
  await done(page);
  await lab(page).locator(".question button.guess").first().scrollIntoViewIfNeeded();
  await atRest(() => lab(page).getAttribute("data-drawn"));
  const { letGo } = await holdFrames(page);
  const says = await lab(page).evaluate((section) => {
    const before = section.hasAttribute("data-drawn");
    section.querySelector("button[name=skip]").click();
    return [before, section.hasAttribute("data-drawn")];
  });
  await letGo();
  assert.deepEqual(says, [true, false]);
  await done(page);
  await close();
});

test("once a map is filled in, all is at rest: no engine is kept", async () => {
  const { page, close } = await site.openLab(SMALL, { reducedMotion: "reduce" });
  await ready(page);
  await done(page);
  await lab(page).locator("button[name=fill]").click();
  await lab(page).locator("button[name=fill]", { hasText: "Filled in" }).waitFor({ timeout: 120_000 });
  assert.equal(page.workers().length, 1, "the lab's own");
  await done(page); // its last point is drawn a frame later
  const [points, filled] = await lab(page).locator("[data-map]").evaluate(({ dataset }) => [Number(dataset.points), Number(dataset.filled)]);
  const { main } = TOURED.find(({ id }) => id === "playground");
  assert.equal(points + filled, main.stops.length * main.seeds, "the run made by hand is one of them");
  await close();
});
