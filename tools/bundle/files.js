// Stands in the place of engine/files.js in a single file, where all files are parts of the page: texts by their
// places in one block of data, the module in another, both packed by gzip and written in base 64; the scripts are
// the one that runs.

/** @type {Record<string, {type: string, text: string}>} */
let texts = {};
/** Addresses that were asked for before: one for each file. @type {Map<string, URL>} */
const urls = new Map();

/** @param {string} id */
const textOf = (id) => document.getElementById(id).textContent;

/** What a block of data holds. @param {string} id @param {string} type */
function unpacked(id, type) {
  const packed = Uint8Array.from(atob(textOf(id)), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream, { headers: { "Content-Type": type } });
}

/** Before anything is asked for. */
export async function unpackFiles() {
  texts = await unpacked("files", "application/json").json();
}

/** This page, without what its address says to it. */
const self = () => new URL(location.href.replace(/[?#].*/s, ""));

/** @param {string} place */
function newUrl(place) {
  const { type, text } = place === "engine/worker.js" ? { type: "text/javascript", text: textOf("scripts") } : texts[place];
  return new URL(URL.createObjectURL(new Blob([text], { type })));
}

/** Every other page is this one. */
export const pageUrl = self;

/** @param {string} place */
export function fileUrl(place) {
  const url = urls.get(place) ?? newUrl(place);
  urls.set(place, url);
  return url;
}

/** @param {string} place @returns {Promise<Response>} */
export async function fetchFile(place) {
  if (place.endsWith(".wasm")) return unpacked("module", "application/wasm");
  const file = texts[place];
  return file ? new Response(file.text, { headers: { "Content-Type": file.type } }) : new Response(null, { status: 404 });
}
