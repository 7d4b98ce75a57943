//! "Ensembles": networks that are really trained, and the formula measured on their errors.
//!
//! With v the mean of E\[e_i^2\] over the members and c that of E\[e_i e_j\] over their pairs, the squared
//! error of the average is v/n + (n-1)/n c, to rounding, biased or not. Krogh and Vedelsby read the
//! same numbers as v less the ambiguity, the mean squared distance of the members from their average.

use super::members::{self, Member};
use super::moments::{
    HasMoments, MOST_MEMBERS, Moments, covariance_term, diagonal_sum, off_diagonal_sum, predicted,
    variance_term,
};
use super::one_example::{SHOWN, most_shown};
use super::problem::{DATASETS, Problem, most_train};
use super::scores::{Predictor, Scores};
use crate::error::Result;
use crate::lab::course::{Course, take_up_any};
use crate::lab::learning_curves::{Curves, LearningCurves};
use crate::lab::memo::Memo;
use crate::lab::weights::Weights;
use crate::lab::{Lab, LabSpec, Metric, View, build, figure_specs, metric_specs, number, share};
use crate::labs::arms::learn_by;
use crate::labs::weights::weights_of;
use crate::nn::Network;
use crate::param::presets;
use crate::param::{Choice, ParamSpec, Settings};

const DIVERSITIES: &[Choice] = &[
    Choice::new("seed", "Initial weights"),
    Choice::new("bootstrap", "Bootstrap samples"),
    Choice::new("features", "Inputs they see"),
    Choice::new("architecture", "Layers and activations"),
    Choice::new("dropout", "Dropout in training"),
    Choice::new("independent_data", "Independent data"),
    Choice::new("identical", "Nothing: identical copies"),
];

const PARAMETERS: &[ParamSpec] = &[
    ParamSpec::integer("n_members", 10, 1, MOST_MEMBERS, 1)
        .label("Ensemble size")
        .symbol("n")
        .help("networks trained separately, their answers averaged"),
    ParamSpec::choice("diversity", "seed", DIVERSITIES)
        .label("What differs between them")
        .help("and in every case but the last their initial weights and the order of the examples"),
    ParamSpec::choice("dataset", "diabetes", DATASETS)
        .label("Data")
        .help("what the networks have to learn"),
    presets::n_train(200, 1100)
        .help("for each network; independent parts of real data are smaller where there is no more")
        .most(most_train),
    ParamSpec::flag("centred", false)
        .label("Centred moments")
        .help(
            "v and c about the mean errors, as a statistician’s: the formula then misses the bias",
        )
        .view(),
    presets::units(32, 64)
        .label("Hidden neurons")
        .help("tanh neurons in the hidden layer of each network"),
    presets::keep_prob(0.8)
        .help("where dropout makes the difference, a hidden neuron is kept with this probability")
        .live(),
    presets::adam_rate(0.005),
    presets::batch_size(32, 128),
    ParamSpec::steps(1500, 20_000),
    ParamSpec::seed(),
    ParamSpec::integer("example", 104, 1, SHOWN, 1)
        .label("Test example")
        .help("the one whose answers are shown, in order of what is true of it")
        .most(most_shown)
        .view(),
];

const METRICS: [Metric<Ensemble>; 20] = [
    number("variance", "Variance", "mean squared error of a member")
        .symbol("v")
        .of(|lab| lab.moments().v),
    number("covariance", "Covariance", "mean product of two members’ errors")
        .symbol("c")
        .of(|lab| lab.moments().c),
    number("correlation", "c/v", "1: all make the same errors, 0: nothing in common")
        .of(|lab| lab.moments().c / lab.moments().v),
    predicted(),
    number("measured", "Measured", "mean squared error of the members’ average")
        .of(|lab| lab.scores().errors.measured),
    number("gap", "Measured − formula", "0 to rounding; with centred moments bias²")
        .of(Ensemble::gap),
    share("share", "Ensemble error / member’s error", "the part of the error that is left")
        .of(|lab| lab.scores().errors.measured / lab.scores().errors.variance),
    share("predicted_share", "Formula / member’s error", "what the formula says is left")
        .of(|lab| lab.moments().expected() / lab.scores().errors.variance),
    number("ambiguity", "Ambiguity", "mean squared distance of members from their average")
        .of(|lab| lab.scores().errors.ambiguity),
    number("bias", "Bias", "mean error of the average").of(Ensemble::bias),
    number("bias_squared", "Bias²", "what the formula misses with centred moments")
        .of(|lab| lab.bias() * lab.bias()),
    number(
        "mean_member",
        "Average member",
        "its squared error; of images its share of wrong answers",
    )
    .of(|lab| lab.scores().members.iter().sum::<f64>() / lab.members.len() as f64),
    number("best_member", "Best member", "that of the best one, known only in hindsight")
        .of(|lab| lab.scores().members.iter().copied().fold(f64::INFINITY, f64::min)),
    share("error_average", "Wrong answers, averaged", "of images")
        .of(|lab| lab.scores().error_average),
    share("error_vote", "Wrong answers, by vote", "of images: what most networks say")
        .of(|lab| lab.scores().error_vote),
    variance_term(),
    covariance_term(),
    diagonal_sum(),
    off_diagonal_sum(),
    number("raw_variance", "Mean squared error of a member", "whatever moments are chosen")
        .of(|lab| lab.scores().errors.variance),
];

const VIEWS: [View<Ensemble>; 5] = [
    View::new(
        "sizes",
        "Error against ensemble size",
        "The average of the first 1, 2, 3, … networks on the test set, the formula with the measured \
         v and c, and every network alone.",
        Ensemble::sizes_picture,
    ),
    View::new(
        "example",
        "One of the test set: why averaging helps",
        "The networks’ answers, their average and the truth; how far they are apart as a triangle.",
        Ensemble::example_picture,
    )
    .with_handles(Ensemble::other_examples),
    View::new(
        "course",
        "Error while they learn",
        "Mean squared error on the test set: of every network, and of their average.",
        Ensemble::course_picture,
    ),
    View::new(
        "correlation",
        "How alike two networks’ errors are",
        "The correlations of the networks’ errors on the test set.",
        Ensemble::correlation_picture,
    ),
    View::new(
        "readings",
        "Two readings of the same numbers",
        "The slides’ formula and Krogh and Vedelsby’s, term by term.",
        Ensemble::readings_picture,
    ),
];

/// The catalogue's entry.
pub const ENSEMBLES: LabSpec = LabSpec {
    id: "ensembles",
    title: "Ensembles",
    slide: "Ensembles",
    claim: "An ensemble has a smaller error than its average network, by as much as its networks disagree.",
    parameters: PARAMETERS,
    metrics: &metric_specs(&METRICS),
    figures: &figure_specs(&VIEWS),
    main: Some(super::maps::NETWORKS),
    build: build::<Ensemble>,
};

/// The most numbers a member says of the test set that are recorded for a run that has it again: more
/// would be much to keep for all members.
const MOST_RECORDED: usize = 500;

/// The lab at one step.
pub(super) struct Ensemble {
    pub settings: Settings,
    pub(super) problem: Problem,
    pub members: Vec<Member>,
    pub steps: u64,
    /// The mean squared errors on the test set.
    learning: LearningCurves<Predictor>,
    scores: Memo<Scores>,
}

impl Ensemble {
    /// How the ensemble does now.
    pub fn scores(&self) -> &Scores {
        self.scores.get(|| Scores::of(&self.members, &self.problem))
    }

    /// The learning curves of the members and of their average.
    pub fn curves(&self) -> Curves<'_, Predictor> {
        self.learning.until(self.steps, self.scores().squared_errors())
    }

    fn record(&mut self) {
        self.learning.record(self.steps, self.scores().squared_errors());
        if self.problem.y.len() <= MOST_RECORDED {
            self.courses().for_each(Course::record);
        }
    }

    fn courses(&mut self) -> impl Iterator<Item = &mut Course<Network<f32>, Vec<f64>>> {
        self.members.iter_mut().map(|member| &mut member.course)
    }

    /// What the formula misses.
    pub fn gap(&self) -> f64 {
        self.scores().errors.measured - self.moments().expected()
    }

    /// Probabilities and targets of classes sum to 1 alike: what is left of a bias is rounding.
    fn bias(&self) -> f64 {
        if self.problem.outputs > 1 { 0.0 } else { self.scores().errors.bias }
    }
}

impl HasMoments for Ensemble {
    /// Raw or centred, as chosen.
    fn moments(&self) -> Moments {
        let (errors, n) = (&self.scores().errors, self.members.len() as f64);
        if self.settings.flag("centred") {
            Moments { v: errors.centred_variance, c: errors.centred_covariance, n }
        } else {
            Moments { v: errors.variance, c: errors.covariance, n }
        }
    }
}

impl Lab for Ensemble {
    const METRICS: &'static [Metric<Self>] = &METRICS;
    const VIEWS: &'static [View<Self>] = &VIEWS;

    fn new(settings: &Settings) -> Result<Self> {
        let problem = Problem::new(settings)?;
        let mut lab = Ensemble {
            settings: settings.clone(),
            members: members::build(settings, &problem)?,
            problem,
            steps: 0,
            learning: LearningCurves::new(settings.whole("steps")),
            scores: Memo::default(),
        };
        lab.record();
        Ok(lab)
    }

    fn step(&mut self) -> Result<()> {
        self.scores.forget();
        self.courses().try_for_each(Course::step)?;
        self.steps += 1;
        if self.learning.due(self.steps) {
            self.record();
        }
        Ok(())
    }

    fn set(&mut self, settings: &Settings) {
        learn_by(self.courses(), settings.real("learning_rate"));
        if settings.choice("diversity") == "dropout" {
            let keep_prob = settings.real("keep_prob");
            let set = |network: &mut Network<f32>| network.set_keep_probs(1.0, keep_prob);
            self.courses().for_each(|course| course.change(set));
        }
        self.settings = settings.clone();
    }

    /// A larger ensemble has the members of a smaller one, and some more.
    fn take_up(&mut self, before: &mut Self) {
        if self.problem.test == before.problem.test {
            take_up_any(self.courses(), before.courses());
        }
    }

    fn weights(&self) -> Vec<Weights> {
        let members = self.members.iter().zip(1..);
        weights_of(members.map(|(member, n)| (format!("member {n}"), member.course.now())))
    }

    /// The average of the members' answers.
    fn predict(&self, x: &[f64]) -> Result<Vec<f64>> {
        let mut mean: Vec<f64> = Vec::new();
        for member in &self.members {
            let y_hat = member.predict(x)?;
            mean.resize(y_hat.len(), 0.0);
            mean.iter_mut().zip(y_hat).for_each(|(mean, y_hat)| *mean += y_hat);
        }
        mean.iter_mut().for_each(|mean| *mean /= self.members.len() as f64);
        Ok(mean)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_larger_ensemble_keeps_the_members_there_are() {
        let lab = |query: &str| {
            let query = format!("units=4&n_train=40&steps=5&{query}");
            Ensemble::new(&Settings::from_query(PARAMETERS, &query).unwrap()).unwrap()
        };
        let mut before = lab("n_members=3");
        (0..5).for_each(|_| Lab::step(&mut before).unwrap());
        let mut now = lab("n_members=5");
        now.take_up(&mut before);
        let reached: Vec<u64> = now.courses().map(|course| course.reached()).collect();
        assert_eq!(reached, [5, 5, 5, 0, 0]);
    }
}
