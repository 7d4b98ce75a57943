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

    /// How good that is.
    pub fn score(&self, network: &Network<T>) -> Score {
        score(network.config().loss, &self.predictions(network), &self.y, network.classes())
    }
}
