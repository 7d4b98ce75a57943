//! Averages of m smaller networks, drawn as dropout draws them, many times over.

use super::average::{Average, Mean};
use super::measure::{mean_and_sd, slope, squared_distance, wrong};
use super::smaller::{Dropout, Whole};
use crate::nn::{Rng, Stream, stream};

/// How many networks are averaged.
pub(super) const SIZES: [usize; 7] = [1, 2, 4, 8, 16, 32, 64];

/// The most networks that are averaged.
pub(super) const MOST: usize = SIZES[SIZES.len() - 1];

/// How often each is drawn anew.
pub(super) const REPEATS: usize = 16;

/// All the networks that are drawn: the averages of one draw are of the first m of its networks.
pub(super) const ALL: usize = REPEATS * MOST;

/// Averages of the same number of networks.
pub(super) struct Group {
    /// How many networks are averaged.
    pub size: usize,
    /// The wrong answers of each average, a fraction.
    errors: Vec<f64>,
    /// The squared distances from the average of all networks, summed up.
    squares: f64,
}

impl Group {
    /// Averages drawn so far.
    pub fn drawn(&self) -> usize {
        self.errors.len()
    }

    /// The mean of their wrong answers, and the standard deviation.
    pub fn error(&self) -> (f64, f64) {
        mean_and_sd(&self.errors)
    }

    /// How far they are from the average of all networks: the root of the mean square.
    fn distance(&self) -> f64 {
        (self.squares / self.errors.len() as f64).sqrt()
    }
}

/// The draws that have been made.
pub(super) struct Draws {
    dropout: Dropout,
    seed: u32,
    /// Networks drawn so far, in all.
    made: usize,
    rng: Rng,
    /// Of the probabilities of the present draw.
    mean: Mean,
    /// One for each of [`SIZES`].
    pub groups: [Group; SIZES.len()],
    /// Room for one network's probabilities.
    y_hat: Vec<f64>,
}

impl Draws {
    /// Nothing drawn yet.
    pub fn new(dropout: Dropout, seed: u32) -> Self {
        Draws {
            dropout,
            seed,
            made: 0,
            rng: stream(seed, Stream::MonteCarlo(0), 0),
            mean: Mean::default(),
            groups: SIZES.map(|size| Group { size, errors: Vec::new(), squares: 0.0 }),
            y_hat: Vec::new(),
        }
    }

    /// Whether all are drawn.
    pub fn complete(&self) -> bool {
        self.made == ALL
    }

    /// Draws networks until `due` of them are; `all` is the average of all there are.
    pub fn until(&mut self, due: usize, whole: &Whole, all: &Average) {
        if self.made < due {
            let average = all.y_hat();
            (self.made..due.min(ALL)).for_each(|_| self.draw(whole, &all.y, &average));
        }
    }

    fn draw(&mut self, whole: &Whole, y: &[f64], average: &[f64]) {
        if self.made.is_multiple_of(MOST) {
            let repeat = (self.made / MOST) as u32;
            self.rng = stream(self.seed, Stream::MonteCarlo(0), repeat);
            self.mean = Mean::default();
        }
        whole.ask_probabilities(&self.dropout.draw(&mut self.rng), &mut self.y_hat);
        self.mean.add(1.0, &self.y_hat);
        self.made += 1;
        let size = (self.made - 1) % MOST + 1;
        if let Some(group) = self.groups.iter_mut().find(|group| group.size == size) {
            let mean = self.mean.so_far();
            group.errors.push(wrong(&mean, y));
            group.squares += squared_distance(&mean, average) / average.len() as f64;
        }
    }

    /// The wrong answers of averages of so many networks; not a number before all are drawn.
    pub fn error_of(&self, size: usize) -> f64 {
        let group = self.groups.iter().find(|group| group.size == size).expect("one of the sizes");
        if self.complete() { group.error().0 } else { f64::NAN }
    }

    /// For each size that has been drawn, how far its averages are from that of all networks.
    pub fn distances(&self) -> Vec<(f64, f64)> {
        let drawn = self.groups.iter().filter(|group| group.drawn() > 0);
        drawn.map(|group| (group.size as f64, group.distance())).collect()
    }

    /// The slope of the distances against the sizes, both in logarithms: -1/2 where they fall as
    /// one over the root of m. Not a number before all are drawn.
    pub fn slope(&self) -> f64 {
        let logs = |(size, distance): (f64, f64)| (libm::log(size), libm::log(distance));
        let points: Vec<(f64, f64)> = self.distances().into_iter().map(logs).collect();
        if self.complete() { slope(&points) } else { f64::NAN }
    }
}
