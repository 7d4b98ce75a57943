//! "Co-adaptation": pathways whose mistakes cancel, and dropout, which makes each stand on its own.
//!
//! W = [[2, -3, 1, -1], [2, -3, -1, 1]] and y_hat, the average of h1 and h2, is 2 x1 - 3 x2: columns 3
//! and 4 are locked. For x ~ N(0, I) one step of SGD takes the mean of W to
//! W - 2 eta (C W - E\[a\] beta'), exactly, and from there follow the course and the end of each way to
//! drop pathways. All of them are trained side by side; `scaling` says which one is looked at.

mod arm;
mod drawing;
mod figures;

use crate::error::{Error, Result};
use crate::figure::{Figure, FigureSpec};
use crate::lab::{AnyLab, LabSpec, MetricSpec};
use crate::labs::curves::Curves;
use crate::nn::PathwayScaling;
use crate::param::{Choice, ParamSpec, Settings};
use arm::{Arm, Batch, INPUTS};

const PARAMETERS: &[ParamSpec] = &[
    ParamSpec::choice(
        "scaling",
        "survivors",
        &[
            Choice::new("no_dropout", "nothing dropped"),
            Choice::new("survivors", "average of the survivors"),
            Choice::new("inverted", "in training, by 1/p"),
            Choice::new("at_test", "at test time, by p"),
        ],
    )
    .label("Dropout and scaling")
    .help("what makes up for the pathways that are out; all four are trained side by side")
    .view(),
    ParamSpec::real("keep_prob", 0.5, 0.05, 1.0, 0.05)
        .label("Keep probability")
        .symbol("p")
        .help("each pathway stays with this chance, for every example anew")
        .live(),
    ParamSpec::integer("n_pathways", 2, 2, 32, 1)
        .label("Pathways")
        .symbol("k")
        .help("hidden neurons; their weights start as the slide's two rows, in turn"),
    ParamSpec::choice(
        "target",
        "slide",
        &[
            Choice::new("slide", "2x₁ − 3x₂, as on the slide"),
            Choice::new("x3_x4", "2x₁ − 3x₂ + x₃ + x₄"),
        ],
    )
    .label("Target y")
    .help("what is to be learned; in the second one x₃ and x₄ matter"),
    ParamSpec::real("label_noise", 0.0, 0.0, 3.0, 0.1)
        .label("Noise on y")
        .help("standard deviation of Gaussian noise on the labels of training")
        .live(),
    ParamSpec::real("learning_rate", 0.02, 0.0001, 0.5, 0.0001)
        .log()
        .label("Learning rate")
        .symbol("η")
        .help("each weight changes by this times its gradient")
        .live(),
    ParamSpec::integer("batch_size", 16, 1, 128, 1)
        .label("Batch size")
        .help("fresh examples a step, each with a mask of its own")
        .live(),
    ParamSpec::steps(1000, 100_000),
    ParamSpec::seed(),
];

const METRICS: &[MetricSpec] = &[
    MetricSpec::new(
        "pathway_error",
        "Worst pathway alone",
        "expected squared error of one pathway, all others removed; 0 is perfect",
    )
    .decimals(3),
    MetricSpec::new(
        "full_error",
        "All together",
        "expected squared error of the average of all pathways",
    )
    .symbol("ŷ")
    .decimals(3),
    MetricSpec::new("columns_3_4_max", "Largest weight on x₃, x₄", "of any pathway, without sign")
        .decimals(3),
    MetricSpec::new(
        "difference_drift",
        "Change of w₁ − w₂",
        "since the start; of more than two pathways, of the first one and any other",
    )
    .decimals(3),
    MetricSpec::new(
        "distance_to_target",
        "Distance to the target",
        "largest difference of any pathway's weight, as used in prediction, from the target's",
    )
    .decimals(3),
    MetricSpec::new(
        "distance_to_fixed_point",
        "Distance to the exact end",
        "the same from where the expected weights go",
    )
    .decimals(3),
    MetricSpec::new(
        "factor",
        "Shrink factor, measured",
        "weights over the target's, in prediction",
    )
    .decimals(3),
    MetricSpec::new("exact_factor", "Shrink factor, exact", "where the expected weights go")
        .decimals(3),
    MetricSpec::new(
        "half_life",
        "Differences halve in",
        "what the pathways differ by, on average over all runs",
    )
    .unit("steps")
    .decimals(0),
    weight("w_11", "Weight of x₁ in h₁"),
    weight("w_12", "Weight of x₂ in h₁"),
    weight("w_13", "Weight of x₃ in h₁"),
    weight("w_14", "Weight of x₄ in h₁"),
    weight("w_21", "Weight of x₁ in h₂"),
    weight("w_22", "Weight of x₂ in h₂"),
    weight("w_23", "Weight of x₃ in h₂"),
    weight("w_24", "Weight of x₄ in h₂"),
    weight("y_1", "Weight of x₁ in ŷ"),
    weight("y_2", "Weight of x₂ in ŷ"),
    weight("y_3", "Weight of x₃ in ŷ"),
    weight("y_4", "Weight of x₄ in ŷ"),
    MetricSpec::new("error_1", "Pathway 1 alone", "expected squared error of h₁ alone").decimals(3),
    MetricSpec::new("error_2", "Pathway 2 alone", "expected squared error of h₂ alone").decimals(3),
    MetricSpec::new("pathway_error_no_dropout", "Worst pathway alone, nothing dropped", BESIDE)
        .decimals(3),
    MetricSpec::new("difference_drift_no_dropout", "Change of w₁ − w₂, nothing dropped", BESIDE)
        .decimals(3),
    MetricSpec::new("pathway_error_survivors", "Worst pathway alone, survivors", BESIDE)
        .decimals(3),
    MetricSpec::new("factor_inverted", "Shrink factor of 1/p, measured", BESIDE).decimals(3),
    MetricSpec::new(
        "exact_factor_inverted",
        "Shrink factor of p or 1/p, exact",
        "1 / (1 + (1−p)/(p k))",
    )
    .decimals(3),
];

/// Of what is told beside the chosen arm.
const BESIDE: &str = "of the network trained beside this one";

const fn weight(key: &'static str, label: &'static str) -> MetricSpec {
    MetricSpec::new(key, label, "of h in training, of ŷ in prediction").decimals(2)
}

const FIGURES: &[FigureSpec] = &[
    FigureSpec {
        key: "network",
        title: "The network and its pathways",
        description: "x1 to x4, one hidden neuron a pathway, and ŷ, their average; what is dropped for \
                      one example of this step is crossed out.",
    },
    FigureSpec {
        key: "errors",
        title: "One pathway alone, and all together",
        description: "Expected squared error of the worst pathway with all others removed, and of the \
                      average of all.",
    },
    FigureSpec {
        key: "pathway_1",
        title: "Weights of pathway 1",
        description: "SGD and, thin and green, the exact expectation of each weight.",
    },
    FigureSpec {
        key: "pathway_2",
        title: "Weights of pathway 2",
        description: "SGD and, thin and green, the exact expectation of each weight.",
    },
    FigureSpec {
        key: "arms",
        title: "Four ways, side by side",
        description: "The same examples, the same start: what each way comes to.",
    },
    FigureSpec {
        key: "shrink",
        title: "What scaling shrinks",
        description: "The weights over the target's: exactly where they go, for 1 to 32 pathways, and \
                      where they are.",
    },
];

/// The catalogue's entry.
pub const CO_ADAPTATION: LabSpec = LabSpec {
    id: "co_adaptation",
    title: "Co-adaptation",
    slide: "Co-adaptation",
    claim: "Dropout unlocks co-adapted weights: each pathway must stand on its own.",
    parameters: PARAMETERS,
    metrics: METRICS,
    figures: FIGURES,
    build: |settings| Ok(Box::new(CoAdaptation::new(settings)?)),
};

/// What the curves record of every arm: the error of the worst pathway, that of all together, then the
/// weights of pathways 1 and 2, then their expectations.
const WORST_ALONE: usize = 0;
const FULL_ERROR: usize = 1;
const WEIGHTS: usize = 2;
const EXPECTED: usize = WEIGHTS + 2 * INPUTS;
const CURVES: usize = EXPECTED + 2 * INPUTS;

/// The lab at one step.
struct CoAdaptation {
    settings: Settings,
    beta: [f64; INPUTS],
    batch: Batch,
    /// In the order of [`PathwayScaling::NAMES`].
    arms: Vec<Arm>,
    steps: u64,
    curves: Curves,
}

impl CoAdaptation {
    fn new(settings: &Settings) -> Result<Self> {
        let (k, keep_prob) = (settings.whole("n_pathways"), settings.real("keep_prob"));
        let arm = |(_, scaling)| Arm::new(scaling, k, keep_prob);
        let x3_x4 = if settings.choice("target") == "x3_x4" { 1.0 } else { 0.0 };
        let mut lab = CoAdaptation {
            beta: [2.0, -3.0, x3_x4, x3_x4],
            batch: Batch::new(settings.whole("seed") as u32, k),
            arms: PathwayScaling::NAMES.into_iter().map(arm).collect::<Result<_>>()?,
            steps: 0,
            // The first steps count: three times as many points as other labs.
            curves: Curves::new(
                PathwayScaling::NAMES.len() * CURVES,
                settings.whole("steps").div_ceil(3),
            ),
            settings: settings.clone(),
        };
        lab.record();
        Ok(lab)
    }

    /// The place of the arm that is looked at.
    fn chosen(&self) -> usize {
        let chosen = self.settings.choice("scaling");
        let place = PathwayScaling::NAMES.iter().position(|(name, _)| *name == chosen);
        place.expect("every choice of the lab has a name in the engine")
    }

    /// The arm all figures and metrics are about.
    fn arm(&self) -> &Arm {
        &self.arms[self.chosen()]
    }

    /// Its way to drop pathways.
    fn scaling(&self) -> PathwayScaling {
        PathwayScaling::NAMES[self.chosen()].1
    }

    /// What the curves of one arm show now.
    fn values(&self, arm: &Arm) -> [f64; CURVES] {
        let mut values = [0.0; CURVES];
        values[WORST_ALONE] = arm.worst_alone(&self.beta);
        values[FULL_ERROR] = arm.full_error(&self.beta);
        values[WEIGHTS..EXPECTED].copy_from_slice(&arm.w[..2 * INPUTS]);
        values[EXPECTED..].copy_from_slice(&arm.expected[..2 * INPUTS]);
        values
    }

    fn record(&mut self) {
        let values: Vec<f64> = self.arms.iter().flat_map(|arm| self.values(arm)).collect();
        self.curves.record(self.steps, &values);
    }

    /// The largest difference of any pathway's weight, as used in prediction, from `factor` times the
    /// target's.
    fn distance(&self, factor: f64) -> f64 {
        let (arm, scale) = (self.arm(), self.arm().test_scale());
        let away = |(i, w): (usize, &f64)| (scale * w - factor * self.beta[i % INPUTS]).abs();
        let largest = |largest: f64, away: f64| if away > largest { away } else { largest };
        if factor.is_nan() { factor } else { arm.w.iter().enumerate().map(away).fold(0.0, largest) }
    }
}

/// Columns 3 and 4 of W.
fn largest_of_columns_3_4(arm: &Arm) -> f64 {
    let columns = arm.w.chunks_exact(INPUTS).flat_map(|row| &row[2..]);
    columns.fold(0.0, |largest, w| largest.max(w.abs()))
}

impl AnyLab for CoAdaptation {
    fn step(&mut self) -> Result<()> {
        // Before anything has moved: the other arms go on as if this one had never been looked at.
        if self.arm().diverged {
            return Err(Error::Diverged { step: self.arm().steps + 1 });
        }
        self.batch.draw(&self.settings);
        let rate = self.settings.real("learning_rate");
        self.arms.iter_mut().try_for_each(|arm| arm.step(&self.batch, &self.beta, rate))?;
        self.steps += 1;
        if self.curves.due(self.steps) {
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

    fn predict(&self, x: &[f64]) -> Result<Vec<f64>> {
        let rows = x.chunks_exact(INPUTS);
        if x.is_empty() || !rows.remainder().is_empty() || !x.iter().all(|x| x.is_finite()) {
            return Err(Error::invalid(format!("x: must be rows of {INPUTS} finite numbers")));
        }
        let whole = self.arm().whole();
        Ok(rows.map(|row| row.iter().zip(whole).map(|(x, w)| x * w).sum()).collect())
    }

    fn metrics(&self) -> Vec<f64> {
        let (arm, beta) = (self.arm(), &self.beta);
        let [no_dropout, survivors, inverted] = [0, 1, 2].map(|place| &self.arms[place]);
        let mut metrics = vec![
            arm.worst_alone(beta),
            arm.full_error(beta),
            largest_of_columns_3_4(arm),
            arm.difference_drift(),
            self.distance(1.0),
            self.distance(arm.exact_factor()),
            arm.factor(beta),
            arm.exact_factor(),
            arm.half_life(self.settings.real("learning_rate")),
        ];
        metrics.extend(&arm.w[..2 * INPUTS]);
        metrics.extend(arm.whole());
        metrics.extend([0, 1].map(|pathway| arm.error_alone(pathway, beta)));
        metrics.extend([
            no_dropout.worst_alone(beta),
            no_dropout.difference_drift(),
            survivors.worst_alone(beta),
            inverted.factor(beta),
            inverted.exact_factor(),
        ]);
        metrics
    }

    fn figure(&self, key: &str) -> Figure {
        match key {
            "network" => self.network_figure(),
            "errors" => self.errors_figure(),
            "pathway_1" => self.pathway_figure(0),
            "pathway_2" => self.pathway_figure(1),
            "arms" => self.arms_figure(),
            _ => self.shrink_figure(),
        }
    }
}

#[cfg(test)]
mod tests;
