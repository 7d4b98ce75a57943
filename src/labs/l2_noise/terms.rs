//! The terms of the slides' derivation, measured on noise drawn afresh, with standard errors.

use super::disturb::{Disturbance, LEANING, alone};
use crate::data::Examples;
use crate::nn::{LaneRng, Stream, noise_terms};

/// The member of the stream of noise the terms are measured on.
const MEMBER: u32 = 1000;

/// Noisy examples drawn at a time, at least.
const AT_A_TIME: usize = 400;

/// A mean and its standard error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// The mean; NaN before anything is drawn.
    pub mean: f64,
    /// Its standard error.
    pub se: f64,
}

/// What is measured for one linear model.
pub struct Terms {
    fit: Vec<f64>,
    alpha: f64,
    dependent: bool,
    /// f(w), the mean squared error without noise.
    pub loss: f64,
    /// alpha w'w.
    pub penalty: f64,
    /// Standard deviations of one summand: of the cross term, the quadratic one, and their sum.
    sds: [f64; 3],
    /// Noisy examples drawn so far.
    pub drawn: f64,
    /// Sums of the cross terms, the quadratic terms and the augmented losses.
    sums: [f64; 3],
    rng: LaneRng,
}

impl Terms {
    /// Nothing drawn yet.
    ///
    /// `fit` holds the weights and the intercept after them.
    pub fn new(data: &Examples, fit: &[f64], alpha: f64, dependent: bool, seed: u32) -> Self {
        let (w, b) = fit.split_at(fit.len() - 1);
        let norm: f64 = w.iter().map(|w| w * w).sum();
        let leaning = if dependent { LEANING } else { 0.0 };
        // n'w given x is normal: `shift` x'w, and around it the noise's own part.
        let (shift, own) = (alpha.sqrt() * leaning, alone(leaning) * (alpha * norm).sqrt());
        let mut squares = [0.0; 3];
        for (x, y) in data.x.chunks_exact(w.len()).zip(&data.y) {
            let x_w: f64 = x.iter().zip(w).map(|(x, w)| x * w).sum();
            let (error, mean) = (x_w + b[0] - y, shift * x_w);
            let terms = [error, mean, error + mean];
            squares.iter_mut().zip(terms).for_each(|(sum, term)| *sum += term * term);
        }
        let n = data.y.len() as f64;
        let sd = |place: usize, squared: f64| {
            (4.0 * squares[place] / n * own * own + squared * 2.0 * (own * own) * (own * own))
                .sqrt()
        };
        Terms {
            fit: fit.to_vec(),
            alpha,
            dependent,
            loss: squares[0] / n,
            penalty: alpha * norm,
            sds: [sd(0, 0.0), sd(1, 1.0), sd(2, 1.0)],
            drawn: 0.0,
            sums: [0.0; 3],
            rng: LaneRng::new(seed, Stream::Noise, MEMBER),
        }
    }

    /// Draws more noise: whole copies of the training set.
    pub fn draw(&mut self, data: &Examples) {
        let copies = AT_A_TIME.div_ceil(data.y.len());
        let (w, b) = self.fit.split_at(self.fit.len() - 1);
        let x = data.x.repeat(copies);
        let y: Vec<f64> = data.y.iter().map(|y| y - b[0]).collect();
        let mut noise = Vec::new();
        let kind = Disturbance::Noise { alpha: self.alpha, dependent: self.dependent };
        kind.apply(&mut self.rng, &x, &mut noise);
        noise.iter_mut().zip(&x).for_each(|(noisy, x)| *noisy -= x);
        let terms = noise_terms(&data.x, &y, w, &noise, self.alpha).expect("whole copies");
        let summands = y.len() as f64 * copies as f64;
        let means = [terms.cross_term, terms.quadratic_term, terms.augmented_loss];
        self.sums.iter_mut().zip(means).for_each(|(sum, mean)| *sum += mean * summands);
        self.drawn += summands;
    }

    /// Not numbers before any noise is drawn.
    fn measured(&self, sum: f64, sd: f64) -> Measured {
        let drawn = if self.drawn > 0.0 { self.drawn } else { f64::NAN };
        Measured { mean: sum / drawn, se: sd / drawn.sqrt() }
    }

    /// The mean of 2 (x'w - y) n'w.
    pub fn cross(&self) -> Measured {
        self.measured(self.sums[0], self.sds[0])
    }

    /// The mean of (n'w)^2.
    pub fn quadratic(&self) -> Measured {
        self.measured(self.sums[1], self.sds[1])
    }

    /// The mean squared error on the noisy inputs.
    pub fn augmented(&self) -> Measured {
        self.measured(self.sums[2], self.sds[2])
    }

    /// By how much the noise-augmented loss misses f(w) + alpha w'w.
    pub fn gap(&self) -> Measured {
        let Measured { mean, se } = self.augmented();
        Measured { mean: mean - self.loss - self.penalty, se }
    }

    /// How far f + cross + quadratic is from the augmented loss on the same noise: rounding alone.
    pub fn identity_gap(&self) -> f64 {
        (self.loss + self.cross().mean + self.quadratic().mean - self.augmented().mean).abs()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labs::l2_noise::problem::Problem;
    use crate::nn::ridge;

    fn terms(dataset: &str, dependent: bool) -> Terms {
        let data = Problem::unequal(dataset, 20, 3).examples;
        let fit = ridge(&data.x, &data.y, data.inputs(), 0.3, true).unwrap();
        let fit = [fit.weights, vec![fit.intercept]].concat();
        let mut terms = Terms::new(&data, &fit, 0.3, dependent, 5);
        (0..300).for_each(|_| terms.draw(&data));
        terms
    }

    #[test]
    fn independent_noise_gives_the_slides_terms() {
        for dataset in ["diabetes", "generated"] {
            let terms = terms(dataset, false);
            let z = |measured: Measured, want: f64| (measured.mean - want).abs() / measured.se;
            assert!(z(terms.cross(), 0.0) < 4.5);
            assert!(z(terms.quadratic(), terms.penalty) < 4.5);
            assert!(z(terms.gap(), 0.0) < 4.5);
            assert!(terms.identity_gap() < 1e-12);
        }
    }

    #[test]
    fn dependent_noise_breaks_the_equality_and_not_the_identity() {
        for dataset in ["diabetes", "generated"] {
            let terms = terms(dataset, true);
            assert!(terms.gap().mean.abs() > 20.0 * terms.gap().se);
            assert!(terms.identity_gap() < 1e-12);
        }
    }
}
