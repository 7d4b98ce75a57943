//! "Ensembles": the formula of the slides on drawn errors, and on networks that are really trained.

mod formula;
mod formula_figures;

pub use formula::ENSEMBLE_FORMULA;

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

/// The next of 1, 2 and 5 times a power of ten: where an axis ends that is to move rarely.
fn round_up(value: f64) -> f64 {
    let mut top = 1e-6;
    while top < value && top < 1e12 {
        for factor in [2.0, 2.5, 2.0] {
            if top < value {
                top *= factor;
            }
        }
    }
    top
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
        for (value, top) in [(0.3, 0.5), (1.1, 2.0), (0.07, 0.1), (37.0, 50.0), (0.0, 1e-6)] {
            assert!((round_up(value) / top - 1.0).abs() < 1e-9, "{value}: {}", round_up(value));
        }
    }
}
