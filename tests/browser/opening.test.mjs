// How the page opens: nothing moves, nothing is asked for late or twice, and it can be used before the
// networks are there. What is done is counted and compared, not timed.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { start } from "./harness.mjs";
import { lab, ready, type } from "./lab.mjs";
import { notesShifts } from "./shifts.mjs";
import { eventually } from "./tab.mjs";
import test from "./testing.mjs";

const SMALL = "#playground?n_train=60&units=16&steps=150";
let site;
before(async () => { site = await start(); });
after(() => site?.close());

/** A tab in which something is prepared before the page is asked for. */
async function prepared(hash, prepare, options) {
  const tab = await site.open("about:blank", options);
  await prepare(tab.page);
  await tab.page.goto(`${site.url}${hash}`);
  return tab;
}

/** A mobile network: so many bytes a second (of files as they are, not compressed), and so many milliseconds until the first of them. */
const MOBILE = { rate: 5e6, latency: 40 };

for (const [width, height] of [[1280, 720], [390, 844]]) {
  for (const hash of ["", "#ensembles", "#dropout_example", "#l2_noise?v=1&copies=3"]) {
    test(`nothing moves while the page opens at ${hash || "its first lab"}, ${width} wide`, async () => {
      const slow = await site.slowly(MOBILE);
      const tab = await site.open("about:blank", { viewport: { width, height } });
      await tab.page.addInitScript(notesShifts);
      await tab.page.goto(`${slow.url}${hash}`);
      await ready(tab.page);
      await tab.page.waitForTimeout(1500); // until all of it is drawn, and what stands below it is there
      const shifts = () => tab.page.evaluate(() => ({ sums: [moved, window.told].filter((sum) => sum !== undefined), movers }));
      const { sums, movers } = await shifts();
      assert.ok(Math.max(...sums) < 0.02, `${sums}: ${movers.join("\n")}`);
      await tab.page.evaluate(() => {
        const late = document.createElement("p");
        late.style.height = "100px";
        document.querySelector("main").prepend(late);
      });
      assert.ok(await eventually(async () => Math.min(...(await shifts()).sums) > 0.02, 2000), "and what does move is noticed");
      await tab.close();
      slow.close();
    });
  }
}

test("the module is asked for once and compiled once, however many engines there are", async () => {
  const asked = [];
  const tab = await prepared("#dropout?units=4&steps=20&x=n_train:50,100,200&metrics=test_error&seeds=3", async (page) => {
    page.context().on("request", (request) => { if (request.url().endsWith(".wasm")) asked.push(request.url()); });
    await page.addInitScript(() => {
      window.compiled = 0;
      for (const name of ["compile", "compileStreaming", "instantiateStreaming"]) {
        const own = WebAssembly[name];
        WebAssembly[name] = (...given) => { window.compiled += 1; return own(...given); };
      }
    });
  });
  await ready(tab.page);
  await lab(tab.page).locator("button[name=experiment_run]").click();
  await lab(tab.page).locator(".experiment-told").filter({ hasText: "9 of 9 runs are done." }).waitFor();
  assert.deepEqual([asked.length, await tab.page.evaluate(() => window.compiled)], [1, 1]);
  await tab.close();
});

test("every script that a lab needs to open is named by the page itself", async () => {
  for (const page of ["", "embed.html"]) {
    const tab = await site.open(`${site.url}${page}`);
    await ready(tab.page);
    const unnamed = await tab.page.evaluate(() => {
      const named = new Set([...document.querySelectorAll("link[rel=modulepreload], script[src]")].map(({ href, src }) => href ?? src));
      const asked = performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => name.endsWith(".js"));
      const until = asked.findIndex((name) => name.endsWith("/after.js"));
      return asked.slice(0, until < 0 ? asked.length : until).filter((name) => !named.has(name) && !/engine\/(worker|engines?|trainer|frames|shelf|under-way|pacer)\.js$/.test(name));
    });
    assert.deepEqual(unnamed, []);
    await tab.close();
  }
});

test("before the networks are there the controls are, and what is asked of them is done once they are", async () => {
  let come;
  const held = new Promise((resolve) => { come = resolve; });
  const tab = await prepared("#playground", (page) => page.route("**/*.wasm", async (route) => {
    await held;
    await route.continue();
  }));
  const { page } = tab;
  await lab(page).locator("input[name=keep_prob]").waitFor();
  assert.match(await lab(page).locator(".readout").textContent(), /^(step 0 of 1,500|loading the networks …)$/);
  assert.equal(await lab(page).getAttribute("data-state"), null);
  await type(page, "n_members", "2");
  await lab(page).locator("button[name=play]").click();
  come();
  await page.waitForFunction(() => Number(document.querySelector("section[data-lab]").dataset.steps) > 0);
  assert.equal(await lab(page).locator("input[name=n_members]").getAttribute("aria-valuetext"), "2");
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

/** A tab whose module comes when `come` is called. */
async function holding(hash) {
  let come;
  const held = new Promise((resolve) => { come = resolve; });
  const tab = await prepared(hash, (page) => page.route("**/*.wasm", async (route) => {
    await held;
    await route.continue();
  }));
  return { ...tab, come };
}

test("a link that cannot be read does not come over the lab that was opened after it", async () => {
  const { page, come, close, problems } = await holding("#playground?v=1&keep_prob=7");
  await page.locator("section[data-lab=playground] input[name=keep_prob]").waitFor();
  await page.evaluate(() => { location.hash = "#dropout?v=1&steps=40&units=4"; });
  await page.locator("section[data-lab=dropout] input[name=keep_prob]").waitFor();
  come();
  await page.locator("section[data-lab=dropout][data-state=done][data-drawn][data-steps='40']").waitFor();
  assert.equal(await page.locator(".notice:visible").count(), 0);
  assert.deepEqual(problems, []);
  await close();
});

test("a link that is long in opening stays in the address, whatever is still told of the run before", async () => {
  const { page, come, close, problems } = await holding("#playground?v=1&steps=2000&units=4&n_train=40");
  come();
  await page.locator("section[data-lab=playground][data-state=done][data-drawn]").waitFor();
  await page.locator("section[data-lab=playground] button[name=play]").click();
  await page.locator("section[data-lab=playground][data-state=playing]").waitFor();
  const link = "#playground?v=1&keep_prob=7";
  await page.evaluate((link) => {
    const { postMessage } = Worker.prototype;
    Worker.prototype.postMessage = function (message, ...rest) {
      setTimeout(() => postMessage.call(this, message, ...rest), message.request?.kind === "load" ? 1500 : 0);
    };
    location.hash = link;
  }, link);
  await page.locator(".notice:visible", { hasText: "could not be read" }).waitFor();
  assert.equal(new URL(page.url()).hash, link);
  assert.deepEqual(problems, []);
  await close();
});

test("what waits to be changed in one lab is not changed in the next", async () => {
  const { page, come, close, problems } = await holding("#playground");
  const slider = page.locator("section[data-lab=playground] input[name=keep_prob]");
  await slider.waitFor();
  await slider.press("ArrowRight");
  await slider.press("ArrowRight");
  await page.evaluate(() => { location.hash = "#dropout"; });
  const other = page.locator("section[data-lab=dropout] input[name=keep_prob]");
  await other.waitFor();
  come();
  await page.locator("section[data-lab=dropout][data-state][data-drawn]").waitFor();
  assert.equal(await other.getAttribute("aria-valuetext"), "0.50");
  assert.deepEqual(problems, []);
  await close();
});

test("a lab whose entry was lost once is asked for again", async () => {
  const tab = await prepared(SMALL, (page) => page.route("**/pkg/labs/ensembles.json", (route) => route.fulfill({ status: 503 }), { times: 1 }));
  await ready(tab.page);
  await tab.page.evaluate(() => { location.hash = "#ensembles"; });
  await tab.page.getByRole("button", { name: "Try again" }).click();
  await tab.page.locator("section[data-lab=ensembles][data-state][data-drawn]").waitFor();
  await tab.close();
});

test("where the address names another lab its words are there before any script of the page is, and those of the first are not seen", async () => {
  const tab = await prepared("#ensembles?n_members=5", (page) => page.route("**/page/{main,early}.js", (route) => route.abort()));
  const { page } = tab;
  await page.locator("section[data-lab=ensembles] h1:visible").waitFor();
  assert.ok(await page.locator("section[data-lab=playground] h1").isHidden());
  assert.deepEqual(await page.locator("nav.labs a:visible").allTextContents(), ["The formula", "Real networks"], "the way to its neighbours has its place");
  assert.equal(await page.evaluate(() => performance.getEntriesByName(`${location.origin}/labs/ensembles.html`).length), 1);
  await tab.close();
});

test("the theme that was chosen is there before anything is painted", async () => {
  const tab = await site.openLab(SMALL);
  await ready(tab.page);
  await tab.page.evaluate(() => localStorage.setItem("theme", "dark"));
  await tab.page.route("**/page/main.js", (route) => route.abort());
  await tab.page.reload();
  assert.equal(await tab.page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(20, 23, 28)");
  await tab.close();
});

test("where no script runs a sentence says so, and the text can be read; where one runs there is none", async () => {
  for (const page of ["", "embed.html"]) {
    const tab = await prepared(page, (tab) => tab.route("**/*.js", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, headers: { ...response.headers(), "content-type": "text/plain" } });
    }));
    if (page === "") {
      await tab.page.locator("#lost").getByText("a script did not come, or not as JavaScript").waitFor();
      await tab.page.locator(".why").first().waitFor();
    } else {
      await tab.page.locator("#silent").getByText("has to send them as JavaScript").waitFor();
    }
    assert.ok(await tab.page.locator("img[src*='posters/playground-light.svg']").evaluate((picture) => picture.decode().then(() => picture.checkVisibility())));
    assert.ok(await tab.page.getByRole("button", { name: "Try again" }).isVisible());
    await tab.close();
    const running = await site.open(`${site.url}${page}`);
    await ready(running.page);
    assert.equal(await running.page.locator("#silent").count(), 0);
    await running.close();
  }
});
