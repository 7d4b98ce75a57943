// The reader's own data: the dialog that reads it, the run on it, its way through links, reloads, files and frames, and
// points that are drawn by hand.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, before } from "node:test";
import * as ticket from "../../www/engine/ticket.js";
import { broken } from "./axe.mjs";
import { start } from "./harness.mjs";
import { ended, lab, linked, numbers, paste, ready, type } from "./lab.mjs";
import { bindings } from "./native.mjs";
import test from "./testing.mjs";
import { written } from "./written.mjs";

const SMALL = "#playground?units=8&hidden_layers=1&steps=40&n_train=60";
let site;
before(async () => { site = await start(); });
after(() => site?.close());

/** Three classes of flowers, in rows that end as Windows ends them. */
const rows = Array.from({ length: 60 }, (_, i) => {
  const kind = i % 3;
  return [`T${i}`, (5 + kind + (i % 7) / 10).toFixed(2), (3 - kind / 2 + (i % 5) / 10).toFixed(2), ["setosa", "versicolor", "virginica"][kind]];
});
const csv = (some) => [["ticket", "long", "wide", "kind"], ...some].map((row) => row.join(",")).join("\r\n");
const WHOLE = csv(rows);
const GAPS = csv(rows.map((row, i) => (i === 6 ? [row[0], "", ...row.slice(2)] : i === 19 ? [row[0], row[1], "NA", row[3]] : row)));
/** Without the column of which no row shares a word with another. */
const PLAIN = WHOLE.replace(/^[^,]*,/gm, "");
const file = (name, text) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
const sum = (text) => createHash("sha256").update(text).digest("hex").slice(0, 16);

const done = (page) => lab(page).and(page.locator("[data-state=done][data-drawn]")).waitFor({ timeout: 30_000 });
const own = (page) => page.locator("#own[open]");
const query = (page) => lab(page).getAttribute("data-query");
const told = (page, text) => own(page).getByRole("alert").filter({ hasText: text }).waitFor();
async function openOwn(page) {
  await lab(page).locator("details:has([name=dataset])").evaluate((group) => (group.open = true));
  await lab(page).locator("select[name=dataset]").selectOption("own");
  await own(page).waitFor();
}
/** Trains on what the dialog holds, which is other data than were trained on before. */
async function train(page) {
  const last = (await query(page)).match(/data=[^&]*/)?.[0] ?? "none before";
  await own(page).locator("button[name=train]:not([disabled])").press("Enter");
  await own(page).waitFor({ state: "detached" });
  await lab(page).and(page.locator(`[data-query*='data=']:not([data-query*='${last}'])[data-state=done][data-drawn]`)).waitFor({ timeout: 30_000 });
  await linked(page, (await query(page)).match(/data=[^&]*/)[0]);
}
/** What a query says of own data. */
const parted = (query) => query.match(/data=[^&]*&read=[^&]*/)[0];
/** A file in IDX: its magic number, its sizes, its bytes. */
const idx = (magic, sizes, data) => Buffer.concat([Buffer.from(new Uint32Array([magic, ...sizes]).buffer).swap32(), Buffer.from(data)]);
const choose = (page, ...files) => own(page).locator("input[type=file]").setInputFiles(files);

test("a table is read, shown and chosen from before anything is trained, and what cannot be read is told", async () => {
  const tab = await site.openLab(SMALL, { viewport: { width: 360, height: 740 } });
  const { page } = tab;
  await done(page);
  const untouched = await query(page);
  await openOwn(page);
  await choose(page, { ...file("large.csv", ""), buffer: Buffer.alloc(5_000_001, "1,2\n") });
  await told(page, /“large\.csv” is too large: 5\.1 MB/);
  await choose(page, file("odd.csv", "a,b\n1,2\n3,4,5\n"));
  await told(page, /[Ll]ine 3/);
  await choose(page, file("sheet.xlsx", "PK\x03\x04…"));
  await told(page, /“sheet\.xlsx” is a spreadsheet: save it as CSV/);
  await own(page).locator("textarea").fill("a,b\n1,2\n3,4\n");
  await told(page, /There are 2 rows; at least 12 are needed/);
  assert.equal(await own(page).locator("table tbody tr").count(), 2, "what was read of it is shown");
  assert.ok(await own(page).locator("button[name=train]").isDisabled());
  await choose(page, { ...file("west.csv", ""), buffer: Buffer.from("sep=;\r\ngröße;preis\r\n1.234,5;7\r\n9;8\r\n", "latin1") });
  await own(page).getByText("it was read as Windows-1252").waitFor();
  assert.match(await own(page).locator("table thead").textContent(), /größenumbers, “1\.234,5” is read as 1234\.5preis/);
  await paste(page, own(page).locator("textarea"), `a,b\n${"1,2\n3,4\n".repeat(20_000)}`);
  const large = await own(page).locator("textarea").evaluate((field) => [field.value, field.placeholder.slice(0, 8)]);
  assert.deepEqual(large, ["", "a,b\n1,2\n"], "a browser lays out whatever a field holds: of a long text it holds nothing");
  await own(page).getByRole("heading", { name: "“pasted”: 40,000 rows of 2 columns" }).waitFor();
  await choose(page, file("gaps.csv", GAPS));
  await told(page, /ticket/);
  assert.equal(await own(page).locator("textarea").inputValue(), "", "what was pasted is not what is shown");
  assert.match(await own(page).locator("textarea").getAttribute("placeholder"), /or paste rows here/);
  assert.match(await own(page).locator("table thead").textContent(), /ticket60 different words.*long.*1 missing.*kind3 different words/);
  assert.equal(await own(page).locator("select[name=target]").inputValue(), "kind");
  assert.deepEqual(await broken(page), []);
  await own(page).locator("button[name=spare]").press("Enter");
  await told(page, /[Ll]ine 8, column long/);
  assert.ok(await own(page).locator("button[name=train]").isDisabled());
  await own(page).locator(".own-gaps summary").press("Enter");
  assert.match(await own(page).locator(".own-gaps").textContent(), /2 cells.*2 rows.*Line 8, long.*Line 21, wide/);
  await own(page).getByRole("button", { name: "Leave out these 2 rows" }).press("Enter");
  await own(page).getByRole("status").filter({ hasText: "58 rows, to predict “kind” (3 classes) from 2 inputs" }).filter({ hasText: "settings change with it: training examples 60 → 43, label noise 0.3 → 0, " }).waitFor();
  assert.ok(await own(page).evaluate((dialog) => dialog.scrollWidth <= dialog.clientWidth), "nothing sticks out on a phone");
  await choose(page, file("empty.csv", ""));
  await told(page, /“empty\.csv” is empty/);
  assert.equal(await query(page), untouched, "nothing was trained");
  await train(page);
  assert.match(await query(page), new RegExp(`^v=1&data=gaps\\.csv~${sum(GAPS)}&read=[^&]+&.*dataset=own&`));
  assert.match(await lab(page).locator(".context").textContent(), /examples of “gaps\.csv”/);
  assert.deepEqual(await lab(page).locator(".notice-what p:visible, .caveat p:visible").allInnerTexts().then((all) => all.map((text) => /digits|seeds|labels/.test(text))), [false, false], "nothing of other data");
  assert.match(await lab(page).locator(".runs tbody tr").last().textContent(), /data “gaps\.csv”/);
  assert.match(await lab(page).locator(".map").evaluate((map) => map.dataset.points), /^1$/, "runs on other data are on another map");
  await lab(page).locator("button[name=fill]").click();
  await page.waitForFunction(() => document.querySelector("[data-map]").runs.some(({ filled, query }) => filled && query.includes("data=gaps")));
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("own data comes back after a reload and from a run's file, is asked for by name and checksum once it is forgotten, and another file is told apart", async () => {
  const tab = await site.openLab(SMALL);
  const { page } = tab;
  await ready(page);
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "flowers.csv"));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  }, WHOLE);
  await own(page).locator("button[name=spare]").click();
  await train(page);
  const run = await query(page);
  assert.match(run, new RegExp(`data=flowers\\.csv~${sum(WHOLE)}&`));
  await page.waitForFunction((run) => location.hash.endsWith(run), run);
  await page.reload();
  await done(page);
  assert.equal(await query(page), run);
  const numbers = () => lab(page).locator(".metrics").textContent();
  const measured = await numbers();
  await page.locator("button[name=share]").click();
  await page.locator("#share", { hasText: "does not hold it" }).waitFor();
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save the run" }).click();
  const saved = readFileSync(await (await saving).path());
  assert.doesNotMatch(await page.locator("#share").textContent(), /the same run/);
  await page.keyboard.press("Escape");

  await lab(page).locator("button[name=own]").evaluate((button) => button.click());
  await own(page).getByRole("button", { name: "Forget flowers.csv, to predict “kind” without “ticket”" }).click();
  await own(page).locator(".own-one").waitFor({ state: "detached" });
  await own(page).getByRole("status").filter({ hasText: "The run on screen still uses it" }).waitFor();
  await page.keyboard.press("Escape");
  await lab(page).locator("button[name=fill]").click();
  await page.waitForFunction(() => document.querySelector("[data-map]").runs.some(({ filled, query }) => filled && query.includes("data=flowers")));
  const notice = lab(page).getByRole("alert").filter({ hasText: `“flowers.csv” (SHA-256 ${sum(WHOLE)}…)` });
  for (const hash of [SMALL, `#playground?${run}`]) { // with the run that uses it the data is gone
    await page.evaluate((hash) => void (location.hash = hash), hash);
    await page.waitForFunction(() => !/data=/.test(document.querySelector("section:not([hidden])").dataset.query));
  }
  await notice.waitFor();
  await page.reload();
  await notice.waitFor();
  await done(page);
  assert.match(await query(page), /dataset=digits/);
  await notice.getByRole("button", { name: "Choose the file" }).click();
  await choose(page, file("flowers.csv", GAPS));
  await own(page).getByRole("alert").filter({ hasText: `another file than the link was made with: its SHA-256 begins with ${sum(GAPS)}` }).waitFor();
  await choose(page, file("renamed.csv", WHOLE));
  await own(page).locator(".own-other").and(page.locator(":empty")).waitFor({ state: "attached" });
  await train(page);
  assert.deepEqual([await query(page), await numbers()], [run, measured]);

  await page.evaluate(() => indexedDB.deleteDatabase("regularization-playground own data"));
  await page.goto(`${site.url}?elsewhere${SMALL}`);
  await ready(page);
  await page.locator("button[name=share]").click();
  await page.locator("#share input[type=file]").setInputFiles({ name: "run.json", mimeType: "application/json", buffer: saved });
  // known by its own numbers: a file can say of any table that it is the one a link names
  await ended(page, "data=flowers.csv%2C%20from%20a%20run~");
  const settings = (text) => text.replace(/(data|read)=[^&]*&?/g, "");
  assert.deepEqual([ticket.parted(await query(page)).settings, await numbers()], [settings(run), measured]);
  assert.deepEqual(tab.problems, []);

  await page.goto(`${site.url}embed.html#playground?${run.replace(/~\w{4}/, "~0000")}`);
  await lab(page).getByRole("alert").filter({ hasText: "Where the playground itself is open, the file can be chosen" }).waitFor();
  await tab.close();
});

test("labs on digits learn from MNIST as well, and a task without images is left for one with", async () => {
  const tab = await site.openLab("#pre_training_supervised?source_steps=100&steps=110");
  const { page } = tab;
  await done(page);
  await openOwn(page);
  await own(page).locator("button[name=mnist]").click();
  await own(page).getByText("These settings change with it: tasks Teacher: a new answer → Images: classes 0 to 4, then 5 to 9.").waitFor();
  await train(page);
  assert.match(await query(page), /n_labels=20&.*task=digits&dataset=own/);
  assert.match(await lab(page).locator(".control:has([name=dataset])").textContent(), /5,000 images, to predict/);
  assert.match(await lab(page).locator(".context:visible").textContent(), /the first five classes of your own images/);
  await page.evaluate((data) => (location.hash = `symmetry_breaking?dataset=own&n_train=60&units=3&steps=20&${data}`), (await query(page)).match(/data=[^&]*/)[0]);
  await lab(page).and(page.locator("[data-lab=symmetry_breaking][data-query*='data='][data-state=done][data-drawn]")).waitFor({ timeout: 30_000 });
  const files = ["tests/reference/mnist5k-images.u8", "www/data/mnist5k-labels.u8"].map((name) => readFileSync(new URL(`../../${name}`, import.meta.url)));
  const run = bindings.Lab.fromQuery("symmetry_breaking", ticket.parted(await query(page)).settings, bindings.readIdx(idx(0x803, [5000, 28, 28], files[0]), idx(0x801, [5000], files[1])));
  run.advance(run.progress().of);
  assert.deepEqual(await numbers(page), written("symmetry_breaking", run), "what the page learns of MNIST is what node learns of its files");
  run.free();
  await lab(page).locator("details:has([name=dataset])").evaluate((group) => (group.open = true));
  await lab(page).locator("select[name=dataset]").selectOption("digits");
  await ended(page, "dataset=digits");
  await lab(page).locator("button[name=back]", { hasText: "Go back to “MNIST-5000”" }).click();
  await ended(page, "dataset=own");
  const three = [idx(0x803, [30, 2, 2], Array.from({ length: 120 }, (_, i) => i)), idx(0x801, [30], Array.from({ length: 30 }, (_, i) => i % 3))];
  await openOwn(page);
  await choose(page, ...three.map((buffer, i) => ({ name: ["images.idx", "labels.idx"][i], mimeType: "", buffer })));
  await own(page).getByText("It opens in the Playground: this lab learns from images of 10 classes.").waitFor(); // where three classes are as good as ten
  await train(page);
  assert.equal(await lab(page).getAttribute("data-lab"), "playground");
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("MNIST is a press away; points are added, moved and taken away by hand and by keys, and travel in the link", async () => {
  const tab = await site.openLab(SMALL);
  const { page } = tab;
  await ready(page);
  await openOwn(page);
  await own(page).locator("button[name=mnist]").click();
  await own(page).getByRole("status").filter({ hasText: "5,000 images of 28 × 28 pixels" }).waitFor();
  await train(page);
  await lab(page).locator("button[name=own]").evaluate((button) => button.click());
  await own(page).locator("button[name=points]").press("Enter");
  await lab(page).locator(".own-dot").first().waitFor({ state: "attached" });
  await done(page);
  const points = () => new URLSearchParams(page.url().split("?")[1]).get("read").match(/\d[bo]/g).length;
  const count = async (many) => {
    await page.waitForFunction((many) => (decodeURIComponent(location.hash).match(/\d[bo](?=[-\d"])/g) ?? []).length === many, many);
    await done(page);
  };
  const first = points();
  const layer = lab(page).locator(".own-layer");
  await layer.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await layer.boundingBox();
  await page.mouse.click(x + 0.85 * width, y + 0.2 * height);
  await count(first + 1);
  await page.keyboard.press("ArrowLeft");
  const last = lab(page).locator(".own-dot").last();
  const before = await last.getAttribute("aria-label");
  await last.press("ArrowDown");
  await page.waitForFunction((before) => [...document.querySelectorAll(".own-dot")].at(-1).ariaLabel !== before, before);
  await last.press("Delete");
  await count(first);
  await lab(page).locator("button[name=undo]").click();
  await count(first + 1);
  await lab(page).locator("button[name=clear]").press("Enter");
  await layer.click({ position: { x: 0.5 * width, y: 0.3 * height } });
  await lab(page).locator(".own-bar").getByText("1 of at least 16 points").waitFor();
  assert.equal(await lab(page).locator(".own-dot").count(), 1);
  await lab(page).locator("button[name=undo]").click();
  await lab(page).locator("button[name=undo]").click();
  assert.equal(await lab(page).locator(".own-dot").count(), first + 1);
  await done(page);
  assert.deepEqual(await broken(page), []);
  await page.reload();
  await done(page);
  await lab(page).locator(".own-dot").nth(first).waitFor({ state: "attached" });
  assert.equal(await lab(page).locator(".own-dot").count(), first + 1);
  const drawn = await query(page);
  await lab(page).locator("button[name=defaults]").evaluate((button) => button.click());
  await ended(page, "dataset=digits");
  await openOwn(page);
  await own(page).locator("button[name=drawn]").press("Enter");
  await ended(page, "data=points");
  assert.equal(parted(await query(page)), parted(drawn), "what was drawn is had again");
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("whatever the store holds there is one dialog; a file is not taken for the site's MNIST by its name; a run's file without numbers is refused", async () => {
  const tab = await site.openLab(SMALL);
  const { page } = tab;
  await ready(page);
  await page.evaluate(() => new Promise((resolve) => {
    const asked = indexedDB.open("regularization-playground own data", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("tables", { keyPath: "ticket" });
    asked.onsuccess = () => {
      const changed = asked.result.transaction("tables", "readwrite");
      changed.objectStore("tables").put({ ticket: "data=broken~", name: "broken" });
      changed.oncomplete = () => resolve(asked.result.close());
    };
  }));
  await openOwn(page);
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "MNIST-5000"));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  }, PLAIN);
  await own(page).locator("button[name=train]:not([disabled])").waitFor();
  assert.deepEqual([await page.locator("dialog#own").count(), await own(page).locator(".own-one").count()], [1, 0]);
  await train(page);
  const run = await query(page);
  assert.match(run, new RegExp(`data=MNIST-5000~${sum(PLAIN)}&`));
  await page.reload();
  await lab(page).and(page.locator(`[data-state=done][data-drawn][data-query='${run}']`)).waitFor({ timeout: 30_000 });
  await lab(page).locator("p.help", { hasText: "“MNIST-5000”: 60 rows" }).waitFor({ state: "attached" });
  await page.locator("button[name=share]").click();
  const broken = { format: "regularization-playground run", lab: "playground", query: run, own: { inputs: ["a"], x: [1, null], y: [0, 1] } };
  await page.locator("#share input[type=file]").setInputFiles({ name: "run.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(broken)) });
  await page.locator("#share").getByRole("status").filter({ hasText: "“run.json” holds a table without numbers" }).waitFor();
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

/** So many images of ten classes. */
const few = (count) => [idx(0x803, [count, 4, 4], Array.from({ length: 16 * count }, (_, i) => (i * 37 + (i >> 4) * 11) % 256)), idx(0x801, [count], Array.from({ length: count }, (_, i) => i % 10))]
  .map((buffer, i) => ({ name: ["images.idx", "labels.idx"][i], mimeType: "", buffer }));

test("of few images sliders end where they do; what goes beyond is changed in one sentence, by the dialog and by a link", async () => {
  const tab = await site.openLab("#subnetworks?n_train=400&image=600&units=3&steps=30");
  const { page } = tab;
  await done(page);
  await openOwn(page);
  await choose(page, ...few(160));
  await own(page).getByText("These settings change with it: test image 600 → 39, training images 400 → 120.").waitFor();
  await train(page);
  assert.match(await query(page), /image=39&.*n_train=120&/);
  const last = (name) => lab(page).locator(`input[type=range][name=${name}]`).getAttribute("max");
  assert.deepEqual([await last("n_train"), await last("image")], ["140", "39"]);
  await lab(page).locator("details:has([name=n_train])").evaluate((group) => (group.open = true));
  await lab(page).locator("input[type=range][name=n_train]").press("End");
  await ended(page, "n_train=140&");
  assert.equal(await last("image"), "19");
  await type(page, "n_train", "141");
  await lab(page).locator(".control:has([name=n_train]) .problem", { hasText: "must be at most 140: there are 160 images" }).waitFor();
  const data = (await query(page)).match(/data=[^&]*/)[0];
  const open = (link) => page.evaluate((link) => void (location.hash = link), link);
  await open(`weight_sharing_cnn?task=motif&dataset=own&n_train=150&filters=2&steps=5&${data}`);
  await lab(page).getByRole("alert").filter({ hasText: "does not suit its data “images.idx” as it is. Changed with it: training examples 150 → 120, task Motifs in a signal → Images on a 12 × 12 canvas." }).waitFor();
  await done(page);
  assert.match(await query(page), /data=.*n_train=120&.*task=digits&dataset=own&.*filters=2&.*steps=5&/);
  await open(`ensembles?dataset=own&n_train=900&steps=5&${data}`);
  await lab(page).getByRole("alert").filter({ hasText: "Changed with it: training examples 900 → 120.http" }).waitFor(); // and nothing that no link has set
  await done(page);
  await open("ensembles?dataset=own&n_train=30");
  await lab(page).getByRole("alert").filter({ hasText: "could not be opened: the lab is as it was before" }).waitFor();
  assert.match(await query(page), /data=.*dataset=own&n_train=120&.*steps=5&/);
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("who leaves a task for one without images and comes back finds own images again; a link that cannot be opened loses nothing that is shown", async () => {
  const tab = await site.openLab("#weight_sharing_cnn?task=digits&n_train=50&filters=2&steps=5&seed=7");
  const { page } = tab;
  await done(page);
  await openOwn(page);
  await choose(page, ...few(160));
  await train(page);
  const task = lab(page).locator("select[name=task]");
  await task.selectOption("motif");
  await ended(page, "task=motif&dataset=digits");
  await task.selectOption("digits");
  await linked(page, "data=");
  await ended(page, "task=digits&dataset=own");
  const asLeft = /n_train=50&.*task=digits&dataset=own&.*filters=2&.*steps=5&seed=7$/;
  assert.match(await query(page), asLeft, "all else is as it was");
  await linked(page, "n_train=50&");
  assert.equal(await lab(page).getByRole("alert").filter({ hasText: "link" }).count(), 0, "nobody followed a link");
  // one change after the other, before the first is shown
  await task.evaluate((select) => {
    for (const value of ["motif", "digits"]) {
      select.value = value;
      for (const kind of ["input", "change"]) select.dispatchEvent(new Event(kind, { bubbles: true }));
    }
  });
  await linked(page, "data=");
  await ended(page, "task=digits&dataset=own");
  await lab(page).locator("details:has([name=dataset])").evaluate((group) => (group.open = true));
  await lab(page).locator("select[name=dataset]").selectOption("digits");
  await ended(page, "dataset=digits");
  await lab(page).locator("button[name=back]").click();
  await ended(page, "dataset=own");
  assert.match(await query(page), asLeft, "and what one goes back to is the run that was left");
  const data = (await query(page)).match(/data=[^&]*/)[0];
  for (const link of ["pre_training_unsupervised?pretext_steps=0&steps=5&seed=9", `pre_training_unsupervised?dataset=own&${data}`]) {
    await page.evaluate((link) => void (location.hash = link), link);
    await lab(page).and(page.locator("[data-lab=pre_training_unsupervised][data-state=done][data-drawn]")).waitFor();
  }
  await lab(page).getByRole("alert").filter({ hasText: "could not be opened: the lab is as it was before" }).filter({ hasText: "has 16 images of class 0" }).waitFor();
  assert.match(await query(page), /dataset=digits&.*seed=9$/);
  // with its data locked a frame takes no task without images, and says so in the words that are on the page
  await page.goto(`${site.url}embed.html#weight_sharing_cnn?task=digits&dataset=own&n_train=50&filters=2&steps=5&${data}&lock=dataset`);
  await done(page);
  await lab(page).locator("details:has([name=task])").evaluate((group) => (group.open = true));
  await lab(page).locator("select[name=task]").selectOption("motif");
  await lab(page).locator(".control:has([name=task]) .problem", { hasText: "Images = “Your own data”: must be “Handwritten digits” with Task = “Motifs in a signal”, which" }).waitFor();
  assert.equal(await lab(page).locator(".problem:not(:empty)").count(), 1, "of what was to be set together it is said once, where the hand was");
  assert.equal(await lab(page).getByText("Set along with it").count(), 0);
  assert.deepEqual(tab.problems, []);
  await tab.close();
});
