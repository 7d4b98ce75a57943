//! "Ensembles": the formula alone, on errors that are drawn with chosen v, c and n.
//!
//! E\[((y_hat_1 + … + y_hat_n)/n - y)^2\] = v/n + (n-1)/n c, where v = E\[e_i^2\] and c = E\[e_i e_j\].
//! c = 0 divides the error by n; c = v gains nothing. c cannot be below -v/(n-1): the left side is
//! the mean of a square.

use super::darts::{Darts, THROWS};
use super::drawn::{DrawnErrors, Measured};
use super::moments::{
    HasMoments, MOST_MEMBERS, Moments, covariance_term, diagonal_sum, off_diagonal_sum, predicted,
    variance_term,
};
use crate::error::{Error, Result};
use crate::lab::learning_curves::{Curves, LearningCurves};
use crate::lab::memo::Memo;
use crate::lab::{Lab, LabSpec, Metric, View, build, figure_specs, metric_specs, number, share};
use crate::nn::check_rows;
use crate::param::{Mark, ParamSpec, Place, Settings};

const PARAMETERS: &[ParamSpec] = &[
    ParamSpec::integer("n_members", 10, 1, MOST_MEMBERS, 1)
        .label("Ensemble size")
        .symbol("n")
        .help("predictors whose answers are averaged"),
    ParamSpec::real("covariance", 0.0, -1.0, 2.0, 0.05)
        .label("Covariance")
        .symbol("c")
        .help("how far two predictors’ errors agree: from −v/(n−1) to v, on average over the examples")
        .marks(&[
            Mark { label: "c = 0", at: Place::Number(0.0) },
            Mark { label: "c = v", at: Place::Parameter("variance") },
        ])
        .within(Place::Metric("least_covariance"), Place::Parameter("variance")),
    ParamSpec::real("variance", 1.0, 0.1, 2.0, 0.05)
        .label("Variance")
        .symbol("v")
        .help("the squared error of a single predictor, on average over the examples"),
    ParamSpec::integer("samples", 20_000, 100, 100_000, 100)
        .label("Examples")
        .help("examples whose errors are drawn, in equal shares over the steps"),
    ParamSpec::integer("steps", 200, 1, 10_000, 1)
        .label("Steps")
        .help("shares the examples are drawn in, until the run’s planned end"),
    ParamSpec::seed(),
    ParamSpec::integer("throw", 1, 1, THROWS, 1)
        .label("Throw")
        .help("which throw of the arrows is shown")
        .view(),
];

const METRICS: [Metric<Formula>; 14] = [
    predicted(),
    number("measured", "Measured", "mean square of the average of the n drawn errors")
        .of(|lab| lab.drawn.measured().mean),
    number("measured_se", "Standard error", "of the measured mean square")
        .of(|lab| lab.drawn.measured().standard_error),
    number("deviation", "Deviation", "measured minus formula, in standard errors")
        .of(Formula::deviation),
    share("share", "Part of a single error", "formula over v: 1/n at c = 0, 1 at c = v")
        .of(|lab| lab.moments.expected() / lab.moments.v),
    number("measured_variance", "Measured variance", "mean square of the drawn errors")
        .symbol("v")
        .of(|lab| lab.drawn.moments().v),
    number("measured_covariance", "Measured covariance", "mean product of two of them")
        .symbol("c")
        .of(|lab| lab.drawn.moments().c),
    number("least_covariance", "Least covariance", "−v/(n−1): the average is always right")
        .of(|lab| least_covariance(lab.moments)),
    number("products_sum", "Sum of all n² mean products", "measured: n² times the error")
        .of(|lab| lab.drawn.products().iter().sum()),
    number("single", "One predictor alone", "its squared error: v")
        .symbol("v")
        .of(|lab| lab.moments.v),
    diagonal_sum(),
    off_diagonal_sum(),
    variance_term(),
    covariance_term(),
];

const VIEWS: [View<Formula>; 5] = [
    View::new(
        "sizes",
        "Error against ensemble size",
        "The formula from 1 to 30 predictors, and the first 1, 2, 3, … of the n drawn.",
        Formula::sizes_picture,
    ),
    View::new(
        "throw",
        "One throw of the arrows",
        "An arrow for every predictor at a bullseye, with errors of the v and c that are chosen, and their mean.",
        Formula::throw_picture,
    )
    .with_handles(Formula::throw_again),
    View::new(
        "means",
        "Means of many throws",
        "How far from the bullseye the means of n arrows land, beside the formula.",
        Formula::means_picture,
    ),
    View::new(
        "matrix",
        "The slide’s n × n matrix",
        "The covariances of the n errors: v on the diagonal and c off it.",
        Formula::matrix_picture,
    ),
    View::new(
        "course",
        "Measured and formula",
        "The measured error as examples are drawn, within two standard errors.",
        Formula::course_picture,
    ),
];

/// The catalogue's entry.
pub const ENSEMBLE_FORMULA: LabSpec = LabSpec {
    id: "ensemble_formula",
    title: "Ensembles: the formula",
    slide: "Ensembles",
    claim: "Averaging n predictors divides their squared error by n, if their errors are uncorrelated.",
    parameters: PARAMETERS,
    metrics: &metric_specs(&METRICS),
    figures: &figure_specs(&VIEWS),
    main: Some(super::maps::FORMULA),
    build: build::<Formula>,
};

/// The most errors one step may draw: where no worker starts, more would hold up the page.
const MOST_ERRORS: usize = 500_000;

/// The lab at one step.
pub(super) struct Formula {
    /// As chosen.
    pub moments: Moments,
    pub drawn: DrawnErrors,
    /// Examples planned.
    pub samples: usize,
    /// Steps planned, and taken.
    planned: usize,
    steps: usize,
    /// The measured error with its band, against the examples drawn.
    learning: LearningCurves<&'static str>,
    seed: u32,
    /// The throw that is looked at, from 1.
    pub throw: usize,
    darts: Memo<Darts>,
}

impl Formula {
    /// How many predictors there are.
    pub fn n(&self) -> usize {
        self.moments.n as usize
    }

    /// The measured error with its band, against the examples drawn.
    pub fn curves(&self) -> Curves<'_, &'static str> {
        self.learning.until(self.drawn.examples as u64, band(self.drawn.measured()))
    }

    /// The dartboard of this run.
    pub fn darts(&self) -> &Darts {
        self.darts.get(|| Darts::new(self.moments, self.seed))
    }

    /// Without spread (c = -v/(n-1)) there is nothing to measure a deviation in.
    fn deviation(&self) -> f64 {
        let Measured { mean, standard_error } = self.drawn.measured();
        let spread = standard_error > 1e-12 * self.moments.v;
        if spread { (mean - self.moments.expected()) / standard_error } else { f64::NAN }
    }

    /// How many examples the next step draws: equal shares, rounded so that they add up.
    fn share(&self) -> usize {
        if self.steps >= self.planned {
            return (self.samples / self.planned).max(1);
        }
        self.samples * (self.steps + 1) / self.planned - self.samples * self.steps / self.planned
    }
}

/// What the learning curves show.
fn band(measured: Measured) -> [(&'static str, f64); 3] {
    [("measured", measured.mean), ("low", measured.low()), ("high", measured.high())]
}

/// Refuses covariances that no n errors can have.
fn check_covariance(moments: Moments) -> Result<()> {
    let Moments { v: variance, c: covariance, .. } = moments;
    let least = least_covariance(moments);
    // A limit that was written down with fewer digits is still the limit.
    let slack = 1e-9 * variance;
    if covariance < least - slack {
        return Err(Error::invalid(format!(
            "covariance = {covariance}: must be at least −v/(n−1) = {least:.4}, since the average’s squared error, v/n + (n-1)/n c, cannot be below 0"
        )));
    }
    if covariance > variance + slack {
        return Err(Error::invalid(format!(
            "covariance = {covariance}: must be at most v = {variance}, since no two errors \
             are more alike than each is to itself"
        )));
    }
    Ok(())
}

/// -v/(n-1); one error alone has no covariance, and the limit is -v.
fn least_covariance(moments: Moments) -> f64 {
    -moments.v / (moments.n.max(2.0) - 1.0)
}

fn check_share(samples: usize, n: usize, planned: usize) -> Result<()> {
    let least = (samples * n).div_ceil(MOST_ERRORS);
    if planned >= least {
        return Ok(());
    }
    Err(Error::invalid(format!(
        "steps = {planned}: must be at least {least} for {samples} examples of {n} errors, so that \
         one step stays short"
    )))
}

impl HasMoments for Formula {
    fn moments(&self) -> Moments {
        self.moments
    }
}

impl Lab for Formula {
    const METRICS: &'static [Metric<Self>] = &METRICS;
    const VIEWS: &'static [View<Self>] = &VIEWS;

    fn new(settings: &Settings) -> Result<Self> {
        let moments = Moments {
            v: settings.real("variance"),
            c: settings.real("covariance"),
            n: settings.real("n_members"),
        };
        let (samples, planned) = (settings.whole("samples"), settings.whole("steps"));
        check_covariance(moments)?;
        check_share(samples, settings.whole("n_members"), planned)?;
        Ok(Formula {
            moments,
            drawn: DrawnErrors::new(moments, settings.seed()),
            samples,
            planned,
            steps: 0,
            learning: LearningCurves::new(planned),
            seed: settings.seed(),
            throw: settings.whole("throw"),
            darts: Memo::default(),
        })
    }

    /// Draws the errors of the next share of the examples.
    fn step(&mut self) -> Result<()> {
        self.drawn.draw(self.share());
        self.steps += 1;
        if self.drawn.examples > 0 && self.learning.due(self.steps as u64) {
            let now = band(self.drawn.measured());
            self.learning.record(self.drawn.examples as u64, now);
        }
        Ok(())
    }

    fn set(&mut self, settings: &Settings) {
        self.throw = settings.whole("throw");
    }

    /// The averages of rows of n predictions.
    fn predict(&self, x: &[f64]) -> Result<Vec<f64>> {
        check_rows("x", x, self.n())?;
        let rows = x.chunks_exact(self.n());
        Ok(rows.map(|row| row.iter().sum::<f64>() / self.moments.n).collect())
    }
}
