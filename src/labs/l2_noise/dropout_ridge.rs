//! "Dropout", in linear regression: dropout on the inputs is a ridge whose penalty weighs every
//! column by its own size.
//!
//! With masks m of keep probability p, E|y - X (m/p ⊙ w)|^2 = |y - X w|^2 + ((1-p)/p) Σ_j w_j^2 |x_j|^2
//! (Srivastava et al., 2014, section 9.1). On standardised columns this is ridge with alpha = (1-p)/p;
//! on others it is not: dropout does not care in which unit a column is written.

use super::copies::Copies;
use super::disturb::Disturbance;
use super::problem::{DATASET, Problem};
use super::sgd::Sgd;
use super::trace::Trace;
use super::{SLIDE, distance, relative_distance};
use crate::error::{Error, Result};
use crate::figure::{Figure, FigureSpec};
use crate::lab::{AnyLab, LabSpec, MetricSpec};
use crate::nn::{
    DropoutScaling, Moments, Stream, all_masks, dropout_penalty, dropout_ridge, mask_chance, ridge,
};
use crate::param::{ParamSpec, Settings};

const PARAMETERS: &[ParamSpec] = &[
    ParamSpec::real("keep_prob", 0.8, 0.1, 1.0, 0.05)
        .label("Keep probability")
        .symbol("p")
        .help("each input of each example stays with this chance, at every step"),
    ParamSpec::integer("copies", 64, 1, 1024, 1)
        .log()
        .label("Masked copies")
        .symbol("K")
        .help("of the training set, all fitted at once"),
    ParamSpec::flag("rescale", false)
        .label("Columns in other units")
        .help("every column times ¼, ½, 1 or 2: dropout does not notice, ridge does"),
    DATASET,
    ParamSpec::integer("batch_size", 32, 1, 64, 1)
        .label("Batch size")
        .help("examples a step of SGD, each with a mask of its own"),
    ParamSpec::real("learning_rate", 0.02, 0.001, 0.05, 0.001)
        .log()
        .label("Learning rate")
        .symbol("η")
        .help("a smaller one leaves the last iterate calmer, and slower")
        .live(),
    ParamSpec::steps(20_000, 100_000),
    ParamSpec::seed(),
];

const METRICS: &[MetricSpec] = &[
    MetricSpec::new("distance_enumerated", "All 1,024 masks enumerated", AS_SHARE),
    MetricSpec::new("distance_average", "SGD with dropout, average", AS_SHARE).unit("fraction"),
    MetricSpec::new("distance_last", "SGD with dropout, last iterate", AS_SHARE).unit("fraction"),
    MetricSpec::new("distance_copies", "K masked copies, first draw", AS_SHARE).unit("fraction"),
    MetricSpec::new("distance_copies_rms", "K masked copies, over 8 draws", AS_SHARE)
        .unit("fraction"),
    MetricSpec::new("distance_ridge", "Ridge with α = (1−p)/p", AS_SHARE).unit("fraction"),
    MetricSpec::new("distance_units", "The formula, in other units", AS_SHARE),
    MetricSpec::new("distance_unregularized", "Least squares", AS_SHARE).unit("fraction"),
    MetricSpec::new("loss", "Loss without dropout", "at the weights of the formula").symbol("f"),
    MetricSpec::new("penalty", "Penalty", "(1−p)/p times the sum of w² mean(x²)"),
    MetricSpec::new("enumerated_loss", "Loss over all masks", "each weighed by its chance"),
    MetricSpec::new("loss_gap", "Rounding", "of loss + penalty = loss over all masks"),
    MetricSpec::new("ridge_alpha", "α of the ridge compared with", "(1-p)/p").symbol("α"),
];

const AS_SHARE: &str = "distance of the weights, in standard units, as a share of their length";

pub(super) const FIGURES: &[FigureSpec] = &[
    FigureSpec {
        key: "weights",
        title: "The weights, in standard units",
        description: "Every weight by the formula, by SGD with dropout, by ridge, and without.",
    },
    FigureSpec {
        key: "steps",
        title: "Distance to the formula, against steps",
        description: "SGD with fresh masks at every step: the average and the last iterate.",
    },
    FigureSpec {
        key: "copies",
        title: "Distance to the formula, against copies",
        description: "Least squares on K masked copies, eight draws.",
    },
    FigureSpec {
        key: "table",
        title: "Weight by weight",
        description: "The formula, all masks enumerated, and ridge, for every column.",
    },
];

/// The catalogue's entry.
pub const DROPOUT_RIDGE: LabSpec = LabSpec {
    id: "dropout_ridge",
    title: "Dropout = ridge",
    slide: SLIDE,
    claim: "Dropout on the inputs of a linear model is L2 regularization too, column by column.",
    parameters: PARAMETERS,
    metrics: METRICS,
    figures: FIGURES,
    build: |settings| Ok(Box::new(DropoutRidge::new(settings)?)),
};

/// Columns of both data sets: few enough to enumerate all masks.
const COLUMNS: usize = 10;

/// What columns in other units are multiplied by, in turn.
const UNITS: [f64; 4] = [0.25, 0.5, 1.0, 2.0];

/// The lab at one step. Fits are the weights and, after them, an intercept of 0.
pub(super) struct DropoutRidge {
    /// The settings as they are now.
    pub settings: Settings,
    /// The rows learned from.
    pub problem: Problem,
    /// What each column was multiplied by.
    factors: Vec<f64>,
    /// The closed form, in the columns' own units.
    formula: Vec<f64>,
    /// The fits below are in standard units. The closed form.
    pub exact: Vec<f64>,
    /// Least squares over all masks, each weighed by its chance.
    pub enumerated: Vec<f64>,
    /// Ridge with alpha = (1-p)/p.
    pub ridge: Vec<f64>,
    /// Least squares without dropout.
    pub plain: Vec<f64>,
    /// The closed form found on standardised columns.
    standard: Vec<f64>,
    /// Loss, penalty, and the mean loss over all masks.
    losses: [f64; 3],
    sgd: Sgd,
    /// Distances to the closed form: of the average, then of the last iterate.
    pub trace: Trace,
    /// Masked copies.
    pub copies: Copies,
    /// Steps so far.
    pub steps: u64,
    planned: u64,
}

impl DropoutRidge {
    fn new(settings: &Settings) -> Result<Self> {
        let seed = settings.whole("seed") as u32;
        let mut problem = Problem::standard(settings.choice("dataset"), COLUMNS, seed);
        let keep_prob = settings.real("keep_prob");
        let closed = |problem: &Problem| {
            dropout_ridge(&problem.examples.x, &problem.examples.y, COLUMNS, keep_prob).map(padded)
        };
        let standard = closed(&problem)?;
        let unit = |j: usize| if settings.flag("rescale") { UNITS[j % UNITS.len()] } else { 1.0 };
        let factors: Vec<f64> = (0..COLUMNS).map(unit).collect();
        problem.multiply(&factors);
        let formula = closed(&problem)?;
        let data = &problem.examples;
        let by_ridge = |alpha| -> Result<Vec<f64>> {
            Ok(padded(ridge(&data.x, &data.y, COLUMNS, alpha, false)?.weights))
        };
        let (alike, plain) = (by_ridge((1.0 - keep_prob) / keep_prob)?, by_ridge(0.0)?);
        let (rows, masked) = all_masked(&problem, keep_prob);
        let enumerated = masked.fit(0.0, false).unwrap_or_default();
        let penalty = dropout_penalty(&data.x, &formula[..COLUMNS], keep_prob);
        let planned = settings.whole("steps") as u64;
        let in_standard_units = |fit: Vec<f64>| in_units(&fit, &factors);
        Ok(DropoutRidge {
            settings: settings.clone(),
            exact: in_standard_units(formula.clone()),
            enumerated: in_standard_units(enumerated),
            ridge: in_standard_units(alike),
            plain: in_standard_units(plain),
            standard,
            losses: [rows.loss(&formula), penalty, masked.loss(&formula)],
            sgd: Sgd::new(COLUMNS, false, Stream::Mask(0), seed, planned),
            trace: Trace::default(),
            copies: Copies::new(COLUMNS, settings.whole("copies"), Stream::Mask(0), seed),
            steps: 0,
            problem,
            factors,
            formula,
            planned,
        })
    }

    /// SGD's average, then its last iterate, in standard units.
    pub(super) fn learned(&self) -> [Vec<f64>; 2] {
        [&self.sgd.average(), &self.sgd.parameters].map(|fit| in_units(fit, &self.factors))
    }

    /// Distances to the closed form: of the average, then of the last iterate.
    pub(super) fn distances(&self) -> [f64; 2] {
        self.learned().map(|fit| relative_distance(&fit, &self.exact))
    }
}

/// Weights with an intercept of 0 after them.
fn padded(mut weights: Vec<f64>) -> Vec<f64> {
    weights.push(0.0);
    weights
}

/// Weights of columns that were multiplied by `factors`, as weights of the columns before.
pub(super) fn in_units(fit: &[f64], factors: &[f64]) -> Vec<f64> {
    fit.iter().zip(factors.iter().chain(&[1.0])).map(|(w, factor)| w * factor).collect()
}

/// The moments of the rows, and of all masked rows, each mask weighed by its chance.
fn all_masked(problem: &Problem, keep_prob: f64) -> (Moments, Moments) {
    let (mut rows, mut masked) = (Moments::new(COLUMNS), Moments::new(COLUMNS));
    rows.add(&problem.examples.x, &problem.examples.y);
    for mask in all_masks(COLUMNS) {
        let chance = mask_chance(&mask, std::iter::repeat(keep_prob));
        let factors = DropoutScaling::Inverted.factors(&mask, keep_prob);
        masked.add_scaled(&rows, &factors, chance);
    }
    (rows, masked)
}

impl AnyLab for DropoutRidge {
    fn step(&mut self) -> Result<()> {
        let settings = &self.settings;
        let dropout = Disturbance::Dropout { keep_prob: settings.real("keep_prob") };
        let (batch, rate) = (settings.whole("batch_size"), settings.real("learning_rate"));
        let data = &self.problem.examples;
        if !self.sgd.step(data, dropout, batch, rate) {
            return Err(Error::Diverged { step: self.steps + 1 });
        }
        self.steps += 1;
        let progress = (self.steps, self.planned);
        self.copies.advance(progress, data, dropout, false, &self.formula);
        if self.trace.due(self.steps) {
            self.trace.record(self.steps, &self.distances());
        }
        Ok(())
    }

    fn set(&mut self, settings: &Settings) {
        self.settings = settings.clone();
    }

    /// By the averaged weights, for columns in the lab's own units.
    fn predict(&self, x: &[f64]) -> Result<Vec<f64>> {
        super::predict(&self.sgd.average(), x)
    }

    fn metrics(&self) -> Vec<f64> {
        let [average, last] = self.distances();
        let to_exact = |fit: &[f64]| relative_distance(fit, &self.exact);
        let [loss, penalty, enumerated] = self.losses;
        let keep_prob = self.settings.real("keep_prob");
        vec![
            to_exact(&self.enumerated),
            average,
            last,
            self.copies.last(),
            self.copies.rms().last().copied().unwrap_or(f64::NAN),
            to_exact(&self.ridge),
            distance(&self.exact, &self.standard, &self.standard),
            to_exact(&self.plain),
            loss,
            penalty,
            enumerated,
            (loss + penalty - enumerated).abs(),
            (1.0 - keep_prob) / keep_prob,
        ]
    }

    fn figure(&self, key: &str) -> Figure {
        match key {
            "weights" => self.weights_figure(),
            "steps" => self.steps_figure(),
            "copies" => self.copies_figure(),
            _ => self.table_figure(),
        }
    }
}
