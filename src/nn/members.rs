//! What all members of an ensemble say about the same rows.

use super::layer::{Layer, LayerConfig, LayerKind, Workspace};
use super::loss::softmax;
use super::pass::{Dropout, Pass, copy_into};
use super::{Loss, Network, Real, Shape};
use crate::error::Result;

/// The first layers of all members side by side: one layer, with its parameters.
struct Firsts<T> {
    layer: Layer,
    parameters: Vec<T>,
    /// Outputs of each member.
    units: usize,
    workspace: Workspace<T>,
    /// What it makes of some rows (rows x members x units).
    h: Vec<T>,
}

impl<T: Real> Firsts<T> {
    /// Those of an ensemble whose first layer is dense and which drops nothing; else there are none.
    fn of(network: &Network<T>) -> Option<Self> {
        let (config, layers) = (network.config(), network.layers());
        let LayerKind::Dense { units, shared: true } = config.layers[0].kind else { return None };
        let drops = (0..layers.len()).any(|place| config.keep_prob(place) < 1.0);
        if drops || layers.len() == 1 || !matches!(layers[0].shape, Shape::Flat(_)) {
            return None;
        }
        let kind = LayerKind::Dense { units: units * config.n_members, shared: true };
        let all = LayerConfig { kind, ..config.layers[0].clone() };
        let layer = Layer::new(&all, config.input, 0).ok()?;
        let each = |member| &network.member_parameters(member)[layers[0].range.clone()];
        let split = |member| each(member).split_at(units * layers[0].inputs);
        let weights = (0..config.n_members).flat_map(|member| split(member).0);
        let biases = (0..config.n_members).flat_map(|member| split(member).1);
        let parameters = weights.chain(biases).copied().collect();
        Some(Firsts { layer, parameters, units, workspace: Workspace::default(), h: Vec::new() })
    }

    fn forward(&mut self, x: &[T]) {
        self.h.resize(x.len() / self.layer.inputs * self.layer.outputs(), T::ZERO);
        self.layer.forward(&self.parameters, x, &mut self.h, &mut self.workspace);
    }

    /// The part of one member.
    fn copy(&self, member: usize, to: &mut [T]) {
        let rows = self.h.chunks_exact(self.layer.outputs());
        for (to, h) in to.chunks_exact_mut(self.units).zip(rows) {
            to.copy_from_slice(&h[member * self.units..][..self.units]);
        }
    }
}

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
        let (layers, mut firsts) = (self.layers(), Firsts::of(self));
        let (mut before, mut after) = (Pass::default(), Pass::default());
        for x in x.chunks(self.chunk() * self.inputs()) {
            let rows = x.len() / self.inputs();
            let inputs = before.inputs(layers, rows);
            copy_into(x, inputs);
            if let Some(firsts) = &mut firsts {
                firsts.forward(inputs);
            }
            for (member, y_hat) in all.iter_mut().enumerate() {
                let parameters = self.member_parameters(member);
                let output = if let Some(firsts) = &firsts {
                    firsts.copy(member, after.inputs(&layers[1..], rows));
                    after.forward(&layers[1..], parameters, Dropout::Off);
                    after.output()
                } else {
                    before.forward(layers, parameters, Dropout::Predicting(self.config()));
                    before.output()
                };
                y_hat.extend(output.iter().map(|value| value.to_f64()));
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
    use super::*;
    use crate::nn::{Activation, DropoutScaling, NetworkConfig};

    #[test]
    fn they_are_the_predictions_of_each() {
        let x: Vec<f64> = (0..2 * 300).map(|i| f64::from(i % 17) / 8.0 - 1.0).collect();
        for (keep_prob, dropout_scaling) in
            [(1.0, DropoutScaling::Inverted), (0.5, DropoutScaling::AtTest)]
        {
            let hidden = LayerConfig { keep_prob, ..LayerConfig::dense(5, Activation::Tanh) };
            let layers = vec![hidden.clone(), hidden, LayerConfig::dense(3, Activation::Linear)];
            let config = NetworkConfig::new(2, layers, Loss::CrossEntropy);
            let config = NetworkConfig { n_members: 3, dropout_scaling, ..config };
            let network: Network<f32> = Network::new(config).unwrap();
            assert_eq!(Firsts::of(&network).is_some(), keep_prob == 1.0);
            let all = network.predict_members(&x).unwrap();
            let each = (0..3).map(|member| network.predict_member(member, &x).unwrap());
            assert!(each.eq(all), "{keep_prob}");
            assert!(network.predict_members(&[1.0]).is_err(), "a ragged row");
        }
    }
}
