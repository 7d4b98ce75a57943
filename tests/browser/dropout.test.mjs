// Dropout and overfitting: several keep probabilities side by side, on the page.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { start } from "./harness.mjs";
import { drawn, finish, holdFrames, lab, linked, move, numbers, ready, type } from "./lab.mjs";
import { finished } from "./native.mjs";
import test from "./testing.mjs";

let site;
before(async () => { site = await start(); });
after(() => site?.close());

/** The rows of the table of all networks; what is out of sight is not kept up to date. */
async function rowsOf(page) {
  const figure = lab(page).locator("figure[data-figure=stopping]");
  await figure.scrollIntoViewIfNeeded();
  return figure.locator(".plot tbody tr");
}

const SMALL = "#dropout?n_train=60&units=8&hidden_layers=1&steps=200";

test("a run shows every keep probability now and at its best step", async () => {
  const tab = await site.openLab(SMALL);
  await ready(tab.page);
  await finish(tab.page);
  const rows = await rowsOf(tab.page);
  await rows.nth(5).waitFor();
  const kept = (await rows.allTextContents()).map((text) => text.match(/^p = (0\.\d|1)/)?.[1]);
  assert.deepEqual(kept, ["0.1", "0.2", "0.3", "0.5", "0.7", "1"]);
  const { train_error, baseline_train_error, best_step } = await numbers(tab.page);
  assert.notEqual(train_error, baseline_train_error);
  assert.ok(Number(best_step) <= 200, best_step);
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("a keep probability of one's own joins the others, by slider and by link", async () => {
  const tab = await site.openLab(SMALL);
  await ready(tab.page);
  await move(tab.page, "keep_prob", -2);
  await linked(tab.page, "keep_prob=0.4&");
  await finish(tab.page);
  const rows = await rowsOf(tab.page);
  await rows.nth(6).waitFor();
  const moved = await numbers(tab.page);
  await tab.page.reload();
  await ready(tab.page);
  await finish(tab.page);
  assert.deepEqual(await numbers(tab.page), moved, "the link gives the same run");
  await type(tab.page, "keep_prob", "1");
  await linked(tab.page, "keep_prob=1");
  await finish(tab.page);
  const { test_error, baseline_test_error, gain } = await numbers(tab.page);
  assert.equal(test_error, baseline_test_error);
  assert.match(gain, /^0\.0/);
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

const AGREES = /: agrees with (\d+) of 30$/;

test("wrong labels light up as p is dragged to 1; a digit is pressed, or chosen by keys, to be told of", async () => {
  const tab = await site.openLab("#dropout?n_train=100&units=32&hidden_layers=1&steps=300&seed=2");
  await ready(tab.page);
  await finish(tab.page);
  const figure = (key) => lab(tab.page).locator(`figure[data-figure=${key}]`);
  const note = (key) => figure(key).locator(".note");
  const agrees = async (key) => Number((await note(key).filter({ hasText: AGREES }).textContent()).match(AGREES)[1]);
  const [dark, plain] = [await agrees("by_heart"), await agrees("by_heart_plain")];
  assert.ok(dark < plain, `${dark} with dropout, ${plain} without`);
  await type(tab.page, "keep_prob", "1");
  await linked(tab.page, "keep_prob=1&");
  await finish(tab.page);
  assert.deepEqual([await agrees("by_heart"), await agrees("by_heart_plain")], [plain, plain]);
  const handle = figure("by_heart").locator(".handle[data-handle=looked_at]");
  const { width } = await handle.boundingBox();
  await handle.click({ position: { x: width - 8, y: 10 } });
  await tab.page.waitForURL((url) => /looked_at=[1-9]/.test(url.hash));
  const at = () => Number(new URLSearchParams(tab.page.url().split("?")[1]).get("looked_at"));
  const pressed = at();
  await handle.press("ArrowRight");
  await linked(tab.page, `looked_at=${pressed + 1}&`);
  const run = finished("dropout", tab.page.url().split("?")[1]);
  const { note: told, body: { images: { items } } } = run.figure("by_heart");
  run.free();
  await note("by_heart").filter({ hasText: told }).waitFor();
  const [, truth, label, answer] = items[pressed].caption.match(/^(\d) as (\d): (\d)$/);
  assert.equal(items.findIndex(({ ringed }) => ringed), pressed);
  assert.equal(told, `${plain} of 30; ${truth} labelled ${label}: answers ${answer}`);
  assert.equal(await lab(tab.page).getAttribute("data-state"), "done", "to look is not to train");
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("keys go on from what was pressed, also before that is drawn; while a run plays, a held key loses no step", async () => {
  const tab = await site.openLab("#dropout?n_train=100&units=8&hidden_layers=1&steps=40&seed=2");
  await ready(tab.page);
  await finish(tab.page);
  const handle = lab(tab.page).locator("figure[data-figure=by_heart] .handle[data-handle=looked_at]");
  const chosen = async () => Number(await handle.getAttribute("aria-valuenow"));
  await handle.scrollIntoViewIfNeeded();
  const { width } = await handle.boundingBox();
  const press = () => handle.click({ position: { x: width - 8, y: 10 } });
  await press();
  await tab.page.waitForURL((url) => /looked_at=[1-9]/.test(url.hash));
  const pressed = Number(new URLSearchParams(tab.page.url().split("?")[1]).get("looked_at"));
  await drawn(tab.page);
  await handle.press("Home");
  await linked(tab.page, "looked_at=1&");
  await drawn(tab.page);
  const { letGo } = await holdFrames(tab.page);
  await press();
  await handle.press("ArrowRight");
  assert.equal(await chosen(), 1, "nothing of it is drawn yet");
  await letGo();
  await linked(tab.page, `looked_at=${pressed + 1}&`);
  await drawn(tab.page);
  assert.equal(await chosen(), pressed + 1);
  await lab(tab.page).getByLabel("Pace").selectOption("normal");
  await tab.page.evaluate(() => (location.hash = "dropout?n_train=100&units=8&hidden_layers=1&steps=5000&looked_at=0"));
  await lab(tab.page).and(tab.page.locator("[data-state=playing][data-query*='steps=5000'][data-drawn]")).waitFor();
  await handle.evaluate(async (element) => {
    for (let time = 0; time < 20; time += 1) {
      element.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true, cancelable: true }));
      await new Promise((resolve) => setTimeout(resolve, 8));
    }
  });
  await linked(tab.page, "looked_at=20&");
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("a step that is refused in a figure is taken back", async () => {
  const tab = await site.open("about:blank");
  const { page } = tab;
  await page.addInitScript(() => {
    window.Worker = class extends Worker {
      set onmessage(hear) {
        this.hear = hear;
        super.onmessage = hear;
      }

      postMessage(message) {
        const { seat, request } = message;
        if (!window.refuses || request?.kind !== "change") return super.postMessage(message);
        this.hear({ data: { seat, told: { kind: "reply", id: request.id, error: { name: "Error", message: "not now" } } } });
      }
    };
  });
  await page.goto(`${site.url}#dropout?n_train=100&units=8&hidden_layers=1&steps=40&looked_at=5`);
  await ready(page);
  await finish(page);
  const handle = lab(page).locator("figure[data-figure=by_heart] .handle[data-handle=looked_at]");
  await page.evaluate(() => (window.refuses = true));
  await handle.press("ArrowRight");
  await lab(page).locator(".problem", { hasText: "not now" }).waitFor({ state: "attached" });
  await page.evaluate(() => (window.refuses = false));
  await handle.press("ArrowRight");
  await linked(page, "looked_at=6&");
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("the formulas follow the scaling", async () => {
  const tab = await site.openLab(`${SMALL}&scaling=none`);
  await ready(tab.page);
  const hidden = (when) => lab(tab.page).locator(`[data-when^="scaling ${when}"]`)
    .evaluateAll((elements) => elements.map((element) => element.hidden));
  assert.deepEqual(await hidden("inverted"), [true, true, true, true], "the panel and two lines of the derivation");
  assert.deepEqual(await hidden("none at_test"), [false, false, false]);
  assert.equal(await lab(tab.page).locator(".formula mfrac:visible").count(), 0, "nothing is divided by p");
  await lab(tab.page).locator("details[data-params~=scaling] summary").click();
  await lab(tab.page).locator("select[name=scaling]").selectOption("inverted");
  await lab(tab.page).locator(".formula mfrac:visible").waitFor();
  assert.deepEqual(await hidden("inverted"), [false, false, false, false]);
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("networks too large to be trained side by side are refused, and the old ones stay", async () => {
  const tab = await site.openLab(SMALL);
  await ready(tab.page);
  await lab(tab.page).locator("details[data-params~=units] summary").click();
  await type(tab.page, "hidden_layers", "3");
  await linked(tab.page, "hidden_layers=3");
  await type(tab.page, "units", "256");
  const control = lab(tab.page).locator(".control:has([name=units])");
  await control.locator(".problem", { hasText: "must be at most 200000" }).waitFor();
  await linked(tab.page, "units=8&");
  assert.deepEqual(tab.problems, []);
  await tab.close();
});
