// What happens to links on their way through mail, chats and course pages is undone.
import assert from "node:assert/strict";
import test from "node:test";

globalThis.document = { querySelector: () => null };
const { mended } = await import("../../www/page/link.js");
const { readAddress } = await import("../../www/embed/address.js");

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

test("a frame's address says the same in its query, and the hash wins for what it names", () => {
  const read = (address) => {
    const at = address.indexOf("#");
    return readAddress({ search: at < 0 ? address : address.slice(0, at), hash: at < 0 ? "" : address.slice(at) });
  };
  assert.deepEqual(read(""), { lab: "", query: "" });
  assert.deepEqual(read("?lab=dropout&keep_prob=0.3"), { lab: "dropout", query: "keep_prob=0.3" });
  assert.deepEqual(read("#dropout?keep_prob=0.3&hide=seed"), { lab: "dropout", query: "keep_prob=0.3&hide=seed" });
  assert.deepEqual(read("?keep_prob=0.3&seed=1#dropout?seed=2"), { lab: "dropout", query: "keep_prob=0.3&seed=2" });
  // as notebooks write it, and as mail does
  assert.deepEqual(read("?lab=dropout?keep_prob=0.3&amp;utm_source=x&amp;seed=1."), { lab: "dropout", query: "keep_prob=0.3&seed=1" });
  // the query's settings are its own lab's
  assert.deepEqual(read("?lab=dropout&keep_prob=0.3&hide=seed&theme=dark#ensembles?n_members=3"), { lab: "ensembles", query: "theme=dark&n_members=3" });
  assert.deepEqual(read("?lab=dropout&theme=dark#dropout?theme=light"), { lab: "dropout", query: "theme=light" });
});
