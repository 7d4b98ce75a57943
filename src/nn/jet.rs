//! What can be worked out exactly of a network of one input: its derivatives, and the loss with noise
//! as an integral.

use super::elementary_64::exp;
use super::{Activation, Matrix, MatrixMut, Parameter, Scratch, Start, gemm};

/// A network of dense layers with one input and one output, ready to be asked about many points at
/// once, in 64 bits.
struct Line<'a> {
    layers: Vec<Dense<'a>>,
    /// Of every hidden layer.
    activation: Activation,
    /// Room for the numbers of one layer, and of the next.
    room: [Vec<f64>; 2],
    scratch: Scratch<f64>,
}

/// A dense layer.
struct Dense<'a> {
    /// Weights (inputs x units): a column a unit.
    w: Vec<f64>,
    b: &'a [f64],
}

/// The first and the second derivative of an activation function, by what it gives.
fn derivatives(activation: Activation, h: f64) -> [f64; 2] {
    match activation {
        Activation::Linear => [1.0, 0.0],
        Activation::Relu => [if h > 0.0 { 1.0 } else { 0.0 }, 0.0],
        Activation::Tanh => [1.0 - h * h, -2.0 * h * (1.0 - h * h)],
        Activation::Sigmoid => [h * (1.0 - h), h * (1.0 - h) * (1.0 - 2.0 * h)],
    }
}

/// What an activation function makes of sums, of their slopes and of their second derivatives, which
/// follow one another.
fn bend(activation: Activation, z: &mut [f64]) {
    let (values, rest) = z.split_at_mut(z.len() / 3);
    let (slopes, bends) = rest.split_at_mut(values.len());
    activation.apply(values);
    for ((&mut h, slope), bend) in values.iter_mut().zip(slopes).zip(bends) {
        let [first, second] = derivatives(activation, h);
        *bend = first * *bend + second * *slope * *slope;
        *slope *= first;
    }
}

impl Dense<'_> {
    /// start + W h, row by row.
    fn apply(&self, h: &[f64], start: Start<f64>, z: &mut [f64], scratch: &mut Scratch<f64>) {
        let units = self.b.len();
        let inputs = self.w.len() / units;
        let rows = h.len() / inputs;
        let (h, w) = (Matrix::new(h, rows, inputs), Matrix::new(&self.w, inputs, units));
        gemm(h, w, start, MatrixMut::new(z, rows, units), scratch);
    }
}

impl<'a> Line<'a> {
    /// The network with these parameters.
    ///
    /// # Shapes
    /// `parameters` as [`Network::parameters`](super::Network::parameters) gives them of a network of
    /// dense layers with one input, one output and this activation in every hidden layer.
    fn new(parameters: &'a [Parameter], activation: Activation) -> Self {
        let layer = |pair: &'a [Parameter]| {
            let (rows, b) = (&pair[0].values, &pair[1].values);
            let inputs = rows.len() / b.len();
            let columns = (0..inputs).flat_map(|j| rows.iter().skip(j).step_by(inputs));
            Dense { w: columns.copied().collect(), b }
        };
        let layers = parameters.chunks_exact(2).map(layer).collect();
        Line { layers, activation, room: [Vec::new(), Vec::new()], scratch: Scratch::default() }
    }

    /// The predictions at some points.
    fn values(&mut self, x: impl ExactSizeIterator<Item = f64>) -> &[f64] {
        let (n, last, [h, z]) = (x.len(), self.layers.len() - 1, &mut self.room);
        h.clear();
        h.extend(x);
        for (i, layer) in self.layers.iter().enumerate() {
            z.resize(n * layer.b.len(), 0.0);
            layer.apply(h, Start::Row(layer.b), z, &mut self.scratch);
            if i < last {
                self.activation.apply(z);
            }
            std::mem::swap(h, z);
        }
        h
    }

    /// The predictions at some points, their first derivatives there, and their second.
    fn jets(&mut self, x: &[f64]) -> [&[f64]; 3] {
        let (n, last, [h, z]) = (x.len(), self.layers.len() - 1, &mut self.room);
        h.clear();
        h.extend(x);
        h.resize(2 * n, 1.0);
        h.resize(3 * n, 0.0);
        for (i, layer) in self.layers.iter().enumerate() {
            z.clear();
            (0..n).for_each(|_| z.extend(layer.b));
            z.resize(3 * z.len(), 0.0);
            layer.apply(h, Start::Result, z, &mut self.scratch);
            if i < last {
                bend(self.activation, z);
            }
            std::mem::swap(h, z);
        }
        [&h[..n], &h[n..2 * n], &h[2 * n..]]
    }
}

/// What noise of variance `alpha` adds to the mean squared error: the expectation over the noise, by
/// the trapezoidal rule, without any sampling.
///
/// # Shapes
/// `parameters` as [`Network::parameters`](super::Network::parameters) gives them of a network of dense
/// layers with one input, one output and this activation in every hidden layer; `x` and `y` (n).
pub fn noise_penalty(
    parameters: &[Parameter],
    activation: Activation,
    (x, y): (&[f64], &[f64]),
    alpha: f64,
) -> f64 {
    const REACH: f64 = 8.0;
    const POINTS: i32 = 20;
    let step = REACH / f64::from(POINTS);
    let mut network = Line::new(parameters, activation);
    let predictions = network.values(x.iter().copied()).iter();
    let clean: Vec<f64> = predictions.zip(y).map(|(y_hat, y)| y_hat - y).collect();
    let (mut sum, mut weights) = (0.0, 0.0);
    for point in -POINTS..=POINTS {
        let z = step * f64::from(point);
        let weight = exp(-0.5 * z * z);
        weights += weight;
        let noisy = network.values(x.iter().map(|x| x + alpha.sqrt() * z));
        for ((&noisy, &y), &clean) in noisy.iter().zip(y).zip(&clean) {
            let noisy = noisy - y;
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
    let mut network = Line::new(parameters, activation);
    let [values, slopes, bends] = network.jets(x);
    let points = values.iter().zip(y).zip(slopes.iter().zip(bends));
    let one = |((value, y), (slope, bend)): ((&f64, &f64), (&f64, &f64))| {
        slope * slope + (value - y) * bend
    };
    alpha * points.map(one).sum::<f64>() / y.len() as f64
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
            let h = 1e-4;
            let points = [0.3, 0.3 + h, 0.3 - h];
            let mut line = Line::new(&parameters, activation);
            let [values, slopes, bends] = line.jets(&points).map(<[f64]>::to_vec);
            assert_eq!(line.values(points.into_iter()), values);
            let y_hat = network.predict(&points).unwrap();
            assert!(values.iter().zip(y_hat).all(|(v, y_hat)| (v - y_hat).abs() < 1e-14), "{name}");
            let slope = (values[1] - values[2]) / (2.0 * h);
            let bend = (slopes[1] - slopes[2]) / (2.0 * h);
            let far = |got: f64, want: f64| (got - want).abs() / (1.0 + want.abs());
            assert!(far(slopes[0], slope) < 1e-6, "{name}: {slope}");
            assert!(far(bends[0], bend) < 1e-6, "{name}: {bend}");
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
