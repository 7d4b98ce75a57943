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

/// The ensembles shown against their size are this large at most.
const MOST_MEMBERS: u32 = 30;

/// v/n + (n-1)/n c, the slides' expected squared error of an average of n.
fn expected(variance: f64, covariance: f64, n: f64) -> f64 {
    variance / n + (n - 1.0) / n * covariance
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
}
