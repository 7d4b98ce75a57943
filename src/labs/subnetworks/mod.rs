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

mod average;
mod draws;
mod figures;
mod map;
mod measure;
mod networks;
mod parameters;
mod pictures;
mod plan;
mod problem;
mod sharing;
mod smaller;
mod votes;
mod wall;

use crate::error::Result;
use crate::lab::learning_curves::{Curves, LearningCurves};
use crate::lab::memo::Memo;
use crate::lab::weights::Weights;
use crate::lab::{Lab, LabSpec, Metric, View, build, figure_specs, metric_specs, number, share};
use crate::param::Settings;
use draws::Draws;
use networks::{Networks, Trained, count_parameters, updates};
use parameters::PARAMETERS;
use plan::Plan;
use problem::INDEPENDENT;
use votes::{Gaps, Votes};

const METRICS: [Metric<Subnetworks>; 23] = [
    share("error_weight_scaled", "Whole network, one pass", "wrong on the test set")
        .of(|lab| lab.trained().error),
    share("error_average", "Average of all", "of their probabilities: wrong on the test set")
        .of(|lab| lab.votes.average.error()),
    share(
        "error_geometric",
        "Geometric mean of all",
        "of their probabilities: wrong on the test set",
    )
    .of(|lab| lab.votes.error_geometric()),
    share("error_mean_subnetwork", "One of them alone", "wrong, on average over all")
        .of(|lab| lab.votes.average.mean_error()),
    share("agreement", "Same answer", "the average of all and the whole network agree")
        .of(|lab| lab.gaps().agreement),
    number("gap_geometric", "Gap, geometric mean", "largest difference from one pass")
        .of(|lab| lab.gaps().geometric),
    number("gap_average", "Gap, arithmetic mean", "largest difference from one pass")
        .of(|lab| lab.gaps().average),
    number("gap_average_mean", "Mean gap, arithmetic mean", "mean difference from one pass")
        .of(|lab| lab.gaps().average_mean),
    number("gap_outputs", "Gap, outputs", "of their mean before the softmax")
        .of(|lab| lab.gaps().outputs),
    number("spread", "Spread", "of one network’s probabilities about the average")
        .symbol("σ")
        .of(Subnetworks::spread),
    number("slope", "Slope", "of the distance of m networks from all, in logarithms")
        .of(|lab| lab.draws.slope()),
    share("error_sixteen", "Sixteen averaged", "drawn at random, mean of 16 draws")
        .of(Subnetworks::error_of_sixteen),
    share("error_drawn", "m of them averaged", "drawn at random, mean of 16 draws")
        .of(|lab| lab.draws.error_of(lab.settings.whole("drawn"))),
    share("error_independent", "Sixteen independent ones", "averaged")
        .of(|lab| lab.trained().independent),
    share("error_mean_independent", "One independent network", "wrong, on average")
        .of(|lab| lab.networks.averaged().mean_error()),
    number("correlation_shared", "c/v, shared", "how similar two smaller networks’ errors are")
        .of(Subnetworks::correlation_of_shared),
    number(
        "correlation_independent",
        "c/v, independent",
        "how similar the errors of two of those are",
    )
    .of(|lab| lab.networks.averaged().correlation()),
    number("parameters_shared", "Parameters, shared", "weights and biases")
        .of(|lab| count_parameters(&lab.networks.whole) as f64),
    number("parameters_independent", "Parameters, independent", "of all sixteen")
        .of(|lab| count_parameters(lab.networks.independent()) as f64),
    number("updates_shared", "Training steps, shared", "of one network")
        .of(|lab| updates(&lab.networks.whole) as f64),
    number("updates_independent", "Training steps, independent", "of all sixteen")
        .of(|lab| updates(lab.networks.independent()) as f64),
    number("subnetworks", "Smaller networks", "that dropout can make: 2ᵏ, or 1 if p = 1")
        .of(|lab| lab.votes.all() as f64),
    number("votes", "Votes", "smaller networks that have voted")
        .of(|lab| lab.votes.counted() as f64),
];

const VIEWS: [View<Subnetworks>; 10] = [
    View::new(
        "votes",
        "Test error against the number of networks averaged",
        "The smaller networks in a random order, small groups of them drawn at random, the \
         independent networks, and the whole network in one pass.",
        Subnetworks::votes_picture,
    ),
    View::new(
        "wall",
        "Blue right, orange wrong",
        "A cell for each of them, in a frame of the colour of the whole network’s answer in one pass.",
        Subnetworks::wall_picture,
    )
    .with_handles(Subnetworks::wall_cells),
    View::new(
        "network",
        "One smaller network",
        "The neurons dropped in this step, or by the network that has just voted.",
        Subnetworks::network_picture,
    ),
    View::new(
        "course",
        "Test error while it learns",
        "The whole network, some of the smaller ones in it, and the independent ones.",
        Subnetworks::course_picture,
    ),
    View::new(
        "gallery",
        "Some of the smaller networks",
        "Hidden neurons kept and dropped; the answer for the chosen image, in orange where it is \
         wrong; the share of the test set it is wrong on.",
        Subnetworks::gallery_picture,
    ),
    View::new(
        "answer",
        "What they make of it",
        "Probabilities of the ten classes: the average of all smaller networks, and the whole \
         network in one pass.",
        Subnetworks::answer_picture,
    ),
    View::new(
        "errors",
        "Each alone",
        "How many of the smaller networks get what share of the test images wrong.",
        Subnetworks::errors_picture,
    ),
    View::new(
        "distance",
        "From a few to all",
        "How far averages of m smaller networks are from the average of all.",
        Subnetworks::distance_picture,
    ),
    View::new(
        "exact",
        "Mean of all against one pass",
        "The largest difference anywhere, for three kinds of mean.",
        Subnetworks::exact_picture,
    ),
    View::new(
        "sharing",
        "Shared weights and separate weights",
        "Sixteen smaller networks beside sixteen that share nothing.",
        Subnetworks::sharing_picture,
    ),
];

/// The catalogue's entry.
pub const SUBNETWORKS: LabSpec = LabSpec {
    id: "subnetworks",
    title: "Ensemble of many smaller networks",
    slide: "Ensemble of many smaller networks",
    claim: "A network trained with dropout answers like the average of all the smaller networks in it.",
    parameters: PARAMETERS,
    metrics: &metric_specs(&METRICS),
    figures: &figure_specs(&VIEWS),
    main: Some(map::MAP),
    build: build::<Subnetworks>,
};

/// Whose test error a learning curve shows.
#[derive(Clone, Copy, PartialEq)]
enum ErrorOf {
    /// The whole network, in one pass.
    Whole,
    /// The independent ones, averaged.
    Independent,
    /// Of the smaller ones that are watched, one alone, on average.
    Mean,
    /// The best of them.
    Best,
    /// The worst of them.
    Worst,
}

/// The lab at one step.
struct Subnetworks {
    settings: Settings,
    plan: Plan,
    steps: u64,
    networks: Networks,
    learning: LearningCurves<ErrorOf>,
    votes: Votes,
    gaps: Memo<Gaps>,
    draws: Draws,
}

impl Subnetworks {
    /// How the networks do now.
    fn trained(&self) -> &Trained {
        self.networks.trained()
    }

    /// How far the average of all is from the whole network in one pass.
    fn gaps(&self) -> &Gaps {
        self.gaps.get(|| self.votes.gaps(&self.trained().one_pass))
    }

    /// The spread of the smaller networks about the average of all.
    fn spread(&self) -> f64 {
        self.votes.in_the_end(|average| average.spread())
    }

    /// How alike two smaller networks err.
    fn correlation_of_shared(&self) -> f64 {
        self.votes.in_the_end(|average| average.correlation())
    }

    /// The wrong answers of as many smaller networks averaged as there are independent ones.
    fn error_of_sixteen(&self) -> f64 {
        self.draws.error_of(INDEPENDENT)
    }

    fn errors(&self) -> [(ErrorOf, f64); 5] {
        let (Trained { error, watched, independent, .. }, shares) =
            (self.trained(), &self.networks.watched);
        let mean = shares.iter().zip(watched).map(|(one, error)| one.chance * error).sum();
        [
            (ErrorOf::Whole, *error),
            (ErrorOf::Independent, *independent),
            (ErrorOf::Mean, mean),
            (ErrorOf::Best, watched.iter().copied().fold(f64::INFINITY, f64::min)),
            (ErrorOf::Worst, watched.iter().copied().fold(0.0, f64::max)),
        ]
    }

    fn curves(&self) -> Curves<'_, ErrorOf> {
        self.learning.until(self.networks.whole.steps(), self.errors())
    }

    fn record(&mut self) {
        self.learning.record(self.steps, self.errors());
        self.networks.record();
    }

    /// Brings in the votes and the draws that are due by this step.
    fn vote(&mut self) {
        let (votes, draws) = self.plan.due(self.steps as usize, self.votes.all(), draws::ALL);
        let whole = &self.networks.trained().whole;
        self.votes.until(votes, whole);
        self.gaps.forget();
        self.draws.until(draws, whole, &self.votes.average);
    }
}

impl Lab for Subnetworks {
    const METRICS: &'static [Metric<Self>] = &METRICS;
    const VIEWS: &'static [View<Self>] = &VIEWS;

    fn new(settings: &Settings) -> Result<Self> {
        let plan = Plan::of(settings.whole("steps"));
        let networks = Networks::new(settings, plan.trained)?;
        let mut lab = Subnetworks {
            settings: settings.clone(),
            plan,
            steps: 0,
            learning: LearningCurves::new(plan.trained),
            votes: Votes::new(networks.dropout, &networks.split.test.y, settings.seed()),
            gaps: Memo::default(),
            draws: Draws::new(networks.dropout, settings.seed()),
            networks,
        };
        lab.record();
        Ok(lab)
    }

    fn step(&mut self) -> Result<()> {
        let trained = self.plan.trained as u64;
        if self.steps < trained {
            self.networks.step()?;
        }
        self.steps += 1;
        if self.steps <= trained && self.learning.due(self.steps) {
            self.record();
        }
        if self.steps >= trained {
            self.vote();
        }
        Ok(())
    }

    fn set(&mut self, settings: &Settings) {
        self.networks.set_learning_rate(settings.real("learning_rate"));
        self.settings = settings.clone();
    }

    fn take_up(&mut self, before: &mut Self) {
        self.networks.take_up(&mut before.networks);
    }

    fn weights(&self) -> Vec<Weights> {
        self.networks.weights()
    }

    fn predict(&self, x: &[f64]) -> Result<Vec<f64>> {
        self.networks.whole.predict(x)
    }
}
