// The labs of "Pre-training": two phases, features kept and destroyed, and what cannot be chosen.
import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { start } from "./harness.mjs";
import { finish, lab, linked, move, numbers, ready, rewind, type } from "./lab.mjs";

let site;
before(async () => { site = await start(); });
after(() => site?.close());

const note = (page, figure) => lab(page).locator(`figure[data-figure=${figure}] .note`);

test("without labels first: nothing is tuned before the labels come, and a reload replays the run", async () => {
  const tab = await site.openLab("#pre_training_unsupervised?pretext_steps=100&steps=200");
  await ready(tab.page);
  await rewind(tab.page);
  const first = await numbers(tab.page);
  assert.equal(first.test_error_scratch, first.test_error_pretrained);
  assert.deepEqual([first.features_moved, first.reconstruction_tuned], ["–", "–"]);
  assert.match(await note(tab.page, "course").textContent(), /^waiting: step 0 of 100 on the pretext task/);
  await finish(tab.page);
  const last = await numbers(tab.page);
  assert.notEqual(last.test_error_scratch, last.test_error_pretrained);
  assert.match(await note(tab.page, "course").textContent(), /^pre-trained .+, from scratch/);
  await tab.page.reload();
  await ready(tab.page);
  await finish(tab.page);
  assert.deepEqual(await numbers(tab.page), last);
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("a frozen encoder stays, the same rate everywhere destroys it", async () => {
  const tab = await site.openLab("#pre_training_unsupervised?pretext_steps=100&steps=200&tuning=frozen");
  await ready(tab.page);
  await finish(tab.page);
  const frozen = await numbers(tab.page);
  assert.match(frozen.features_moved, /^0\.0/);
  assert.equal(frozen.reconstruction_tuned, frozen.reconstruction_error);
  await lab(tab.page).locator("select[name=tuning]").selectOption("same_rate");
  await linked(tab.page, "tuning=same_rate");
  await finish(tab.page);
  const same = await numbers(tab.page);
  assert.equal(same.reconstruction_error, frozen.reconstruction_error);
  assert.ok(parseFloat(same.features_moved) > 5, same.features_moved);
  assert.ok(parseFloat(same.reconstruction_tuned) > 1.5 * parseFloat(same.reconstruction_error), same.reconstruction_tuned);
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("the slider moves the number of labels, and the marks are the ones of the page", async () => {
  const tab = await site.openLab("#pre_training_unsupervised?pretext_steps=5&steps=10");
  await ready(tab.page);
  await lab(tab.page).getByRole("button", { name: "300" }).click();
  await linked(tab.page, "n_labels=300");
  await move(tab.page, "n_labels", -1);
  await tab.page.waitForURL((url) => /n_labels=2\d\d/.test(url.hash));
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("with another task's labels: more digits than there are is refused, and the old number stays", async () => {
  const tab = await site.openLab("#pre_training_supervised?task=digits&n_labels=25&source_steps=5&steps=10");
  await ready(tab.page);
  await type(tab.page, "n_labels", "600");
  const control = lab(tab.page).locator(".control:has([name=n_labels])");
  await control.locator(".problem", { hasText: "must be at most 550" }).waitFor();
  await linked(tab.page, "n_labels=25&");
  await finish(tab.page);
  await lab(tab.page).locator("figure[data-figure=answers] .note", { hasText: "digit: pre-trained, from scratch" }).waitFor();
  // what is said of the teacher alone is not there
  const shown = async (text) => lab(tab.page).locator(text).isVisible();
  assert.deepEqual([await shown(".context[data-when='task digits']"), await shown(".context[data-when='task teacher']")], [true, false]);
  assert.equal(await shown("[data-metric-row=overlap]"), false);
  await lab(tab.page).locator("select[name=task]").selectOption("teacher");
  await lab(tab.page).locator("[data-metric-row=overlap]").waitFor();
  assert.deepEqual([await shown(".formula[data-when='task digits']"), await shown(".formula[data-when='task teacher']")], [false, true]);
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("the teacher's directions are found by the first task and not by few examples", async () => {
  const tab = await site.openLab("#pre_training_supervised?source_steps=400&steps=600");
  await ready(tab.page);
  await finish(tab.page);
  const { overlap_pretrained, overlap_scratch, test_error_pretrained, test_error_scratch } = await numbers(tab.page);
  assert.ok(parseFloat(overlap_pretrained) > 60, overlap_pretrained);
  assert.ok(parseFloat(overlap_scratch) < 30, overlap_scratch);
  assert.ok(2 * parseFloat(test_error_pretrained) < parseFloat(test_error_scratch));
  assert.deepEqual(tab.problems, []);
  await tab.close();
});
