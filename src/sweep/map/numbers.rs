//! Numbers that are asked of a map: quotients, slopes, how far one curve is from another.

use super::evidence::{CLEAR, Finding, Found, Mean, all, both, near, quotient, told};
use super::state::Map;
use super::words::{at, measured};
use crate::numbers::{list, percent_to};

/// A curve's value at a place.
pub(super) fn value(map: &Map, curve: &'static str, place: f64) -> Result<Finding, Vec<f64>> {
    let mean = near(map, curve, place)?;
    let reach = CLEAR * mean.error;
    let found = Found::Number(mean.value - reach, mean.value + reach);
    Ok(Finding { found, said: told(map, curve, &mean) })
}

/// Its value at one place divided by that at another.
pub(super) fn ratio(
    map: &Map,
    curve: &'static str,
    from: f64,
    to: f64,
) -> Result<Finding, Vec<f64>> {
    let [before, after] = both(near(map, curve, from), near(map, curve, to))?;
    let said = format!("{}, {}", told(map, curve, &before), told(map, curve, &after));
    Ok(Finding { found: quotient(after.value, after.error, before.value, before.error), said })
}

/// What it is multiplied by where the main parameter is multiplied by `times`: by a line of least squares
/// through the logarithms.
pub(super) fn per_times(map: &Map, curve: &'static str, times: f64) -> Result<Finding, Vec<f64>> {
    let means: Vec<Mean> =
        all(map, curve).into_iter().filter(|mean| mean.x > 0.0 && mean.value > 0.0).collect();
    let [first, _, .., last] = &means[..] else { return Err(Vec::new()) };
    if last.x / first.x < times {
        return Err(Vec::new());
    }
    let count = means.len() as f64;
    let middle = means.iter().map(|mean| libm::log(mean.x)).sum::<f64>() / count;
    let across = |mean: &Mean| libm::log(mean.x) - middle;
    let squares: f64 = means.iter().map(|mean| across(mean) * across(mean)).sum();
    let slope =
        means.iter().map(|mean| across(mean) * libm::log(mean.value)).sum::<f64>() / squares;
    let part = |mean: &Mean| across(mean) * mean.error / mean.value;
    let reach =
        CLEAR * libm::sqrt(means.iter().map(|mean| part(mean) * part(mean)).sum()) / squares;
    let factor = |slope: f64| libm::pow(times, slope);
    let said = format!(
        "{} and {}, so that {times} times as many leave {} of it",
        told(map, curve, first),
        told(map, curve, last),
        percent_to(factor(slope), 0)
    );
    Ok(Finding { found: Found::Number(factor(slope - reach), factor(slope + reach)), said })
}

/// How many times as much of the main parameter a curve takes to come down to where another is.
pub(super) fn reaches(
    map: &Map,
    curve: &'static str,
    target: &'static str,
    place: f64,
) -> Result<Finding, Vec<f64>> {
    let goal = near(map, target, place)?;
    let means = all(map, curve);
    let Some(last) = means.last().filter(|last| means.len() > 1 && last.x > goal.x) else {
        return Err(vec![map.main.stops.iter().copied().fold(place, f64::max)]);
    };
    // From where it may have come down, to where it clearly has.
    let [low, high] = [-1.0, 1.0].map(|side| {
        let above = |mean: &Mean| {
            mean.value - goal.value + side * CLEAR * libm::hypot(mean.error, goal.error)
        };
        comes_to_zero(means.iter().map(|mean| (mean.x, above(mean)))).map(|x| x / goal.x)
    });
    let found = Found::Number(low.unwrap_or(last.x / goal.x), high.unwrap_or(f64::INFINITY));
    // Where it is at last, and the place before, where it was not: between the two is the answer.
    let there = means.iter().position(|mean| mean.value <= goal.value).unwrap_or(means.len() - 1);
    let shown = means[..=there].iter().rev().take(2).rev().filter(|mean| mean.x > goal.x);
    let shown: Vec<String> = shown.map(|mean| told(map, curve, mean)).collect();
    let goal = format!("{} ({})", told(map, target, &goal), map.name(target));
    let said = format!("{goal}, {} ({})", list(&shown), map.name(curve));
    Ok(Finding { found, said })
}

/// Where points, from left to right, first come down to 0, by straight lines against logarithms; none
/// where they stay above.
fn comes_to_zero(points: impl Iterator<Item = (f64, f64)>) -> Option<f64> {
    let mut before: Option<(f64, f64)> = None;
    for (x, y) in points {
        if y <= 0.0 {
            let part = |(_, above): (f64, f64)| above / (above - y);
            return Some(before.map_or(0.0, |at| at.0 * libm::pow(x / at.0, part(at))));
        }
        before = Some((x, y));
    }
    None
}

/// How far one curve lies above another at one place, divided by the same at another place.
pub(super) fn gap(
    map: &Map,
    [above, below]: [&'static str; 2],
    [from, to]: [f64; 2],
) -> Result<Finding, Vec<f64>> {
    let at_both = |place: f64| both(near(map, above, place), near(map, below, place));
    let [before, after] = both(at_both(from), at_both(to))?;
    let gap = |[above, below]: [Mean; 2]| above.value - below.value;
    let error = |[above, below]: [Mean; 2]| libm::hypot(above.error, below.error);
    let found = quotient(gap(after), error(after), gap(before), error(before));
    let there = |[upper, lower]: [Mean; 2], names: [&str; 2]| {
        let upper = measured(map.metric(above), upper.value);
        let value = measured(map.metric(below), lower.value);
        let place = at(map.parameter(), lower.x);
        format!("{upper}{} and {value}{} at {place}", names[0], names[1])
    };
    let [upper, lower] = [above, below].map(|curve| format!(" {}", map.name(curve)));
    let said = format!("{}, {}", there(before, [&upper, &lower]), there(after, ["", ""]));
    Ok(Finding { found, said })
}

/// Where a curve lies between two others.
pub(super) fn between(
    map: &Map,
    curves: [&'static str; 3],
    place: f64,
) -> Result<Finding, Vec<f64>> {
    let means = curves.map(|curve| near(map, curve, place));
    let [Ok(own), Ok(low), Ok(high)] = means else { return Err(vec![place]) };
    let (part, whole) = (own.value - low.value, high.value - low.value);
    let found = quotient(
        part,
        libm::hypot(own.error, low.error),
        whole,
        libm::hypot(high.error, low.error),
    );
    let one = |(curve, mean): (&'static str, Mean)| {
        format!("{} {}", map.name(curve), measured(map.metric(curve), mean.value))
    };
    let [own, low, high] = [(curves[0], own), (curves[1], low), (curves[2], high)].map(one);
    let place = at(map.parameter(), place);
    Ok(Finding { found, said: format!("at {place} {high}, {own}, {low}") })
}
