// The subset of MNIST, through the package and through the page's loader.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import files from "node:fs/promises";
import test from "node:test";
import { gunzipSync } from "node:zlib";
import * as lab from "../../www/pkg/regularization_playground.js";
import { loadMnist } from "../../www/mnist.js";

const www = new URL("../../www/", import.meta.url);
lab.initSync({ module: readFileSync(new URL("pkg/regularization_playground_bg.wasm", www)) });

const packed = readFileSync(new URL("data/mnist5k-images.u8.gzip", www));
const images = new Uint8Array(gunzipSync(packed));
const labels = new Uint8Array(readFileSync(new URL("data/mnist5k-labels.u8", www)));

test("the files become 5,000 images in an order that follows from the seed", () => {
  const { x, y } = lab.mnist(images, labels, 1);
  assert.deepEqual([x.length, y.length], [5000 * 784, 5000]);
  assert.ok(x.every((pixel) => pixel >= 0 && pixel <= 1));
  for (let digit = 0; digit < 10; digit++) assert.equal(y.filter((label) => label === digit).length, 500);
  assert.deepEqual(lab.mnist(images, labels, 1).y, y);
  assert.notDeepEqual(lab.mnist(images, labels, 2).y, y);
});

test("little of them travels, and it is what the native tests read", () => {
  assert.ok(packed.length + labels.length <= 1.2e6, `${packed.length} bytes`);
  assert.deepEqual(images, new Uint8Array(readFileSync(new URL("../reference/mnist5k-images.u8", import.meta.url))));
});

test("what is no such file is refused in words", () => {
  assert.throws(() => lab.mnist(images.subarray(1), labels, 1),
    /images has 3919999 bytes and labels 5000: images must have 784 bytes for each label/);
  assert.throws(() => lab.mnist(new Uint8Array(784), new Uint8Array([12]), 1), /labels\[0\] = 12: must be a digit/);
  assert.throws(() => lab.mnist(images, labels, 3.7), /seed = 3.7: must be a whole number/);
});

test("the loader reads the files once, and tries again after a failure", async (t) => {
  const { readFile } = files;
  const asked = [];
  const mock = t.mock.method(files, "readFile", async (url) => {
    if (url.pathname.includes("/data/")) throw new TypeError("offline");
    return readFile(url);
  });
  await assert.rejects(loadMnist(1), /the file data\/mnist5k-images\.u8\.gzip could not be loaded/);
  mock.mock.mockImplementation((url) => {
    asked.push(url.pathname.split("/").pop());
    return readFile(url);
  });
  assert.deepEqual((await loadMnist(1)).y, lab.mnist(images, labels, 1).y);
  assert.deepEqual((await loadMnist(2)).y, lab.mnist(images, labels, 2).y);
  assert.deepEqual(asked.filter((name) => name.startsWith("mnist5k")), ["mnist5k-images.u8.gzip", "mnist5k-labels.u8"]);
});
