// Prints what Lighthouse says of the page: a phone on a slow network, as it measures by default.
//
//   node audit.mjs <address> [lab…]
import * as chromeLauncher from "chrome-launcher";
import lighthouse from "lighthouse";

const [address, ...labs] = process.argv.slice(2);
const FLOORS = { performance: 95, accessibility: 100, "best-practices": 100, seo: 100 };
const flags = ["--headless=new", "--disable-gpu", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])];
const chrome = await chromeLauncher.launch({ chromePath: process.env.CHROME, chromeFlags: flags });
let low = 0;
try {
  for (const lab of labs.length > 0 ? labs : ["playground", "subnetworks"]) {
    const { lhr } = await lighthouse(`${address}#${lab}`, { port: chrome.port, logLevel: "error" });
    const scores = Object.entries(lhr.categories).map(([id, { score }]) => [id, Math.round((score ?? 0) * 100)]);
    console.log(`${lab}: ${scores.map(([id, score]) => `${id} ${score}`).join(", ")}`);
    for (const [id, score] of scores) if (score < (FLOORS[id] ?? 0)) tellWhy(lhr, id);
  }
} finally {
  await chrome.kill();
}
process.exitCode = low > 0 ? 1 : 0;

/** The audits that cost most. */
function tellWhy({ categories, audits }, id) {
  low += 1;
  const costly = categories[id].auditRefs.filter(({ id: audit, weight }) => weight > 0 && (audits[audit].score ?? 1) < 0.9);
  for (const { id: audit } of costly) console.log(`  below ${FLOORS[id]}: ${audits[audit].title}: ${audits[audit].displayValue ?? "failed"}`);
}
