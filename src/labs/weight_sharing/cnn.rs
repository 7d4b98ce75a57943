//! "Weight sharing": the same convolution filter at every location.
//!
//! h_(f, l) = relu(sum over the taps k of w_(f, k) x_(l + k) + b_f), the same w at every location l. One
//! task and one seed for three networks: this one; one with a filter of its own at every location,
//! w_(f, l, k); and a fully connected one. Since the places
//! share w, its gradient is the sum of theirs, and shifted inputs give shifted activations.

use super::cnn_problem::{KERNEL, Problem, SPLITS, TASKS, TEST};
use super::cnn_shown::Shown;
use super::start_alike;
use crate::error::Result;
use crate::figure::{Figure, FigureSpec};
use crate::lab::{AnyLab, LabSpec, MetricSpec};
use crate::labs::curves::Curves;
use crate::nn::{
    Activation, Filters, LayerConfig, LayerKind, Loss, Network, NetworkConfig, OptimizerConfig,
    OptimizerKind, score,
};
use crate::param::{Choice, ParamSpec, Settings};
use std::sync::OnceLock;

const NETWORKS: &[Choice] = &[
    Choice::new("shared", "Convolutional"),
    Choice::new("local", "Locally connected"),
    Choice::new("dense", "Fully connected"),
];

/// The names of the three networks on curves, in the order of all that is kept for them.
pub(super) const NAMES: [&str; 3] = ["convolutional", "locally connected", "fully connected"];

const PARAMETERS: &[ParamSpec] = &[
    ParamSpec::integer("n_train", 100, 10, 2000, 10)
        .log()
        .label("Training examples")
        .symbol("n")
        .help("the same ones for all three networks"),
    ParamSpec::choice("split", "random", SPLITS)
        .label("Place of motif or digit")
        .help("in the signal, or on the canvas"),
    ParamSpec::integer("shift", 0, 0, 31, 1)
        .label("Shift the input")
        .unit("places")
        .help("to the right; what leaves at the end comes in at the beginning")
        .view(),
    ParamSpec::choice("task", "motif", TASKS)
        .label("Task")
        .help("which of 4 motifs is in the noise, or which of 10 digits is on the canvas"),
    ParamSpec::choice("network", "shared", NETWORKS)
        .label("Network drawn")
        .help("all three are trained, whichever is drawn")
        .view(),
    ParamSpec::integer("filter", 1, 1, MOST_FILTERS, 1)
        .label("Filter shown")
        .help("in the drawing, and wherever there is room for one; at most the last one")
        .view(),
    ParamSpec::integer("tap", 3, 1, 25, 1)
        .label("Weight lit")
        .symbol("k")
        .help("of this filter: it lights up wherever it is used; or point at it")
        .view(),
    ParamSpec::integer("example", 1, 1, 40, 1)
        .label("Example shown")
        .help("of those the networks are judged by")
        .view(),
    ParamSpec::integer("filters", 8, 1, MOST_FILTERS, 1)
        .label("Filters")
        .help("in both networks that have filters"),
    ParamSpec::flag("same_start", false)
        .label("Start alike")
        .help("filters of their own start as the shared ones do, the same at every location"),
    ParamSpec::real("learning_rate", 0.005, 0.00001, 0.1, 0.00001)
        .log()
        .label("Learning rate")
        .symbol("η")
        .help("how far one update of Adam goes")
        .live(),
    ParamSpec::integer("batch_size", 32, 1, 128, 1)
        .label("Batch size")
        .help("training examples a step"),
    ParamSpec::steps(600, 20_000),
    ParamSpec::seed(),
];

const METRICS: &[MetricSpec] = &[
    MetricSpec::new("test_error_shared", "Test error, convolutional", "share of wrong answers")
        .unit("fraction"),
    MetricSpec::new("test_error_local", "Test error, locally connected", "share of wrong answers")
        .unit("fraction"),
    MetricSpec::new("test_error_dense", "Test error, fully connected", "share of wrong answers")
        .unit("fraction"),
    MetricSpec::new("train_error_shared", "Training error, convolutional", TRAINED)
        .unit("fraction"),
    MetricSpec::new("train_error_local", "Training error, locally connected", TRAINED)
        .unit("fraction"),
    MetricSpec::new("train_error_dense", "Training error, fully connected", TRAINED)
        .unit("fraction"),
    MetricSpec::new("parameters_shared", "Parameters, convolutional", "weights and biases"),
    MetricSpec::new("parameters_local", "Parameters, locally connected", "weights and biases"),
    MetricSpec::new("parameters_dense", "Parameters, fully connected", "weights and biases"),
    MetricSpec::new("shift_gap", "Shift gap, convolutional", GAP),
    MetricSpec::new("shift_gap_local", "Shift gap, locally connected", GAP),
    MetricSpec::new("gradient_sum", "Sum over the locations", "of the gradients of the weight lit"),
    MetricSpec::new("gradient_tied", "Gradient of the tied weight", "by back-propagation"),
    MetricSpec::new(
        "gradient_gap",
        "Their difference",
        "the largest of all the filters’ weights, over the largest gradient",
    ),
];

const TRAINED: &str = "share of wrong answers on what it learns from, at most the first 500";
const GAP: &str = "largest difference between activations of the shifted input and shifted \
                   activations, over all shifts, wherever the filter does not see both ends";

pub(super) const FIGURES: &[FigureSpec] = &[
    FigureSpec {
        key: "error",
        title: "Wrong answers on new examples",
        description: "The test errors of the three networks as they learn.",
    },
    FigureSpec {
        key: "train_error",
        title: "Wrong answers on what they learn from",
        description: "The training errors of the three networks as they learn.",
    },
    FigureSpec {
        key: "network",
        title: "One weight, at every location",
        description: "The network drawn. Where weights are shared, each has a colour of its own, the \
                      same at every location; elsewhere blue is positive and orange negative. Point \
                      at a weight to light it up wherever it is used; a click keeps it.",
    },
    FigureSpec {
        key: "signal",
        title: "The input",
        description: "An example of the test set, shifted as the slider says.",
    },
    FigureSpec {
        key: "map_shared",
        title: "What the convolution’s filters say of it",
        description: "The activations of every filter at every location: they shift along.",
    },
    FigureSpec {
        key: "map_local",
        title: "What filters of their own say of it",
        description: "The same of the locally connected network: there is nothing that shifts along.",
    },
    FigureSpec {
        key: "filters",
        title: "The filters as they form",
        description: "The weights of the convolution's filters, blue positive and orange negative.",
    },
    FigureSpec {
        key: "places",
        title: "One filter, written out at every location",
        description: "Shared, it is the same at all of them; unshared, each location has learned \
                      its own.",
    },
    FigureSpec {
        key: "gradient",
        title: "The gradient of the weight lit",
        description: "What every location adds to it, their sum, and the gradient of the tied \
                      weight.",
    },
];

/// The catalogue's entry.
pub const WEIGHT_SHARING_CNN: LabSpec = LabSpec {
    id: "weight_sharing_cnn",
    title: "Weight sharing: convolution",
    slide: "Weight sharing",
    claim: "Use the same filter at every location, and a few examples are enough.",
    parameters: PARAMETERS,
    metrics: METRICS,
    figures: FIGURES,
    build: |settings| Ok(Box::new(Cnn::new(settings)?)),
};

/// More would make the network with filters of its own slow where no worker starts.
const MOST_FILTERS: u32 = 16;

/// Neurons in the hidden layer of the fully connected network.
const DENSE_UNITS: usize = 64;

/// Of the training set, no more than this are scored: where no worker starts, one scoring must not
/// hold up the page.
const SCORED: usize = TEST;

/// Shares of wrong answers of the three networks.
#[derive(Clone, Copy)]
pub(super) struct Scores {
    pub train: [f64; 3],
    pub test: [f64; 3],
}

/// The lab at one step.
pub(super) struct Cnn {
    pub settings: Settings,
    pub problem: Problem,
    /// Convolutional, locally connected, fully connected.
    pub networks: [Network<f32>; 3],
    pub steps: u64,
    /// Test errors of the three, then training errors.
    pub curves: Curves,
    /// How they do now, and what one example does in them: found when first asked for, and
    /// forgotten at the next step.
    scores: OnceLock<Scores>,
    shown: OnceLock<Shown>,
}

impl Cnn {
    fn new(settings: &Settings) -> Result<Self> {
        let problem = Problem::new(settings)?;
        let mut networks = [
            network(settings, &problem, filtering(settings, &problem, true))?,
            network(settings, &problem, filtering(settings, &problem, false))?,
            network(settings, &problem, vec![LayerConfig::dense(DENSE_UNITS, Activation::Relu)])?,
        ];
        let [shared, local, _] = &mut networks;
        if settings.flag("same_start") {
            start_alike(local, shared)?;
        }
        for network in &mut networks {
            network.load(&problem.train.x, &problem.train.y)?;
        }
        let curves = Curves::new(6, settings.whole("steps"));
        let (settings, steps) = (settings.clone(), 0);
        let (scores, shown) = (OnceLock::new(), OnceLock::new());
        let mut lab = Cnn { settings, problem, networks, steps, curves, scores, shown };
        lab.record();
        Ok(lab)
    }

    /// How the networks do now.
    pub fn scores(&self) -> Scores {
        *self.scores.get_or_init(|| {
            let Problem { train, test, .. } = &self.problem;
            let first = train.y.len().min(SCORED);
            let wrong = |network: &Network<f32>, x: &[f64], y: &[f64]| {
                let y_hat = network.predict(x).expect("the lab's own examples");
                score(Loss::CrossEntropy, &y_hat, y, self.problem.classes).error
            };
            let inputs = train.inputs();
            Scores {
                train: self
                    .networks
                    .each_ref()
                    .map(|network| wrong(network, &train.x[..first * inputs], &train.y[..first])),
                test: self.networks.each_ref().map(|network| wrong(network, &test.x, &test.y)),
            }
        })
    }

    /// What the example shown does in the networks now.
    pub fn shown(&self) -> &Shown {
        self.shown.get_or_init(|| Shown::of(self))
    }

    fn record(&mut self) {
        let Scores { train, test } = self.scores();
        self.curves.record(self.steps, &[test, train].concat());
    }
}

/// The layers of a network with filters, but for the last one: filters and maxima. Of a signal the
/// maximum is over all locations, of a canvas over each quarter.
fn filtering(settings: &Settings, problem: &Problem, shared: bool) -> Vec<LayerConfig> {
    let count = settings.whole("filters");
    let (kind, pool) = if problem.down() == 1 {
        let filters = Filters { shared, ..Filters::line(count, KERNEL) };
        (LayerKind::Conv1d(filters), problem.locations().1)
    } else {
        let filters = Filters { shared, ..Filters::square(count, KERNEL) };
        (LayerKind::Conv2d(filters), problem.locations().1 / 2)
    };
    vec![LayerConfig::new(kind, Activation::Relu), LayerConfig::max_pool(pool)]
}

fn network(
    settings: &Settings,
    problem: &Problem,
    mut layers: Vec<LayerConfig>,
) -> Result<Network<f32>> {
    layers.push(LayerConfig::dense(problem.classes, Activation::Linear));
    let rate = settings.real("learning_rate");
    Network::new(NetworkConfig {
        optimizer: OptimizerConfig::new(OptimizerKind::Adam, rate),
        batch_size: settings.whole("batch_size"),
        seed: settings.whole("seed") as u32,
        ..NetworkConfig::new(problem.input, layers, Loss::CrossEntropy)
    })
}

impl AnyLab for Cnn {
    fn step(&mut self) -> Result<()> {
        (self.scores, self.shown) = (OnceLock::new(), OnceLock::new());
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
        self.shown = OnceLock::new();
        for network in &mut self.networks {
            network.set_learning_rate(settings.real("learning_rate"));
        }
        self.settings = settings.clone();
    }

    fn predict(&self, x: &[f64]) -> Result<Vec<f64>> {
        self.networks[0].predict(x)
    }

    fn metrics(&self) -> Vec<f64> {
        let Scores { train, test } = self.scores();
        let count = |network: &Network<f32>| {
            network.config().parameter_count().expect("a network that was built") as f64
        };
        let counts = self.networks.each_ref().map(count);
        let (shown, weight) = (self.shown(), self.weight());
        let gaps = [shown.shared.worst_gap, shown.local.worst_gap];
        let sum = shown.gradient.parts(weight).iter().sum();
        let gradients = [sum, shown.gradient.tied(weight), shown.gradient.gap()];
        [&test[..], &train, &counts, &gaps, &gradients].concat()
    }

    fn figure(&self, key: &str) -> Figure {
        match key {
            "error" => self.error_figure(),
            "train_error" => self.train_error_figure(),
            "network" => self.network_figure(),
            "signal" => self.signal_figure(),
            "map_shared" => self.map_shared_figure(),
            "map_local" => self.map_local_figure(),
            "filters" => self.filters_figure(),
            "places" => self.places_figure(),
            _ => self.gradient_figure(),
        }
    }
}

#[cfg(test)]
mod tests;
