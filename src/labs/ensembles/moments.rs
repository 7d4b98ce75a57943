//! The slides' formula, and what both labs measure of it.

use crate::lab::{Metric, number};

/// The ensembles shown against their size are this large at most.
pub(super) const MOST_MEMBERS: u32 = 30;

/// 1 to [`MOST_MEMBERS`]: the sizes a curve is drawn for.
pub(super) fn sizes() -> Vec<f64> {
    (1..=MOST_MEMBERS).map(f64::from).collect()
}

/// The second moments of the errors of n predictors.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Moments {
    /// The mean square of an error, E\[e_i^2\].
    pub v: f64,
    /// The mean product of two, E\[e_i e_j\].
    pub c: f64,
    pub n: f64,
}

impl Moments {
    /// v/n + (n-1)/n c, the expected squared error of the average.
    pub fn expected(self) -> f64 {
        self.variance_term() + self.covariance_term()
    }

    /// The same of an average of `n` such predictors.
    pub fn expected_at(self, n: f64) -> f64 {
        Moments { n, ..self }.expected()
    }

    /// v/n.
    pub fn variance_term(self) -> f64 {
        self.v / self.n
    }

    /// (n-1)/n c.
    pub fn covariance_term(self) -> f64 {
        (self.n - 1.0) / self.n * self.c
    }
}

/// A lab of n predictors whose errors have v and c.
pub(super) trait HasMoments {
    fn moments(&self) -> Moments;
}

/// What the formula says.
pub(super) const fn predicted<L: HasMoments>() -> Metric<L> {
    number("predicted", "Formula", "v/n + (n−1)/n · c").of(|lab| lab.moments().expected())
}

/// Its first term.
pub(super) const fn variance_term<L: HasMoments>() -> Metric<L> {
    number("variance_term", "First term", "v/n").of(|lab| lab.moments().variance_term())
}

/// Its second term.
pub(super) const fn covariance_term<L: HasMoments>() -> Metric<L> {
    number("covariance_term", "Second term", "(n−1)/n · c")
        .of(|lab| lab.moments().covariance_term())
}

/// What the diagonal of the slides' matrix adds to n² times the error.
pub(super) const fn diagonal_sum<L: HasMoments>() -> Metric<L> {
    number("diagonal_sum", "Sum of the diagonal", "n v").of(|lab| {
        let Moments { v, n, .. } = lab.moments();
        n * v
    })
}

/// What the rest of it adds.
pub(super) const fn off_diagonal_sum<L: HasMoments>() -> Metric<L> {
    number("off_diagonal_sum", "Sum off the diagonal", "n (n−1) c").of(|lab| {
        let Moments { c, n, .. } = lab.moments();
        n * (n - 1.0) * c
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_cases_of_the_slides() {
        let expected = |v, c, n| Moments { v, c, n }.expected();
        assert_eq!(expected(2.0, 0.0, 4.0), 0.5);
        assert_eq!(expected(2.0, 2.0, 4.0), 2.0);
        assert_eq!(expected(2.0, -1.0, 3.0), 2.0 / 3.0 - 2.0 / 3.0);
    }
}
