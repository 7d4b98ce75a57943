// Preview cards, as chats and course platforms show them beside a link: a lab's claim and its poster, drawn by
// Chromium as PNG. What was drawn once is kept, by what it was drawn of.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startChromium } from "../../tests/browser/harness.mjs";
import { read } from "../pages.mjs";

export const CARD = { width: 1200, height: 630 };

const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** @param {{id: string, claim: string}} lab */
const card = ({ id, claim }) => `<!doctype html><meta charset="utf-8"><style>
* { box-sizing: border-box; margin: 0 }
body { display: grid; grid-template-columns: 1fr 660px; gap: 44px; align-items: center; width: ${CARD.width}px; height: ${CARD.height}px; padding: 48px; background: #f5f7f9; color: #1a1d21; font: 41px/1.22 system-ui, sans-serif }
p { margin-bottom: 28px; color: #57606a; font-size: 24px }
h1 { font-size: inherit; letter-spacing: -0.01em }
img { width: 660px; padding: 20px; background: #fff; border: 1px solid #d9dee3; border-radius: 16px }
</style><div><p>Regularization Playground</p><h1>${escaped(claim)}</h1></div>
<img src="data:image/svg+xml;base64,${Buffer.from(read(`posters/${id}-light.svg`)).toString("base64")}" alt="">`;

/** @param {{id: string, claim: string}[]} labs @param {string} folder Takes `<id>.png`. @param {string} kept What was drawn before. */
export async function drawCards(labs, folder, kept) {
  for (const place of [folder, kept]) mkdirSync(place, { recursive: true });
  let chrome = null;
  for (const lab of labs) {
    const html = card(lab);
    const place = join(kept, `${createHash("sha256").update(html).digest("hex")}.png`);
    if (!existsSync(place)) {
      chrome ??= await startChromium([]);
      const { page, close } = await chrome.open("about:blank", { viewport: CARD });
      await page.setContent(html);
      await page.locator("img").evaluate((image) => image.decode());
      writeFileSync(place, await page.screenshot());
      await close();
    }
    writeFileSync(join(folder, `${lab.id}.png`), readFileSync(place));
  }
  await chrome?.close();
}
