//! One example in the networks with filters: its activations, what a shift does to them, and the
//! gradient of a tied weight taken apart.

use super::cnn::Cnn;
use super::cnn_problem::{KERNEL, Problem};
use super::gradient::TiedGradient;
use crate::nn::{Loss, Network, NetworkConfig};

/// The gradient is that of the loss on at most so many examples of the training set.
const GRADIENT_ROWS: usize = 16;

/// What there is to see of one example now.
pub(super) struct Shown {
    /// The example, shifted.
    pub x: Vec<f64>,
    /// Its class.
    pub class: usize,
    /// In the convolutional network.
    pub shared: Maps,
    /// In the locally connected network.
    pub local: Maps,
    /// Of the convolution's filters.
    pub gradient: TiedGradient,
}

/// The activations of the filters of one network.
pub(super) struct Maps {
    /// Of the shifted input: [filters x rows of locations x locations in a row].
    pub now: Vec<f64>,
    /// The largest difference from the shifted activations, with this shift.
    pub gap: f64,
    /// The same with any shift.
    pub worst_gap: f64,
}

impl Shown {
    /// The example the settings choose, in the networks as they are.
    pub fn of(lab: &Cnn) -> Self {
        let (problem, across) = (&lab.problem, lab.problem.across());
        let example = lab.settings.whole("example") - 1;
        let x = problem.test.row(example);
        let shift = lab.settings.whole("shift") % across;
        let train = &problem.train;
        let rows = train.y.len().min(GRADIENT_ROWS);
        let some = &train.x[..rows * train.inputs()];
        let gradient = TiedGradient::of(&lab.networks[0], some, &train.y[..rows], "w1");
        Shown {
            x: shifted(x, across, shift),
            class: problem.test.y[example] as usize,
            shared: Maps::of(&lab.networks[0], problem, x, shift),
            local: Maps::of(&lab.networks[1], problem, x, shift),
            gradient: gradient.expect("finite weights and the lab's own examples"),
        }
    }
}

impl Maps {
    fn of(network: &Network<f32>, problem: &Problem, x: &[f64], shift: usize) -> Self {
        let across = problem.across();
        let all: Vec<f64> = (0..across).flat_map(|by| shifted(x, across, by)).collect();
        let maps = first_layer(network).predict(&all).expect("the lab's own example");
        let size = maps.len() / across;
        let map = |by: usize| &maps[by * size..(by + 1) * size];
        let gaps: Vec<f64> = (0..across).map(|by| gap(map(0), map(by), across, by)).collect();
        let worst_gap = gaps.iter().copied().fold(0.0, f64::max);
        Maps { now: map(shift).to_vec(), gap: gaps[shift], worst_gap }
    }

    /// The largest activation, for colours; never 0.
    pub fn largest(&self) -> f64 {
        self.now.iter().copied().fold(1e-6, f64::max)
    }
}

/// Every line of the input moved to the right; what leaves at its end comes in at its beginning.
fn shifted(x: &[f64], across: usize, by: usize) -> Vec<f64> {
    let mut x = x.to_vec();
    x.chunks_exact_mut(across).for_each(|line| line.rotate_right(by));
    x
}

/// The largest difference between activations of the shifted input and shifted activations, at all
/// locations where the filter sees neither here nor there both ends of a line.
fn gap(still: &[f64], moved: &[f64], across: usize, by: usize) -> f64 {
    let locations = across - KERNEL + 1;
    let differences = moved.iter().enumerate().filter_map(|(i, moved)| {
        let (line, to) = (i / locations, i % locations);
        let from = (to + across - by) % across;
        (from < locations).then(|| (moved - still[line * locations + from]).abs())
    });
    differences.fold(0.0, f64::max)
}

/// The first layer of a network as a network of its own: its outputs are activations.
fn first_layer(network: &Network<f32>) -> Network<f32> {
    let config = network.config();
    let layers = vec![config.layers[0].clone()];
    let alone = NetworkConfig::new(config.input, layers, Loss::Mse);
    let mut first = Network::new(alone).expect("part of a network that was built");
    let parameters = network.parameters(0).expect("member 0");
    first.set_parameters(&parameters[..2], 0).expect("the same layer");
    first
}
