//! "Ensembles": networks that are really trained, and the formula measured on their errors.
//!
//! With v the mean of E\[e_i^2\] over the members and c that of E\[e_i e_j\] over their pairs, the squared
//! error of the average is v/n + (n-1)/n c, to rounding, biased or not. Krogh and Vedelsby read the
//! same numbers as v less the ambiguity, the mean squared distance of the members from their average.

use super::members::{self, Member};
use super::problem::Problem;
use super::scores::Scores;
use super::{MOST_MEMBERS, expected};
use crate::error::Result;
use crate::figure::{Figure, FigureSpec};
use crate::lab::{AnyLab, LabSpec, MetricSpec};
use crate::labs::curves::Curves;
use crate::param::{Choice, ParamSpec, Setting, Settings};
use std::sync::OnceLock;

/// The choices of data set; a person who picks one is offered settings that suit it.
pub(super) const DATASETS: &[Choice] = &[
    Choice::new("diabetes", "Diabetes, 442 patients").suggests(&[
        ("n_train", Setting::Number(200.0)),
        ("units", Setting::Number(32.0)),
        ("n_members", Setting::Number(10.0)),
        ("steps", Setting::Number(1500.0)),
    ]),
    Choice::new("generated", "Generated: sin 2x₁ + x₂x₃/2 + noise").suggests(&[
        ("n_train", Setting::Number(60.0)),
        ("units", Setting::Number(32.0)),
        ("n_members", Setting::Number(10.0)),
        ("steps", Setting::Number(1500.0)),
    ]),
    Choice::new("digits", "Handwritten digits").suggests(&[
        ("n_train", Setting::Number(200.0)),
        ("units", Setting::Number(16.0)),
        ("n_members", Setting::Number(15.0)),
        ("steps", Setting::Number(600.0)),
    ]),
];

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
        .help("networks trained apart, their answers averaged"),
    ParamSpec::choice("diversity", "seed", DIVERSITIES)
        .label("What differs between them")
        .help("and in all cases but the last initial weights and the order of the examples"),
    ParamSpec::choice("dataset", "diabetes", DATASETS)
        .label("Data")
        .help("what the networks are to learn"),
    ParamSpec::integer("n_train", 200, 10, 1100, 10).label("Training examples").help(
        "for each network; independent parts of real data are smaller where there is no more",
    ),
    ParamSpec::flag("centred", false)
        .label("Centred moments")
        .help(
            "v and c about the mean errors, as a statistician's: the formula then misses the bias",
        )
        .view(),
    ParamSpec::integer("units", 32, 1, 64, 1)
        .label("Hidden neurons")
        .help("tanh neurons in the hidden layer of each network"),
    ParamSpec::real("keep_prob", 0.8, 0.05, 1.0, 0.05)
        .label("Keep probability")
        .symbol("p")
        .help("where dropout makes the difference, a hidden neuron stays with this chance")
        .live(),
    ParamSpec::real("learning_rate", 0.005, 0.00001, 0.1, 0.00001)
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

const METRICS: &[MetricSpec] = &[
    MetricSpec::new("variance", "Variance", "mean squared error of a member").symbol("v"),
    MetricSpec::new("covariance", "Covariance", "mean product of two members' errors").symbol("c"),
    MetricSpec::new("correlation", "c/v", "1: all err alike, 0: errors have nothing in common"),
    MetricSpec::new("predicted", "Formula", "v/n + (n−1)/n · c"),
    MetricSpec::new("measured", "Measured", "mean squared error of the members' average"),
    MetricSpec::new("gap", "Measured − formula", "0 to rounding; with centred moments bias²"),
    MetricSpec::new("share", "Measured over average member", "the part of the error that is left")
        .unit("fraction"),
    MetricSpec::new(
        "ambiguity",
        "Ambiguity",
        "mean squared distance of members from their average",
    ),
    MetricSpec::new("bias", "Bias", "mean error of the average"),
    MetricSpec::new("bias_squared", "Bias²", "what the formula misses with centred moments"),
    MetricSpec::new("mean_member", "Average member", "of digits: wrong answers, a fraction"),
    MetricSpec::new("best_member", "Best member", "the same of the best one: hindsight"),
    MetricSpec::new("error_average", "Wrong answers, averaged", "of digits").unit("fraction"),
    MetricSpec::new("error_vote", "Wrong answers, by vote", "of digits: what most networks say")
        .unit("fraction"),
    MetricSpec::new("variance_term", "First term", "v/n"),
    MetricSpec::new("covariance_term", "Second term", "(n−1)/n · c"),
    MetricSpec::new("diagonal_sum", "Sum of the diagonal", "n v"),
    MetricSpec::new("off_diagonal_sum", "Sum off the diagonal", "n (n−1) c"),
    MetricSpec::new(
        "raw_variance",
        "Mean squared error of a member",
        "whatever moments are chosen",
    ),
];

pub(super) const FIGURES: &[FigureSpec] = &[
    FigureSpec {
        key: "sizes",
        title: "Error against ensemble size",
        description: "The average of the first 1, 2, 3, … networks on the test set, the formula with \
                      the measured v and c, and every network alone.",
    },
    FigureSpec {
        key: "course",
        title: "Error while they learn",
        description: "Mean squared error on the test set: of every network, and of their average.",
    },
    FigureSpec {
        key: "correlation",
        title: "How alike two networks err",
        description: "The correlations of the networks' errors on the test set.",
    },
    FigureSpec {
        key: "readings",
        title: "Two readings of the same numbers",
        description: "The slides' formula and Krogh and Vedelsby's, term by term.",
    },
];

/// The catalogue's entry.
pub const ENSEMBLES: LabSpec = LabSpec {
    id: "ensembles",
    title: "Ensembles",
    slide: "Ensembles",
    claim: "An ensemble errs less than its average network, by as much as its networks disagree.",
    parameters: PARAMETERS,
    metrics: METRICS,
    figures: FIGURES,
    build: |settings| Ok(Box::new(Ensemble::new(settings)?)),
};

/// The lab at one step.
pub(super) struct Ensemble {
    pub settings: Settings,
    pub problem: Problem,
    pub members: Vec<Member>,
    pub steps: u64,
    /// The error of the average, then those of the members.
    pub curves: Curves,
    /// How they do now: found when first asked for, and forgotten at the next step.
    scores: OnceLock<Scores>,
}

impl Ensemble {
    fn new(settings: &Settings) -> Result<Self> {
        let problem = Problem::new(settings)?;
        let members = members::build(settings, &problem)?;
        let curves = Curves::new(1 + members.len(), settings.whole("steps"));
        let (settings, scores) = (settings.clone(), OnceLock::new());
        let mut lab = Ensemble { settings, problem, members, steps: 0, curves, scores };
        lab.record();
        Ok(lab)
    }

    /// How the ensemble does now.
    pub fn scores(&self) -> &Scores {
        self.scores.get_or_init(|| Scores::of(&self.members, &self.problem))
    }

    fn record(&mut self) {
        let values = self.scores().on_curves();
        self.curves.record(self.steps, &values);
    }

    /// v and c, raw or centred as chosen.
    pub fn moments(&self) -> (f64, f64) {
        let errors = &self.scores().errors;
        if self.settings.flag("centred") {
            (errors.centred_variance, errors.centred_covariance)
        } else {
            (errors.variance, errors.covariance)
        }
    }

    /// v/n + (n-1)/n c with the chosen moments.
    pub fn predicted(&self) -> f64 {
        let (variance, covariance) = self.moments();
        expected(variance, covariance, self.members.len() as f64)
    }
}

impl AnyLab for Ensemble {
    fn step(&mut self) -> Result<()> {
        self.scores = OnceLock::new();
        for member in &mut self.members {
            member.network.step(1)?;
        }
        self.steps += 1;
        if self.curves.due(self.steps) {
            self.record();
        }
        Ok(())
    }

    fn set(&mut self, settings: &Settings) {
        let dropout = settings.choice("diversity") == "dropout";
        for Member { network, .. } in &mut self.members {
            network.set_learning_rate(settings.real("learning_rate"));
            if dropout {
                network.set_keep_probs(1.0, settings.real("keep_prob"));
            }
        }
        self.settings = settings.clone();
    }

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

    fn metrics(&self) -> Vec<f64> {
        let (v, c) = self.moments();
        let (scores, n) = (self.scores(), self.members.len() as f64);
        let errors = &scores.errors;
        // Probabilities and targets of classes sum to 1 alike: what is left of a bias is rounding.
        let bias = if self.problem.outputs > 1 { 0.0 } else { errors.bias };
        let best = scores.members.iter().copied().fold(f64::INFINITY, f64::min);
        vec![
            v,
            c,
            c / v,
            self.predicted(),
            errors.measured,
            errors.measured - self.predicted(),
            errors.measured / errors.variance,
            errors.ambiguity,
            bias,
            bias * bias,
            scores.members.iter().sum::<f64>() / n,
            best,
            scores.error_average,
            scores.error_vote,
            v / n,
            (n - 1.0) / n * c,
            n * v,
            n * (n - 1.0) * c,
            errors.variance,
        ]
    }

    fn figure(&self, key: &str) -> Figure {
        match key {
            "sizes" => self.sizes_figure(),
            "course" => self.course_figure(),
            "correlation" => self.correlation_figure(),
            _ => self.readings_figure(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::Run;
    use crate::value::Value;

    fn run(query: &str) -> Result<Run> {
        let settings = Settings::from_query(PARAMETERS, query)?;
        let mut run = Run::new(&ENSEMBLES, settings)?;
        run.step(run.progress().of)?;
        Ok(run)
    }

    fn metric(run: &Run, key: &str) -> f64 {
        run.metrics().into_iter().find(|(known, _)| *known == key).unwrap().1
    }

    /// Every way to differ on every data set: the formula is the measurement, to rounding.
    #[test]
    fn both_readings_are_the_measured_error_whatever_the_networks_are() {
        for dataset in DATASETS {
            for diversity in DIVERSITIES {
                let (dataset, diversity) = (dataset.value, diversity.value);
                let query = format!(
                    "dataset={dataset}&diversity={diversity}&n_train=40&units=8&n_members=4&steps=9"
                );
                let mut run = run(&query).unwrap();
                let measured = metric(&run, "measured");
                let reading = metric(&run, "raw_variance") - metric(&run, "ambiguity");
                assert!((metric(&run, "gap") / measured).abs() < 1e-12, "{query}");
                assert!((reading / measured - 1.0).abs() < 1e-12, "{query}");
                assert!(measured <= metric(&run, "raw_variance") * (1.0 + 1e-12), "{query}");
                run.set("centred", &Value::Flag(true)).unwrap();
                let missed = metric(&run, "gap") - metric(&run, "bias_squared");
                assert!((missed / measured).abs() < 1e-12, "{query}");
            }
        }
    }

    #[test]
    fn identical_copies_are_equal_to_the_last_bit() {
        let run = run("diversity=identical&n_members=3&steps=20").unwrap();
        let Figure { body: crate::figure::Body::Heat(heat), .. } =
            run.figure("correlation").unwrap()
        else {
            panic!("a heat map")
        };
        assert!(heat.values.iter().all(|correlation| (correlation - 1.0).abs() < 1e-15));
        assert_eq!(metric(&run, "mean_member"), metric(&run, "best_member"));
    }

    #[test]
    fn the_first_member_is_the_network_that_stands_alone() {
        let alone = run("n_members=1&steps=20").unwrap();
        let three = run("n_members=3&steps=20").unwrap();
        let first = |run: &Run| match run.figure("sizes").unwrap().body {
            crate::figure::Body::Chart(chart) => chart.series[3].y[0],
            _ => panic!("a chart"),
        };
        assert_eq!(first(&alone), first(&three));
        assert_eq!(metric(&alone, "measured"), first(&alone));
        assert_eq!(metric(&alone, "ambiguity"), 0.0);
    }

    #[test]
    fn more_examples_or_weights_than_there_is_room_for_are_refused() {
        let message = run("n_train=310").err().unwrap().to_string();
        assert!(
            message.starts_with("n_train = 310: must be at most 300 with dataset"),
            "{message}"
        );
        let message =
            run("dataset=digits&units=64&n_members=30&steps=1").err().unwrap().to_string();
        assert!(message.starts_with("n_members = 30: members of this size"), "{message}");
    }
}
