// The labs of "Ensembles": the claim's numbers on the page, sliders, and what cannot be chosen.
import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { start } from "./harness.mjs";
import { finish, lab, linked, numbers, ready, type } from "./lab.mjs";

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
  assert.equal(await control.locator(".problem").textContent(), "");
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
