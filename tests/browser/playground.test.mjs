// The playground: sliders change the run, a link replays it, mistakes are told and lose nothing.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { start } from "./harness.mjs";
import { drawn, finish, lab, linked, move, numbers, ready, steps, type } from "./lab.mjs";
import { finished } from "./native.mjs";
import test from "./testing.mjs";

const SMALL = "#playground?dataset=digits&n_train=60&units=16&steps=150";
let site;
before(async () => { site = await start(); });
after(() => site?.close());

async function open(hash = SMALL, options = {}) {
  const tab = await site.openLab(hash, options);
  await ready(tab.page);
  return tab;
}

test("each of the three sliders changes the run", async () => {
  const tab = await open();
  await finish(tab.page);
  let before = await numbers(tab.page);
  for (const [name, stops] of [["keep_prob", -4], ["alpha", 60], ["n_members", 2]]) {
    await move(tab.page, name, stops);
    await finish(tab.page);
    await tab.page.waitForFunction(() => document.querySelector(".exact")?.value);
    const now = await numbers(tab.page);
    assert.notDeepEqual(now, before, name);
    assert.equal(now.baseline_test_error, before.baseline_test_error, "the run without regularization stays");
    before = now;
  }
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("a link opened again replays the run, number for number", async () => {
  const tab = await open();
  await move(tab.page, "keep_prob", -2);
  await type(tab.page, "alpha", "0.137");
  await linked(tab.page, "alpha=0.137");
  await finish(tab.page);
  const told = await numbers(tab.page);
  await tab.page.reload();
  await ready(tab.page);
  await finish(tab.page);
  assert.deepEqual(await numbers(tab.page), told);
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("the same run on every way to its end: at once, in steps, after a reset", async () => {
  const tab = await open(`${SMALL.replace("150", "12")}`);
  await finish(tab.page);
  const told = await numbers(tab.page);
  await tab.page.locator("button[name=reset]").click();
  await lab(tab.page).and(tab.page.locator("[data-steps='0']")).waitFor();
  for (let i = 1; i <= 12; i += 1) {
    await tab.page.keyboard.press("ArrowRight");
    await lab(tab.page).and(tab.page.locator(`[data-steps='${i}']`)).waitFor();
  }
  assert.deepEqual(await numbers(tab.page), told);
  await tab.close();
});

test("a link with mistakes: all are named, the defaults run, the link is not lost", async () => {
  const tab = await open("#playground?keep_prob=7&unit=4&dataset=cats");
  const notice = lab(tab.page).locator(".notice");
  const text = await notice.textContent();
  for (const part of ["keep_prob = 7", "unit: unknown key", 'dataset = "cats"', "keep_prob=7&unit=4&dataset=cats"]) {
    assert.ok(text.includes(part), `${part} in: ${text}`);
  }
  assert.ok(tab.page.url().endsWith("#playground?keep_prob=7&unit=4&dataset=cats"));
  assert.equal(await lab(tab.page).locator("input[name=keep_prob]").inputValue(), "0.5");
  await move(tab.page, "keep_prob", 1);
  await linked(tab.page, "keep_prob=0.55");
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("a lab that does not exist is told", async () => {
  const tab = await open("#no_such_lab?x=1");
  assert.match(await lab(tab.page).locator(".notice").textContent(), /no lab named “no_such_lab”/);
  await tab.close();
});

test("a typed value that is refused: said beside the control, not lost, the old one in force", async () => {
  const tab = await open();
  const control = lab(tab.page).locator(".control:has([name=keep_prob])");
  for (const [typed, said] of [["7", "Keep probability = 7: must be"], ["half", 'Keep probability = "half": must be']]) {
    await type(tab.page, "keep_prob", typed);
    await control.locator(".problem", { hasText: said }).waitFor();
    assert.equal(await control.locator(".exact").inputValue(), typed);
    assert.equal(await control.locator("[name=keep_prob]").inputValue(), "0.5");
  }
  await type(tab.page, "keep_prob", "0.33");
  await linked(tab.page, "keep_prob=0.33");
  assert.equal(await control.locator(".problem").textContent(), "");
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("a data set brings settings that suit it; a new seed is another run", async () => {
  const tab = await open();
  await lab(tab.page).locator("details", { has: tab.page.locator("[name=dataset]") }).locator("summary").click();
  await lab(tab.page).locator("select[name=dataset]").selectOption("circles");
  await linked(tab.page, "dataset=circles");
  assert.ok(!tab.page.url().includes("n_train=60&"));
  await lab(tab.page).locator("figure[data-figure=fit] canvas").waitFor();
  await drawn(tab.page);
  assert.equal(await lab(tab.page).locator("figure[data-figure=wrong]").getAttribute("data-empty"), "");
  const url = tab.page.url();
  await tab.page.locator("button[name=new_seed]").click();
  await tab.page.waitForURL((now) => now.hash !== new URL(url).hash && !now.hash.includes("seed=0"));
  await tab.page.locator("button[name=defaults]").click();
  await linked(tab.page, "dataset=digits");
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("two decision maps take the network's place: as p is dragged, this run's lets go of wrong labels", async () => {
  const tab = await open("#playground?dataset=circles&n_train=80&label_noise=0.15&steps=300&seed=3&keep_prob=1");
  await finish(tab.page);
  const figure = (key) => lab(tab.page).locator(`figure[data-figure=${key}]`);
  const note = (key) => figure(key).locator(".note").textContent();
  /** How many wrong labels a map says its network agrees with. */
  const agreed = async (key) => Number((await note(key)).match(/^agrees with (\d+) of 12 wrong labels; test error /)[1]);
  assert.equal(await figure("network").getAttribute("data-empty"), "");
  assert.equal(await note("fit"), await note("fit_plain"), "without any regularizer both are the same");
  const plain = await note("fit_plain");
  await move(tab.page, "keep_prob", -14);
  await linked(tab.page, "keep_prob=0.3&");
  await finish(tab.page);
  const run = finished("playground", tab.page.url().split("?")[1]);
  const { test_error, baseline_test_error } = await numbers(tab.page);
  for (const [key, error] of [["fit", test_error], ["fit_plain", baseline_test_error]]) {
    assert.equal(await note(key), run.figure(key).note);
    assert.ok((await note(key)).endsWith(error), `${await note(key)}: ${error} in the table`);
    assert.ok((await figure(key).locator("canvas").getAttribute("aria-label")).includes(await note(key).then((text) => text.split(";")[0])));
  }
  run.free();
  assert.equal(await note("fit_plain"), plain, "the network without regularization stays as it is");
  assert.ok(await agreed("fit") < await agreed("fit_plain"), await note("fit"));
  const [left, right] = await Promise.all(["fit_plain", "fit"].map((key) => figure(key).boundingBox()));
  assert.ok(left.x < right.x && left.y === right.y, "side by side");
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("the words follow the data", async () => {
  const tab = await open("#playground?dataset=circles&n_train=80&units=8&steps=20");
  const context = lab(tab.page).locator(".context");
  const seen = () => context.evaluate((words) => words.innerText);
  assert.match(await seen(), /^A network learns two classes from 80 points; a share of 0.3 of their labels is wrong/);
  await lab(tab.page).locator("details", { has: tab.page.locator("[name=dataset]") }).locator("summary").click();
  await lab(tab.page).locator("select[name=dataset]").selectOption("sine");
  await linked(tab.page, "dataset=sine");
  await ready(tab.page);
  assert.match(await seen(), /^A network learns a curve from 20 points with noise of standard deviation 0.4/);
  await lab(tab.page).locator("select[name=dataset]").selectOption("digits");
  await linked(tab.page, "dataset=digits");
  await ready(tab.page);
  assert.match(await seen(), /^A network learns 300 handwritten digits; a share of 0.3/);
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("a run that diverges says so and offers the way back", async () => {
  const tab = await open(`${SMALL}&optimizer=sgd&learning_rate=10&activation=linear&label_noise=0.5`);
  const notice = lab(tab.page).locator(".notice");
  await notice.getByText("stopped being a finite number at step").waitFor();
  // a tenth of the rate stops too: what is offered has come to its end in the background
  await notice.getByRole("button", { name: "Learning rate 0.1, and start again" }).click();
  await linked(tab.page, "learning_rate=0.1&");
  await lab(tab.page).and(tab.page.locator("[data-state=done][data-drawn]")).waitFor();
  assert.ok(await notice.isHidden());
  // in a lab that is stepped through, and back to the defaults: the numbers of a fresh run
  const end = async () => {
    await finish(tab.page);
    return numbers(tab.page);
  };
  await tab.page.goto(`${site.url}#dropout_example`);
  await lab(tab.page).and(tab.page.locator("[data-lab=dropout_example][data-steps='0']")).waitFor(); // not the lab before
  const fresh = await end();
  await tab.page.evaluate(() => (location.hash = "dropout_example?target_1=1000&learning_rate=0.01"));
  await linked(tab.page, "target_1=1000&");
  await lab(tab.page).locator("button[name=play]").click();
  await notice.getByRole("button", { name: "Learning rate 0.0001, and start again" }).waitFor();
  assert.doesNotMatch(await lab(tab.page).innerText(), /NaN|Infinity|undefined|null/);
  await lab(tab.page).locator("button[name=defaults]").click();
  await linked(tab.page, "target_1=50&");
  assert.deepEqual(await end(), fresh);
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("space plays and pauses, R resets; a live change while somebody watches does not restart the run", async () => {
  const tab = await open();
  await finish(tab.page);
  assert.equal(await lab(tab.page).locator("button[name=play]").textContent(), "Replay");
  await lab(tab.page).getByLabel("Pace").selectOption("slow");
  await tab.page.locator("h1:visible").click();
  await tab.page.keyboard.press(" ");
  await lab(tab.page).and(tab.page.locator("[data-state=playing][data-steps='1']")).waitFor();
  await move(tab.page, "keep_prob", -1);
  await linked(tab.page, "keep_prob=0.45");
  const { state, steps: at } = await lab(tab.page).evaluate(({ dataset }) => dataset);
  assert.ok(state === "playing" && at > 0 && at < 150, `${state} at ${at}`);
  await tab.page.locator("h1:visible").click();
  await tab.page.keyboard.press(" ");
  await lab(tab.page).and(tab.page.locator("[data-state=paused][data-drawn]")).waitFor();
  assert.ok(await steps(tab.page) > 0);
  await finish(tab.page);
  await lab(tab.page).locator(".runs td", { hasText: "changed while it ran" }).waitFor();
  await tab.page.locator("h1:visible").click();
  await tab.page.keyboard.press("r");
  await lab(tab.page).and(tab.page.locator("[data-state=paused][data-drawn][data-steps='0']")).waitFor();
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("runs are written down", async () => {
  const tab = await open();
  await finish(tab.page);
  for (const keep of ["1", "0.2"]) {
    await type(tab.page, "keep_prob", keep);
    await linked(tab.page, `keep_prob=${keep}&`);
    await finish(tab.page);
  }
  await lab(tab.page).locator(".runs tbody tr").nth(2).waitFor();
  await tab.close();
});

test("a figure's numbers as a table, and the link to share", async () => {
  const tab = await open();
  await finish(tab.page);
  const figure = lab(tab.page).locator("figure[data-figure=error]");
  await figure.locator("summary").click();
  await figure.locator("tbody tr").nth(3).waitFor(); // the worker sends the numbers when they are asked for
  const download = tab.page.waitForEvent("download");
  await figure.getByRole("button", { name: "CSV" }).click();
  assert.equal((await download).suggestedFilename(), "playground-error-seed0.csv");
  await tab.page.locator("button[name=share]").click();
  assert.match(await tab.page.locator("textarea[name=link]").inputValue(), /#playground\?v=1&.*units=16/);
  assert.match(await tab.page.locator("textarea[name=iframe]").inputValue(), /^<iframe src=".*embed\.html#playground\?v=1&amp;/);
  await tab.page.getByRole("button", { name: "Close" }).click();
  assert.deepEqual(tab.problems, []);
  await tab.close();
});
