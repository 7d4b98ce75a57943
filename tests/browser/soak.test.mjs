// A short soak: two minutes, the browsers' together, where tests go through every lab, else ten seconds in Chromium.
// `./build.sh soak [minutes] [engine] [seed]` gives a longer one.
import { everywhere } from "./engines.mjs";
import { soak } from "./soak.mjs";

const { EVERY_LAB, SOAK_SECONDS = EVERY_LAB ? "40" : "10", SOAK_ENGINE = EVERY_LAB ? "" : "Chromium", SOAK_SEED = "1" } = process.env;
const engines = SOAK_ENGINE ? { engines: [SOAK_ENGINE] } : {};

everywhere("random actions leave the page as it was: nothing amiss, nothing kept, every lab trains as on a fresh page", async (site) => {
  const tab = await site.open(`${site.watchedUrl}?with=soak-page.js#playground`);
  await soak(tab, { engine: site.engine, seed: Number(SOAK_SEED), seconds: Number(SOAK_SECONDS), say: site.say });
}, { ...engines, hangsMs: 300_000 + 1000 * Number(SOAK_SECONDS) });
