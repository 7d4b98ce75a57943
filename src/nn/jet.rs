//! What can be worked out exactly of a network of one input: its derivatives, and the loss with noise
//! as an integral.

use super::{Activation, Parameter};

/// A network's prediction at a point, with its first and second derivative there.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Jet {
    /// The prediction.
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
            Activation::Linear => self,
            Activation::Relu if value > 0.0 => self,
            Activation::Relu => Jet::default(),
            Activation::Tanh => {
                let t = libm::tanh(value);
                let (first, second) = (1.0 - t * t, -2.0 * t * (1.0 - t * t));
                Jet { value: t, slope: first * slope, bend: first * bend + second * slope * slope }
            }
            Activation::Sigmoid => {
                let s = 1.0 / (1.0 + libm::exp(-value));
                let (first, second) = (s * (1.0 - s), s * (1.0 - s) * (1.0 - 2.0 * s));
                Jet { value: s, slope: first * slope, bend: first * bend + second * slope * slope }
            }
        }
    }
}

/// The network with these parameters at `x`, in 64 bits.
///
/// # Shapes
/// `parameters` as [`Network::parameters`](super::Network::parameters) gives them of a network of dense
/// layers with one input, one output and this activation in every hidden layer.
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
///
/// # Shapes
/// `parameters` as [`jet`] takes them; `x` and `y` (n).
pub fn noise_penalty(
    parameters: &[Parameter],
    activation: Activation,
    (x, y): (&[f64], &[f64]),
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
        for (&x, &y) in x.iter().zip(y) {
            let clean = jet(parameters, activation, x).value - y;
            let noisy = jet(parameters, activation, x + alpha.sqrt() * z).value - y;
            // (a - b)(a + b): the difference of two close squares without losing its digits.
            sum += weight * (noisy - clean) * (noisy + clean);
        }
    }
    sum / weights / y.len() as f64
}

/// The same to first order in alpha: alpha times the mean of the squared slope plus the error times
/// the second derivative.
///
/// # Shapes
/// As [`noise_penalty`].
///
/// # Source
/// Bishop, "Training with noise is equivalent to Tikhonov regularization", 1995.
pub fn first_order_noise_penalty(
    parameters: &[Parameter],
    activation: Activation,
    (x, y): (&[f64], &[f64]),
    alpha: f64,
) -> f64 {
    let one = |(&x, &y): (&f64, &f64)| {
        let Jet { value, slope, bend } = jet(parameters, activation, x);
        slope * slope + (value - y) * bend
    };
    alpha * x.iter().zip(y).map(one).sum::<f64>() / y.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::{LayerConfig, Loss, Network, NetworkConfig};

    const X: [f64; 3] = [-1.0, 0.2, 0.9];
    const Y: [f64; 3] = [0.5, -0.3, 1.0];

    fn network(activation: Activation) -> Network<f64> {
        let hidden = LayerConfig::dense(5, activation);
        let layers = vec![hidden.clone(), hidden, LayerConfig::dense(1, Activation::Linear)];
        let config = NetworkConfig::new(1, layers, Loss::Mse);
        let mut network = Network::new(NetworkConfig { seed: 3, ..config }).unwrap();
        let mut parameters = network.parameters(0).unwrap();
        for (i, parameter) in parameters.iter_mut().enumerate() {
            let wide = |(j, w): (usize, &mut f64)| *w = 1.7 * *w + 0.1 * (i + j) as f64 - 0.3;
            parameter.values.iter_mut().enumerate().for_each(wide);
        }
        network.set_parameters(&parameters, 0).unwrap();
        network
    }

    #[test]
    fn a_jet_is_the_prediction_and_its_finite_differences() {
        for (name, activation) in Activation::NAMES {
            let network = network(activation);
            let parameters = network.parameters(0).unwrap();
            let at = |x: f64| jet(&parameters, activation, x);
            let y_hat = network.predict(&[0.3]).unwrap()[0];
            assert!((at(0.3).value - y_hat).abs() < 1e-14, "{name}");
            let h = 1e-4;
            let slope = (at(0.3 + h).value - at(0.3 - h).value) / (2.0 * h);
            let bend = (at(0.3 + h).slope - at(0.3 - h).slope) / (2.0 * h);
            let far = |got: f64, want: f64| (got - want).abs() / (1.0 + want.abs());
            assert!(far(at(0.3).slope, slope) < 1e-6, "{name}: {slope}");
            assert!(far(at(0.3).bend, bend) < 1e-6, "{name}: {bend}");
        }
    }

    #[test]
    fn the_penalty_goes_to_its_first_order_as_alpha_goes_to_0() {
        let parameters = network(Activation::Tanh).parameters(0).unwrap();
        let ratio = |alpha| {
            noise_penalty(&parameters, Activation::Tanh, (&X, &Y), alpha)
                / first_order_noise_penalty(&parameters, Activation::Tanh, (&X, &Y), alpha)
        };
        assert!((ratio(1e-6) - 1.0).abs() < 1e-3, "{}", ratio(1e-6));
        assert!((ratio(0.1) - 1.0).abs() > (ratio(0.001) - 1.0).abs());
    }

    /// y_hat = 2 x: the noise adds alpha times 2 squared, whatever the data.
    #[test]
    fn the_penalty_of_a_line_is_alpha_times_its_squared_slope() {
        let line = |name: &str, shape: &[usize], values: &[f64]| Parameter {
            name: name.to_string(),
            shape: shape.to_vec(),
            values: values.to_vec(),
        };
        let line = [line("w1", &[1, 1], &[2.0]), line("b1", &[1], &[0.0])];
        let exact = noise_penalty(&line, Activation::Linear, (&X, &Y), 0.03);
        let first = first_order_noise_penalty(&line, Activation::Linear, (&X, &Y), 0.03);
        assert!((exact - 0.12).abs() < 1e-12 && (first - 0.12).abs() < 1e-15);
    }
}
