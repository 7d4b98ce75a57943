// The labs in node, without any page: what the page is held to.
import { readFileSync } from "node:fs";
import * as bindings from "../../www/pkg/regularization_playground.js";

bindings.initSync({ module: readFileSync(new URL("../../www/pkg/regularization_playground_bg.wasm", import.meta.url)) });
export { bindings };

/** The labs that have a map, as the catalogue has them, in the lecture's order. */
export const MAPPED = bindings.catalogue().filter(({ main }) => main);

/** The run that a link holds, at its planned end. */
export function finished(id, query) {
  const run = bindings.Lab.fromQuery(id, query);
  run.advance(run.progress().of);
  return run;
}
