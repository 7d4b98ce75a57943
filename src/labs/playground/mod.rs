//! Free play: every regularizer on one network, beside the same network without any.
//!
//! Both networks have the same initial weights, the same training set and see the same batches in
//! the same order: they differ in the regularizers alone.

mod decision;
mod figures;
mod map;
mod own_figures;
mod problem;

use super::arms::{Judges, check_weights, learn_by, loaded, named};
use super::configs::{layers_like, learning_by};
use crate::error::{Error, Result};
use crate::figure::Event;
use crate::lab::course::Course;
use crate::lab::learning_curves::{Curves, LearningCurves};
use crate::lab::weights::Weights;
use crate::lab::{Lab, LabSpec, Metric, View, build, figure_specs, metric_specs, number, share};
use crate::labs::images::n_train;
use crate::labs::weights::weights_of;
use crate::nn::{Activation, LayerConfig, Network, NetworkConfig, OptimizerKind, Score};
use crate::numbers::significant;
use crate::param::{Choice, ParamSpec, Settings, presets};
use problem::{DATASETS, Problem};

const OPTIMIZERS: &[Choice] = &[
    Choice::new("sgd", "SGD"),
    Choice::new("momentum", "SGD with momentum"),
    Choice::new("nesterov", "Nesterov momentum"),
    Choice::new("adam", "Adam"),
    Choice::new("adamw", "AdamW"),
    Choice::new("rmsprop", "RMSprop"),
    Choice::new("adagrad", "Adagrad"),
];

const PARAMETERS: &[ParamSpec] = &[
    presets::keep_prob(0.5).live(),
    ParamSpec::real("alpha", 0.0, 0.0, 10.0, 0.001)
        .log()
        .label("Input noise")
        .symbol("α")
        .help("variance of the Gaussian noise added to every input, fresh at every step")
        .live(),
    ParamSpec::integer("n_members", 1, 1, 10, 1)
        .label("Ensemble size")
        .symbol("n")
        .help("networks trained separately, their answers averaged"),
    ParamSpec::choice("dataset", "digits", DATASETS)
        .label("Data")
        .help("what the network has to learn"),
    n_train(300),
    presets::label_noise(0.3)
        .help("share of training labels made wrong; of numbers, the standard deviation added"),
    presets::hidden_layers(2, 3),
    presets::units(64, 128),
    presets::activation("relu"),
    presets::keep_prob_input(1.0).live(),
    ParamSpec::real("l2", 0.0, 0.0, 1.0, 0.00001)
        .log()
        .label("L2 penalty")
        .symbol("λ")
        .help("this times the sum of squared weights is added to the loss")
        .live(),
    ParamSpec::choice("optimizer", "adam", OPTIMIZERS)
        .label("Optimizer")
        .help("how gradients become updates"),
    presets::learning_rate(0.002, 0.00001, 10.0).help("how far one update goes"),
    presets::batch_size(32, 128),
    ParamSpec::steps(1500, 100_000),
    ParamSpec::seed(),
];

const METRICS: [Metric<Playground>; 10] = [
    share("train_error", "Training error", "wrong on the training set")
        .of(|lab| lab.scores().train.error),
    share(
        "test_error",
        "Test error",
        "wrong on examples it never saw; of numbers: squared error, as a share of their variance",
    )
    .of(|lab| lab.scores().test.error),
    share(
        "best_test_error",
        "Best test error",
        "the lowest so far: what stopping there would give",
    )
    .of(|lab| lab.curves().least("test_error")),
    number("train_loss", "Training loss", "on the training set, without the penalty")
        .of(|lab| lab.scores().train.loss),
    number("test_loss", "Test loss", "on the test set").of(|lab| lab.scores().test.loss),
    share("baseline_train_error", "Training error", PLAIN)
        .of(|lab| lab.baseline_scores().train.error),
    share("baseline_test_error", "Test error", PLAIN).of(|lab| lab.baseline_scores().test.error),
    share("baseline_best_test_error", "Best test error", PLAIN)
        .of(|lab| lab.curves().least("baseline_test_error")),
    number("baseline_train_loss", "Training loss", PLAIN)
        .of(|lab| lab.baseline_scores().train.loss),
    number("baseline_test_loss", "Test loss", PLAIN).of(|lab| lab.baseline_scores().test.loss),
];

const PLAIN: &str = "of the same network without regularization";

const VIEWS: [View<Playground>; 7] = [
    View::new(
        "network",
        "This step’s network",
        "Neurons in columns; a crossed-out neuron is dropped in this step.",
        Playground::network_picture,
    ),
    View::new(
        "error",
        "Error",
        "Training and test error against steps, with and without regularization.",
        Playground::error_picture,
    ),
    View::new(
        "loss",
        "Loss",
        "Training and test loss against steps, with and without regularization.",
        Playground::loss_picture,
    ),
    View::new(
        "fit_plain",
        "Without regularization",
        "The classes the network without regularization sees in the plane; wrong labels ringed.",
        Playground::plain_picture,
    ),
    View::new(
        "fit",
        "With regularization",
        "The classes this run’s network sees in the plane, wrong labels ringed; or the curve it \
         has fitted.",
        Playground::fit_picture,
    ),
    View::new("wrong", "Wrong, and how", "Test images it gets wrong.", Playground::wrong_picture),
    View::new(
        "weights",
        "Weights",
        "How many weights have which size, with and without regularization.",
        Playground::weights_picture,
    ),
];

/// The catalogue's entry.
pub const PLAYGROUND: LabSpec = LabSpec {
    id: "playground",
    title: "Playground",
    slide: "",
    claim: "Drop half the neurons, and the network makes fewer mistakes.",
    parameters: PARAMETERS,
    metrics: &metric_specs(&METRICS),
    figures: &figure_specs(&VIEWS),
    main: Some(map::MAP),
    build: build::<Playground>,
};

/// How a network does on both sets.
struct Scores {
    train: Score,
    test: Score,
}

struct Playground {
    settings: Settings,
    problem: Problem,
    judges: Judges<f32>,
    network: Course<Network<f32>, Scores>,
    baseline: Course<Network<f32>, Scores>,
    /// The step at which the network without regularization diverged, if it did.
    baseline_ended: Option<u64>,
    /// The errors and losses, by the keys of their metrics.
    learning: LearningCurves<&'static str>,
    events: Vec<Event>,
    /// The step of the last change.
    noted: f64,
}

impl Playground {
    /// How the network with all its regularizers does now.
    fn scores(&self) -> &Scores {
        self.network.measure(|network| self.scores_of(network))
    }

    /// How the one without any does.
    fn baseline_scores(&self) -> &Scores {
        self.baseline.measure(|network| self.scores_of(network))
    }

    fn scores_of(&self, network: &Network<f32>) -> Scores {
        let Judges { train, test } = &self.judges;
        Scores { train: train.score(network), test: test.score(network) }
    }

    /// What the learning curves show now.
    fn values(&self) -> [(&'static str, f64); 8] {
        let (Scores { train, test }, baseline) = (self.scores(), self.baseline_scores());
        [
            ("train_error", train.error),
            ("test_error", test.error),
            ("baseline_train_error", baseline.train.error),
            ("baseline_test_error", baseline.test.error),
            ("train_loss", train.loss),
            ("test_loss", test.loss),
            ("baseline_train_loss", baseline.train.loss),
            ("baseline_test_loss", baseline.test.loss),
        ]
    }

    fn curves(&self) -> Curves<'_, &'static str> {
        self.learning.until(self.network.steps(), self.values())
    }

    fn record(&mut self) {
        self.learning.record(self.network.steps(), self.values());
        [&mut self.network, &mut self.baseline].into_iter().for_each(Course::record);
    }

    /// Notes a live change on the curves. A slider that is being dragged leaves one mark, not fifty.
    fn note(&mut self, label: String) {
        let step = self.network.steps() as f64;
        let close = self.settings.whole("steps") as f64 / 15.0;
        let same = |event: &Event| event.label.split(" = ").next() == label.split(" = ").next();
        match self.events.last_mut() {
            Some(last) if same(last) && step - self.noted < close => last.label = label,
            _ if step > 0.0 => self.events.push(Event { x: step, label }),
            _ => {}
        }
        self.noted = step;
    }
}

/// The most weights of all members together: where no worker starts, one scoring of them all must
/// not hold up the page.
const MOST_WEIGHTS: usize = 100_000;

/// The network without any regularizer.
fn plain(settings: &Settings, problem: &Problem) -> NetworkConfig {
    let activation = named(settings.choice("activation"), &Activation::NAMES);
    let hidden = LayerConfig::dense(settings.whole("units"), activation);
    let layers = layers_like(hidden, settings, problem.outputs);
    let optimizer = named(settings.choice("optimizer"), &OptimizerKind::NAMES);
    learning_by(optimizer, settings, problem.split.train.inputs(), layers, problem.loss)
}

/// The same network with all its regularizers.
fn regularized(settings: &Settings, problem: &Problem) -> NetworkConfig {
    let mut config = plain(settings, problem);
    let hidden = config.layers.len() - 1;
    for layer in &mut config.layers[..hidden] {
        layer.keep_prob = settings.real("keep_prob");
    }
    NetworkConfig {
        keep_prob_input: settings.real("keep_prob_input"),
        alpha: settings.real("alpha"),
        l2: settings.real("l2"),
        n_members: settings.whole("n_members"),
        ..config
    }
}

impl Lab for Playground {
    const METRICS: &'static [Metric<Self>] = &METRICS;
    const VIEWS: &'static [View<Self>] = &VIEWS;

    fn new(settings: &Settings) -> Result<Self> {
        let problem = Problem::new(settings)?;
        let train = &problem.split.train;
        let config = regularized(settings, &problem);
        check_weights([&config], MOST_WEIGHTS, |weights| {
            format!(
                "n_members = {}: members of this size would have {weights} weights together, must \
                 be at most {MOST_WEIGHTS} (fewer members, layers or units would fit)",
                config.n_members
            )
        })?;
        let planned = settings.whole("steps");
        let baseline = loaded(plain(settings, &problem), train)?;
        let mut lab = Playground {
            settings: settings.clone(),
            judges: Judges::new(&baseline, &problem.split),
            network: Course::new(loaded(config, train)?, planned),
            baseline: Course::new(baseline, planned),
            baseline_ended: None,
            learning: LearningCurves::new(planned),
            events: Vec::new(),
            noted: 0.0,
            problem,
        };
        lab.record();
        Ok(lab)
    }

    fn step(&mut self) -> Result<()> {
        self.network.step()?;
        if self.baseline_ended.is_none() {
            match self.baseline.step() {
                Err(Error::Diverged { step }) => self.baseline_ended = Some(step),
                other => other?,
            }
        }
        if self.learning.due(self.network.steps()) {
            self.record();
        }
        Ok(())
    }

    fn set(&mut self, settings: &Settings) {
        for spec in PARAMETERS.iter().filter(|spec| !spec.rebuilds && spec.key != "steps") {
            let (new, old) = (settings.real(spec.key), self.settings.real(spec.key));
            if new != old {
                self.note(format!("{} = {}", spec.short_name(), significant(new, 3)));
            }
        }
        self.network.change(|network| {
            network.set_keep_probs(settings.real("keep_prob_input"), settings.real("keep_prob"));
            network.set_alpha(settings.real("alpha"));
            network.set_l2(settings.real("l2"));
        });
        learn_by([&mut self.network, &mut self.baseline], settings.real("learning_rate"));
        self.settings = settings.clone();
    }

    /// No regularizer touches the network without any.
    fn take_up(&mut self, before: &mut Self) {
        if self.judges == before.judges {
            self.network.take_up(&mut before.network);
            self.baseline.take_up(&mut before.baseline);
        }
    }

    fn weights(&self) -> Vec<Weights> {
        let (network, baseline) = (self.network.now(), self.baseline.now());
        weights_of([("network", network), ("without regularization", baseline)])
    }

    fn predict(&self, x: &[f64]) -> Result<Vec<f64>> {
        self.network.now().predict(x)
    }
}
