// Writes a picture of every lab into a folder: wide, on a phone and dark, at the end of its first run.
// node tools/shots.mjs folder [lab ...]; the page is served by itself.
import { mkdirSync } from "node:fs";
import { start } from "../tests/browser/harness.mjs";
import { lab } from "../tests/browser/lab.mjs";

/** How the labs are seen. */
const VIEWS = {
  wide: { viewport: { width: 1280, height: 720 } },
  large: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 },
  small: { viewport: { width: 320, height: 480 }, deviceScaleFactor: 2 },
  dark: { viewport: { width: 1280, height: 720 }, colorScheme: "dark" },
};
/** What has not ended by then is shown as it stands, in milliseconds. */
const PATIENCE_MS = 15_000;

const [folder, ...wanted] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const site = await start();
for (const [name, options] of Object.entries(VIEWS)) {
  const { page, problems, close } = await site.open(site.url, { ...options, reducedMotion: "reduce" });
  const ids = await page.locator("nav.labs a").evaluateAll((links) => links.map(({ dataset }) => dataset.lab));
  for (const id of ids.filter((id) => wanted.length === 0 || wanted.includes(id))) {
    await page.evaluate((hash) => (location.hash = hash), id);
    const ended = lab(page).and(page.locator(`[data-lab=${id}]:is([data-state=done], [data-lab=dropout_example][data-state])`));
    await ended.waitFor({ timeout: PATIENCE_MS }).catch(() => console.error(`${id}, ${name}: shown before its end`));
    await page.waitForTimeout(500); // until it is drawn
    await page.screenshot({ path: `${folder}/${id}-${name}.png` });
  }
  for (const problem of problems) console.error(`${name}: ${problem}`);
  await close();
}
await site.close();
console.log(`pictures are in ${folder}`);
