// The reader's own experiment: results that depend on nothing but the settings, by hand, by preset and by link.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before } from "node:test";
import { broken } from "./axe.mjs";
import { start } from "./harness.mjs";
import { lab, linked, ready, type } from "./lab.mjs";
import test from "./testing.mjs";

let site;
before(async () => { site = await start(); });
after(() => site?.close());

const still = { reducedMotion: "reduce" };
const LAB = "#playground?units=4&n_train=40&steps=1500";
const ASKED = "&x=keep_prob:0.5,1&curves=units:4,8&metrics=test_loss,train_loss&seeds=3";

/** The parts of the experiment that is open. */
const parts = (page) => {
  const box = lab(page).locator(".experiment");
  return { box, told: box.locator(".experiment-told"), run: box.locator("button[name=experiment_run]") };
};

/** What the page hands out. */
async function file(page, kind) {
  const coming = page.waitForEvent("download");
  await parts(page).box.locator(".experiment-results > .saves").getByRole("button", { name: kind }).click();
  const download = await coming;
  assert.match(download.suggestedFilename(), /^\w+-experiment-runs\.(csv|json)$/);
  const stream = await download.createReadStream();
  let text = "";
  for await (const chunk of stream) text += chunk;
  return text;
}

/** How many dots of the lowest lines of a picture are not white. */
const inkBelow = (page, bytes, type) => page.evaluate(async ({ bytes, type }) => {
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type }));
  await image.decode();
  const [width, height, rows] = [1440, Math.round((1440 * image.naturalHeight) / image.naturalWidth), 80];
  const context = new OffscreenCanvas(width, height).getContext("2d");
  context.fillStyle = "white";
  context.fillRect(0, 0, width, height);
  context.drawImage(image, 0, 0, width, height);
  const dots = context.getImageData(0, height - rows, width, rows).data;
  return dots.filter((value, i) => i % 4 === 1 && value < 200).length;
}, { bytes: [...bytes], type });

/** Once the first run has ended, and in the same moment: by then the others may have too. @param {"end" | "pause"} how */
const interrupt = (page, how) => page.waitForFunction((how) => {
  const told = document.querySelector("section:not([hidden]) .experiment-told").textContent;
  if (!/^[1-9]\d* of 12 runs are done\./.test(told)) return false;
  if (how === "end") window.workers.at(-1).terminate();
  else document.querySelector("section:not([hidden]) button[name=experiment_pause]").click();
  return true;
}, how);

/** Whether so many runs are in the browser's store: a reload cuts off what is on its way there. */
const written = (many) => new Promise((resolve) => {
  const opened = indexedDB.open("regularization-playground-runs");
  opened.onsuccess = () => {
    const count = opened.result.transaction("runs").objectStore("runs").count();
    count.onsuccess = () => {
      opened.result.close();
      resolve(count.result >= many);
    };
  };
});

/** A tab with so many processors that so many runs go on side by side, which keeps hold of its workers. */
async function withWorkers(many) {
  const tab = await site.openLab("#ensemble_formula", still);
  await tab.page.addInitScript((many) => {
    Object.defineProperty(navigator, "hardwareConcurrency", { get: () => many + 1 });
    const Own = Worker;
    window.workers = [];
    window.Worker = class extends Own {
      constructor(...given) {
        super(...given);
        window.workers.push(this);
      }
    };
  }, many);
  await tab.page.goto(`${site.url}?again${LAB}${ASKED}`);
  await parts(tab.page).run.and(tab.page.getByText("Run 12 runs")).waitFor();
  return tab;
}

test("the cells are the same bit for bit with one worker, with two, with a pause, a reload and a lost worker", async () => {
  const [one, two] = await Promise.all([withWorkers(1), withWorkers(2)]);
  const [a, b] = [one, two].map(({ page }) => parts(page));
  const twelve = { hasText: "12 of 12 runs are done." };

  // one worker, which ends in the middle of a run
  await a.run.click();
  await interrupt(one.page, "end");

  // two, with a pause and a reload
  await b.box.getByText("This link is to an experiment of 12 runs").waitFor();
  await b.box.locator("button[name=experiment_accept]").click();
  await interrupt(two.page, "pause");
  await b.told.filter({ hasText: "; paused." }).waitFor();
  const paused = Number((await b.told.textContent()).split(" ")[0]);
  assert.ok(paused < 12, "it was paused on the way");
  await two.page.waitForFunction(written, paused);
  await two.page.reload();
  await b.told.filter({ hasText: `${paused} of 12 runs are known from before.` }).waitFor();
  await b.run.and(two.page.getByText(`Go on: ${12 - paused} run`)).click();
  await b.told.filter(twelve).waitFor();
  const second = await file(two.page, "JSON");

  await a.told.filter(twelve).waitFor({ timeout: 60_000 });
  const first = await file(one.page, "JSON");
  assert.ok(await one.page.evaluate(() => window.workers.length) > 2, "the lost worker was replaced");
  assert.equal(first, second);
  assert.equal(JSON.parse(first).cells.filter(({ metrics }) => Number.isFinite(metrics.test_loss)).length, 12);
  assert.deepEqual([one.problems, two.problems], [[], []]);
  await Promise.all([one.close(), two.close()]);
});

test("by keyboard alone: what is wrong is said, what is asked is run, and its file is the program's to the last byte", async () => {
  const tab = await site.openLab("#playground?units=4&steps=40&dataset=sine&optimizer=sgd", still);
  const { page } = tab;
  await ready(page);
  const { box, told, run } = parts(page);
  await box.locator("summary").first().press("Enter");
  await run.waitFor();
  const field = (name) => box.locator(`[name=experiment_${name}]`);
  await field("x").selectOption("learning_rate");
  await box.getByText("Training loss, without regularization").waitFor();
  await field("x_values").fill("0.001,ten");
  await box.getByRole("alert").filter({ hasText: /learning_rate = "?ten"?: must be/ }).waitFor();
  assert.ok(await run.isDisabled());
  await field("x_values").fill("0.001,10");
  await field("curves").selectOption("units");
  await field("curves_values").fill("4,16");
  await field("seeds").fill("2");
  for (const [key, wanted] of [["test_error", false], ["test_loss", true], ["train_loss", true]]) {
    const metric = box.locator(`[name=experiment_metric][value=${key}]`);
    if (await metric.isChecked() !== wanted) await metric.press("Space");
  }
  await box.getByText(/^8 runs: learning rate 0.001, 10; units per layer 4, 16; seeds 0 to 1; .*steps 40/).waitFor();
  await run.press("Enter");
  await told.filter({ hasText: /^8 of 8 runs are done\. 4 runs have no result: diverged at step \d+\.$/ }).waitFor();
  const { version } = JSON.parse(await file(page, "JSON"));
  const golden = readFileSync(new URL("../reference/experiment.csv", import.meta.url), "utf8");
  assert.equal((await file(page, "CSV")).replace("\ufeff", "").replaceAll(`,${version}\n`, ",\n"), golden);
  await linked(page, "&x=learning_rate:0.001,10&curves=units:4,16&metrics=");

  await box.locator(".experiment-results > details > summary").first().press("Enter");
  await box.getByRole("region", { name: "Means" }).locator("tbody tr").nth(3).waitFor();
  await box.getByRole("region", { name: "Paired differences" }).locator("tbody tr").first().waitFor();
  assert.match(await box.locator(".experiment-differences p").first().textContent(), /^“.*” minus “.*”, the same seeds: .* \(95\s% interval .* to .*\), 2 seeds\.$/);
  await field("each").press("Space");
  await linked(page, "&each=1&metrics=");
  // a picture that is handed on says what it is of
  await box.locator(".experiment-results figure .data summary").press("Enter");
  const saved = async (name) => {
    const saving = page.waitForEvent("download");
    await box.locator(".experiment-results figure .data").getByRole("button", { name }).press("Enter");
    return readFileSync(await (await saving).path());
  };
  const svg = await saved("SVG");
  const [drawn, painted] = [await inkBelow(page, svg, "image/svg+xml"), await inkBelow(page, await saved("PNG"), "image/png")];
  assert.ok(painted > 0.7 * drawn && painted < 1.4 * drawn, `the lines under both: ${painted} and ${drawn} dots`);
  const words = svg.toString().match(/(?<=<text[^>]*>)[^<]+/g).map((text) => text.trim()).join(" ");
  for (const part of ["means of 2 seeds, bars: one standard error", "8 runs: learning rate 0.001, 10; units per layer 4, 16; seeds 0 to 1; ", `Lab playground, Regularization Playground ${version}.`]) assert.ok(words.includes(part), `${part}: ${words}`);
  assert.deepEqual(await broken(page), []);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize({ width: 360, height: 740 });
  assert.deepEqual(await broken(page), []);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing is wider than the page");

  // settings and choices go by the names of their controls
  await field("add").press("Enter");
  await field("set").selectOption({ label: "Data" });
  await field("set_value").selectOption({ label: "Spirals" });
  await field("curves").selectOption({ label: "Activation" });
  await box.getByRole("group", { name: "A curve for each: values" }).getByLabel("relu").press("Space");
  await box.getByText(/^12 runs: learning rate 0.001, 10; activation tanh.*; seeds 0 to 1; data Spirals/).waitFor();
  await field("curves").selectOption("units");
  await field("curves_values").fill("4,16");
  await box.getByRole("button", { name: "Set this no longer" }).press("Enter");

  // forgotten, nothing is known of it any more
  await box.locator(".experiment-results > details > summary").last().press("Enter");
  await box.getByRole("button", { name: "Forget them" }).press("Enter");
  await run.and(page.getByText("Run 8 runs")).waitFor();
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("a preset starts by one press; its lab left, it waits; another setting makes it old; without workers or a store it runs too", async () => {
  const tab = await site.openLab("#ensemble_formula", still);
  const { page } = tab;
  await page.addInitScript(() => {
    window.Worker = class { constructor() { throw new Error("no workers here"); } };
    Object.defineProperty(window, "indexedDB", { get: () => { throw new DOMException("not here", "SecurityError"); } });
  });
  await page.goto(`${site.url}?alone#dropout?units=4&steps=20`);
  await ready(page);
  const { box, told } = parts(page);
  await box.locator("summary").first().click();
  await box.getByRole("button", { name: "Error against the number of examples" }).click();
  await told.filter({ hasText: /^[1-9]\d* of 30 runs are done/ }).waitFor();
  await page.evaluate(() => (location.hash = "#ensemble_formula?steps=20"));
  await page.locator("section[data-lab=ensemble_formula][data-state=done][data-drawn]:visible").waitFor();
  const left = await page.locator("section[data-lab=dropout] .experiment-told").textContent();
  assert.match(left, /^\d+ of 30 runs are done/);
  await page.evaluate(() => (location.hash = "#dropout"));
  await told.filter({ hasText: "30 of 30 runs are done." }).waitFor();
  assert.match(await box.locator(".note").textContent(), /^means of 5 seeds, bars: one standard error$/);
  await linked(page, "&x=n_train:50,100,200,400,800,1100&set=compare:false&metrics=test_error,baseline_test_error&seeds=5");
  await type(page, "label_noise", "0.1");
  await told.filter({ hasText: "The settings above have changed since" }).waitFor();
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("what a link says of an experiment and nobody understands is named", async () => {
  const tab = await site.openLab("#playground?steps=20&x=kep_prob:0.5&bars=long&metrics=tset&seeds=0", still);
  const { page } = tab;
  const alert = parts(page).box.getByRole("alert");
  await alert.filter({ hasText: "seeds" }).filter({ hasText: "bars" }).waitFor();
  for (const [link, named] of [["x=kep_prob:0.5&bars=long", "kep_prob"], ["x=keep_prob:0.5&bars=long&metrics=tset,test_error", 'metric = "tset"']]) {
    await page.evaluate((hash) => (location.hash = hash), `playground?steps=20&units=8&${link}`);
    await alert.filter({ hasText: named }).filter({ hasText: "bars" }).waitFor();
    assert.ok(await parts(page).box.getByRole("button", { name: "Run", exact: true }).isDisabled(), link);
  }
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("runs that a lab refuses end the experiment and are asked for again; what a store holds that is no result is run again", async () => {
  const small = "#playground?steps=20&units=4&n_train=40";
  const tab = await site.openLab(`${small}&x=dataset:own&metrics=test_error&seeds=2`, still);
  const { page } = tab;
  await parts(page).run.filter({ hasText: "Run 2 runs" }).click();
  await parts(page).told.filter({ hasText: "2 runs have no result" }).waitFor();
  await parts(page).run.filter({ hasText: "All runs are done" }).waitFor();
  await page.evaluate((hash) => (location.hash = hash), `${small}&x=keep_prob:0.5&metrics=test_error&seeds=2`);
  await parts(page).run.filter({ hasText: "Run 2 runs" }).click();
  await parts(page).run.filter({ hasText: "All runs are done" }).waitFor();
  await page.waitForFunction(written, 2);
  assert.equal(await page.evaluate(written, 3), false, "a refusal is not kept");
  await page.evaluate(() => new Promise((resolve) => {
    const opened = indexedDB.open("regularization-playground-runs");
    opened.onsuccess = () => {
      const changed = opened.result.transaction("runs", "readwrite");
      const all = changed.objectStore("runs").openCursor();
      all.onsuccess = () => {
        all.result?.update({ ...all.result.value, outcome: { metrics: { test_error: "none" } } });
        all.result?.continue();
      };
      changed.oncomplete = () => resolve(opened.result.close());
    };
  }));
  await page.reload();
  await parts(page).run.filter({ hasText: "Run 2 runs" }).waitFor();
  assert.deepEqual(tab.problems, []);
  await tab.close();
});
