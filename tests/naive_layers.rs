//! Layers against their definitions in plain loops, over random shapes.

#[path = "common/slopes.rs"]
mod slopes;

use proptest::prelude::*;
use regularization_playground::nn::{
    Activation, Filters, LayerConfig, LayerKind, Loss, Network, NetworkConfig, Parameter, Real,
    Shape, StepOutputs,
};
use slopes::normals;

/// A network of one layer with random parameters.
fn network_of<T: Real>(input: Shape, layer: LayerConfig, seed: u32) -> Network<T> {
    let config = NetworkConfig::new(input, vec![layer], Loss::HalfSse);
    let mut network = Network::new(config).unwrap();
    let mut parameters = network.parameters(0).unwrap();
    for (i, Parameter { values, .. }) in parameters.iter_mut().enumerate() {
        *values = normals(values.len(), seed.wrapping_add(i as u32));
    }
    network.set_parameters(&parameters, 0).unwrap();
    network
}

/// What a layer gives: outputs, gradients of its parameters and of its inputs.
struct Found {
    y: Vec<f64>,
    parameters: Vec<Vec<f64>>,
    x: Vec<f64>,
}

/// The network's own, for the gradient `upstream` with respect to its outputs.
fn found<T: Real>(network: &Network<T>, x: &[f64], upstream: &[f64]) -> Found {
    let rows = (x.len() / network.inputs()) as f64;
    let y_hat = network.predict(x).unwrap();
    let y: Vec<f64> = y_hat.iter().zip(upstream).map(|(y_hat, g)| y_hat - rows * g).collect();
    let gradients = network.gradients(x, &y, None).unwrap();
    let parameters = gradients.parameters.into_iter().map(|parameter| parameter.values).collect();
    Found { y: y_hat, parameters, x: gradients.input }
}

fn assert_same(what: &str, got: &Found, want: &Found, tolerance: f64) {
    let close = |what: &str, got: &[f64], want: &[f64]| {
        assert_eq!(got.len(), want.len(), "{what}");
        let size = want.iter().fold(1.0f64, |size, value| size.max(value.abs()));
        for (i, (got, want)) in got.iter().zip(want).enumerate() {
            assert!((got - want).abs() <= tolerance * size, "{what}[{i}]: {got}, want {want}");
        }
    };
    close(&format!("{what} y"), &got.y, &want.y);
    for (i, (got, want)) in got.parameters.iter().zip(&want.parameters).enumerate() {
        close(&format!("{what} parameter {i}"), got, want);
    }
    close(&format!("{what} x"), &got.x, &want.x);
}

fn check(
    input: Shape,
    layer: LayerConfig,
    rows: usize,
    seed: u32,
    naive: impl Fn(&[Vec<f64>], &[f64], &[f64]) -> Found,
) {
    let exact: Network<f64> = network_of(input, layer.clone(), seed);
    let x = normals(rows * exact.inputs(), seed.wrapping_add(10));
    let upstream = normals(rows * exact.outputs(), seed.wrapping_add(11));
    let parameters: Vec<Vec<f64>> =
        exact.parameters(0).unwrap().into_iter().map(|parameter| parameter.values).collect();
    let want = naive(&parameters, &x, &upstream);
    assert_same("64 bits", &found(&exact, &x, &upstream), &want, 1e-12);
    let fast: Network<f32> = network_of(input, layer, seed);
    assert_same("32 bits", &found(&fast, &x, &upstream), &want, 1e-4);
}

/// Where a filter at a location sees the image and not its padding: the number of the weight within
/// the filter, and that of the input within the image.
fn seen(
    (channels, height, width): (usize, usize, usize),
    kernel: (usize, usize),
    (top, left): (usize, usize),
    (down, right): (usize, usize),
) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for channel in 0..channels {
        for i in (0..kernel.0).filter(|i| (down..height + down).contains(&(top + i))) {
            for j in (0..kernel.1).filter(|j| (right..width + right).contains(&(left + j))) {
                let at = (channel * height + top + i - down) * width + left + j - right;
                pairs.push(((channel * kernel.0 + i) * kernel.1 + j, at));
            }
        }
    }
    pairs
}

/// Convolution by its definition, forward and back, on images padded by so many rows and columns.
fn convolve(
    sides: (usize, usize, usize),
    filters: Filters,
    padding: (usize, usize),
    parameters: &[Vec<f64>],
    (x, upstream): (&[f64], &[f64]),
) -> Found {
    let Filters { count, kernel, stride, shared, .. } = filters;
    let rows = (sides.1 + 2 * padding.0 - kernel.0) / stride + 1;
    let columns = (sides.2 + 2 * padding.1 - kernel.1) / stride + 1;
    let (size, terms) = (sides.0 * sides.1 * sides.2, sides.0 * kernel.0 * kernel.1);
    let (w, b) = (&parameters[0], &parameters[1]);
    let (mut dw, mut db, mut dx) = (vec![0.0; w.len()], vec![0.0; b.len()], vec![0.0; x.len()]);
    let mut y = Vec::new();
    for image in 0..x.len() / size {
        for i in 0..count * rows * columns {
            let (filter, location) = (i / (rows * columns), i % (rows * columns));
            let corner = (location / columns * stride, location % columns * stride);
            let filter = if shared { filter } else { location * count + filter };
            let (mut sum, g) = (b[filter], upstream[y.len()]);
            db[filter] += g;
            for (of, at) in seen(sides, kernel, corner, padding) {
                let (of, at) = (filter * terms + of, image * size + at);
                sum += w[of] * x[at];
                dw[of] += g * x[at];
                dx[at] += g * w[of];
            }
            y.push(sum);
        }
    }
    Found { y, parameters: vec![dw, db], x: dx }
}

/// The largest number of every window by its definition, and where the gradient goes.
fn pool(
    (channels, height, width): (usize, usize, usize),
    (high, wide): (usize, usize),
    (x, upstream): (&[f64], &[f64]),
) -> Found {
    let (mut y, mut dx) = (Vec::new(), vec![0.0; x.len()]);
    for plane in 0..x.len() / (height * width) {
        for row in 0..height / high {
            for column in 0..width / wide {
                let at = |i: usize| {
                    let (i, j) = (row * high + i / wide, column * wide + i % wide);
                    (plane * height + i) * width + j
                };
                let best = (0..high * wide).rev().max_by(|&i, &j| x[at(i)].total_cmp(&x[at(j)]));
                let best = at(best.unwrap());
                dx[best] += upstream[y.len()];
                y.push(x[best]);
            }
        }
    }
    assert_eq!(x.len() % channels, 0);
    Found { y, parameters: Vec::new(), x: dx }
}

/// A state, and the slopes of each of its numbers with respect to every parameter, and behind them
/// to every input of the row.
struct State {
    h: Vec<f64>,
    slopes: Vec<Vec<f64>>,
}

impl State {
    /// One unit after one more step: its parameters stand in the `set`-th place, its inputs in `x`
    /// from `first` on.
    fn unit(
        &self,
        (set, unit): (usize, usize),
        parameters: &[Vec<f64>],
        (x, first): (&[f64], usize),
    ) -> (f64, Vec<f64>) {
        let (units, row) = (self.h.len(), set * self.h.len() + unit);
        let total: usize = parameters.iter().map(Vec::len).sum();
        let mut z = parameters[2][row];
        let mut slope = vec![0.0; self.slopes[0].len()];
        slope[parameters[0].len() + parameters[1].len() + row] += 1.0;
        for (i, value) in x.iter().enumerate() {
            let of = row * x.len() + i;
            z += parameters[0][of] * value;
            slope[of] += value;
            slope[total + first + i] += parameters[0][of];
        }
        for from in 0..units {
            let of = row * units + from;
            z += parameters[1][of] * self.h[from];
            slope[parameters[0].len() + of] += self.h[from];
            let before = slope.iter_mut().zip(&self.slopes[from]);
            before.for_each(|(slope, before)| *slope += parameters[1][of] * before);
        }
        let h = z.tanh();
        slope.iter_mut().for_each(|slope| *slope *= 1.0 - h * h);
        (h, slope)
    }
}

/// Recurrence by its definition: every derivative of every state carried forward, none back.
fn recur(
    (steps, features, units): (usize, usize, usize),
    (outputs, shared): (StepOutputs, bool),
    parameters: &[Vec<f64>],
    (x, upstream): (&[f64], &[f64]),
) -> Found {
    let total: usize = parameters.iter().map(Vec::len).sum();
    let inputs = steps * features;
    let mut gradient = vec![0.0; total];
    let (mut y, mut dx) = (Vec::new(), Vec::new());
    for row in x.chunks_exact(inputs) {
        let mut of_row = vec![0.0; inputs];
        let mut state =
            State { h: vec![0.0; units], slopes: vec![vec![0.0; total + inputs]; units] };
        for (step, x) in row.chunks_exact(features).enumerate() {
            let set = if shared { 0 } else { step };
            let unit = |unit| state.unit((set, unit), parameters, (x, step * features));
            let (h, slopes) = (0..units).map(unit).unzip();
            state = State { h, slopes };
            if outputs == StepOutputs::All || step + 1 == steps {
                for (h, slopes) in state.h.iter().zip(&state.slopes) {
                    let g = upstream[y.len()];
                    let all = gradient.iter_mut().chain(&mut of_row);
                    all.zip(slopes).for_each(|(sum, slope)| *sum += g * slope);
                    y.push(*h);
                }
            }
        }
        dx.extend(of_row);
    }
    let (wx, rest) = gradient.split_at(parameters[0].len());
    let (wh, b) = rest.split_at(parameters[1].len());
    Found { y, parameters: vec![wx.to_vec(), wh.to_vec(), b.to_vec()], x: dx }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn convolution_on_images(
        sides in (1usize..4, 1usize..9, 1usize..9), count in 1usize..10,
        kernel in (1usize..5, 1usize..5), stride in 1usize..4, padding in 0usize..3,
        shared: bool, rows in 1usize..6, seed: u32,
    ) {
        let (channels, height, width) = sides;
        let padding = padding.min(kernel.0.min(kernel.1) - 1);
        let kernel = (kernel.0.min(height + 2 * padding), kernel.1.min(width + 2 * padding));
        let padding = padding.min(kernel.0.min(kernel.1) - 1);
        let kernel = (kernel.0.min(height + 2 * padding), kernel.1.min(width + 2 * padding));
        let filters = Filters { count, kernel, stride, padding, shared };
        let layer = LayerConfig::new(LayerKind::Conv2d(filters), Activation::Linear);
        let input = Shape::Image { channels, height, width };
        check(input, layer, rows, seed, |parameters, x, upstream| {
            convolve(sides, filters, (padding, padding), parameters, (x, upstream))
        });
    }

    #[test]
    fn convolution_on_signals(
        channels in 1usize..4, length in 1usize..20, count in 1usize..10, kernel in 1usize..7,
        stride in 1usize..4, padding in 0usize..4, shared: bool, rows in 1usize..6, seed: u32,
    ) {
        let kernel = kernel.min(length);
        let padding = padding.min(kernel - 1);
        let filters = Filters { count, kernel: (1, kernel), stride, padding, shared };
        let layer = LayerConfig::new(LayerKind::Conv1d(filters), Activation::Linear);
        let input = Shape::Line { channels, length };
        check(input, layer, rows, seed, |parameters, x, upstream| {
            convolve((channels, 1, length), filters, (0, padding), parameters, (x, upstream))
        });
    }

    #[test]
    fn pooling(
        sides in (1usize..4, 1usize..9, 1usize..9), size in 1usize..5, line: bool,
        rows in 1usize..6, seed: u32,
    ) {
        let (channels, height, width) = sides;
        let size = size.min(width).min(if line { width } else { height });
        let (input, sides, window) = if line {
            (Shape::Line { channels, length: width }, (channels, 1, width), (1, size))
        } else {
            (Shape::Image { channels, height, width }, sides, (size, size))
        };
        check(input, LayerConfig::max_pool(size), rows, seed, |_, x, upstream| {
            pool(sides, window, (x, upstream))
        });
    }

    #[test]
    fn recurrence(
        steps in 1usize..5, features in 1usize..4, units in 1usize..6, all: bool, shared: bool,
        rows in 1usize..5, seed: u32,
    ) {
        let outputs = if all { StepOutputs::All } else { StepOutputs::Last };
        let kind = LayerKind::Recurrent { units, outputs, shared };
        let layer = LayerConfig::new(kind, Activation::Tanh);
        check(Shape::Steps { steps, features }, layer, rows, seed, |parameters, x, upstream| {
            recur((steps, features, units), (outputs, shared), parameters, (x, upstream))
        });
    }
}
