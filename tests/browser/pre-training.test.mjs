// The labs of "Pre-training": two phases, features kept and destroyed, and what cannot be chosen.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { start } from "./harness.mjs";
import { drawn, finish, lab, linked, move, numbers, ready, rewind, type } from "./lab.mjs";
import test from "./testing.mjs";

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
  await lab(tab.page).locator("figure[data-figure=answers] .note", { hasText: "25 examples · " }).waitFor();
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

test("a digit that is dragged on its canvas, or on the map of places, stands where the link says; its drawing stays", async () => {
  const tab = await site.openLab("#pre_training_unsupervised?pretext_steps=600&steps=900&place_x=0&place_y=0");
  await ready(tab.page);
  await finish(tab.page);
  const before = await numbers(tab.page);
  const canvas = lab(tab.page).locator("figure[data-figure=placed] .handle[data-handle='place_x place_y']");
  await canvas.scrollIntoViewIfNeeded();
  await lab(tab.page).locator("figure[data-figure=placed] .note", { hasText: "image 2.8 pixels off" }).waitFor();
  const { x, y, width, height } = await canvas.boundingBox();
  await tab.page.mouse.move(x + width / 3, y + height / 3);
  await tab.page.mouse.down();
  // an image of 14 pixels: two to the right, four down
  await tab.page.mouse.move(x + width / 3 + (2 * width) / 14, y + height / 3 + (4 * height) / 14, { steps: 4 });
  await tab.page.mouse.up();
  await linked(tab.page, "place_x=2&place_y=4");
  const note = lab(tab.page).locator("figure[data-figure=placed] .note", { hasText: "image 2.0 pixels off" });
  await note.waitFor();
  const [, drawing] = (await note.textContent()).match(/drawing (\d\.\d)/);
  assert.ok(Number(drawing) < 0.7, drawing);
  await canvas.press("ArrowUp");
  await linked(tab.page, "place_x=2&place_y=3");
  await drawn(tab.page);
  const ring = lab(tab.page).locator("figure[data-figure=places] .handle").last();
  assert.equal(await ring.getAttribute("aria-label"), "the place of the image, pre-trained");
  const map = await ring.boundingBox();
  await tab.page.mouse.move(map.x + map.width / 2, map.y + map.height / 2);
  await tab.page.mouse.down();
  await tab.page.mouse.move(map.x + map.width / 2 + (10 * map.width) / 26, map.y + map.height / 2, { steps: 4 });
  await tab.page.mouse.up();
  await linked(tab.page, "place_x=4&place_y=3");
  // what both answer is that of the one place, and nothing was trained for it
  const told = await lab(tab.page).locator("figure[data-figure=places] canvas").getAttribute("aria-label");
  assert.match(told, /For the image of class 2, where it stands, the network from scratch answers \d, the pre-trained one \d\./);
  assert.deepEqual(await numbers(tab.page), before);
  assert.equal(await lab(tab.page).locator(".runs tbody tr").count(), 1);
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("predicted against true: more examples bring the cloud to the line, by the numbers of the run", async () => {
  const tab = await site.openLab("#pre_training_supervised?source_steps=400&steps=900");
  await ready(tab.page);
  await finish(tab.page);
  const r2 = async (figure, examples) => {
    const shown = note(tab.page, figure).and(tab.page.locator(".note", { hasText: `${examples} examples · R² = ` }));
    await shown.waitFor();
    return Number((await shown.textContent()).split("R² = ")[1].replace("−", "-"));
  };
  const agrees = async (figure, metric, examples) => {
    const [told, measured] = [await r2(figure, examples), (await numbers(tab.page))[metric]];
    assert.ok(Math.abs(1 - parseFloat(measured.replace(",", "")) / 100 - told) < 0.006, `${figure}: ${told}, ${measured}`);
    return told;
  };
  const few = await agrees("answers_scratch", "test_error_scratch", "20");
  assert.ok((await agrees("answers", "test_error_pretrained", "20")) > few + 0.5);
  await lab(tab.page).getByRole("button", { name: "500", exact: true }).click();
  await linked(tab.page, "n_labels=500");
  assert.ok((await agrees("answers_scratch", "test_error_scratch", "500")) > few + 0.5);
  assert.deepEqual(tab.problems, []);
  await tab.close();
});
