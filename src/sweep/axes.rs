//! What charts of many runs share.

use super::means::Point;
use crate::error::{Error, Result};
use crate::figure::{Axis, round_up};
use crate::lab::{LabSpec, MetricSpec};
use crate::value::{Value, one_of};

/// From this ratio of the largest mean to the smallest, an axis counts by ratios; up to it, a reader
/// compares means with 0.
const VERY_WIDE: f64 = 50.0;

/// A metric of a lab by its key.
pub(super) fn metric(spec: &'static LabSpec, key: &str) -> Result<&'static MetricSpec> {
    spec.metrics.iter().find(|metric| metric.key == key).ok_or_else(|| {
        let given = Value::Text(key.to_string());
        let known = one_of(spec.metrics.iter().map(|metric| metric.key));
        Error::invalid(format!("metric = {given}: must be {known}"))
    })
}

pub(super) fn vertical(label: String, points: &[&Vec<Point>]) -> Axis {
    let all = || points.iter().copied().flatten();
    let means = || all().map(|point| point.mean);
    let least = means().fold(f64::INFINITY, f64::min);
    let most = means().fold(f64::NEG_INFINITY, f64::max);
    let end = |point: &Point, sign: f64| point.mean + sign * point.deviation.unwrap_or(0.0);
    let highest = all().map(|point| end(point, 1.0)).fold(0.0, f64::max);
    let lowest = all().map(|point| end(point, -1.0)).fold(0.0, f64::min);
    if least > 0.0 && most / least >= VERY_WIDE {
        return Axis::log(label, least / 2.0, highest * 1.2);
    }
    let floor = if least < 0.0 { -round_up(-lowest) } else { 0.0 };
    Axis::linear(label, floor, round_up(highest))
}
