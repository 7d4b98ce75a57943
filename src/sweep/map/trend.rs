//! How a curve of a map goes.

use super::evidence::{CLEAR, Finding, Found, Mean, all, away, below, told};
use super::state::Map;
use super::words::{at, measured};
use crate::figure::Scale;
use crate::lab::Trend;

/// How a curve goes from one place to another, or where runs are wanting.
pub(super) fn trend(
    map: &Map,
    curve: &'static str,
    from: f64,
    to: f64,
) -> Result<Finding, Vec<f64>> {
    let near = |mean: &Mean, place: f64| away(map, mean.x, place) <= 1.0;
    let asked = |mean: &Mean| (from..=to).contains(&mean.x) || near(mean, from) || near(mean, to);
    let means: Vec<Mean> = all(map, curve).into_iter().filter(asked).collect();
    let wanting = |place: &f64| means.iter().all(|mean| !near(mean, *place));
    let missing: Vec<f64> = [from, to].into_iter().filter(wanting).collect();
    match &means[..] {
        [first, inner @ .., last] if missing.is_empty() && !inner.is_empty() => {
            Ok(between(map, curve, first, inner, last))
        }
        _ => Err(missing),
    }
}

/// The answer of means at both ends and in between.
fn between(map: &Map, curve: &'static str, first: &Mean, inner: &[Mean], last: &Mean) -> Finding {
    let by_value = |a: &&Mean, b: &&Mean| a.value.total_cmp(&b.value);
    let least = inner.iter().min_by(by_value).expect("one between the ends");
    let most = inner.iter().max_by(by_value).expect("one between the ends");
    let both = |first: Option<bool>, last: Option<bool>| match (first, last) {
        (Some(true), Some(true)) => Some(true),
        (Some(false), _) | (_, Some(false)) => Some(false),
        _ => None,
    };
    let valley = both(below(least, first), below(least, last));
    let hill = both(below(first, most), below(last, most));
    let found = match (valley, hill) {
        (None, _) | (_, None) => Found::Within,
        (Some(true), Some(true)) => Found::Trend(None),
        (Some(true), _) => Found::Trend(Some(Trend::FallsThenRises)),
        (_, Some(true)) => Found::Trend(Some(Trend::RisesThenFalls)),
        _ if below(last, first) == Some(true) => Found::Trend(Some(Trend::Falls)),
        _ if below(first, last) == Some(true) => Found::Trend(Some(Trend::Rises)),
        _ if is_level(map, &[first, least, most, last]) => Found::Trend(Some(Trend::Level)),
        _ => Found::Within,
    };
    let [start, end] = [first, last].map(|mean| told(map, curve, mean));
    let turn = |word: &str, mean: &Mean| {
        let value = measured(map.metric(curve), mean.value);
        format!("{start}, {word} at {} ({value}), {end}", at(map.parameter(), mean.x))
    };
    let said = match (valley, hill) {
        (None | Some(true), _) => turn("least", least),
        (_, None | Some(true)) => turn("most", most),
        _ => format!("{start}, {end}"),
    };
    Finding { found, said }
}

/// Whether means differ by no more than single runs of one setting do.
fn is_level(map: &Map, means: &[&Mean]) -> bool {
    let least = means.iter().map(|mean| mean.value).fold(f64::INFINITY, f64::min);
    let most = means.iter().map(|mean| mean.value).fold(f64::NEG_INFINITY, f64::max);
    let unit = if map.main.scale_y == Scale::Log { least.abs() } else { 1.0 };
    most - least <= CLEAR * map.main.spread * unit
}
