//! The networks of the lab: the whole one, the independent ones beside it, and how they do as they are
//! trained now, before anything is averaged over masks.

use super::average::{Average, Mean};
use super::measure::wrong;
use super::problem;
use super::smaller::{Answers, Dropout, Smaller, Whole};
use crate::data::Split;
use crate::error::Result;
use crate::lab::course::Course;
use crate::lab::memo::Memo;
use crate::lab::weights::Weights;
use crate::labs::arms::learn_by;
use crate::labs::images::mislabelled_images;
use crate::labs::weights::weights_of;
use crate::nn::{Network, Stream, stream};
use crate::param::Settings;

/// Smaller networks watched while the whole one is trained, at most; and shown at once.
pub(super) const WATCHED: usize = 24;

/// The networks of the lab, and what they learn.
pub(super) struct Networks {
    /// Images to learn from, and others to be judged by.
    pub split: Split,
    /// What the whole network drops.
    pub dropout: Dropout,
    /// The whole network.
    pub whole: Network<f64>,
    /// The independent ones, each a member, and the wrong answers of their average, a fraction.
    independent: Course<Network<f64>, f64>,
    /// The smaller networks that are watched while the whole one is trained.
    pub watched: Vec<Smaller>,
    trained: Memo<Trained>,
    /// What each of the independent ones says about the test images (images x classes).
    answers: Memo<Vec<Vec<f64>>>,
    averaged: Memo<Average>,
}

/// How the networks do as they are trained now.
pub(super) struct Trained {
    /// The whole network, ready for masks, on the test images.
    pub whole: Whole,
    /// Its answers about them in one pass with nothing dropped.
    pub one_pass: Answers,
    /// Its wrong answers, a fraction.
    pub error: f64,
    /// The wrong answers of the smaller networks that are watched.
    pub watched: Vec<f64>,
    /// The wrong answers of the independent networks, averaged.
    pub independent: f64,
}

impl Networks {
    /// The networks of these settings before the first of about `planned` steps.
    ///
    /// # Errors
    /// As [`problem::dropout`] and [`Network::new`].
    pub fn new(settings: &Settings, planned: usize) -> Result<Self> {
        let (dropout, split) = (problem::dropout(settings)?, mislabelled_images(settings)?.0);
        Ok(Networks {
            dropout,
            whole: problem::whole(settings, &split)?,
            independent: Course::new(problem::independent(settings, &split)?, planned),
            split,
            watched: watched(dropout, settings.seed()),
            trained: Memo::default(),
            answers: Memo::default(),
            averaged: Memo::default(),
        })
    }

    /// One step of each.
    ///
    /// # Errors
    /// As [`Network::step`].
    pub fn step(&mut self) -> Result<()> {
        self.trained.forget();
        self.answers.forget();
        self.averaged.forget();
        self.whole.step(1)?;
        self.independent.step()
    }

    /// The weights of both.
    pub fn weights(&self) -> Vec<Weights> {
        weights_of([("with dropout", &self.whole), ("alone", self.independent())])
    }

    /// The independent ones as they are now.
    pub fn independent(&self) -> &Network<f64> {
        self.independent.now()
    }

    /// Keeps what the independent ones get wrong now, for a lab in which they are the same.
    pub fn record(&mut self) {
        self.independent.record();
    }

    /// Takes up the independent ones of the lab before where they are the same: they drop nothing, and
    /// another keep probability changes at most how large they are.
    pub fn take_up(&mut self, before: &mut Self) {
        if self.split.test == before.split.test {
            self.independent.take_up(&mut before.independent);
        }
    }

    /// Takes another learning rate from the next step on.
    pub fn set_learning_rate(&mut self, rate: f64) {
        self.whole.set_learning_rate(rate);
        learn_by([&mut self.independent], rate);
    }

    /// How they do now, judged by the test images.
    pub fn trained(&self) -> &Trained {
        self.trained.get(|| {
            let whole = self.asked(&self.split.test.x);
            let one_pass = whole.one_pass();
            Trained {
                error: wrong(&one_pass.y_hat, &self.split.test.y),
                watched: self.errors_of_watched(&whole),
                independent: *self.independent.measure(|_| self.error_of_independent()),
                one_pass,
                whole,
            }
        })
    }

    /// The whole network, ready for masks, on some of the lab's own images.
    pub fn asked(&self, x: &[f64]) -> Whole {
        Whole::of(&self.whole, x).expect("the lab's own network and images")
    }

    fn errors_of_watched(&self, whole: &Whole) -> Vec<f64> {
        let mut outputs = Vec::new();
        let error_of = |smaller: &Smaller| {
            whole.ask_outputs(&smaller.kept, &mut outputs);
            wrong(&outputs, &self.split.test.y)
        };
        self.watched.iter().map(error_of).collect()
    }

    fn answers(&self) -> &[Vec<f64>] {
        self.answers.get(|| {
            let all = self.independent().predict_members(&self.split.test.x);
            all.expect("the lab's own networks and images")
        })
    }

    fn error_of_independent(&self) -> f64 {
        let mut mean = Mean::default();
        self.answers().iter().for_each(|y_hat| mean.add(1.0, y_hat));
        mean.wrong(&self.split.test.y)
    }

    /// The independent networks as they are now, averaged.
    pub fn averaged(&self) -> &Average {
        self.averaged.get(|| {
            let mut average = Average::new(&self.split.test.y);
            self.answers().iter().for_each(|y_hat| average.add(1.0, y_hat));
            average
        })
    }
}

/// Weights and biases of all members of a network.
pub(super) fn count_parameters(network: &Network<f64>) -> u64 {
    let config = network.config();
    let one = config.parameter_count().expect("a network that could be built");
    (one * config.n_members) as u64
}

/// Steps that all members of a network have taken together.
pub(super) fn updates(network: &Network<f64>) -> u64 {
    network.steps() * network.config().n_members as u64
}

/// The smaller networks that are watched: all that dropout can make where they are few, otherwise
/// some drawn as dropout draws them. One that is drawn twice counts twice.
pub(super) fn watched(dropout: Dropout, seed: u32) -> Vec<Smaller> {
    if 1 << dropout.units <= WATCHED {
        return dropout.all().collect();
    }
    let mut rng = stream(seed, Stream::MonteCarlo(2), 0);
    let (mut drawn, chance) = (Vec::<Smaller>::new(), 1.0 / WATCHED as f64);
    for _ in 0..WATCHED {
        let kept = dropout.draw(&mut rng);
        match drawn.iter_mut().find(|smaller| smaller.kept == kept) {
            Some(again) => again.chance += chance,
            None => drawn.push(Smaller { kept, chance }),
        }
    }
    drawn
}

#[cfg(test)]
mod tests {
    use super::super::PARAMETERS;
    use super::*;

    /// Five of ten neurons are kept on average with 0.45, too, and six with 0.6.
    #[test]
    fn independent_ones_of_the_same_size_are_kept() {
        let networks = |query: &str| {
            let query = format!("n_train=40&{query}");
            Networks::new(&Settings::from_query(PARAMETERS, &query).unwrap(), 5).unwrap()
        };
        for (query, reached) in [("keep_prob=0.45", 5), ("keep_prob=0.6", 0), ("seed=1", 0)] {
            let (mut before, mut now) = (networks("keep_prob=0.5"), networks(query));
            (0..5).for_each(|_| before.step().unwrap());
            now.take_up(&mut before);
            assert_eq!(
                (now.independent.reached(), now.independent.steps()),
                (reached, 0),
                "{query}"
            );
        }
    }

    #[test]
    fn those_that_are_watched_have_shares_of_one_in_all() {
        for (units, keep_prob) in [(3, 0.8), (10, 0.05), (10, 0.5), (10, 1.0)] {
            let watched = watched(Dropout { units, keep_prob }, 0);
            assert!((watched.iter().map(|one| one.chance).sum::<f64>() - 1.0).abs() < 1e-12);
            assert_eq!(watched.len() == 1, keep_prob == 1.0, "{units} {keep_prob}");
        }
    }
}
