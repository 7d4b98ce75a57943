//! Errors of n predictors that are drawn with chosen v and c, and what is measured of them.

use super::moments::Moments;
use crate::nn::{LaneRng, Stream};

/// The errors drawn so far, as sums.
pub(super) struct DrawnErrors {
    /// What they are drawn with.
    moments: Moments,
    n: usize,
    normals: LaneRng,
    /// Examples drawn.
    pub examples: usize,
    /// For the average of the first 1, 2, … of the errors: the sums of its square and of its fourth
    /// power.
    powers: Vec<Powers>,
    /// The sums of the products of two errors (n x n).
    products: Vec<f64>,
}

#[derive(Clone, Copy, Default)]
struct Powers {
    square: f64,
    fourth: f64,
}

/// A mean square as it was measured.
#[derive(Clone, Copy)]
pub(super) struct Measured {
    pub mean: f64,
    pub standard_error: f64,
}

impl Measured {
    /// Two standard errors below.
    pub fn low(self) -> f64 {
        self.mean - 2.0 * self.standard_error
    }

    /// Two standard errors above.
    pub fn high(self) -> f64 {
        self.mean + 2.0 * self.standard_error
    }
}

impl DrawnErrors {
    /// None yet, of predictors with these moments.
    pub fn new(moments: Moments, seed: u32) -> Self {
        let n = moments.n as usize;
        DrawnErrors {
            moments,
            n,
            normals: LaneRng::new(seed, Stream::Noise, 0),
            examples: 0,
            powers: vec![Powers::default(); n],
            products: vec![0.0; n * n],
        }
    }

    /// Draws the errors of so many more examples.
    pub fn draw(&mut self, examples: usize) {
        let mut drawn = vec![0.0; examples * self.n];
        self.normals.fill_with_normals(&mut drawn);
        for errors in drawn.chunks_exact_mut(self.n) {
            correlate(errors, self.moments);
            self.add(errors);
        }
    }

    fn add(&mut self, errors: &[f64]) {
        let mut sum = 0.0;
        for (i, (error, powers)) in errors.iter().zip(&mut self.powers).enumerate() {
            sum += error;
            let average = sum / (i + 1) as f64;
            powers.square += average * average;
            powers.fourth += average * average * average * average;
        }
        for (row, &error) in self.products.chunks_exact_mut(self.n).zip(errors) {
            row.iter_mut().zip(errors).for_each(|(sum, other)| *sum += error * other);
        }
        self.examples += 1;
    }

    /// The mean square of the average of all n errors.
    pub fn measured(&self) -> Measured {
        self.measured_at(self.n)
    }

    /// The mean square of the average of the first `size` errors.
    pub fn measured_at(&self, size: usize) -> Measured {
        let examples = self.examples as f64;
        let Powers { square, fourth } = self.powers[size - 1];
        let mean = square / examples;
        let variance = (fourth / examples - mean * mean).max(0.0);
        Measured { mean, standard_error: (variance / examples).sqrt() }
    }

    /// The mean products of two errors (n x n).
    pub fn products(&self) -> Vec<f64> {
        self.products.iter().map(|sum| sum / self.examples as f64).collect()
    }

    /// The means of these on the diagonal and off it.
    pub fn moments(&self) -> Moments {
        let (products, n) = (self.products(), self.n);
        let on: f64 = (0..n).map(|i| products[i * n + i]).sum();
        let all: f64 = products.iter().sum();
        let c = if n > 1 { (all - on) / (n * (n - 1)) as f64 } else { f64::NAN };
        Moments { v: on / n as f64, c, n: n as f64 }
    }
}

/// Turns independent normal numbers into errors with these moments: their mean gets variance
/// v/n + (n-1)/n c, and what each is away from it shares out v - c.
pub(super) fn correlate(errors: &mut [f64], moments: Moments) {
    let mean = errors.iter().sum::<f64>() / moments.n;
    let together = (moments.n * moments.expected()).max(0.0).sqrt();
    let apart = (moments.v - moments.c).max(0.0).sqrt();
    errors.iter_mut().for_each(|error| *error = together * mean + apart * (*error - mean));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_of_two_by_hand() {
        // Normal numbers 1 and 0, v = 1 and c = 0.28: together sqrt 1.28, apart sqrt 0.72.
        let mut errors = [1.0, 0.0];
        correlate(&mut errors, Moments { v: 1.0, c: 0.28, n: 2.0 });
        let want = [1.28_f64.sqrt() + 0.72_f64.sqrt(), 1.28_f64.sqrt() - 0.72_f64.sqrt()];
        assert!(errors.iter().zip(want).all(|(error, want)| (error - want / 2.0).abs() < 1e-15));
    }
}
