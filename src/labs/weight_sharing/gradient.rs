//! The gradient of a tied weight: the sum of the gradients at the places where it is used.

use crate::data::Examples;
use crate::error::Result;
use crate::figure::{Body, Cell};
use crate::lab::Picture;
use crate::nn::{Network, NetworkConfig, Parameter};
use crate::numbers::significant;

/// The gradients of the weights of one tensor, tied and taken apart, in 64 bits.
pub(super) struct TiedGradient {
    /// Of the tied weights.
    tied: Vec<f64>,
    /// Of the same weights with a copy at every place: [places x the weights].
    apart: Vec<f64>,
}

impl TiedGradient {
    /// Of the loss on these examples, for the tensor of this name.
    pub fn of(network: &Network<f32>, examples: &Examples, name: &str) -> Result<Self> {
        let Examples { x, y } = examples;
        let config = NetworkConfig { batch_size: y.len(), ..network.config().clone() };
        let mut exact: Network<f64> = Network::new(config)?;
        exact.set_parameters(&network.parameters(0)?, 0)?;
        let found = exact.gradients(x, y, None)?;
        let of = |gradients: Vec<Parameter>| {
            let gradient = gradients.into_iter().find(|gradient| gradient.name == name);
            gradient.expect("a layer that shares its weights").values
        };
        Ok(TiedGradient { tied: of(found.parameters), apart: of(found.untied) })
    }

    /// What every place adds to the gradient of one weight.
    pub fn parts(&self, weight: usize) -> Vec<f64> {
        self.apart.iter().skip(weight).step_by(self.tied.len()).copied().collect()
    }

    /// The sum of what all places add to the gradient of one weight.
    pub fn sum(&self, weight: usize) -> f64 {
        self.parts(weight).iter().sum()
    }

    /// The gradient of one tied weight.
    pub fn tied(&self, weight: usize) -> f64 {
        self.tied[weight]
    }

    /// The largest difference between a tied gradient and the sum of its parts, over the largest
    /// gradient.
    pub fn gap(&self) -> f64 {
        let largest = self.tied.iter().fold(0.0f64, |largest, g| largest.max(g.abs()));
        let gap = |weight: usize| (self.sum(weight) - self.tied[weight]).abs();
        (0..self.tied.len()).map(gap).fold(0.0, f64::max) / largest.max(f64::MIN_POSITIVE)
    }

    /// As a table: the sum, the gradient of the tied weight, then the places one by one. A `place` is a
    /// "location" or a "step", and `names` has one a place; `weight_name` says which weight it is.
    pub fn picture(
        &self,
        weight: usize,
        weight_name: &str,
        place: &str,
        names: impl Iterator<Item = String>,
    ) -> Picture {
        let (parts, sum, tied) = (self.parts(weight), self.sum(weight), self.tied(weight));
        let row = |name: String, value: f64| Cell::row(name, [value]);
        let mut rows = vec![
            row(format!("sum over {} {place}s", parts.len()), sum),
            row("gradient of the tied weight".to_string(), tied),
        ];
        let description = format!(
            "The gradients of {weight_name} at {} {place}s add up to {}; the gradient of the tied \
             weight is {}.",
            parts.len(),
            significant(sum, 7),
            significant(tied, 7)
        );
        rows.extend(names.zip(parts).map(|(name, part)| row(name, part)));
        let body = Body::table(["where", "∂ loss / ∂ weight"], rows);
        Picture { note: weight_name.to_string(), description, body }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::{Activation, Filters, LayerConfig, LayerKind, Loss, Parameter, Shape};

    /// y_hat_l = w x_l + w' x_(l+1) on x = (1, 2, 3) with w = (1, 0): (1, 2). Against y = (0, 0) the
    /// loss is (1 + 4) / 2, and dL/dw = y_hat_1 x_1 + y_hat_2 x_2 = 1 + 4.
    #[test]
    fn a_gradient_by_hand() {
        let filters = LayerKind::Conv1d(Filters::line(1, 2));
        let layers = vec![LayerConfig::new(filters, Activation::Linear)];
        let input = Shape::Line { channels: 1, length: 3 };
        let mut network = Network::new(NetworkConfig::new(input, layers, Loss::Mse)).unwrap();
        let w = Parameter { name: "w1".into(), shape: vec![1, 1, 2], values: vec![1.0, 0.0] };
        network.set_parameters(&[w], 0).unwrap();
        let examples = Examples { x: vec![1.0, 2.0, 3.0], y: vec![0.0, 0.0] };
        let found = TiedGradient::of(&network, &examples, "w1").unwrap();
        assert_eq!((found.parts(0), found.sum(0), found.tied(0)), (vec![1.0, 4.0], 5.0, 5.0));
        assert_eq!((found.parts(1), found.sum(1), found.tied(1)), (vec![2.0, 6.0], 8.0, 8.0));
        assert_eq!(found.gap(), 0.0);
    }
}
