//! What the lab of the formula shows.

use super::formula::{FIGURES, Formula};
use super::{expected, sizes};
use crate::figure::{Axis, Body, Event, Figure, Heat, Mark, Role, Run, Series, round_up};
use crate::numbers::{counted, fixed, percent};

impl Formula {
    /// A figure; one of what is drawn says so where nothing is drawn yet.
    fn figure_of(&self, key: &str, note: String, description: String, body: Body) -> Figure {
        let nothing = self.drawn == 0 && ["drawn", "course"].contains(&key);
        let why = || "Nothing is drawn yet.".to_string();
        let (note, description) = if nothing { (why(), why()) } else { (note, description) };
        Figure::of(FIGURES, key, note, description, body)
    }

    pub(super) fn sizes_figure(&self) -> Figure {
        let (v, c) = (self.variance, self.covariance);
        let possible = |n: f64| expected(v, c, n) >= 0.0;
        let x: Vec<f64> = sizes().into_iter().filter(|&n| possible(n)).collect();
        let y = x.iter().map(|&n| expected(v, c, n)).collect();
        let mut series = vec![
            Series::line("v", Role::Neutral, vec![1.0, 30.0], vec![v, v]).of_run(Run::B),
            Series::line("formula", Role::Theory, x, y),
        ];
        if c > 0.0 && c < v {
            let limit = Series::line("c", Role::Theory, vec![1.0, 30.0], vec![c, c]);
            series.insert(1, limit.of_run(Run::B));
        }
        if self.drawn > 0 {
            series.push(self.measured_series());
        }
        let x = Axis::linear("n, predictors averaged", 0.0, 30.0);
        let y = Axis::linear("mean squared error", 0.0, 1.1 * v);
        let events = vec![Event { x: self.n as f64, label: format!("n = {}", self.n) }];
        let body = Body::chart(x, y, series, events);
        let predicted = self.predicted();
        let note = format!("at n = {}: {} of v", self.n, percent(predicted / v));
        let description = format!(
            "The expected squared error of an average falls from v = {v} at one predictor to \
             {} at {}. The points are the averages of the first 1, 2, … of the {} errors drawn for \
             each of {}, with two standard errors to either side.",
            fixed(predicted, 4),
            self.n,
            self.n,
            counted(self.drawn as u64, "example")
        );
        self.figure_of("sizes", note, description, body)
    }

    fn measured_series(&self) -> Series {
        let sizes = 1..=self.n;
        let x: Vec<f64> = sizes.clone().map(|size| size as f64).collect();
        let found: Vec<(f64, f64)> = sizes.map(|size| self.measured(size)).collect();
        let y = found.iter().map(|(mean, _)| *mean).collect();
        let end = |sign: f64| found.iter().map(|(mean, se)| mean + sign * 2.0 * se).collect();
        let points = Series::line("measured", Role::Average, x, y).with_mark(Mark::Points);
        Series { low: end(-1.0), high: end(1.0), ..points }
    }

    fn heat(&self, label: &str, values: Vec<f64>) -> Body {
        Body::Heat(Heat {
            label: label.to_string(),
            items: ["predictor", "predictor"].map(String::from),
            rows: self.n,
            columns: self.n,
            low: -self.variance,
            high: self.variance,
            values,
            ..Heat::default()
        })
    }

    pub(super) fn matrix_figure(&self) -> Figure {
        let (n, v, c) = (self.n, self.variance, self.covariance);
        let values = (0..n * n).map(|i| if i / n == i % n { v } else { c }).collect();
        let note = format!("{n} × v, {} × c", n * (n - 1));
        let description = format!(
            "A matrix of {n} rows and {n} columns: v = {v} on the diagonal, c = {c} everywhere \
             else. The error of the average is the sum of all {} entries over {n}² = {}.",
            n * n,
            n * n
        );
        self.figure_of("matrix", note, description, self.heat("E[ε ε′]", values))
    }

    pub(super) fn drawn_figure(&self) -> Figure {
        let (variance, covariance) = self.measured_moments();
        let off = format!(" and {} off it", fixed(covariance, 4));
        let off = if self.n > 1 { off } else { String::new() };
        let note = counted(self.drawn as u64, "example");
        let description = format!(
            "The mean products of the errors of {note}: {} on the diagonal on average{off}.",
            fixed(variance, 4)
        );
        self.figure_of("drawn", note, description, self.heat("mean of ε ε′", self.moments()))
    }

    pub(super) fn course_figure(&self) -> Figure {
        let predicted = self.predicted();
        let (measured, se) = self.measured(self.n);
        let now = |value| (self.drawn as f64, value);
        let line =
            |curve, value| self.curves.series(curve, "measured", Role::Average, Run::A, now(value));
        let band =
            [(1, measured - 2.0 * se), (2, measured + 2.0 * se)].map(|(i, value)| line(i, value).y);
        let [low, high] = band;
        let end = self.planned_samples().max(self.drawn as f64);
        let theory = vec![predicted, predicted];
        let series = vec![
            Series::line("formula", Role::Theory, vec![0.0, end], theory),
            Series { low, high, ..line(0, measured) },
        ];
        // The range of the last sample's band, in round numbers: the start is far off and may be cut.
        let spread = (8.0 * se).max(4.0 * (measured - predicted).abs());
        let reach = if self.drawn > 0 { round_up(spread.max(1e-6)) } else { self.variance / 10.0 };
        let y = Axis::linear("mean squared error", (predicted - reach).max(0.0), predicted + reach);
        let x = Axis::linear("examples", 0.0, end);
        let body = Body::chart(x, y, series, Vec::new());
        let ends = [measured, predicted, measured - 2.0 * se, measured + 2.0 * se];
        let [measured, predicted, low, high] = ends.map(|error| fixed(error, 4));
        let note = format!("{measured} against {predicted}");
        let description = format!(
            "After {} the measured error is {measured}, within two standard errors from {low} to \
             {high}; the formula says {predicted}.",
            counted(self.drawn as u64, "example")
        );
        self.figure_of("course", note, description, body)
    }
}
