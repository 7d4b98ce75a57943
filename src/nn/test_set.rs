//! Examples a network is judged by, again and again while it learns.

use super::loss::{Score, score};
use super::predict::Rows;
use super::{Network, Real};
use crate::error::Result;

/// Examples to be judged by, checked once and kept in the network's own type of numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct TestSet<T> {
    x: Vec<T>,
    y: Vec<f64>,
}

impl<T: Real> TestSet<T> {
    /// Examples for networks that take and answer what this one does.
    ///
    /// # Shapes
    /// `x` and `y` as [`Network::load`] takes them.
    ///
    /// # Errors
    /// As [`Network::load`].
    ///
    /// ```
    /// use regularization_playground::nn::*;
    /// let layers = vec![LayerConfig::dense(1, Activation::Linear)];
    /// let network: Network<f32> = Network::new(NetworkConfig::new(1, layers, Loss::Mse)).unwrap();
    /// let test_set = TestSet::new(&network, &[0.0, 0.0], &[1.0, 3.0]).unwrap();
    /// // Its weight meets zeros, its bias is 0: the mean of the squares is (1 + 9) / 2.
    /// assert_eq!(test_set.score(&network).loss, 5.0);
    /// ```
    pub fn new(network: &Network<T>, x: &[f64], y: &[f64]) -> Result<Self> {
        let rows = network.check_rows("x", x)?;
        network.check_targets(y, rows)?;
        Ok(TestSet { x: x.iter().map(|&x| T::from_f64(x)).collect(), y: y.to_vec() })
    }

    /// The targets.
    pub fn y(&self) -> &[f64] {
        &self.y
    }

    /// What a network of the same inputs says of the examples: [`Network::predict`] to the last bit.
    pub fn predictions(&self, network: &Network<T>) -> Vec<f64> {
        network.average(Rows::Own(&self.x))
    }

    /// What a hidden layer of a network of the same inputs says of them: [`Network::hidden`] of its first
    /// member to the last bit.
    ///
    /// # Shapes
    /// (examples x numbers of the layer) out; `layer` counts from 1, as in h(1).
    ///
    /// # Errors
    /// Where there is no such hidden layer.
    pub fn hidden(&self, network: &Network<T>, layer: usize) -> Result<Vec<f64>> {
        network.check_hidden(layer)?;
        Ok(network.through(&network.layers()[..layer], 0, Rows::Own(&self.x)))
    }

    /// How good that is.
    pub fn score(&self, network: &Network<T>) -> Score {
        score(network.config().loss, &self.predictions(network), &self.y, network.classes())
    }
}

#[cfg(test)]
mod tests {
    use crate::nn::{Activation, LayerConfig, Loss, Network, NetworkConfig, TestSet};

    #[test]
    fn hidden_layers_say_of_the_examples_what_they_say_of_the_same_numbers_from_outside() {
        let hidden = LayerConfig { keep_prob: 0.5, ..LayerConfig::dense(3, Activation::Relu) };
        let layers = vec![hidden.clone(), hidden, LayerConfig::dense(1, Activation::Linear)];
        let network: Network<f32> = Network::new(NetworkConfig::new(2, layers, Loss::Mse)).unwrap();
        let x: Vec<f64> = (0..600).map(|i| f64::from(i % 7) / 4.0 - 0.5).collect();
        let set = TestSet::new(&network, &x, &[0.0; 300]).unwrap();
        for layer in [1, 2] {
            let told = set.hidden(&network, layer).unwrap();
            assert_eq!(told, network.hidden(0, layer, &x).unwrap());
            assert!(told.len() == 900 && told.iter().any(|&h| h > 0.0));
        }
        for layer in [0, 3] {
            assert!(set.hidden(&network, layer).is_err());
        }
    }
}
