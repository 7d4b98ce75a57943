//! The gradient of a tied weight: the sum of the gradients at the places where it is used.

use super::named;
use crate::error::Result;
use crate::figure::{Body, Cell, Column, Table};
use crate::nn::{Network, NetworkConfig};

/// The gradients of the weights of one tensor, tied and taken apart, in 64 bits.
pub(super) struct TiedGradient {
    /// Of the tied weights.
    tied: Vec<f64>,
    /// Of the same weights with a copy at every place: [places x the weights].
    apart: Vec<f64>,
}

impl TiedGradient {
    /// Of the loss on these examples, for the tensor of this name.
    pub fn of(network: &Network<f32>, x: &[f64], y: &[f64], name: &str) -> Result<Self> {
        let config = NetworkConfig { batch_size: y.len(), ..network.config().clone() };
        let mut exact: Network<f64> = Network::new(config)?;
        exact.set_parameters(&network.parameters(0)?, 0)?;
        let found = exact.gradients(x, y, None)?;
        let tied = named(&found.parameters, name).values.clone();
        Ok(TiedGradient { tied, apart: named(&found.untied, name).values.clone() })
    }

    /// What every place adds to the gradient of one weight.
    pub fn parts(&self, weight: usize) -> Vec<f64> {
        self.apart.iter().skip(weight).step_by(self.tied.len()).copied().collect()
    }

    /// The gradient of one tied weight.
    pub fn tied(&self, weight: usize) -> f64 {
        self.tied[weight]
    }

    /// The largest difference between a tied gradient and the sum of its parts, over the largest
    /// gradient.
    pub fn gap(&self) -> f64 {
        let largest = self.tied.iter().fold(0.0f64, |largest, g| largest.max(g.abs()));
        let gap =
            |weight: usize| (self.parts(weight).iter().sum::<f64>() - self.tied[weight]).abs();
        (0..self.tied.len()).map(gap).fold(0.0, f64::max) / largest.max(f64::MIN_POSITIVE)
    }

    /// As a table: the sum, the tied gradient, then the places one by one.
    pub fn table(&self, weight: usize, place: &str, names: impl Iterator<Item = String>) -> Body {
        let parts = self.parts(weight);
        let row = |name: String, value: f64| vec![Cell::Text(name), Cell::Number(value)];
        let mut rows = vec![
            row(format!("sum over {} {place}s", parts.len()), parts.iter().sum()),
            row("gradient of the tied weight".to_string(), self.tied(weight)),
        ];
        rows.extend(names.zip(parts).map(|(name, part)| row(name, part)));
        let columns = ["where", "∂ loss / ∂ weight"].map(Column::plain).to_vec();
        Body::Table(Table { columns, rows })
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
        let found = TiedGradient::of(&network, &[1.0, 2.0, 3.0], &[0.0, 0.0], "w1").unwrap();
        assert_eq!((found.parts(0), found.tied(0)), (vec![1.0, 4.0], 5.0));
        assert_eq!((found.parts(1), found.tied(1)), (vec![2.0, 6.0], 8.0));
        assert_eq!(found.gap(), 0.0);
    }
}
