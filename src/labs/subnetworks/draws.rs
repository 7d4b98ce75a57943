//! Averages of m smaller networks, drawn as dropout draws them, many times over.

use super::average::{Average, Mean};
use super::measure::{mean_and_sd, slope, squared_distance};
use super::smaller::{Dropout, Whole};
use crate::nn::{Rng, Stream, stream};

/// The most networks that are averaged: a power of two.
pub(super) const MOST: usize = 64;

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
    /// The squared distances from the average of all networks, summed up; of groups that are shown.
    squares: f64,
}

impl Group {
    /// Whether it is among those that charts show: powers of two.
    fn shown(&self) -> bool {
        self.size.is_power_of_two()
    }

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
    /// One for each number of networks up to [`MOST`].
    groups: Vec<Group>,
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
            groups: (1..=MOST).map(|size| Group { size, errors: vec![], squares: 0.0 }).collect(),
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
        let group = &mut self.groups[size - 1];
        group.errors.push(self.mean.wrong(y));
        if group.shown() {
            let squares = squared_distance(&self.mean.so_far(), average);
            group.squares += squares / average.len() as f64;
        }
    }

    /// The groups that charts show, the smallest first.
    pub fn shown(&self) -> impl DoubleEndedIterator<Item = &Group> {
        self.groups.iter().filter(|group| group.shown())
    }

    /// The mean of the wrong answers of averages of so many networks, 1 to [`MOST`]; not a number
    /// before all are drawn.
    pub fn error_of(&self, size: usize) -> f64 {
        if self.complete() { self.groups[size - 1].error().0 } else { f64::NAN }
    }

    /// For each size that is shown and has been drawn, how far its averages are from that of all
    /// networks.
    pub fn distances(&self) -> Vec<(f64, f64)> {
        let drawn = self.shown().filter(|group| group.drawn() > 0);
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
