// What every lab comes to, as a picture: drawn anew, it is the one that is shipped.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import test from "node:test";
import { posters } from "../../tools/posters.mjs";

const folder = new URL("../../www/posters/", import.meta.url);

test("every lab has its posters, light and dark, and they show what its default run comes to", async () => {
  const drawn = await posters();
  assert.deepEqual(readdirSync(folder).sort(), [...drawn.keys()].sort());
  const stale = [...drawn].filter(([name, svg]) => readFileSync(new URL(name, folder), "utf8") !== svg).map(([name]) => name);
  assert.deepEqual(stale, [], "run ./build.sh posters");
});
