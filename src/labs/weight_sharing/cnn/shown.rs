//! One example in the networks: the activations of filters, and what a shift does to them and to the answer.

use super::problem::{KERNEL, Problem};
use crate::figure::round_up;
use crate::nn::{Network, most_likely};

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
}

/// The activations of the filters of one network.
pub(super) struct Maps {
    /// Of the shifted input: [filters x rows of locations x locations in a row].
    pub now: Vec<f64>,
    /// The largest difference from the shifted activations, with this shift.
    pub gap: f64,
    /// The same with any shift.
    pub worst_gap: f64,
    /// The activation in full colour: above all of them with any shift, in round numbers, so that
    /// nothing changes its colour while the input moves.
    pub full: f64,
}

impl Shown {
    /// An example of the test set, counted from 0 and shifted by so many places, in the convolutional
    /// and in the locally connected network.
    pub fn of(
        problem: &Problem,
        example: usize,
        shift: usize,
        shared: &Network<f32>,
        local: &Network<f32>,
    ) -> Self {
        let (x, across) = (problem.test.row(example), problem.across());
        let shift = shift % across;
        Shown {
            x: shifted(x, across, shift),
            class: problem.test.y[example] as usize,
            shared: Maps::of(shared, across, x, shift),
            local: Maps::of(local, across, x, shift),
        }
    }
}

/// The class that a network gives to an example of the test set, by how far it is shifted.
pub(super) fn everywhere(problem: &Problem, example: usize, network: &Network<f32>) -> Vec<usize> {
    let (x, across) = (problem.test.row(example), problem.across());
    let all: Vec<f64> = (0..across).flat_map(|by| shifted(x, across, by)).collect();
    let y_hat = network.predict(&all).expect("the lab's own example");
    y_hat.chunks_exact(problem.classes).map(most_likely).collect()
}

impl Maps {
    fn of(network: &Network<f32>, across: usize, x: &[f64], shift: usize) -> Self {
        let all: Vec<f64> = (0..across).flat_map(|by| shifted(x, across, by)).collect();
        let maps = network.hidden(0, 1, &all).expect("the lab's own example");
        let size = maps.len() / across;
        let map = |by: usize| &maps[by * size..(by + 1) * size];
        let gaps: Vec<f64> = (0..across).map(|by| gap(map(0), map(by), across, by)).collect();
        let worst_gap = gaps.iter().copied().fold(0.0, f64::max);
        let full = round_up(maps.iter().copied().fold(0.0, f64::max));
        Maps { now: map(shift).to_vec(), gap: gaps[shift], worst_gap, full }
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
