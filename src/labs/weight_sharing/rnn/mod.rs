//! "Weight sharing": the same weights at every time step.
//!
//! h_t = tanh(W_x x_t + W_h h_(t-1) + b), the same W_x, W_h and b at every step t; y_hat = w h_T + b'. One
//! task and one seed for two networks: this one, and one unrolled with weights of its own at every
//! step. What it learns of one step the first knows of all of them, and of steps it has never
//! trained on.

mod drawing;
mod figures;
mod reading;
mod readout;

use super::gradient::TiedGradient;
use super::{parameter_count, start_alike};
use crate::data::{Examples, TEST_MEMBER, latch};
use crate::error::Result;
use crate::lab::learning_curves::{Curves, LearningCurves};
use crate::lab::memo::Memo;
use crate::lab::weights::Weights;
use crate::lab::{Lab, LabSpec, Metric, View, build, figure_specs, metric_specs, number, share};
use crate::labs::arms::{loaded, set_learning_rates, step_all};
use crate::labs::configs::learning_by;
use crate::labs::weights::weights_of;
use crate::nn::{
    Activation, LayerConfig, LayerKind, Loss, Network, OptimizerKind, Shape, StepOutputs, Stream,
    stream,
};
use crate::param::presets;
use crate::param::{Choice, Mark, ParamSpec, Place, Settings};
use reading::{LETTERS, Reading, numbers};

const NETWORKS: &[Choice] = &[
    Choice::new("shared", "Recurrent: tied"),
    Choice::new("unshared", "Unrolled: its own weights at every step"),
];

const PARAMETERS: &[ParamSpec] = &[
    presets::n_train(100, 2000).log().symbol("n").help("the same sequences for both networks"),
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
        .label("Highlighted weight")
        .help("first those between states, row by row, then those on x; or point at one")
        .view(),
    ParamSpec::integer("sequence", 2, 1, 40, 1)
        .label("Sequence shown")
        .help("from the long test sequences")
        .view(),
    ParamSpec::word("written", LETTERS, MOST_STEPS as usize)
        .label("Your own sequence")
        .help("in +, 0 and -, at most 60 of them; empty for the test sequence")
        .view(),
    ParamSpec::integer("length", 10, 2, 20, 1)
        .label("Trained length")
        .symbol("T")
        .unit("steps")
        .help("of the training sequences"),
    ParamSpec::integer("test_length", 30, 2, MOST_STEPS, 1)
        .label("Test length")
        .unit("steps")
        .help("of the long sequences; past the trained length the last step’s own weights stay"),
    ParamSpec::integer("units", 6, 1, MOST_UNITS, 1)
        .label("State")
        .symbol("H")
        .help("numbers the network carries from step to step"),
    ParamSpec::flag("same_start", false)
        .label("Start alike")
        .help("the unrolled network starts with the shared weights, at every step"),
    presets::adam_rate(0.01),
    presets::batch_size(64, 128),
    ParamSpec::steps(1500, 20_000),
    ParamSpec::seed(),
];

const METRICS: [Metric<Rnn>; 11] = [
    share("test_error_shared", "Test error, tied", SIGN).of(|lab| lab.errors().test.shared),
    share("test_error_unshared", "Test error, separate weights", SIGN)
        .of(|lab| lab.errors().test.unshared),
    share("long_error_shared", "Long sequences, tied", SIGN).of(|lab| lab.errors().long.shared),
    share("long_error_unshared", "Long sequences, separate weights", SIGN)
        .of(|lab| lab.errors().long.unshared),
    share("train_error_shared", "Training error, tied", SIGN).of(|lab| lab.errors().train.shared),
    share("train_error_unshared", "Training error, separate weights", SIGN)
        .of(|lab| lab.errors().train.unshared),
    number("parameters_shared", "Parameters, tied", "weights and biases")
        .of(|lab| parameter_count(&lab.networks.shared)),
    number("parameters_unshared", "Parameters, separate weights", "weights and biases")
        .of(|lab| parameter_count(&lab.networks.unshared)),
    number("gradient_sum", "Sum over the steps", "of the highlighted weight’s gradients")
        .of(|lab| lab.gradient().sum(lab.lit().place)),
    number("gradient_tied", "Gradient of the tied weight", "by back-propagation")
        .of(|lab| lab.gradient().tied(lab.lit().place)),
    number(
        "gradient_gap",
        "Their difference",
        "the largest over all weights of its matrix, relative to the largest gradient",
    )
    .of(|lab| lab.gradient().gap()),
];

const SIGN: &str = "share of answers with the wrong sign";

/// The catalogue's entry.
pub const WEIGHT_SHARING_RNN: LabSpec = LabSpec {
    id: "weight_sharing_rnn",
    title: "Weight sharing: recurrence",
    slide: "Weight sharing",
    claim: "Use the same weights at every time step, and what is learned at one step is known at every other.",
    parameters: PARAMETERS,
    metrics: &metric_specs(&METRICS),
    figures: &figure_specs(&figures::VIEWS),
    main: Some(super::maps::RNN),
    build: build::<Rnn>,
};

const MOST_UNITS: u32 = 12;
const MOST_STEPS: u32 = 60;

/// Sequences to be judged by, of either length.
const TEST: usize = 500;

/// The gradient is that of the loss on at most so many examples of the training set.
const GRADIENT_ROWS: usize = 32;

/// What there is of each of the two networks.
struct Arms<T> {
    /// The recurrent network: the same weights at every step.
    shared: T,
    /// The unrolled network: weights of its own at every step.
    unshared: T,
}

impl<T> Arms<T> {
    fn map<U>(&self, of: impl Fn(&T) -> U) -> Arms<U> {
        Arms { shared: of(&self.shared), unshared: of(&self.unshared) }
    }

    fn each_mut(&mut self) -> [&mut T; 2] {
        [&mut self.shared, &mut self.unshared]
    }

    fn of(&self, shared: bool) -> &T {
        if shared { &self.shared } else { &self.unshared }
    }
}

/// Shares of wrong answers.
struct Errors {
    test: Arms<f64>,
    long: Arms<f64>,
    train: Arms<f64>,
}

/// The weight that is lit.
struct Lit {
    /// The name of its matrix: `wh1` between states, `wx1` on x.
    matrix: &'static str,
    /// Its place in the matrix.
    place: usize,
}

struct Rnn {
    settings: Settings,
    train: Examples,
    test: Examples,
    /// Sequences of the test length.
    long: Examples,
    networks: Arms<Network<f32>>,
    steps: u64,
    /// The errors, by the keys of their metrics.
    learning: LearningCurves<&'static str>,
    errors: Memo<Errors>,
    /// The sequence a reader has written; empty where a test sequence is shown.
    written: Vec<f64>,
    /// How the networks read the sequence shown.
    readings: Memo<Arms<Reading>>,
    /// The gradients of the matrix in which a weight is lit.
    gradient: Memo<TiedGradient>,
}

impl Rnn {
    fn errors(&self) -> &Errors {
        self.errors.get(|| {
            let on = |set| self.networks.map(|network| wrong_signs(network, set));
            let longer = |network: &Network<f32>| {
                let network = network.with_steps(self.long.inputs()).expect("a short sequence");
                wrong_signs(&network, &self.long)
            };
            let long = self.networks.map(longer);
            Errors { test: on(&self.test), long, train: on(&self.train) }
        })
    }

    /// The sequence shown.
    fn sequence(&self) -> &[f64] {
        match &self.written[..] {
            [] => self.long.row(self.settings.whole("sequence") - 1),
            written => written,
        }
    }

    fn readings(&self) -> &Arms<Reading> {
        let reading = |network: &Network<f32>| Reading::of(network, self.sequence());
        self.readings.get(|| self.networks.map(reading))
    }

    fn gradient(&self) -> &TiedGradient {
        self.gradient.get(|| {
            let some = self.train.first(GRADIENT_ROWS);
            let found = TiedGradient::of(&self.networks.shared, &some, self.lit().matrix);
            found.expect("finite weights and the lab's own examples")
        })
    }

    fn lit(&self) -> Lit {
        let (weight, units) = (self.weight(), self.settings.whole("units"));
        let between = units * units;
        if weight < between {
            Lit { matrix: "wh1", place: weight }
        } else {
            Lit { matrix: "wx1", place: weight - between }
        }
    }

    /// The weight that is lit, counted from 0 over both matrices.
    fn weight(&self) -> usize {
        let units = self.settings.whole("units");
        self.settings.whole("weight").min(units * (units + 1)) - 1
    }

    /// How far the sequence has been read.
    fn time(&self) -> usize {
        self.settings.whole("time").min(self.sequence().len())
    }

    /// What the learning curves show now.
    fn values(&self) -> [(&'static str, f64); 4] {
        let Errors { test, long, .. } = self.errors();
        [
            ("test_error_shared", test.shared),
            ("test_error_unshared", test.unshared),
            ("long_error_shared", long.shared),
            ("long_error_unshared", long.unshared),
        ]
    }

    fn curves(&self) -> Curves<'_, &'static str> {
        self.learning.until(self.steps, self.values())
    }

    fn record(&mut self) {
        self.learning.record(self.steps, self.values());
    }
}

/// The share of answers whose sign is not the target's.
fn wrong_signs(network: &Network<f32>, examples: &Examples) -> f64 {
    let y_hat = network.predict(&examples.x).expect("the lab's own sequences");
    let wrong = y_hat.iter().zip(&examples.y).filter(|(y_hat, y)| *y_hat * *y <= 0.0);
    wrong.count() as f64 / y_hat.len() as f64
}

impl Lab for Rnn {
    const METRICS: &'static [Metric<Self>] = &METRICS;
    const VIEWS: &'static [View<Self>] = &figures::VIEWS;

    fn new(settings: &Settings) -> Result<Self> {
        let (length, test_length) = (settings.whole("length"), settings.whole("test_length"));
        let (units, seed) = (settings.whole("units"), settings.seed());
        let draw =
            |member, rows, steps| latch(&mut stream(seed, Stream::Data, member), rows, steps);
        let train = draw(0, settings.whole("n_train"), length);
        let network = |shared| {
            let kind = LayerKind::Recurrent { units, outputs: StepOutputs::Last, shared };
            let layers = vec![
                LayerConfig::new(kind, Activation::Tanh),
                LayerConfig::dense(1, Activation::Linear),
            ];
            let input = Shape::Steps { steps: length, features: 1 };
            loaded(learning_by(OptimizerKind::Adam, settings, input, layers, Loss::Mse), &train)
        };
        let mut networks = Arms { shared: network(true)?, unshared: network(false)? };
        if settings.flag("same_start") {
            start_alike(&mut networks.unshared, &networks.shared)?;
        }
        let mut lab = Rnn {
            settings: settings.clone(),
            test: draw(TEST_MEMBER, TEST, length),
            long: draw(1, TEST, test_length),
            train,
            networks,
            steps: 0,
            learning: LearningCurves::new(settings.whole("steps")),
            errors: Memo::default(),
            written: numbers(settings.word("written").as_str()),
            readings: Memo::default(),
            gradient: Memo::default(),
        };
        lab.record();
        Ok(lab)
    }

    fn step(&mut self) -> Result<()> {
        self.errors.forget();
        self.readings.forget();
        self.gradient.forget();
        step_all(self.networks.each_mut())?;
        self.steps += 1;
        if self.learning.due(self.steps) {
            self.record();
        }
        Ok(())
    }

    fn set(&mut self, settings: &Settings) {
        self.readings.forget();
        self.gradient.forget();
        self.written = numbers(settings.word("written").as_str());
        set_learning_rates(self.networks.each_mut(), settings.real("learning_rate"));
        self.settings = settings.clone();
    }

    fn weights(&self) -> Vec<Weights> {
        let Arms { shared, unshared } = &self.networks;
        weights_of([("shared", shared), ("unshared", unshared)])
    }

    fn predict(&self, x: &[f64]) -> Result<Vec<f64>> {
        self.networks.shared.predict(x)
    }
}
