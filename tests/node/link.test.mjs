// What happens to links on their way through mail, chats and course pages is undone.
import assert from "node:assert/strict";
import test from "node:test";

globalThis.document = { querySelector: () => null };
const { LinkWriter, mended } = await import("../../www/page/link.js");
const { readAddress } = await import("../../www/embed/address.js");
const { Asked } = await import("../../www/embed/asked.js");

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
  assert.deepEqual(mended("playground?v=1&data=Q%26amp%3BA.csv~&seed=1"), { lab: "playground", query: "v=1&data=Q%26amp%3BA.csv~&seed=1" }, "a part of a value");
  assert.deepEqual(mended("playground?v=1%26amp%3Bseed=7"), { lab: "playground", query: "v=1&seed=7" });
  assert.deepEqual(mended("l2_noise?alpha=0.3&seed=1e"), { lab: "l2_noise", query: "alpha=0.3&seed=1e" });
});

test("a link of any length is read at once", () => {
  for (const sign of [")", "%20", "%3F", "&amp;", "=", "?", "&a"]) {
    const query = `keep_prob=0.3${sign.repeat(1_000_000)}x`;
    assert.ok(mended(`dropout?${query}`).query.endsWith("x"), sign);
  }
});

test("where the browser lets no address be written, that is tried once and nobody is told", () => {
  let tried = 0;
  Object.assign(globalThis, { location: { hash: "#dropout" }, history: { state: null, replaceState() {
    tried += 1;
    throw new Error("SecurityError");
  } } });
  const writer = new LinkWriter();
  for (const seed of [1, 2]) {
    writer.write("dropout", `seed=${seed}`);
    writer.flush();
  }
  assert.equal(tried, 1);
});

test("on the way back what is locked stays as it is in force; an address of the page around is taken as it is", () => {
  const asked = new Asked(() => {});
  const view = { lab: { id: "dropout" }, locked: new Set(["keep_prob", "seed"]), frame: { params: { keep_prob: 0.8, seed: 5, units: 4 } } };
  Object.assign(globalThis, { location: { search: "", hash: "#dropout?keep_prob=0.3&units=9&seed=1&lock=keep_prob,seed" } });
  const held = "units=9&keep_prob=0.8&seed=5";
  assert.equal(asked.read(false, view).query, "keep_prob=0.3&units=9&seed=1");
  assert.equal(asked.read(true, view).query, held);
  // another lab between, or two steps back at once
  assert.equal(asked.read(true, null).query, held);
  asked.read(true, { ...view, lab: { id: "ensembles" } });
  assert.equal(asked.read(true, null).query, held);
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
