//! What is done to the inputs of a linear model in training: noise or dropout, fresh every time.

use crate::nn::{LaneRng, draw_mask};

/// How far noise that depends on x leans on it: its correlation with every input.
pub const LEANING: f64 = 0.5;

/// A disturbance of the inputs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Disturbance {
    /// Gaussian noise of this variance; where `dependent`, half of it (by standard deviation) is x
    /// itself, so that on standardised x it still has mean 0 and the same variance.
    Noise {
        /// Its variance.
        alpha: f64,
        /// Whether it leans on x.
        dependent: bool,
    },
    /// Inputs kept with this probability, and then divided by it.
    Dropout {
        /// The probability.
        keep_prob: f64,
    },
}

impl Disturbance {
    /// Writes the disturbed inputs beside the clean ones.
    pub fn apply(self, rng: &mut LaneRng, x: &[f64], disturbed: &mut Vec<f64>) {
        disturbed.clear();
        match self {
            Disturbance::Noise { alpha, dependent } => {
                let leaning = if dependent { LEANING } else { 0.0 };
                let (own, of_x) = (alpha.sqrt() * alone(leaning), 1.0 + alpha.sqrt() * leaning);
                disturbed.resize(x.len(), 0.0);
                rng.fill_with_normals(disturbed);
                disturbed.iter_mut().zip(x).for_each(|(n, x)| *n = of_x * x + own * *n);
            }
            Disturbance::Dropout { keep_prob } => {
                disturbed.resize(x.len(), 0.0);
                draw_mask(rng, keep_prob, disturbed);
                disturbed.iter_mut().zip(x).for_each(|(mask, x)| *mask *= x / keep_prob);
            }
        }
    }
}

/// The share, by standard deviation, of noise that does not lean on x.
pub fn alone(leaning: f64) -> f64 {
    (1.0 - leaning * leaning).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::Stream;

    fn disturbed(disturbance: Disturbance) -> Vec<f64> {
        let x: Vec<f64> = (0..200_000).map(|i| if i % 2 == 0 { 1.0 } else { -1.0 }).collect();
        let (mut rng, mut result) = (LaneRng::new(1, Stream::Noise, 0), Vec::new());
        disturbance.apply(&mut rng, &x, &mut result);
        result.iter().zip(&x).map(|(after, before)| (after - before) * before).collect()
    }

    fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
        let n = values.len() as f64;
        values.sum::<f64>() / n
    }

    #[test]
    fn noise_has_the_variance_and_leans_on_x_only_where_it_should() {
        for (dependent, want) in [(false, 0.0), (true, LEANING)] {
            let noise = disturbed(Disturbance::Noise { alpha: 0.25, dependent });
            assert!((mean(noise.iter().map(|n| n * n)) - 0.25).abs() < 0.005);
            assert!((mean(noise.iter().copied()) - 0.5 * want).abs() < 0.006);
        }
    }

    #[test]
    fn dropout_leaves_the_mean_as_it_was() {
        let change = disturbed(Disturbance::Dropout { keep_prob: 0.8 });
        assert!(mean(change.iter().copied()).abs() < 0.006);
        assert!((mean(change.iter().map(|n| n * n)) - 0.25).abs() < 0.006, "(1 - p) / p");
    }
}
