//! Free play: every regularizer on one network, beside the same network without any.
//!
//! Both networks have the same initial weights, the same training set and see the same batches in
//! the same order: they differ in the regularizers alone.

mod figures;
mod problem;

use super::curves::Curves;
use crate::data::Examples;
use crate::error::{Error, Result};
use crate::figure::{Event, Figure, FigureSpec};
use crate::lab::{Lab, LabSpec, MetricSpec};
use crate::nn::{
    Activation, LayerConfig, Network, NetworkConfig, OptimizerConfig, OptimizerKind, Score, score,
};
use crate::param::{Choice, ParamSpec, Settings};
use problem::{DATASETS, MOST_TRAIN, Problem};
use std::sync::OnceLock;

const ACTIVATIONS: &[Choice] = &[
    Choice::new("relu", "relu"),
    Choice::new("tanh", "tanh"),
    Choice::new("sigmoid", "sigmoid"),
    Choice::new("linear", "linear"),
];

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
    ParamSpec::real("keep_prob", 0.5, 0.05, 1.0, 0.05)
        .label("Keep probability")
        .symbol("p")
        .help("each hidden neuron stays with this chance, at every step")
        .live(),
    ParamSpec::real("alpha", 0.0, 0.0, 10.0, 0.001)
        .log()
        .label("Input noise")
        .symbol("α")
        .help("variance of the Gaussian noise added to every input, fresh at every step")
        .live(),
    ParamSpec::integer("n_members", 1, 1, 10, 1)
        .label("Ensemble size")
        .symbol("n")
        .help("networks trained apart, their answers averaged"),
    ParamSpec::choice("dataset", "digits", DATASETS)
        .label("Data")
        .help("what the network is to learn"),
    ParamSpec::integer("n_train", 300, 10, MOST_TRAIN, 10)
        .label("Training examples")
        .help("few examples are easily learned by heart"),
    ParamSpec::real("label_noise", 0.3, 0.0, 0.5, 0.05)
        .label("Label noise")
        .help("share of training labels made wrong; for the sine, the standard deviation added"),
    ParamSpec::integer("hidden_layers", 2, 1, 3, 1)
        .label("Hidden layers")
        .help("layers between the inputs and the outputs"),
    ParamSpec::integer("units", 64, 1, 128, 1)
        .label("Units a layer")
        .help("neurons in every hidden layer"),
    ParamSpec::choice("activation", "relu", ACTIVATIONS)
        .label("Activation")
        .help("what a hidden neuron does to its weighted sum"),
    ParamSpec::real("keep_prob_input", 1.0, 0.05, 1.0, 0.05)
        .label("Keep probability of inputs")
        .help("each input stays with this chance, at every step")
        .live(),
    ParamSpec::real("l2", 0.0, 0.0, 1.0, 0.00001)
        .log()
        .label("L2 penalty")
        .symbol("λ")
        .help("this times the sum of squared weights is added to the loss")
        .live(),
    ParamSpec::choice("optimizer", "adam", OPTIMIZERS)
        .label("Optimizer")
        .help("how gradients become updates"),
    ParamSpec::real("learning_rate", 0.002, 0.00001, 10.0, 0.00001)
        .log()
        .label("Learning rate")
        .symbol("η")
        .help("how far one update goes")
        .live(),
    ParamSpec::integer("batch_size", 32, 1, 128, 1)
        .label("Batch size")
        .help("training examples a step"),
    ParamSpec::steps(1500, 100_000),
    ParamSpec::seed(),
];

const METRICS: &[MetricSpec] = &[
    MetricSpec::new("train_error", "Training error", "wrong on the training set").unit("fraction"),
    MetricSpec::new("test_error", "Test error", "wrong on images it never saw").unit("fraction"),
    MetricSpec::new("best_test_error", "Best test error", "the least so far: stopping there")
        .unit("fraction"),
    MetricSpec::new("train_loss", "Training loss", "on the training set, without the penalty"),
    MetricSpec::new("test_loss", "Test loss", "on the test set"),
    MetricSpec::new("baseline_train_error", "Training error", PLAIN).unit("fraction"),
    MetricSpec::new("baseline_test_error", "Test error", PLAIN).unit("fraction"),
    MetricSpec::new("baseline_best_test_error", "Best test error", PLAIN).unit("fraction"),
    MetricSpec::new("baseline_train_loss", "Training loss", PLAIN),
    MetricSpec::new("baseline_test_loss", "Test loss", PLAIN),
];

const PLAIN: &str = "of the same network without regularization";

const FIGURES: &[FigureSpec] = &[
    FigureSpec {
        key: "network",
        title: "This step's network",
        description: "Neurons in columns; a crossed-out neuron is dropped in this step.",
    },
    FigureSpec {
        key: "error",
        title: "Error",
        description: "Training and test error against steps, with and without regularization.",
    },
    FigureSpec {
        key: "loss",
        title: "Loss",
        description: "Training and test loss against steps, with and without regularization.",
    },
    FigureSpec {
        key: "fit",
        title: "What it has learned",
        description: "The classes it sees in the plane, or the curve it has fitted.",
    },
    FigureSpec { key: "wrong", title: "Wrong, and how", description: "Test images it gets wrong." },
    FigureSpec {
        key: "weights",
        title: "Weights",
        description: "How many weights have which size, with and without regularization.",
    },
];

/// The catalogue's entry.
pub const PLAYGROUND: LabSpec = LabSpec {
    id: "playground",
    title: "Playground",
    slide: "",
    claim: "Drop half the neurons, and the network makes fewer mistakes.",
    parameters: PARAMETERS,
    metrics: METRICS,
    figures: FIGURES,
    build: |settings| Ok(Box::new(Playground::new(settings)?)),
};

/// How both networks do on both sets.
struct Scores {
    train: Score,
    test: Score,
    baseline_train: Score,
    baseline_test: Score,
    /// What the network says of the test set.
    test_y_hat: Vec<f64>,
}

struct Playground {
    settings: Settings,
    problem: Problem,
    network: Network<f32>,
    baseline: Network<f32>,
    /// The step at which the network without regularization diverged, if it did.
    baseline_ended: Option<u64>,
    curves: Curves,
    events: Vec<Event>,
    /// How both networks do now: found when first asked for, and forgotten at the next step.
    scores: OnceLock<Scores>,
}

impl Playground {
    fn new(settings: &Settings) -> Result<Self> {
        let problem = Problem::new(settings);
        let train = &problem.split.train;
        let config = regularized(settings, &problem);
        check_weights(&config)?;
        let mut network = Network::new(config)?;
        let mut baseline = Network::new(plain(settings, &problem))?;
        network.load(&train.x, &train.y)?;
        baseline.load(&train.x, &train.y)?;
        let curves = Curves::new(8, settings.whole("steps"));
        let mut lab = Playground {
            settings: settings.clone(),
            problem,
            network,
            baseline,
            baseline_ended: None,
            curves,
            events: Vec::new(),
            scores: OnceLock::new(),
        };
        lab.record();
        Ok(lab)
    }

    fn scores(&self) -> &Scores {
        self.scores.get_or_init(|| {
            let Problem { split, loss, outputs, .. } = &self.problem;
            let y_hat = |network: &Network<f32>, set: &Examples| {
                network.predict(&set.x).unwrap_or_default()
            };
            let of = |y_hat: &[f64], set: &Examples| score(*loss, y_hat, &set.y, *outputs);
            let test_y_hat = y_hat(&self.network, &split.test);
            Scores {
                train: of(&y_hat(&self.network, &split.train), &split.train),
                test: of(&test_y_hat, &split.test),
                baseline_train: of(&y_hat(&self.baseline, &split.train), &split.train),
                baseline_test: of(&y_hat(&self.baseline, &split.test), &split.test),
                test_y_hat,
            }
        })
    }

    fn record(&mut self) {
        let values = in_order(self.scores());
        self.curves.record(self.network.steps(), &values);
    }

    /// Notes a live change on the curves. A slider that is being dragged leaves one mark, not fifty.
    fn note(&mut self, label: String) {
        let step = self.network.steps() as f64;
        let close = self.settings.whole("steps") as f64 / 50.0;
        let same = |event: &Event| event.label.split(' ').next() == label.split(' ').next();
        match self.events.last_mut() {
            Some(last) if same(last) && step - last.x < close => last.label = label,
            _ if step > 0.0 => self.events.push(Event { x: step, label }),
            _ => {}
        }
    }
}

/// Places in [`in_order`].
const TEST_ERROR: usize = 1;
const BASELINE_TEST_ERROR: usize = 3;

/// Errors, then losses; each: train, test, then the same without regularization.
fn in_order(scores: &Scores) -> [f64; 8] {
    let all = [scores.train, scores.test, scores.baseline_train, scores.baseline_test];
    std::array::from_fn(|i| if i < 4 { all[i].error } else { all[i - 4].loss })
}

/// The most weights of all members together: where no worker starts, one scoring of them all must
/// not hold up the page.
const MOST_WEIGHTS: usize = 100_000;

fn check_weights(config: &NetworkConfig) -> Result<()> {
    let weights = config.parameter_count()? * config.n_members;
    if weights <= MOST_WEIGHTS {
        return Ok(());
    }
    Err(Error::invalid(format!(
        "n_members = {}: members of this size would have {weights} weights together, must be at most \
         {MOST_WEIGHTS} (fewer members, layers or units would fit)",
        config.n_members
    )))
}

/// The network without any regularizer.
fn plain(settings: &Settings, problem: &Problem) -> NetworkConfig {
    let activation = named(settings.choice("activation"), &Activation::NAMES);
    let hidden = LayerConfig::dense(settings.whole("units"), activation);
    let mut layers = vec![hidden; settings.whole("hidden_layers")];
    layers.push(LayerConfig::dense(problem.outputs, Activation::Linear));
    let kind = named(settings.choice("optimizer"), &OptimizerKind::NAMES);
    NetworkConfig {
        optimizer: OptimizerConfig::new(kind, settings.real("learning_rate")),
        batch_size: settings.whole("batch_size"),
        seed: settings.whole("seed") as u32,
        ..NetworkConfig::new(problem.split.train.inputs(), layers, problem.loss)
    }
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

fn named<T: Copy>(name: &str, names: &[(&str, T)]) -> T {
    let found = names.iter().find(|(known, _)| *known == name);
    found.map(|(_, item)| *item).expect("every choice of the lab has a name in the engine")
}

impl Lab for Playground {
    fn step(&mut self) -> Result<()> {
        // A step that diverges goes back one: then, too, the old scores are wrong.
        self.scores = OnceLock::new();
        self.network.step(1)?;
        if self.baseline_ended.is_none() {
            match self.baseline.step(1) {
                Err(Error::Diverged { step }) => self.baseline_ended = Some(step),
                other => drop(other?),
            }
        }
        if self.curves.due(self.network.steps()) {
            self.record();
        }
        Ok(())
    }

    fn set(&mut self, settings: &Settings) {
        for ((key, new), (_, old)) in settings.iter().zip(self.settings.clone().iter()) {
            if new != old && key != "steps" {
                self.note(format!("{key} = {}", settings.real(key)));
            }
        }
        self.network.set_keep_probs(settings.real("keep_prob_input"), settings.real("keep_prob"));
        self.network.set_alpha(settings.real("alpha"));
        self.network.set_l2(settings.real("l2"));
        for network in [&mut self.network, &mut self.baseline] {
            network.set_learning_rate(settings.real("learning_rate"));
        }
        self.settings = settings.clone();
    }

    fn predict(&self, x: &[f64]) -> Result<Vec<f64>> {
        self.network.predict(x)
    }

    fn metrics(&self) -> Vec<f64> {
        let scores = self.scores();
        vec![
            scores.train.error,
            scores.test.error,
            self.curves.least(TEST_ERROR).min(scores.test.error),
            scores.train.loss,
            scores.test.loss,
            scores.baseline_train.error,
            scores.baseline_test.error,
            self.curves.least(BASELINE_TEST_ERROR).min(scores.baseline_test.error),
            scores.baseline_train.loss,
            scores.baseline_test.loss,
        ]
    }

    fn figure(&self, key: &str) -> Figure {
        match key {
            "network" => self.network_figure(),
            "error" => self.error_figure(),
            "loss" => self.loss_figure(),
            "fit" => self.fit_figure(),
            "wrong" => self.wrong_figure(),
            _ => self.weights_figure(),
        }
    }
}
