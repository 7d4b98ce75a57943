// The way through the lecture: every claim with its picture, where the reader is, what was guessed and found.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { broken } from "./axe.mjs";
import { start } from "./harness.mjs";
import { finish, lab, ready } from "./lab.mjs";
import test from "./testing.mjs";

let site;
before(async () => { site = await start(); });
after(() => site?.close());

const seen = (page) => page.locator(".course li img:visible");

async function goThere(page) {
  await page.locator(".course").scrollIntoViewIfNeeded();
  await page.locator(".course li").first().waitFor();
}

test("the lecture's claims stand below the lab, each with the picture of its run, in the page's colours", async () => {
  for (const colorScheme of ["light", "dark"]) {
    const tab = await site.openLab("#ensembles", { colorScheme });
    await ready(tab.page);
    assert.equal(await tab.page.locator(".course li").count(), 0, "until a reader comes near there is none");
    await goThere(tab.page);
    const claims = await tab.page.evaluate(async () => (await import("./pkg/regularization_playground.js")).catalogue().map(({ claim }) => claim));
    const cards = await tab.page.locator(".course li a > :last-child").allTextContents();
    assert.deepEqual(cards, claims);
    assert.deepEqual(await tab.page.locator(".course [aria-current=page]").evaluateAll((links) => links.map(({ hash }) => hash)), ["#ensembles"]);
    const numbers = (await tab.page.locator(".course .kicker").allTextContents()).map((text) => Number.parseInt(text, 10));
    assert.deepEqual([...new Set(numbers.filter(Number.isFinite))], [1, 2, 3, 4, 5, 6, 7, 8]);
    assert.equal(await seen(tab.page).count(), claims.length);
    for (const image of await seen(tab.page).all()) {
      await image.scrollIntoViewIfNeeded();
      await image.evaluate((img) => img.decode());
      assert.match(await image.getAttribute("src"), new RegExp(`-${colorScheme}\\.svg$`));
    }
    assert.deepEqual(await broken(tab.page), [], colorScheme);
    assert.deepEqual(tab.problems, []);
    await tab.close();
  }
});

test("what was guessed and found is noted there, and a claim leads to its lab", async () => {
  const tab = await site.openLab("#ensemble_formula");
  await finish(tab.page);
  const guess = lab(tab.page).locator(".guess").first();
  const words = await guess.textContent();
  await guess.click();
  await lab(tab.page).locator(".verdict[data-verdict=right], .verdict[data-verdict=wrong]").waitFor();
  const state = await lab(tab.page).locator(".question .verdict").getAttribute("data-verdict");
  await goThere(tab.page);
  const found = tab.page.locator('.course a[href="#ensemble_formula"] + .verdict');
  assert.equal(await found.textContent(), `Your guess: ${words}.${state === "right" ? " Right." : " Wrong."}`);
  await tab.page.locator('.course a[href="#subnetworks"]').click();
  await ready(tab.page);
  assert.equal(await tab.page.evaluate(() => scrollY), 0, "a lab is read from its claim on");
  await tab.page.locator('section[data-lab="subnetworks"]:not([hidden])').waitFor();
  await goThere(tab.page);
  assert.equal(await tab.page.locator(".course [aria-current=page]").getAttribute("href"), "#subnetworks");
  await tab.page.reload();
  await ready(tab.page);
  await goThere(tab.page);
  assert.match(await found.textContent(), /^Your guess: /);
  await tab.close();
});
