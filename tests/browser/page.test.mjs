// The page, opened as a person opens it.
import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { start } from "./harness.mjs";

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
  await page.locator("section[data-lab=l2_noise_nonlinear][data-state]:visible").waitFor();
  assert.match(await page.title(), /^L₂ = noise: Nonlinear · /);
  await pill("Playground").click();
  await page.locator("section[data-lab=playground][data-state]:visible").waitFor();
  assert.ok(await labs.isHidden(), "one lab needs no row of its own");
  await pill("L₂ = noise").click();
  await page.locator("section[data-lab=l2_noise_nonlinear]:visible").waitFor();
  assert.deepEqual(tab.problems, []);
  await tab.close();
});
