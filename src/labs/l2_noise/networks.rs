//! The small network of one input that the nonlinear lab trains, and the rescaling of a relu network.

use crate::data::Examples;
use crate::error::Result;
use crate::lab::course::Trained;
use crate::nn::{
    Activation, Init, LayerConfig, Loss, Network, NetworkConfig, OptimizerConfig, OptimizerKind,
    Parameter, Stream, noise_penalty, normal, stream,
};

/// Fresh noisy copies of the training set that each step of the noise network sees.
pub const NOISY_COPIES: usize = 4;

/// Standard deviations of the first layer's weights and biases: wide enough to bend often.
const FIRST_SD: [f64; 2] = [2.0, 1.0];

/// How one of the networks is regularized.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Regularizer {
    /// Variance of the noise.
    pub alpha: f64,
    /// Coefficient of the penalty.
    pub l2: f64,
}

/// A network 1-units-units-1 on all of the examples at every step, by Adam.
///
/// # Errors
/// Where the examples are not finite.
pub fn network(
    train: &Examples,
    (units, activation): (usize, Activation),
    Regularizer { alpha, l2 }: Regularizer,
    learning_rate: f64,
    seed: u32,
) -> Result<Network<f32>> {
    let hidden = LayerConfig { init: Init::Glorot, ..LayerConfig::dense(units, activation) };
    let layers = vec![hidden.clone(), hidden, LayerConfig::dense(1, Activation::Linear)];
    let mut network = Network::new(NetworkConfig {
        alpha,
        l2,
        optimizer: OptimizerConfig::new(OptimizerKind::Adam, learning_rate),
        batch_size: 0,
        seed,
        ..NetworkConfig::new(1, layers, Loss::Mse)
    })?;
    let mut rng = stream(seed, Stream::Init, 1);
    let mut parameters = network.parameters(0)?;
    parameters.truncate(2);
    for (parameter, sd) in parameters.iter_mut().zip(FIRST_SD) {
        parameter.values.iter_mut().for_each(|value| *value = sd * normal(&mut rng));
    }
    network.set_parameters(&parameters, 0)?;
    let copies = if alpha > 0.0 { NOISY_COPIES } else { 1 };
    network.load(&train.x.repeat(copies), &train.y.repeat(copies))?;
    Ok(network)
}

/// A network in training, its learning rate falling to a hundredth along a cosine.
#[derive(Clone)]
pub struct Annealed {
    /// The network.
    pub network: Network<f32>,
    /// The learning rate that it started at.
    pub learning_rate: f64,
    planned: u64,
}

impl Annealed {
    /// A network at its first of so many planned steps, with the learning rate that it starts at.
    pub fn new(network: Network<f32>, learning_rate: f64, planned: u64) -> Self {
        Annealed { network, learning_rate, planned }
    }

    /// What it has fitted.
    ///
    /// # Panics
    /// Where the inputs are not finite: those of a lab are its own.
    pub fn fit(&self, x: &[f64]) -> Vec<f64> {
        self.network.predict(x).expect("the lab's own points")
    }
}

impl Trained for Annealed {
    fn step(&mut self) -> Result<()> {
        let share = (self.network.steps() as f64 / self.planned as f64).min(1.0);
        let fall = 0.5 * (1.0 + libm::cos(std::f64::consts::PI * share));
        self.network.set_learning_rate(self.learning_rate * (0.01 + 0.99 * fall));
        self.network.step(1).map(drop)
    }

    fn learns_like(&self, other: &Self) -> bool {
        let plan = |annealed: &Self| (annealed.learning_rate, annealed.planned);
        plan(self) == plan(other) && self.network.learns_like(&other.network)
    }

    fn bytes(&self) -> usize {
        self.network.bytes()
    }
}

/// The sum of squared weights, biases left out.
fn squared_weights(parameters: &[Parameter]) -> f64 {
    let weights = parameters.iter().filter(|parameter| parameter.shape.len() == 2);
    weights.flat_map(|parameter| &parameter.values).map(|w| w * w).sum()
}

/// The first layer times `factor` and the second layer's weights divided by it: with relu, the same
/// function.
fn rescaled(parameters: &[Parameter], factor: f64) -> Vec<Parameter> {
    let mut result = parameters.to_vec();
    result[0].values.iter_mut().for_each(|w| *w *= factor);
    result[1].values.iter_mut().for_each(|b| *b *= factor);
    result[2].values.iter_mut().for_each(|w| *w /= factor);
    result
}

/// The two penalties of a relu network, before and after it is rescaled.
#[derive(Clone, Copy, Debug)]
pub struct Rescaling {
    /// The sum of squared weights.
    pub l2: Penalty,
    /// What noise adds to the loss.
    pub noise: Penalty,
}

/// A penalty before and after.
#[derive(Clone, Copy, Debug)]
pub struct Penalty {
    /// Of the network as it is.
    pub before: f64,
    /// Of the rescaled network.
    pub after: f64,
}

impl Penalty {
    /// What it is multiplied by.
    pub fn factor(self) -> f64 {
        self.after / self.before
    }
}

impl Rescaling {
    /// Those of a network whose first layer is multiplied by `factor`.
    pub fn of(relu: &Network<f32>, factor: f64, train: &Examples, alpha: f64) -> Self {
        let before = relu.parameters(0).unwrap_or_default();
        let after = rescaled(&before, factor);
        let noise =
            |of: &[Parameter]| noise_penalty(of, Activation::Relu, (&train.x, &train.y), alpha);
        Rescaling {
            l2: Penalty { before: squared_weights(&before), after: squared_weights(&after) },
            noise: Penalty { before: noise(&before), after: noise(&after) },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data() -> Examples {
        Examples { x: vec![-1.0, 0.2, 0.9], y: vec![0.5, -0.3, 1.0] }
    }

    fn parameters(activation: Activation) -> Vec<Parameter> {
        let plain = Regularizer::default();
        network(&data(), (5, activation), plain, 0.01, 3).unwrap().parameters(0).unwrap()
    }

    #[test]
    fn a_relu_network_is_the_same_function_at_another_scale() {
        let (parameters, data) = (parameters(Activation::Relu), data());
        let other = rescaled(&parameters, 10.0);
        let penalty = |parameters: &[Parameter]| {
            noise_penalty(parameters, Activation::Relu, (&data.x, &data.y), 0.03)
        };
        assert!((penalty(&other) / penalty(&parameters) - 1.0).abs() < 1e-12);
        assert!(squared_weights(&other) > 10.0 * squared_weights(&parameters));
    }
}
