// The first things a person does, in every browser: the page opens, a run goes to its end, a link
// shows what it holds, and a frame on somebody else's page trains.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { parted } from "../../www/engine/ticket.js";
import { LISTEN } from "./element.mjs";
import { everywhere } from "./engines.mjs";
import { takesHostile } from "./hostile.mjs";
import { makesNoNode } from "./injection.mjs";
import { tags } from "../locales.mjs";
import { bindings, finished } from "./native.mjs";
import { SHOWN, finish, hurry, keepSaved, ready } from "./tab-lab.mjs";
import { written } from "./written.mjs";

const RUN = "n_train=60&units=16&steps=150&keep_prob=0.3";

everywhere("opening shows the first lab alive, and its network is drawn", async (site) => {
  const tab = await site.openLab();
  await ready(tab, "playground");
  await tab.waitFor((shown) => {
    const canvas = document.querySelector(`${shown} figure[data-figure=network] canvas`);
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size > 8;
  }, SHOWN);
  assert.equal(await tab.evaluate(() => document.documentElement.dataset.engine), "worker");
  assert.match(await tab.evaluate(() => document.title), /^Playground · /);
});

everywhere("a run ends with the numbers it has in node, bit for bit", async (site) => {
  const tab = await site.openLab(`#playground?${RUN}`);
  await ready(tab, "playground");
  await hurry(tab);
  const run = finished("playground", RUN);
  assert.deepEqual(await finish(tab), written("playground", run));
  const figure = `${SHOWN} figure[data-figure=loss]`;
  await tab.click(`${figure} details.data summary`);
  await keepSaved(tab); // it holds every digit
  const saved = await tab.waitFor((figure) => {
    document.querySelector(`${figure} .saves button`).click();
    const { saved = "" } = document.documentElement.dataset;
    return saved.includes("\ntrain,150,") && saved;
  }, figure);
  assert.equal(saved, bindings.csvFigure(run.figure("loss")));
});

everywhere("the module that is served gives the golden bits of native code", async (site) => {
  const [networks, cells] = ["networks", "cells"].map((name) => JSON.parse(readFileSync(new URL(`../reference/${name}.json`, import.meta.url))));
  const tab = await site.open(`${site.watchedUrl}?with=bits.mjs#ensemble_formula`);
  await ready(tab, "ensemble_formula");
  await tab.evaluate((networks, cells) => void window.bitsOf(networks, cells).then((bits) => (window.bits = bits), (error) => (window.bits = String(error))), networks, cells);
  const bits = JSON.parse(await tab.waitFor(() => window.bits));
  assert.ok(networks.length + cells.length >= 50);
  assert.deepEqual(bits, { networks: networks.map(({ name, hash }) => [name, hash]), cells: cells.map(({ metrics }) => metrics) });
});

everywhere("a link shows the settings it holds, the address keeps all of them, and to load it again gives the same run", async (site) => {
  const link = "n_train=60&units=8&hidden_layers=1&steps=40&keep_prob=0.4&seed=7";
  const run = finished("dropout", link);
  const tab = await site.openLab(`#dropout?${link}`);
  await ready(tab, "dropout");
  const whole = `#dropout?${run.query()}`;
  assert.match(whole, /\?v=1&/);
  for (const key of Object.keys(run.params())) assert.match(whole, new RegExp(`&${key}=`));
  await tab.waitFor((hash) => location.hash === hash, whole);
  const setting = (key) => tab.evaluate((shown, key) => {
    const field = document.querySelector(`${shown} [name=${key}]`);
    return field.getAttribute("aria-valuetext") ?? field.value;
  }, SHOWN, key);
  for (const [key, value] of [["n_train", "60"], ["units", "8"], ["keep_prob", "0.40"], ["seed", "7"]]) {
    assert.equal(await setting(key), value, key);
  }
  const numbers = written("dropout", run);
  await hurry(tab);
  assert.deepEqual(await finish(tab), numbers);
  await tab.reload();
  await ready(tab, "dropout");
  assert.ok((await tab.url()).endsWith(whole));
  await hurry(tab);
  assert.deepEqual(await finish(tab), numbers);
  await tab.click(`${SHOWN} details[data-params~=seed] summary`);
  await tab.fill(`${SHOWN} [name=seed]`, "8");
  await tab.press(`${SHOWN} [name=seed]`, "Enter");
  await tab.waitFor((hash) => location.hash === hash, whole.replace("seed=7", "seed=8"));
});

everywhere("a frame of another origin trains the same run, in a sandbox too: in a worker, or on the page where Chromium allows it none", async (site) => {
  const numbers = written("playground", finished("playground", RUN));
  for (const [sandbox, place] of [[undefined, "worker"], ["allow-scripts", site.engine === "Chromium" ? "page" : "worker"]]) {
    const tab = await site.openInFrame(`#playground?${RUN}`, { sandbox });
    const frame = await tab.inFrame("iframe");
    await ready(frame, "playground");
    assert.equal(await frame.evaluate(() => document.documentElement.dataset.engine), place);
    assert.deepEqual(await finish(frame), numbers, `engine in the ${place}`);
  }
});

everywhere("a sandboxed frame is as its address asks, and does what the page around it asks", async (site) => {
  const tab = await site.openInFrame(`?lab=playground&${RUN.replace("keep_prob=0.3", "keep_prob=0.6")}#?keep_prob=0.3&hide=alpha&lock=keep_prob&theme=dark`, { sandbox: "allow-scripts" });
  await tab.evaluate(() => addEventListener("message", ({ data }) => {
    if (data.action === "done") document.documentElement.dataset.done = JSON.stringify(data);
  }));
  const frame = await tab.inFrame("iframe");
  await ready(frame, "playground");
  await finish(frame);
  assert.deepEqual(await frame.evaluate((shown) => {
    const control = (key) => document.querySelector(`${shown} [name=${key}]`);
    return [control("keep_prob").disabled, control("keep_prob").getAttribute("aria-valuetext"), control("alpha").offsetParent === null, getComputedStyle(document.body).backgroundColor];
  }, SHOWN), [true, "0.30", true, "rgb(20, 23, 28)"]);
  await tab.evaluate(() => document.querySelector("iframe").contentWindow.postMessage({ context: "regularization-playground", version: 1, action: "set", params: { keep_prob: 0.5 } }, "*"));
  const { metrics } = await tab.waitFor(() => {
    const { query, metrics } = JSON.parse(document.documentElement.dataset.done ?? "{}");
    return query?.includes("keep_prob=0.5") && { metrics };
  });
  assert.deepEqual(metrics, finished("playground", RUN.replace("keep_prob=0.3", "keep_prob=0.5")).metrics());
});

everywhere("numbers are read as this browser writes them, in every language that it offers", async (site) => {
  const check = (tags, { marksOf, readings }) => {
    const numbers = [0, 7, -0.25, 12.5, -1234.5, 10000, 98765.432, 1234567, -12345678.9, 123456789012];
    const wrong = [];
    for (const tag of tags) {
      const marks = marksOf(tag);
      for (const useGrouping of [true, false]) {
        const format = new Intl.NumberFormat(tag, { useGrouping, maximumFractionDigits: 6 });
        for (const number of numbers) {
          const text = format.format(number);
          const { numbers: [read], sure } = readings(text.replace("-", "\u2212"), marks);
          if (!sure || read !== number) wrong.push(`${tag}: ${number} is written ${text} and read ${read}`);
        }
      }
    }
    document.documentElement.dataset.read = JSON.stringify({ wrong, languages: tags.length });
  };
  const script = `import * as reader from "${site.url}page/read-number.js"; (${check})((${tags})(), reader);`;
  const tab = await site.openOnPage(`<script type="module">${script}</script>`);
  const { wrong, languages } = JSON.parse(await tab.waitFor(() => document.documentElement.dataset.read));
  assert.deepEqual(wrong, []);
  assert.ok(languages > 40, `${languages} ways to write numbers`);
});

everywhere("what goes amiss on a page is noted", async (site) => {
  const tab = await site.openLab();
  await ready(tab, "playground");
  await tab.evaluate((elsewhere) => {
    console.error("said by the page");
    window.reportError(new Error("thrown by the page"));
    for (const src of ["missing.png", elsewhere]) document.body.append(Object.assign(new Image(), { src }));
  }, site.hostUrl);
}, { amiss: [/^console: said by the page/, /^uncaught: [^]*thrown by the page/, /^failed request: .*missing\.png/, /^security policy: img-src/] });

/** What a hand does in a picture: a press, or an arrow key on what is dragged. */
const HANDS = [
  { id: "dropout_ridge", query: "steps=400", figure: "units", place: '[aria-label^="unit, on dropout"]', key: "ArrowRight", sets: "unit" },
  { id: "weight_sharing_cnn", query: "steps=60", figure: "answers", place: '[data-handle="shift"]', key: "ArrowRight", sets: "shift" },
  { id: "pre_training_unsupervised", query: "pretext_steps=60&steps=100", figure: "placed", place: '[data-handle="place_x place_y"]', key: "ArrowLeft", sets: "place_x" },
  { id: "ensemble_formula", query: "seed=3", figure: "throw", place: '[data-handle="throw"]', sets: "throw" },
  { id: "co_adaptation", query: "steps=200", figure: "cut_after", place: '[data-handle="cut_h1"]', sets: "cut_h1" },
];

everywhere("what a hand does in a picture is a setting, and the picture says what it says in node", async (site) => {
  for (const { id, query, figure, place, key, sets } of HANDS) {
    const tab = await site.openLab(`#${id}?${query}`);
    await ready(tab, id);
    await hurry(tab);
    await finish(tab);
    const valueOf = (shown, sets) => new URLSearchParams(document.querySelector(shown).dataset.query).get(sets);
    const before = await tab.evaluate(valueOf, SHOWN, sets);
    const handle = `${SHOWN} figure[data-figure=${figure}] .handle${place}`;
    if (key) await tab.press(handle, key);
    else await tab.click(handle);
    const link = await tab.waitFor((shown, sets, before) => {
      const { query, state } = document.querySelector(shown).dataset;
      return state === "done" && new URLSearchParams(query).get(sets) !== before && query;
    }, SHOWN, sets, before);
    const { note } = finished(id, link).figure(figure);
    await tab.waitFor((figure, note) => document.querySelector(`${figure} figcaption .note`).textContent === note, `${SHOWN} figure[data-figure=${figure}]`, note);
    assert.notEqual(note, finished(id, query).figure(figure).note, id);
  }
});

/** Waits until an element has said something. */
const hears = (tab, type) => tab.waitFor((type) => window.told(type).length > 0, type);

everywhere("the element is a lab: its fallback until then, attributes both ways, one change for several, refusals, methods", async (site) => {
  const tab = await site.openOnPage(`${LISTEN}<style>h1 { color: rgb(255, 0, 0) } button { display: none }</style><h1>A course</h1>
    <regularization-lab id="a" lab="ensemble_formula" n_members="7" data-mine="x" class="wide"><p id="fallback">A picture</p></regularization-lab>`);
  assert.ok(await tab.evaluate(() => document.querySelector("#fallback").getBoundingClientRect().height > 0 || window.told("ready").length > 0), "the fallback is seen");
  await hears(tab, "done");
  const stands = await tab.evaluate(() => ({
    fallback: document.querySelector("#fallback").getBoundingClientRect().height,
    frames: lab("a").shadowRoot.querySelectorAll("iframe").length,
    claim: getComputedStyle(inside("a", "h1")).color, play: getComputedStyle(inside("a", "[name=play]")).display,
    own: getComputedStyle(document.querySelector("h1")).color, body: getComputedStyle(document.body).fontFamily,
    errors: told("error").length, ready: told("ready")[0].detail, members: lab("a").params().n_members, query: lab("a").query(),
    state: inside("a", "section").dataset.state, kept: sessionStorage.length + localStorage.length,
  }));
  assert.notEqual(stands.claim, "rgb(255, 0, 0)", "the page's styles stay out");
  assert.notEqual(stands.play, "none");
  assert.equal(stands.own, "rgb(255, 0, 0)", "and its own stay in");
  assert.deepEqual([stands.fallback, stands.frames, stands.errors, stands.members, stands.state, stands.kept], [0, 0, 0, 7, "done", 0]);
  assert.deepEqual([stands.ready.lab, stands.ready.params.n_members], ["ensemble_formula", 7]);
  assert.match(stands.query, /^v=1&.*n_members=7/);

  // several attributes are one change; one that is wrong leaves all as it was
  await tab.evaluate(() => {
    heard.length = 0;
    for (const [key, value] of [["covariance", "0.25"], ["variance", "1"], ["n_members", "9"]]) lab("a").setAttribute(key, value);
  });
  await hears(tab, "done");
  const changes = await tab.evaluate(() => told("change").map(({ detail }) => detail.changed.join()));
  assert.deepEqual(changes, ["n_members,covariance"]);
  assert.ok(Math.abs(await tab.evaluate(() => lab("a").metrics().predicted) - (1 / 9 + (8 / 9) * 0.25)) < 1e-12);
  await tab.evaluate(() => {
    heard.length = 0;
    lab("a").setAttribute("n_members", "0");
    lab("a").setAttribute("covariance", "0.5");
  });
  await hears(tab, "error");
  const { message, covariance, notice } = await tab.evaluate(() => ({ message: told("error")[0].detail.message,
    covariance: lab("a").params().covariance, notice: inside("a", ".notice").textContent }));
  assert.match(message, /^Nothing was changed: .*0: must be a whole number from 1 to 30/);
  assert.ok(notice.includes(message) && covariance === 0.25);

  // a hand moves a slider: the attribute follows, and is no change of its own
  await tab.evaluate(() => {
    lab("a").setAttribute("n_members", "9");
    lab("a").setAttribute("covariance", "0.25");
    heard.length = 0;
    const slider = inside("a", "input[name=variance]");
    slider.value = slider.max;
    slider.dispatchEvent(new Event("input"));
  });
  await tab.waitFor(() => lab("a").getAttribute("variance") === "2" && lab("a").params().variance === 2);

  // what a script asks for
  await tab.evaluate(() => {
    window.asked = "";
    (async () => {
      await lab("a").reset();
      await lab("a").step(30);
      const refused = await lab("a").set("variance", "much").then(() => "", ({ message }) => message);
      await lab("a").set("hide", "question");
      window.asked = refused;
    })().catch((error) => (window.asked = String(error)));
  });
  await tab.waitFor(() => window.asked !== "" && inside("a", "section").dataset.steps === "30" && !inside("a", ".question").checkVisibility());
  assert.match(await tab.evaluate(() => window.asked), /much.*must be a number from/);
}, { engines: ["Chromium", "Firefox"] });

/** As strict as a page can be that is served beside the playground. */
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; worker-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types regplay";

everywhere("on a page of the playground's own origin, under its strict policy, the element runs and is drawn", async (site) => {
  const tab = await site.openOnPage('<regularization-lab lab="ensemble_formula" n_members="5"></regularization-lab>', { policy: POLICY, beside: true });
  const { text, sheets, drawn } = await tab.waitFor(() => {
    const { shadowRoot } = document.querySelector("regularization-lab");
    const section = shadowRoot?.querySelector("section[data-state=done]");
    const canvas = section?.querySelector("figure[data-hero] canvas");
    return canvas?.width > 300 && { text: section.querySelector("[data-metric-of=predicted]").textContent, sheets: shadowRoot.adoptedStyleSheets.length,
      drawn: new Set(canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data).size };
  });
  assert.equal(text, "0.200");
  assert.ok(sheets === 2 && drawn > 8, `${sheets} sheets, ${drawn} shades`);
});

everywhere("what is shared is written, and copied or selected; a run goes into a file and comes out of it", async (site) => {
  const tab = await site.openLab("#ensemble_formula?n_members=5&seed=2");
  await ready(tab, "ensemble_formula");
  await tab.click("button[name=share]");
  const line = await tab.waitFor(() => document.querySelector("#share[open] textarea[name=iframe]")?.value);
  assert.match(line, /^<iframe src="[^"]*embed\.html#ensemble_formula\?v=1&amp;n_members=5&amp;[^"]*" title="Ensembles: the formula" /);
  await tab.click("#share > .share-line button");
  await tab.waitFor(() => {
    const [word, said] = ["button span", ".said"].map((part) => document.querySelector(`#share .share-line ${part}`).textContent);
    const field = document.querySelector("#share textarea[name=link]");
    return word === "Copied" || (said.includes("press Ctrl+C") && field.selectionEnd === field.value.length);
  });
  await keepSaved(tab);
  await tab.click("#share .share-file button:first-child");
  const run = JSON.parse(await tab.waitFor(() => document.documentElement.dataset.saved));
  assert.deepEqual([run.lab, run.settings.n_members, run.settings.seed, run.weights], ["ensemble_formula", 5, 2, []]);
  await tab.evaluate((text) => {
    document.querySelector("#share").close();
    const files = new DataTransfer();
    files.items.add(new File([text], "run.json"));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true }));
  }, JSON.stringify({ ...run, query: run.query.replace("n_members=5", "n_members=9") }));
  await tab.waitFor((shown) => document.querySelector(shown)?.dataset.query?.includes("n_members=9&"), SHOWN);
});

everywhere("what stands under the figures stands in its order, and no part over another", async (site) => {
  const tab = await site.openLab("#weight_sharing_cnn?steps=20");
  await tab.resize(1280, 900);
  await ready(tab, "weight_sharing_cnn");
  await tab.waitFor((shown) => document.querySelector(`${shown} .after > .experiment`) !== null, SHOWN);
  const parts = await tab.evaluate((shown) => [...document.querySelectorAll(`${shown} .after > *`)].filter((part) => part.checkVisibility()).map((part) => {
    const { left, right, top, bottom } = part.getBoundingClientRect();
    return { name: part.className || part.localName, left, right, top, bottom };
  }), SHOWN);
  assert.ok(parts.length > 5 && parts.some(({ left }) => left > parts[0].left), "in two columns");
  parts.forEach((part, i) => {
    for (const { name, left, right, top, bottom } of parts.slice(i + 1)) {
      assert.ok(top >= part.bottom || (left >= part.right && top >= part.top), `${name} over or before ${part.name}: ${JSON.stringify({ part, left, right, top, bottom })}`);
    }
  });
});

everywhere("what a test clicks is clicked, also where the page moves under the press", async (site) => {
  const tab = await site.openOnPage(`<button id="shy" style="position: absolute">Catch me</button><script>
    const shy = document.querySelector("#shy");
    shy.onclick = () => (shy.dataset.clicks = 1 + Number(shy.dataset.clicks ?? 0));
    shy.addEventListener("pointerdown", () => (shy.style.top = "300px"), { once: true });
  </script>`);
  await tab.click("#shy");
  assert.deepEqual(await tab.evaluate(() => [shy.style.top, shy.dataset.clicks]), ["300px", "1"]);
}, { engines: ["Firefox", "WebKitGTK"] }); // that of Chromium is Playwright's

/** Two classes, in rows as a spreadsheet writes them. */
const TABLE = ["long,wide,kind", ...Array.from({ length: 40 }, (_, i) => `${i % 7},${(i * 3) % 5},${i % 2 ? "ash" : "oak"}`)].join("\n");

everywhere("a table that is pasted is learned as it is natively; an experiment's file has the numbers of its runs", async (site) => {
  const tab = await site.openLab("#playground?units=4&n_train=40&steps=40");
  await ready(tab, "playground");
  await hurry(tab);
  await tab.evaluate((shown) => void (document.querySelector(`${shown} details[data-params~=dataset]`).open = true), SHOWN);
  await tab.choose(`${SHOWN} select[name=dataset]`, "own");
  await tab.waitFor((text) => {
    const field = document.querySelector("#own[open] textarea");
    if (!field) return false;
    field.value = text;
    return field.dispatchEvent(new Event("input", { bubbles: true }));
  }, TABLE);
  await tab.click("#own[open] button[name=train]:not([disabled])");
  const query = await tab.waitFor((shown) => {
    const { state, query } = document.querySelector(shown).dataset;
    return state === "done" && query.includes("data=") && query;
  }, SHOWN);
  const run = bindings.Lab.fromQuery("playground", parted(query).settings, bindings.readCsv(TABLE, {}));
  run.advance(run.progress().of);
  assert.deepEqual(await finish(tab), written("playground", run));

  await tab.evaluate(() => void (location.hash = "playground?units=4&n_train=40&steps=40&x=keep_prob:0.5,1&metrics=test_loss&seeds=2"));
  await tab.waitFor((shown) => document.querySelector(shown).dataset.query.includes("units=4&"), SHOWN);
  await tab.click(`${SHOWN} button[name=experiment_accept]`);
  await tab.waitFor((shown) => document.querySelector(`${shown} .experiment-told`).textContent.startsWith("4 of 4 runs are done."), SHOWN);
  await keepSaved(tab);
  await tab.click(`${SHOWN} .experiment-results > .saves button:first-of-type`);
  const [, ...rows] = (await tab.waitFor(() => document.documentElement.dataset.saved)).trim().split(/\r?\n/);
  assert.equal(rows.length, 4);
  for (const row of rows) {
    const [keepProb, seed, loss, , link] = row.split(",");
    const alone = finished("playground", link);
    assert.deepEqual([alone.params().keep_prob, alone.params().seed, alone.metrics().test_loss], [keepProb, seed, loss].map(Number));
  }
});

everywhere("by keys a slider goes from stop to stop, a run plays and goes back; lines with symbols are no higher; a theme outlasts a reload, and paper is light", async (site) => {
  const tab = await site.openLab("#ensemble_formula?n_members=5&seed=2");
  await ready(tab, "ensemble_formula");
  await hurry(tab);
  await finish(tab);
  const symbols = await tab.evaluate((shown) => [...document.querySelectorAll(`${shown} :is(.context, .question) math`)].map((symbol) => symbol.getBoundingClientRect().height), SHOWN);
  assert.ok(symbols.length > 3 && symbols.every((height) => height < 22), `symbols of ${symbols} pixels`);
  const holds = (text) => tab.waitFor((shown, text) => {
    const { state, query } = document.querySelector(shown).dataset;
    return state === "done" && query.includes(text) && query;
  }, SHOWN, text);
  await tab.press(`${SHOWN} input[name=n_members]`, "ArrowRight");
  assert.deepEqual(await finish(tab), written("ensemble_formula", finished("ensemble_formula", await holds("n_members=6&"))));
  const stands = (state) => tab.waitFor((shown, state) => document.querySelector(`${shown}[data-state=${state}]`)?.dataset.steps, SHOWN, state);
  await tab.press(`${SHOWN} figure[data-hero] canvas`, "r");
  assert.equal(await stands("paused"), "0");
  await tab.press(`${SHOWN} button[name=play]`, "Enter");
  await stands("done");

  await tab.click("header button[name=theme]");
  await tab.click("header button[name=theme]");
  const look = () => tab.evaluate(() => [document.documentElement.dataset.theme ?? "", getComputedStyle(document.body).backgroundColor]);
  const DARK = ["dark", "rgb(20, 23, 28)"];
  assert.deepEqual(await look(), DARK);
  await tab.reload();
  await ready(tab, "ensemble_formula");
  assert.deepEqual(await look(), DARK);
  const paper = (type) => tab.evaluate((type) => void dispatchEvent(new Event(type)), type);
  await paper("beforeprint");
  assert.equal((await look())[0], "light");
  await paper("afterprint");
  assert.deepEqual(await look(), DARK);
});

everywhere("hostile input through the bindings is taken or refused in words, leaves no memory behind, and the module still works", takesHostile);

everywhere("words that would be more than words stay words, whatever way they come", makesNoNode);
