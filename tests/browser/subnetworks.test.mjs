// The lab of all smaller networks: votes that come in, means that are exact or not, an image to choose.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { start } from "./harness.mjs";
import { finish, lab, linked, move, numbers, ready, rewind, type } from "./lab.mjs";
import test from "./testing.mjs";

let site;
before(async () => { site = await start(); });
after(() => site?.close());

const table = (page, figure) => lab(page).locator(`figure[data-figure=${figure}] tbody tr`).evaluateAll((rows) =>
  rows.map((row) => [...row.children].map((cell) => cell.textContent)));

test("all networks vote, and one pass is their geometric mean but not their average", async () => {
  const tab = await site.openLab("#subnetworks?units=6&steps=300");
  await ready(tab.page);
  await rewind(tab.page);
  const before = await numbers(tab.page);
  assert.equal(before.error_average, "–");
  assert.match(await lab(tab.page).locator(".formula p").textContent(), /differ by –$/);
  await finish(tab.page);
  const { votes, subnetworks, error_weight_scaled, error_geometric } = await numbers(tab.page);
  assert.equal(votes, "64");
  assert.equal(votes, subnetworks);
  assert.equal(error_weight_scaled, error_geometric);
  await lab(tab.page).locator("figure[data-figure=exact] td", { hasText: "not exact" }).waitFor();
  const verdicts = (await table(tab.page, "exact")).map((row) => row[2]);
  assert.deepEqual(verdicts, ["exact", "exact", "not exact"]);
  await lab(tab.page).locator("figure[data-figure=sharing]").scrollIntoViewIfNeeded(); // what is out of sight comes later
  await lab(tab.page).locator("figure[data-figure=sharing] td", { hasText: "3,760" }).waitFor();
  const parameters = (await table(tab.page, "sharing")).find(([name]) => name === "parameters");
  assert.deepEqual(parameters.slice(1), ["460", "3,760"]);
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("with two dropped layers nothing is exact; more than 12 neurons are refused with the reason", async () => {
  const tab = await site.openLab("#subnetworks?units=4&hidden_layers=2&steps=300");
  await ready(tab.page);
  await finish(tab.page);
  await lab(tab.page).locator("figure[data-figure=exact] td", { hasText: "not exact" }).nth(2).waitFor();
  await type(tab.page, "units", "7");
  const control = lab(tab.page).locator(".control:has([name=units])");
  await control.locator(".problem", { hasText: "must be at most 6 with Hidden layers = 2" }).waitFor();
  await linked(tab.page, "units=4&");
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("with nothing dropped there is one network; page by page the gallery shows all there are", async () => {
  const tab = await site.openLab("#subnetworks?units=5&keep_prob=1&steps=90");
  await ready(tab.page);
  await finish(tab.page);
  const { subnetworks, votes, error_average, error_mean_subnetwork } = await numbers(tab.page);
  assert.deepEqual([subnetworks, votes, error_average], ["1", "1", error_mean_subnetwork]);
  const note = lab(tab.page).locator("figure[data-figure=gallery] .note");
  await note.scrollIntoViewIfNeeded();
  await note.and(tab.page.locator(":text('the only one')")).waitFor();
  await type(tab.page, "keep_prob", "0.5");
  await linked(tab.page, "keep_prob=0.5&");
  await finish(tab.page);
  await lab(tab.page).locator("details:has([name=page]) > summary").click();
  await type(tab.page, "page", "2");
  await note.and(tab.page.locator(":text('25 to 32 of 32')")).waitFor();
  assert.equal(await lab(tab.page).getAttribute("data-state"), "done", "looking starts nothing anew");
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("another image changes what they say of it, at once and in the link, and nothing else", async () => {
  const tab = await site.openLab("#subnetworks?units=4&steps=90&image=2");
  await ready(tab.page);
  await finish(tab.page);
  const before = await numbers(tab.page);
  await move(tab.page, "image", 3);
  await linked(tab.page, "image=5&");
  const figure = lab(tab.page).locator("figure[data-figure=wall]");
  await figure.scrollIntoViewIfNeeded();
  await figure.locator("canvas[aria-label*='number 5,']").waitFor();
  assert.deepEqual(await numbers(tab.page), before);
  assert.equal(await lab(tab.page).getAttribute("data-state"), "done");
  await tab.page.reload();
  await ready(tab.page);
  await figure.scrollIntoViewIfNeeded();
  await figure.locator("canvas[aria-label*='number 5,']").waitFor();
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("a cell of the wall is pressed: that network is drawn, and the wall's numbers are those of the figures", async () => {
  const tab = await site.openLab("#subnetworks?units=6&steps=300");
  await ready(tab.page);
  await finish(tab.page);
  const before = await numbers(tab.page);
  const wall = lab(tab.page).locator("figure[data-figure=wall]");
  const cells = wall.locator(".handle[data-handle=subnetwork]");
  await cells.scrollIntoViewIfNeeded();
  const { width, height } = await cells.boundingBox();
  // in row 6 of 8, column 3 of 8: 101010, of 64 the 43rd
  await cells.click({ position: { x: (2.5 / 8) * width, y: (5.5 / 8) * height } });
  await linked(tab.page, "subnetwork=43");
  const words = await wall.locator("canvas[aria-label*='keeps 3 hidden neurons']").getAttribute("aria-label");
  const [, right, voted] = words.match(/: (\d+) of the (\d+) that have voted are right/);
  assert.equal(voted, before.votes);
  assert.match(await wall.locator(".note").textContent(), new RegExp(`: ${right} of 64 right`));
  const network = lab(tab.page).locator("figure[data-figure=network]");
  await network.scrollIntoViewIfNeeded();
  await network.locator("canvas[aria-label*='that is chosen: 3 of 6 hidden neurons kept']").waitFor();
  await cells.press("ArrowDown");
  await linked(tab.page, "subnetwork=51");
  assert.deepEqual(await numbers(tab.page), before);
  assert.equal(await lab(tab.page).getAttribute("data-state"), "done");
  assert.deepEqual(tab.problems, []);
  await tab.close();
});
