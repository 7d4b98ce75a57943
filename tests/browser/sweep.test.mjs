// Many runs in the background: cancelled, run again, drawn with error bars, and the page alive.
import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { broken } from "./axe.mjs";
import { start } from "./harness.mjs";
import { finish, lab, linked, ready, type } from "./lab.mjs";

let site;
before(async () => { site = await start(); });
after(() => site?.close());

const QUICK = "#dropout?units=4&steps=20";

/** The first experiment of the lab, and the sentence that says how far it is. */
const parts = (page) => {
  const box = lab(page).locator(".sweep").first();
  return { box, button: box.locator("button[name=sweep]"), told: box.locator(".help") };
};

test("all runs are done, drawn and to be had as a table; a change above is told", async () => {
  const tab = await site.openLab(QUICK);
  await ready(tab.page);
  await finish(tab.page);
  const { box, button, told } = parts(tab.page);
  assert.match(await told.textContent(), /^18 runs in the background: training examples 50, .*; 3 seeds each; everything else as set above\.$/);
  await button.click();
  await told.filter({ hasText: "18 of 18 runs are done." }).waitFor();
  assert.equal(await button.textContent(), "Run again");
  assert.match(await box.locator(".note").textContent(), /^means of 3 seeds, bars: one standard deviation$/);
  await box.locator("summary").click();
  await box.locator("tbody tr").nth(11).waitFor();
  assert.equal(await box.locator("tbody tr").count(), 12);
  assert.equal(await lab(tab.page).getAttribute("data-steps"), "20", "the lab's own run stands where it stood");
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("a cancelled experiment keeps what it has, and a changed setting makes it old", async () => {
  const tab = await site.openLab("#dropout?units=4&steps=2000");
  await ready(tab.page);
  const { button, told } = parts(tab.page);
  await button.click();
  await told.filter({ hasText: /^[1-9]\d* of 18 runs/ }).waitFor();
  await button.click();
  assert.equal(await button.textContent(), "Run again");
  assert.match(await told.textContent(), /^\d+ of 18 runs are done\.$/);
  await type(tab.page, "label_noise", "0.1");
  await linked(tab.page, "label_noise=0.1&");
  await told.filter({ hasText: "The settings above have changed since." }).waitFor();
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("where no worker starts the page does the runs itself, one after the other", async () => {
  const tab = await site.openLab();
  await tab.page.addInitScript(() => { window.Worker = class { constructor() { throw new Error("no workers here"); } }; });
  await tab.page.goto(`${site.url}${QUICK}`);
  await tab.page.reload();
  await ready(tab.page);
  const { button, told } = parts(tab.page);
  await button.click();
  await told.filter({ hasText: "18 of 18 runs are done." }).waitFor();
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("an experiment whose lab is left waits, and goes on when one comes back", async () => {
  const tab = await site.openLab("#dropout?units=4&steps=1000");
  const { page } = tab;
  await ready(page);
  const left = parts(page);
  await left.button.click();
  await left.told.filter({ hasText: /^[1-9]\d* of 18 runs/ }).waitFor();
  await page.evaluate(() => (location.hash = "#co_adaptation"));
  await page.locator("section[data-lab=co_adaptation][data-state]:visible").waitFor();
  assert.equal(page.workers().length, 1, "the lab's own");
  const waiting = page.locator("section[data-lab=dropout] .sweep .help").first();
  const told = await waiting.textContent();
  const here = parts(page);
  await here.button.click();
  await here.told.filter({ hasText: /^(\d+) of \1 runs are done\.$/ }).waitFor();
  assert.equal(await waiting.textContent(), told);
  await page.evaluate(() => (location.hash = "#dropout"));
  await left.told.filter({ hasText: "18 of 18 runs are done." }).waitFor();
  assert.equal(page.workers().length, 1, "no engine is kept that has nothing to do");
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("a run whose worker ends is done once more by another", async () => {
  const tab = await site.openLab();
  const { page } = tab;
  await page.addInitScript(() => {
    const Own = Worker;
    window.workers = [];
    window.Worker = class extends Own {
      constructor(...given) {
        super(...given);
        window.workers.push(this);
      }
    };
  });
  await page.goto(`${site.url}?again#dropout?units=4&steps=300`);
  await ready(page);
  const { button, told } = parts(page);
  await button.click();
  await told.filter({ hasText: /^[1-9]\d* of 18 runs/ }).waitFor();
  await page.evaluate(() => window.workers.at(-1).terminate());
  await told.filter({ hasText: "18 of 18 runs are done." }).waitFor({ timeout: 60_000 });
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

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
