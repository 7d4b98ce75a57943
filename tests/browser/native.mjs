// The labs in node, without any page: what the page is held to.
import { readFileSync } from "node:fs";
import * as bindings from "../../www/pkg/regularization_playground.js";

bindings.initSync({ module: readFileSync(new URL("../../www/pkg/regularization_playground_bg.wasm", import.meta.url)) });
export { bindings };

/** One lab of each kind: with a network, a curve, images, a formula alone, and without a map. */
const KINDS = ["playground", "l2_noise", "weight_sharing_cnn", "ensemble_formula", "dropout_example"];

/** The labs that tours go through, in the lecture's order: every one where `EVERY_LAB` is set, else one of each kind. */
export const TOURED = bindings.catalogue().filter(({ id }) => process.env.EVERY_LAB || KINDS.includes(id));

/** The run that a link holds, at its planned end. */
export function finished(id, query) {
  const run = bindings.Lab.fromQuery(id, query);
  run.advance(run.progress().of);
  return run;
}
