//! A model of one weight: its column with noise, and its loss against that weight.
//!
//! All weights at once are no picture. One alone shows the whole derivation: noise spreads the rows
//! sideways, and the loss on them is the old parabola lifted by alpha w^2.

use super::disturb::Disturbance;
use super::problem::Problem;
use crate::data::Examples;
use crate::nn::{LaneRng, Moments, Stream};

/// The members of the stream of noise from here on are the copies of the one column.
const FIRST_MEMBER: u32 = 10_000;

/// The column that is shown, where the data has it.
const COLUMN: &str = "bmi";

/// One column, and what a model of one weight loses on it and on its noisy copies.
pub struct OneWeight {
    /// The column's name.
    pub name: String,
    /// The column and the targets, less their mean where the model has an intercept.
    pub rows: Examples,
    /// The noise on the column.
    noise: Disturbance,
    seed: u32,
    /// Noisy copies that the loss is measured on.
    pub copies: usize,
    clean: Moments,
    noisy: Moments,
}

impl OneWeight {
    /// The column of a problem with so many noisy copies; `mean` is what the intercept takes.
    pub fn of(problem: &Problem, mean: f64, noise: Disturbance, copies: usize, seed: u32) -> Self {
        let column = problem.names.iter().position(|name| name == COLUMN).unwrap_or(0);
        let columns = problem.names.len();
        let x = problem.examples.x.iter().skip(column).step_by(columns).copied().collect();
        let y = problem.examples.y.iter().map(|y| y - mean).collect();
        let (name, rows) = (problem.names[column].clone(), Examples { x, y });
        let (mut clean, noisy) = (Moments::new(1), Moments::new(1));
        clean.add(&rows.x, &rows.y);
        let mut one = OneWeight { name, rows, noise, seed, copies, clean, noisy };
        for copy in 0..copies {
            one.noisy.add(&one.copy(copy), &one.rows.y);
        }
        one
    }

    /// A noisy copy of the column.
    pub fn copy(&self, copy: usize) -> Vec<f64> {
        let mut rng = LaneRng::new(self.seed, Stream::Noise, FIRST_MEMBER + copy as u32);
        let mut disturbed = Vec::new();
        self.noise.apply(&mut rng, &self.rows.x, &mut disturbed);
        disturbed
    }

    /// f(w), the mean squared error without noise.
    pub fn loss(&self, w: f64) -> f64 {
        self.clean.loss(&[w, 0.0])
    }

    /// The mean squared error on all noisy copies.
    pub fn measured(&self, w: f64) -> f64 {
        self.noisy.loss(&[w, 0.0])
    }

    /// The weight that minimizes f(w) + alpha w^2.
    pub fn least(&self, alpha: f64) -> f64 {
        weight(&self.clean, alpha)
    }

    /// The weight that minimizes the loss on all noisy copies.
    pub fn least_measured(&self) -> f64 {
        weight(&self.noisy, 0.0)
    }
}

/// The weight of ridge; 0 where the column says nothing.
fn weight(moments: &Moments, alpha: f64) -> f64 {
    moments.fit(alpha, false).map_or(0.0, |fit| fit[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(alpha: f64, dependent: bool, copies: usize) -> OneWeight {
        let problem = Problem::standard("diabetes", 20, 1);
        OneWeight::of(&problem, 0.0, Disturbance::Noise { alpha, dependent }, copies, 1)
    }

    #[test]
    fn many_copies_lift_the_loss_by_alpha_times_the_square_of_the_weight() {
        let one = one(0.3, false, 1024);
        for w in [-0.5, 0.4, 1.5] {
            let want = one.loss(w) + 0.3 * w * w;
            assert!((one.measured(w) - want).abs() < 0.01, "{w}: {} {want}", one.measured(w));
        }
        assert!((one.least_measured() - one.least(0.3)).abs() < 0.005);
    }

    #[test]
    fn noise_that_leans_on_x_misses_by_what_it_leans() {
        let one = one(0.3, true, 1024);
        for w in [-0.5, 1.0] {
            // On a standard column 2 E[n w (x w - y)] is the root of alpha times (w² - w E[x y]).
            let cross = 0.3f64.sqrt() * (w * w - w * one.least(0.0));
            let want = one.loss(w) + cross + 0.3 * w * w;
            assert!((one.measured(w) - want).abs() < 0.01, "{w}: {} {want}", one.measured(w));
        }
    }
}
