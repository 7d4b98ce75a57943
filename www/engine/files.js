// The files that lie beside the scripts, by their place in the folder: the one way to any of them. In a single
// file (tools/bundle.mjs) they are inside, under the same names.

/** @param {string} place As seen from the folder of `index.html`. */
export const fileUrl = (place) => new URL(`../${place}`, import.meta.url);

/** @param {string} place @param {RequestInit} [options] @returns {Promise<Response>} */
export const fetchFile = (place, options) => fetch(fileUrl(place), options);
