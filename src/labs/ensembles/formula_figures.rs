//! What the lab of the formula shows.

use super::drawn::Measured;
use super::formula::Formula;
use super::moments::{MOST_MEMBERS, Moments, sizes};
use crate::figure::{Axis, Body, Event, Heat, Role, Series, round_up};
use crate::lab::Picture;
use crate::numbers::{counted, fixed, percent};

impl Formula {
    /// A picture of what is drawn, which says so where nothing is drawn yet.
    fn of_drawn(&self, picture: Picture) -> Picture {
        if self.drawn.examples > 0 {
            return picture;
        }
        Picture { body: picture.body, ..Picture::empty("Nothing is drawn yet.") }
    }

    pub(super) fn sizes_picture(&self) -> Picture {
        let Moments { v, c, n } = self.moments;
        let curve = sizes().into_iter().map(|n| (n, self.moments.expected_at(n)));
        let (x, y) = curve.filter(|(_, error)| *error >= 0.0).unzip();
        let level = |name: &str, role: Role, at: f64| {
            Series::level(name, role, [1.0, f64::from(MOST_MEMBERS)], at).dashed()
        };
        let mut series =
            vec![level("v", Role::Neutral, v), Series::line("formula", Role::Theory, x, y)];
        if c > 0.0 && c < v {
            series.insert(1, level("c", Role::Theory, c));
        }
        if self.drawn.examples > 0 {
            series.push(self.measured_series());
        }
        let x = Axis::linear("n, predictors averaged", 0.0, f64::from(MOST_MEMBERS));
        let y = Axis::linear("mean squared error", 0.0, 1.1 * v);
        let events = vec![Event { x: n, label: format!("n = {n}") }];
        let body = Body::chart(x, y, series, events);
        let predicted = self.moments.expected();
        let note = format!("at n = {n}: {} of v", percent(predicted / v));
        let description = format!(
            "The expected squared error of an average falls from v = {v} at one predictor to \
             {} at {n}. The points are the averages of the first 1, 2, … of the {n} errors drawn for \
             each of {}, with two standard errors to either side.",
            fixed(predicted, 4),
            self.examples()
        );
        Picture { note, description, body }
    }

    fn examples(&self) -> String {
        counted(self.drawn.examples as u64, "example")
    }

    fn measured_series(&self) -> Series {
        let found: Vec<Measured> =
            (1..=self.n()).map(|size| self.drawn.measured_at(size)).collect();
        let of = |value: fn(&Measured) -> f64| found.iter().map(value).collect();
        let x = (1..=self.n()).map(|size| size as f64).collect();
        let points = Series::points("measured", Role::Average, x, of(|at| at.mean));
        Series { low: of(|at| at.low()), high: of(|at| at.high()), ..points }
    }

    fn heat(&self, label: &str, values: Vec<f64>) -> Body {
        let (items, n) = (["predictor", "predictor"], self.n());
        Body::Heat(Heat::new(label, items, (n, n), self.moments.v, values))
    }

    pub(super) fn matrix_picture(&self) -> Picture {
        let (Moments { v, c, .. }, n) = (self.moments, self.n());
        let values = (0..n * n).map(|i| if i / n == i % n { v } else { c }).collect();
        let note = format!("{n} × v, {} × c", n * (n - 1));
        let description = format!(
            "A matrix of {n} rows and {n} columns: v = {v} on the diagonal, c = {c} everywhere \
             else. The error of the average is the sum of all {} entries over {n}² = {}.",
            n * n,
            n * n
        );
        Picture { note, description, body: self.heat("E[ε ε′]", values) }
    }

    pub(super) fn course_picture(&self) -> Picture {
        let (curves, predicted, measured) =
            (self.curves(), self.moments.expected(), self.drawn.measured());
        let line = |name| curves.line(name, "measured", Role::Average);
        let end = self.samples.max(self.drawn.examples) as f64;
        let series = vec![
            Series::level("formula", Role::Theory, [0.0, end], predicted),
            Series { low: line("low").y, high: line("high").y, ..line("measured") },
        ];
        // Four of the last sample's bands, which can be foretold: the squares of normal errors have a
        // standard deviation of √2 times their mean. The start is far off and may be cut.
        let spread = predicted * (2.0 / self.samples.max(1) as f64).sqrt();
        let reach = round_up((16.0 * spread).max(1e-3 * self.moments.v));
        let y = Axis::linear("mean squared error", (predicted - reach).max(0.0), predicted + reach);
        let body = Body::chart(Axis::linear("examples", 0.0, end), y, series, Vec::new());
        let (mean, formula) = (fixed(measured.mean, 4), fixed(predicted, 4));
        let description = format!(
            "After {} the measured error is {mean}, within two standard errors from {} to {}; the \
             formula says {formula}.",
            self.examples(),
            fixed(measured.low(), 4),
            fixed(measured.high(), 4)
        );
        self.of_drawn(Picture { note: format!("{mean} against {formula}"), description, body })
    }
}
