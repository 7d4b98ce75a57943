//! What the points of a map are worth: means with standard errors, and answers within them.

use super::super::means::Point;
use super::curves::means_of;
use super::state::Map;
use super::words::{at, measured};
use crate::figure::Scale;
use crate::lab::{Answer, Trend};

/// What differs by more than so many standard errors differs clearly.
pub(super) const CLEAR: f64 = 2.0;

/// What stands for a place that is asked for: on an axis of ratios up to this many times as far out, on
/// another up to this share of the stops' range away.
const NEAR: (f64, f64) = (1.3, 0.06);

/// An answer, with the measured numbers it rests on.
pub(super) struct Finding {
    pub found: Found,
    /// "88.4 % at p = 0.1, least at p = 0.5 (16.8 %), 25.7 % at p = 1".
    pub said: String,
}

/// An answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Found {
    /// A curve goes so; none of these ways, where it does so clearly.
    Trend(Option<Trend>),
    /// A number between these two.
    Number(f64, f64),
    /// What there is differs by no more than its spread.
    Within,
}

impl Found {
    /// Whether this is what a guess takes for true; nothing where that is not clear.
    pub fn bears_out(self, answer: Answer) -> Option<bool> {
        match (self, answer) {
            (Found::Trend(found), Answer::Trend(guessed)) => Some(found == Some(guessed)),
            (Found::Number(low, high), Answer::Between(from, to)) => {
                let inside = low >= from && (high < to || to == f64::INFINITY);
                let outside = high < from || low >= to;
                (inside || outside).then_some(inside)
            }
            _ => None,
        }
    }
}

/// A mean at a place, with its standard error.
#[derive(Clone, Copy)]
pub(super) struct Mean {
    pub x: f64,
    pub value: f64,
    pub error: f64,
}

/// Whether the first lies below the second; nothing where that is not clear.
pub(super) fn below(a: &Mean, b: &Mean) -> Option<bool> {
    let errors = (b.value - a.value) / libm::hypot(a.error, b.error);
    match () {
        () if errors > CLEAR => Some(true),
        () if errors <= CLEAR / 2.0 => Some(false),
        () => None,
    }
}

/// The means of a metric over all runs that are looked at, from left to right, within the range that is
/// asked about: that of the fill-in.
///
/// The spread that the catalogue states counts as much as one run: two runs alone that happen to agree
/// do not make a certainty.
pub(super) fn all(map: &Map, metric: &'static str) -> Vec<Mean> {
    let relative = map.main.scale_y == Scale::Log;
    let mean = |point: Point| {
        let count = point.count as f64;
        let known = map.main.spread * if relative { point.mean.abs() } else { 1.0 };
        let squares =
            point.deviation.map_or(0.0, |deviation| deviation * deviation * (count - 1.0));
        let error = libm::sqrt((known * known + squares) / count / count);
        Mean { x: point.x, value: point.mean, error }
    };
    let places = map.main.stops.iter().copied().chain(map.main.beside.iter().map(|one| one.at));
    let [low, high] =
        [f64::min, f64::max].map(|end| places.clone().reduce(end).unwrap_or(f64::NAN));
    let asked = |point: &Point| (low..=high).contains(&point.x);
    means_of(map, metric).into_iter().filter(asked).map(mean).collect()
}

/// The mean nearest to a place, if it is near enough.
pub(super) fn near(map: &Map, metric: &'static str, place: f64) -> Result<Mean, Vec<f64>> {
    let distance = |mean: &Mean| away(map, mean.x, place);
    let means = all(map, metric);
    let nearest = means.into_iter().min_by(|a, b| distance(a).total_cmp(&distance(b)));
    nearest.filter(|mean| distance(mean) <= 1.0).ok_or(vec![place])
}

/// The distance of two places; above 1 they do not stand for each other.
pub(super) fn away(map: &Map, x: f64, place: f64) -> f64 {
    if x == place {
        return 0.0;
    }
    if map.main.scale_x == Scale::Log {
        let ratio = libm::log(x / place).abs() / libm::log(NEAR.0);
        return if ratio.is_finite() { ratio } else { f64::INFINITY };
    }
    let [low, high] = [f64::min, f64::max]
        .map(|end| map.main.stops.iter().copied().reduce(end).expect("a map has stops"));
    (x - place).abs() / (NEAR.1 * (high - low))
}

/// "16.8 % at p = 0.5".
pub(super) fn told(map: &Map, metric: &'static str, mean: &Mean) -> String {
    format!("{} at {}", measured(map.metric(metric), mean.value), at(map.parameter(), mean.x))
}

/// The interval of a quotient of two numbers with standard errors.
pub(super) fn quotient(above: f64, error: f64, below: f64, error_below: f64) -> Found {
    if below.abs() <= CLEAR * error_below {
        return Found::Within;
    }
    let ratio = above / below;
    let reach = CLEAR * libm::hypot(error, ratio * error_below) / below.abs();
    Found::Number(ratio - reach, ratio + reach)
}

/// Both, or all places where runs are wanting.
pub(super) fn both<T>(
    first: Result<T, Vec<f64>>,
    second: Result<T, Vec<f64>>,
) -> Result<[T; 2], Vec<f64>> {
    match (first, second) {
        (Ok(first), Ok(second)) => Ok([first, second]),
        (Err(first), Err(second)) => Err([first, second].concat()),
        (Err(wanting), _) | (_, Err(wanting)) => Err(wanting),
    }
}
