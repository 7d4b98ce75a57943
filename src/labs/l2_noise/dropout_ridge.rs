//! "Dropout", in linear regression: dropout on the inputs is a ridge whose penalty weighs every
//! column by its own size.
//!
//! With masks m of keep probability p, E|y - X (m/p ⊙ w)|^2 = |y - X w|^2 + ((1-p)/p) Σ_j w_j^2 |x_j|^2
//! (Srivastava et al., 2014, section 9.1). On standardised columns this is ridge with alpha = (1-p)/p;
//! on others it is not: dropout does not care in which unit a column is written.

use super::disturb::Disturbance;
use super::fitting::{COPIES, Fitting, LEARNING_RATE};
use super::masked::{COLUMNS, all_masked, alpha_of};
use super::problem::{DATASET, Problem};
use super::rare::{self, Kept, RARE};
use super::units::Units;
use super::{SLIDE, distance};
use crate::data::Examples;
use crate::error::Result;
use crate::lab::memo::Memo;
use crate::lab::weights::Weights;
use crate::lab::{Lab, LabSpec, Metric, View, build, figure_specs, metric_specs, number, share};
use crate::nn::{Stream, dropout_penalty, dropout_ridge, ridge};
use crate::param::presets;
use crate::param::{Mark, ParamSpec, Place, Settings};

const PARAMETERS: &[ParamSpec] = &[
    ParamSpec::real("keep_prob", 0.8, 0.1, 1.0, 0.05)
        .label("Keep probability")
        .symbol("p")
        .help("each input of each example is kept with this probability, at every step"),
    COPIES.label("Masked copies"),
    ParamSpec::flag("rescale", false)
        .label("Columns in other units")
        .help("every column times ¼, ½, 1 or 2: dropout does not notice, ridge does"),
    RARE,
    ParamSpec::real("unit", 1.0, 0.0, 3.0, 0.1)
        .label("Unit of blood pressure")
        .symbol("n")
        .help("blood pressure in units of 10ⁿ mm of mercury; the patients stay as they are")
        .marks(&[
            Mark { label: "mm", at: Place::Number(0.0) },
            Mark { label: "cm", at: Place::Number(1.0) },
            Mark { label: "m", at: Place::Number(3.0) },
        ])
        .view(),
    DATASET,
    presets::batch_size(32, 64).help("examples per step of SGD, each with a mask of its own"),
    LEARNING_RATE,
    ParamSpec::steps(20_000, 100_000),
    ParamSpec::seed(),
];

const METRICS: [Metric<DropoutRidge>; 16] = [
    number("distance_enumerated", "All 1,024 masks enumerated", AS_SHARE)
        .of(|lab| lab.fitting.distance(&lab.enumerated)),
    share("distance_average", "SGD with dropout, average", AS_SHARE)
        .of(|lab| lab.fitting.distance(&lab.fitting.average())),
    share("distance_last", "SGD with dropout, last iterate", AS_SHARE)
        .of(|lab| lab.fitting.distance(&lab.fitting.last())),
    share("distance_copies", "K masked copies, first draw", AS_SHARE)
        .of(|lab| lab.fitting.copies.last()),
    share("distance_copies_rms", "K masked copies, over 8 draws", AS_SHARE)
        .of(|lab| lab.fitting.copies.last_rms()),
    share("distance_ridge", "Ridge with α = (1−p)/p", AS_SHARE)
        .of(|lab| lab.fitting.distance(&lab.ridge)),
    share("distance_ridge_units", "The same ridge, in other units", AS_SHARE)
        .of(|lab| lab.fitting.distance(&lab.ridge_in_units)),
    number("distance_units", "The formula, in other units", AS_SHARE)
        .of(|lab| distance(&lab.exact, &lab.standard, &lab.standard)),
    share("distance_unregularized", "Least squares", AS_SHARE)
        .of(|lab| lab.fitting.distance(&lab.plain)),
    number("loss", "Loss without dropout", "at the weights of the formula")
        .symbol("f")
        .of(|lab| lab.loss),
    number("penalty", "Penalty", "(1−p)/p times the sum of w² mean(x²)").of(|lab| lab.penalty),
    number("enumerated_loss", "Loss over all masks", "each weighted by its chance")
        .of(|lab| lab.enumerated_loss),
    number("loss_gap", "Rounding", "of loss + penalty = loss over all masks")
        .of(|lab| (lab.loss + lab.penalty - lab.enumerated_loss).abs()),
    number("ridge_alpha", "α of the ridge compared with", "(1-p)/p")
        .symbol("α")
        .of(|lab| alpha_of(lab.settings.real("keep_prob"))),
    share("kept_dropout", "Weight kept, dropout", OF_COLUMN).of(|lab| lab.kept.dropout),
    share("kept_ridge", "Weight kept, ridge", OF_COLUMN).of(|lab| lab.kept.ridge),
];

const AS_SHARE: &str = "distance of the weights, in standard units, as a share of their length";
const OF_COLUMN: &str = "of the rare column, where it alone makes the target";

const VIEWS: [View<DropoutRidge>; 5] = [
    View::new(
        "units",
        "One patient, one column in other units",
        "What dropout and ridge predict, against the unit of blood pressure.",
        DropoutRidge::units_picture,
    )
    .with_handles(DropoutRidge::units_handles),
    View::new(
        "weights",
        "The weights, in standard units",
        "Every weight by the formula, by SGD with dropout, by ridge, and without.",
        DropoutRidge::weights_picture,
    ),
    View::new(
        "steps",
        "Distance to the formula, against steps",
        "SGD with fresh masks at every step: the average and the last iterate.",
        DropoutRidge::steps_picture,
    ),
    View::new(
        "copies",
        "Distance to the formula, against copies",
        "Least squares on K masked copies, eight draws.",
        DropoutRidge::copies_picture,
    ),
    View::new(
        "table",
        "Weight by weight",
        "The formula, all masks enumerated, and ridge, for every column.",
        DropoutRidge::table_picture,
    ),
];

/// The catalogue's entry.
pub const DROPOUT_RIDGE: LabSpec = LabSpec {
    id: "dropout_ridge",
    title: "Dropout = ridge",
    slide: SLIDE,
    claim: "Dropout on the inputs of a linear model is L2 regularization too, column by column.",
    parameters: PARAMETERS,
    metrics: &metric_specs(&METRICS),
    figures: &figure_specs(&VIEWS),
    main: Some(super::maps::DROPOUT),
    build: build::<DropoutRidge>,
};

/// What columns in other units are multiplied by, in turn.
const UNITS: [f64; 4] = [0.25, 0.5, 1.0, 2.0];

/// The lab at one step. Fits are the weights and, after them, an intercept of 0.
pub(super) struct DropoutRidge {
    /// The settings as they are now.
    pub settings: Settings,
    /// The rows learned from.
    pub problem: Problem,
    /// The fits below are in standard units. The closed form.
    pub exact: Vec<f64>,
    /// Least squares over all masks, each weighted by its chance.
    pub enumerated: Vec<f64>,
    /// Ridge with alpha = (1-p)/p.
    pub ridge: Vec<f64>,
    /// The same ridge found on columns in other units, whether the lab's are or not.
    ridge_in_units: Vec<f64>,
    /// Least squares without dropout.
    pub plain: Vec<f64>,
    /// The closed form found on standardised columns.
    standard: Vec<f64>,
    /// The loss without dropout at the weights of the closed form.
    loss: f64,
    /// The penalty there.
    penalty: f64,
    /// The mean loss over all masks there.
    enumerated_loss: f64,
    /// How much is found of a rare column.
    kept: Kept,
    /// SGD with fresh masks, and masked copies, compared with the closed form.
    pub fitting: Fitting,
    /// One column in other units.
    pub units: Memo<Units>,
}

/// Weights with an intercept of 0 after them.
fn padded(mut weights: Vec<f64>) -> Vec<f64> {
    weights.push(0.0);
    weights
}

/// What the columns in other units are multiplied by.
fn units() -> Vec<f64> {
    UNITS.iter().copied().cycle().take(COLUMNS).collect()
}

/// Ridge on standardised columns brought into other units, its weights in standard ones.
fn ridge_in_units(standard: &Problem, alpha: f64) -> Result<Vec<f64>> {
    let (Examples { x, y }, units) = (&standard.examples, units());
    let times =
        |values: &[f64]| values.iter().zip(units.iter().cycle()).map(|(v, u)| v * u).collect();
    let x: Vec<f64> = times(x);
    Ok(padded(times(&ridge(&x, y, COLUMNS, alpha, false)?.weights)))
}

impl Lab for DropoutRidge {
    const METRICS: &'static [Metric<Self>] = &METRICS;
    const VIEWS: &'static [View<Self>] = &VIEWS;

    fn new(settings: &Settings) -> Result<Self> {
        let mut problem = rare::problem(settings);
        let keep_prob = settings.real("keep_prob");
        let closed = |problem: &Problem| {
            dropout_ridge(&problem.examples.x, &problem.examples.y, COLUMNS, keep_prob).map(padded)
        };
        let standard = closed(&problem)?;
        let ridge_in_units = ridge_in_units(&problem, alpha_of(keep_prob))?;
        let factors = if settings.flag("rescale") { units() } else { vec![1.0; COLUMNS] };
        problem.multiply(&factors);
        let formula = closed(&problem)?;
        let data = &problem.examples;
        let by_ridge = |alpha| -> Result<Vec<f64>> {
            Ok(padded(ridge(&data.x, &data.y, COLUMNS, alpha, false)?.weights))
        };
        let (alike, plain) = (by_ridge(alpha_of(keep_prob))?, by_ridge(0.0)?);
        let (rows, masked) = all_masked(&problem, keep_prob);
        let purpose = Stream::Mask(0);
        let fitting = Fitting::new(settings, false, purpose, formula.clone(), factors);
        Ok(DropoutRidge {
            settings: settings.clone(),
            exact: fitting.in_units(&formula),
            enumerated: fitting.in_units(&masked.fit(0.0, false).unwrap_or_default()),
            ridge: fitting.in_units(&alike),
            ridge_in_units,
            plain: fitting.in_units(&plain),
            standard,
            loss: rows.loss(&formula),
            penalty: dropout_penalty(&data.x, &formula[..COLUMNS], keep_prob),
            enumerated_loss: masked.loss(&formula),
            kept: Kept::of(&problem, keep_prob)?,
            fitting,
            units: Memo::default(),
            problem,
        })
    }

    fn step(&mut self) -> Result<()> {
        let dropout = Disturbance::Dropout { keep_prob: self.settings.real("keep_prob") };
        self.fitting.step(&self.problem.examples, dropout, &self.settings)
    }

    fn set(&mut self, settings: &Settings) {
        self.settings = settings.clone();
    }

    fn weights(&self) -> Vec<Weights> {
        let average = self.fitting.sgd.average();
        vec![Weights::linear("dropout, averaged", &[average.len()], &average)]
    }

    /// By the averaged weights, for columns in the lab's own units.
    fn predict(&self, x: &[f64]) -> Result<Vec<f64>> {
        super::predict(&self.fitting.sgd.average(), x)
    }
}
