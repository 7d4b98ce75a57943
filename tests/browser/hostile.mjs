// Input that nobody meant, through the bindings, in a page of every browser; `HOSTILE` says how many cases.
import assert from "node:assert/strict";

const CASES = Number(process.env.HOSTILE ?? 2000);
/** So many go on without a word to the driver. */
const AT_ONCE = 1000;

const PAGE = `<script type="module">
  import init, * as lab from "/pkg/regularization_playground.js";
  import { hostile } from "/tests/hostile.js";
  const [{ memory }, corpus] = await Promise.all([init(), fetch("/tests/corpus.json")]);
  window.lab = lab;
  window.cases = hostile(lab, () => memory.buffer.byteLength, await corpus.json());
</script>`;

/** What comes of so many cases. */
async function take(tab, count) {
  for (let left = count - AT_ONCE; left > 0; left -= AT_ONCE) await tab.evaluate((count) => window.cases.take(count).cases, AT_ONCE);
  return tab.evaluate((count) => window.cases.take(count), AT_ONCE);
}

/** A small run, which is the same in every browser. */
const run = (tab) => tab.evaluate(() => {
  const run = new window.lab.Lab("ensemble_formula", { seed: 7 });
  run.advance(20);
  const said = JSON.stringify(run.metrics());
  run.free();
  return said;
});

export async function takesHostile(site) {
  const tab = await site.openOnPage(PAGE, { beside: true });
  await tab.waitFor(() => window.cases !== undefined);
  const before = await run(tab);
  const { bytes: warm } = await take(tab, CASES / 2);
  await tab.evaluate(() => window.cases.rewind()); // the same again need no more than they have had
  const { cases, refused, slow, longest, longestOf, bytes, wrong } = await take(tab, CASES / 2);
  site.say(`${cases} cases, ${refused} refused, ${slow} above 50 ms; the longest took ${longest.toFixed(0)} ms: ${longestOf.slice(0, 200)}`);
  assert.deepEqual(wrong, []);
  assert.equal(bytes, warm, "memory of the module");
  assert.equal(await run(tab), before, "the module still works");
}
