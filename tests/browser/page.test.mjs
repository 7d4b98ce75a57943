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
