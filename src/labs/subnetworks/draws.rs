//! Averages of m smaller networks, drawn as dropout draws them, many times over.

use super::measure::{mean_and_sd, slope, squared_distance, wrong};
use super::problem::Whole;
use crate::data::{DIGIT_CLASSES, Examples};
use crate::nn::{DropoutScaling, Rng, Stream, log_softmax, stream, uniform};

/// How many networks are averaged.
pub(super) const SIZES: [usize; 7] = [1, 2, 4, 8, 16, 32, 64];

/// The place among the sizes of as many networks as there are independent ones.
pub(super) const SIXTEEN: usize = 4;

/// How often each is drawn anew.
pub(super) const REPEATS: usize = 16;

/// All the networks that are drawn: the averages of one draw are of the first m of its networks.
pub(super) const ALL: usize = REPEATS * SIZES[SIZES.len() - 1];

/// The draws that have been made.
pub(super) struct Draws {
    keep_prob: f64,
    seed: u32,
    /// Networks drawn so far, in all.
    pub made: usize,
    rng: Rng,
    /// The sum of the probabilities of the present draw.
    sum: Vec<f64>,
    /// For each size, one error a draw.
    pub errors: [Vec<f64>; SIZES.len()],
    /// For each size, the squared distances from the average of all networks, summed up.
    squares: [f64; SIZES.len()],
    /// Room for one network's answers.
    z: Vec<f64>,
    y_hat: Vec<f64>,
}

impl Draws {
    /// Nothing drawn yet.
    pub fn new(keep_prob: f64, seed: u32) -> Self {
        Draws {
            keep_prob,
            seed,
            made: 0,
            rng: stream(seed, Stream::MonteCarlo(0), 0),
            sum: Vec::new(),
            errors: Default::default(),
            squares: [0.0; SIZES.len()],
            z: Vec::new(),
            y_hat: Vec::new(),
        }
    }

    /// Draws networks until `due` of them are; `average` is that of all there are.
    pub fn until(&mut self, due: usize, whole: &Whole, test: &Examples, average: &[f64]) {
        while self.made < due.min(ALL) {
            self.draw(whole, test, average);
        }
    }

    fn draw(&mut self, whole: &Whole, test: &Examples, average: &[f64]) {
        let most = SIZES[SIZES.len() - 1];
        if self.made.is_multiple_of(most) {
            self.rng = stream(self.seed, Stream::MonteCarlo(0), (self.made / most) as u32);
            self.sum.clear();
        }
        let kept = draw_mask(&mut self.rng, whole.droppable(), self.keep_prob);
        whole.outputs(&DropoutScaling::Inverted.factors(&kept, self.keep_prob), &mut self.z);
        log_softmax(&mut self.z, &mut self.y_hat, DIGIT_CLASSES);
        self.sum.resize(self.y_hat.len(), 0.0);
        self.sum.iter_mut().zip(&self.y_hat).for_each(|(sum, y_hat)| *sum += y_hat);
        let size = self.made % most + 1;
        if let Some(place) = SIZES.iter().position(|&marked| marked == size) {
            let mean: Vec<f64> = self.sum.iter().map(|sum| sum / size as f64).collect();
            self.errors[place].push(wrong(&mean, &test.y));
            self.squares[place] += squared_distance(&mean, average) / average.len() as f64;
        }
        self.made += 1;
    }

    /// The mean error of the averages of the `place`-th size, and their standard deviation.
    pub fn error(&self, place: usize) -> (f64, f64) {
        mean_and_sd(&self.errors[place])
    }

    /// For each size that has been drawn, how far its averages are from that of all networks: the
    /// root of the mean square.
    pub fn distances(&self) -> Vec<(f64, f64)> {
        let sizes = SIZES.iter().zip(self.squares.iter().zip(&self.errors));
        let drawn = sizes.filter(|(_, (_, errors))| !errors.is_empty());
        drawn
            .map(|(&size, (square, errors))| (size as f64, (square / errors.len() as f64).sqrt()))
            .collect()
    }

    /// The slope of the distances against the sizes, both in logarithms: -1/2 where they fall as
    /// one over the root of m.
    pub fn slope(&self) -> f64 {
        let logs = |(size, distance): (f64, f64)| (libm::log(size), libm::log(distance));
        slope(&self.distances().into_iter().map(logs).collect::<Vec<_>>())
    }
}

/// A mask, drawn neuron by neuron.
pub(super) fn draw_mask(rng: &mut Rng, droppable: usize, keep_prob: f64) -> Vec<bool> {
    (0..droppable).map(|_| uniform(rng) < keep_prob).collect()
}
