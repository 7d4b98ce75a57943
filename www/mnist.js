// The subset of MNIST: fetched when it is first asked for, never with the page.

import { loadBindings } from "./engine/bindings.js";
import { fetchFile } from "./engine/files.js";

/** @type {Promise<Uint8Array[]> | null} */
let files = null;

/**
 * 5,000 images of 28 x 28 pixels from 0 (paper) to 1 (ink), and their classes, in an order that
 * follows from the seed: the first rows are a fair training set.
 * @param {number} seed A whole number below 2^32.
 * @returns {Promise<{x: Float64Array, y: Float64Array}>}
 */
export async function loadMnist(seed) {
  const [bindings, [images, labels]] = await Promise.all([loadBindings(), mnistFiles()]);
  return bindings.mnist(images, labels, seed);
}

/**
 * What they are made of: a byte a pixel, image after image, sorted by their classes; and a byte a label.
 * @returns {Promise<Uint8Array[]>}
 */
export function mnistFiles() {
  files ??= fetched();
  return files;
}

async function fetched() {
  try {
    const [images, labels] = await Promise.all([bytes("mnist5k-images.u8.gzip"), bytes("mnist5k-labels.u8")]);
    return [await unpacked(images), labels];
  } catch (error) {
    files = null; // the next call tries again
    throw error;
  }
}

/** @param {string} name */
async function bytes(name) {
  const answer = await fetchFile(`data/${name}`).catch(() => null);
  if (!answer?.ok) throw new Error(`the file data/${name} could not be loaded`);
  return new Uint8Array(await answer.arrayBuffer());
}

/** Packed in the file, since few hosts would pack it on its way: 3.9 MB would travel. @param {Uint8Array<ArrayBuffer>} file */
async function unpacked(file) {
  return new Uint8Array(await new Response(new Blob([file]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
}
