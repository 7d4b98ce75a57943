//! "Ensemble of many smaller networks": all of them, averaged.
//!
//! Dropping some of k hidden neurons makes 2^k smaller networks of one, and training with dropout
//! trains them all, with shared weights. The slides: the whole network, in one pass, "approximates
//! the average prediction over all members of the ensemble". With z(m) the outputs before the
//! softmax of the network with mask m, 1/p times what is kept,
//!
//! E\[z(m)\] = z(1) where z is linear in every mask: for linear networks, and for any network with
//! dropout in its last hidden layer alone. Then softmax(z(1)) is the geometric mean of the
//! probabilities softmax(z(m)), made to sum to 1. Their arithmetic mean it only approximates.
//!
//! Two thirds of the steps train; in the rest the smaller networks vote, one by one, and then
//! averages of a few of them, drawn at random.

mod draws;
mod figures;
mod gaps;
mod independent;
mod measure;
mod pictures;
mod plan;
mod problem;
mod sharing;
mod trained;
mod votes;

use super::curves::Curves;
use crate::error::Result;
use crate::figure::{Figure, FigureSpec};
use crate::lab::{AnyLab, LabSpec, MetricSpec, number, share};
use crate::nn::Network;
use crate::param::{Choice, ParamSpec, Settings};
use draws::Draws;
use gaps::Gaps;
use independent::Independent;
use plan::Plan;
use problem::{Problem, TEST_IMAGES};
use std::sync::OnceLock;
use trained::{Trained, Watched, watched};
use votes::Votes;

const ACTIVATIONS: &[Choice] = &[
    Choice::new("relu", "relu"),
    Choice::new("tanh", "tanh"),
    Choice::new("sigmoid", "sigmoid"),
    Choice::new("linear", "linear"),
];

const PARAMETERS: &[ParamSpec] = &[
    ParamSpec::real("keep_prob", 0.5, 0.05, 1.0, 0.05)
        .label("Keep probability")
        .symbol("p")
        .help("each hidden neuron stays with this chance, in training and in the ensemble"),
    ParamSpec::integer("units", 10, 1, 12, 1)
        .label("Neurons a layer")
        .help("k in all make 2ᵏ smaller networks; 12 at most, in one layer or two"),
    ParamSpec::integer("hidden_layers", 1, 1, 2, 1)
        .label("Hidden layers")
        .help("with dropout in each of them"),
    ParamSpec::choice("activation", "relu", ACTIVATIONS)
        .label("Activation")
        .help("what a hidden neuron does to its weighted sum"),
    ParamSpec::integer("image", 0, 0, TEST_IMAGES as u32 - 1, 1)
        .label("Test image")
        .help("the one whose answers are shown")
        .view(),
    ParamSpec::integer("page", 0, 0, 171, 1)
        .label("Page of networks")
        .help("0: a choice from best to worst; then all of them, 24 a page, the best first")
        .view(),
    ParamSpec::integer("n_train", 300, 10, 1100, 10)
        .label("Training images")
        .help("handwritten digits to learn from"),
    ParamSpec::real("label_noise", 0.0, 0.0, 0.5, 0.05)
        .label("Label noise")
        .help("share of training labels made wrong"),
    ParamSpec::choice("independent", "smaller", independent::SIZES)
        .label("Sixteen independent networks")
        .help("trained beside it without dropout, sharing no weight"),
    ParamSpec::real("learning_rate", 0.005, 0.00001, 0.1, 0.00001)
        .log()
        .label("Learning rate")
        .symbol("η")
        .help("how far one update of Adam goes")
        .live(),
    ParamSpec::integer("batch_size", 32, 1, 128, 1)
        .label("Batch size")
        .help("training images a step"),
    ParamSpec::integer("steps", 3000, 1, 20_000, 1)
        .label("Steps")
        .help("two thirds are updates of the weights; in the rest the smaller networks vote"),
    ParamSpec::seed(),
];

const METRICS: &[MetricSpec] = &[
    share("error_weight_scaled", "Whole network, one pass", "wrong on the test set"),
    share("error_average", "Average of all", "of their probabilities: wrong on the test set"),
    share("error_geometric", "Geometric mean of all", "likewise"),
    share("error_mean_subnetwork", "One of them alone", "wrong, on average over all"),
    share("agreement", "Same answer", "the average of all and the whole network agree"),
    number("gap_geometric", "Gap, geometric mean", "largest difference from one pass"),
    number("gap_average", "Gap, arithmetic mean", "largest difference from one pass"),
    number("gap_average_mean", "Mean gap, arithmetic mean", "mean difference likewise"),
    number("gap_outputs", "Gap, outputs", "of their mean before the softmax"),
    number("spread", "Spread", "of one network's probabilities about the average").symbol("σ"),
    number("slope", "Slope", "of the distance of m networks from all, in logarithms"),
    share("error_sixteen", "Sixteen averaged", "drawn at random, mean of 16 draws"),
    share("error_independent", "Sixteen independent ones", "averaged"),
    share("error_mean_independent", "One independent network", "wrong, on average"),
    number("correlation_shared", "c/v, shared", "how alike two smaller networks err"),
    number("correlation_independent", "c/v, independent", "how alike two of those err"),
    number("parameters_shared", "Parameters, shared", "weights and biases"),
    number("parameters_independent", "Parameters, independent", "of all sixteen"),
    number("updates_shared", "Training steps, shared", "of one network"),
    number("updates_independent", "Training steps, independent", "of all sixteen"),
    number("subnetworks", "Smaller networks", "that dropout can make: 2ᵏ, or 1 if p = 1"),
    number("votes", "Votes", "smaller networks that have voted"),
];

const FIGURES: &[FigureSpec] = &[
    FigureSpec {
        key: "votes",
        title: "Test error against the number of networks averaged",
        description: "The smaller networks in a random order, small groups of them drawn at random, \
                      the independent networks, and the whole network in one pass.",
    },
    FigureSpec {
        key: "network",
        title: "One smaller network",
        description: "The neurons dropped in this step, or by the network that has just voted.",
    },
    FigureSpec {
        key: "course",
        title: "Test error while it learns",
        description: "The whole network, some of the smaller ones in it, and the independent ones.",
    },
    FigureSpec {
        key: "gallery",
        title: "Some of the smaller networks",
        description: "Hidden neurons kept and dropped; the answer for the chosen image, in orange \
                      where it is wrong; the share of all test images it gets wrong.",
    },
    FigureSpec { key: "image", title: "The chosen image", description: "One of the test images." },
    FigureSpec {
        key: "answer",
        title: "What they say of it",
        description: "Probabilities of the ten classes: the average of all smaller networks, and the \
                      whole network in one pass.",
    },
    FigureSpec {
        key: "errors",
        title: "Each alone",
        description: "How many of the smaller networks get which share of the test images wrong.",
    },
    FigureSpec {
        key: "distance",
        title: "From a few to all",
        description: "How far averages of m smaller networks are from the average of all.",
    },
    FigureSpec {
        key: "exact",
        title: "Mean of all against one pass",
        description: "The largest difference there is, for three kinds of mean.",
    },
    FigureSpec {
        key: "sharing",
        title: "Shared weights and weights of their own",
        description: "Sixteen smaller networks beside sixteen that share nothing.",
    },
];

/// The catalogue's entry.
pub const SUBNETWORKS: LabSpec = LabSpec {
    id: "subnetworks",
    title: "Ensemble of many smaller networks",
    slide: "Ensemble of many smaller networks",
    claim: "A network trained with dropout answers like the average of all the smaller networks in it.",
    parameters: PARAMETERS,
    metrics: METRICS,
    figures: FIGURES,
    build: |settings| Ok(Box::new(Subnetworks::new(settings)?)),
};

/// The lab at one step.
struct Subnetworks {
    settings: Settings,
    problem: Problem,
    plan: Plan,
    network: Network<f64>,
    independent: Independent,
    steps: u64,
    /// The smaller networks that are watched while the whole one is trained.
    watched: Vec<Watched>,
    /// Test errors: as [`Subnetworks::on_curves`] has them.
    curves: Curves,
    votes: Votes,
    draws: Draws,
    /// How the networks do now: found when first asked for, and forgotten when they are trained on.
    trained: OnceLock<Trained>,
}

impl Subnetworks {
    fn new(settings: &Settings) -> Result<Self> {
        let problem = Problem::new(settings)?;
        let (units, keep_prob) = (settings.whole("units"), problem.keep_prob);
        let seed = settings.whole("seed") as u32;
        let plan = Plan::of(settings.whole("steps"));
        let mut lab = Subnetworks {
            network: problem.network(settings, units, keep_prob, 1)?,
            independent: Independent::new(settings, &problem)?,
            steps: 0,
            watched: watched(problem.droppable, keep_prob, seed),
            curves: Curves::new(5, plan.trained),
            votes: Votes::new(problem.droppable, keep_prob, TEST_IMAGES, seed),
            draws: Draws::new(keep_prob, seed),
            trained: OnceLock::new(),
            settings: settings.clone(),
            plan,
            problem,
        };
        lab.record();
        Ok(lab)
    }

    /// How the networks do now.
    fn trained(&self) -> &Trained {
        let Subnetworks { network, independent, problem, watched, .. } = self;
        self.trained.get_or_init(|| Trained::of(network, independent, problem, watched))
    }

    /// The classes of the test images.
    fn y(&self) -> &[f64] {
        &self.problem.split.test.y
    }

    /// Updates made of the weights.
    fn updates(&self) -> u64 {
        self.steps.min(self.plan.trained as u64)
    }

    /// The whole network, the independent ones averaged, then of the smaller ones that are watched
    /// the mean, the best and the worst.
    fn on_curves(&self) -> [f64; 5] {
        let Trained { error, watched, independent, .. } = self.trained();
        let mean = self.watched.iter().zip(watched).map(|(one, error)| one.share * error).sum();
        let best = watched.iter().copied().fold(f64::INFINITY, f64::min);
        let worst = watched.iter().copied().fold(0.0, f64::max);
        [*error, independent.error(), mean, best, worst]
    }

    fn record(&mut self) {
        let values = self.on_curves();
        self.curves.record(self.steps, &values);
    }

    /// One step of training, of the network with dropout and of each independent one.
    fn train(&mut self) -> Result<()> {
        self.trained = OnceLock::new();
        self.network.step(1)?;
        self.independent.step()
    }

    /// Brings in the votes and the draws that are due by this step.
    fn vote(&mut self) {
        let (votes, draws) = self.plan.due(self.steps as usize, self.votes.all(), draws::ALL);
        let Subnetworks { network, independent, problem, watched, .. } = &*self;
        let trained =
            self.trained.get_or_init(|| Trained::of(network, independent, problem, watched));
        let test = &self.problem.split.test;
        self.votes.until(votes, &trained.whole, test);
        if draws > self.draws.made {
            let average = self.votes.arithmetic_mean();
            self.draws.until(draws, &trained.whole, test, &average);
        }
    }

    /// How far the average of all is from the whole network in one pass.
    fn gaps(&self) -> Gaps {
        Gaps::of(&self.votes, self.trained())
    }
}

impl AnyLab for Subnetworks {
    fn step(&mut self) -> Result<()> {
        if self.steps < self.plan.trained as u64 {
            self.train()?;
            self.steps += 1;
            if self.curves.due(self.steps) {
                self.record();
            }
        } else {
            self.steps += 1;
        }
        if self.steps >= self.plan.trained as u64 {
            self.vote();
        }
        Ok(())
    }

    fn set(&mut self, settings: &Settings) {
        self.network.set_learning_rate(settings.real("learning_rate"));
        self.independent.set_learning_rate(settings.real("learning_rate"));
        self.settings = settings.clone();
    }

    fn predict(&self, x: &[f64]) -> Result<Vec<f64>> {
        self.network.predict(x)
    }

    fn metrics(&self) -> Vec<f64> {
        let (trained, gaps, y) = (self.trained(), self.gaps(), self.y());
        let (v, c) = self.votes.moments(y);
        let (rival_v, rival_c) = trained.independent.moments;
        let (complete, drawn) = (self.votes.complete(), self.draws.made == draws::ALL);
        let when = |known: bool, value: f64| if known { value } else { f64::NAN };
        let rivals = self.independent.count() as f64;
        let updates = self.updates() as f64;
        vec![
            trained.error,
            self.votes.error_average(y),
            self.votes.error_geometric(y),
            self.votes.mean_error(),
            gaps.agreement,
            gaps.geometric,
            gaps.average,
            gaps.average_mean,
            gaps.outputs,
            when(complete, self.votes.spread()),
            when(drawn, self.draws.slope()),
            when(drawn, self.draws.error(draws::SIXTEEN).0),
            trained.independent.error(),
            trained.independent.mean_error,
            when(complete, c / v),
            rival_c / rival_v,
            independent::count(&self.network) as f64,
            self.independent.parameters() as f64,
            updates,
            rivals * updates,
            self.votes.all() as f64,
            self.votes.errors.len() as f64,
        ]
    }

    fn figure(&self, key: &str) -> Figure {
        match key {
            "votes" => self.votes_figure(),
            "network" => self.network_figure(),
            "course" => self.course_figure(),
            "gallery" => self.gallery_figure(),
            "image" => self.image_figure(),
            "answer" => self.answer_figure(),
            "errors" => self.errors_figure(),
            "distance" => self.distance_figure(),
            "exact" => self.exact_figure(),
            _ => self.sharing_figure(),
        }
    }
}

#[cfg(test)]
mod tests;
