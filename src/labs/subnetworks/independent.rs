//! The networks compared with: trained apart, sharing no weight, without dropout.

use super::problem::Problem;
use crate::error::Result;
use crate::nn::Network;
use crate::param::{Choice, Settings};

/// How many there are.
const COUNT: usize = 16;

/// How large each is.
pub(super) const SIZES: &[Choice] = &[
    Choice::new("smaller", "as large as a smaller one"),
    Choice::new("whole", "as large as the whole one"),
];

/// Networks that share nothing.
pub(super) struct Independent {
    network: Network<f64>,
    /// Hidden neurons a layer of each.
    pub units: usize,
}

impl Independent {
    /// The networks of these settings.
    ///
    /// # Errors
    /// As [`Network::new`].
    pub fn new(settings: &Settings, problem: &Problem) -> Result<Self> {
        let all = settings.whole("units");
        // As many as dropout keeps on average.
        let kept = (problem.keep_prob * all as f64).round().max(1.0) as usize;
        let units = if settings.choice("independent") == "whole" { all } else { kept };
        Ok(Independent { network: problem.network(settings, units, 1.0, COUNT)?, units })
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        COUNT
    }

    /// Takes one step with each.
    ///
    /// # Errors
    /// As [`Network::step`].
    pub fn step(&mut self) -> Result<()> {
        self.network.step(1).map(drop)
    }

    /// Takes another learning rate from the next step on.
    pub fn set_learning_rate(&mut self, rate: f64) {
        self.network.set_learning_rate(rate);
    }

    /// The probabilities one of them gives to rows of inputs.
    pub fn predict(&self, member: usize, x: &[f64]) -> Vec<f64> {
        self.network.predict_member(member, x).expect("one of the lab's networks and its test set")
    }

    /// Weights and biases of all of them.
    pub fn parameters(&self) -> usize {
        COUNT * count(&self.network)
    }
}

/// Weights and biases of one member of a network.
pub(super) fn count(network: &Network<f64>) -> usize {
    network.config().parameter_count().expect("a network that could be built")
}
