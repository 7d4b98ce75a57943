// The page, opened as a person opens it.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { answerOfPage, hear } from "../../benches/answers/page.mjs";
import { mainSlider } from "../../benches/answers/sliders.mjs";
import { needs, start } from "./harness.mjs";
import { finish, lab as shown, linked, numbers, ready, steps, type } from "./lab.mjs";
import { bindings } from "./native.mjs";
import test from "./testing.mjs";

let lab;
before(async () => { lab = await start(); });
after(() => lab?.close());

test("the page opens without an error or a request to anyone else", async () => {
  const tab = await lab.openLab();
  await tab.page.waitForLoadState("networkidle");
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("a pill for each section of the lecture, its labs below, and the way back to the last one", async () => {
  const tab = await lab.openLab("#l2_noise");
  const { page } = tab;
  const pill = (name) => page.locator("header nav a", { hasText: name });
  const labs = page.getByRole("navigation", { name: "Labs of this section" });
  assert.equal(await labs.locator("[aria-current=page]").textContent(), "Linear");
  await labs.getByText("Nonlinear").click();
  await page.locator("section[data-lab=l2_noise_nonlinear][data-state][data-drawn]:visible").waitFor();
  assert.match(await page.title(), /^L₂ = noise: Nonlinear · /);
  await pill("Playground").click();
  await page.locator("section[data-lab=playground][data-state][data-drawn]:visible").waitFor();
  assert.ok(await labs.isHidden(), "one lab needs no row of its own");
  await pill("L₂ = noise").click();
  await page.locator("section[data-lab=l2_noise_nonlinear]:visible").waitFor();
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("a link that only looks elsewhere leaves the run as it is", async () => {
  const tab = await lab.openLab("#weight_sharing_rnn?n_train=20&steps=30");
  await ready(tab.page);
  await finish(tab.page);
  const before = await numbers(tab.page);
  await linked(tab.page, "time=10"); // which a short run does not wait for
  await tab.page.evaluate(() => (location.hash = location.hash.replace("time=10", "time=20")));
  await shown(tab.page).locator("input[name=time][aria-valuetext='20']").waitFor();
  assert.deepEqual([await steps(tab.page), await numbers(tab.page)], [30, before]);
  await tab.page.evaluate(() => (location.hash = location.hash.replace("n_train=20", "n_train=30")));
  await shown(tab.page).and(tab.page.locator("[data-state=done][data-drawn][data-query*='n_train=30']")).waitFor();
  assert.notDeepEqual(await numbers(tab.page), before);
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("coming back to a lab finds its run where it was left", async () => {
  const tab = await lab.openLab("#playground?dataset=xor&steps=60");
  await ready(tab.page);
  await finish(tab.page);
  const before = await numbers(tab.page);
  for (const [name, state] of [["Dropout", "paused"], ["Playground", "done"]]) {
    await tab.page.getByRole("link", { name, exact: true }).click();
    await shown(tab.page).and(tab.page.locator(`[data-pill='${name === "Dropout" ? "Example" : name}'][data-state=${state}]`)).waitFor();
  }
  await linked(tab.page, "dataset=xor");
  assert.deepEqual([await steps(tab.page), await numbers(tab.page)], [60, before]);
  assert.equal(await shown(tab.page).locator(".runs tbody tr").count(), 1, "the run is not written down twice");
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("what was refused is tried again when something else has changed", async () => {
  const tab = await lab.openLab("#ensemble_formula?n_members=5&steps=20");
  await ready(tab.page);
  await type(tab.page, "covariance", "1.5");
  const problem = shown(tab.page).locator(".control:has([name=covariance]) .problem");
  await problem.filter({ hasText: "Covariance = 1.5: must be at most" }).waitFor();
  await type(tab.page, "variance", "2");
  await linked(tab.page, "covariance=1.5");
  assert.equal(await problem.textContent(), "");
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("a lab's text comes when it is opened: until then the last lab stays, and one that does not come is told", async () => {
  const tab = await lab.openLab("#playground?dataset=xor&steps=60");
  const { page } = tab;
  await ready(page);
  assert.equal(await page.locator("section[data-lab]").count(), 1, "the first lab's text alone is in the page");
  const held = [];
  await page.route("**/labs/dropout.html", (route) => held.push(route));
  await page.evaluate(() => (location.hash = "dropout"));
  await page.getByText("Loading the lab").waitFor();
  assert.ok(await page.locator("section[data-lab=playground]").isVisible());
  assert.equal(await page.locator("main").getAttribute("aria-busy"), "true", "what stays is marked as not what was asked for");
  assert.match(page.url(), /#dropout$/, "the lab that stays does not write its link over the one that was asked for");
  await held.shift().abort();
  const notice = shown(page).locator(".notice", { hasText: "“Dropout: Overfitting” was not opened: its text could not be loaded." });
  await notice.waitFor();
  assert.equal(await page.getByText("Loading the lab").count(), 0);
  assert.equal(await page.locator("main[aria-busy]").count(), 0);
  assert.equal(await page.locator("header nav a[aria-current]").textContent(), "Playground");
  await page.unroute("**/labs/dropout.html");
  await notice.getByRole("button", { name: "Try again" }).click();
  await page.locator("section[data-lab=dropout][data-state][data-drawn]:visible").waitFor();
  const links = await shown(page).locator("a:not([href^=http])").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  assert.ok(links.includes("#dropout?scaling=at_test"), `${links}`);
  assert.ok(links.every((link) => link.startsWith("#dropout?")), `${links}`);
  await page.goBack();
  await page.locator("section[data-lab=playground][data-state][data-drawn]:visible").waitFor();
  await tab.close();
});

test("a lab that was left while its text was on its way is waited for no longer", async () => {
  const tab = await lab.openLab("#playground?dataset=xor&steps=60");
  const { page } = tab;
  await ready(page);
  await page.route("**/labs/co_adaptation.html", () => {}); // never answered
  const pill = (name) => page.locator("header nav").getByRole("link", { name, exact: true });
  await pill("Co-adaptation").click();
  await page.getByText("Loading the lab").waitFor();
  await pill("Playground").click();
  await page.getByText("Loading the lab").waitFor({ state: "detached", timeout: 5000 });
  assert.equal(await page.locator("main[aria-busy]").count(), 0);
  await pill("Co-adaptation").click();
  await pill("Symmetry").click();
  await page.locator("section[data-lab=symmetry_breaking][data-state][data-drawn]:visible").waitFor();
  await page.waitForTimeout(500);
  assert.equal(await page.getByText("Loading the lab").count(), 0, "nor told late");
  await tab.close();
});

test("what was changed just before another lab is opened is in the address that is left", async () => {
  const tab = await lab.openLab("#playground?dataset=xor&steps=60");
  const { page } = tab;
  await ready(page);
  await page.evaluate(async () => {
    const section = document.querySelector("section[data-lab]");
    const before = section.dataset.query;
    section.querySelector("button[name=new_seed]").click();
    while (section.dataset.query === before) await new Promise(requestAnimationFrame);
    globalThis.meant = `#playground?${section.dataset.query}`;
    document.querySelector("header nav a[href$='#symmetry_breaking']").click();
  });
  await page.locator("section[data-lab=symmetry_breaking][data-state][data-drawn]:visible").waitFor();
  await page.goBack();
  assert.equal(await page.evaluate(() => location.hash), await page.evaluate(() => globalThis.meant));
  await tab.close();
});

test("the link to a lab that did not come tries again", async () => {
  const tab = await lab.openLab("#playground?dataset=xor&steps=60");
  const { page } = tab;
  await ready(page);
  await page.route("**/labs/co_adaptation.html", (route) => route.abort());
  const link = page.locator("header nav").getByRole("link", { name: "Co-adaptation" });
  await link.click();
  await shown(page).locator(".notice", { hasText: "“Co-adaptation” was not opened" }).waitFor();
  await page.unroute("**/labs/co_adaptation.html");
  await link.click();
  await page.locator("section[data-lab=co_adaptation][data-state][data-drawn]:visible").waitFor({ timeout: 20_000 });
  await tab.close();
});

test("on paper there is no navigation", async () => {
  const tab = await lab.openLab("#l2_noise");
  await ready(tab.page);
  await tab.page.emulateMedia({ media: "print" });
  assert.equal(await tab.page.locator("nav:visible").count(), 0);
  await tab.close();
});

test("a link to a lab whose text does not come opens the first lab and says so", async () => {
  const tab = await lab.openLab();
  await tab.page.route("**/labs/dropout.html", (route) => route.fulfill({ status: 404, body: "" }));
  await tab.page.goto(`${lab.url}?again#dropout`);
  await shown(tab.page).locator(".notice", { hasText: "could not be loaded" }).waitFor();
  assert.equal(await shown(tab.page).getAttribute("data-lab"), "playground");
  await tab.close();
});

test("without scripts every lab's text is a link away", needs("pages without scripts"), async () => {
  const { page, close } = await lab.openLab("", { javaScriptEnabled: false });
  const links = page.locator("nav.labs a:visible");
  assert.equal(await links.count(), 15);
  const click = (link) => link.click({ force: true }); // with no script to tell that it stays where it is
  await click(links.getByText("Overfitting"));
  await page.waitForURL("**/labs/dropout.html");
  assert.match(await page.title(), /^Dropout: Overfitting/);
  assert.ok(await page.getByRole("heading", { name: "To be honest" }).isVisible());
  await page.waitForLoadState(); // with its styles
  assert.equal(await page.locator(".seen:visible, .question:visible").count(), 0, "nothing was guessed");
  assert.equal(await page.locator("[data-when='scaling at_test']:visible").count(), 0, "only what goes with the defaults");
  assert.match(await page.locator(".live").innerText(), /\(needs JavaScript\)$/);
  await click(page.locator("section details.rest > summary").first());
  const text = page.url();
  await click(page.locator("section a[href*=\"?\"]:visible").first());
  await page.waitForURL(/\/index\.html#dropout\?/);
  await page.goto(text);
  await click(page.getByRole("link", { name: "Symmetry →" }));
  await page.waitForURL("**/labs/symmetry_breaking.html");
  assert.match(await page.title(), /^Symmetry/);
  await close();
});

test("the way past the navigation leads to the lab that is open, and leaves the address", async () => {
  const tab = await lab.openLab("#symmetry_breaking");
  await ready(tab.page);
  const address = tab.page.url();
  await tab.page.locator("a.skip").focus();
  await tab.page.keyboard.press("Enter");
  assert.equal(await tab.page.evaluate(() => document.activeElement.tagName), "MAIN");
  assert.equal(tab.page.url().split("?")[0], address.split("?")[0]);
  assert.equal(await shown(tab.page).getAttribute("data-lab"), "symmetry_breaking");
  await tab.close();
});

test("what measures how soon a moved slider is answered hears engine and page", async () => {
  const tab = await lab.openLab("#ensemble_formula");
  const spec = bindings.catalogue().find(({ id }) => id === "ensemble_formula");
  const steps = spec.parameters.find(({ key }) => key === "steps").default;
  const heard = await hear(tab.page, () => tab.page.reload());
  assert.ok(await answerOfPage(heard, { ...mainSlider(spec), steps }) > 0);
  await tab.close();
});
