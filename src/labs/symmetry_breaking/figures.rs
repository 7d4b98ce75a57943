//! What the lab of symmetry breaking shows.

use super::arms::{Arm, PIXELS};
use super::{On, Symmetry};
use crate::data::DIGIT_SIDE;
use crate::figure::{Axis, Body, Cell, Column, Heat, Image, Images, Role, Series, Table};
use crate::lab::Picture;
use crate::labs::pixels::shares_of_largest;
use crate::nn::max_difference;
use crate::numbers::{NO_NUMBER, counted, difference, fixed, indexed, percent};

/// The range of the numbers on the axis of differences; exactly 0 lies below them.
const DIFFERENCES: (f64, f64) = (1e-3, 10.0);

/// The start of that axis, as a part of its lowest number.
const BELOW: f64 = 0.2;

/// Test images whose outputs are shown.
const SHOWN_IMAGES: usize = 20;

/// The most neurons side by side in a strip; more go on below.
const MOST_ACROSS: usize = 16;

/// From one neuron of a strip to the next, in pixels.
const APART: usize = DIGIT_SIDE + 2;

/// A difference in words.
fn told(size: f64) -> String {
    difference(size, 3)
}

/// The width and height of a strip of so many neurons, in pixels.
fn strip_size(units: usize) -> (usize, usize) {
    let side = |count: usize| count * APART - (APART - DIGIT_SIDE);
    (side(units.min(MOST_ACROSS)), side(units.div_ceil(MOST_ACROSS)))
}

/// An arm’s rows of W(1) as small images side by side, in the strongest colour where they are largest.
fn strip(arm: &Arm) -> Image {
    let shares = shares_of_largest(arm.rows());
    let (width, height) = strip_size(shares.len() / PIXELS);
    let mut pixels = vec![0.0; width * height];
    for (i, share) in shares.into_iter().enumerate() {
        let (unit, pixel) = (i / PIXELS, i % PIXELS);
        let x = unit % MOST_ACROSS * APART + pixel % DIGIT_SIDE;
        let y = unit / MOST_ACROSS * APART + pixel / DIGIT_SIDE;
        pixels[y * width + x] = share;
    }
    Image::new(pixels, apart(arm), Role::Neutral)
}

/// How far an arm’s neurons are apart, in words.
fn apart(arm: &Arm) -> String {
    let by = match arm.course.now().difference {
        0.0 => "all the same".to_string(),
        difference => format!("up to {} apart", told(difference)),
    };
    format!("{}: {by}", arm.kind.label)
}

impl Symmetry {
    pub(super) fn rows_picture(&self) -> Picture {
        let (width, height) = strip_size(self.settings.whole("units"));
        let items: Vec<Image> = self.arms.iter().map(strip).collect();
        let all: Vec<&str> = items.iter().map(|item| item.caption.as_str()).collect();
        let description = format!(
            "One strip a network; in it the weights of its hidden neurons side by side, as images of 8 \
             by 8 pixels, blue where positive and orange where negative, in the strongest colour where \
             they are largest. After {}: {}.",
            counted(self.steps(), "step"),
            all.join("; ")
        );
        let note = "blue: positive weights, orange: negative".to_string();
        let body = Body::Images(Images::new((width, height), items));
        Picture { note, description, body }
    }

    /// One learning curve an arm. The one that is looked at is drawn as `role`, on top; the others in
    /// grey.
    fn curves_of(&self, on: On, role: Role, label: impl Fn(&Arm) -> String) -> Vec<Series> {
        let (curves, shown) = (self.curves(), self.shown().kind.key);
        let mut order: Vec<&Arm> = self.arms.iter().collect();
        order.sort_by_key(|arm| arm.kind.key == shown);
        let one = |arm: &Arm| {
            let role = if arm.kind.key == shown { role } else { Role::Member };
            curves.line((on, arm.kind.key), arm.kind.label, role).labelled(label(arm))
        };
        order.into_iter().map(one).collect()
    }

    /// What stands at the end of an arm’s line. Before the first step the three arms that are equal in
    /// all are one point, and have one name.
    fn end(&self, arm: &Arm) -> &'static str {
        let first = self.arms.iter().find(|arm| arm.kind.starts_tied());
        match arm.kind {
            kind if self.steps() > 0 || !kind.starts_tied() => kind.label,
            kind if first.is_some_and(|first| first.kind.key == kind.key) => "equal: all three",
            _ => "",
        }
    }

    /// What is told of every arm.
    fn of_all(&self, told: impl Fn(&Arm) -> String) -> String {
        let all = self.arms.iter().map(|arm| format!("{}: {}", arm.kind.label, told(arm)));
        all.collect::<Vec<_>>().join("; ")
    }

    /// What is told of the arm that is looked at.
    fn of_shown(&self, told: impl Fn(&Arm) -> String) -> String {
        let arm = self.shown();
        format!("{}: {}", arm.kind.label, told(arm))
    }

    pub(super) fn difference_picture(&self) -> Picture {
        let name = |arm: &Arm| match (self.end(arm), arm.course.now().difference) {
            ("", _) => String::new(),
            (end, 0.0) => format!("{end}: exactly 0"),
            (end, _) => end.to_string(),
        };
        let series = self.curves_of(On::Difference, Role::Train, name);
        let perturbation = self.settings.real("perturbation");
        let low = if perturbation > 0.0 { perturbation.min(DIFFERENCES.0) } else { DIFFERENCES.0 };
        let label = "largest difference between two rows of W⁽¹⁾";
        let y = Axis::log(label, BELOW * low, DIFFERENCES.1);
        let now = |arm: &Arm| told(arm.course.now().difference);
        let description = format!(
            "The largest difference between two rows of W⁽¹⁾ after {}: {}. The axis is \
             logarithmic; a line at its start, below all its numbers, is a difference of exactly 0.",
            counted(self.steps(), "step"),
            self.of_all(now)
        );
        let x = self.curves().steps(self.settings.whole("steps"));
        let body = Body::chart(x, y, series, Vec::new());
        Picture { note: self.of_shown(now), description, body }
    }

    pub(super) fn error_picture(&self) -> Picture {
        let series = self.curves_of(On::TestError, Role::Test, |arm| self.end(arm).to_string());
        let now = |arm: &Arm| percent(self.measures(arm).test_error);
        let steps = counted(self.steps(), "step");
        let description = format!("The test error after {steps}: {}.", self.of_all(now));
        let x = self.curves().steps(self.settings.whole("steps"));
        let y = Axis::linear("test error", 0.0, 1.0).percent();
        let body = Body::chart(x, y, series, Vec::new());
        let picture = Picture { note: self.of_shown(now), description, body };
        picture.told_once(self.steps() > 0)
    }

    pub(super) fn cosines_picture(&self) -> Picture {
        let measures = self.measures(self.shown());
        let n = self.settings.whole("units");
        let mean = fixed(measures.mean_cosine, 3);
        let note = format!("{}: mean {mean}", self.shown().kind.label);
        let description = format!(
            "A matrix of {n} rows and {n} columns: the cosine of the angle between the weights of \
             two neurons, 1 where they look for the same thing. Their mean off the diagonal is \
             {mean}; the rows take {} directions.",
            fixed(measures.effective_rank, 2)
        );
        let cosines = measures.cosines.clone();
        let heat = Heat::new("cosine", ["neuron", "neuron"], (n, n), 1.0, cosines);
        Picture { note, description, body: Body::Heat(heat) }
    }

    pub(super) fn hidden_picture(&self) -> Picture {
        let units = self.settings.whole("units");
        let shown = SHOWN_IMAGES.min(self.test.y.len());
        let h = self.shown().hidden(&self.test.x[..shown * PIXELS]);
        let line = |neuron: usize| {
            let x = (1..=shown).map(|image| image as f64).collect();
            let y = h.iter().skip(neuron).step_by(units).copied().collect();
            Series::line(indexed("h", neuron), Role::Neutral, x, y).unlabelled()
        };
        let images = h.chunks_exact(units);
        let apart = images.map(|h| max_difference(h, 1)).fold(0.0, f64::max);
        let label = self.shown().kind.label;
        let note = match apart {
            0.0 => format!("{label}: {units} lines, all on one"),
            _ => format!("{label}: {units} lines"),
        };
        let description = format!(
            "One line a hidden neuron: its output for each of the first {shown} test images. \
             The largest difference between two neurons for one image is {}.",
            told(apart)
        );
        let x = Axis::linear("test image", 1.0, SHOWN_IMAGES as f64);
        let y = Axis::linear("output", -1.0, 1.0);
        let body = Body::chart(x, y, (0..units).map(line).collect(), Vec::new());
        Picture { note, description, body }
    }

    pub(super) fn arms_picture(&self) -> Picture {
        let mut columns: Vec<Column> =
            ["start", "step 1", "now", "cosine", "rank"].map(Column::plain).into();
        columns.push(Column::percent("test error"));
        let difference = |value: f64| match value {
            value if value.is_nan() => Cell::Text(NO_NUMBER.to_string()),
            // In a narrow column it stays on one line.
            value => Cell::Text(told(value).replace(' ', "\u{a0}")),
        };
        let rows = self.arms.iter().map(|arm| {
            let measures = self.measures(arm);
            vec![
                Cell::Text(arm.kind.label.to_string()),
                difference(arm.course.now().first),
                difference(arm.course.now().difference),
                Cell::Text(fixed(measures.mean_cosine, 3)),
                Cell::Text(fixed(measures.effective_rank, 2)),
                Cell::Number(measures.test_error),
            ]
        });
        let body = Body::Table(Table { columns, rows: rows.collect() });
        let zero = self.arms.iter().filter(|arm| arm.course.now().most == 0.0);
        let zero: Vec<&str> = zero.map(|arm| arm.kind.label).collect();
        let note = match zero.len() {
            0 => "none is exactly equal".to_string(),
            count => format!("{count} exactly equal at every step"),
        };
        let description = format!(
            "The largest difference between two rows of W⁽¹⁾ after the first step and now, the mean \
             cosine between rows, their effective rank and the test error, after {}. Exactly \
             equal at every step so far: {}.",
            counted(self.steps(), "step"),
            if zero.is_empty() { "none".to_string() } else { zero.join("; ") }
        );
        Picture { note, description, body }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_neurons_go_on_below() {
        assert_eq!(strip_size(8), (78, 8));
        assert_eq!(strip_size(17), (158, 18));
    }
}
