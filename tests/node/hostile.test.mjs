// Input that nobody meant, through the bindings: as in the browsers (tests/browser/hostile.mjs), here in node.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { corpus } from "../browser/corpus.mjs";
import { hostile } from "../browser/hostile.js";
import * as lab from "../../www/pkg/regularization_playground.js";

const CASES = Number(process.env.HOSTILE ?? 2000);

test("hostile input is taken or refused in words, and leaves no memory behind", (t) => {
  const { memory } = lab.initSync({ module: readFileSync(new URL("../../www/pkg/regularization_playground_bg.wasm", import.meta.url)) });
  const cases = hostile(lab, () => memory.buffer.byteLength, corpus());
  const warm = cases.take(CASES / 2).bytes;
  cases.rewind(); // what they need there is now
  const { bytes, wrong, refused, slow, longest, longestOf } = cases.take(CASES / 2);
  t.diagnostic(`${CASES} cases, ${refused} refused, ${slow} above 50 ms; the longest took ${longest.toFixed(1)} ms: ${longestOf}`);
  assert.deepEqual(wrong, []);
  assert.equal(bytes, warm);
  assert.ok(refused > CASES / 4 && refused < 0.95 * CASES, "some is taken and some refused");
});
