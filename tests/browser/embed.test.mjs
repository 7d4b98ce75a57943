// One lab in somebody else's page: from another origin, and in a sandbox where no worker starts.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { has, inChromium, start } from "./harness.mjs";
import { numbers } from "./lab.mjs";
import { bindings } from "./native.mjs";
import test from "./testing.mjs";

const HASH = "#playground?n_train=60&units=16&steps=150&keep_prob=0.3";
const { Lab } = bindings;
let site;
before(async () => { site = await start(); });
after(() => site?.close());

async function embedded(options) {
  const tab = await site.openInFrame(HASH, options);
  const frame = tab.page.frameLocator("iframe");
  await frame.locator("section[data-state][data-drawn]").waitFor();
  return { ...tab, frame, inside: tab.page.frames()[1] };
}

async function trainToTheEnd(inside) {
  await inside.locator("section[data-state=done][data-drawn]").waitFor({ timeout: 60_000 });
  return numbers(inside);
}

test("page and frame come to life also where their main part comes late", async () => {
  const slow = await site.slowly({ rate: 1e9, latency: 0, halt: 1500 });
  for (const name of ["", "embed.html"]) {
    const tab = await site.open(`${slow.url}${name}${HASH}`);
    await tab.page.locator("section[data-state][data-drawn]:visible").waitFor();
    assert.deepEqual(tab.problems, [], name);
    await tab.close();
  }
  slow.close();
});

test("a frame of another origin, in a sandbox or not, trains the same run as the page", async () => {
  const page = await site.openLab(HASH);
  await page.page.locator("section[data-state][data-drawn]").first().waitFor();
  const told = await trainToTheEnd(page.page.mainFrame());
  for (const [sandbox, place] of [[undefined, "worker"], ["allow-scripts", inChromium ? "page" : "worker"]]) {
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

/** The host page hears what frames tell it; `ask` sends to its frame, `told` waits for a message that has an action. */
async function heard(tab) {
  await tab.page.evaluate(() => {
    window.heard = [];
    addEventListener("message", ({ data }) => window.heard.push(data));
  });
  return {
    all: () => tab.page.evaluate(() => window.heard.splice(0)),
    ask: (message) => tab.page.evaluate((data) => document.querySelector("iframe").contentWindow.postMessage(data, "*"),
      { context: "regularization-playground", version: 1, ...message }),
    told: (action) => tab.page.waitForFunction((action) => {
      const at = window.heard.findIndex((message) => message?.action === action);
      return at >= 0 && window.heard.splice(at, 1)[0];
    }, action).then((handle) => handle.jsonValue()),
  };
}

/** Puts a frame on the host page in place of the one there, and gives what is in it. */
async function place(tab, src, attributes = {}) {
  await tab.page.evaluate(({ src, attributes }) => {
    const frame = document.createElement("iframe");
    for (const [name, value] of Object.entries({ width: 800, height: 600, title: "lab", ...attributes, src })) frame.setAttribute(name, value);
    document.querySelector("iframe").replaceWith(frame);
  }, { src, attributes });
  return (await tab.page.locator("iframe").elementHandle()).contentFrame();
}

test("with the resizer a frame, sandboxed too, becomes as high as its lab in three messages at most, and a hidden one tells no height", async () => {
  const tab = await site.open(`${site.hostUrl}?src=about:blank`);
  const { page } = tab;
  const host = await heard(tab);
  await page.addScriptTag({ url: `${site.url}resizer.js` });
  for (const attributes of [{}, { sandbox: "allow-scripts", width: 360, height: 300 }]) {
    const inside = await place(tab, `${site.url}embed.html#ensemble_formula?steps=20`, attributes);
    await inside.locator("section[data-state=done][data-drawn]").waitFor();
    await inside.waitForFunction(() => Math.abs(document.querySelector("main").getBoundingClientRect().bottom + scrollY - innerHeight) <= 1);
    await inside.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 100))));
    const messages = (await host.all()).filter(({ action, subject }) => action === "resize" || subject);
    const sizes = messages.filter(({ action }) => action);
    assert.ok(sizes.length >= 1 && sizes.length <= 3, JSON.stringify(sizes));
    assert.ok(Math.abs(sizes.at(-1).height - sizes[0].height) < 120, "what is told first is nearly right");
    assert.deepEqual(messages.filter(({ subject }) => subject === "lti.frameResize").map(({ height }) => height), sizes.map(({ height }) => height));
    const height = await page.locator("iframe").evaluate(({ clientHeight }) => clientHeight);
    assert.ok(Math.abs(height - sizes.at(-1).height) <= 1, `${height} after ${sizes.at(-1).height}`);
  }
  await page.locator("iframe").evaluate((frame) => { frame.style.display = "none"; });
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)));
  assert.deepEqual(await host.all(), []);
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("the page around a frame sets, plays, pauses, resets and asks; what cannot be done is answered, and nobody else is heard", async () => {
  const tab = await site.open(`${site.hostUrl}?src=about:blank`);
  const { page } = tab;
  const host = await heard(tab);
  const inside = await place(tab, `${site.url}embed.html${HASH}&lock=keep_prob&theme=light`);
  const ready = await host.told("ready");
  assert.deepEqual([ready.context, ready.version, ready.lab, ready.params.keep_prob], ["regularization-playground", 1, "playground", 0.3]);
  await host.told("done");

  // who locks a setting may set it
  await host.ask({ action: "set", params: { keep_prob: 0.5, steps: 100 } });
  const { params, query } = await host.told("change");
  assert.deepEqual([params.keep_prob, params.steps], [0.5, 100]);
  assert.match(query, /^v=1&.*keep_prob=0\.5/);
  const done = await host.told("done");
  assert.deepEqual([done.query, done.steps, done.state, done.touched], [query, 100, "done", false]);
  await host.ask({ action: "metrics?", id: "mine" });
  const measured = await host.told("metrics");
  assert.equal(measured.id, "mine");
  assert.deepEqual(measured.metrics, done.metrics);
  const run = new Lab("playground", params);
  run.advance(100);
  assert.deepEqual(measured.metrics, run.metrics());
  await host.ask({ action: "reset" });
  await inside.locator("section[data-steps='0'][data-state=paused][data-drawn]").waitFor();
  await host.ask({ action: "play" });
  await inside.locator("section[data-state=playing]").waitFor();
  await host.ask({ action: "pause" });
  await inside.locator("section[data-state=paused][data-drawn]").waitFor();
  await host.ask({ action: "play" });
  await host.told("done");
  await host.ask({ action: "set", theme: "dark" });
  await inside.waitForFunction(() => getComputedStyle(document.body).backgroundColor === "rgb(20, 23, 28)");

  for (const [message, fault] of [
    [{ action: "eval" }, 'action = "eval": must be one of set, play, pause, reset, metrics?'],
    [{ action: "set", params: { kep_prob: 1 } }, "kep_prob: unknown key"],
    [{ action: "set", params: { keep_prob: 7 } }, "keep_prob = 7: must be a number from"],
    [{ action: "set", params: { keep_prob: [1] } }, '"keep_prob" = a list: must be a number, a text, true or false'],
    [{ action: "set" }, "params = undefined: must be an object of settings"],
    [{ action: "set", theme: ["light"] }, "theme = a list: must be auto or light or dark"],
    [{ action: "set", theme: "pink" }, 'theme = "pink": must be auto or light or dark'],
    [{ version: 2, action: "play" }, "version = 2: must be 1"],
  ]) {
    await host.ask(message);
    const told = (await host.told("error")).message;
    assert.ok(told.startsWith(fault), told);
  }
  // a run is told of before it is shown, and a refusal before what stays in force
  const stands = () => inside.locator("section[data-state=done]").evaluate(({ dataset: { state, steps, query } }) => ({ state, steps, query }));
  const before = await stands();
  await host.all();
  await inside.evaluate(() => postMessage({ context: "regularization-playground", version: 1, action: "reset" }, "*"));
  await host.ask({ context: "somebody", action: "reset" });
  await page.evaluate(() => {
    const frame = document.querySelector("iframe").contentWindow;
    let state = 1;
    const dice = (sides) => (state = (state * 48271) % 2147483647) % sides;
    const words = ["regularization-playground", 1, "set", "metrics", null, "__proto__", -0, NaN, [], "keep_prob", "abc", undefined, true, "theme"];
    const word = () => words[dice(words.length)];
    const object = (keys) => Object.fromEntries(Array.from({ length: dice(4) }, () => [keys[dice(keys.length)], dice(3) ? word() : { [word()]: word() }]));
    for (let i = 0; i < 10_000; i += 1) {
      frame.postMessage(i % 2 ? object(["context", "version", "action", "params", "id"])
        : { context: "regularization-playground", version: 1, action: "set", params: dice(2) ? word() : object(["kep_prob", "constructor", "__proto__", ""]) }, "*");
    }
    frame.postMessage({ context: "regularization-playground", version: 1, action: "metrics?", id: "last" }, "*");
  });
  assert.equal((await host.told("metrics")).id, "last");
  await page.waitForFunction(() => window.heard.filter(({ action }) => action === "error").length >= 5000);
  assert.deepEqual(await stands(), before);
  assert.deepEqual([...new Set((await host.all()).map(({ action }) => action))], ["error"]);
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("a frame reads its own lab's text alone, and goes to another lab where its address does", async () => {
  const tab = await site.openEmbed(HASH);
  const { page } = tab;
  const texts = [];
  page.on("request", (request) => texts.push(new URL(request.url()).pathname));
  await page.reload();
  await page.locator("section[data-lab=playground][data-state][data-drawn]").waitFor();
  assert.deepEqual(texts.filter((path) => path.endsWith(".html")), ["/embed.html", "/labs/playground.html"]);
  await page.evaluate(() => (location.hash = "ensemble_formula?n_members=5"));
  await page.locator("section[data-lab=ensemble_formula][data-state][data-drawn]:visible").waitFor();
  await page.locator("footer a[href*='#ensemble_formula?v=1']").waitFor();
  assert.equal(await page.locator("section:visible").count(), 1);
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("a frame whose lab's text does not come says so, tries again, and leads to that lab in the playground", async () => {
  const tab = await site.openEmbed(HASH);
  const { page } = tab;
  await page.locator("section[data-state][data-drawn]").waitFor();
  await page.route("**/labs/dropout.html", (route) => route.abort());
  await page.goto(`${site.url}embed.html?theme=light#dropout?steps=60`);
  const notice = page.getByRole("alert").filter({ hasText: "The text of this lab could not be loaded." });
  await notice.waitFor();
  assert.ok(await page.locator("#lost").isHidden(), "the networks are not what is missing");
  assert.ok(await page.locator(".poster img[src$='dropout-light.svg']").isVisible(), "its picture stands below");
  assert.equal(await page.getByRole("link", { name: "Open in the playground" }).getAttribute("href"), `${site.url}index.html#dropout?steps=60`);
  await page.unroute("**/labs/dropout.html");
  await notice.getByRole("button", { name: "Try again" }).click();
  await page.locator("section[data-lab=dropout][data-state][data-drawn]:visible").waitFor();
  assert.equal(await notice.count(), 0);
  await tab.close();
});

const SIZES = [{ width: 320, height: 480 }, { width: 640, height: 480 }, { width: 800, height: 600 }];

test("in small frames the first sight of every lab holds its main slider, its main figure and Play, and nothing sticks out sideways", async () => {
  const tab = await site.openEmbed("#playground?autoplay=0", { viewport: SIZES[0] });
  const { page } = tab;
  for (const { id, main } of bindings.catalogue()) {
    await page.evaluate((id) => (location.hash = `${id}?autoplay=0`), id);
    await page.locator(`section[data-lab=${id}][data-state=paused][data-drawn]:visible`).waitFor();
    for (const viewport of SIZES) {
      await page.setViewportSize(viewport);
      const look = () => page.evaluate(async ({ id, key, narrow }) => {
        // handles follow their figure as that is drawn anew
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve))));
        const section = document.querySelector(`section[data-lab=${id}]`);
        const seen = (element) => {
          const { left, top, right, bottom, width } = element.getBoundingClientRect();
          return width > 0 && left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
        };
        const parts = { slider: section.querySelector(`[name=${key}]`), play: section.querySelector("button[name=play]"),
          figure: (narrow && section.querySelector(".map")) || section.querySelector("figure[data-hero] .plot") };
        const out = Object.entries(parts).filter(([, part]) => !seen(part)).map(([name]) => name);
        return document.documentElement.scrollWidth > innerWidth ? [...out, "sideways"] : out;
      }, { id, key: main?.parameter ?? "keep_prob", narrow: viewport.width < 640 });
      let missed = await look();
      for (let more = 20; missed.length > 0 && more > 0; more -= 1) missed = await look();
      assert.deepEqual(missed, [], `${id} at ${viewport.width}x${viewport.height}`);
    }
  }
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

const settings = (page) => page.locator("section:visible").evaluate(({ dataset: { query } }) => Object.fromEntries(new URLSearchParams(query)));
const doneWith = (page, text) => page.locator(`section[data-state=done][data-drawn][data-query*="${text}"]:visible`).waitFor();

test("settings come by the query too, the hash wins for what it names, and what asks for nothing there is, is named", async () => {
  const tab = await site.open(`${site.url}embed.html?lab=dropout&utm_source=x&keep_prob=0.3&n_train=60&units=8&hidden_layers=1&steps=40?theme=pink&hide=foo,label_noise,prose&kep_prob=1#?keep_prob=0.4`);
  const { page } = tab;
  await doneWith(page, "keep_prob=0.4");
  const { n_train, steps } = await settings(page);
  assert.deepEqual([n_train, steps], ["60", "40"]);
  const notice = page.locator(".notice:visible");
  assert.deepEqual((await notice.locator("li").allTextContents()).map((line) => line.split(":")[0]), ["kep_prob", 'theme = "pink"', "hide = foo"]);
  assert.ok(await page.locator("[name=label_noise]").isHidden());
  assert.ok(await page.locator("[name=n_train]").isVisible());
  assert.equal(await page.locator("section:visible h1").evaluate(({ clientWidth }) => clientWidth), 1);
  await page.locator("input[name=n_train]").press("ArrowRight");
  await page.waitForURL((url) => /^#dropout\?v=1&keep_prob=0\.4&/.test(url.hash) && !url.hash.includes("hide"));
  // another lab: the query's settings are not its own
  await page.evaluate(() => (location.hash = "#ensemble_formula?steps=20&figures=means&hide=question,map,transport,share&lang=en"));
  await doneWith(page, "steps=20");
  assert.deepEqual(await page.locator("section:visible figure:visible").evaluateAll((figures) => figures.map(({ dataset }) => dataset.figure)), ["means"]);
  for (const gone of [".question", ".map", ".bar", "footer"]) assert.ok(await page.locator(gone).last().isHidden(), gone);
  assert.ok(await page.locator("[name=label_noise]").isHidden());
  assert.deepEqual(await page.locator(".notice:visible li").allTextContents(), ['theme = "pink": must be auto or light or dark']);
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("what is locked is shown and stays, whatever else is done; an opening that is not to play waits", async () => {
  const tab = await site.openEmbed("#co_adaptation?steps=60&keep_prob=0.6&lock=keep_prob,cut_h1,seed,cut_before&hide=question&autoplay=0");
  const { page } = tab;
  const section = page.locator("section[data-lab=co_adaptation]");
  await section.and(page.locator("[data-state=paused][data-drawn][data-steps='0']")).waitFor();
  for (const field of ["input[name=keep_prob]", ".control:has([name=keep_prob]) .exact", "button[name=new_seed]", "[name=cut_h1]"]) assert.ok(await section.locator(field).isDisabled(), field);
  assert.equal(await section.locator("input[name=keep_prob]").getAttribute("aria-valuetext"), "0.60");
  await section.locator("button[name=play]").click();
  await doneWith(page, "keep_prob=0.6");
  await section.locator("[data-figure=cut_after] [data-handle=cut_h2]").first().waitFor();
  assert.equal(await section.locator("[data-handle=cut_h1], [data-figure=cut_before] .handle").count(), 0);
  // what the frame has no room for goes by the same way
  await section.locator("button[name=defaults]").evaluate((button) => button.click());
  await section.and(page.locator(":not([data-query*='steps=60'])")).waitFor();
  assert.equal((await settings(page)).keep_prob, "0.6");
  await section.evaluate((section) => {
    const link = Object.assign(document.createElement("a"), { href: "#co_adaptation?keep_prob=0.9&n_pathways=3&steps=60&hide=" });
    section.append(link);
    link.click();
  });
  await section.and(page.locator("[data-query*='steps=60']")).waitFor();
  assert.deepEqual(await settings(page).then(({ keep_prob, n_pathways }) => [keep_prob, n_pathways]), ["0.6", "3"]);
  await page.waitForURL((url) => url.hash.includes("n_pathways=3") && url.hash.includes("v=1&") && url.hash.endsWith("&lock=keep_prob,cut_h1,seed,cut_before&hide=question&autoplay=0"));
  assert.ok(await section.locator("input[name=keep_prob]").isDisabled());
  // a choice that sets others along, and a lab that has nothing to hide
  await page.evaluate(() => (location.hash = "#playground?n_train=60&steps=40&units=8&keep_prob=0.7&lock=keep_prob,n_train,transport"));
  await doneWith(page, "keep_prob=0.7");
  await page.locator("section:visible details:has([name=dataset])").evaluate((group) => { group.open = true; });
  await page.locator("section:visible select[name=dataset]").selectOption("circles");
  await doneWith(page, "dataset=circles");
  assert.deepEqual(await settings(page).then(({ keep_prob, n_train, units }) => [keep_prob, n_train, units]), ["0.7", "60", "48"]);
  for (const name of ["play", "step", "new_seed", "reset"]) assert.ok(await page.locator(`section:visible button[name=${name}]`).isDisabled(), name);
  await page.locator("section:visible h1").press("r");
  await doneWith(page, "dataset=circles");
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("keys for moving about that the lab has no use for are told to the page around it, and no others", async () => {
  const tab = await site.open(`${site.hostUrl}?src=about:blank`);
  const { page } = tab;
  const host = await heard(tab);
  const inside = await place(tab, `${site.url}embed.html#ensemble_formula?steps=20`);
  await host.told("done");
  await inside.locator("h1").click();
  for (const key of ["ArrowRight", "Space", "Shift+Space", "PageDown", "Escape", "Home", "a", "Control+ArrowLeft", "r"]) await page.keyboard.press(key);
  const slider = inside.locator("input[name=covariance]");
  for (const key of ["ArrowRight", "End", "Space"]) await slider.press(key);
  const exact = inside.locator(".control:has([name=covariance]) .exact");
  for (const key of ["Home", "Space", "Escape"]) await exact.press(key);
  await inside.locator("button[name=step]").press("Space");
  await inside.locator("button[name=step]").press("ArrowRight");
  await host.ask({ action: "metrics?" });
  await page.waitForFunction(() => window.heard.some(({ action }) => action === "metrics"));
  const keys = (await host.all()).filter(({ action }) => action === "key").map(({ key, shift }) => (shift ? `Shift+${key}` : key));
  assert.deepEqual(keys, ["ArrowRight", " ", "Shift+ ", "PageDown", "Escape", "Home", " ", "ArrowRight"]);
  assert.deepEqual(tab.problems, []);
  await tab.close();
});

test("in a sandbox every dead end is said in words: a window that is not opened, a file that is not saved", async () => {
  const tab = await embedded({ sandbox: "allow-scripts" });
  const { inside } = tab;
  await inside.locator("section[data-state=done][data-drawn]").waitFor();
  await inside.getByRole("link", { name: "Open in the playground" }).click();
  const said = inside.getByRole("alert").filter({ hasText: "does not let it open a window" });
  await said.waitFor();
  assert.match(await said.getByRole("textbox").inputValue(), /\/index\.html#playground\?v=1&.*keep_prob=0\.3/);
  if (!has("new windows")) return tab.close();
  await said.getByRole("button", { name: /^Copy/ }).click();
  await said.getByText("This browser does not let the page copy.").waitFor();
  assert.ok(tab.problems.every((problem) => /^console: .*(sandboxed frame|Clipboard)/.test(problem)), tab.problems.join("\n"));
  // where the window may be opened, it has no hold on the frame
  const open = await place(tab, inside.url(), { sandbox: "allow-scripts allow-popups" });
  await open.locator("section[data-state=done][data-drawn]").waitFor();
  const coming = tab.page.context().waitForEvent("page");
  await open.getByRole("link", { name: "Open in the playground" }).click();
  await (await coming).waitForFunction(() => document.querySelector("section[data-state]") && window.opener === null);
  await tab.close();
});

test("a frame that has no scripts is in its own theme at once and says what is missing; a light poster is there before all else", async () => {
  const tab = await site.openEmbed("#playground?theme=dark", { colorScheme: "dark", viewport: SIZES[1] });
  const { page } = tab;
  await page.locator("section[data-state][data-drawn]").waitFor();
  await page.route("**/embed/embed.js", (route) => route.fulfill({ body: "let", contentType: "text/plain" }));
  await page.goto(`${site.url}embed.html?lab=dropout&theme=light`);
  const said = page.locator("#silent");
  await said.getByText("The scripts of this frame could not be loaded. Its server has to send them as JavaScript").waitFor();
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(255, 255, 255)");
  assert.match(await page.locator(".poster img").getAttribute("src"), /posters\/dropout-light\.svg$/);
  await page.goto(new URL("../../www/embed.html", import.meta.url).href);
  await said.getByText("A browser loads none from a file").waitFor();
  assert.match(tab.problems.join("\n"), /MIME type/);
  await tab.close();
});

test("a frame below the fold loads nothing until it comes into view", async () => {
  const tab = await site.open(`${site.hostUrl}?src=about:blank`);
  const { page } = tab;
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  const inside = await place(tab, `${site.url}embed.html#ensemble_formula?steps=20`, { style: "position: absolute; top: 5000px" });
  await inside.locator(".poster img").waitFor();
  await inside.waitForLoadState("load");
  assert.deepEqual(asked.filter((path) => /\.wasm$|labs\.js$/.test(path)), []);
  await page.locator("iframe").scrollIntoViewIfNeeded();
  await inside.locator("section[data-state=done][data-drawn]").waitFor();
  assert.equal(await inside.locator(".poster").count(), 0);
  await tab.close();
});

test("what is locked or hidden is not set off by keys, by what a notice offers, or on the way back", async () => {
  const small = "dropout?autoplay=0&steps=60&n_train=60&units=16";
  const tab = await site.openEmbed(`#${small}&keep_prob=0.3&lock=keep_prob,map`, { reducedMotion: "reduce" });
  const { page } = tab;
  const section = page.locator("section[data-lab]:visible");
  const shows = (text) => section.and(page.locator(`[data-query*='${text}']`)).waitFor();
  await shows("keep_prob=0.3&");
  // Fill in, by its key and by its button
  await section.locator("h1").click();
  await page.keyboard.press("f");
  await section.locator(".map button[name=fill]:disabled").waitFor();
  assert.equal(await section.locator(".map progress:visible").count(), 0);
  await page.evaluate((link) => (location.hash = link), `${small}&keep_prob=0.3&seed=2&hide=question,map`);
  await shows("seed=2");
  await section.locator("h1").click();
  await page.keyboard.press("f");
  assert.doesNotMatch(await section.locator(".map button[name=fill]").textContent(), /Cancel/);
  await page.evaluate((link) => (location.hash = link), `${small}&keep_prob=0.3&lock=keep_prob,map`);
  await shows("seed=0");
  // what the page around has set since stays on the reader's way back
  await page.waitForFunction(() => history.state?.seen);
  await page.evaluate((link) => (location.hash = link), `${small}&keep_prob=0.8&seed=4&lock=keep_prob`);
  await shows("keep_prob=0.8&");
  await page.waitForFunction(() => history.state?.seen);
  await page.goBack();
  await shows("seed=0");
  assert.match(await section.getAttribute("data-query"), /keep_prob=0\.8&/);
  // a run that stops offers nothing that is locked
  await page.evaluate(() => (location.hash = "playground?dataset=sine&optimizer=sgd&activation=linear&learning_rate=10&lock=transport,learning_rate"));
  const notice = page.getByRole("alert").filter({ hasText: "stopped being a finite number" });
  await notice.waitFor();
  assert.deepEqual(await notice.getByRole("button").allTextContents(), ["Dismiss"]);
  await page.evaluate((signs) => (location.hash = `dropout_example?unknown=${"y".repeat(signs)}`), 1_000_001);
  await page.getByRole("alert").filter({ hasText: "This link could not be read" }).waitFor();
  assert.equal(await section.getAttribute("data-lab"), "dropout_example");
  await page.evaluate((link) => (location.hash = link), `${small}&keep_prob=0.4&x=keep_prob:0.2,0.5`);
  await page.getByRole("alert").filter({ hasText: "The link holds an experiment" }).waitFor();
  await shows("keep_prob=0.4&");
  assert.deepEqual(tab.problems, []);
  await tab.close();
});
