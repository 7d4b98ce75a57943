// The lab of co-adaptation: what dropout unlocks, what nothing else does, and links that replay it.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { start } from "./harness.mjs";
import { finish, lab, linked, move, numbers, ready, rewind, type } from "./lab.mjs";
import test from "./testing.mjs";

let site;
before(async () => { site = await start(); });
after(() => site?.close());

test("a run begins with the slide's numbers, and dropout makes each pathway stand on its own", async () => {
  const tab = await site.openLab("#co_adaptation");
  await ready(tab.page);
  await rewind(tab.page);
  const note = lab(tab.page).locator("figure[data-figure=network] .note");
  await note.scrollIntoViewIfNeeded(); // out of sight a figure may say what it said as the page opened
  await note.and(tab.page.getByText("ŷ = 2.00 x₁ − 3.00 x₂ + 0.00 x₃ + 0.00 x₄", { exact: true })).waitFor();
  const start = await numbers(tab.page);
  assert.deepEqual([start.pathway_error, start.full_error, start.columns_3_4_max], ["2.000", "0.000", "1.000"]);
  await finish(tab.page);
  const end = await numbers(tab.page);
  assert.deepEqual([end.pathway_error, end.full_error, end.columns_3_4_max], ["0.000", "0.000", "0.000"]);
  const arms = lab(tab.page).locator("figure[data-figure=arms] tbody tr");
  await arms.first().and(tab.page.locator("tr", { hasText: "nothing dropped" })).waitFor();
  assert.match(await arms.first().textContent(), /^nothing dropped2exactly\s01exactly\s0/);
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("with nothing dropped nothing moves, scaling by 1/p shrinks, and one run shows all ways", async () => {
  const tab = await site.openLab("#co_adaptation?scaling=no_dropout&steps=400");
  await ready(tab.page);
  await finish(tab.page);
  const locked = await numbers(tab.page);
  assert.deepEqual([locked.pathway_error, locked.difference_drift, locked.exact_factor], ["2.000", "0.000", "–"]);
  await lab(tab.page).locator("select[name=scaling]").selectOption("inverted");
  await linked(tab.page, "scaling=inverted");
  assert.equal(await lab(tab.page).getAttribute("data-state"), "done", "all four are trained: nothing starts anew");
  assert.equal(await lab(tab.page).locator(".runs tbody tr").count(), 1, "nor is it a run of its own");
  const shrunk = await numbers(tab.page);
  assert.equal(shrunk.exact_factor, "0.667");
  assert.ok(Number(shrunk.full_error) > 1, shrunk.full_error);
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("where only prediction multiplies by p, the page says so beside the numbers", async () => {
  const tab = await site.openLab("#co_adaptation?scaling=at_test&steps=20");
  await ready(tab.page);
  await rewind(tab.page);
  assert.equal((await numbers(tab.page)).full_error, "3.250");
  const why = lab(tab.page).locator(".formula p", { hasText: "Prediction multiplies each" });
  await why.waitFor();
  await lab(tab.page).locator("select[name=scaling]").selectOption("survivors");
  await linked(tab.page, "scaling=survivors");
  await why.waitFor({ state: "hidden" });
  assert.equal((await numbers(tab.page)).full_error, "0.000");
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("pathways by the slider's keys and typed, a bad number refused, and a link that replays", async () => {
  const tab = await site.openLab("#co_adaptation?scaling=inverted&steps=50");
  await ready(tab.page);
  await move(tab.page, "n_pathways", 2);
  await linked(tab.page, "n_pathways=4&");
  await lab(tab.page).locator("figure[data-figure=shrink] .note", { hasText: "0.800" }).waitFor();
  await type(tab.page, "n_pathways", "40");
  const control = lab(tab.page).locator(".control:has([name=n_pathways])");
  await control.locator(".problem", { hasText: "from 2 to 32" }).waitFor();
  await linked(tab.page, "n_pathways=4&");
  await type(tab.page, "n_pathways", "8");
  await linked(tab.page, "n_pathways=8&");
  await finish(tab.page);
  const before = await numbers(tab.page);
  assert.equal(before.exact_factor, "0.889");
  await tab.page.reload();
  await ready(tab.page);
  await finish(tab.page);
  assert.deepEqual(await numbers(tab.page), before);
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("a neuron that is pressed is cut before and after: the lecture's weights break, those of dropout stand", async () => {
  const tab = await site.openLab("#co_adaptation");
  await ready(tab.page);
  await finish(tab.page);
  const figure = (key) => lab(tab.page).locator(`figure[data-figure=${key}]`);
  const error = (key, value) => figure(key).locator(".note", { hasText: `mean squared error ${value} over all x` }).waitFor();
  const answer = async (key) => (await figure(key).locator("canvas").getAttribute("aria-label")).match(/it answers (−?[\d.]+), and (−?[\d.]+) is right/).slice(1);
  await error("cut_before", "0.000");
  const before = await numbers(tab.page);
  const h1 = figure("cut_before").locator(".handle[data-handle=cut_h1]");
  assert.deepEqual([await h1.getAttribute("aria-pressed"), await h1.getAttribute("aria-label")], ["false", "h₁, in use"]);
  await h1.click();
  await linked(tab.page, "cut_h1=true");
  await error("cut_before", "2.000");
  await error("cut_after", "0.000");
  assert.deepEqual([await answer("cut_before"), await answer("cut_after")], [["2", "5"], ["5", "5"]]);
  assert.equal(await h1.getAttribute("aria-pressed"), "true");
  assert.equal(await figure("cut_after").locator(".handle[data-handle=cut_h1]").getAttribute("aria-pressed"), "true");
  assert.deepEqual(await numbers(tab.page), before, "the run is not touched");
  await lab(tab.page).locator("select[name=scaling]").selectOption("no_dropout");
  await error("cut_after", "2.000");
  // by keyboard, back again
  await figure("cut_after").locator(".handle[data-handle=cut_h1]").press("Enter");
  await linked(tab.page, "cut_h1=false");
  await error("cut_after", "0.000");
  assert.deepEqual(tab.problems, []);
  await tab.close();
});
