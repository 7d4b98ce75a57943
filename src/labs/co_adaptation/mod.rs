//! "Co-adaptation": pathways whose mistakes cancel, and dropout, which makes each stand on its own.
//!
//! W = [[2, -3, 1, -1], [2, -3, -1, 1]] and y_hat, the average of h1 and h2, is 2 x1 - 3 x2: columns 3
//! and 4 are locked. For x ~ N(0, I) one step of SGD takes the mean of W to
//! W - 2 eta (C W - E\[a\] beta'), exactly, and from there follow the course and the end of each way to
//! drop pathways. All of them are trained side by side; `scaling` says which one is looked at.

mod arm;
mod cut;
mod drawing;
mod figures;
mod map;
mod parameters;

use crate::error::{Error, Result};
use crate::lab::learning_curves::{Curves, LearningCurves};
use crate::lab::weights::Weights;
use crate::lab::{
    Lab, LabSpec, Metric, MetricSpec, View, build, figure_specs, metric_specs, number,
};
use crate::labs::arms::named;
use crate::nn::{PathwayScaling, check_rows};
use crate::param::Settings;
use arm::{Arm, Batch, INPUTS};
use parameters::PARAMETERS;

const METRICS: [Metric<CoAdaptation>; 34] = [
    thousandths(
        "pathway_error",
        "Worst pathway alone",
        "expected squared error of one pathway, all others removed; 0 is perfect",
    )
    .of(|lab| lab.shown().worst_alone(&lab.beta)),
    thousandths(
        "full_error",
        "All together",
        "expected squared error of the average of all pathways",
    )
    .symbol("ŷ")
    .of(|lab| lab.shown().full_error(&lab.beta)),
    thousandths("columns_3_4_max", "Largest weight on x₃, x₄", "of any pathway, without sign")
        .of(|lab| lab.shown().largest_of_columns_3_4()),
    thousandths(
        "difference_drift",
        "Change of w₁ − w₂",
        "since the start; of more than two pathways, of the first one and any other",
    )
    .of(|lab| lab.shown().difference_drift()),
    thousandths(
        "distance_to_target",
        "Distance to the target",
        "largest difference of any pathway’s weight, as used in prediction, from the target’s",
    )
    .of(|lab| lab.shown().distance(1.0, &lab.beta)),
    thousandths(
        "distance_to_fixed_point",
        "Distance to the exact end",
        "the same from where the expected weights go",
    )
    .of(|lab| lab.shown().distance(lab.shown().exact_factor(), &lab.beta)),
    thousandths(
        "factor",
        "Shrink factor, measured",
        "weights divided by the target’s, in prediction",
    )
    .of(|lab| lab.shown().factor(&lab.beta)),
    thousandths("exact_factor", "Shrink factor, exact", "where the expected weights go")
        .of(|lab| lab.shown().exact_factor()),
    number(
        "half_life",
        "Differences halve in",
        "what the pathways differ by, on average over all runs",
    )
    .unit("steps")
    .decimals(0)
    .of(|lab| lab.shown().half_life(lab.settings.real("learning_rate"))),
    weight("w_11", "Weight of x₁ in h₁", |lab| lab.shown().row(0)[0]),
    weight("w_12", "Weight of x₂ in h₁", |lab| lab.shown().row(0)[1]),
    weight("w_13", "Weight of x₃ in h₁", |lab| lab.shown().row(0)[2]),
    weight("w_14", "Weight of x₄ in h₁", |lab| lab.shown().row(0)[3]),
    weight("w_21", "Weight of x₁ in h₂", |lab| lab.shown().row(1)[0]),
    weight("w_22", "Weight of x₂ in h₂", |lab| lab.shown().row(1)[1]),
    weight("w_23", "Weight of x₃ in h₂", |lab| lab.shown().row(1)[2]),
    weight("w_24", "Weight of x₄ in h₂", |lab| lab.shown().row(1)[3]),
    weight("y_1", "Weight of x₁ in ŷ", |lab| lab.shown().whole()[0]),
    weight("y_2", "Weight of x₂ in ŷ", |lab| lab.shown().whole()[1]),
    weight("y_3", "Weight of x₃ in ŷ", |lab| lab.shown().whole()[2]),
    weight("y_4", "Weight of x₄ in ŷ", |lab| lab.shown().whole()[3]),
    thousandths("error_1", "Pathway 1 alone", "expected squared error of h₁ alone")
        .of(|lab| lab.shown().error_alone(0, &lab.beta)),
    thousandths("error_2", "Pathway 2 alone", "expected squared error of h₂ alone")
        .of(|lab| lab.shown().error_alone(1, &lab.beta)),
    thousandths("pathway_error_no_dropout", "Worst pathway alone, nothing dropped", BESIDE)
        .of(|lab| lab.arm(PathwayScaling::NoDropout).worst_alone(&lab.beta)),
    thousandths("difference_drift_no_dropout", "Change of w₁ − w₂, nothing dropped", BESIDE)
        .of(|lab| lab.arm(PathwayScaling::NoDropout).difference_drift()),
    thousandths("pathway_error_survivors", "Worst pathway alone, survivors", BESIDE)
        .of(|lab| lab.arm(PathwayScaling::Survivors).worst_alone(&lab.beta)),
    thousandths("pathway_error_inverted", "Worst pathway alone, by 1/p", BESIDE)
        .of(|lab| lab.arm(PathwayScaling::Inverted).worst_alone(&lab.beta)),
    thousandths("pathway_error_at_test", "Worst pathway alone, by p at test time", BESIDE)
        .of(|lab| lab.arm(PathwayScaling::AtTest).worst_alone(&lab.beta)),
    thousandths("full_error_no_dropout", "All together, nothing dropped", BESIDE)
        .of(|lab| lab.arm(PathwayScaling::NoDropout).full_error(&lab.beta)),
    thousandths("full_error_survivors", "All together, survivors", BESIDE)
        .of(|lab| lab.arm(PathwayScaling::Survivors).full_error(&lab.beta)),
    thousandths("full_error_inverted", "All together, by 1/p", BESIDE)
        .of(|lab| lab.arm(PathwayScaling::Inverted).full_error(&lab.beta)),
    thousandths("full_error_at_test", "All together, by p at test time", BESIDE)
        .of(|lab| lab.arm(PathwayScaling::AtTest).full_error(&lab.beta)),
    thousandths("factor_inverted", "Shrink factor of 1/p, measured", BESIDE)
        .of(|lab| lab.arm(PathwayScaling::Inverted).factor(&lab.beta)),
    thousandths(
        "exact_factor_inverted",
        "Shrink factor of p or 1/p, exact",
        "1 / (1 + (1−p)/(p k))",
    )
    .of(|lab| lab.arm(PathwayScaling::Inverted).exact_factor()),
];

/// Of what is told beside the network that is shown.
const BESIDE: &str = "of the network trained beside this one";

/// A number with three decimals.
const fn thousandths(key: &'static str, label: &'static str, help: &'static str) -> MetricSpec {
    number(key, label, help).decimals(3)
}

const fn weight(
    key: &'static str,
    label: &'static str,
    of: fn(&CoAdaptation) -> f64,
) -> Metric<CoAdaptation> {
    number(key, label, "of h in training, of ŷ in prediction").decimals(2).of(of)
}

const VIEWS: [View<CoAdaptation>; 8] = [
    View::new(
        "network",
        "The network and its pathways",
        "x1 to x4, one hidden neuron a pathway, and ŷ, their average; what is dropped for \
         one example of this step is crossed out.",
        CoAdaptation::network_picture,
    ),
    View::new(
        "errors",
        "One pathway alone, and all together",
        "Expected squared error of the worst pathway with all others removed, and of the \
         average of all.",
        CoAdaptation::errors_picture,
    ),
    View::new(
        "pathway_1",
        "Weights of pathway 1",
        "SGD and, thin and green, the exact expectation of each weight.",
        |lab| lab.pathway_picture(0),
    ),
    View::new(
        "pathway_2",
        "Weights of pathway 2",
        "SGD and, thin and green, the exact expectation of each weight.",
        |lab| lab.pathway_picture(1),
    ),
    View::new(
        "arms",
        "Four ways, side by side",
        "The same examples, the same start: what each way leads to.",
        CoAdaptation::arms_picture,
    ),
    View::new(
        "shrink",
        "What scaling shrinks",
        "The weights over the target’s: exactly where they go, for 1 to 32 pathways, and \
         where they are.",
        CoAdaptation::shrink_picture,
    ),
    View::new(
        "cut_before",
        "Before",
        "The network with its weights of the start, and what it answers for one example without the \
         pathways that are cut.",
        CoAdaptation::cut_before_picture,
    )
    .with_handles(CoAdaptation::cut_handles),
    View::new(
        "cut_after",
        "After training",
        "The network as it is trained now, and what it answers for the same example without the same \
         pathways.",
        CoAdaptation::cut_after_picture,
    )
    .with_handles(CoAdaptation::cut_handles),
];

/// The catalogue's entry.
pub const CO_ADAPTATION: LabSpec = LabSpec {
    id: "co_adaptation",
    title: "Co-adaptation",
    slide: "Co-adaptation",
    claim: "Dropout unlocks co-adapted weights: each pathway must stand on its own.",
    parameters: PARAMETERS,
    metrics: &metric_specs(&METRICS),
    figures: &figure_specs(&VIEWS),
    main: Some(map::MAP),
    build: build::<CoAdaptation>,
};

/// What is recorded of every arm; of the weights only those of pathways 1 and 2.
#[derive(Clone, Copy, PartialEq)]
enum Measure {
    /// The error of the worst pathway alone.
    WorstAlone,
    /// The error of all together.
    Full,
    /// The weight at this place of W.
    Weight(usize),
    /// Its exact expectation.
    Expected(usize),
}

/// The lab at one step.
struct CoAdaptation {
    settings: Settings,
    beta: [f64; INPUTS],
    batch: Batch,
    arms: Vec<Arm>,
    steps: u64,
    learning: LearningCurves<(PathwayScaling, Measure)>,
}

impl CoAdaptation {
    /// The network that is trained in this way.
    fn arm(&self, scaling: PathwayScaling) -> &Arm {
        self.arms.iter().find(|arm| arm.scaling == scaling).expect("all ways are trained")
    }

    /// The network that is looked at.
    fn shown(&self) -> &Arm {
        self.arm(named(self.settings.choice("scaling"), &PathwayScaling::NAMES))
    }

    fn values(&self) -> impl Iterator<Item = ((PathwayScaling, Measure), f64)> {
        self.arms.iter().flat_map(|arm| {
            let errors = [
                (Measure::WorstAlone, arm.worst_alone(&self.beta)),
                (Measure::Full, arm.full_error(&self.beta)),
            ];
            let weights = (0..2 * INPUTS).flat_map(|i| {
                [(Measure::Weight(i), arm.w[i]), (Measure::Expected(i), arm.expected[i])]
            });
            errors
                .into_iter()
                .chain(weights)
                .map(|(measure, value)| ((arm.scaling, measure), value))
        })
    }

    fn curves(&self) -> Curves<'_, (PathwayScaling, Measure)> {
        self.learning.until(self.steps, self.values())
    }

    fn record(&mut self) {
        let values: Vec<_> = self.values().collect();
        self.learning.record(self.steps, values);
    }
}

impl Lab for CoAdaptation {
    const METRICS: &'static [Metric<Self>] = &METRICS;
    const VIEWS: &'static [View<Self>] = &VIEWS;

    fn new(settings: &Settings) -> Result<Self> {
        let (k, keep_prob) = (settings.whole("n_pathways"), settings.real("keep_prob"));
        let arm = |(_, scaling)| Arm::new(scaling, k, keep_prob);
        let x3_x4 = if settings.choice("target") == "x3_x4" { 1.0 } else { 0.0 };
        let mut lab = CoAdaptation {
            beta: [2.0, -3.0, x3_x4, x3_x4],
            batch: Batch::new(settings.seed(), k),
            arms: PathwayScaling::NAMES.into_iter().map(arm).collect::<Result<_>>()?,
            steps: 0,
            // The first steps count: three times as many points as other labs.
            learning: LearningCurves::new(settings.whole("steps").div_ceil(3)),
            settings: settings.clone(),
        };
        lab.record();
        Ok(lab)
    }

    fn step(&mut self) -> Result<()> {
        // Before anything has moved: the other arms go on as if this one had never been looked at.
        if self.shown().diverged {
            return Err(Error::Diverged { step: self.shown().steps + 1 });
        }
        self.batch.draw(&self.settings);
        let rate = self.settings.real("learning_rate");
        self.arms.iter_mut().try_for_each(|arm| arm.step(&self.batch, &self.beta, rate))?;
        self.steps += 1;
        if self.learning.due(self.steps) {
            self.record();
        }
        Ok(())
    }

    fn set(&mut self, settings: &Settings) {
        for arm in &mut self.arms {
            arm.set_keep_prob(settings.real("keep_prob")).expect("the parameter's own range");
        }
        self.settings = settings.clone();
    }

    fn weights(&self) -> Vec<Weights> {
        let one = |(name, scaling)| {
            let w = &self.arm(scaling).w;
            Weights::linear(name, &[w.len() / INPUTS, INPUTS], w)
        };
        PathwayScaling::NAMES.into_iter().map(one).collect()
    }

    fn predict(&self, x: &[f64]) -> Result<Vec<f64>> {
        check_rows("x", x, INPUTS)?;
        let (rows, whole) = (x.chunks_exact(INPUTS), self.shown().whole());
        Ok(rows.map(|row| row.iter().zip(whole).map(|(x, w)| x * w).sum()).collect())
    }
}
