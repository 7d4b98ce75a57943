//! What the cells of an experiment measured: means and deviations over the seeds.

use serde::Deserialize;
use std::collections::BTreeMap;

/// What one run measured.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    /// The value of the parameter on the horizontal axis.
    pub x: f64,
    /// The metrics by their keys; one that is not finite is left out of the means.
    pub metrics: BTreeMap<String, f64>,
}

/// Mean and standard deviation of one metric at one place.
pub(super) struct Point {
    pub x: f64,
    pub mean: f64,
    /// Of the sample, by n - 1; none for a single run.
    pub deviation: Option<f64>,
}

/// One point for every place that has been measured, from left to right.
pub(super) fn points(cells: &[Cell], key: &str) -> Vec<Point> {
    let mut places: Vec<f64> = cells.iter().map(|cell| cell.x).collect();
    places.sort_by(f64::total_cmp);
    places.dedup();
    let at = |x: f64| {
        let here = cells.iter().filter(|cell| cell.x == x);
        let values: Vec<f64> = here
            .filter_map(|cell| cell.metrics.get(key).copied())
            .filter(|v| v.is_finite())
            .collect();
        point(x, &values)
    };
    places.into_iter().filter_map(at).collect()
}

fn point(x: f64, values: &[f64]) -> Option<Point> {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    let deviation = (values.len() > 1).then(|| libm::sqrt(squares / (count - 1.0)));
    (!values.is_empty()).then_some(Point { x, mean, deviation })
}
