// The package as a script in node sees it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import * as lab from "../../www/pkg/regularization_playground.js";

lab.initSync({ module: readFileSync(new URL("../../www/pkg/regularization_playground_bg.wasm", import.meta.url)) });

test("the version is that of the package", () => {
  const { version } = JSON.parse(readFileSync(new URL("../../www/pkg/package.json", import.meta.url)));
  assert.equal(lab.version(), version);
});

test("the catalogue lists labs", () => {
  const labs = lab.catalogue();
  assert.ok(Array.isArray(labs) && labs.length > 0);
});
