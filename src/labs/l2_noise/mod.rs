//! "L2 regularization = Gaussian noise augmentation": in linear regression, where it is exact; in
//! nonlinear networks, where it is not; and dropout on the inputs of linear regression, a ridge too.

mod bowl;
mod charts;
mod copies;
mod disturb;
mod dropout_ridge;
mod dropout_ridge_figures;
mod fitting;
mod helps;
mod influence;
mod law;
mod linear;
mod linear_figures;
mod maps;
mod masked;
mod moved;
mod networks;
mod nonlinear;
mod nonlinear_figures;
mod one_weight;
mod problem;
mod rare;
mod sgd;
mod terms;
mod units;
mod units_figure;

pub use dropout_ridge::DROPOUT_RIDGE;
pub use linear::L2_NOISE;
pub use nonlinear::L2_NOISE_NONLINEAR;

use crate::error::Result;
use crate::nn::check_rows;
use crate::numbers::{self, significant};

/// The heading of the slides.
const SLIDE: &str = "L2 regularization = Gaussian noise augmentation";

/// How far weights are from the exact ones, as a share of the exact ones' length; the intercepts,
/// which come after the weights, are left out. NaN where there are no weights.
fn relative_distance(fit: &[f64], exact: &[f64]) -> f64 {
    distance(fit, exact, exact)
}

/// How far two fits are apart, as a share of the length of a third.
fn distance(fit: &[f64], other: &[f64], unit: &[f64]) -> f64 {
    let columns = unit.len() - 1;
    if fit.len() != other.len() {
        return f64::NAN;
    }
    let square: f64 = fit[..columns].iter().zip(other).map(|(a, b)| (a - b) * (a - b)).sum();
    (square / unit[..columns].iter().map(|w| w * w).sum::<f64>()).sqrt()
}

/// What a linear model says of rows of inputs.
fn predict(fit: &[f64], x: &[f64]) -> Result<Vec<f64>> {
    let columns = fit.len() - 1;
    check_rows("x", x, columns)?;
    let one = |row: &[f64]| row.iter().zip(fit).map(|(x, w)| x * w).sum::<f64>() + fit[columns];
    Ok(x.chunks_exact(columns).map(one).collect())
}

/// What is said where there is no number yet: a dash says little in a sentence.
const NOT_YET: &str = "not yet known";

/// A number in a sentence, to three significant digits.
fn short(number: f64) -> String {
    if number.is_finite() { significant(number, 3) } else { NOT_YET.to_string() }
}

/// A share in a sentence.
fn percent(share: f64) -> String {
    if share.is_finite() { numbers::percent(share) } else { NOT_YET.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_leave_the_intercept_out() {
        assert_eq!(relative_distance(&[3.0, 4.5, 7.0], &[3.0, 4.0, 0.0]), 0.1);
        assert!(relative_distance(&[], &[3.0, 4.0, 0.0]).is_nan());
    }

    #[test]
    fn what_is_not_known_is_said_in_words() {
        assert_eq!([0.02137, f64::NAN].map(short), ["0.0214", "not yet known"]);
        assert_eq!(percent(f64::INFINITY), "not yet known");
    }
}
