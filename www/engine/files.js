// The files that lie beside the scripts, by their place in the folder: the one way to any of them. In a single
// file (tools/bundle.mjs) they are inside, under the same names.

/** @param {string} place As seen from the folder of `index.html`. */
export const fileUrl = (place) => new URL(`../${place}`, import.meta.url);

/** Pages keep their addresses; what they are made of may lie elsewhere (tools/site.mjs). @param {string} page Its name; "" for the folder. */
export const pageUrl = (page) => new URL(`../${page}`, import.meta.url);

/** @param {string} place @param {RequestInit} [options] @returns {Promise<Response>} */
export async function fetchFile(place, options) {
  const url = fileUrl(place);
  const { process } = /** @type {{process?: {versions?: {node?: string}}}} */ (globalThis);
  if (url.protocol !== "file:" || !process?.versions?.node) return fetch(url, options);
  const name = "node:fs/promises"; // node fetches no files
  const { default: files } = await import(/* @vite-ignore */ /* webpackIgnore: true */ name);
  return new Response(await files.readFile(url));
}
