// Symmetry breaking: exactly 0 on the page, and what breaks it.
import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { start } from "./harness.mjs";
import { finish, lab, linked, numbers, ready, rewind, type } from "./lab.mjs";

let site;
before(async () => { site = await start(); });
after(() => site?.close());

const SMALL = "#symmetry_breaking?n_train=60&steps=60";

test("equal neurons stay exactly equal, also when inputs are dropped; dropped neurons part", async () => {
  const tab = await site.openLab(SMALL);
  await ready(tab.page);
  await finish(tab.page);
  const tied = await numbers(tab.page);
  assert.deepEqual([tied.max_difference, tied.most_difference, tied.hidden_difference], ["0", "0", "0"]);
  assert.equal(tied.effective_rank, "1.00");
  const table = lab(tab.page).locator("figure[data-figure=arms]");
  await table.scrollIntoViewIfNeeded(); // what is out of sight is not kept up to date
  const rows = table.locator(".plot tbody tr");
  await rows.filter({ hasText: "exactly 0exactly 0" }).nth(1).waitFor();
  const exact = (await rows.allTextContents()).map((text) => text.replaceAll("\u00a0", " ").includes("exactly 0exactly 0"));
  assert.deepEqual(exact, [true, true, false, false, false]);
  await lab(tab.page).locator("select[name=arm]").selectOption("tied_hidden_dropout");
  await linked(tab.page, "arm=tied_hidden_dropout");
  assert.equal(await lab(tab.page).getAttribute("data-state"), "done", "all five are trained: nothing starts anew");
  const runs = lab(tab.page).locator(".runs tbody tr");
  assert.equal(await runs.count(), 1, "nor is it a run of its own");
  const dropped = await numbers(tab.page);
  assert.ok(Number(dropped.first_difference) > 0.01, dropped.first_difference);
  assert.ok(Number(dropped.effective_rank) > 2, dropped.effective_rank);
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("a perturbation breaks the tie, and the link replays it", async () => {
  const tab = await site.openLab(SMALL);
  await ready(tab.page);
  await type(tab.page, "perturbation", "1e-8");
  await linked(tab.page, "perturbation=0.00000001&");
  const field = lab(tab.page).locator(".control:has([name=perturbation]) .exact");
  assert.equal(Number(await field.inputValue()), 1e-8, "small, and yet to be read");
  await finish(tab.page);
  const perturbed = await numbers(tab.page);
  assert.notEqual(perturbed.max_difference, "0");
  await tab.page.reload();
  await ready(tab.page);
  await finish(tab.page);
  assert.deepEqual(await numbers(tab.page), perturbed);
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("the neurons shown can be changed while the five networks stand", async () => {
  const tab = await site.openLab(SMALL);
  await ready(tab.page);
  await rewind(tab.page);
  await lab(tab.page).getByRole("button", { name: "Step", exact: true }).click();
  await lab(tab.page).and(tab.page.locator("[data-steps='1']")).waitFor();
  await lab(tab.page).locator("select[name=arm]").selectOption("random");
  await linked(tab.page, "arm=random");
  const note = lab(tab.page).locator("figure[data-figure=cosines] .note", { hasText: "all random" });
  await note.waitFor();
  assert.equal(await lab(tab.page).getAttribute("data-steps"), "1");
  assert.deepEqual(tab.problems, []);
  await tab.close();
});
