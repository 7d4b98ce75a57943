// The labs of "Weight sharing": what is tied lights up together, an input is dragged and its
// activations go along, and time is moved through the unrolled network.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { start } from "./harness.mjs";
import { atRest, drawn, finish, lab, linked, move, numbers, ready, type } from "./lab.mjs";
import test from "./testing.mjs";

let site;
before(async () => { site = await start(); });
after(() => site?.close());

const plot = (page, key) => lab(page).locator(`figure[data-figure=${key}] .plot`);

/** Waits for a note of a figure, which is drawn once it is in view. */
async function note(page, key, text) {
  await lab(page).locator(`figure[data-figure=${key}]`).scrollIntoViewIfNeeded();
  await lab(page).locator(`figure[data-figure=${key}] .note`, { hasText: text }).waitFor();
}

/** The middle of a place in a figure, given as parts of its width and height, once it is in view. */
async function placeIn(page, key, x, y) {
  await plot(page, key).scrollIntoViewIfNeeded();
  const box = await plot(page, key).boundingBox();
  return [box.x + x * box.width, box.y + y * box.height];
}

/** The rows of cells behind a figure, by their names: of every cell its value and whether it is a right answer. */
async function strips(page, key) {
  await drawn(page);
  const figure = lab(page).locator(`figure[data-figure=${key}]`);
  if ((await figure.locator("details.data[open]").count()) === 0) await figure.locator("details.data > summary").click();
  await figure.locator("details.data tbody tr").first().waitFor();
  const cells = await figure.locator("details.data tbody tr").evaluateAll((rows) => rows.map(({ cells }) => [...cells].map((cell) => cell.textContent)));
  const named = (name) => cells.filter(([row]) => row === name).map(([, , value, answer]) => ({ value, answer }));
  return new Map(cells.map(([row]) => [row, named(row)]));
}

const turned = (list, by) => [...list.slice(list.length - by), ...list.slice(0, list.length - by)];

test("the motif is dragged, by mouse and by key, and the lamps that it passes say where each network knows it", async () => {
  const tab = await site.openLab("#weight_sharing_cnn");
  await ready(tab.page);
  await finish(tab.page);
  const first = await numbers(tab.page);
  assert.deepEqual([first.parameters_shared, first.parameters_local, first.parameters_dense], ["84", "1,380", "2,372"]);
  assert.equal(first.shift_gap, "0");
  assert.ok(Number(first.shift_gap_local) > 0.1, first.shift_gap_local);
  const still = await strips(tab.page, "answers");
  const right = (row) => still.get(row).filter(({ answer }) => answer === "right").length;
  const told = await plot(tab.page, "answers").locator("canvas").getAttribute("aria-label");
  for (const row of ["convolutional", "locally connected", "fully connected"]) {
    assert.ok(told.includes(`the ${row} network is right at ${right(row)} of 28 places`), told);
  }
  assert.ok(right("convolutional") === 28 && right("locally connected") < 20 && right("fully connected") < 20);
  const motif = plot(tab.page, "answers").locator(".handle");
  await motif.scrollIntoViewIfNeeded();
  const [at, box] = [await motif.boundingBox(), await plot(tab.page, "answers").boundingBox()];
  const [x, y] = [at.x + at.width / 2, at.y + at.height / 2];
  await tab.page.mouse.move(x, y);
  await tab.page.mouse.down();
  await tab.page.mouse.move(x - (8 * box.width) / 32, y, { steps: 4 });
  await tab.page.mouse.up();
  await linked(tab.page, "shift=24&");
  await note(tab.page, "answers", "shifted by 24");
  await motif.press("ArrowRight");
  await linked(tab.page, "shift=25&");
  await note(tab.page, "answers", "shifted by 25");
  assert.match(await motif.getAttribute("aria-valuetext"), /shifted by 25$/);
  const moved = await strips(tab.page, "answers");
  const values = (rows, row) => rows.get(row).map(({ value }) => value);
  assert.deepEqual(values(moved, "the signal"), turned(values(still, "the signal"), 25));
  for (const row of ["convolutional", "locally connected", "fully connected"]) assert.deepEqual(moved.get(row), still.get(row));
  await note(tab.page, "map_shared", "difference exactly 0");
  await note(tab.page, "map_local", "they do not");
  assert.equal(await lab(tab.page).getAttribute("data-state"), "done", "to look is not to train anew");
  assert.equal(await lab(tab.page).locator(".runs tbody tr").count(), 1);
  await type(tab.page, "shift", "31");
  await linked(tab.page, "shift=31&");
  await tab.page.reload();
  await ready(tab.page);
  await finish(tab.page);
  await note(tab.page, "answers", "shifted by 31");
  assert.deepEqual(await numbers(tab.page), first);
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("pointing at a tied weight draws the network anew, and leaving it brings the old picture back", async () => {
  const tab = await site.openLab("#weight_sharing_cnn?steps=5");
  await ready(tab.page);
  await finish(tab.page);
  const canvas = plot(tab.page, "network").locator("canvas");
  await canvas.scrollIntoViewIfNeeded();
  const picture = () => canvas.evaluate((element) => element.toDataURL());
  const becomes = (same, than) => tab.page.waitForFunction(([wanted, before]) =>
    (document.querySelector("section:not([hidden]) [data-figure=network] canvas").toDataURL() === before) === wanted, [same, than]);
  await note(tab.page, "network", "each used 28 times");
  const before = await atRest(picture); // what had been out of sight is drawn a little later
  // half way between the tenth input and the location it is the first weight of
  const [x, y] = await placeIn(tab.page, "network", 0.21, 0.12 + (0.76 * (9 + 1)) / 31);
  await tab.page.mouse.move(x, y);
  await becomes(false, before);
  await tab.page.mouse.move(0, 0);
  await becomes(true, before);
  await tab.page.mouse.click(x, y);
  await linked(tab.page, "tap=1&");
  await tab.page.mouse.move(0, 0);
  await becomes(false, before);
  await note(tab.page, "gradient", "filter 1, weight 1");
  await lab(tab.page).locator("details", { has: tab.page.locator("[name=network]") }).locator("summary").click();
  await lab(tab.page).locator("select[name=network]").selectOption("local");
  await note(tab.page, "network", "each used once");
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("with digits the page speaks of digits, and a shift of more than a round is explained", async () => {
  const tab = await site.openLab("#weight_sharing_cnn?task=digits&n_train=50&steps=3&shift=30&filter=16");
  await ready(tab.page);
  await lab(tab.page).locator("p.context:visible", { hasText: "from the same 50 images" }).waitFor();
  assert.match(await lab(tab.page).locator("p.context:visible").innerText(), /recognise handwritten digits from the same 50 images/);
  await note(tab.page, "network", "drawn: one row of 8 locations");
  await note(tab.page, "signal", "shifted by 30: twice round the 12 columns, and 6 more");
  await note(tab.page, "places", "filter 8 (there is no 16)");
  await lab(tab.page).locator("figure[data-figure=gradient] p", { hasText: "66 rows: scroll" }).waitFor();
  const box = lab(tab.page).locator("figure[data-figure=gradient] .table-box");
  const cut = await box.evaluate((element) => {
    const end = element.getBoundingClientRect().bottom;
    return [...element.querySelectorAll("tr")].filter((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return top < end - 2 && bottom > end + 2;
    }).length;
  });
  assert.equal(cut, 0, "no row is cut through");
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("time runs through the unrolled network, beyond the length it was trained on", async () => {
  const tab = await site.openLab("#weight_sharing_rnn?steps=150&units=3");
  await ready(tab.page);
  await finish(tab.page);
  const { parameters_shared, parameters_unshared, test_error_shared, test_error_unshared } = await numbers(tab.page);
  assert.deepEqual([parameters_shared, parameters_unshared], ["19", "154"]);
  assert.ok(parseFloat(test_error_shared) <= parseFloat(test_error_unshared), `${test_error_shared} ${test_error_unshared}`);
  await move(tab.page, "time", 2);
  await linked(tab.page, "time=12&");
  await lab(tab.page).getByRole("button", { name: "test length" }).click();
  await linked(tab.page, "time=30&");
  await lab(tab.page).locator("details", { has: tab.page.locator("[name=weight]") }).locator("summary").click();
  await type(tab.page, "weight", "10");
  await note(tab.page, "gradient", "W_x, row 1");
  const [sum, tied] = await plot(tab.page, "gradient").locator("td.number").allTextContents();
  assert.equal(sum, tied);
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("a sequence is written cell by cell and by typing, and both networks answer it step by step", async () => {
  const tab = await site.openLab("#weight_sharing_rnn");
  const { page } = tab;
  await ready(page);
  await finish(page);
  const first = await numbers(page);
  const keys = plot(page, "readout").locator(".handle");
  const press = async (step) => {
    const { width, height } = await keys.boundingBox();
    await keys.click({ position: { x: ((step - 0.5) * width) / 30, y: height / 2 } });
  };
  await plot(page, "readout").scrollIntoViewIfNeeded();
  await note(page, "readout", "Test sequence 2");
  const drawn = (await strips(page, "readout")).get("the sequence").map(({ value }) => value);
  assert.deepEqual([drawn.length, drawn[1]], [30, "0"]);
  await press(2);
  await note(page, "readout", "A sequence of your own");
  await linked(page, "time=2&");
  assert.equal(await keys.getAttribute("aria-valuetext"), "1 at step 2 of 30; Enter changes it");
  await keys.press("Enter");
  await linked(page, "written=%2B-0");
  await page.waitForFunction(() => document.querySelector("section:not([hidden]) figure[data-figure=readout] tbody tr:nth-child(2) td:nth-child(3)").textContent.endsWith("1"));
  const rows = await strips(page, "readout");
  const x = rows.get("the sequence").map(({ value }) => Number(value.replace("−", "-")));
  assert.deepEqual(x, [drawn[0], "-1", ...drawn.slice(2)].map((value) => Number(value.replace("−", "-"))));
  const right = x.map((_, step) => x.slice(0, step + 1).findLast((value) => value !== 0) ?? 0);
  assert.deepEqual(rows.get("right answer").map(({ value }) => Number(value.replace("−", "-"))), right);
  await keys.press("ArrowRight");
  await linked(page, "time=3&");
  const told = await plot(page, "readout").locator("canvas").getAttribute("aria-label");
  const wrong = ["tied weights", "separate weights"].map((row) => {
    rows.get(row).forEach(({ value, answer }, step) =>
      assert.equal(answer, Number(value.replace("−", "-")) * right[step] > 0 ? "right" : "wrong", `${row}, step ${step + 1}`));
    return rows.get(row).filter(({ answer }) => answer === "wrong").length;
  });
  assert.ok(told.includes(`wrong sign after ${wrong[0]} of 30 steps, that of the network with separate weights after ${wrong[1]}.`), told);
  assert.equal(wrong[0], 0, "the tied network follows to the end");
  assert.deepEqual(await numbers(page), first, "to write is not to train");
  await lab(page).locator("details", { has: page.locator("[name=written]") }).locator("summary").click();
  await type(page, "written", "+0x");
  await lab(page).locator(".control:has([name=written]) .problem", { hasText: "each one of + 0 -" }).waitFor();
  await type(page, "written", "+00−0");
  await linked(page, "written=%2B00-0&");
  await page.waitForFunction(() => document.querySelectorAll("section:not([hidden]) figure[data-figure=readout] tbody tr").length === 4 * 5);
  await page.reload();
  await ready(page);
  await finish(page);
  await note(page, "readout", "A sequence of your own");
  await lab(page).locator("details", { has: page.locator("[name=written]") }).locator("summary").click();
  await type(page, "written", "");
  await note(page, "readout", "Test sequence 2");
  assert.deepEqual(tab.problems, []);
  await tab.close();
});
