// How soon the page is alive after navigation, on two networks with compressed transfer, and what it
// costs at rest, while it trains and while sliders are dragged; this build and the one of before take turns.
//
//   node loads.mjs [--quick] --before folder --commit hash --out loads.json
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { inTurn, launch, say, watchCores } from "./browser.mjs";
import { load, NETWORKS } from "./loads/page.mjs";
import { costs } from "./loads/rest.mjs";
import { tour } from "./loads/tour.mjs";
import { moduleSizes } from "./loads/sizes.mjs";
import { serve } from "./server.mjs";

const { values: options } = parseArgs({ options: { quick: { type: "boolean", default: false },
  before: { type: "string" }, commit: { type: "string" }, out: { type: "string" } } });

const { repeats, settle_ms, watch_ms } = options.quick ? { repeats: 1, settle_ms: 1000, watch_ms: 1000 }
  : { repeats: 7, settle_ms: 6000, watch_ms: 4000 };
const BUILDS = [{ name: "before", path: options.before }, { name: "now", path: fileURLToPath(new URL("../www", import.meta.url)) }];

const server = await serve({ before: options.before, now: BUILDS[1].path }, { compress: true });
const browser = await launch();
const addressOf = ({ name }) => `${server.url}${name}/index.html`;
const byBuild = (value) => Object.fromEntries(BUILDS.map((build) => [build.name, value(build)]));
try {
  const busyCores = watchCores();
  const networks = Object.keys(NETWORKS).map((network) => ({ network, ...byBuild(() => ({ frame_ms: [], shift: [], longest_task_ms: [], bytes: [], requests: [] })) }));
  // each file is compressed when it is first asked for: that load is not counted
  for (const build of BUILDS) await load(browser, addressOf(build), null);
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (const times of networks) for (const build of inTurn(BUILDS, repeat)) await takeLoad(build, times);
    say(`loads: ${repeat + 1} of ${repeats}`);
  }
  const shares = byBuild(() => ({ rest: [], playing: [] }));
  for (let repeat = 0; repeat < Math.ceil(repeats / 3); repeat++) {
    for (const build of inTurn(BUILDS, repeat)) {
      add(shares[build.name], await costs(browser, addressOf(build), settle_ms, watch_ms));
    }
    say(`costs: ${repeat + 1} of ${Math.ceil(repeats / 3)}`);
  }
  const entries = readdirSync(join(BUILDS[1].path, "pkg/labs")).map((name) => name.replace(".json", ""));
  const labs = options.quick ? entries.slice(0, 2) : entries;
  const tours = byBuild(() => ({ task_ms: [], interaction_ms: [] }));
  // one each: it takes two minutes, and the longest of what happens in fifteen labs needs no median
  for (const build of BUILDS) {
    add(tours[build.name], await tour(browser, addressOf(build), labs));
    say(`toured ${build.name}`);
  }
  const result = { commit: options.commit, chromium: browser.version(), repeats, busy_cores: busyCores(), networks, shares, tours, module: byBuild(({ path }) => moduleSizes(join(path, "pkg"))) };
  mkdirSync(dirname(options.out), { recursive: true });
  writeFileSync(options.out, JSON.stringify(result));
} finally {
  await browser.close();
  server.close();
}

async function takeLoad(build, times) {
  const before = server.sent();
  const seen = await load(browser, addressOf(build), NETWORKS[times.network]);
  const after = server.sent();
  add(times[build.name], { ...seen, bytes: after.bytes - before.bytes, requests: after.requests - before.requests });
}

/** One more value of each. */
function add(lists, values) {
  for (const [key, value] of Object.entries(values)) lists[key].push(value);
}
