//! "Dropout": it can prevent a network from overfitting.
//!
//! At each step of SGD every hidden neuron stays with the keep probability p. On digits with wrong
//! labels the test error against p is a U: at p = 1 the network learns the wrong labels by heart, and
//! with few neurons left it learns too little. The whole course is recorded, with the best step of
//! each arm, because a network without dropout is nearly as good at the step at which it is best.

use super::compared::{Arms, Best, Errors};
use super::first_layer::FirstLayer;
use super::parameters::PARAMETERS;
use crate::data::{Examples, Mislabelled};
use crate::error::Result;
use crate::lab::course::{Course, take_up_any};
use crate::lab::learning_curves::{Curves, LearningCurves};
use crate::lab::memo::Memo;
use crate::lab::weights::Weights;
use crate::lab::{
    Lab, LabSpec, Metric, View, build, figure_specs, metric_specs, number, points, share,
};
use crate::labs::arms::{Judges, learn_by};
use crate::labs::images::{Images, digits_or_own};
use crate::labs::weights::weights_of;
use crate::param::Settings;

const PLAIN: &str = "of the same network without dropout";

const METRICS: [Metric<Overfitting>; 35] = [
    share("train_error", "Training error", "wrong on the training set")
        .of(|lab| lab.errors()[lab.arms.own].train),
    share("test_error", "Test error", "wrong on images it never saw")
        .of(|lab| lab.errors()[lab.arms.own].test),
    share(
        "best_test_error",
        "Best test error",
        "the lowest so far: what stopping there would give",
    )
    .of(|lab| lab.best(lab.arms.own).error),
    number("best_step", "Best step", "where the test error was lowest")
        .of(|lab| lab.best(lab.arms.own).step as f64),
    share("baseline_train_error", "Training error", PLAIN)
        .of(|lab| lab.errors()[lab.arms.baseline].train),
    share("baseline_test_error", "Test error", PLAIN)
        .of(|lab| lab.errors()[lab.arms.baseline].test),
    share("baseline_best_test_error", "Best test error", PLAIN)
        .of(|lab| lab.best(lab.arms.baseline).error),
    number("baseline_best_step", "Best step", PLAIN)
        .of(|lab| lab.best(lab.arms.baseline).step as f64),
    points("gain", "Gain", "test error without dropout minus that with it").of(Overfitting::gain),
    points("gain_stopped", "Gain at the best steps", "the same, each stopped at its best")
        .of(Overfitting::gain_stopped),
    number("lowest_keep_prob", "Best keep probability", "of those trained, on the test set")
        .symbol("p")
        .decimals(2)
        .of(|lab| lab.arms.all[lab.lowest()].keep_prob),
    share("test_error_10", "Test error, p = 0.1", BESIDE).of(|lab| lab.beside(0.1).test),
    share("train_error_10", "Training error, p = 0.1", BESIDE).of(|lab| lab.beside(0.1).train),
    share("best_test_error_10", "Best test error, p = 0.1", BESIDE).of(|lab| lab.best_beside(0.1)),
    share("test_error_20", "Test error, p = 0.2", BESIDE).of(|lab| lab.beside(0.2).test),
    share("train_error_20", "Training error, p = 0.2", BESIDE).of(|lab| lab.beside(0.2).train),
    share("best_test_error_20", "Best test error, p = 0.2", BESIDE).of(|lab| lab.best_beside(0.2)),
    share("test_error_30", "Test error, p = 0.3", BESIDE).of(|lab| lab.beside(0.3).test),
    share("train_error_30", "Training error, p = 0.3", BESIDE).of(|lab| lab.beside(0.3).train),
    share("best_test_error_30", "Best test error, p = 0.3", BESIDE).of(|lab| lab.best_beside(0.3)),
    share("test_error_50", "Test error, p = 0.5", BESIDE).of(|lab| lab.beside(0.5).test),
    share("train_error_50", "Training error, p = 0.5", BESIDE).of(|lab| lab.beside(0.5).train),
    share("best_test_error_50", "Best test error, p = 0.5", BESIDE).of(|lab| lab.best_beside(0.5)),
    share("test_error_70", "Test error, p = 0.7", BESIDE).of(|lab| lab.beside(0.7).test),
    share("train_error_70", "Training error, p = 0.7", BESIDE).of(|lab| lab.beside(0.7).train),
    share("best_test_error_70", "Best test error, p = 0.7", BESIDE).of(|lab| lab.best_beside(0.7)),
    share("test_error_100", "Test error, p = 1", BESIDE).of(|lab| lab.beside(1.0).test),
    share("train_error_100", "Training error, p = 1", BESIDE).of(|lab| lab.beside(1.0).train),
    share("best_test_error_100", "Best test error, p = 1", BESIDE).of(|lab| lab.best_beside(1.0)),
    number("mean_activation", "Mean activation", ACTIVE).of(|lab| lab.first_layers()[0].mean()),
    number("baseline_mean_activation", "Mean activation", PLAIN)
        .of(|lab| lab.first_layers()[1].mean()),
    share("zero_activations", "Activations that are 0", ACTIVE)
        .of(|lab| lab.first_layers()[0].zeros()),
    share("baseline_zero_activations", "Activations that are 0", PLAIN)
        .of(|lab| lab.first_layers()[1].zeros()),
    share("concentration", "Weights in five pixels", CONCENTRATED)
        .of(|lab| lab.first_layers()[0].concentration()),
    share("baseline_concentration", "Weights in five pixels", PLAIN)
        .of(|lab| lab.first_layers()[1].concentration()),
];

const BESIDE: &str = "of the network trained beside this one with that keep probability";
const ACTIVE: &str = "of the first hidden layer, on the test set";
const CONCENTRATED: &str =
    "share of the sum of a first neuron’s squared weights in its five largest; mean";

const VIEWS: [View<Overfitting>; 9] = [
    View::new(
        "u",
        "Error against keep probability",
        "Training and test error of networks that differ in p alone, as they are now.",
        Overfitting::u_picture,
    ),
    View::new(
        "test",
        "Test error while they learn",
        "The whole course of every network, a point at its best step.",
        Overfitting::test_picture,
    ),
    View::new(
        "by_heart_plain",
        "Wrong labels, no dropout",
        "The images with wrong labels; one lights up when the network has learned its label by heart.",
        Overfitting::by_heart_plain_picture,
    )
    .with_handles(Overfitting::by_heart_handles),
    View::new(
        "by_heart",
        "The same, with dropout",
        "The same images, and the network with the chosen keep probability.",
        Overfitting::by_heart_picture,
    )
    .with_handles(Overfitting::by_heart_handles),
    View::new(
        "train",
        "Training error while they learn",
        "How fast each network learns the labels, wrong ones too.",
        Overfitting::train_picture,
    ),
    View::new(
        "stopping",
        "At the end, and at the best step",
        "Every network now, and at the step at which its test error was lowest.",
        Overfitting::stopping_picture,
    ),
    View::new(
        "network",
        "This step’s network",
        "Neurons in columns; a crossed-out neuron is dropped in this step.",
        Overfitting::network_picture,
    ),
    View::new(
        "activations",
        "How active the neurons are",
        "Activations of the first hidden layer on the test set: bars with dropout, dashed without.",
        Overfitting::activations_picture,
    ),
    View::new(
        "features",
        "What the neurons look for",
        "Incoming weights of the same eight neurons as images, and each one’s mean activation.",
        Overfitting::features_picture,
    ),
];

/// The catalogue's entry.
pub const DROPOUT: LabSpec = LabSpec {
    id: "dropout",
    title: "Dropout",
    slide: "Dropout",
    claim: "Dropout keeps a network from learning wrong labels by heart, as long as enough neurons \
            stay.",
    parameters: PARAMETERS,
    metrics: &metric_specs(&METRICS),
    figures: &figure_specs(&VIEWS),
    main: Some(super::map::MAP),
    build: build::<Overfitting>,
};

/// What a learning curve shows of an arm.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum On {
    /// The error on the training set.
    Train,
    /// The error on the test set.
    Test,
}

/// The lab at one step.
pub(super) struct Overfitting {
    pub settings: Settings,
    pub train: Examples,
    /// The examples of `train` that have a wrong label.
    pub wrong: Vec<Mislabelled>,
    /// Pixels along a side of an image.
    pub side: usize,
    /// The names of the classes.
    pub classes: Vec<String>,
    judges: Judges<f32>,
    pub arms: Arms,
    /// The errors of every arm, by its number.
    learning: LearningCurves<(On, usize)>,
    errors: Memo<Vec<Errors>>,
    first_layers: Memo<[FirstLayer; 2]>,
}

impl Overfitting {
    /// How every arm does now.
    pub fn errors(&self) -> &[Errors] {
        self.errors.get(|| self.arms.all.iter().map(|arm| arm.errors(&self.judges)).collect())
    }

    /// The first hidden layers of the chosen network and of the one without dropout, on the test set.
    pub fn first_layers(&self) -> &[FirstLayer; 2] {
        let layer =
            |arm: usize| FirstLayer::new(self.arms.all[arm].course.now(), &self.judges.test);
        self.first_layers.get(|| [self.arms.own, self.arms.baseline].map(layer))
    }

    /// Steps taken.
    pub fn steps(&self) -> u64 {
        self.arms.all[0].course.steps()
    }

    /// An arm's least test error so far.
    pub fn best(&self, arm: usize) -> Best {
        self.arms.all[arm].best_with(self.errors()[arm].test)
    }

    /// How the network with this keep probability does that is trained beside the others; not a number
    /// where there is none.
    fn beside(&self, keep_prob: f64) -> Errors {
        let none = Errors { train: f64::NAN, test: f64::NAN };
        self.arms.with(keep_prob).map_or(none, |arm| self.errors()[arm])
    }

    /// The least test error of that network so far.
    fn best_beside(&self, keep_prob: f64) -> f64 {
        self.arms.with(keep_prob).map_or(f64::NAN, |arm| self.best(arm).error)
    }

    /// By how much dropout lowers the test error now.
    pub fn gain(&self) -> f64 {
        self.errors()[self.arms.baseline].test - self.errors()[self.arms.own].test
    }

    /// The same with each network stopped at its best step.
    pub fn gain_stopped(&self) -> f64 {
        self.best(self.arms.baseline).error - self.best(self.arms.own).error
    }

    /// The arm whose test error is least among those that differ in p alone.
    pub fn lowest(&self) -> usize {
        let errors = &self.errors()[..self.arms.compared()];
        let least = errors.iter().map(|error| error.test).fold(f64::INFINITY, f64::min);
        errors.iter().position(|error| error.test == least).unwrap_or(self.arms.own)
    }

    fn values(&self) -> impl Iterator<Item = ((On, usize), f64)> {
        let errors = self.errors().iter().enumerate();
        errors.flat_map(|(arm, errors)| {
            [((On::Train, arm), errors.train), ((On::Test, arm), errors.test)]
        })
    }

    /// The learning curves so far.
    pub fn curves(&self) -> Curves<'_, (On, usize)> {
        self.learning.until(self.steps(), self.values())
    }

    fn record(&mut self) {
        let values: Vec<_> = self.values().collect();
        let best: Vec<Best> = (0..self.arms.all.len()).map(|arm| self.best(arm)).collect();
        self.learning.record(self.steps(), values);
        for (arm, best) in self.arms.all.iter_mut().zip(best) {
            arm.best = best;
            arm.course.record();
        }
    }
}

impl Lab for Overfitting {
    const METRICS: &'static [Metric<Self>] = &METRICS;
    const VIEWS: &'static [View<Self>] = &VIEWS;

    fn new(settings: &Settings) -> Result<Self> {
        let Images { split, wrong, side, classes } = digits_or_own(settings)?;
        let arms = Arms::new(settings, &split, classes.len())?;
        let mut lab = Overfitting {
            judges: Judges::new(arms.all[0].course.now(), &split),
            train: split.train,
            wrong,
            side,
            classes,
            arms,
            learning: LearningCurves::new(settings.whole("steps")),
            settings: settings.clone(),
            errors: Memo::default(),
            first_layers: Memo::default(),
        };
        lab.record();
        Ok(lab)
    }

    fn step(&mut self) -> Result<()> {
        self.errors.forget();
        self.first_layers.forget();
        self.arms.courses().try_for_each(Course::step)?;
        if self.learning.due(self.steps()) {
            self.record();
        }
        Ok(())
    }

    fn set(&mut self, settings: &Settings) {
        learn_by(self.arms.courses(), settings.real("learning_rate"));
        self.settings = settings.clone();
    }

    /// Networks with other keep probabilities learn as before.
    fn take_up(&mut self, before: &mut Self) {
        if self.judges == before.judges {
            take_up_any(self.arms.courses(), before.arms.courses());
        }
    }

    fn weights(&self) -> Vec<Weights> {
        let arms = self.arms.all.iter();
        weights_of(
            arms.map(|arm| (format!("keep probability {}", arm.keep_prob), arm.course.now())),
        )
    }

    fn predict(&self, x: &[f64]) -> Result<Vec<f64>> {
        self.arms.all[self.arms.own].course.now().predict(x)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_keep_probability_trains_one_network_and_keeps_the_others() {
        let lab = |query: &str| {
            let query = format!("units=4&n_train=40&steps=5&{query}");
            Overfitting::new(&Settings::from_query(PARAMETERS, &query).unwrap()).unwrap()
        };
        let mut before = lab("keep_prob=0.4");
        (0..5).for_each(|_| Lab::step(&mut before).unwrap());
        let mut now = lab("keep_prob=0.6");
        now.take_up(&mut before);
        let own = now.arms.own;
        let reached: Vec<u64> = now.arms.courses().map(|course| course.reached()).collect();
        assert!((0..7).all(|arm| reached[arm] == if arm == own { 0 } else { 5 }), "{reached:?}");
    }
}
