//! One example of the test set: what every member says of it, and the triangle of its errors.
//!
//! With y_bar the average of the members' answers, Krogh and Vedelsby's identity holds on every single
//! example: (y_bar - y)^2 is the members' squared error on average less their mean squared distance from
//! y_bar. That is Pythagoras: how far a member is from the truth is the long side of a right-angled
//! triangle, how far the average is from it and how far the members are from the average are the others.

use super::problem::Problem;
use crate::figure::{Axis, Mark, Role, Series};
use crate::labs::images::judged;
use crate::nn::{Loss, most_likely};
use crate::numbers::fixed;
use crate::param::Settings;

/// Examples that can be looked at: all patients that networks are judged by, and of larger test sets as
/// many, evenly spread.
pub(super) const SHOWN: u32 = 142;

/// How many there are of these.
pub(super) fn places(problem: &Problem) -> usize {
    problem.test.y.len().min(SHOWN as usize)
}

/// The same before there is a problem, with these settings: of few images of the reader's own fewer.
pub(super) fn most_shown(settings: &Settings) -> usize {
    let most = SHOWN as usize;
    if settings.is_own() { judged(settings, most) } else { most }
}

/// What the members say of one example: of a class, the probability of the right one.
pub(super) struct OneExample {
    /// The right answer.
    pub y: f64,
    /// The class of an image; none where numbers are predicted.
    pub class: Option<usize>,
    /// The members' answers.
    pub y_hat: Vec<f64>,
    /// Of each whether another class is more likely.
    pub beaten: Vec<bool>,
}

impl OneExample {
    /// What the members say, each of the whole test set, of the example at this place, from 1, in the order
    /// of the right answers.
    pub fn of(problem: &Problem, predictions: &[&[f64]], place: usize) -> Self {
        let (outputs, truth) = (problem.outputs, &problem.test.y);
        let rank = (place - 1) * truth.len() / places(problem);
        let before = |a: usize, b: usize| truth[a] < truth[b] || (truth[a] == truth[b] && a < b);
        let ranked = |&a: &usize| (0..truth.len()).filter(|&b| before(b, a)).count() == rank;
        let example = (0..truth.len()).find(ranked).unwrap_or(0);
        let rows = predictions.iter().map(|y_hat| &y_hat[example * outputs..][..outputs]);
        let class = (problem.loss == Loss::CrossEntropy).then_some(truth[example] as usize);
        OneExample {
            y: if class.is_some() { 1.0 } else { truth[example] },
            class,
            y_hat: rows.clone().map(|row| row[class.unwrap_or(0)]).collect(),
            beaten: rows.map(|row| class.is_some_and(|class| most_likely(row) != class)).collect(),
        }
    }

    fn mean_of(&self, what: impl Fn(f64) -> f64) -> f64 {
        self.y_hat.iter().map(|&y_hat| what(y_hat)).sum::<f64>() / self.y_hat.len() as f64
    }

    /// The members' average.
    pub fn average(&self) -> f64 {
        self.mean_of(|y_hat| y_hat)
    }

    /// The members' squared error, on average.
    pub fn alone(&self) -> f64 {
        self.mean_of(|y_hat| (y_hat - self.y) * (y_hat - self.y))
    }

    /// Their mean squared distance from their average.
    pub fn ambiguity(&self) -> f64 {
        let average = self.average();
        self.mean_of(|y_hat| (y_hat - average) * (y_hat - average))
    }
}

/// The least and the largest of some numbers.
pub(super) fn range(numbers: &[f64]) -> (f64, f64) {
    let ends = (f64::INFINITY, f64::NEG_INFINITY);
    numbers.iter().fold(ends, |(low, high), &number| (low.min(number), high.max(number)))
}

impl OneExample {
    /// The ends of the axis of answers, and how far up that of their distances goes at least.
    pub fn axes(&self, targets: &[f64]) -> (Axis, Axis) {
        let (label, low, high, up) = match self.class {
            Some(_) => ("probability of the right class", -0.05, 1.1, 0.4),
            None => {
                let (low, high) = range(targets);
                let half = |x: f64| (2.0 * x).round() / 2.0;
                ("answer, in standard deviations", half(low - 0.9), half(high + 0.9), 1.3)
            }
        };
        (Axis::linear(label, low, high).equal(), Axis::linear("how far they disagree", 0.0, up))
    }

    /// The answers on the line, right ones and wrong ones.
    pub fn answers(&self) -> [Series; 2] {
        let of = |name: &str, role: Role, beaten: bool| {
            let answers = self.y_hat.iter().zip(&self.beaten);
            let x: Vec<f64> =
                answers.filter(|(_, is)| **is == beaten).map(|(&y_hat, _)| y_hat).collect();
            let y = vec![0.0; x.len()];
            Series::points(name, role, x, y)
        };
        [of("networks", Role::Member, false), of("networks that answer wrong", Role::Test, true)]
    }

    /// The triangle. The long side comes back to its middle, where its name stands.
    pub fn triangle(&self) -> Vec<Series> {
        let (y, average) = (self.y, self.average());
        let [alone, apart] = [self.alone(), self.ambiguity()].map(f64::sqrt);
        let number = |name: &str, length: f64| format!("{name} {}", fixed(length, 2));
        let spot = |name: &str, role, x| {
            Series::points(name, role, vec![x], vec![0.0]).with_mark(Mark::Spot)
        };
        let (long, up) = (vec![y, average, (y + average) / 2.0], vec![0.0, apart, apart / 2.0]);
        vec![
            Series::line("average", Role::Average, vec![y, average], vec![0.0; 2]).unlabelled(),
            Series::line("disagreement", Role::Neutral, vec![average; 2], vec![0.0, apart])
                .dashed()
                .labelled(number("apart by", apart)),
            Series::line("one network", Role::Neutral, long, up)
                .labelled(number("one off by", alone)),
            spot("average", Role::Average, average)
                .labelled(number("average, off by", (average - y).abs())),
            spot("truth", Role::Neutral, y).dashed(),
        ]
    }
}
