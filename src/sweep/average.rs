//! A number that is averaged over seeds: its mean, how sure that is, and what each seed gave.

use super::axes::{metric, vertical};
use super::means::{Cell, Point, means, points};
use super::words::measured;
use crate::error::Result;
use crate::figure::{Axis, Body, Event, Figure, Role, Series};
use crate::lab::MetricSpec;
use crate::labs::find;
use crate::numbers::counted;
use serde::Deserialize;

/// What is averaged.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Average {
    /// The lab's id.
    pub lab: String,
    /// The key of the metric.
    pub metric: String,
}

impl Average {
    /// The runs so far, each at the place of its seed, and their mean in a band of one standard error.
    /// The note is the mean with that error; it is empty where there is no run.
    ///
    /// # Errors
    /// An unknown lab or metric.
    pub fn figure(&self, cells: &[Cell]) -> Result<Figure> {
        let spec = metric(find(&self.lab)?, &self.metric)?;
        let runs = points(cells, spec.key);
        let mean = means(runs.iter().map(|run| (0.0, run.mean)).collect()).pop();
        let seeds = || runs.iter().map(|run| run.x);
        let ends = [seeds().fold(0.0, f64::min) - 0.5, seeds().fold(1.0, f64::max) + 0.5];
        let each = Series::points("each seed", Role::Member, seeds().collect(), values(&runs));
        let level = mean.as_ref().map(|mean| level(mean, ends));
        let y = vertical(spec.label.to_string(), &[&runs]);
        let y = if spec.unit == "fraction" { y.percent() } else { y };
        let series = level.into_iter().chain([each]).collect();
        Ok(Figure {
            key: format!("average-{}", spec.key),
            title: format!("{}, seed by seed", spec.label),
            note: mean.as_ref().map_or(String::new(), |mean| words(spec, mean)),
            description: mean.map_or("No run is done.".to_string(), |mean| told(spec, &mean)),
            body: Body::chart(
                Axis::linear("seed", ends[0], ends[1]),
                y,
                series,
                Vec::<Event>::new(),
            ),
            handles: Vec::new(),
        })
    }
}

fn values(runs: &[Point]) -> Vec<f64> {
    runs.iter().map(|run| run.mean).collect()
}

/// Of the mean; none of a single run.
fn error(mean: &Point) -> Option<f64> {
    mean.deviation.map(|deviation| deviation / libm::sqrt(mean.count as f64))
}

fn level(mean: &Point, ends: [f64; 2]) -> Series {
    let reach = error(mean).unwrap_or(f64::NAN);
    Series {
        low: vec![mean.mean - reach; 2],
        high: vec![mean.mean + reach; 2],
        ..Series::level("mean", Role::Average, ends, mean.mean)
    }
}

/// "8.8 % ± 0.3 %"
fn words(spec: &MetricSpec, mean: &Point) -> String {
    let error = error(mean).map_or(String::new(), |e| format!(" ± {}", measured(spec, e)));
    measured(spec, mean.mean) + &error
}

fn told(spec: &MetricSpec, mean: &Point) -> String {
    let seeds = counted(mean.count as u64, "seed");
    let error = error(mean)
        .map_or(String::new(), |e| format!(", with a standard error of {}", measured(spec, e)));
    format!("{}: {} on average over {seeds}{error}.", spec.label, measured(spec, mean.mean))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(values: &[f64]) -> Figure {
        let average = Average { lab: "playground".into(), metric: "test_error".into() };
        let cell = |(seed, value): (usize, &f64)| Cell {
            x: seed as f64,
            metrics: [("test_error".to_string(), *value)].into(),
        };
        average.figure(&values.iter().enumerate().map(cell).collect::<Vec<Cell>>()).unwrap()
    }

    #[test]
    fn the_mean_stands_in_its_standard_error_and_a_run_that_came_to_nothing_in_none() {
        let figure = figure(&[0.1, f64::NAN, 0.3, 0.2]);
        // a deviation of 0.1 by the square root of three
        assert_eq!(figure.note, "20.0\u{202f}% ± 5.8\u{202f}%");
        assert_eq!(
            figure.description,
            "Test error: 20.0\u{202f}% on average over 3 seeds, with a standard error of 5.8\u{202f}%."
        );
        let Body::Chart(chart) = figure.body else { panic!("a chart") };
        let [mean, each] = &chart.series[..] else { panic!("the mean and the seeds") };
        assert_eq!((&each.x, &each.y), (&vec![0.0, 2.0, 3.0], &vec![0.1, 0.3, 0.2]));
        assert!((mean.y[0] - 0.2).abs() < 1e-15);
        assert!((mean.high[0] - mean.y[0] - 0.1 / 3f64.sqrt()).abs() < 1e-15);
    }

    #[test]
    fn one_run_has_no_error_and_none_has_no_mean() {
        assert_eq!(figure(&[0.25]).note, "25.0\u{202f}%");
        assert_eq!(
            (figure(&[]).note.as_str(), figure(&[]).description.as_str()),
            ("", "No run is done.")
        );
    }

    #[test]
    fn what_the_lab_does_not_measure_is_refused_by_name() {
        let average = Average { lab: "playground".into(), metric: "wrong".into() };
        let message = average.figure(&[]).err().unwrap().to_string();
        assert!(message.starts_with("metric = \"wrong\": must be one of "), "{message}");
    }
}
