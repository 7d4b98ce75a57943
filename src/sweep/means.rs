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
#[derive(Clone, Copy, Debug)]
pub struct Point {
    /// The place.
    pub x: f64,
    /// The mean.
    pub mean: f64,
    /// Of the sample, by n - 1; none for a single run.
    pub deviation: Option<f64>,
    /// Of how many runs.
    pub count: usize,
}

impl Point {
    /// Of the mean; none for a single run.
    pub fn standard_error(&self) -> Option<f64> {
        self.deviation.map(|deviation| deviation / libm::sqrt(self.count as f64))
    }
}

/// One point for every place that has been measured, from left to right.
pub fn points(cells: &[Cell], key: &str) -> Vec<Point> {
    let measured = |cell: &Cell| Some((cell.x, cell.metrics.get(key).copied()?));
    means(cells.iter().filter_map(measured).filter(|(_, value)| value.is_finite()).collect())
}

/// One point for every place of these measurements, from left to right; each is a place and what was
/// measured there, a finite number.
pub(super) fn means(mut measured: Vec<(f64, f64)>) -> Vec<Point> {
    // Stable: what was measured at one place is summed in the order in which it came.
    measured.sort_by(|a, b| a.0.total_cmp(&b.0));
    let at = |here: &[(f64, f64)]| {
        let values: Vec<f64> = here.iter().map(|(_, value)| *value).collect();
        point(here[0].0, &values)
    };
    measured.chunk_by(|a, b| a.0 == b.0).filter_map(at).collect()
}

fn point(x: f64, values: &[f64]) -> Option<Point> {
    let count = values.len();
    let mean = values.iter().sum::<f64>() / count as f64;
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    let deviation = (count > 1).then(|| libm::sqrt(squares / (count as f64 - 1.0)));
    (count > 0).then_some(Point { x, mean, deviation, count })
}
