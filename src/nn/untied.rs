//! Weights that locations or time steps share, taken apart; and sequences of another length.

use super::layer::{Layer, Tensor};
use super::parameters::named;
use super::pass::Dropout;
use super::{LayerConfig, Network, NetworkConfig, Parameter, Real, Shape};
use crate::error::{Error, Result};

impl<T: Real> Network<T> {
    /// Member 0's gradients of the loss with the weights of every location or time step apart: those
    /// of the same network without sharing, where each has a copy of the shared weights.
    pub(super) fn untied_gradients(
        &self,
        x: &[f64],
        y: &[f64],
        dropout: Dropout<T>,
    ) -> Result<Vec<Parameter>> {
        let config =
            NetworkConfig { layers: self.untied_layers(), n_members: 1, ..self.config.clone() };
        if config.layers == self.config.layers {
            return Ok(Vec::new());
        }
        let layers = match config.build() {
            Ok(layers) if config.check_pass(&layers, x.len() / self.inputs()).is_ok() => layers,
            _ => return Ok(Vec::new()),
        };
        let parameters = self.stretched(0, &layers);
        let found = self.find(&layers, &parameters, x, y, dropout)?;
        let mut gradients = named(&layers, &found.gradients);
        let kept = config.layers.iter().zip(&self.config.layers).zip(&layers);
        let mut kept = kept.flat_map(|((a, b), layer)| vec![a != b; layer.tensors.len()]);
        gradients.retain(|_| kept.next().expect("one a tensor"));
        Ok(gradients)
    }

    /// The layers without sharing.
    fn untied_layers(&self) -> Vec<LayerConfig> {
        let inputs = std::iter::once(self.config.input).chain(self.layers.iter().map(|l| l.shape));
        let untied = |(layer, input): (&LayerConfig, Shape)| {
            let kind = layer.kind.untied(input).unwrap_or(layer.kind);
            LayerConfig { kind, ..layer.clone() }
        };
        self.config.layers.iter().zip(inputs).map(untied).collect()
    }

    /// A network for sequences of another length, with the same weights: where every time step has
    /// weights of its own, the first ones, and beyond the length it was made for its last ones. It
    /// has no training set, its optimizer starts afresh, and it has taken no step.
    ///
    /// # Errors
    /// Where the inputs are no sequences; where `steps` is 0 or the network would not fit.
    pub fn with_steps(&self, steps: usize) -> Result<Network<T>> {
        let Shape::Steps { features, .. } = self.config.input else {
            let sentence = format!(
                "steps = {steps}: must be asked of a network on sequences, input = {{steps, \
                 features}}, and not on {}",
                self.config.input
            );
            return Err(Error::invalid(sentence));
        };
        let input = Shape::Steps { steps, features };
        let mut network = Network::new(NetworkConfig { input, ..self.config.clone() })?;
        for member in 0..self.members.len() {
            let parameters = self.stretched(member, &network.layers);
            network.members[member].other.copy_from_slice(&parameters);
            network.members[member].parameters = parameters;
        }
        Ok(network)
    }

    /// A member's parameters for layers of the same kinds, where other numbers of locations or time
    /// steps have some of their own: set by set, and the last one for all sets that remain.
    fn stretched(&self, member: usize, layers: &[Layer]) -> Vec<T> {
        let parameters = &self.members[member].parameters;
        let tensors =
            |layers| -> Vec<&Tensor> { <[Layer]>::iter(layers).flat_map(|l| &l.tensors).collect() };
        let mut stretched = Vec::new();
        for (from, to) in tensors(&self.layers).into_iter().zip(tensors(layers)) {
            let sets: Vec<&[T]> =
                parameters[from.range.clone()].chunks_exact(from.range.len() / from.sets).collect();
            for set in 0..to.sets {
                stretched.extend_from_slice(sets[set.min(from.sets - 1)]);
            }
        }
        stretched
    }
}
