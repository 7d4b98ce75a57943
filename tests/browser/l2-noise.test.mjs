// The labs of "L2 regularization = Gaussian noise augmentation": their claims' numbers on the page.
import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { start } from "./harness.mjs";
import { finish, lab, linked, move, numbers, ready, rewind } from "./lab.mjs";

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
