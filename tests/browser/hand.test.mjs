// Under the hand, in every browser: a drag of the main slider leaves finished runs on the map, each the very
// run that its link gives; a guess is answered where it was made, and kept.
import assert from "node:assert/strict";
import { everywhere } from "./engines.mjs";
import { TOURED, finished } from "./native.mjs";
import { SHOWN, done, hurry, ready } from "./tab-lab.mjs";

/** Labs whose runs are short: they are dragged in Firefox too. */
const SHORT = ["playground", "ensemble_formula", "co_adaptation"];
/** From one end of the slider to the other. */
const SHARES = [0.01, 0.16, 0.33, 0.5, 0.67, 0.84, 0.99];

/** The runs that were made by hand, as the map holds them. */
const runsOf = (tab) => tab.evaluate((shown) => document.querySelector(`${shown} .map`).runs.filter(({ filled }) => !filled), SHOWN);

/** Equal to the twelfth digit; what is no number comes over as null. */
const same = (a, b) => (Number.isFinite(b) ? Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(b)) : a === null || !Number.isFinite(a));

for (const { id, main: { parameter, metrics } } of TOURED.filter(({ main }) => main)) {
  everywhere(`${id}: a drag of ${parameter} leaves at least five finished runs, each as its link gives it`, async (site) => {
    const tab = await site.openLab(`#${id}`);
    await ready(tab, id);
    await done(tab);
    const before = (await runsOf(tab)).length;
    // what was asked for under the hand is answered under the hand, before it goes on
    await tab.drag(`${SHOWN} input[type=range][name=${parameter}]`, SHARES, () => done(tab));
    const [points, made, link, value] = await tab.evaluate((shown, parameter) => {
      const section = document.querySelector(shown);
      const slider = section.querySelector(`input[type=range][name=${parameter}]`);
      return [Number(section.querySelector("[data-map]").dataset.points), section.querySelectorAll(".runs tbody tr").length,
        section.dataset.query, slider.closest(".control").querySelector(".exact").value];
    }, SHOWN, parameter);
    const runs = await runsOf(tab);
    assert.ok(runs.length - before >= 5, `${runs.length - before} new points`);
    assert.deepEqual([points, made], [runs.length, runs.length], "the map says so, and the list");
    assert.equal(Number(new URLSearchParams(link).get(parameter)), Number(value), "the last of them is where the slider stands");
    for (const { query, x, y } of runs) {
      const run = finished(id, query);
      const measured = run.metrics();
      assert.equal(run.params()[parameter], x);
      metrics.forEach((key, i) => assert.ok(same(y[i], measured[key]), `${parameter} = ${x}: ${key} ${y[i]} on the map, ${measured[key]} afresh`));
      run.free();
    }
    const list = await tab.evaluate((shown) => document.querySelector(`${shown} .runs`).textContent, SHOWN);
    assert.doesNotMatch(list, /changed while it ran/);
  }, { engines: SHORT.includes(id) ? ["Chromium", "Firefox"] : ["Chromium"] });
}

everywhere("a guess is answered beside it with what was measured; guess, answer, runs and pace outlast a reload", async (site) => {
  const tab = await site.openLab("#playground?n_train=60&units=16&steps=150");
  await ready(tab, "playground");
  const look = () => tab.evaluate((shown) => {
    const [question, map] = [".question", ".map"].map((part) => document.querySelector(`${shown} ${part}`));
    const { textContent: text, dataset: { verdict } } = question.querySelector(".verdict");
    return {
      text, verdict, pressed: [...question.querySelectorAll("button.guess")].map((button) => button.getAttribute("aria-pressed")),
      skip: question.querySelector("[name=skip]").checkVisibility(), filled: map.dataset.filled,
      fill: map.querySelector("button[name=fill]").textContent, pace: document.querySelector(`${shown} .pace`).value,
    };
  }, SHOWN);
  const before = await look();
  assert.deepEqual([before.text, before.filled, before.skip, before.pace], ["", "0", true, "normal"]);
  assert.ok(before.pressed.length > 1 && before.pressed.every((pressed) => pressed === "false"));
  await tab.click(`${SHOWN} .question button.guess:nth-child(2)`);
  await tab.waitFor((shown) => document.querySelector(`${shown} button[name=fill]`).textContent === "Filled in", SHOWN);
  await tab.waitFor((shown) => /^(right|wrong)$/.test(document.querySelector(`${shown} .verdict`).dataset.verdict), SHOWN);
  await hurry(tab);
  await done(tab); // the last of the runs that fill in the map may not be on it yet
  const told = await look();
  assert.match(told.text, /\d/, "with measured numbers");
  assert.ok(Number(told.filled) > 10, told.filled);
  assert.deepEqual([told.pressed.indexOf("true"), told.skip], [1, false]);
  await tab.reload();
  await ready(tab, "playground");
  await done(tab);
  await tab.waitFor((shown, text) => document.querySelector(`${shown} .verdict`).textContent === text, SHOWN, told.text);
  assert.deepEqual(await look(), { ...told, pace: "fast" });
}, { engines: ["Chromium", "Firefox"] });
