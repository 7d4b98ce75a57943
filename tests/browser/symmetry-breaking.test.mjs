// Symmetry breaking: exactly 0 on the page, and what breaks it.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { start } from "./harness.mjs";
import { finish, lab, linked, numbers, ready, rewind, type } from "./lab.mjs";
import { finished } from "./native.mjs";
import test from "./testing.mjs";

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

test("the first step is dragged from image to image: equal neurons part where they are dropped", async () => {
  const tab = await site.openLab(`${SMALL}&images_seen=0`);
  await ready(tab.page);
  await finish(tab.page);
  const figure = lab(tab.page).locator("figure[data-figure=first_step]");
  const handle = figure.locator(".handle[data-handle=images_seen]");
  const words = () => figure.locator("canvas").getAttribute("aria-label");
  /** How many kinds of neurons the lower network has. */
  const kinds = async () => {
    const [, count] = (await words()).match(/dropout on hidden neurons: (all the same|\d kinds|all different)/);
    return { "all the same": 1, "all different": 8 }[count] ?? Number(count[0]);
  };
  const note = figure.locator(".note");
  assert.equal(await note.textContent(), "before the first image");
  assert.equal(await kinds(), 1);
  await handle.press("ArrowRight");
  await note.filter({ hasText: "after image 1 of 16: " }).waitFor();
  assert.equal(await kinds(), 2, "those that were kept, and those that were dropped");
  const { x, y, width, height } = await handle.boundingBox();
  await tab.page.mouse.move(x + width / 16, y + height / 2);
  await tab.page.mouse.down();
  await tab.page.mouse.move(x + width / 2, y + height / 2, { steps: 5 });
  await tab.page.waitForURL((url) => /images_seen=[789]&/.test(url.hash)); // half the width is half the batch
  await tab.page.mouse.move(x + width - 1, y + height / 2, { steps: 5 });
  await tab.page.mouse.up();
  await note.filter({ hasText: "after image 16 of 16: " }).waitFor();
  await linked(tab.page, "images_seen=16&");
  await handle.press("Home");
  await linked(tab.page, "images_seen=0&");
  await handle.evaluate((element) => { // two presses before anything is drawn
    for (const key of ["ArrowRight", "ArrowRight"]) element.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  });
  await linked(tab.page, "images_seen=2&");
  await handle.press("PageUp");
  await linked(tab.page, "images_seen=12&");
  await handle.press("End"); // of the batch
  await linked(tab.page, "images_seen=16&");
  await note.filter({ hasText: "after image 16 of 16: " }).waitFor();
  assert.ok((await words()).includes("equal, no dropout: all the same"), await words());
  const run = finished("symmetry_breaking", tab.page.url().split("?")[1]);
  assert.ok((await words()).endsWith(run.figure("first_step").description));
  assert.equal(run.metrics().first_difference, 0, "the network inspected is the one without dropout");
  assert.ok(await kinds() > 4, await words());
  run.free();
  assert.equal(await lab(tab.page).getAttribute("data-state"), "done", "to look is not to train");
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
