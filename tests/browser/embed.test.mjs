// One lab in somebody else's page: from another origin, and in a sandbox where no worker starts.
import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { start } from "./harness.mjs";
import { numbers } from "./lab.mjs";

const HASH = "#playground?n_train=60&units=16&steps=150&keep_prob=0.3";
let site;
before(async () => { site = await start(); });
after(() => site?.close());

async function embedded(options) {
  const tab = await site.openInFrame(HASH, options);
  const frame = tab.page.frameLocator("iframe");
  await frame.locator("section[data-state]").waitFor();
  return { ...tab, frame, inside: tab.page.frames()[1] };
}

async function trainToTheEnd(inside) {
  await inside.locator("section[data-state=done]").waitFor({ timeout: 60_000 });
  return numbers(inside);
}

test("a frame of another origin, in a sandbox or not, trains the same run as the page", async () => {
  const page = await site.openLab(HASH);
  await page.page.locator("section[data-state]").first().waitFor();
  const told = await trainToTheEnd(page.page.mainFrame());
  for (const [sandbox, place] of [[undefined, "worker"], ["allow-scripts", "page"]]) {
    const tab = await embedded({ sandbox });
    assert.equal(await tab.inside.locator("html").getAttribute("data-engine"), place);
    assert.deepEqual(await trainToTheEnd(tab.inside), told, `engine in the ${place}`);
    const out = await tab.inside.locator("footer a").getAttribute("href");
    assert.match(out, /index\.html#playground\?v=1&.*keep_prob=0\.3/);
    assert.deepEqual(tab.problems, []);
    await tab.close();
  }
  await page.close();
});

test("the frame tells its height, and obeys no message", async () => {
  const tab = await site.open(site.hostUrl);
  const heard = await tab.page.evaluate((src) => new Promise((resolve) => {
    const messages = [];
    addEventListener("message", (event) => messages.push(event.data));
    document.querySelector("iframe").src = src;
    setTimeout(() => resolve(messages), 3000);
  }), `${site.url}embed.html${HASH}`);
  assert.ok(heard.length > 0);
  for (const { context, version, action, height } of heard) {
    assert.deepEqual([context, version, action], ["regularization-playground", 1, "resize"]);
    assert.ok(Number.isInteger(height) && height > 0 && height < 5000);
  }
  const inside = tab.page.frames()[1];
  const stands = () => inside.locator("section").evaluate(({ dataset: { state, steps } }) => ({ state, steps }));
  await inside.locator("section[data-state=done]").waitFor();
  await tab.page.evaluate(() => {
    for (const action of ["play", "reset", "resize", "eval"]) {
      document.querySelector("iframe").contentWindow.postMessage({ context: "regularization-playground", version: 1, action }, "*");
    }
  });
  await tab.page.waitForTimeout(300);
  assert.deepEqual(await stands(), { state: "done", steps: "150" });
  await tab.close();
});

test("nothing sticks out sideways in a small frame", async () => {
  for (const viewport of [{ width: 320, height: 480 }, { width: 640, height: 480 }, { width: 800, height: 600 }]) {
    const tab = await site.openEmbed(HASH, { viewport });
    await tab.page.locator("section[data-state]").waitFor();
    const { inner, outer } = await tab.page.evaluate(() => ({ inner: document.documentElement.scrollWidth, outer: innerWidth }));
    assert.ok(inner <= outer, `${inner} in ${outer}`);
    assert.deepEqual(tab.problems, []);
    await tab.close();
  }
});

test("a frame reads its own lab's text alone, and goes to another lab where its address does", async () => {
  const tab = await site.openEmbed(HASH);
  const { page } = tab;
  const texts = [];
  page.on("request", (request) => texts.push(new URL(request.url()).pathname));
  await page.reload();
  await page.locator("section[data-lab=playground][data-state]").waitFor();
  assert.deepEqual(texts.filter((path) => path.endsWith(".html")), ["/embed.html", "/labs/playground.html"]);
  await page.evaluate(() => (location.hash = "ensemble_formula?n_members=5"));
  await page.locator("section[data-lab=ensemble_formula][data-state]:visible").waitFor();
  await page.locator("footer a[href*='#ensemble_formula?v=1']").waitFor();
  assert.equal(await page.locator("section:visible").count(), 1);
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("a frame whose lab's text does not come says so, tries again, and leads to that lab in the playground", async () => {
  const tab = await site.openEmbed(HASH);
  const { page } = tab;
  await page.route("**/labs/dropout.html", (route) => route.abort());
  await page.goto(`${site.url}embed.html?again#dropout?steps=60`);
  const notice = page.getByRole("alert").filter({ hasText: "The text of this lab could not be loaded." });
  await notice.waitFor();
  assert.ok(await page.locator("#lost").isHidden(), "the networks are not what is missing");
  assert.equal(await page.getByRole("link", { name: "Open in the playground" }).getAttribute("href"), "index.html#dropout?steps=60");
  await page.unroute("**/labs/dropout.html");
  await notice.getByRole("button", { name: "Try again" }).click();
  await page.locator("section[data-lab=dropout][data-state]:visible").waitFor();
  assert.equal(await notice.count(), 0);
  await tab.close();
});
