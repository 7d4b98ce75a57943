// The main slider of a lab, and a change of it that a hand would make.
import { readFileSync } from "node:fs";
import { sliderScale } from "../../www/page/scale.js";

/**
 * The slider of a lab's main parameter; in a lab without a map the first that stands open. It goes
 * between the stop at the default and the one below, or where there is none the one above.
 * @returns {{lab: string, stepped: boolean, key: string, from: number, to: number, positions: {from: number, to: number}}}
 */
export function mainSlider({ id, parameters, main }) {
  const spec = parameters.find(({ key }) => key === (main?.parameter ?? standingOpen(id)[0]));
  return { lab: id, stepped: !main, key: spec.key, ...change(spec) };
}

/** The keys of the parameters that stand open in a lab. */
export function standingOpen(id) {
  const html = readFileSync(new URL(`../../www/labs/${id}.html`, import.meta.url), "utf8");
  return html.match(/data-main="([^"]*)"/)[1].split(" ");
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
