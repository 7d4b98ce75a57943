//! "L2 regularization = Gaussian noise augmentation": in linear regression, where it is exact; in
//! nonlinear networks, where it is not; and dropout on the inputs of linear regression, a ridge too.

mod charts;
mod copies;
mod disturb;
mod dropout_ridge;
mod dropout_ridge_figures;
mod helps;
mod linear;
mod linear_figures;
mod nonlinear;
mod nonlinear_figures;
mod problem;
mod sgd;
mod tanh_net;
mod terms;
mod trace;

pub use dropout_ridge::DROPOUT_RIDGE;
pub use linear::L2_NOISE;
pub use nonlinear::L2_NOISE_NONLINEAR;

use crate::error::{Error, Result};

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
    if x.is_empty() || !x.len().is_multiple_of(columns) || x.iter().any(|x| !x.is_finite()) {
        return Err(Error::invalid(format!(
            "x has {} numbers: must be one row or more of {columns} finite numbers each",
            x.len()
        )));
    }
    let one = |row: &[f64]| row.iter().zip(fit).map(|(x, w)| x * w).sum::<f64>() + fit[columns];
    Ok(x.chunks_exact(columns).map(one).collect())
}

/// A whole number with its thousands apart.
fn thousands(number: f64) -> String {
    let digits = format!("{number:.0}");
    let groups: Vec<&[u8]> = digits.as_bytes().rchunks(3).rev().collect();
    String::from_utf8_lossy(&groups.join(&b',')).into_owned()
}

/// A number in words: three significant digits, and none that say nothing.
fn short(number: f64) -> String {
    if !number.is_finite() {
        return "not yet known".to_string();
    }
    if number == 0.0 || (1e-4..1e5).contains(&number.abs()) {
        let decimals = (0..7).find(|&d| number.abs() * 10f64.powi(d) >= 100.0).unwrap_or(6);
        let text = format!("{number:.*}", decimals.max(0) as usize);
        let text = if text.contains('.') {
            text.trim_end_matches('0').trim_end_matches('.')
        } else {
            &text
        };
        return if text == "-0" { "0".to_string() } else { text.to_string() };
    }
    format!("{number:.1e}")
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
    fn numbers_are_short() {
        let written = [0.0, 0.3, 0.02137, 123.4, 1.2e-16, -0.5, f64::NAN].map(short);
        assert_eq!([12.0, 1_105_000.0].map(thousands), ["12", "1,105,000"]);
        assert_eq!(written, ["0", "0.3", "0.0214", "123", "1.2e-16", "-0.5", "not yet known"]);
    }
}
