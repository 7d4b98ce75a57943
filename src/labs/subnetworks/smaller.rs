//! The smaller networks dropout makes of a whole one: which there are, how likely each is, and how it
//! answers.

use crate::data::DIGIT_CLASSES;
use crate::error::Result;
use crate::nn::{
    Network, ReducedNetworks, Rng, all_masks, log_softmax, mask_chance, softmax, uniform,
};
use std::iter::repeat;

/// Dropout of hidden neurons.
#[derive(Clone, Copy)]
pub(super) struct Dropout {
    /// Hidden neurons, all of which can be dropped.
    pub units: usize,
    /// The probability that one is kept.
    pub keep_prob: f64,
}

/// A smaller network.
pub(super) struct Smaller {
    /// The hidden neurons it keeps, layer by layer.
    pub kept: Vec<bool>,
    /// How much it counts in a mean: as much as it is likely.
    pub chance: f64,
}

impl Dropout {
    /// All smaller networks it can make: where p is 1 there is but one.
    pub fn all(self) -> impl Iterator<Item = Smaller> {
        let all = all_masks(self.units)
            .map(move |kept| Smaller { chance: mask_chance(&kept, repeat(self.keep_prob)), kept });
        all.filter(|smaller| smaller.chance > 0.0)
    }

    /// A mask, drawn neuron by neuron.
    pub fn draw(self, rng: &mut Rng) -> Vec<bool> {
        (0..self.units).map(|_| uniform(rng) < self.keep_prob).collect()
    }
}

/// The whole network, ready to be asked about the same images with any of its hidden neurons left out.
pub(super) struct Whole {
    networks: ReducedNetworks<DIGIT_CLASSES>,
    /// What a kept neuron's output is multiplied by.
    factor: f64,
}

/// One network's answers about images, each (images x classes).
#[derive(Default)]
pub(super) struct Answers {
    /// Outputs before the softmax.
    pub outputs: Vec<f64>,
    /// The probabilities.
    pub y_hat: Vec<f64>,
    /// Their logarithms.
    pub logs: Vec<f64>,
}

impl Whole {
    /// Of a network as it is now, about these images.
    ///
    /// # Errors
    /// As [`ReducedNetworks::of`].
    pub fn of(network: &Network<f64>, x: &[f64]) -> Result<Self> {
        let config = network.config();
        let factor = config.dropout_scaling.in_training(config.layers[0].keep_prob);
        Ok(Whole { networks: ReducedNetworks::of(network, x)?, factor })
    }

    /// What the whole network says in one pass, with nothing dropped and nothing scaled.
    pub fn one_pass(&self) -> Answers {
        let mut answers = Answers::default();
        let factors = vec![1.0; self.networks.droppable()];
        self.networks.outputs(&factors, &mut answers.outputs);
        answers.take_softmax();
        answers
    }

    /// What a smaller network says.
    pub fn ask(&self, kept: &[bool], answers: &mut Answers) {
        self.ask_outputs(kept, &mut answers.outputs);
        answers.take_softmax();
    }

    /// A smaller network's probabilities.
    pub fn ask_probabilities(&self, kept: &[bool], y_hat: &mut Vec<f64>) {
        self.ask_outputs(kept, y_hat);
        softmax(y_hat, DIGIT_CLASSES);
    }

    /// What a smaller network says before the softmax: enough to know which class is the most likely.
    pub fn ask_outputs(&self, kept: &[bool], outputs: &mut Vec<f64>) {
        let factor = |&kept: &bool| if kept { self.factor } else { 0.0 };
        self.networks.outputs(&kept.iter().map(factor).collect::<Vec<f64>>(), outputs);
    }
}

impl Answers {
    fn take_softmax(&mut self) {
        self.logs.clone_from(&self.outputs);
        log_softmax(&mut self.logs, &mut self.y_hat, DIGIT_CLASSES);
    }
}
