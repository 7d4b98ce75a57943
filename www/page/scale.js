// Where a slider stands for a value, and the value for where it stands.

const STOPS_A_DECADE = 20;

/** @import {Metrics, Params, ParamSpec, SliderPlace} from "../pkg/regularization_playground.js" */

/** A parameter that is a number. @typedef {ParamSpec & {min: number, max: number, step: number}} NumberSpec */

/** @param {ParamSpec} spec @returns {spec is NumberSpec} */
export function isNumber(spec) {
  return spec.kind === "real" || spec.kind === "integer";
}

/** Whether a number is one of its values, whatever the others are. @param {ParamSpec} spec @param {number} number */
export const allows = (spec, number) => isNumber(spec) && number >= spec.min && number <= spec.max && (spec.kind === "real" || Number.isInteger(number));

/** @typedef {{params: Params, metrics: Metrics, limits: Record<string, number>}} Stand How the run stands. */

/** @param {SliderPlace} place @param {Stand} stand @param {string} key The parameter whose slider it is on. */
export function valueAt(place, { params, metrics, limits }, key) {
  if ("number" in place) return place.number;
  if ("data" in place) return limits[key];
  return "metric" in place ? metrics[place.metric] : Number(params[place.parameter]);
}

/** The range as it is in this run: no more images than there are. @param {NumberSpec} spec @param {Stand} stand @returns {NumberSpec} */
export function within(spec, stand) {
  const [min, max] = (spec.within ?? []).map((place) => valueAt(place, stand, spec.key));
  return min <= max ? { ...spec, min, max } : spec;
}

/**
 * Positions are the values themselves on a linear slider, and stops 0, 1, 2… on a logarithmic one.
 * @typedef {object} Scale
 * @property {number} min The first position.
 * @property {number} max The last one.
 * @property {number} least The value at the first position.
 * @property {number} most The value at the last one.
 * @property {number} stop How far apart the stops are, in positions.
 * @property {(position: number) => number} toValue The value at the nearest stop.
 * @property {(value: number) => number} toPosition
 */

/** @param {NumberSpec} spec @returns {Scale} */
export function sliderScale(spec) {
  return spec.scale === "log" ? logScale(spec) : linearScale(spec);
}

/** @param {NumberSpec} spec @returns {Scale} */
function linearScale({ min, max, step }) {
  // stops are whole numbers of steps, also where the range begins between two
  const first = Number.isInteger(tidy(min / step, 9)) ? 0 : min - Math.ceil(min / step) * step;
  /** @param {number} position */
  const nearest = (position) => min - first + Math.round((position - min + first) / step) * step;
  return {
    min,
    max,
    least: min,
    most: max,
    stop: step,
    // a browser gives the ends back with fewer digits
    toValue: (position) => (position - min < 1e-6 * step ? min : max - position < 1e-6 * step ? max : tidy(nearest(position), 12)),
    toPosition: (value) => value,
  };
}

/**
 * Equal ratios; where the range starts at 0, the first stop is 0 and the second is `step`.
 * @param {NumberSpec} spec @returns {Scale}
 */
function logScale({ min, max, step, kind }) {
  const first = min > 0 ? min : step;
  const offset = min > 0 ? 0 : 1;
  const decades = Math.log10(max / first);
  const stops = Math.max(1, Math.round(decades * STOPS_A_DECADE));
  const ratio = decades / stops || 1; // also where one value is all there is
  /** @param {number} value */
  const round = (value) => (kind === "integer" ? Math.round(value) : tidy(value, 2));
  return {
    min: 0,
    max: stops + offset,
    least: min,
    most: max,
    stop: 1,
    toValue(dragged) {
      const position = Math.round(dragged);
      if (position < offset) return 0;
      if (position >= stops + offset) return max;
      if (position === offset) return first;
      return Math.min(max, Math.max(first, round(first * 10 ** (ratio * (position - offset)))));
    },
    toPosition(value) {
      if (value <= 0) return 0;
      return offset + Math.log10(Math.max(value, first) / first) / ratio;
    },
  };
}

/** @param {number} value @param {number} digits */
function tidy(value, digits) {
  return Number(value.toPrecision(digits));
}
