//! Sums of products in several places at once, in one order everywhere.

use crate::nn::Real;

/// Sums side by side: independent additions do not wait for each other.
const PLACES: usize = 8;

/// The sum of products of two equally long lists: term k is added in place k mod 8, then the places
/// are added in pairs.
#[inline(always)]
pub fn lane_dot<T: Real>(a: &[T], b: &[T]) -> T {
    let mut sums = [T::ZERO; PLACES];
    let (mut left, mut right) = (a.chunks_exact(PLACES), b.chunks_exact(PLACES));
    for (a, b) in (&mut left).zip(&mut right) {
        for ((sum, &a), &b) in sums.iter_mut().zip(a).zip(b) {
            *sum += a * b;
        }
    }
    let rest = left.remainder().iter().zip(right.remainder());
    for (sum, (&a, &b)) in sums.iter_mut().zip(rest) {
        *sum += a * b;
    }
    in_pairs(sums)
}

/// Adds the places.
#[inline(always)]
fn in_pairs<T: Real>([a, b, c, d, e, f, g, h]: [T; PLACES]) -> T {
    ((a + e) + (c + g)) + ((b + f) + (d + h))
}

/// Twice as many digits: numbers as unevaluated sums of two of 64 bits.
///
/// # Source
/// Dekker, "A floating-point technique for extending the available precision", 1971; Ogita, Rump and
/// Oishi, "Accurate sum and dot product", 2005.
#[derive(Clone, Copy, Debug, Default)]
pub struct Twofold {
    high: f64,
    low: f64,
}

impl Twofold {
    /// A number.
    pub fn new(high: f64) -> Self {
        Twofold { high, low: 0.0 }
    }

    /// `self` + a b.
    #[inline(always)]
    pub fn plus_product(self, a: f64, b: f64) -> Self {
        let product = a * b;
        let (a_high, a_low) = split(a);
        let (b_high, b_low) = split(b);
        let error =
            a_low * b_low - (((product - a_high * b_high) - a_low * b_high) - a_high * b_low);
        let high = self.high + product;
        let part = high - self.high;
        let lost = (self.high - (high - part)) + (product - part);
        Twofold { high, low: self.low + (lost + error) }
    }

    /// The nearest number of 64 bits.
    pub fn rounded(self) -> f64 {
        self.high + self.low
    }
}

/// Two numbers of 26 bits whose sum is `a`.
#[inline(always)]
fn split(a: f64) -> (f64, f64) {
    const FACTOR: f64 = 134_217_729.0; // 2^27 + 1
    let large = FACTOR * a;
    let high = large - (large - a);
    (high, a - high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_length_is_summed() {
        for n in 0..40usize {
            let (a, b): (Vec<f64>, Vec<f64>) = (0..n).map(|k| (k as f64, 2.0)).unzip();
            assert_eq!(lane_dot(&a, &b), (n * n.saturating_sub(1)) as f64);
        }
    }

    #[test]
    fn what_64_bits_lose_is_kept() {
        let third = 1.0 / 3.0;
        // 3 third = 1 - 2^-54 exactly.
        let rest = Twofold::new(-1.0).plus_product(3.0, third).rounded();
        assert_eq!(rest, -f64::EPSILON / 4.0);
        let sum = Twofold::new(1e16).plus_product(1.0, 1.0).plus_product(-1e8, 1e8);
        assert_eq!(sum.rounded(), 1.0);
    }
}
