// Files of data as they are dropped: one table, or two files in IDX form, the images and their labels; any of
// them may be packed by gzip. Here it is found out what they are; what is in them the engine reads.

/** @typedef {Uint8Array<ArrayBuffer>} Bytes */
/**
 * What is to be read.
 * @typedef {{name: string, sum: string} & ({table: Bytes} | {images: Bytes, labels: Bytes})} Source
 */
/** @typedef {{name: string, bytes: Bytes, kind: "text" | "images" | "labels"}} Opened */

/** The most that is read: of a table, and of a file in IDX form, unpacked. */
export const MOST_TEXT = 5e6;
export const MOST_IDX = 60e6;

/** @param {number} bytes */
const megabytes = (bytes) => `${Math.ceil(bytes / 1e5) / 10} MB`;

/** @param {string} name @param {number} size @param {number} most @param {string} what */
function checkSize(name, size, most, what) {
  if (size > most) throw new Error(`“${name}” is too large: ${megabytes(size)}, where ${what} may have ${megabytes(most)} at most.`);
}

/** @param {Bytes} head A file's first bytes. */
const isPacked = (head) => head[0] === 0x1f && head[1] === 0x8b;

/** What others begin with that hold no table as text, and what is to be done. @type {[number[], string][]} */
const OTHERS = [
  [[0x50, 0x4b, 3, 4], "is a spreadsheet or a ZIP archive: save it as CSV, or unpack it, and choose that file"],
  [[0xd0, 0xcf, 0x11, 0xe0], "is a spreadsheet: save it as CSV and choose that file"],
  [[0x25, 0x50, 0x44, 0x46], "is a PDF: only a table saved as CSV can be read"],
];

/** @param {string} name @param {Bytes} head A file's first bytes. */
function checkKind(name, head) {
  const [, what] = OTHERS.find(([signs]) => signs.every((sign, i) => head[i] === sign)) ?? [];
  if (what) throw new Error(`“${name}” ${/\.(xlsx|xlsm|ods|numbers)$/i.test(name) ? "is a spreadsheet: save it as CSV and choose that file" : what}.`);
}

/** An IDX file begins with two zeros, the kind of its numbers and how many dimensions they have; no text does. @param {Bytes} head @returns {Opened["kind"]} */
const kindOf = (head) => (head.length < 4 || head[0] !== 0 || head[1] !== 0 ? "text" : head[3] === 1 ? "labels" : "images");

/** @param {Opened["kind"]} kind */
const limitOf = (kind) => (kind === "text" ? { most: MOST_TEXT, what: "a table" } : { most: MOST_IDX, what: "a file of images or labels" });

/** @param {File} file */
async function unpacked(file) {
  const parts = [];
  let size = 0;
  const reader = file.stream().pipeThrough(new DecompressionStream("gzip")).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      checkSize(file.name, size, MOST_IDX, "a packed file, unpacked,");
      parts.push(value);
    }
  } catch (error) {
    reader.cancel().catch(() => {});
    if (size > MOST_IDX) throw error;
    throw new Error(`“${file.name}” is packed by gzip and could not be unpacked: it is damaged or cut off.`);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** @param {File} file @returns {Promise<Opened>} */
async function openFile(file) {
  const { name } = file;
  if (file.size === 0) throw new Error(`“${name}” is empty.`);
  const head = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  if (isPacked(head)) {
    checkSize(name, file.size, MOST_IDX, "a packed file");
    const bytes = await unpacked(file);
    const kind = kindOf(bytes);
    const { most, what } = limitOf(kind);
    checkSize(name, bytes.length, most, `${what}, unpacked,`);
    return { name, bytes, kind };
  }
  checkKind(name, head);
  const kind = kindOf(head);
  const { most, what } = limitOf(kind);
  checkSize(name, file.size, most, what); // before it is read
  return { name, bytes: new Uint8Array(await file.arrayBuffer()), kind };
}

/** The first digits of a SHA-256; "" where the page is not served safely and has none. @param {...Bytes} parts */
export async function sumOf(...parts) {
  if (!globalThis.crypto?.subtle) return "";
  const all = parts.length === 1 ? parts[0] : new Uint8Array(await new Blob(parts).arrayBuffer());
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", all));
  return [...digest.slice(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {File[]} files @returns {Promise<Source>} */
export async function readFiles(files) {
  if (files.length > 2) throw new Error(`These are ${files.length} files: choose one with a table, or two in IDX form, images and labels.`);
  const opened = await Promise.all(files.map(openFile));
  const [images, labels] = [opened.find(({ kind }) => kind === "images"), opened.find(({ kind }) => kind === "labels")];
  if (images && labels) return { name: images.name, sum: await sumOf(images.bytes, labels.bytes), images: images.bytes, labels: labels.bytes };
  const one = images ?? labels;
  if (one && opened.length === 1) {
    throw new Error(`“${one.name}” holds ${one.kind} in IDX form. ${images ? "Their labels are" : "The images are"} in another file: choose both together.`);
  }
  if (opened.length > 1) throw new Error(`“${opened[0].name}” and “${opened[1].name}” do not belong together: choose one file with a table, or two in IDX form, images and labels.`);
  const [{ name, bytes }] = opened;
  return { name, sum: await sumOf(bytes), table: bytes };
}

/** @param {string} text @returns {Promise<Source>} */
export async function readPasted(text) {
  const bytes = new TextEncoder().encode(text);
  checkSize("What was pasted", bytes.length, MOST_TEXT, "a table");
  return { name: "pasted", sum: await sumOf(bytes), table: bytes };
}
