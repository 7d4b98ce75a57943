//! Averages: of numbers, and of networks' answers.

use super::measure::{Judged, judge, squared_error, wrong};

/// A mean of lists of numbers, each with a weight.
#[derive(Default)]
pub(super) struct Mean {
    weight: f64,
    sum: Vec<f64>,
}

impl Mean {
    /// Takes in a list: each as long as the first.
    pub fn add(&mut self, weight: f64, terms: &[f64]) {
        self.weight += weight;
        self.sum.resize(terms.len(), 0.0);
        self.sum.iter_mut().zip(terms).for_each(|(sum, term)| *sum += weight * term);
    }

    /// The mean so far.
    pub fn so_far(&self) -> Vec<f64> {
        self.sum.iter().map(|sum| sum / self.weight).collect()
    }

    /// As [`wrong`] of the mean; not a number before anything is taken in.
    pub fn wrong(&self, y: &[f64]) -> f64 {
        if self.sum.is_empty() { f64::NAN } else { wrong(&self.sum, y) }
    }
}

/// The average of networks' answers about the test images, taken in one after another, each with a
/// weight: and how good they are alone.
pub(super) struct Average {
    /// The classes of the images.
    pub y: Vec<f64>,
    /// Of their probabilities (images x classes).
    y_hat: Mean,
    /// The wrong answers of each, a fraction, in the order in which they came.
    pub errors: Vec<f64>,
    /// The wrong answers of the average of the first so many of them.
    pub curve: Vec<(f64, f64)>,
    /// Sums over the networks, each times its weight: of wrong answers, of squared errors, and of
    /// squared probabilities.
    wrong: f64,
    variance: f64,
    squares: f64,
    /// Sums of the squared weights, and of those times the squared errors.
    squared_weights: f64,
    diagonal: f64,
}

impl Average {
    /// Of no networks yet, on images of these classes.
    pub fn new(y: &[f64]) -> Self {
        Average {
            y: y.to_vec(),
            y_hat: Mean::default(),
            errors: Vec::new(),
            curve: Vec::new(),
            wrong: 0.0,
            variance: 0.0,
            squares: 0.0,
            squared_weights: 0.0,
            diagonal: 0.0,
        }
    }

    /// Takes in a network's probabilities.
    pub fn add(&mut self, weight: f64, y_hat: &[f64]) {
        let Judged { wrong, errors, squares } = judge(y_hat, &self.y);
        let squared = errors / y_hat.len() as f64;
        self.y_hat.add(weight, y_hat);
        self.errors.push(wrong);
        self.wrong += weight * wrong;
        self.variance += weight * squared;
        self.squares += weight * squares;
        self.squared_weights += weight * weight;
        self.diagonal += weight * weight * squared;
        let count = self.errors.len();
        // About ten points for every doubling.
        if count.is_multiple_of((count.next_power_of_two() / 16).max(1)) {
            self.curve.push((count as f64, self.error()));
        }
    }

    /// Networks taken in.
    pub fn count(&self) -> usize {
        self.errors.len()
    }

    /// The average of the probabilities.
    pub fn y_hat(&self) -> Vec<f64> {
        self.y_hat.so_far()
    }

    /// The wrong answers of the average, a fraction; not a number of no networks.
    pub fn error(&self) -> f64 {
        self.y_hat.wrong(&self.y)
    }

    /// The wrong answers of one network, on average.
    pub fn mean_error(&self) -> f64 {
        self.wrong / self.y_hat.weight
    }

    /// v, the mean squared error of one network's probabilities, and c, that of two different ones:
    /// the average's squared error is the sum of weight times weight times E\[e_i e_j\] over all pairs.
    /// With n equal weights this is the slides' formula, v/n + (n-1)/n c, read backwards.
    pub fn moments(&self) -> (f64, f64) {
        let squared_weight = self.y_hat.weight * self.y_hat.weight;
        let (same, diagonal) =
            (self.squared_weights / squared_weight, self.diagonal / squared_weight);
        let average = squared_error(&self.y_hat(), &self.y);
        (self.variance / self.y_hat.weight, (average - diagonal) / (1.0 - same))
    }

    /// c/v: how alike the errors of two networks are.
    pub fn correlation(&self) -> f64 {
        let (v, c) = self.moments();
        c / v
    }

    /// The standard deviation of one network's probability about the average, over all images and
    /// classes.
    pub fn spread(&self) -> f64 {
        let mean = self.y_hat();
        let square = mean.iter().map(|y_hat| y_hat * y_hat).sum::<f64>();
        ((self.squares / self.y_hat.weight - square).max(0.0) / mean.len() as f64).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::DIGIT_CLASSES;

    /// One image of class 0; the first network is sure and right, the second one sure and wrong.
    #[test]
    fn two_networks_by_hand() {
        let one_hot = |class: usize| {
            let mut y_hat = [0.0; DIGIT_CLASSES];
            y_hat[class] = 1.0;
            y_hat
        };
        let mut average = Average::new(&[0.0]);
        assert!(average.error().is_nan() && average.mean_error().is_nan());
        average.add(3.0, &one_hot(0));
        average.add(1.0, &one_hot(1));
        assert_eq!(average.y_hat()[..3], [0.75, 0.25, 0.0]);
        assert_eq!((average.error(), average.mean_error()), (0.0, 0.25));
        assert_eq!((average.errors, average.curve), (vec![0.0, 1.0], vec![(1.0, 0.0), (2.0, 0.0)]));
    }

    /// Errors e1 and e2 of two equal networks: v is the mean of e1^2 and e2^2, c is e1 e2.
    #[test]
    fn the_moments_of_equal_networks_are_the_slides() {
        let mut average = Average::new(&[0.0]);
        let [e1, e2] = [0.4, 0.8].map(|miss: f64| {
            let mut y_hat = [miss / 9.0; DIGIT_CLASSES];
            y_hat[0] = 1.0 - miss;
            average.add(1.0, &y_hat);
            y_hat[0] = -miss;
            y_hat
        });
        let product = |a: &[f64], b: &[f64]| -> f64 {
            a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>() / a.len() as f64
        };
        let (v, c) = average.moments();
        assert!((v - (product(&e1, &e1) + product(&e2, &e2)) / 2.0).abs() < 1e-15);
        assert!((c - product(&e1, &e2)).abs() < 1e-15);
        assert_eq!(average.correlation(), c / v);
    }
}
