//! What the points of a map say to what is asked of them.

use super::evidence::Finding;
use super::numbers::{between, gap, per_times, ratio, reaches, value};
use super::state::Map;
use super::trend::trend;
use crate::lab::Ask;

/// What the points say to what the map asks.
///
/// # Errors
/// The places at which runs are wanting; none where it takes one more, anywhere.
pub(super) fn find(map: &Map) -> Result<Finding, Vec<f64>> {
    match map.main.ask {
        Ask::Trend { curve, from, to } => trend(map, curve, from, to),
        Ask::Value { curve, at } => value(map, curve, at),
        Ask::Ratio { curve, from, to } => ratio(map, curve, from, to),
        Ask::PerTimes { curve, times } => per_times(map, curve, times),
        Ask::Reaches { curve, target, at } => reaches(map, curve, target, at),
        Ask::Gap { above, below, from, to } => gap(map, [above, below], [from, to]),
        Ask::Between { curve, low, high, at } => between(map, [curve, low, high], at),
    }
}
