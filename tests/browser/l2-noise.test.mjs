// The labs of "L2 regularization = Gaussian noise augmentation": their claims' numbers on the page.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { start } from "./harness.mjs";
import { finish, lab, linked, move, numbers, ready, rewind } from "./lab.mjs";
import test from "./testing.mjs";

let site;
before(async () => { site = await start(); });
after(() => site?.close());

const share = (text) => Number.parseFloat(text) / 100;

test("the average of SGD with noise comes to ridge, the last iterate less near", async () => {
  const tab = await site.openLab("#l2_noise");
  await ready(tab.page);
  await finish(tab.page);
  const { distance_average, distance_last } = await numbers(tab.page);
  assert.ok(share(distance_average) <= 0.03, distance_average);
  assert.ok(share(distance_last) > share(distance_average), distance_last);
  const from = await lab(tab.page).locator(".formula").textContent();
  assert.match(from, /With noise: 0\.\d+/);
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("with more copies the run starts anew and comes closer", async () => {
  const tab = await site.openLab("#l2_noise?copies=4&steps=500");
  await ready(tab.page);
  await finish(tab.page);
  const few = share((await numbers(tab.page)).distance_copies_rms);
  await move(tab.page, "copies", 8);
  await tab.page.waitForURL((url) => !url.hash.includes("copies=4&"));
  await finish(tab.page);
  assert.ok(share((await numbers(tab.page)).distance_copies_rms) < few);
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("the derivation goes line by line, and every line is there from the beginning", async () => {
  const tab = await site.openLab("#l2_noise?steps=200");
  await ready(tab.page);
  await rewind(tab.page);
  const lines = lab(tab.page).locator("ol.stepper > li");
  assert.equal(await lines.count(), 8);
  const now = lab(tab.page).locator("ol.stepper > li[aria-current=step]");
  await now.waitFor(); // what stands under the figures comes after the first of them
  const next = lab(tab.page).getByRole("button", { name: "Next line" });
  await next.click();
  await next.press("ArrowRight");
  assert.equal(await lab(tab.page).locator(".stepper-place").textContent(), "line 3 of 8");
  assert.equal(await lab(tab.page).getAttribute("data-steps"), "0", "the arrow key took no step of training");
  await lab(tab.page).getByRole("button", { name: "All lines" }).click();
  await finish(tab.page);
  assert.match(await now.textContent(), /the loss with noise is .*\d/);
  assert.equal(await lab(tab.page).locator("li[data-line=later]").count(), 0);
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("all masks give the closed form, and other units change ridge alone", async () => {
  const tab = await site.openLab("#dropout_ridge?steps=200");
  await ready(tab.page);
  const before = await numbers(tab.page);
  assert.equal(before.distance_ridge, "0.0\u202f%");
  await lab(tab.page).locator("details:has(> [data-params~=rescale]), details[data-params~=rescale]").locator("summary").click();
  await lab(tab.page).locator("input[name=rescale]").check();
  await linked(tab.page, "rescale=true");
  await tab.page.waitForFunction((was) => document.querySelector("section:not([hidden]) [data-metric-of=distance_ridge]").textContent !== was, before.distance_ridge);
  assert.ok(share((await numbers(tab.page)).distance_ridge) > 0.1);
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("the network with noise comes to the exact curve, and rescaling changes the L2 penalty at once", async () => {
  const tab = await site.openLab("#l2_noise_nonlinear?steps=1500");
  await ready(tab.page);
  await finish(tab.page);
  const { distance_noise_exact, distance_l2_exact, rescale_l2_factor } = await numbers(tab.page);
  assert.ok(Number(distance_noise_exact) < Number(distance_l2_exact) / 2, `${distance_noise_exact} ${distance_l2_exact}`);
  await move(tab.page, "rescale", 4);
  await linked(tab.page, "rescale=");
  await tab.page.waitForFunction((was) => document.querySelector("section:not([hidden]) [data-metric-of=rescale_l2_factor]").textContent !== was, rescale_l2_factor);
  const after = await numbers(tab.page);
  assert.ok(Number(after.rescale_l2_factor) > Number(rescale_l2_factor));
  assert.equal(Number(after.rescale_noise_factor), 1);
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

/** What a figure's note says. */
const note = (page, key) => lab(page).locator(`figure[data-figure=${key}] .note`).textContent();

/** Waits until a figure's note says something like this; gives its numbers. */
async function told(page, key, pattern) {
  const place = lab(page).locator(`figure[data-figure=${key}] .note`).filter({ hasText: pattern });
  await place.waitFor();
  return (await place.textContent()).match(pattern).slice(1).map(Number);
}

/** Drags a place of a figure by so many pixels, in one step: places on the way would be answered, too. */
async function drag(page, name, right, down) {
  const place = lab(page).getByRole("slider", { name, exact: true });
  await place.scrollIntoViewIfNeeded();
  const box = await place.boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + right, y + down);
  await page.mouse.up();
}

/** A parameter as the link has it. */
const inLink = (page, key) => Number(new URLSearchParams(new URL(page.url()).hash.split("?")[1]).get(key));

const BOWL = /^at w = 1: ([\d.]+), formula ([\d.]+)$/;

test("the arm of the bowl is dragged up: it is lifted by alpha, and the points land on it", async () => {
  const tab = await site.openLab("#l2_noise?steps=500");
  await ready(tab.page);
  await finish(tab.page);
  const [measured, formula] = await told(tab.page, "bowl", BOWL);
  assert.ok(Math.abs(measured - formula) < 0.03, `${measured} ${formula}`);
  await drag(tab.page, "noise variance α", 0, -30);
  await tab.page.waitForURL((url) => url.hash.includes("alpha=") && !url.hash.includes("alpha=0.3&"));
  await finish(tab.page);
  const [lifted, theory] = await told(tab.page, "bowl", BOWL);
  const by = await lab(tab.page).evaluate((section) => new URLSearchParams(section.dataset.query).get("alpha")) - 0.3;
  assert.ok(by > 0.1, `${by}`);
  assert.ok(Math.abs(theory - formula - by) < 0.011, `${theory} ${formula} ${by}`);
  assert.ok(Math.abs(lifted - theory) < 0.05, `${lifted} ${theory}`);
  const before = inLink(tab.page, "alpha");
  await lab(tab.page).getByRole("slider", { name: "noise variance α", exact: true }).press("ArrowUp");
  await tab.page.waitForURL(() => inLink(tab.page, "alpha") > before);
  await lab(tab.page).locator("input[name=dependent_noise]").check();
  await linked(tab.page, "dependent_noise=true");
  await finish(tab.page);
  await tab.page.waitForFunction(() => {
    const [, points, curve] = document.querySelector("section:not([hidden]) figure[data-figure=bowl] .note").textContent.match(/: ([\d.]+), formula ([\d.]+)/);
    return points - curve > 0.15;
  });
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("a point is dragged, and the curve with noise follows near it, that with L2 further away", async () => {
  const tab = await site.openLab("#l2_noise_nonlinear");
  await ready(tab.page);
  await finish(tab.page);
  assert.equal(await note(tab.page, "influence"), "√α = 0.173; drag a point to see what the networks do");
  await drag(tab.page, "training point 5", 0, -45);
  await tab.page.waitForURL(() => inLink(tab.page, "moved_by") > 0.3);
  assert.equal(inLink(tab.page, "moved"), 5);
  await finish(tab.page);
  const [noise, l2] = await told(tab.page, "influence", /noise ([\d.]+)\s%, L2 ([\d.]+)\s%$/);
  assert.ok(noise < 12 && l2 > 2 * noise, `${noise} ${l2}`);
  const by = inLink(tab.page, "moved_by");
  await lab(tab.page).getByRole("slider", { name: "training point 5", exact: true }).press("ArrowDown");
  await tab.page.waitForURL(() => inLink(tab.page, "moved_by") < by);
  await drag(tab.page, "training point 12", 0, 30);
  await tab.page.waitForURL(() => inLink(tab.page, "moved") === 12 && inLink(tab.page, "moved_by") < 0);
  // its neighbours lie over it, less than a finger's width away
  assert.equal(await tab.page.evaluate(() => document.activeElement.getAttribute("aria-label")), "training point 12");
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("in larger units ridge predicts less, dropout the same, and nothing is trained for it", async () => {
  const tab = await site.openLab("#dropout_ridge?steps=200");
  await ready(tab.page);
  await finish(tab.page);
  const now = /^dropout (\d+), ridge (\d+)$/;
  const [dropout, ridge] = await told(tab.page, "units", now);
  await drag(tab.page, "unit, on ridge’s line", 120, 0);
  await tab.page.waitForURL(() => inLink(tab.page, "unit") > 1);
  await tab.page.waitForFunction((was) => document.querySelector("section:not([hidden]) figure[data-figure=units] .note").textContent !== was, `dropout ${dropout}, ridge ${ridge}`);
  const [same, less] = await told(tab.page, "units", now);
  assert.equal(same, dropout);
  assert.ok(less < ridge - 5, `${less} ${ridge}`);
  await lab(tab.page).getByRole("button", { name: "m", exact: true }).click();
  await linked(tab.page, "unit=3");
  await lab(tab.page).locator("figure[data-figure=units] .note").filter({ hasText: `dropout ${dropout}, ` }).waitFor();
  assert.equal(await lab(tab.page).getAttribute("data-state"), "done");
  assert.equal(await lab(tab.page).locator(".runs tbody tr").count(), 1, "no other run");
  assert.deepEqual(tab.problems, []);
  await tab.close();
});
