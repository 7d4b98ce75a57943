//! How far means over all smaller networks are from the whole network in one pass.

use super::measure::{agreement, largest_gap, mean_gap};
use super::trained::Trained;
use super::votes::Votes;

/// Differences over all test images and classes; not numbers before all networks have voted.
pub(super) struct Gaps {
    /// The share of images for which the arithmetic mean and the one pass say the same class.
    pub agreement: f64,
    /// The largest one of the geometric mean of the probabilities.
    pub geometric: f64,
    /// The largest one of their arithmetic mean.
    pub average: f64,
    /// And the mean one.
    pub average_mean: f64,
    /// The largest one of the mean of the outputs before the softmax.
    pub outputs: f64,
}

impl Gaps {
    /// The differences as they are now.
    pub fn of(votes: &Votes, trained: &Trained) -> Self {
        if !votes.complete() {
            let none = f64::NAN;
            let [agreement, geometric, average] = [none; 3];
            return Gaps { agreement, geometric, average, average_mean: none, outputs: none };
        }
        let average = votes.arithmetic_mean();
        Gaps {
            agreement: agreement(&average, &trained.y_hat),
            geometric: largest_gap(&votes.geometric_mean(), &trained.y_hat),
            average: largest_gap(&average, &trained.y_hat),
            average_mean: mean_gap(&average, &trained.y_hat),
            outputs: largest_gap(&votes.mean_outputs(), &trained.outputs),
        }
    }
}
