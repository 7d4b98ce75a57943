// A lab as an element of somebody else's page, of another origin: what it does there, what it leaves alone, and
// what is left when it is gone.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { broken } from "./axe.mjs";
import { keptIn } from "./chromium.mjs";
import { LISTEN, one } from "./element.mjs";
import { has, start } from "./harness.mjs";
import { finished } from "./native.mjs";
import test from "./testing.mjs";

let site;
before(async () => { site = await start(); });
after(() => site?.close());

test("moved it stays as it is, taken away all of it ends, put back it begins with its attributes; another lab takes its place", async () => {
  const tab = await site.openOnPage(`${LISTEN}<div id="one">${one("ensemble_formula")}</div><div id="two"></div>`);
  const { page } = tab;
  const hear = (type) => page.waitForFunction((type) => told(type).length > 0, type);
  await hear("done");
  const same = await page.evaluate(async () => {
    const section = inside("a", "section");
    document.querySelector("#two").append(lab("a"));
    await new Promise((resolve) => setTimeout(resolve, 200));
    return section === inside("a", "section");
  });
  assert.deepEqual([same, page.workers().length], [true, 1]);
  await page.evaluate(() => {
    window.kept = lab("a");
    kept.remove();
  });
  await page.waitForFunction(() => kept.shadowRoot.querySelector("section") === null);
  while (page.workers().length > 0) await page.waitForEvent("console", { timeout: 50 }).catch(() => {});
  await page.evaluate(() => {
    heard.length = 0;
    kept.setAttribute("n_members", "5");
    document.querySelector("#one").append(kept);
  });
  await hear("done");
  assert.equal(await page.evaluate(() => lab("a").params().n_members), 5);
  await page.evaluate(() => {
    heard.length = 0;
    lab("a").removeAttribute("n_members");
    lab("a").setAttribute("lab", "co_adaptation");
  });
  await hear("done");
  assert.deepEqual(await page.evaluate(() => [...lab("a").shadowRoot.querySelectorAll("section")].map(({ dataset }) => dataset.lab)), ["co_adaptation"]);
  assert.deepEqual(await page.evaluate(() => told("error")), []);
  // what is under way as it becomes another lab, or goes and comes back, is refused and stands in nobody's way
  const ways = await page.evaluate(async () => {
    const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    const soon = (promise) => Promise.race([promise.then(() => "done", ({ message }) => message), wait(5000).then(() => "never")]);
    const a = lab("a");
    a.setAttribute("seed", "4");
    await 0;
    a.setAttribute("lab", "ensemble_formula");
    const other = await soon(a.play());
    a.setAttribute("seed", "5");
    await 0;
    const cut = a.step(100000);
    await wait(0);
    a.remove();
    const left = [await soon(cut), await soon(a.pause())];
    document.querySelector("#one").append(a);
    const starting = a.reset();
    await wait(20);
    a.remove();
    left.push(await soon(starting));
    document.querySelector("#one").append(a);
    const back = await soon(a.set("seed", 6));
    return { other, left, back, seed: a.params().seed };
  });
  const LEFT = "this lab has left the page";
  assert.deepEqual(ways, { other: "done", left: [LEFT, "this lab is in no page", LEFT], back: "done", seed: 6 });
  assert.deepEqual(await page.evaluate(() => told("error")), []);
  // and where there is no such lab, it says which there are
  await page.evaluate(() => lab("a").setAttribute("lab", "dropuot"));
  await hear("error");
  assert.match(await page.evaluate(() => told("error")[0].detail.message), /no lab named “dropuot”; there are playground, /);
  const again = page.locator(".failed").getByRole("button", { name: "Try again" });
  assert.equal(await again.count(), 0, "it would end no better");
  assert.deepEqual(tab.problems, [], "nothing is asked for that is not there");
  // a text or a script that did not come is asked for again
  for (const [file, reason] of [["labs/co_adaptation.html", "its text"], ["element/run.js", "its scripts"]]) {
    await page.route(`**/${file}`, (route) => route.abort());
    await page.evaluate(() => (heard.length = 0));
    if (file === "element/run.js") await page.reload();
    else await page.evaluate(() => lab("a").setAttribute("lab", "co_adaptation"));
    await page.locator(".failed", { hasText: `${reason} could not be loaded` }).waitFor();
    await page.unroute(`**/${file}`);
    await again.click();
    await hear("ready");
    assert.equal(await page.locator(".failed").count(), 0);
  }
  await tab.close();
});

/** In another document, and back in its own, it is dressed as it was. */
async function staysDressed(page) {
  const dressed = await page.evaluate(async () => {
    const a = lab("a");
    a.removeAttribute("figures");
    const look = () => {
      const style = (selector) => getComputedStyle(a.shadowRoot.querySelector(selector));
      return [style(".root").backgroundColor, style(".stage").display, style(".stage").containerName, style("section").fontFamily];
    };
    a.setAttribute("theme", "light");
    await a.set("theme", "dark");
    const frame = document.createElement("iframe");
    Object.assign(frame.style, { width: `${a.clientWidth + 16}px`, height: "600px" });
    const looks = [look()];
    frame.srcdoc = "<body>"; // else what is in it may be replaced once more
    document.body.prepend(frame);
    await new Promise((resolve) => (frame.onload = resolve));
    for (const place of [frame.contentDocument.body, document.body]) {
      place.append(a);
      await a.set("seed", 1);
      a.scrollIntoView();
      looks.push(look());
    }
    return looks;
  });
  assert.equal(dressed[0][0], "rgb(20, 23, 28)");
  assert.deepEqual(dressed.slice(1), [dressed[0], dressed[0]]);
}

test("however often its attributes change, it comes to what a fresh one with them would", async () => {
  const tab = await site.openOnPage(`${LISTEN}${one("ensemble_formula")}`, { reducedMotion: "reduce" });
  const { page } = tab;
  await page.waitForFunction(() => told("done").length > 0);
  await page.evaluate(async () => {
    for (let i = 0; i < 1000; i += 1) {
      lab("a").setAttribute("n_members", String(1 + (i % 30)));
      lab("a").setAttribute("covariance", String((i % 7) / 10));
      if (i % 3 === 0) await null;
      if (i % 100 === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    }
    for (const [key, value] of [["n_members", "6"], ["covariance", "0.3"]]) lab("a").setAttribute(key, value);
    await lab("a").set("seed", 3);
  });
  await page.waitForFunction(() => lab("a").query().includes("n_members=6&covariance=0.3") && inside("a", "section").dataset.state === "done" && lab("a").params().seed === 3);
  const { query, metrics, attributes } = await page.evaluate(() => ({ query: lab("a").query(), metrics: lab("a").metrics(),
    attributes: ["n_members", "covariance", "seed"].map((key) => lab("a").getAttribute(key)) }));
  assert.deepEqual(attributes, ["6", "0.3", "3"]);
  const fresh = finished("ensemble_formula", "n_members=6&covariance=0.3&seed=3");
  assert.deepEqual([query, metrics], [fresh.query(), fresh.metrics()]);
  // a script is told what is not understood, and then nothing has changed; what is taken is seen
  const asked = await page.evaluate(async () => {
    const a = lab("a");
    const set = (key, value) => a.set(key, value).then(() => "", ({ message }) => message);
    await set("hide", "question,seed");
    a.setAttribute("figures", "nonsense");
    const before = a.outerHTML;
    const refused = [];
    for (const [key, value] of [["hide", "nonsense"], ["theme", "blue"], ["keep-prob", 0.3], ["__proto__", 1], ["style", "color: red"], ["hidden", 1],
      ["onpointerenter", "X = 1"], ["seed", [1]], ["seed", 1n], ["lab", "dropuot"]]) refused.push(await set(key, value));
    const same = a.outerHTML === before;
    const taken = [await set("theme", "dark"), await set("n_members", 9), a.params().n_members, await set("n_members", 9)];
    a.style.display = "none";
    await new Promise((resolve) => setTimeout(resolve, 100));
    taken.push(await set("n_members", 8));
    a.style.display = "";
    const labs = [await set("lab", "co_adaptation"), inside("a", "section").dataset.lab];
    return { refused, same, taken, labs };
  });
  assert.match(asked.refused[0], /^hide = nonsense: /);
  assert.match(asked.refused[1], /^theme = "blue": /);
  for (const text of asked.refused.slice(2, 7)) assert.match(text, /^unknown key “[\w-]+”; there are .*covariance, .*hide/);
  for (const text of asked.refused.slice(7, 9)) assert.match(text, /^seed: must be a text, a number/);
  assert.match(asked.refused[9], /^there is no lab named “dropuot”/);
  assert.deepEqual([asked.same, asked.taken, asked.labs], [true, ["", "", 9, "", ""], ["", "co_adaptation"]]);
  if (has("elements that move between documents")) await staysDressed(page);
  // what was refused does not stand for good in a control that is locked
  const seed = page.locator("#a input[name=seed]");
  await page.evaluate(async () => {
    inside("a", "input[name=seed]").closest("details").open = true;
    await lab("a").set("hide", "");
    await lab("a").set("seed", 1);
  });
  await seed.fill("");
  await seed.pressSequentially("-3");
  await seed.press("Enter");
  await page.waitForFunction(() => inside("a", "input[name=seed]").getAttribute("aria-invalid") === "true");
  await page.evaluate(() => lab("a").set("lock", "seed"));
  assert.deepEqual(await seed.evaluate((field) => [field.value, field.getAttribute("aria-invalid"), field.closest(".control").querySelector(".problem").textContent]), ["1", "false", ""]);
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("keys and links belong to the lab that has the focus, and to the page where none has", async () => {
  const tab = await site.openOnPage(`${LISTEN}<input id="mine"><div id="one">${one("playground", `n_train="60" units="8" steps="60" autoplay="0"`)}</div>`);
  const { page } = tab;
  await page.waitForFunction(() => told("ready").length > 0);
  await page.locator("#mine").fill("");
  await page.locator("#mine").press("r");
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press(" ");
  assert.deepEqual(await page.evaluate(() => [document.querySelector("#mine").value, inside("a", "section").dataset.state]), ["r", "paused"]);
  await page.locator("#a figure[data-hero] canvas").focus();
  await page.keyboard.press("f");
  await page.keyboard.press("r");
  await page.evaluate(() => lab("a").play());
  await page.waitForFunction(() => told("done").length > 0);
  const { before, hash } = await page.evaluate(() => {
    heard.length = 0;
    const link = document.createElement("a");
    link.href = "#playground?keep_prob=0.3&n_train=60&units=8&steps=60";
    link.textContent = "so";
    inside("a", ".stage").before(link);
    link.click();
    return { before: lab("a").getAttribute("keep_prob"), hash: location.hash };
  });
  assert.deepEqual([before, hash], [null, ""], "the page's address stays as it is");
  await page.waitForFunction(() => lab("a").getAttribute("keep_prob") === "0.3");
  // and one that nobody sees waits until somebody does
  await page.evaluate(() => {
    lab("a").setAttribute("steps", "100000");
    lab("a").after(Object.assign(document.createElement("div"), { style: "height: 3000px" }));
  });
  const steps = () => page.evaluate(() => Number(inside("a", "section").dataset.steps));
  await page.waitForFunction(() => lab("a").params().steps === 100000 && Number(inside("a", "section").dataset.steps) > 100);
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  let [at, last] = [await steps(), -1];
  for (let look = 0; look < 20 && at !== last; look += 1) {
    await page.waitForTimeout(200);
    [at, last] = [await steps(), at];
  }
  assert.equal(at, last, "it goes on out of sight");
  await page.evaluate(() => scrollTo(0, 0));
  await page.waitForFunction((at) => Number(inside("a", "section").dataset.steps) > at, at);
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("a lab that breaks the worker costs its neighbours nothing but a moment", async () => {
  const tab = await site.openOnPage("", { viewport: { width: 1000, height: 3600 } });
  const { page } = tab;
  // as where the module's memory gives out
  const broken = 'on_change({ id, changes }) { if (changes.seed === 666) throw Object.assign(new Error("unreachable"), { name: "RuntimeError" });';
  await page.route("**/engine/engine.js", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace("on_change({ id, changes }) {", broken) });
  });
  await page.goto(`${page.url().split("?")[0]}?${new URLSearchParams({ body: `<script type="module" src="${site.url}regularization-lab.js"></script>${LISTEN}${one("ensemble_formula")}${one("co_adaptation", "", "b")}` })}`);
  await page.waitForFunction(() => told("done").length > 0 && told("done", "b").length > 0);
  await page.evaluate(async () => {
    await lab("b").reset();
    await lab("b").step(30);
  });
  await page.waitForFunction(() => inside("b", "section").dataset.steps === "30");
  const refused = await page.evaluate(() => lab("a").set("seed", 666).then(() => "", ({ message }) => message));
  assert.equal(refused, "unreachable");
  await page.waitForFunction(() => inside("a", ".notice").textContent.includes("was restarted"));
  await page.evaluate(() => {
    heard.length = 0;
    lab("a").setAttribute("covariance", "0.5");
    return lab("b").step(1);
  });
  await page.waitForFunction(() => told("done").length > 0 && inside("b", "section").dataset.steps === "31");
  assert.deepEqual(await page.evaluate(() => [inside("b", ".notice").textContent, told("error", "b").length]), ["", 0]);
  await tab.close();
});

/** At rest a page does nothing: that is asked of its browser. */
async function rests(page, protocol) {
  await protocol.send("Performance.enable");
  const busy = async () => (await protocol.send("Performance.getMetrics")).metrics.find(({ name }) => name === "TaskDuration").value;
  let spent = Infinity;
  for (let look = 0; look < 8 && spent > 0.02; look += 1) {
    const before = await busy();
    await page.waitForTimeout(1000);
    spent = await busy() - before;
  }
  assert.ok(spent <= 0.02, `${spent} s of work in a second at rest`);
}

/** One page with many labs, which is looked at before, while they are there and after. */
test("for ten labs no worker takes more than twice the memory of one, for twenty there are no more of them, at rest nothing, and when they have gone nothing is left", async () => {
  const ids = ["ensembles", "playground", "l2_noise", "weight_sharing_rnn", "ensemble_formula"];
  const tab = await site.openOnPage(`${LISTEN}<div id="box"></div>`, { reducedMotion: "reduce" });
  const { page } = tab;
  const protocol = has("memory") ? await page.context().newCDPSession(page) : null;
  await protocol?.send("HeapProfiler.enable");
  const url = `${site.url}pkg/regularization_playground.js`;
  const taken = (url) => import(url).then(async (module) => (await module.default()).memory.buffer.byteLength);
  /** What there is; the module's memory for each worker. What this browser does not tell is left out. */
  const look = async () => {
    const workers = page.workers();
    const told = { workers: workers.length };
    if (has("the way into workers")) {
      const places = await Promise.all([page, ...workers].map((place) => place.evaluate(taken, url)));
      told.wasm = places.reduce((sum, bytes) => sum + bytes) / Math.max(1, workers.length);
    }
    return protocol ? { ...told, ...(await keptIn(protocol)) } : told;
  };
  /** Brings so many more labs to their end, one after the other as a reader comes by. */
  const read = (count) => page.evaluate(async ({ ids, count }) => {
    const box = document.querySelector("#box");
    const labs = Array.from({ length: count }, (_, i) => Object.assign(document.createElement("regularization-lab"), { id: `lab${box.children.length + i}` }));
    labs.forEach((element, i) => {
      element.setAttribute("lab", ids[i % ids.length]);
      if (ids[i % ids.length] === "playground") element.setAttribute("steps", "100");
      box.append(element);
    });
    for (const element of labs) {
      element.scrollIntoView();
      if (told("done", element.id).length === 0) await new Promise((resolve) => element.addEventListener("done", resolve, { once: true }));
    }
    heard.length = 0;
  }, { ids, count });
  const clear = async () => {
    await page.evaluate(() => document.querySelector("#box").replaceChildren());
    const end = Date.now() + 30_000; // nobody can ask a worker that goes that very moment
    while (page.workers().length > 0 && Date.now() < end) await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
    return look();
  };
  await read(1);
  const one = await look();
  const gone = await clear();
  await read(10);
  const ten = await look();
  assert.ok(ten.workers <= 2, `${ten.workers} workers`);
  for (const kind of ["wasm", "heap"].filter((kind) => kind in one)) assert.ok(ten[kind] <= 2 * one[kind], `${kind}: ${one[kind]} for one, ${ten[kind]} for ten`);
  await read(10);
  const twenty = await look();
  assert.ok(twenty.workers <= 2 && !(twenty.wasm > 2 * one.wasm), JSON.stringify({ one, twenty }));
  if (protocol) await rests(page, protocol);
  const allGone = await clear();
  assert.deepEqual([gone.workers, allGone.workers], [0, 0]);
  if (protocol) {
    assert.ok(allGone.nodes <= gone.nodes + 2000 && allGone.listeners <= gone.listeners + 100, `${JSON.stringify(gone)} then ${JSON.stringify(allGone)}`);
    for (const kind of ["heap", "arrays"]) assert.ok(allGone[kind] < gone[kind] + 1e6, `${kind}: ${gone[kind]} then ${allGone[kind]}`);
  }
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("under a strict policy with Trusted Types it runs in a worker, and nothing is refused", async () => {
  const at = new URL(site.url).origin;
  const policy = `default-src 'none'; script-src ${at} 'wasm-unsafe-eval'; connect-src ${at}; worker-src blob: ${at}; style-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types regplay`;
  const tab = await site.openOnPage(one("ensemble_formula"), { policy });
  await tab.page.locator("section[data-state=done][data-drawn]").waitFor();
  assert.equal(tab.page.workers().length, 1);
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("in a narrow column and a wide one, dark by attribute and light in a dark page, no rule of WCAG 2.2 AA is broken", async () => {
  const tab = await site.openOnPage(`${LISTEN}<div style="width: 320px">${one("ensemble_formula", 'theme="dark"')}</div>${one("co_adaptation", 'theme="light"', "b")}`, { viewport: { width: 1280, height: 4000 }, colorScheme: "dark" });
  const { page } = tab;
  await page.waitForFunction(() => told("done").length > 0 && told("done", "b").length > 0);
  const looks = await page.evaluate(() => ["a", "b"].map((id) => ({
    paper: getComputedStyle(inside(id, ".root")).backgroundColor, columns: getComputedStyle(inside(id, ".stage")).display,
    over: lab(id).scrollWidth - lab(id).clientWidth, width: lab(id).clientWidth })));
  assert.deepEqual(looks.map(({ paper, columns, over }) => [paper, columns, over]), [["rgb(20, 23, 28)", "contents", 0], ["rgb(255, 255, 255)", "grid", 0]]);
  assert.deepEqual(await broken(page), []);
  // figures are drawn in the colours they stand in, also when those change
  const ink = () => page.evaluate(() => inside("b", "figure[data-hero] canvas").toDataURL());
  const light = await ink();
  await page.evaluate(() => lab("b").setAttribute("theme", "dark"));
  await page.waitForFunction((light) => inside("b", "figure[data-hero] canvas").toDataURL() !== light, light);
  await page.evaluate(() => lab("b").setAttribute("theme", "light"));
  await page.waitForFunction((light) => inside("b", "figure[data-hero] canvas").toDataURL() === light, light);
  // a page may be zoomed by its own style: what is drawn stays sharp
  await page.evaluate(() => (document.body.style.zoom = "1.5"));
  await page.waitForFunction(() => {
    const { width, clientWidth } = inside("b", "figure[data-hero] canvas");
    return Math.abs(width - 1.5 * clientWidth) <= 2;
  });
  await tab.close();
});
