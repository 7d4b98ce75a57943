//! The first hidden layer of a network: how active its neurons are, and where their weights lie.
//!
//! Srivastava and others, 2014, "Dropout", sections 7.1 and 7.2, where it is that of an autoencoder.

use crate::nn::{Network, TestSet};

/// Weights of a neuron that count as its largest.
const LARGEST: usize = 5;

/// A first hidden layer as it is at one step.
pub(super) struct FirstLayer {
    /// max(0, W(1) x + b(1)) for every example (examples x neurons), before anything makes up for dropout.
    pub activations: Vec<f64>,
    /// W(1) (neurons x pixels).
    pub weights: Vec<f64>,
    neurons: usize,
}

impl FirstLayer {
    /// That of a network, on these examples.
    pub fn new(network: &Network<f32>, examples: &TestSet<f32>) -> Self {
        let activations = examples.hidden(network, 1).expect("the lab's networks have one");
        let weights = network.weights(0, "w1").expect("a layer").to_f64();
        FirstLayer { activations, weights, neurons: network.widths()[1] }
    }

    /// The weights of each neuron, one a pixel.
    pub fn weights_by_neuron(&self) -> impl Iterator<Item = &[f64]> {
        self.weights.chunks_exact(self.weights.len() / self.neurons)
    }

    /// The mean activation over all neurons and examples.
    pub fn mean(&self) -> f64 {
        mean(self.activations.iter().copied())
    }

    /// The mean activation of a neuron over all examples.
    pub fn mean_of(&self, neuron: usize) -> f64 {
        mean(self.activations.iter().skip(neuron).step_by(self.neurons).copied())
    }

    /// The share of the activations that are exactly 0.
    pub fn zeros(&self) -> f64 {
        let zero = |&activation: &f64| f64::from(u8::from(activation == 0.0));
        mean(self.activations.iter().map(zero))
    }

    /// The largest activation.
    pub fn largest(&self) -> f64 {
        self.activations.iter().copied().fold(0.0, f64::max)
    }

    /// The share of the sum of a neuron's squared weights that its five largest have, as a mean over the
    /// neurons: 5 / pixels where all are of one size, 1 where there are no others.
    pub fn concentration(&self) -> f64 {
        mean(self.weights_by_neuron().map(share_of_largest))
    }
}

fn share_of_largest(weights: &[f64]) -> f64 {
    let (mut largest, mut all) = ([0.0; LARGEST], 0.0);
    for weight in weights {
        let mut square = weight * weight;
        all += square;
        // The largest stands first: a new one moves those after it on, and the smallest falls out.
        for known in &mut largest {
            if square > *known {
                std::mem::swap(&mut square, known);
            }
        }
    }
    largest.iter().sum::<f64>() / all
}

fn mean(numbers: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = numbers.fold((0.0, 0.0), |(sum, count), number| (sum + number, count + 1.0));
    sum / count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_of_one_size_are_spread_out_and_few_ones_are_not() {
        assert_eq!(share_of_largest(&[-2.0; 64]), 5.0 / 64.0);
        let mut few = [0.0; 64];
        few[3..8].fill(-1.0);
        assert_eq!(share_of_largest(&few), 1.0);
        few[40] = 2.0;
        assert_eq!(share_of_largest(&few), 8.0 / 9.0);
    }
}
