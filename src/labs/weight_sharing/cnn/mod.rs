//! "Weight sharing": the same convolution filter at every location.
//!
//! h_(f, l) = relu(sum over the taps k of w_(f, k) x_(l + k) + b_f), the same w at every location l. One
//! task and one seed for three networks: this one; one with a filter of its own at every location,
//! w_(f, l, k); and a fully connected one. Since the places share w, its gradient is the sum of
//! theirs, and shifted inputs give shifted activations.

mod answers;
mod drawing;
mod figures;
mod pictures;
mod problem;
mod shown;

use super::gradient::TiedGradient;
use super::{parameter_count, start_alike};
use crate::data::Examples;
use crate::error::Result;
use crate::lab::learning_curves::{Curves, LearningCurves};
use crate::lab::memo::Memo;
use crate::lab::weights::Weights;
use crate::lab::{Lab, LabSpec, Metric, View, build, figure_specs, metric_specs, number, share};
use crate::labs::arms::{loaded, score_on, set_learning_rates, step_all};
use crate::labs::configs::learning_by;
use crate::labs::images::{IMAGES_OF_TASK, images_of, judged};
use crate::labs::weights::weights_of;
use crate::nn::{Activation, Filters, LayerConfig, LayerKind, Loss, Network, OptimizerKind};
use crate::param::presets;
use crate::param::{Choice, ParamSpec, Settings};
use problem::{KERNEL, Problem, SPLITS, TASKS, TEST};
use shown::{Shown, everywhere};

const NETWORKS: &[Choice] = &[
    Choice::new("shared", "Convolutional"),
    Choice::new("local", "Locally connected"),
    Choice::new("dense", "Fully connected"),
];

const PARAMETERS: &[ParamSpec] = &[
    presets::n_train(100, 2000)
        .log()
        .symbol("n")
        .help("the same ones for all three networks")
        .most(problem::most_train),
    ParamSpec::choice("split", "random", SPLITS)
        .label("Place of motif or image")
        .help("in the signal, or on the canvas"),
    ParamSpec::integer("shift", 0, 0, 31, 1)
        .label("Shift the input")
        .unit("places")
        .help("to the right; what leaves at one end comes in at the other")
        .view(),
    ParamSpec::choice("task", "motif", TASKS)
        .label("Task")
        .help("which of 4 motifs is in the noise, or which of 10 classes an image is of"),
    images_of(IMAGES_OF_TASK),
    ParamSpec::choice("network", "shared", NETWORKS)
        .label("Network drawn")
        .help("all three are trained, whichever is drawn")
        .view(),
    ParamSpec::integer("filter", 1, 1, MOST_FILTERS, 1)
        .label("Filter shown")
        .help("in the drawing, and wherever there is room for only one")
        .view(),
    ParamSpec::integer("tap", 3, 1, 25, 1)
        .label("Highlighted weight")
        .symbol("k")
        .help("of this filter: it lights up wherever it is used; or point at one in the drawing")
        .view(),
    ParamSpec::integer("example", 1, 1, 40, 1)
        .label("Example shown")
        .help("from the test set")
        .most(|settings| judged(settings, TEST))
        .view(),
    ParamSpec::integer("filters", 8, 1, MOST_FILTERS, 1)
        .label("Filters")
        .help("in each of the two networks that have them"),
    ParamSpec::flag("same_start", false).label("Start alike").help(
        "the locally connected network starts with the convolution’s filters, at every location",
    ),
    presets::adam_rate(0.005),
    presets::batch_size(32, 128),
    ParamSpec::steps(600, 20_000),
    ParamSpec::seed(),
];

const METRICS: [Metric<Cnn>; 14] = [
    share("test_error_shared", "Test error, convolutional", WRONG)
        .of(|lab| lab.errors().test.shared),
    share("test_error_local", "Test error, locally connected", WRONG)
        .of(|lab| lab.errors().test.local),
    share("test_error_dense", "Test error, fully connected", WRONG)
        .of(|lab| lab.errors().test.dense),
    share("train_error_shared", "Training error, convolutional", TRAINED)
        .of(|lab| lab.errors().train.shared),
    share("train_error_local", "Training error, locally connected", TRAINED)
        .of(|lab| lab.errors().train.local),
    share("train_error_dense", "Training error, fully connected", TRAINED)
        .of(|lab| lab.errors().train.dense),
    number("parameters_shared", "Parameters, convolutional", "weights and biases")
        .of(|lab| parameter_count(&lab.networks.shared)),
    number("parameters_local", "Parameters, locally connected", "weights and biases")
        .of(|lab| parameter_count(&lab.networks.local)),
    number("parameters_dense", "Parameters, fully connected", "weights and biases")
        .of(|lab| parameter_count(&lab.networks.dense)),
    number("shift_gap", "Shift gap, convolutional", GAP).of(|lab| lab.shown().shared.worst_gap),
    number("shift_gap_local", "Shift gap, locally connected", GAP)
        .of(|lab| lab.shown().local.worst_gap),
    number("gradient_sum", "Sum over the locations", "of the highlighted weight’s gradients")
        .of(|lab| lab.gradient().sum(lab.weight())),
    number("gradient_tied", "Gradient of the tied weight", "by back-propagation")
        .of(|lab| lab.gradient().tied(lab.weight())),
    number(
        "gradient_gap",
        "Their difference",
        "the largest over all the filters’ weights, relative to the largest gradient",
    )
    .of(|lab| lab.gradient().gap()),
];

const WRONG: &str = "share of wrong answers";
const TRAINED: &str = "share of wrong answers on the training set, at most its first 500 examples";
const GAP: &str = "largest difference between activations of the shifted input and shifted \
                   activations, over all shifts, wherever the filter does not see both ends";

/// The catalogue's entry.
pub const WEIGHT_SHARING_CNN: LabSpec = LabSpec {
    id: "weight_sharing_cnn",
    title: "Weight sharing: convolution",
    slide: "Weight sharing",
    claim: "Use the same filter at every location, and a few examples are enough.",
    parameters: PARAMETERS,
    metrics: &metric_specs(&METRICS),
    figures: &figure_specs(&figures::VIEWS),
    main: Some(super::maps::CNN),
    build: build::<Cnn>,
};

/// More would make the network with filters of its own slow where no worker starts.
const MOST_FILTERS: u32 = 16;

/// Neurons in the hidden layer of the fully connected network.
const DENSE_UNITS: usize = 64;

/// Of the training set, no more than this are scored: where no worker starts, one scoring must not
/// hold up the page.
const SCORED: usize = TEST;

/// The gradient is that of the loss on at most so many examples of the training set.
const GRADIENT_ROWS: usize = 16;

/// What there is of each of the three networks.
struct Arms<T> {
    /// The convolutional network: the same filters at every location.
    shared: T,
    /// The locally connected network: filters of its own at every location.
    local: T,
    /// The fully connected network.
    dense: T,
}

impl<T> Arms<T> {
    fn map<U>(&self, of: impl Fn(&T) -> U) -> Arms<U> {
        Arms { shared: of(&self.shared), local: of(&self.local), dense: of(&self.dense) }
    }

    fn each_mut(&mut self) -> [&mut T; 3] {
        [&mut self.shared, &mut self.local, &mut self.dense]
    }
}

/// Shares of wrong answers.
struct Errors {
    train: Arms<f64>,
    test: Arms<f64>,
}

struct Cnn {
    settings: Settings,
    problem: Problem,
    networks: Arms<Network<f32>>,
    steps: u64,
    /// The errors, by the keys of their metrics.
    learning: LearningCurves<&'static str>,
    errors: Memo<Errors>,
    /// What the example shown does in the networks.
    shown: Memo<Shown>,
    /// What the networks answer to it, wherever it stands.
    everywhere: Memo<Arms<Vec<usize>>>,
    /// The gradients of the convolution's filters.
    gradient: Memo<TiedGradient>,
}

impl Cnn {
    fn errors(&self) -> &Errors {
        self.errors.get(|| {
            let on = |set: &Examples| self.networks.map(|network| score_on(network, set).error);
            Errors { train: on(&self.problem.train.first(SCORED)), test: on(&self.problem.test) }
        })
    }

    fn shown(&self) -> &Shown {
        self.shown.get(|| {
            let Arms { shared, local, .. } = &self.networks;
            let shift = self.settings.whole("shift");
            Shown::of(&self.problem, self.example(), shift, shared, local)
        })
    }

    fn everywhere(&self) -> &Arms<Vec<usize>> {
        let of = |network: &Network<f32>| everywhere(&self.problem, self.example(), network);
        self.everywhere.get(|| self.networks.map(of))
    }

    fn gradient(&self) -> &TiedGradient {
        self.gradient.get(|| {
            let some = self.problem.train.first(GRADIENT_ROWS);
            let found = TiedGradient::of(&self.networks.shared, &some, "w1");
            found.expect("finite weights and the lab's own examples")
        })
    }

    /// What the learning curves show now.
    fn values(&self) -> [(&'static str, f64); 6] {
        let Errors { train, test } = self.errors();
        [
            ("test_error_shared", test.shared),
            ("test_error_local", test.local),
            ("test_error_dense", test.dense),
            ("train_error_shared", train.shared),
            ("train_error_local", train.local),
            ("train_error_dense", train.dense),
        ]
    }

    fn curves(&self) -> Curves<'_, &'static str> {
        self.learning.until(self.steps, self.values())
    }

    fn record(&mut self) {
        self.learning.record(self.steps, self.values());
    }

    /// The example that is shown, counted from 0.
    fn example(&self) -> usize {
        self.settings.whole("example").min(self.problem.test.y.len()) - 1
    }

    /// The filter that is shown, counted from 0.
    fn filter(&self) -> usize {
        self.settings.whole("filter").min(self.settings.whole("filters")) - 1
    }

    /// The weight of a filter that is lit, counted from 0.
    fn tap(&self) -> usize {
        self.settings.whole("tap").min(self.problem.taps()) - 1
    }

    /// Its place among the weights of all shared filters.
    fn weight(&self) -> usize {
        self.filter() * self.problem.taps() + self.tap()
    }
}

/// Filters and their maxima: of a signal the maximum over all locations, of a canvas that over each
/// quarter.
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

impl Lab for Cnn {
    const METRICS: &'static [Metric<Self>] = &METRICS;
    const VIEWS: &'static [View<Self>] = &figures::VIEWS;

    fn new(settings: &Settings) -> Result<Self> {
        let problem = Problem::new(settings)?;
        let network = |mut layers: Vec<LayerConfig>| {
            layers.push(LayerConfig::dense(problem.classes, Activation::Linear));
            let (adam, loss) = (OptimizerKind::Adam, Loss::CrossEntropy);
            loaded(learning_by(adam, settings, problem.input, layers, loss), &problem.train)
        };
        let mut networks = Arms {
            shared: network(filtering(settings, &problem, true))?,
            local: network(filtering(settings, &problem, false))?,
            dense: network(vec![LayerConfig::dense(DENSE_UNITS, Activation::Relu)])?,
        };
        if settings.flag("same_start") {
            start_alike(&mut networks.local, &networks.shared)?;
        }
        let mut lab = Cnn {
            settings: settings.clone(),
            problem,
            networks,
            steps: 0,
            learning: LearningCurves::new(settings.whole("steps")),
            errors: Memo::default(),
            shown: Memo::default(),
            everywhere: Memo::default(),
            gradient: Memo::default(),
        };
        lab.record();
        Ok(lab)
    }

    fn step(&mut self) -> Result<()> {
        self.errors.forget();
        self.shown.forget();
        self.everywhere.forget();
        self.gradient.forget();
        step_all(self.networks.each_mut())?;
        self.steps += 1;
        if self.learning.due(self.steps) {
            self.record();
        }
        Ok(())
    }

    fn set(&mut self, settings: &Settings) {
        self.shown.forget();
        self.everywhere.forget();
        set_learning_rates(self.networks.each_mut(), settings.real("learning_rate"));
        self.settings = settings.clone();
    }

    fn weights(&self) -> Vec<Weights> {
        let Arms { shared, local, dense } = &self.networks;
        weights_of([("shared", shared), ("local", local), ("dense", dense)])
    }

    fn predict(&self, x: &[f64]) -> Result<Vec<f64>> {
        self.networks.shared.predict(x)
    }
}
