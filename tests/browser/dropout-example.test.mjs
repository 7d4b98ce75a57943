// The lecture's worked example, as printed, and with neurons taken out and put back.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { start } from "./harness.mjs";
import { drawn, lab, linked, numbers, ready } from "./lab.mjs";
import test from "./testing.mjs";

let site;
before(async () => { site = await start(); });
after(() => site?.close());

test("the slide's numbers stand on the page", async () => {
  const tab = await site.openLab("#dropout_example");
  await ready(tab.page);
  const { y_hat_1, y_hat_2, mean_y_hat_1, mean_y_hat_2 } = await numbers(tab.page);
  assert.deepEqual([y_hat_1, y_hat_2, mean_y_hat_1, mean_y_hat_2], ["60", "132", "30", "68.25"]);
  const forward = lab(tab.page).locator("figure[data-figure=forward] table.matrix");
  await forward.first().waitFor();
  assert.ok((await forward.allTextContents()).some((text) => text === "60132"));
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("the formulas follow the scaling", async () => {
  const tab = await site.openLab("#dropout_example");
  await ready(tab.page);
  const formula = lab(tab.page).locator(".formula math:visible");
  const told = async () => (await formula.allTextContents()).map((text) => text.replace(/\s/g, ""));
  assert.deepEqual(await told(), ["𝐡(1)=𝐦(1)⊙𝐖(1)(𝐦(0)⊙𝐱)", "𝐲^=𝐖(2)𝐡(1)=[60,132]"]);
  await lab(tab.page).locator("select[name=scaling]").selectOption("inverted");
  await lab(tab.page).locator(".formula mn", { hasText: "240" }).waitFor();
  const [h, y] = await told();
  assert.deepEqual([h, y], ["𝐡(1)=1p𝐦(1)⊙𝐖(1)(1p𝐦(0)⊙𝐱)", "𝐲^=𝐖(2)𝐡(1)=[240,528]"]);
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("a neuron is taken out by click and put back by key", async () => {
  const tab = await site.openLab("#dropout_example");
  await ready(tab.page);
  const neuron = lab(tab.page).locator(".handle[data-handle~=keep_h3]");
  await neuron.click();
  await linked(tab.page, "keep_h3=false");
  await tab.page.waitForFunction(() => document.querySelector("section:not([hidden]) [data-metric-of=y_hat_1]").textContent === "6");
  await drawn(tab.page);
  assert.equal(await neuron.getAttribute("aria-pressed"), "false");
  await neuron.press("Enter");
  await linked(tab.page, "keep_h3=true");
  await tab.page.waitForFunction(() => document.querySelector("section:not([hidden]) [data-metric-of=y_hat_1]").textContent === "60");
  await lab(tab.page).locator(".handle[data-handle~=keep_x2]").click();
  await lab(tab.page).locator(".handle[data-handle~=keep_h2]").click();
  await tab.page.waitForFunction(() => document.querySelector("section:not([hidden]) [data-metric-of=y_hat_2]").textContent === "273");
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("what a neuron multiplies is written on its weights, and adds up to what the numbers say", async () => {
  const tab = await site.openLab("#dropout_example");
  await ready(tab.page);
  const figure = lab(tab.page).locator("figure[data-figure=network]");
  const told = (text) => figure.locator(".note", { hasText: text }).waitFor();
  await told("step 1: ŷ = [60, 132]");
  await figure.locator(".handle[data-handle~=keep_h2]").click();
  await linked(tab.page, "keep_h2=true");
  await linked(tab.page, "inspected=h2");
  await told("step 1: h₂ = 4·0 + 5·0 + 6·2 = 12");
  const output = figure.getByRole("button", { name: "Inspect ŷ₁" });
  await output.press("Enter");
  await told("step 1: ŷ₁ = 1·6 + 2·12 + 3·18 = 84");
  assert.equal((await numbers(tab.page)).y_hat_1, "84");
  assert.match(await figure.locator("canvas").getAttribute("aria-label"), /ŷ₁ = 1·6 \+ 2·12 \+ 3·18 = 84\./);
  assert.equal(await output.getAttribute("aria-pressed"), "true");
  await output.click();
  await linked(tab.page, "inspected=none");
  await lab(tab.page).locator("button[name=step]").click();
  await told("step 2: ŷ = ");
  // figures are drawn as time allows, each with its note
  for (const key of ["forward", "backward", "next"]) await lab(tab.page).locator(`figure[data-figure=${key}] .note`, { hasText: /^step 2: / }).waitFor({ state: "attached" });
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("which weights a step moves is seen once it was guessed, and the guess is answered where it stands", async () => {
  const tab = await site.openLab("#dropout_example");
  await ready(tab.page);
  const moved = lab(tab.page).locator("figure[data-figure=next] td.entry.updated");
  await moved.first().waitFor({ state: "attached" });
  assert.ok(!(await moved.first().isVisible()));
  const verdict = lab(tab.page).locator(".question .verdict");
  for (const [guess, said] of [["8", /^No, 6: of the 15 weights/], ["6", /^Right: of the 15 weights/]]) {
    await lab(tab.page).locator(".answers button", { hasText: guess }).click();
    assert.match(await verdict.textContent(), said);
  }
  assert.ok(await moved.first().isVisible());
  assert.equal(await moved.count(), 6);
  await tab.close();
});

test("going from lab to lab keeps what was set", async () => {
  const tab = await site.openLab("#dropout_example?input=no_zeros");
  await ready(tab.page);
  await tab.page.getByRole("link", { name: "Playground", exact: true }).click();
  await lab(tab.page).and(tab.page.locator("[data-lab=playground][data-state][data-drawn]")).waitFor();
  await linked(tab.page, "#playground?v=1");
  await tab.page.getByRole("link", { name: "Dropout", exact: true }).click();
  await linked(tab.page, "input=no_zeros");
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("a way to another lab is not lost to the old lab's link, written in that very moment", async () => {
  const tab = await site.openLab("#dropout_example?input=no_zeros");
  await ready(tab.page);
  await linked(tab.page, "keep_h3=true");
  await tab.page.evaluate(() => {
    const { setTimeout } = window;
    window.setTimeout = (callback, delay, ...rest) => setTimeout(() => {
      // what is due the soonest runs between a click on a link and the event that tells of it
      if (delay > 200 && location.hash.includes("keep_h3=true")) location.hash = "#playground";
      callback(...rest);
    }, delay);
  });
  await lab(tab.page).locator(".handle[data-handle~=keep_h3]").click();
  await lab(tab.page).and(tab.page.locator("[data-lab=playground][data-state][data-drawn]")).waitFor();
  await tab.page.getByRole("link", { name: "Dropout", exact: true }).click();
  await linked(tab.page, "input=no_zeros");
  await linked(tab.page, "keep_h3=false");
  assert.deepEqual(tab.problems, []);
  await tab.close();
});
