// Sharing: the dialog and what it copies, a run as a file, paper, the page for teachers and the quiz.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before } from "node:test";
import { broken } from "./axe.mjs";
import { start } from "./harness.mjs";
import { lab, linked, numbers, pasted, ready, type } from "./lab.mjs";
import test from "./testing.mjs";

const RUN = "#dropout?n_train=60&units=8&hidden_layers=1&steps=40&compare=false";
/** Where a line is a frame with all it needs. */
const FRAMES = ["Any web page", "Moodle", "Canvas", "Markdown, mkdocs", "Jupyter Book 1", "Sphinx", "Quarto"];
let site;
before(async () => { site = await start(); });
after(() => site?.close());

const done = (page) => lab(page).and(page.locator("[data-state=done][data-drawn]")).waitFor({ timeout: 60_000 });
const line = (page, key) => page.locator(`#share textarea[name=${key}]`);
async function openShare(page) {
  await page.locator("button[name=share]").click();
  await page.locator("#share[open]").waitFor();
}

test("each line is copied by one press, says what was chosen, and is read as it was meant", async () => {
  const tab = await site.openLab(RUN);
  const { page } = tab;
  await done(page);
  await openShare(page);
  const query = await lab(page).getAttribute("data-query");
  assert.doesNotMatch(await lab(page).locator(".runs thead").textContent(), /no dropout/, "what is listed is of this run");
  assert.equal(await line(page, "link").inputValue(), `${site.url}#dropout?${query}`);
  await page.locator("#share summary").click();
  await page.getByLabel("Hide: Seed").check();
  await page.getByLabel("Lock: Label noise").check();
  await page.getByLabel("Hide: The question").check();
  await page.locator("#share select").selectOption("dark");
  await page.getByLabel("As wide as the column").uncheck();
  for (const [side, pixels] of [["Width", "700"], ["Height", "500"]]) {
    await page.getByLabel(side).fill(""); // in a field of a number, Firefox would be given one after the other
    await page.getByLabel(side).fill(pixels);
  }
  const address = `${site.url}embed.html#dropout?${query}&hide=seed,question&lock=label_noise&theme=dark`;
  const copied = async (name) => {
    await page.getByRole("button", { name: `Copy for ${name}`, exact: true }).click();
    await page.getByRole("button", { name: `Copied for ${name}`, exact: true }).waitFor();
    return pasted(page);
  };
  const lines = {};
  for (const name of [...FRAMES, "reveal.js", "Element"]) lines[name] = await copied(name);
  assert.deepEqual(await broken(page), []);
  await page.getByRole("button", { name: "Show the frame itself" }).click();
  const frame = page.frameLocator("#share iframe");
  await frame.locator("section[data-lab=dropout][data-state][data-drawn]").waitFor();
  assert.ok(await frame.locator("[name=label_noise]").first().isDisabled());
  assert.equal((await frame.locator("summary", { hasText: "Training:" }).textContent()).split(" · ").at(-1), "batch 32", "what is hidden is not told");
  assert.deepEqual(tab.problems, []);
  await page.keyboard.press("Escape");
  await page.locator("#share").waitFor({ state: "detached" });

  // Trusted Types forbid the page to read HTML: another one does
  const reader = await site.openOnPage("");
  const read = (html) => reader.page.evaluate((html) => [...new DOMParser().parseFromString(html, "text/html").querySelectorAll("iframe, regularization-lab")]
    .map((element) => Object.fromEntries([["tag", element.localName], ...element.getAttributeNames().map((name) => [name, element.getAttribute(name)])])), html);
  for (const name of FRAMES) {
    assert.deepEqual(await read(lines[name]), [{ tag: "iframe", src: address, title: "Dropout", width: "700", height: "500", loading: "lazy" }], name);
  }
  const [{ "data-src": deck }] = await read(lines["reveal.js"]);
  assert.equal(deck, address);
  const [{ tag, lab: id, ...attributes }] = await read(lines.Element);
  assert.deepEqual([tag, id], ["regularization-lab", "dropout"]);
  const settings = Object.fromEntries([...new URLSearchParams(query)].filter(([key]) => key !== "v"));
  assert.deepEqual(attributes, { ...settings, hide: "seed,question", lock: "label_noise", theme: "dark" });
  await reader.close();
  await tab.close();
});

test("where copying is refused the page says so and selects the text", async () => {
  const tab = await site.openLab(RUN, { viewport: { width: 360, height: 740 } });
  const { page } = tab;
  await done(page);
  await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: { writeText: () => Promise.reject(new Error("refused")) } }));
  await openShare(page);
  await line(page, "iframe").locator("xpath=ancestor::*[@class='share-line']").getByRole("button").press("Enter");
  await page.getByRole("status").filter({ hasText: "press Ctrl+C" }).waitFor();
  const { text, selected } = await line(page, "iframe").evaluate((field) => ({ text: field.value, selected: field.value.slice(field.selectionStart, field.selectionEnd) }));
  assert.equal(selected, text);
  assert.ok(await page.evaluate(() => document.querySelector("#share").scrollWidth <= document.querySelector("#share").clientWidth), "nothing sticks out on a phone");
  await tab.close();
});

test("a run is saved with its history and weights, opens the same run again, and other files are refused in a sentence", async () => {
  const tab = await site.openLab(RUN);
  const { page } = tab;
  await done(page);
  const [query, told] = [await lab(page).getAttribute("data-query"), await numbers(page)];
  await openShare(page);
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save the run" }).click();
  const file = await saving;
  assert.equal(file.suggestedFilename(), "dropout-seed0.json");
  const text = readFileSync(await file.path(), "utf8");
  const run = JSON.parse(text);
  assert.deepEqual([run.format, run.lab, run.query, run.steps, run.done, run.touched], ["regularization-playground run", "dropout", query, 40, true, false]);
  assert.match(run.version, /^\d+\.\d+\.\d+$/);
  assert.equal(run.settings.seed, 0);
  const { columns, rows } = run.history.test;
  assert.ok(columns.includes("step") && rows.length > 10, columns.join());
  assert.deepEqual(run.weights.map(({ network, parameters }) => [network, ...parameters.map(({ name, values }) => `${name} ${values.length}`)]),
    ["keep probability 0.5", "keep probability 1"].map((name) => [name, "w1 512", "b1 8", "w2 80", "b2 10"]));

  const choose = (name, content) => page.locator("#share input[type=file]").setInputFiles({ name, mimeType: "application/json", buffer: Buffer.from(content) });
  const said = page.locator(".share-file .said");
  for (const [content, sentence] of [["{", "it is no JSON"], ["[]", "holds no run"], [JSON.stringify({ ...run, lab: "<b>" }), "a lab that is not here: “<b>”"],
    [JSON.stringify({ ...run, query: "" }), "“query” is empty"], [JSON.stringify({ ...run, query: "a".repeat(2_500_000) }), "too long for a run: 2,500,000 signs"]]) {
    await choose("x.json", content);
    await said.filter({ hasText: sentence }).waitFor();
  }
  await page.getByRole("button", { name: "Close" }).click();
  await page.evaluate(() => (location.hash = "#dropout?n_train=60&units=4&steps=20"));
  await linked(page, "units=4&");
  await openShare(page);
  await choose("dropout.json", text);
  await linked(page, query);
  await page.waitForFunction((told) => {
    const section = document.querySelector("section[data-lab=dropout][data-state=done]");
    return section && Object.entries(told).every(([key, text]) => section.querySelector(`[data-metric-of=${key}]`)?.textContent === text);
  }, told);
  // the same by dropping it, with a setting that is not understood
  await page.evaluate((text) => {
    const files = new DataTransfer();
    files.items.add(new File([text], "mine.json"));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true }));
  }, JSON.stringify({ ...run, query: "units=4&kep_prob=1" }));
  await lab(page).locator(".notice", { hasText: "kep_prob" }).waitFor();
  // a run that no link holds, from within another lab
  await page.evaluate(() => (location.hash = "#co_adaptation"));
  await page.locator("section[data-lab=co_adaptation][data-state][data-drawn]").waitFor();
  await openShare(page);
  await choose("dropout.json", JSON.stringify({ ...run, touched: true }));
  await linked(page, query);
  await page.locator("section[data-lab=dropout] .notice", { hasText: "changed in the middle of that run" }).waitFor();
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("a figure is saved as a picture with twice the pixels, and as numbers that spreadsheets read; on paper its lab is a worksheet: light, with its question and every figure, and nothing to press", async () => {
  const tab = await site.openLab(RUN, { colorScheme: "dark" });
  const { page } = tab;
  await done(page);
  const figure = lab(page).locator("figure[data-hero]");
  await figure.locator("summary").click();
  const saved = async (name) => {
    const saving = page.waitForEvent("download");
    await figure.getByRole("button", { name, exact: true }).click();
    return readFileSync(await (await saving).path());
  };
  const png = await saved("PNG");
  assert.deepEqual([png.toString("latin1", 1, 4), png.readUInt32BE(16)], ["PNG", 1440]);
  assert.match((await saved("SVG")).toString(), /^<svg [^>]*width="720"/);
  assert.deepEqual([...(await saved("CSV")).subarray(0, 3)], [0xef, 0xbb, 0xbf]);
  const plain = await page.evaluate(async () => (await import(new URL("page/data.js", location.href).href)).sizeOf({ canvas: { clientWidth: 1, clientHeight: 300 } }));
  assert.deepEqual(plain, [720, 360], "one that was never drawn");
  const corner = await page.evaluate(async (bytes) => {
    const image = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: "image/png" }));
    const context = new OffscreenCanvas(1, 1).getContext("2d");
    context.drawImage(image, 0, 0);
    return [...context.getImageData(0, 0, 1, 1).data];
  }, [...png]);
  assert.deepEqual(corner, [20, 23, 28, 255], "on the paper of the theme");

  // as the browser does it: first the event, then the sheet's styles; the figures out of sight come once the run stands
  await page.waitForFunction(() => {
    dispatchEvent(new Event("beforeprint"));
    const had = [...document.querySelectorAll("section:not([hidden]) figure[data-figure] canvas")].every((canvas) => canvas.width !== 300 || canvas.height !== 150 || canvas.clientWidth === 0);
    if (!had) dispatchEvent(new Event("afterprint"));
    return had;
  });
  const drawn = await lab(page).locator("figure[data-figure] canvas").evaluateAll((all) => all.filter((canvas) => canvas.clientWidth > 0)
    .map((canvas) => ({ key: canvas.closest("figure").dataset.figure, width: canvas.clientWidth, sum: canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.reduce((sum, value) => sum + value, 0) })));
  assert.ok(drawn.length >= 5, `${drawn.length} pictures`);
  for (const { key, width, sum } of drawn) assert.ok(sum > 0 && width <= 340, `${key} is drawn for its column: ${width}`);
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(255, 255, 255)");
  for (const seen of ["h1", ".question p", ".question .guess", "figure[data-hero] canvas", ".map canvas", ".main-controls .exact"]) {
    assert.ok(await lab(page).locator(seen).first().isVisible(), seen);
  }
  const halves = await lab(page).evaluate((section) => {
    const [sheet, shows] = [section, section.querySelector(".stage")].map((part) => getComputedStyle(part, "::before").content);
    return { sheet, shows, starts: getComputedStyle(section.querySelector(".stage")).breakBefore, verdict: section.querySelector(".verdict").checkVisibility() };
  });
  assert.match(halves.sheet, /Name: _+ +Date: _+/);
  assert.deepEqual([halves.shows, halves.starts, halves.verdict], ['"What the run shows"', "page", false], "the question can be handed out by itself");
  assert.equal(await page.locator("nav:visible, .bar:visible, .handle:visible, input[type=range]:visible, footer.site:visible").count(), 0);
  assert.equal(await lab(page).locator(".experiment:visible, .meanings:visible").count(), 0, "neither what was not run nor a bare line");
  await page.emulateMedia({ media: "screen" });
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  assert.equal(await page.locator("html").getAttribute("data-paper"), null);
  await tab.close();
});

test("the page for teachers needs no script, fits a phone, and breaks no rule of accessibility", async () => {
  const tab = await site.open(`${site.url}teachers.html`, { viewport: { width: 360, height: 740 }, colorScheme: "dark" });
  const { page } = tab;
  assert.equal(await page.evaluate(() => document.scripts.length), 0);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  for (const id of await page.locator(".contents a").evaluateAll((links) => links.map(({ hash }) => hash))) assert.equal(await page.locator(id).count(), 1, id);
  for (const href of await page.locator("main a[href]:not([href*='#'])").evaluateAll((links) => links.map(({ href }) => href))) assert.ok((await fetch(href)).ok, href);
  assert.deepEqual(tab.problems, []);
  assert.deepEqual(await broken(page), []); // reads the styles, which the policy forbids
  await tab.close();
});

test("the quiz checks what was measured", async () => {
  const tab = await site.open(`${site.url}quiz.html`);
  const { page } = tab;
  const inside = page.frameLocator("iframe");
  const check = async (sentence) => {
    await inside.locator("section[data-state=done][data-drawn]").waitFor({ timeout: 90_000 });
    await page.getByRole("button", { name: "Check my setting" }).click();
    await page.getByRole("status").filter({ hasText: sentence }).waitFor();
  };
  await check("Not yet:");
  assert.ok(await inside.locator("[name=label_noise]").first().isDisabled());
  await type(inside, "keep_prob", "0.5");
  await inside.getByText("More of dropout").click();
  await type(inside, "keep_prob_input", "0.8");
  await inside.locator("section[data-query*='keep_prob=0.5&'][data-query*='keep_prob_input=0.8']").waitFor();
  await check("Right:");
  assert.equal(await page.locator("#tries li").count(), 2);
  assert.deepEqual(tab.problems, []);
  await tab.close();
});
