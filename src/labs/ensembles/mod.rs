//! "Ensembles": the formula of the slides on drawn errors, and on networks that are really trained.

mod formula;
mod formula_figures;
mod members;
mod network_figures;
mod networks;
mod problem;
mod scores;

pub use formula::ENSEMBLE_FORMULA;
pub use networks::ENSEMBLES;

use crate::figure::{Axis, Scale, Unit};

/// The ensembles shown against their size are this large at most.
const MOST_MEMBERS: u32 = 30;

/// v/n + (n-1)/n c, the slides' expected squared error of an average of n.
fn expected(variance: f64, covariance: f64, n: f64) -> f64 {
    variance / n + (n - 1.0) / n * covariance
}

/// A plain linear axis.
fn linear(label: &str, min: f64, max: f64) -> Axis {
    let label = label.to_string();
    Axis { label, unit: Unit::Plain, scale: Scale::Linear, min, max }
}

/// The next of a few round numbers times a power of ten: where an axis ends that is to move rarely.
fn round_up(value: f64) -> f64 {
    let mut unit = 1e-6;
    while 10.0 * unit < value && unit < 1e12 {
        unit *= 10.0;
    }
    let tops = [1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0];
    let top = tops.into_iter().find(|top| top * unit >= value);
    top.unwrap_or(10.0) * unit
}

/// 1 to [`MOST_MEMBERS`]: the sizes a curve is drawn for.
fn sizes() -> Vec<f64> {
    (1..=MOST_MEMBERS).map(f64::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_cases_of_the_slides() {
        assert_eq!(expected(2.0, 0.0, 4.0), 0.5);
        assert_eq!(expected(2.0, 2.0, 4.0), 2.0);
        assert_eq!(expected(2.0, -1.0, 3.0), 2.0 / 3.0 - 2.0 / 3.0);
    }

    #[test]
    fn axes_end_at_round_numbers() {
        for (value, top) in [(0.31, 0.5), (1.1, 1.5), (0.08, 0.1), (37.0, 50.0), (0.0, 1e-6)] {
            assert!((round_up(value) / top - 1.0).abs() < 1e-9, "{value}: {}", round_up(value));
        }
    }
}
