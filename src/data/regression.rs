//! Generated regression problems, each with its truth.

use super::{Examples, sine_of};
use crate::nn::{Rng, normal};

/// A linear problem and the weights behind it.
#[derive(Clone, Debug, PartialEq)]
pub struct Linear {
    /// The inputs and noisy targets.
    pub examples: Examples,
    /// The true weights, one a column.
    pub weights: Vec<f64>,
}

/// y = w'x + noise of standard deviation `noise_sd`, on features that may be correlated.
///
/// The weights are normal with standard deviation 1/2, the features standard normal, and two features
/// i and j have correlation `correlation`^|i - j|. A longer set begins with the shorter one, so that
/// more rows, cut off, make a test set for the same weights.
///
/// # Shapes
/// `x` (rows x columns), `y` (rows), `weights` (columns).
///
/// # Source
/// The features are those of Tibshirani, "Regression shrinkage and selection via the lasso", 1996,
/// section 7, where the correlation is 0.5.
pub fn linear(
    rng: &mut Rng,
    rows: usize,
    columns: usize,
    correlation: f64,
    noise_sd: f64,
) -> Linear {
    let weights: Vec<f64> = (0..columns).map(|_| 0.5 * normal(rng)).collect();
    let own = (1.0 - correlation * correlation).sqrt();
    let mut examples = Examples::default();
    for _ in 0..rows {
        let mut x: Vec<f64> = (0..columns).map(|_| normal(rng)).collect();
        (1..columns).for_each(|j| x[j] = correlation * x[j - 1] + own * x[j]);
        let y: f64 = weights.iter().zip(&x).map(|(w, x)| w * x).sum();
        examples.push(&x, y + noise_sd * normal(rng));
    }
    Linear { examples, weights }
}

/// y = sin 2 x1 + x2 x3 / 2 + noise of standard deviation `noise_sd`, the inputs standard normal.
///
/// The three terms are uncorrelated: without noise the variance of y is (1 - e^-8) / 2 + 1/4.
///
/// # Shapes
/// `x` (rows x 3), `y` (rows).
pub fn interaction(rng: &mut Rng, rows: usize, noise_sd: f64) -> Examples {
    let mut examples = Examples::default();
    for _ in 0..rows {
        let x = [normal(rng), normal(rng), normal(rng)];
        examples.push(&x, interaction_of(&x) + noise_sd * normal(rng));
    }
    examples
}

/// The function behind [`interaction`].
pub fn interaction_of(x: &[f64; 3]) -> f64 {
    libm::sin(2.0 * x[0]) + 0.5 * x[1] * x[2]
}

/// The curve behind [`super::sine`] without noise, on 141 points from -1.4 to 1.4: a little within the
/// reach of the examples, where a fit can be judged.
///
/// # Shapes
/// `x` (141 x 1), `y` (141).
pub fn sine_grid() -> Examples {
    let x: Vec<f64> = (-70..=70).map(|step| f64::from(step) / 50.0).collect();
    let y = x.iter().map(|&x| sine_of(x)).collect();
    Examples { x, y }
}
