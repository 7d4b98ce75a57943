// Many runs in the background that fill in a map, or are averaged.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { broken } from "./axe.mjs";
import { start } from "./harness.mjs";
import { finish, lab, ready } from "./lab.mjs";
import test from "./testing.mjs";

let site;
before(async () => { site = await start(); });
after(() => site?.close());

test("a run that diverges is left out of the map, and the others go on", async () => {
  const tab = await site.openLab("#playground?units=4&n_train=40&steps=200&dataset=sine&activation=linear&optimizer=sgd&learning_rate=0.2&keep_prob=0.5");
  await finish(tab.page);
  const map = lab(tab.page).locator(".map");
  const fill = map.locator("button[name=fill]");
  await fill.click();
  await map.locator(".help", { hasText: "In 10 runs the loss stopped being a finite number: nothing was measured there." }).waitFor();
  await fill.and(tab.page.getByText("Filled in")).waitFor();
  assert.deepEqual(await map.evaluate(({ dataset }) => [dataset.points, dataset.filled]), ["1", "10"]);
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("an average that is printed is run again by a press, and shown seed by seed", async () => {
  const tab = await site.openLab("#pre_training_supervised");
  const { page } = tab;
  await ready(page);
  const all = lab(page).locator(".average");
  await all.first().waitFor({ state: "attached" });
  await lab(page).locator("details.rest > summary").first().click();
  const long = all.first().locator("button[name=average]");
  await long.press("Enter");
  await long.and(page.getByText("Cancel")).press("Enter");
  await long.and(page.getByText(/^Run/)).waitFor();

  const last = all.last(); // of short runs
  await last.getByRole("button", { name: "Run these 10 seeds" }).press("Enter");
  await last.getByText("10 of 10 runs are done.").waitFor();
  const paragraph = last.locator("xpath=preceding-sibling::*[1]");
  const pairs = await paragraph.locator("[data-seeds]").evaluateAll((numbers) =>
    numbers.map((printed) => [printed, printed.nextElementSibling].map(({ textContent }) => textContent)));
  assert.equal(pairs.length, 2);
  for (const [printed, here] of pairs) {
    const [, mean, error] = /^here ([\d.]+)\s%\s±\s([\d.]+)\s%$/.exec(here) ?? [];
    assert.equal(`${Math.round(mean)} %`, printed.replace(/\s/, " "), here);
    assert.ok(error > 1 && error < 100, here);
  }
  const measured = paragraph.locator(".measured-here").first();
  await measured.press("Enter");
  assert.equal(await measured.getAttribute("aria-expanded"), "true");
  await last.getByRole("heading", { name: /seed by seed$/ }).waitFor();
  await last.locator("summary").filter({ visible: true }).click();
  await last.locator("tbody tr").nth(9).waitFor();
  assert.deepEqual(await broken(page), []);
  assert.deepEqual(tab.problems, []);
  await tab.close();
});
