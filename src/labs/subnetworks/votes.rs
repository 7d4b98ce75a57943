//! All smaller networks that dropout can make, one after another: their votes, and what becomes of
//! the average.

use super::measure::{squared_error, wrong};
use super::problem::Whole;
use crate::data::{DIGIT_CLASSES, Examples};
use crate::nn::{DropoutScaling, Stream, log_softmax, mask_chance, mask_of, shuffle, stream};
use std::iter::repeat;

/// The votes that have come in.
pub(super) struct Votes {
    keep_prob: f64,
    droppable: usize,
    /// The numbers of all smaller networks, as [`order`] has them: so the first few are such as
    /// dropout makes.
    order: Vec<usize>,
    /// The error on the test set of each that has voted.
    pub errors: Vec<f64>,
    /// And its chance.
    weights: Vec<f64>,
    /// Sums over the votes, each times its chance: of the chances, and of their squares.
    chances: f64,
    squared_chances: f64,
    /// Of probabilities, of their logarithms, and of outputs before the softmax.
    probabilities: Vec<f64>,
    logs: Vec<f64>,
    outputs: Vec<f64>,
    /// Of errors, of squared errors, and of squared errors once more times the chance.
    error: f64,
    variance: f64,
    diagonal: f64,
    /// Of squared probabilities.
    squares: f64,
    /// The average's error after so many votes.
    pub curve: (Vec<f64>, Vec<f64>),
    /// Room for one vote.
    z: Vec<f64>,
    y_hat: Vec<f64>,
}

impl Votes {
    /// No votes yet, of `images` images.
    pub fn new(droppable: usize, keep_prob: f64, images: usize, seed: u32) -> Self {
        let none = vec![0.0; images * DIGIT_CLASSES];
        Votes {
            keep_prob,
            droppable,
            order: order(droppable, keep_prob, seed),
            errors: Vec::new(),
            weights: Vec::new(),
            chances: 0.0,
            squared_chances: 0.0,
            probabilities: none.clone(),
            logs: none.clone(),
            outputs: none,
            error: 0.0,
            variance: 0.0,
            diagonal: 0.0,
            squares: 0.0,
            curve: Default::default(),
            z: Vec::new(),
            y_hat: Vec::new(),
        }
    }

    /// How many networks there are.
    pub fn all(&self) -> usize {
        self.order.len()
    }

    /// Whether every network has voted.
    pub fn complete(&self) -> bool {
        self.errors.len() == self.order.len()
    }

    /// Which neurons the network keeps that was the `place`-th to vote.
    pub fn kept(&self, place: usize) -> Vec<bool> {
        mask_of(self.order[place], self.droppable)
    }

    /// Lets networks vote until `due` of them have.
    pub fn until(&mut self, due: usize, whole: &Whole, test: &Examples) {
        while self.errors.len() < due.min(self.order.len()) {
            self.vote(whole, test);
        }
    }

    fn vote(&mut self, whole: &Whole, test: &Examples) {
        let kept = self.kept(self.errors.len());
        let chance = mask_chance(&kept, repeat(self.keep_prob));
        whole.outputs(&DropoutScaling::Inverted.factors(&kept, self.keep_prob), &mut self.z);
        add(&mut self.outputs, chance, &self.z);
        log_softmax(&mut self.z, &mut self.y_hat, DIGIT_CLASSES);
        add(&mut self.logs, chance, &self.z);
        add(&mut self.probabilities, chance, &self.y_hat);
        let squared = squared_error(&self.y_hat, &test.y);
        let error = wrong(&self.y_hat, &test.y);
        self.chances += chance;
        self.squared_chances += chance * chance;
        self.error += chance * error;
        self.variance += chance * squared;
        self.diagonal += chance * chance * squared;
        self.squares += chance * self.y_hat.iter().map(|y_hat| y_hat * y_hat).sum::<f64>();
        self.errors.push(error);
        self.weights.push(chance);
        if self.is_marked(self.errors.len()) {
            self.curve.0.push(self.errors.len() as f64);
            self.curve.1.push(self.error_average(&test.y));
        }
    }

    /// Whether the curve has a point after so many votes: at about ten of every doubling.
    fn is_marked(&self, votes: usize) -> bool {
        votes == self.order.len() || votes.is_multiple_of((votes.next_power_of_two() / 16).max(1))
    }

    /// The sums, made means over the votes so far.
    fn mean(&self, sums: &[f64]) -> Vec<f64> {
        sums.iter().map(|sum| sum / self.chances).collect()
    }

    /// The arithmetic mean of the probabilities.
    pub fn arithmetic_mean(&self) -> Vec<f64> {
        self.mean(&self.probabilities)
    }

    /// The geometric mean of the probabilities, made to sum to 1.
    pub fn geometric_mean(&self) -> Vec<f64> {
        let mut mean = Vec::new();
        log_softmax(&mut self.mean(&self.logs), &mut mean, DIGIT_CLASSES);
        mean
    }

    /// The arithmetic mean of the outputs before the softmax.
    pub fn mean_outputs(&self) -> Vec<f64> {
        self.mean(&self.outputs)
    }

    /// The wrong answers of the average, a fraction; not a number before the first vote.
    pub fn error_average(&self, y: &[f64]) -> f64 {
        if self.chances > 0.0 { wrong(&self.probabilities, y) } else { f64::NAN }
    }

    /// The same of the geometric mean.
    pub fn error_geometric(&self, y: &[f64]) -> f64 {
        if self.chances > 0.0 { wrong(&self.logs, y) } else { f64::NAN }
    }

    /// The wrong answers of one network, on average.
    pub fn mean_error(&self) -> f64 {
        self.error / self.chances
    }

    /// v, the mean squared error of one network's probabilities, and c, that of two different ones:
    /// the average's squared error is the sum of chance times chance times E\[e_i e_j\] over all pairs.
    pub fn moments(&self, y: &[f64]) -> (f64, f64) {
        let average = squared_error(&self.arithmetic_mean(), y);
        let same = self.squared_chances / (self.chances * self.chances);
        let diagonal = self.diagonal / (self.chances * self.chances);
        (self.variance / self.chances, (average - diagonal) / (1.0 - same))
    }

    /// The standard deviation of one network's probability about the average, over all images and
    /// classes.
    pub fn spread(&self) -> f64 {
        let mean = self.arithmetic_mean();
        let square = mean.iter().map(|y_hat| y_hat * y_hat).sum::<f64>();
        ((self.squares / self.chances - square).max(0.0) / mean.len() as f64).sqrt()
    }

    /// The places in the order of voting, from the least error to the largest.
    pub fn best_to_worst(&self) -> Vec<usize> {
        let mut places: Vec<usize> = (0..self.errors.len()).collect();
        places.sort_by(|&a, &b| self.errors[a].total_cmp(&self.errors[b]));
        places
    }

    /// So many of those places, at equal steps of chance from the best to the worst: all of them where
    /// there are no more, and fewer where one network is as likely as several others together.
    pub fn some_best_to_worst(&self, count: usize) -> Vec<usize> {
        let places = self.best_to_worst();
        if places.len() <= count {
            return places;
        }
        let mut below = 0.0;
        let shares = places.iter().map(|&place| {
            below += self.weights[place] / self.chances;
            below
        });
        let shares: Vec<f64> = shares.collect();
        let at = |i: usize| {
            let share = i as f64 / (count - 1) as f64;
            places[shares.partition_point(|&below| below <= share).min(places.len() - 1)]
        };
        let mut some: Vec<usize> = (0..count).map(at).collect();
        some.dedup();
        some
    }

    /// The chance of each of the errors, in bins of equal width from 0 to 1.
    pub fn histogram(&self, bins: usize) -> Vec<f64> {
        let mut shares = vec![0.0; bins];
        for (error, chance) in self.errors.iter().zip(&self.weights) {
            let bin = ((error * bins as f64) as usize).min(bins - 1);
            shares[bin] += chance / self.chances;
        }
        shares
    }
}

/// The numbers of the smaller networks dropout can make, in the order in which they vote: drawn without
/// putting any back, each as likely as dropout makes it. Where p is 1 there is but one.
fn order(droppable: usize, keep_prob: f64, seed: u32) -> Vec<usize> {
    let chance = |number: &usize| mask_chance(&mask_of(*number, droppable), repeat(keep_prob));
    let mut order: Vec<usize> = (0..1 << droppable).filter(|n| chance(n) > 0.0).collect();
    shuffle(&mut stream(seed, Stream::MonteCarlo(1), 0), &mut order);
    // A race: each is late by a time that is shorter on average the greater its chance is.
    let all = order.len() as f64;
    let late = |place: usize| -libm::log(1.0 - (place as f64 + 0.5) / all);
    let times = order.iter().enumerate().map(|(place, n)| (late(place) / chance(n), *n));
    let mut race: Vec<(f64, usize)> = times.collect();
    race.sort_by(|a, b| a.0.total_cmp(&b.0));
    race.into_iter().map(|(_, number)| number).collect()
}

fn add(sums: &mut [f64], weight: f64, terms: &[f64]) {
    sums.iter_mut().zip(terms).for_each(|(sum, term)| *sum += weight * term);
}
