//! What all members of an ensemble say about the same rows.

use super::loss::softmax;
use super::pass::{Dropout, Pass, copy_into};
use super::{Loss, Network, Real};
use crate::error::Result;

/// Rows that go through the members together, so that they stay in the cache.
const CHUNK: usize = 256;

impl<T: Real> Network<T> {
    /// Every member's own prediction, as [`Network::predict_member`] makes it: the rows are read once
    /// for all of them.
    ///
    /// # Shapes
    /// `x` (rows x inputs) in; for every member (rows x outputs) out.
    ///
    /// # Errors
    /// As [`Network::predict`].
    pub fn predict_members(&self, x: &[f64]) -> Result<Vec<Vec<f64>>> {
        let numbers = self.check_rows("x", x)? * self.outputs();
        let mut all = vec![Vec::with_capacity(numbers); self.config().n_members];
        let (layers, mut pass) = (self.layers(), Pass::default());
        for x in x.chunks(CHUNK * self.inputs()) {
            copy_into(x, pass.inputs(layers, x.len() / self.inputs()));
            for (member, y_hat) in all.iter_mut().enumerate() {
                let parameters = self.member_parameters(member);
                pass.forward(layers, parameters, Dropout::Predicting(self.config()));
                y_hat.extend(pass.output().iter().map(|value| value.to_f64()));
            }
        }
        if self.config().loss == Loss::CrossEntropy {
            all.iter_mut().for_each(|y_hat| softmax(y_hat, self.classes()));
        }
        Ok(all)
    }
}

#[cfg(test)]
mod tests {
    use crate::nn::{Activation, LayerConfig, Loss, Network, NetworkConfig};

    #[test]
    fn they_are_the_predictions_of_each() {
        let hidden = LayerConfig { keep_prob: 0.5, ..LayerConfig::dense(3, Activation::Tanh) };
        let layers = vec![hidden, LayerConfig::dense(2, Activation::Linear)];
        let config =
            NetworkConfig { n_members: 3, ..NetworkConfig::new(2, layers, Loss::CrossEntropy) };
        let network: Network<f32> = Network::new(config).unwrap();
        let x: Vec<f64> = (0..2 * 300).map(|i| f64::from(i % 17) / 8.0 - 1.0).collect();
        let all = network.predict_members(&x).unwrap();
        let each = (0..3).map(|member| network.predict_member(member, &x).unwrap());
        assert!(each.eq(all));
        assert!(network.predict_members(&[1.0]).is_err());
    }
}
