// The reader's own data without a browser: what links call it, and what files are taken for. What is in a file the
// engine reads (tests/data.rs); the dialog is tested in a browser.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import test from "node:test";
import { gzipSync } from "node:zlib";
import { bindings, engineByHand } from "./engine.mjs";
import { joined, parted } from "../../www/engine/ticket.js";
import { pointsIn, tableOf, ticketFor, FIRST, MOST } from "../../www/page/own-drawn.js";
import { MOST_TEXT, readFiles, readPasted } from "../../www/page/own-files.js";
import { namedBy, ticketOf } from "../../www/page/own-ticket.js";

const SUM = "0123456789abcdef";
const LINK = "v=1&dataset=own&n_train=20&seed=7";

test("a link names own data behind its version, and gives name, checksum and choices back as they were", () => {
  const choices = { target: "a=b & c~d", leave_out: ["ü", "x.)"], header: false };
  for (const named of [{ name: "iris.csv", sum: SUM, choices: {} }, { name: "a~b & c=d.csv", sum: SUM, choices }, { name: "pasted", sum: "", choices: {} }]) {
    const ticket = ticketOf(named);
    assert.deepEqual(namedBy(ticket), named);
    const link = joined(LINK, ticket);
    assert.match(link, /^v=1&data=[^&]*~([0-9a-f]{16})?&.*seed=7$/);
    assert.deepEqual(parted(link), { ticket, settings: LINK });
    assert.equal(new URLSearchParams(link).get("data"), `${named.name}~${named.sum}`);
  }
  assert.equal(joined("dataset=own", "data=a~"), "data=a~&dataset=own");
  assert.equal(joined(LINK, ""), LINK);
  assert.deepEqual(parted(LINK), { ticket: "", settings: LINK });
  assert.equal(parted(joined("", `data=a~${SUM}`)).ticket, `data=a~${SUM}`);
  assert.equal(parted("metadata=1&reads=2").ticket, "", "of other keys nothing is taken");
});

test("a link that was written by hand names what it can", () => {
  assert.deepEqual(namedBy(`data=iris.csv%7E${SUM}&read=%7B`), { name: "iris.csv", sum: SUM, choices: {} });
  for (const read of ["null", "[1]", "3", '"x"', "{"]) assert.deepEqual(namedBy(`data=a~${SUM}&read=${encodeURIComponent(read)}`).choices, {}, read);
  for (const data of ["iris.csv", "iris.csv~12", `iris.csv~${SUM}0`, "", "~", "a~b~c"]) assert.equal(namedBy(`data=${data}`).sum, "", data);
});

const file = (name, ...parts) => new File(parts, name);
const idx = (...head) => new Uint8Array([0, 0, 8, ...head]);
const images = idx(3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 9);
const labels = idx(1, 0, 0, 0, 1, 4);

test("a table is read as text with the checksum that sha256sum prints, whatever it is packed in and however it is encoded", async () => {
  const text = "a,b\r\n1,ü\r\n";
  const sum = createHash("sha256").update(text).digest("hex").slice(0, 16);
  const bytes = new Uint8Array(Buffer.from(text));
  assert.deepEqual(await readFiles([file("t.csv", text)]), { name: "t.csv", sum, table: bytes });
  assert.deepEqual(await readPasted(text), { name: "pasted", sum, table: bytes });
  assert.deepEqual((await readFiles([file("t.csv.gz", gzipSync(text))])).table, bytes);
  for (const [bytes, encoding] of [[`\ufeff${text}`, "UTF-8"], [Buffer.from(`\ufeff${text}`, "utf16le"), "UTF-16"], [Buffer.from(text, "latin1"), "Windows-1252"]]) {
    const told = bindings.describeCsv((await readFiles([file("t.csv", bytes)])).table);
    assert.deepEqual([told.encoding, told.preview, told.columns[0].name], [encoding, [["1", "ü"]], "a"]);
  }
});

test("images and labels are told apart by their headers, in either order, packed or not", async () => {
  for (const both of [[file("i", images), file("l", labels)], [file("l", gzipSync(labels)), file("i", gzipSync(images))]]) {
    const read = await readFiles(both);
    assert.deepEqual([read.name, read.images, read.labels], ["i", images, labels]);
    assert.equal(read.sum, createHash("sha256").update(images).update(labels).digest("hex").slice(0, 16));
  }
});

test("what cannot be a table or images with their labels is refused in a sentence that names the file", async () => {
  const unread = { size: MOST_TEXT + 1, name: "big.csv", slice: () => new Blob(["a,b\n"]), arrayBuffer: () => assert.fail("it is read"), stream: () => assert.fail("it is read") };
  const refused = [
    [[unread], /^“big\.csv” is too large: 5\.1 MB, where a table may have 5 MB at most\.$/],
    [[file("e.csv")], /^“e\.csv” is empty\.$/],
    [[file("z.csv.gz", gzipSync("a".repeat(MOST_TEXT + 1)))], /^“z\.csv\.gz” is too large/],
    [[file("cut.gz", gzipSync(images).subarray(0, 20))], /^“cut\.gz” is packed by gzip and could not be unpacked/],
    [[file("i", images)], /^“i” holds images in IDX form\. Their labels are in another file/],
    [[file("l", labels)], /^“l” holds labels in IDX form\. The images are in another file/],
    [[file("i", images), file("t.csv", "a,b")], /^“i” and “t\.csv” do not belong together/],
    [[file("a", "1"), file("b", "1"), file("c", "1")], /^These are 3 files/],
  ];
  for (const [files, words] of refused) await assert.rejects(readFiles(files), ({ message }) => words.test(message) || assert.fail(message));
});

test("points that are drawn by hand are in their link, and come back as they were", () => {
  assert.deepEqual(pointsIn(namedBy(ticketFor(FIRST))), FIRST);
  const ends = [{ x: -1, y: 1, blue: true }, { x: 0.07, y: -0.01, blue: false }];
  assert.deepEqual(pointsIn(namedBy(ticketFor(ends))), ends);
  assert.deepEqual(pointsIn(namedBy(ticketFor(Array(MOST).fill(ends[0])))).length, MOST);
  assert.throws(() => pointsIn({ name: "points", sum: "", choices: { points: "1_1b".repeat(MOST + 1) } }), /holds 201 points drawn by hand; it can hold 200 at most/);
  assert.ok(ticketFor(Array(MOST).fill({ x: -0.99, y: -0.99, blue: true })).length < 2100, "a link of a length that is let through");
  for (const points of ["1_1", "1_1bx", "b", "1111_1b", 3]) {
    assert.equal(pointsIn({ name: "points", sum: "", choices: { points } }), null, String(points).slice(0, 20));
  }
});

const RUN = "n_train=16&units=4&hidden_layers=1&steps=30";
/** Another run for each place. @param {number} shift */
const own = (shift) => {
  const points = FIRST.map(({ x, ...point }) => ({ ...point, x: x + shift }));
  return { ticket: ticketFor(points), table: tableOf(points) };
};
const last = (page) => page.frames().at(-1);

test("a lab is opened with the data that its link names, names it while that is what it learns, and has it still after it was out of sight", async () => {
  const page = engineByHand();
  const [one, other] = [own(0), own(0.1)];
  const link = ({ ticket }) => joined(`v=1&dataset=own&${RUN}`, ticket);
  const open = async (query, how) => {
    const { error } = page.load(query, { open: "end", ...how });
    await page.run();
    return error;
  };
  assert.match((await open(link(one))).message, /not here/);
  page.ask("table", { own: one });
  assert.equal(await open(link(one)), null);
  const { query, metrics } = last(page);
  assert.equal(parted(query).ticket, one.ticket);
  const alone = bindings.Lab.fromQuery("playground", parted(query).settings, one.table);
  while (!alone.train(1e9).done);
  assert.deepEqual(alone.metrics(), metrics);
  assert.equal(page.finished().at(-1).query, query);
  assert.equal(page.ask("describe", { figures: [] }).answer.query, query);

  page.ask("awake", { awake: false });
  page.park();
  page.ask("awake", { awake: true });
  page.change({ seed: 1 });
  await page.run();
  assert.deepEqual([parted(last(page).query).ticket, last(page).params.seed], [one.ticket, 1]);

  page.change({ dataset: "circles", n_train: 20 });
  await page.run();
  assert.equal(parted(last(page).query).ticket, "");
  await open("", { lab: "ensemble_formula", figures: [], open: "stand" });
  assert.match((await open(link(other))).message, /not here/, "what was given is another table");
  page.ask("table", { own: other });
  assert.equal(await open(link(other)), null);
  assert.equal(parted(last(page).query).ticket, other.ticket);
  assert.notDeepEqual(last(page).metrics, metrics);
  page.ask("table", { own: one });
  await open(query);
  assert.deepEqual([last(page).query, last(page).metrics], [query, metrics]);
  await open(`v=1&${RUN}`);
  assert.equal(last(page).params.dataset, "digits", "a link that names none is to the usual data");
  page.ask("unload");
});

const utf8 = (text) => new TextEncoder().encode(text);

test("a file is read without a lab, and what is wrong with it comes with what was understood", () => {
  const page = engineByHand();
  const rows = Array.from({ length: 12 }, (_, i) => `${i};${i * i},5`);
  const { description, table, problem } = page.ask("read_csv", { file: utf8(["a;b", ...rows].join("\n")), options: {} }).answer;
  assert.deepEqual([description.separator, description.decimal, table.inputs, table.rows, problem], [";", ",", ["a"], 12, ""]);
  const gap = page.ask("read_csv", { file: utf8(["a;b", "1;", ...rows].join("\n")), options: {} }).answer;
  assert.deepEqual([gap.table, gap.description.left_out_count], [null, 1]);
  assert.match(gap.problem, /line 2, column b/);
  assert.match(page.ask("read_csv", { file: utf8(""), options: {} }).error.message, /./);
  assert.match(page.ask("read_idx", { images: new Uint8Array(3), labels: new Uint8Array(3) }).error.message, /./);
});
