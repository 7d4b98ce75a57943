//! "Dropout": it can prevent a network from overfitting.
//!
//! At each step of SGD every hidden neuron stays with the keep probability p. On digits with wrong
//! labels the test error against p is a U: at p = 1 the network learns the wrong labels by heart, and
//! with few neurons left it learns too little. The whole course is recorded, with the best step of
//! each arm, because a network without dropout is nearly as good at the step at which it is best.

use super::arms::{Arms, Errors};
use crate::data::{DIGIT_CLASSES, Split, digits, mislabel, split};
use crate::error::Result;
use crate::figure::{Figure, FigureSpec};
use crate::lab::{AnyLab, LabSpec, MetricSpec};
use crate::labs::curves::Curves;
use crate::param::{Choice, ParamSpec, Settings};
use std::sync::OnceLock;

/// Test images: the rest, when all that `n_train` allows are taken to learn from.
const N_TEST: usize = 697;

const PARAMETERS: &[ParamSpec] = &[
    ParamSpec::real("keep_prob", 0.5, 0.05, 1.0, 0.05)
        .label("Keep probability")
        .symbol("p")
        .help("each hidden neuron stays with this chance, at every step"),
    ParamSpec::real("label_noise", 0.3, 0.0, 0.5, 0.05)
        .label("Label noise")
        .help("share of the training labels made wrong; those of the test set are right"),
    ParamSpec::integer("n_train", 300, 10, 1100, 10)
        .label("Training examples")
        .help("few examples are easily learned by heart"),
    ParamSpec::real("keep_prob_input", 1.0, 0.05, 1.0, 0.05)
        .label("Keep probability of inputs")
        .help("each pixel stays with this chance; in all networks but the one without dropout"),
    ParamSpec::choice(
        "scaling",
        "inverted",
        &[
            Choice::new("inverted", "in training, by 1/p"),
            Choice::new("at_test", "at test time, by p"),
            Choice::new("none", "none"),
        ],
    )
    .label("Scaling")
    .help("how outputs are scaled to make up for the neurons that are out"),
    ParamSpec::integer("hidden_layers", 2, 1, 3, 1)
        .label("Hidden layers")
        .help("layers between the inputs and the outputs"),
    ParamSpec::integer("units", 64, 1, 256, 1)
        .label("Units a layer")
        .help("neurons in every hidden layer"),
    ParamSpec::flag("compare", true)
        .label("Other keep probabilities")
        .help("train the same network with p = 0.1, 0.2, 0.3, 0.5, 0.7 and 1 beside it"),
    ParamSpec::real("learning_rate", 0.002, 0.00001, 0.1, 0.00001)
        .log()
        .label("Learning rate")
        .symbol("η")
        .help("how far one update of Adam goes")
        .live(),
    ParamSpec::integer("batch_size", 32, 1, 128, 1)
        .label("Batch size")
        .help("training examples a step"),
    ParamSpec::steps(1500, 20_000),
    ParamSpec::seed(),
];

const PLAIN: &str = "of the same network without dropout";

const METRICS: &[MetricSpec] = &[
    MetricSpec::new("train_error", "Training error", "wrong on the training set").unit("fraction"),
    MetricSpec::new("test_error", "Test error", "wrong on images it never saw").unit("fraction"),
    MetricSpec::new("best_test_error", "Best test error", "the least so far: stopping there")
        .unit("fraction"),
    MetricSpec::new("best_step", "Best step", "where the test error was least"),
    MetricSpec::new("baseline_train_error", "Training error", PLAIN).unit("fraction"),
    MetricSpec::new("baseline_test_error", "Test error", PLAIN).unit("fraction"),
    MetricSpec::new("baseline_best_test_error", "Best test error", PLAIN).unit("fraction"),
    MetricSpec::new("baseline_best_step", "Best step", PLAIN),
    MetricSpec::new("gain", "Gain", "test error without dropout less that with it").unit("points"),
    MetricSpec::new("gain_stopped", "Gain at the best steps", "the same, each stopped at its best")
        .unit("points"),
    MetricSpec::new(
        "lowest_keep_prob",
        "Best keep probability",
        "of those trained, on the test set",
    )
    .symbol("p")
    .decimals(2),
];

pub(super) const FIGURES: &[FigureSpec] = &[
    FigureSpec {
        key: "u",
        title: "Error against keep probability",
        description: "Training and test error of networks that differ in p alone, as they are now.",
    },
    FigureSpec {
        key: "test",
        title: "Test error while they learn",
        description: "The whole course of every network, a point at its best step.",
    },
    FigureSpec {
        key: "train",
        title: "Training error while they learn",
        description: "How fast each network learns the labels, wrong ones too.",
    },
    FigureSpec {
        key: "stopping",
        title: "At the end, and at the best step",
        description: "Every network now, and at the step at which its test error was least.",
    },
    FigureSpec {
        key: "network",
        title: "This step’s network",
        description: "Neurons in columns; a crossed-out neuron is dropped in this step.",
    },
];

/// The catalogue's entry.
pub const DROPOUT: LabSpec = LabSpec {
    id: "dropout",
    title: "Dropout",
    slide: "Dropout",
    claim: "Dropout keeps a network from learning wrong labels by heart, as long as enough neurons \
            stay.",
    parameters: PARAMETERS,
    metrics: METRICS,
    figures: FIGURES,
    build: |settings| Ok(Box::new(Overfitting::new(settings)?)),
};

/// The lab at one step.
pub(super) struct Overfitting {
    pub settings: Settings,
    split: Split,
    pub arms: Arms,
    /// Of every arm the training error, then of every arm the test error.
    pub curves: Curves,
    /// How the arms do now: found when first asked for, and forgotten at the next step.
    errors: OnceLock<Vec<Errors>>,
}

impl Overfitting {
    fn new(settings: &Settings) -> Result<Self> {
        let seed = settings.whole("seed") as u32;
        let mut split = split(&digits(), settings.whole("n_train"), N_TEST, seed);
        mislabel(&mut split.train, settings.real("label_noise"), DIGIT_CLASSES, seed);
        let arms = Arms::new(settings, &split)?;
        let curves = Curves::new(2 * arms.all.len(), settings.whole("steps"));
        let (settings, errors) = (settings.clone(), OnceLock::new());
        let mut lab = Overfitting { settings, split, arms, curves, errors };
        lab.record();
        Ok(lab)
    }

    /// How every arm does now.
    pub fn errors(&self) -> &[Errors] {
        self.errors
            .get_or_init(|| self.arms.all.iter().map(|arm| arm.errors(&self.split)).collect())
    }

    /// Steps taken.
    pub fn steps(&self) -> u64 {
        self.arms.all[0].network.steps()
    }

    /// Every arm's least test error so far, and its step.
    pub fn best(&self, arm: usize) -> (f64, u64) {
        self.arms.all[arm].best_with(self.errors()[arm].test)
    }

    /// The arm whose test error is least among those that differ in p alone.
    pub fn lowest(&self) -> usize {
        let errors = &self.errors()[..self.arms.compared()];
        let least = errors.iter().map(|error| error.test).fold(f64::INFINITY, f64::min);
        errors.iter().position(|error| error.test == least).unwrap_or(self.arms.own)
    }

    fn record(&mut self) {
        let errors = self.errors();
        let train = errors.iter().map(|errors| errors.train);
        let values: Vec<f64> = train.chain(errors.iter().map(|errors| errors.test)).collect();
        let best: Vec<(f64, u64)> = (0..errors.len()).map(|arm| self.best(arm)).collect();
        self.curves.record(self.steps(), &values);
        self.arms.all.iter_mut().zip(best).for_each(|(arm, best)| arm.best = best);
    }
}

impl AnyLab for Overfitting {
    fn step(&mut self) -> Result<()> {
        self.errors = OnceLock::new();
        for arm in &mut self.arms.all {
            arm.network.step(1)?;
        }
        if self.curves.due(self.steps()) {
            self.record();
        }
        Ok(())
    }

    fn set(&mut self, settings: &Settings) {
        for arm in &mut self.arms.all {
            arm.network.set_learning_rate(settings.real("learning_rate"));
        }
        self.settings = settings.clone();
    }

    fn predict(&self, x: &[f64]) -> Result<Vec<f64>> {
        self.arms.all[self.arms.own].network.predict(x)
    }

    fn metrics(&self) -> Vec<f64> {
        let Arms { own, baseline, .. } = self.arms;
        let (now, plain) = (self.errors()[own], self.errors()[baseline]);
        let (best, plain_best) = (self.best(own), self.best(baseline));
        vec![
            now.train,
            now.test,
            best.0,
            best.1 as f64,
            plain.train,
            plain.test,
            plain_best.0,
            plain_best.1 as f64,
            plain.test - now.test,
            plain_best.0 - best.0,
            self.arms.all[self.lowest()].keep_prob,
        ]
    }

    fn figure(&self, key: &str) -> Figure {
        match key {
            "u" => self.u_figure(),
            "test" => self.test_figure(),
            "train" => self.train_figure(),
            "stopping" => self.stopping_figure(),
            _ => self.network_figure(),
        }
    }
}
