// What happens to links on their way through mail, chats and course pages is undone.
import assert from "node:assert/strict";
import test from "node:test";

globalThis.document = { querySelector: () => null };
const { mended } = await import("../../www/page/link.js");

const MEANT = { lab: "playground", query: "v=1&keep_prob=0.3&seed=7" };

test("a link is read as it was meant, whatever has happened to it", () => {
  for (const link of ["playground?v=1&keep_prob=0.3&seed=7", "playground%3Fv=1&keep_prob=0.3&seed=7", "playground%3Fv%3D1%26keep_prob%3D0.3%26seed%3D7",
    "playground?v=1&amp;keep_prob=0.3&amp;seed=7", "playground%3fv=1&amp;keep_prob=0.3&amp;seed=7)", "playground?v=1&keep_prob=0.3&seed=7).",
    "playground?v=1&keep_prob=0.3&seed=7,", "playground?v=1&keep_prob=0.3&seed=7 ", "playground?v=1&keep_prob=0.3&seed=7%20", "playground?v=1&keep_prob=0.3&seed=7]",
    "playground?v=1&keep_prob=0.3&seed=7”", "playground?v=1&keep_prob=0.3&seed=7%E2%80%9D", "playground?v=1&utm_source=mail&keep_prob=0.3&fbclid=IwAR0&seed=7&utm_campaign=x"]) {
    assert.deepEqual(mended(link), MEANT, link);
  }
});

test("what is no such thing stays as it is", () => {
  assert.deepEqual(mended(""), { lab: "", query: "" });
  assert.deepEqual(mended("ensembles"), { lab: "ensembles", query: "" });
  assert.deepEqual(mended("ensembles."), { lab: "ensembles", query: "" });
  assert.deepEqual(mended("no such lab?n_members=3"), { lab: "no such lab", query: "n_members=3" });
  assert.deepEqual(mended("ensembles?kep_prob=0.3&n_members=x%3Dy"), { lab: "ensembles", query: "kep_prob=0.3&n_members=x%3Dy" });
  assert.deepEqual(mended("l2_noise?alpha=0.3&seed=1e"), { lab: "l2_noise", query: "alpha=0.3&seed=1e" });
});
