//! "Weight sharing": the same weights at every time step.
//!
//! h_t = tanh(W_x x_t + W_h h_(t-1) + b), the same W_x, W_h and b at every step t; y_hat = w h_T + b'. One
//! task and one seed for two networks: this one, and one unrolled with weights of its own at every
//! step. What it learns of one step the first knows of all of them, and of steps it has never
//! trained on.

use super::gradient::TiedGradient;
use super::rnn_shown::Shown;
use super::start_alike;
use crate::data::{Examples, TEST_MEMBER, latch};
use crate::error::Result;
use crate::figure::{Figure, FigureSpec};
use crate::lab::{AnyLab, LabSpec, MetricSpec};
use crate::labs::curves::Curves;
use crate::nn::{
    Activation, LayerConfig, LayerKind, Loss, Network, NetworkConfig, OptimizerConfig,
    OptimizerKind, Shape, StepOutputs, Stream, stream,
};
use crate::param::{Choice, Mark, ParamSpec, Place, Settings};
use std::sync::OnceLock;

const NETWORKS: &[Choice] = &[
    Choice::new("shared", "Recurrent: tied"),
    Choice::new("unshared", "Unrolled: weights of its own at every step"),
];

/// The names of the two networks on curves, in the order of all that is kept for them.
pub(super) const NAMES: [&str; 2] = ["tied", "own at every step"];

const PARAMETERS: &[ParamSpec] = &[
    ParamSpec::integer("n_train", 100, 10, 2000, 10)
        .log()
        .label("Training examples")
        .symbol("n")
        .help("the same sequences for both networks"),
    ParamSpec::integer("time", 10, 1, MOST_STEPS, 1)
        .label("Time")
        .symbol("t")
        .help("how far the sequence shown has been read; at most to its end")
        .marks(&[
            Mark { label: "trained length", at: Place::Parameter("length") },
            Mark { label: "test length", at: Place::Parameter("test_length") },
        ])
        .view(),
    ParamSpec::choice("network", "shared", NETWORKS)
        .label("Network drawn")
        .help("both are trained, whichever is drawn")
        .view(),
    ParamSpec::integer("weight", 1, 1, MOST_UNITS * (MOST_UNITS + 1), 1)
        .label("Weight lit")
        .help("first those between states, row by row, then those on x; or point at one")
        .view(),
    ParamSpec::integer("sequence", 2, 1, 40, 1)
        .label("Sequence shown")
        .help("of the long ones the networks are judged by")
        .view(),
    ParamSpec::integer("length", 10, 2, 20, 1)
        .label("Trained length")
        .symbol("T")
        .unit("steps")
        .help("of the sequences they learn from"),
    ParamSpec::integer("test_length", 30, 2, MOST_STEPS, 1)
        .label("Test length")
        .unit("steps")
        .help("of the long ones; beyond the trained length the last step’s own weights go on"),
    ParamSpec::integer("units", 6, 1, MOST_UNITS, 1)
        .label("State")
        .symbol("H")
        .help("numbers the network carries from step to step"),
    ParamSpec::flag("same_start", false)
        .label("Start alike")
        .help("its own weights of every step start as those that are shared do"),
    ParamSpec::real("learning_rate", 0.01, 0.00001, 0.1, 0.00001)
        .log()
        .label("Learning rate")
        .symbol("η")
        .help("how far one update of Adam goes")
        .live(),
    ParamSpec::integer("batch_size", 64, 1, 128, 1)
        .label("Batch size")
        .help("training examples a step"),
    ParamSpec::steps(1500, 20_000),
    ParamSpec::seed(),
];

const METRICS: &[MetricSpec] = &[
    MetricSpec::new("test_error_shared", "Test error, tied", SIGN).unit("fraction"),
    MetricSpec::new("test_error_unshared", "Test error, own weights", SIGN).unit("fraction"),
    MetricSpec::new("long_error_shared", "Long sequences, tied", SIGN).unit("fraction"),
    MetricSpec::new("long_error_unshared", "Long sequences, own weights", SIGN).unit("fraction"),
    MetricSpec::new("train_error_shared", "Training error, tied", SIGN).unit("fraction"),
    MetricSpec::new("train_error_unshared", "Training error, own weights", SIGN).unit("fraction"),
    MetricSpec::new("parameters_shared", "Parameters, tied", "weights and biases"),
    MetricSpec::new("parameters_unshared", "Parameters, own weights", "weights and biases"),
    MetricSpec::new("gradient_sum", "Sum over the steps", "of the gradients of the weight lit"),
    MetricSpec::new("gradient_tied", "Gradient of the tied weight", "by back-propagation"),
    MetricSpec::new(
        "gradient_gap",
        "Their difference",
        "the largest of all the weights of its matrix, over the largest gradient",
    ),
];

const SIGN: &str = "share of answers with the wrong sign";

pub(super) const FIGURES: &[FigureSpec] = &[
    FigureSpec {
        key: "error",
        title: "Wrong answers at the trained length",
        description: "The test errors of both networks as they learn.",
    },
    FigureSpec {
        key: "long_error",
        title: "Wrong answers on long sequences",
        description: "The errors on sequences longer than any they learn from.",
    },
    FigureSpec {
        key: "network",
        title: "The network, unrolled in time",
        description: "A column a time step, from left to right; the colour of a neuron is its \
                      activation. Tied, the same matrices stand at every step, each in its colour. \
                      Point at a weight to light it up wherever it is used; a click keeps it.",
    },
    FigureSpec {
        key: "readout",
        title: "What they would answer, step by step",
        description: "The answers of both networks after every step of one sequence, and the right \
                      one.",
    },
    FigureSpec {
        key: "states",
        title: "The state, step by step",
        description: "The numbers the network drawn carries along.",
    },
    FigureSpec {
        key: "gradient",
        title: "The gradient of the weight lit",
        description: "What every step adds to it, their sum, and the gradient of the tied weight.",
    },
];

/// The catalogue's entry.
pub const WEIGHT_SHARING_RNN: LabSpec = LabSpec {
    id: "weight_sharing_rnn",
    title: "Weight sharing: recurrence",
    slide: "Weight sharing",
    claim: "Use the same weights at every time step, and what is learned at one step is known at every other.",
    parameters: PARAMETERS,
    metrics: METRICS,
    figures: FIGURES,
    build: |settings| Ok(Box::new(Rnn::new(settings)?)),
};

const MOST_UNITS: u32 = 12;
const MOST_STEPS: u32 = 60;

/// Sequences to be judged by, of either length.
const TEST: usize = 500;

/// The gradient is that of the loss on at most so many examples of the training set.
const GRADIENT_ROWS: usize = 32;

/// Shares of wrong answers of the two networks.
#[derive(Clone, Copy)]
pub(super) struct Scores {
    pub test: [f64; 2],
    pub long: [f64; 2],
    pub train: [f64; 2],
}

/// The lab at one step.
pub(super) struct Rnn {
    pub settings: Settings,
    pub train: Examples,
    test: Examples,
    pub long: Examples,
    /// Tied, and with weights of its own at every step.
    pub networks: [Network<f32>; 2],
    pub steps: u64,
    /// Test errors of the two, then errors on long sequences.
    pub curves: Curves,
    /// How they do now, and what one sequence does in them: found when first asked for, and
    /// forgotten at the next step.
    scores: OnceLock<Scores>,
    shown: OnceLock<Shown>,
    gradient: OnceLock<TiedGradient>,
}

impl Rnn {
    fn new(settings: &Settings) -> Result<Self> {
        let (length, test_length) = (settings.whole("length"), settings.whole("test_length"));
        let seed = settings.whole("seed") as u32;
        let draw =
            |member, rows, steps| latch(&mut stream(seed, Stream::Data, member), rows, steps);
        let train = draw(0, settings.whole("n_train"), length);
        let (test, long) = (draw(TEST_MEMBER, TEST, length), draw(1, TEST, test_length));
        let mut networks = [network(settings, true)?, network(settings, false)?];
        let [shared, apart] = &mut networks;
        if settings.flag("same_start") {
            start_alike(apart, shared)?;
        }
        for network in &mut networks {
            network.load(&train.x, &train.y)?;
        }
        let curves = Curves::new(4, settings.whole("steps"));
        let (settings, steps) = (settings.clone(), 0);
        let (scores, shown, gradient) = (OnceLock::new(), OnceLock::new(), OnceLock::new());
        let mut lab =
            Rnn { settings, train, test, long, networks, steps, curves, scores, shown, gradient };
        lab.record();
        Ok(lab)
    }

    /// How the networks do now.
    pub fn scores(&self) -> Scores {
        *self.scores.get_or_init(|| {
            let wrong = |examples| self.networks.each_ref().map(|n| wrong_signs(n, examples));
            let steps = self.long.inputs();
            let longer = |network: &Network<f32>| {
                wrong_signs(&network.with_steps(steps).expect("a short sequence"), &self.long)
            };
            Scores {
                test: wrong(&self.test),
                long: self.networks.each_ref().map(longer),
                train: wrong(&self.train),
            }
        })
    }

    /// What the sequence shown does in the networks now.
    pub fn shown(&self) -> &Shown {
        self.shown.get_or_init(|| Shown::of(self))
    }

    /// The gradients of the weights between states, or of those on x, whichever is lit.
    pub fn gradient(&self) -> &TiedGradient {
        self.gradient.get_or_init(|| {
            let rows = self.train.y.len().min(GRADIENT_ROWS);
            let x = &self.train.x[..rows * self.train.inputs()];
            let (name, _) = self.lit();
            let found = TiedGradient::of(&self.networks[0], x, &self.train.y[..rows], name);
            found.expect("finite weights and the lab's own examples")
        })
    }

    /// The weight that is lit: the name of its matrix, and its place in it.
    pub fn lit(&self) -> (&'static str, usize) {
        let (weight, units) = (self.weight(), self.settings.whole("units"));
        if weight < units * units { ("wh1", weight) } else { ("wx1", weight - units * units) }
    }

    /// The weight that is lit, counted from 0 over both matrices.
    pub fn weight(&self) -> usize {
        let units = self.settings.whole("units");
        self.settings.whole("weight").min(units * (units + 1)) - 1
    }

    /// How far the sequence has been read.
    pub fn time(&self) -> usize {
        self.settings.whole("time").min(self.long.inputs())
    }

    fn record(&mut self) {
        let Scores { test, long, .. } = self.scores();
        self.curves.record(self.steps, &[test, long].concat());
    }
}

fn network(settings: &Settings, shared: bool) -> Result<Network<f32>> {
    let (units, outputs) = (settings.whole("units"), StepOutputs::Last);
    let layers = vec![
        LayerConfig::new(LayerKind::Recurrent { units, outputs, shared }, Activation::Tanh),
        LayerConfig::dense(1, Activation::Linear),
    ];
    let input = Shape::Steps { steps: settings.whole("length"), features: 1 };
    let rate = settings.real("learning_rate");
    Network::new(NetworkConfig {
        optimizer: OptimizerConfig::new(OptimizerKind::Adam, rate),
        batch_size: settings.whole("batch_size"),
        seed: settings.whole("seed") as u32,
        ..NetworkConfig::new(input, layers, Loss::Mse)
    })
}

/// The share of answers whose sign is not the target's.
fn wrong_signs(network: &Network<f32>, examples: &Examples) -> f64 {
    let y_hat = network.predict(&examples.x).expect("the lab's own sequences");
    let wrong = y_hat.iter().zip(&examples.y).filter(|(y_hat, y)| *y_hat * *y <= 0.0);
    wrong.count() as f64 / y_hat.len() as f64
}

impl AnyLab for Rnn {
    fn step(&mut self) -> Result<()> {
        (self.scores, self.shown, self.gradient) =
            (OnceLock::new(), OnceLock::new(), OnceLock::new());
        for network in &mut self.networks {
            network.step(1)?;
        }
        self.steps += 1;
        if self.curves.due(self.steps) {
            self.record();
        }
        Ok(())
    }

    fn set(&mut self, settings: &Settings) {
        (self.shown, self.gradient) = (OnceLock::new(), OnceLock::new());
        for network in &mut self.networks {
            network.set_learning_rate(settings.real("learning_rate"));
        }
        self.settings = settings.clone();
    }

    fn predict(&self, x: &[f64]) -> Result<Vec<f64>> {
        self.networks[0].predict(x)
    }

    fn metrics(&self) -> Vec<f64> {
        let Scores { test, long, train } = self.scores();
        let count = |network: &Network<f32>| {
            network.config().parameter_count().expect("a network that was built") as f64
        };
        let counts = self.networks.each_ref().map(count);
        let (gradient, (_, weight)) = (self.gradient(), self.lit());
        let sum = gradient.parts(weight).iter().sum();
        let gradients = [sum, gradient.tied(weight), gradient.gap()];
        [&test[..], &long, &train, &counts, &gradients].concat()
    }

    fn figure(&self, key: &str) -> Figure {
        match key {
            "error" => self.error_figure(),
            "long_error" => self.long_error_figure(),
            "network" => self.network_figure(),
            "readout" => self.readout_figure(),
            "states" => self.states_figure(),
            _ => self.gradient_figure(),
        }
    }
}

#[cfg(test)]
mod tests;
