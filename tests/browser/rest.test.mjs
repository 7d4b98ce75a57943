// A page at rest does nothing at all: no frame, no timer, no message. What is done is counted, not timed.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { has, start } from "./harness.mjs";
import { finish, lab, ready, steps } from "./lab.mjs";
import test from "./testing.mjs";

const SMALL = "#playground?n_train=60&units=16&steps=150";
let site;
before(async () => { site = await start(); });
after(() => site?.close());

/** Notes, in `stirrings`, whatever a page or a worker has to do: what is scheduled, what is due, what is said. */
function notesStirrings() {
  if (globalThis.stirrings) return;
  globalThis.stirrings = [];
  for (const name of ["requestAnimationFrame", "setTimeout", "setInterval"]) {
    const own = globalThis[name];
    globalThis[name] = (callback, ...rest) => {
      stirrings.push(name);
      return own.call(globalThis, (...values) => { stirrings.push(`${name}, due`); callback(...values); }, ...rest);
    };
  }
  for (const [kind, name] of [[globalThis.Worker, "to the worker"], [globalThis.MessagePort, "to itself"]]) {
    if (!kind) continue;
    const own = kind.prototype.postMessage;
    kind.prototype.postMessage = function (...message) {
      stirrings.push(`a message ${name}`);
      own.apply(this, message);
    };
  }
}

/** Waits for two seconds in which neither a frame of the page nor a worker has anything to do. */
async function rests(page, what) {
  const workers = has("the way into workers") ? page.workers() : []; // else the page is what is looked at
  await Promise.all(workers.map((worker) => worker.evaluate(notesStirrings)));
  const places = [...page.frames(), ...workers];
  const take = () => Promise.all(places.map((place) => place.evaluate(() => stirrings.splice(0))));
  let noted;
  for (let turn = 0; turn < 8; turn += 1) {
    await take();
    await page.waitForTimeout(2000);
    noted = (await take()).flat();
    if (noted.length === 0) return;
  }
  assert.deepEqual(noted, [], what);
}

const withoutWorkers = () => { window.Worker = class { constructor() { throw new Error("no workers here"); } }; };

for (const [name, preparation] of [["with a worker", () => {}], ["without a worker", withoutWorkers]]) {
  test(`${name} a lab at rest does nothing: just opened, paused, at the end and scrolled away`, async () => {
    const tab = await site.openLab(SMALL);
    await tab.page.addInitScript(preparation);
    await tab.page.addInitScript(notesStirrings);
    await tab.page.reload();
    await ready(tab.page);
    await rests(tab.page, "just opened");
    const play = lab(tab.page).locator("button[name=play]");
    await lab(tab.page).getByLabel("Pace").selectOption("slow");
    await play.click();
    await lab(tab.page).and(tab.page.locator("[data-state=playing]")).waitFor();
    await play.click();
    await rests(tab.page, "paused");
    await finish(tab.page);
    await rests(tab.page, "at the end");
    await tab.page.locator("footer.site").scrollIntoViewIfNeeded();
    await rests(tab.page, "scrolled away");
    assert.deepEqual(tab.problems, []);
    await tab.close();
  });
}

for (const id of ["subnetworks", "dropout_example", "l2_noise", "weight_sharing_cnn"]) {
  test(`${id} at rest does nothing`, async () => {
    const tab = await site.openLab(`#${id}`);
    await tab.page.addInitScript(notesStirrings);
    await tab.page.reload();
    await ready(tab.page);
    await rests(tab.page, "just opened");
    await tab.close();
  });
}

test("an embedded lab at rest does nothing", async () => {
  const tab = await site.openInFrame(SMALL);
  await tab.page.addInitScript(notesStirrings);
  await tab.page.reload();
  await tab.page.frameLocator("iframe").locator("section[data-state][data-drawn]").waitFor();
  await rests(tab.page, "just opened");
  await tab.close();
});

test("a frame that is scrolled out of sight trains no further, and goes on when it comes back", async () => {
  const tab = await site.openInFrame("#playground?hidden_layers=3&units=128&n_members=2&n_train=1100&batch_size=128&steps=20000");
  await tab.page.addInitScript(notesStirrings);
  await tab.page.reload();
  const frame = tab.page.frameLocator("iframe");
  await frame.locator("section[data-state][data-drawn]").waitFor();
  await tab.page.addStyleTag({ content: "body { padding-bottom: 4000px }" });
  const inner = tab.page.frames()[1];
  const beyond = (step) => inner.waitForFunction((at) => Number(document.querySelector("section").dataset.steps) > at, step);
  await beyond(20);
  await tab.page.evaluate(() => scrollTo(0, 3000));
  await rests(tab.page, "out of sight");
  const last = await steps(inner);
  await tab.page.evaluate(() => scrollTo(0, 0));
  await beyond(last + 20);
  await tab.close();
});
