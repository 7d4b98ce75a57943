//! How the networks do as they are trained now, before anything is averaged over masks.

use super::independent::Independent;
use super::measure::{squared_error, wrong};
use super::problem::{Problem, Whole};
use crate::data::DIGIT_CLASSES;
use crate::nn::{DropoutScaling, Network, Stream, all_masks, log_softmax, mask_chance, stream};
use std::iter::repeat;

/// Smaller networks watched while the whole one is trained, at most; and shown at once.
pub(super) const WATCHED: usize = 24;

/// A smaller network that is watched.
pub(super) struct Watched {
    /// The hidden neurons it keeps.
    pub kept: Vec<bool>,
    /// Its weight in the mean of those that are watched.
    pub share: f64,
}

/// The networks as they are trained now.
pub(super) struct Trained {
    /// The whole network, ready for masks.
    pub whole: Whole,
    /// Its outputs before the softmax, in one pass with nothing dropped.
    pub outputs: Vec<f64>,
    /// And its probabilities.
    pub y_hat: Vec<f64>,
    /// Its wrong answers, a fraction.
    pub error: f64,
    /// The wrong answers of the smaller networks that are watched.
    pub watched: Vec<f64>,
    /// How the independent networks do.
    pub independent: Rivals,
}

/// How networks that share nothing do.
pub(super) struct Rivals {
    /// The wrong answers of one of them, on average.
    pub mean_error: f64,
    /// The wrong answers of the average of the first 1, 2, … of them.
    pub by_size: Vec<f64>,
    /// v and c of their probabilities' errors.
    pub moments: (f64, f64),
}

impl Trained {
    /// Judges all of them by the test set.
    pub fn of(
        network: &Network<f64>,
        independent: &Independent,
        problem: &Problem,
        watched: &[Watched],
    ) -> Self {
        let (test, keep_prob) = (&problem.split.test, problem.keep_prob);
        let whole = Whole::of(network, &test.x).expect("the lab's own network and images");
        let (mut outputs, mut y_hat) = (Vec::new(), Vec::new());
        whole.outputs(&vec![1.0; whole.droppable()], &mut outputs);
        log_softmax(&mut outputs.clone(), &mut y_hat, DIGIT_CLASSES);
        let mut z = Vec::new();
        let error_of = |watched: &Watched| {
            whole.outputs(&DropoutScaling::Inverted.factors(&watched.kept, keep_prob), &mut z);
            wrong(&z, &test.y)
        };
        let watched = watched.iter().map(error_of).collect();
        let error = wrong(&y_hat, &test.y);
        let independent = Rivals::of(independent, problem);
        Trained { outputs, error, watched, independent, y_hat, whole }
    }
}

impl Rivals {
    /// The wrong answers of the average of all of them.
    pub fn error(&self) -> f64 {
        self.by_size[self.by_size.len() - 1]
    }

    fn of(independent: &Independent, problem: &Problem) -> Self {
        let (test, n) = (&problem.split.test, independent.count() as f64);
        let mut sum = vec![0.0; test.y.len() * DIGIT_CLASSES];
        let (mut mean_error, mut variance, mut by_size) = (0.0, 0.0, Vec::new());
        for member in 0..independent.count() {
            let y_hat = independent.predict(member, &test.x);
            sum.iter_mut().zip(&y_hat).for_each(|(sum, y_hat)| *sum += y_hat);
            mean_error += wrong(&y_hat, &test.y) / n;
            variance += squared_error(&y_hat, &test.y) / n;
            by_size.push(wrong(&sum, &test.y));
        }
        let average: Vec<f64> = sum.iter().map(|sum| sum / n).collect();
        // The slides' formula, v/n + (n-1)/n c, read backwards: it is exact.
        let covariance = (n * squared_error(&average, &test.y) - variance) / (n - 1.0);
        Rivals { mean_error, by_size, moments: (variance, covariance) }
    }
}

/// The smaller networks that are watched: all that dropout can make where they are few, otherwise
/// some drawn as dropout draws them. One that is drawn twice counts twice.
pub(super) fn watched(droppable: usize, keep_prob: f64, seed: u32) -> Vec<Watched> {
    if 1 << droppable <= WATCHED {
        let all = all_masks(droppable)
            .map(|kept| Watched { share: mask_chance(&kept, repeat(keep_prob)), kept });
        return all.filter(|watched| watched.share > 0.0).collect();
    }
    let mut rng = stream(seed, Stream::MonteCarlo(2), 0);
    let (mut drawn, share) = (Vec::<Watched>::new(), 1.0 / WATCHED as f64);
    for _ in 0..WATCHED {
        let kept = super::draws::draw_mask(&mut rng, droppable, keep_prob);
        match drawn.iter_mut().find(|watched| watched.kept == kept) {
            Some(again) => again.share += share,
            None => drawn.push(Watched { kept, share }),
        }
    }
    drawn
}
