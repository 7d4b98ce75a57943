// The labs of "Ensembles": the claim's numbers on the page, sliders, and what cannot be chosen.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { start } from "./harness.mjs";
import { finish, lab, linked, numbers, ready, type } from "./lab.mjs";
import test from "./testing.mjs";

let site;
before(async () => { site = await start(); });
after(() => site?.close());

test("uncorrelated errors: ten predictors leave a tenth; at c = v nothing is gained", async () => {
  const tab = await site.openLab("#ensemble_formula?samples=2000&steps=20");
  await ready(tab.page);
  await finish(tab.page);
  const { predicted, measured, measured_se } = await numbers(tab.page);
  assert.equal(predicted, "0.100");
  assert.ok(Math.abs(measured - 0.1) < 4.5 * measured_se, `${measured} ± ${measured_se}`);
  await lab(tab.page).getByRole("button", { name: "c = v" }).click();
  await linked(tab.page, "covariance=1&");
  await finish(tab.page);
  assert.equal((await numbers(tab.page)).predicted, "1");
  const line = lab(tab.page).locator(".stepper > [data-line=now]");
  await lab(tab.page).getByRole("button", { name: "All lines" }).click();
  assert.match(await line.locator(".measured").textContent(), /^0\.100 \+ 0\.900 = 1; measured/);
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("a covariance no errors can have is refused with the reason, and the old one stays", async () => {
  const tab = await site.openLab("#ensemble_formula?n_members=5&steps=20");
  await ready(tab.page);
  await type(tab.page, "covariance", "-0.3");
  const control = lab(tab.page).locator(".control:has([name=covariance])");
  await control.locator(".problem", { hasText: "cannot be below 0" }).waitFor();
  await linked(tab.page, "covariance=0&");
  await type(tab.page, "covariance", "-0.25");
  await linked(tab.page, "covariance=-0.25");
  await control.locator(".problem").filter({ hasText: /^$/ }).waitFor({ state: "attached" });
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("trained networks: formula and measurement are one number, and a choice changes it", async () => {
  const tab = await site.openLab("#ensembles?n_members=4&units=8&steps=60");
  await ready(tab.page);
  await finish(tab.page);
  const seed = await numbers(tab.page);
  assert.equal(seed.predicted, seed.measured);
  assert.ok(Number(seed.measured) < Number(seed.mean_member));
  await lab(tab.page).locator("select[name=diversity]").selectOption("identical");
  await linked(tab.page, "diversity=identical");
  await finish(tab.page);
  const identical = await numbers(tab.page);
  assert.equal(identical.variance, identical.covariance);
  assert.match(identical.share, /^100\.0/);
  await lab(tab.page).locator("figure[data-figure=readings] table").getByText("ambiguity").waitFor();
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

/** What the drawing of a figure says in words, once it says this. */
async function told(page, figure, words) {
  const canvas = lab(page).locator(`figure[data-figure=${figure}] canvas[aria-label*="${words}"]`);
  await canvas.waitFor();
  return canvas.getAttribute("aria-label");
}

test("the mean of the arrows is pressed for another throw; at c = v all arrows are one, and at c = 0 the ring is small", async () => {
  const tab = await site.openLab("#ensemble_formula?samples=2000&steps=20");
  await ready(tab.page);
  await finish(tab.page);
  assert.match(await told(tab.page, "throw", "Throw 1 of 400"), /10 arrows at a bullseye/);
  const again = lab(tab.page).locator("figure[data-figure=throw] .handle[data-handle=throw]");
  await again.click();
  await linked(tab.page, "throw=2");
  await told(tab.page, "throw", "Throw 2 of 400");
  await again.press("Enter");
  await linked(tab.page, "throw=3");
  const { measured, predicted } = await numbers(tab.page);
  const rings = await told(tab.page, "means", "in 400 throws");
  assert.ok(rings.includes(`the formula says ${predicted}`), rings);
  const [, square, error] = rings.match(/is ([\d.]+) on average, with a standard error of ([\d.]+)/);
  assert.ok(Math.abs(square - measured) < 4.5 * error, `${rings}; ${measured}`);
  await lab(tab.page).getByRole("button", { name: "c = v" }).click();
  await told(tab.page, "means", "the formula says 1.000");
  const together = await told(tab.page, "throw", "c = 1.");
  const [, arrows, mean] = together.match(/land ([\d.]+) from it, as a root mean square; their mean lands ([\d.]+)/);
  assert.equal(arrows, mean);
  // a grid is read cell by cell, under the pointer and by keyboard, with a frame round the cell
  const matrix = lab(tab.page).locator("figure[data-figure=matrix]");
  const reading = (text) => matrix.locator(".reading", { hasText: text }).waitFor();
  await matrix.locator("canvas").hover();
  await reading(/^predictor \d+, predictor \d+E\[ε ε′\]1$/);
  const [cell, canvas] = await matrix.locator(".reading-line, canvas").evaluateAll((parts) => parts.map((part) => part.getBoundingClientRect())
    .sort((a, b) => a.width - b.width).map(({ left, right, top, bottom }) => ({ left, right, top, bottom })));
  const centre = { x: (canvas.left + canvas.right) / 2, y: (canvas.top + canvas.bottom) / 2 };
  assert.ok(cell.left <= centre.x && cell.right >= centre.x && cell.top <= centre.y && cell.bottom >= centre.y, JSON.stringify({ cell, centre }));
  await tab.page.mouse.move(0, 0);
  await matrix.locator(".reading").waitFor({ state: "hidden" });
  const keys = matrix.locator("canvas");
  await keys.press("ArrowRight");
  await reading("predictor 1, predictor 1");
  for (const key of ["ArrowRight", "ArrowDown", "ArrowDown"]) await keys.press(key);
  await reading("predictor 3, predictor 2");
  await keys.press("End");
  await reading("predictor 3, predictor 10");
  assert.match(await matrix.locator("[aria-live]").textContent(), /^predictor 3, predictor 10: E\[ε ε′\] 1$/);
  await keys.press("Escape");
  await matrix.locator(".reading").waitFor({ state: "hidden" });
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("the truth is dragged from patient to patient, by mouse and by key, and the triangle stays one", async () => {
  const tab = await site.openLab("#ensembles?n_members=4&units=8&steps=60");
  await ready(tab.page);
  await finish(tab.page);
  await told(tab.page, "example", "patient 104");
  const before = await numbers(tab.page);
  const truth = lab(tab.page).locator("figure[data-figure=example] .handle[data-handle=example]");
  await truth.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await truth.boundingBox();
  await tab.page.mouse.move(x + width / 2, y + height / 2);
  await tab.page.mouse.down();
  await tab.page.mouse.move(x + width / 2 - 60, y + height / 2); // in one step: places on the way would be answered, too
  await tab.page.mouse.up();
  await tab.page.waitForURL((url) => !url.hash.includes("example=104"));
  const patient = Number(new URL(tab.page.url()).hash.match(/example=(\d+)/)[1]);
  assert.ok(patient > 40 && patient < 100, `patient ${patient}`);
  const words = await told(tab.page, "example", `patient ${patient}.`);
  const [, square, alone, ambiguity] = words.match(/average is ([\d.]+): a network’s, ([\d.]+) on average, less their ambiguity, ([\d.]+),/);
  assert.ok(Math.abs(square - (alone - ambiguity)) < 0.0016, words);
  const [, y_true, mean] = words.match(/The truth is (−?[\d.]+);.* (−?[\d.]+) on average\. The squared/).map((number) => Number(number.replace("−", "-")));
  assert.ok(Math.abs((mean - y_true) ** 2 - square) < 0.01, words);
  await truth.press("ArrowRight");
  await linked(tab.page, `example=${patient + 1}`);
  assert.deepEqual(await numbers(tab.page), before, "looking changes no number");
  assert.equal(await lab(tab.page).getAttribute("data-state"), "done");
  assert.deepEqual(tab.problems, []);
  await tab.close();
});
