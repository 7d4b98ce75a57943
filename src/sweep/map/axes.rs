//! The axes of a map: they hold all that is on it, and move as rarely as can be.

use super::state::Map;
use super::words::symbol;
use crate::figure::{Axis, Scale, round_up};
use crate::param::ParamSpec;

/// Of the slider's range, the stops take less than this where the axis keeps to them.
const NARROW: f64 = 0.7;

/// Where an axis that starts near 0, compared with its end, starts at 0 itself.
const NEAR_ZERO: f64 = 0.1;

/// From the lowest place on an axis of ratios down to exactly 0, which has a place apart: not quite a
/// power of ten, so that none is written where 0 is.
const APART: f64 = 9.0;

/// The horizontal axis: the slider's whole range, or that of the stops where that is much narrower and
/// nothing stands outside it.
pub(super) fn across(map: &Map) -> Axis {
    let parameter = map.parameter();
    let label = match parameter.symbol {
        "" => parameter.label.to_lowercase(),
        symbol => format!("{} {symbol}", parameter.label.to_lowercase()),
    };
    let places = || {
        let runs = map.runs.iter().chain(&map.now).map(|run| run.x);
        map.main.stops.iter().copied().chain(runs).chain([map.at])
    };
    let log = map.main.scale_x == Scale::Log;
    let placed = |x: f64| if log { libm::log10(x) } else { x };
    let [stops, slider] =
        [ends(map.main.stops.iter().copied(), log), range(parameter, places(), log)];
    let width = |(low, high): (f64, f64)| placed(high) - placed(low);
    let inside = |x: f64| x == 0.0 && log || (stops.0..=stops.1).contains(&x);
    let narrow = width(stops) < NARROW * width(slider) && places().all(inside);
    let (low, high) = if narrow { stops } else { slider };
    if !log {
        let low = if low > 0.0 && low <= NEAR_ZERO * high { 0.0 } else { low };
        return Axis::linear(label, low, high);
    }
    let zero = places().any(|x| x == 0.0);
    Axis::log(label, if zero { low / APART } else { low }, high)
}

/// The least and the largest of places; on an axis of ratios, of those above 0.
fn ends(places: impl Iterator<Item = f64>, log: bool) -> (f64, f64) {
    let placed = places.filter(|&x| !log || x > 0.0);
    placed.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)))
}

/// The slider's range, where it goes by ratios from the lowest place that is above 0.
fn range(parameter: &ParamSpec, places: impl Iterator<Item = f64>, log: bool) -> (f64, f64) {
    let (low, high) = (parameter.min.unwrap_or(0.0), parameter.max.unwrap_or(1.0));
    (if log && low <= 0.0 { ends(places, log).0 } else { low }, high)
}

/// The vertical axis for these values: from 0 to a round number, or between round powers.
pub(super) fn up(map: &Map, values: impl Iterator<Item = f64> + Clone) -> Axis {
    let label = map.main.up;
    let percent = map.main.curves.iter().all(|curve| map.metric(curve.metric).unit == "fraction");
    let axis = if map.main.scale_y == Scale::Log {
        let zero = values.clone().any(|value| value == 0.0);
        let (low, high) = ends(values, true);
        let (low, high) =
            if low > high { (0.1, 1.0) } else { (rounded(low, -1), rounded(high, 1)) };
        // Exactly 0 lies at the start, below all that has a place of its own.
        Axis::log(label, if zero { low / APART } else { low }, high.max(low * 10.0))
    } else {
        let (low, high) = ends(values, false);
        let floor = if low < 0.0 { -round_up(-low) } else { 0.0 };
        Axis::linear(label, floor, if high > 0.0 { round_up(high) } else { 1.0 })
    };
    if percent { axis.percent() } else { axis }
}

/// The next of 1 and 3 times a power of ten that is not above (-1) or not below (1) a number.
fn rounded(value: f64, side: i32) -> f64 {
    let exponent = crate::numbers::magnitude(value);
    let power = |exponent: i32| libm::pow(10.0, f64::from(exponent));
    let steps = [power(exponent), 3.0 * power(exponent), power(exponent + 1)];
    let found = match side {
        1 => steps.into_iter().find(|step| *step >= value),
        _ => steps.into_iter().rev().find(|step| *step <= value),
    };
    found.unwrap_or(value)
}

/// A place in the unit square as a place on two axes.
pub(super) fn on(x: &Axis, y: &Axis, [across, up]: [f64; 2]) -> (f64, f64) {
    (along(x, across), along(y, up))
}

fn along(axis: &Axis, part: f64) -> f64 {
    match axis.scale {
        Scale::Linear => axis.min + part * (axis.max - axis.min),
        Scale::Log => axis.min * libm::pow(axis.max / axis.min, part),
    }
}

/// "Test error against p".
pub(super) fn title(map: &Map) -> String {
    let mut up = map.main.up.chars();
    let first = up.next().into_iter().flat_map(char::to_uppercase);
    format!("{}{} against {}", first.collect::<String>(), up.as_str(), symbol(map.parameter()))
}
