//! The small network of one input that the nonlinear lab trains, and what can be worked out of it
//! exactly: derivatives, the loss with noise as an integral, and the rescaling of a relu network.

use crate::data::Examples;
use crate::error::Result;
use crate::nn::{
    Activation, Init, LayerConfig, Loss, Network, NetworkConfig, OptimizerConfig, OptimizerKind,
    Parameter, Stream, normal, stream,
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

/// A network's answer at a point, with its first and second derivative there.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Jet {
    /// The answer.
    pub value: f64,
    /// Its derivative.
    pub slope: f64,
    /// Its second derivative.
    pub bend: f64,
}

impl Jet {
    fn through(self, activation: Activation) -> Jet {
        let Jet { value, slope, bend } = self;
        match activation {
            Activation::Tanh => {
                let t = libm::tanh(value);
                let (first, second) = (1.0 - t * t, -2.0 * t * (1.0 - t * t));
                Jet { value: t, slope: first * slope, bend: first * bend + second * slope * slope }
            }
            _ if value > 0.0 => self,
            _ => Jet::default(),
        }
    }
}

/// The network with these parameters at `x`, in 64 bits.
pub fn jet(parameters: &[Parameter], activation: Activation, x: f64) -> Jet {
    let mut h = vec![Jet { value: x, slope: 1.0, bend: 0.0 }];
    let last = parameters.len() / 2 - 1;
    for (layer, pair) in parameters.chunks_exact(2).enumerate() {
        let rows = pair[0].values.chunks_exact(h.len()).zip(&pair[1].values);
        let one = |(row, &b): (&[f64], &f64)| {
            let start = Jet { value: b, ..Jet::default() };
            let z = row.iter().zip(&h).fold(start, |sum, (w, h)| Jet {
                value: sum.value + w * h.value,
                slope: sum.slope + w * h.slope,
                bend: sum.bend + w * h.bend,
            });
            if layer == last { z } else { z.through(activation) }
        };
        h = rows.map(one).collect();
    }
    h[0]
}

/// What noise of variance `alpha` adds to the mean squared error: the expectation over the noise, by
/// the trapezoidal rule, without any sampling.
pub fn noise_penalty(
    parameters: &[Parameter],
    activation: Activation,
    data: &Examples,
    alpha: f64,
) -> f64 {
    const REACH: f64 = 8.0;
    const POINTS: i32 = 20;
    let step = REACH / f64::from(POINTS);
    let (mut sum, mut weights) = (0.0, 0.0);
    for point in -POINTS..=POINTS {
        let z = step * f64::from(point);
        let weight = libm::exp(-0.5 * z * z);
        weights += weight;
        for (&x, &y) in data.x.iter().zip(&data.y) {
            let clean = jet(parameters, activation, x).value - y;
            let noisy = jet(parameters, activation, x + alpha.sqrt() * z).value - y;
            // (a - b)(a + b): the difference of two close squares without losing its digits.
            sum += weight * (noisy - clean) * (noisy + clean);
        }
    }
    sum / weights / data.y.len() as f64
}

/// The same to first order in alpha: alpha times the mean of the squared slope plus the error times
/// the second derivative.
///
/// # Source
/// Bishop, "Training with noise is equivalent to Tikhonov regularization", 1995.
pub fn first_order(
    parameters: &[Parameter],
    activation: Activation,
    data: &Examples,
    alpha: f64,
) -> f64 {
    let one = |(&x, &y): (&f64, &f64)| {
        let Jet { value, slope, bend } = jet(parameters, activation, x);
        slope * slope + (value - y) * bend
    };
    alpha * data.x.iter().zip(&data.y).map(one).sum::<f64>() / data.y.len() as f64
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
    /// Sums of squared weights.
    pub l2: [f64; 2],
    /// What noise adds to the loss.
    pub noise: [f64; 2],
}

impl Rescaling {
    /// Those of a network whose first layer is multiplied by `factor`.
    pub fn of(relu: &Network<f32>, factor: f64, train: &Examples, alpha: f64) -> Self {
        let before = relu.parameters(0).unwrap_or_default();
        let both = [&before, &rescaled(&before, factor)];
        Rescaling {
            l2: both.map(|parameters| squared_weights(parameters)),
            noise: both.map(|parameters| noise_penalty(parameters, Activation::Relu, train, alpha)),
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
    fn derivatives_are_those_of_finite_differences() {
        let parameters = parameters(Activation::Tanh);
        let at = |x: f64| jet(&parameters, Activation::Tanh, x);
        let h = 1e-4;
        let slope = (at(0.3 + h).value - at(0.3 - h).value) / (2.0 * h);
        let bend = (at(0.3 + h).slope - at(0.3 - h).slope) / (2.0 * h);
        assert!((at(0.3).slope - slope).abs() < 1e-6 && (at(0.3).bend - bend).abs() < 1e-6);
    }

    #[test]
    fn the_penalty_goes_to_its_first_order_as_alpha_goes_to_0() {
        let (parameters, data) = (parameters(Activation::Tanh), data());
        let ratio = |alpha| {
            noise_penalty(&parameters, Activation::Tanh, &data, alpha)
                / first_order(&parameters, Activation::Tanh, &data, alpha)
        };
        assert!((ratio(1e-6) - 1.0).abs() < 1e-3, "{}", ratio(1e-6));
        assert!((ratio(0.1) - 1.0).abs() > (ratio(0.001) - 1.0).abs());
    }

    #[test]
    fn a_relu_network_is_the_same_function_at_another_scale() {
        let (parameters, data) = (parameters(Activation::Relu), data());
        let other = rescaled(&parameters, 10.0);
        let penalty =
            |parameters: &[Parameter]| noise_penalty(parameters, Activation::Relu, &data, 0.03);
        assert!((penalty(&other) / penalty(&parameters) - 1.0).abs() < 1e-12);
        assert!(squared_weights(&other) > 10.0 * squared_weights(&parameters));
    }
}
