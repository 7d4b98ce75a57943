// The main slider of a lab, and a change of it that a hand would make.
import { readFileSync } from "node:fs";
import { isNumber, sliderScale } from "../../www/page/scale.js";

/**
 * The first slider that stands open in a lab and does more than to choose what is shown. It goes
 * between the stop at the default and the one below, or where there is none the one above.
 * @returns {{lab: string, key: string, from: number, to: number, positions: {from: number, to: number}}}
 */
export function mainSlider({ id, parameters }) {
  const html = readFileSync(new URL(`../../www/labs/${id}.html`, import.meta.url), "utf8");
  const [, keys] = html.match(/data-main="([^"]*)"/);
  const spec = keys.split(" ").map((key) => parameters.find((spec) => spec.key === key)).find((spec) => isNumber(spec) && !spec.view);
  return { lab: id, key: spec.key, ...change(spec) };
}

/** The change of one number on its slider. */
export function change(spec) {
  const scale = sliderScale(spec);
  const stop = (value) => ({ value, position: scale.toPosition(value) });
  const to = stop(scale.toValue(scale.toPosition(spec.default)));
  const from = [-1, 1].map((way) => to.position + way * scale.stop)
    .filter((position) => position > scale.min - scale.stop / 2 && position < scale.max + scale.stop / 2)
    .map((position) => stop(scale.toValue(position))).find(({ value }) => value !== to.value);
  return { from: from.value, to: to.value, positions: { from: from.position, to: to.position } };
}
