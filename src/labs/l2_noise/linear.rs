//! "L2 regularization = Gaussian noise augmentation": linear regression reaches the ridge weights by
//! noise alone.
//!
//! With noise n ~ N(0, alpha I) that is independent of x, E\[((x + n)'w - y)^2\] = f(w) + alpha w'w. So
//! SGD that adds fresh noise at every step, and least squares on K noisy copies, find the weights of
//! ridge regression.

use super::disturb::Disturbance;
use super::fitting::{COPIES, Fitting, LEARNING_RATE};
use super::helps::Helps;
use super::one_weight::OneWeight;
use super::problem::{DATASET, Problem};
use super::terms::Terms;
use super::{SLIDE, distance};
use crate::data::Standard;
use crate::error::Result;
use crate::lab::memo::Memo;
use crate::lab::weights::Weights;
use crate::lab::{Lab, LabSpec, Metric, View, build, figure_specs, metric_specs, number, share};
use crate::nn::{Stream, copies_distance, ridge};
use crate::param::presets;
use crate::param::{ParamSpec, Settings};

const PARAMETERS: &[ParamSpec] = &[
    ParamSpec::real("alpha", 0.3, 0.0, 10.0, 0.001)
        .log()
        .label("Noise variance")
        .symbol("α")
        .help("of the noise on every input; for ridge, the coefficient of the penalty"),
    COPIES.label("Noisy copies"),
    ParamSpec::flag("dependent_noise", false)
        .label("Let the noise depend on x")
        .help("as large as before, but now with correlation 0.5 to every input"),
    DATASET,
    ParamSpec::flag("standardize", true)
        .label("Standardise the columns")
        .help("otherwise they keep their different spreads, and the target its mean"),
    ParamSpec::flag("intercept", false)
        .label("Intercept")
        .help("without noise and without penalty; the slides have none"),
    presets::batch_size(32, 64).help("examples per step of SGD, each with fresh noise"),
    LEARNING_RATE,
    ParamSpec::steps(20_000, 100_000),
    ParamSpec::seed(),
];

const METRICS: [Metric<Linear>; 21] = [
    share("distance_average", "SGD with noise, average", TO_RIDGE)
        .of(|lab| lab.fitting.distance(&lab.fitting.average())),
    share("distance_last", "SGD with noise, last iterate", TO_RIDGE)
        .of(|lab| lab.fitting.distance(&lab.fitting.last())),
    share("distance_copies", "K noisy copies, first draw", TO_RIDGE)
        .of(|lab| lab.fitting.copies.last()),
    share("distance_copies_rms", "K noisy copies, over 8 draws", TO_RIDGE)
        .of(|lab| lab.fitting.copies.last_rms()),
    share("distance_copies_predicted", "K noisy copies, predicted", EXPECTED)
        .of(|lab| lab.one_copy / lab.settings.real("copies").sqrt()),
    share("distance_unregularized", "SGD average to least squares", "without noise")
        .of(|lab| distance(&lab.fitting.average(), &lab.plain, &lab.ridge)),
    number("loss", "Loss without noise", "mean squared error of ridge")
        .symbol("f")
        .of(|lab| lab.terms.loss),
    number("cross_term", "Cross term", "mean of 2 (xᵀw − y) nᵀw; expected to be 0")
        .of(|lab| lab.terms.cross().mean),
    number("cross_term_se", "its standard error", "over the noise drawn")
        .of(|lab| lab.terms.cross().se),
    number("quadratic_term", "Quadratic term", "mean of (nᵀw)²")
        .of(|lab| lab.terms.quadratic().mean),
    number("quadratic_term_se", "its standard error", "over the noise drawn")
        .of(|lab| lab.terms.quadratic().se),
    number("quadratic_expected", "Penalty α wᵀw", "what the quadratic term should be")
        .of(|lab| lab.terms.penalty),
    number("augmented_loss", "Loss with noise", "mean squared error on noisy inputs")
        .of(|lab| lab.terms.augmented().mean),
    number("expected_augmented_loss", "f + α wᵀw", "what it should be")
        .of(|lab| lab.terms.loss + lab.terms.penalty),
    number("equality_gap", "Their difference", "0 where the noise is independent of x")
        .of(|lab| lab.terms.gap().mean),
    number("equality_gap_se", "its standard error", "over the noise drawn")
        .of(|lab| lab.terms.gap().se),
    number("identity_gap", "Rounding", "of f + cross + quadratic = loss with noise")
        .of(|lab| lab.terms.identity_gap()),
    number("samples", "Noisy examples drawn", "for these terms").of(|lab| lab.terms.drawn),
    number("test_error", "Test error with noise", HELPS).of(|lab| lab.helps.noise()),
    number("test_error_ridge", "Test error of ridge", HELPS).of(|lab| lab.helps.ridge()),
    number("test_error_unregularized", "Test error without", HELPS).of(|lab| lab.helps.plain()),
];

const TO_RIDGE: &str = "distance to the ridge weights, as a share of their length";
const EXPECTED: &str =
    "distance to the ridge weights, as a share of their length: a constant over √K";
const HELPS: &str = "few examples; mean over 20 draws of them";

const VIEWS: [View<Linear>; 7] = [
    View::new(
        "cloud",
        "One column, with noise",
        "The rows and a noisy copy of them, and the line that fits each best.",
        Linear::cloud_picture,
    ),
    View::new(
        "bowl",
        "The loss of its weight",
        "Without noise, with α w² on top, and measured on noisy copies.",
        Linear::bowl_picture,
    )
    .with_handles(Linear::bowl_handles),
    View::new(
        "weights",
        "The weights",
        "Every weight by ridge, by SGD with noise, by noisy copies, and without noise.",
        Linear::weights_picture,
    ),
    View::new(
        "steps",
        "Distance to ridge, against steps",
        "SGD with fresh noise at every step: the average and the last iterate.",
        Linear::steps_picture,
    ),
    View::new(
        "copies",
        "Distance to ridge, against copies",
        "Least squares on K noisy copies, eight draws, and the predicted line.",
        Linear::copies_picture,
    ),
    View::new(
        "terms",
        "The terms of the derivation",
        "Each term, measured and expected, with its standard error.",
        Linear::terms_picture,
    ),
    View::new(
        "helps",
        "Does it help?",
        "Test error against alpha, the mean over 20 draws of few examples.",
        Linear::helps_picture,
    ),
];

/// The catalogue's entry.
pub const L2_NOISE: LabSpec = LabSpec {
    id: "l2_noise",
    title: "L2 = noise",
    slide: SLIDE,
    claim: "Add noise to the inputs of a linear model, and it learns the weights of L2 regularization.",
    parameters: PARAMETERS,
    metrics: &metric_specs(&METRICS),
    figures: &figure_specs(&VIEWS),
    main: Some(super::maps::LINEAR),
    build: build::<Linear>,
};

/// Steps between two draws of noise for the terms.
const TERMS_EVERY: u64 = 8;

/// The lab at one step. Fits are the weights and, after them, the intercept.
pub(super) struct Linear {
    /// The settings as they are now.
    pub settings: Settings,
    /// The rows learned from.
    pub problem: Problem,
    /// Ridge, in closed form.
    pub ridge: Vec<f64>,
    /// Least squares, in closed form.
    pub plain: Vec<f64>,
    /// The predicted relative distance of one noisy copy; that of K is this over the root of K.
    pub one_copy: f64,
    /// SGD with fresh noise, and noisy copies, compared with ridge.
    pub fitting: Fitting,
    /// The terms of the derivation, at the ridge weights.
    pub terms: Terms,
    /// Test errors.
    pub helps: Helps,
    /// One column alone.
    pub one: Memo<OneWeight>,
}

impl Linear {
    /// What is done to the inputs.
    pub fn noise(&self) -> Disturbance {
        let alpha = self.settings.real("alpha");
        Disturbance::Noise { alpha, dependent: self.settings.flag("dependent_noise") }
    }
}

impl Lab for Linear {
    const METRICS: &'static [Metric<Self>] = &METRICS;
    const VIEWS: &'static [View<Self>] = &VIEWS;

    fn new(settings: &Settings) -> Result<Self> {
        let (dataset, seed) = (settings.choice("dataset"), settings.seed());
        let make = if settings.flag("standardize") { Problem::standard } else { Problem::unequal };
        let problem = make(dataset, 20, seed);
        let data = &problem.examples;
        let (alpha, intercept) = (settings.real("alpha"), settings.flag("intercept"));
        let columns = data.inputs();
        let fit = |alpha| -> Result<Vec<f64>> {
            let fit = ridge(&data.x, &data.y, columns, alpha, intercept)?;
            Ok([fit.weights, vec![fit.intercept]].concat())
        };
        let (exact, plain) = (fit(alpha)?, fit(0.0)?);
        // The columns are centred: the intercept takes the mean of y and nothing else.
        let mean = if intercept { Standard::of(data).y_mean } else { 0.0 };
        let y: Vec<f64> = data.y.iter().map(|y| y - mean).collect();
        let norm = exact[..columns].iter().map(|w| w * w).sum::<f64>().sqrt();
        let dependent = settings.flag("dependent_noise");
        let factors = vec![1.0; columns];
        Ok(Linear {
            settings: settings.clone(),
            one_copy: copies_distance(&data.x, &y, columns, alpha)? / norm,
            fitting: Fitting::new(settings, intercept, Stream::Noise, exact.clone(), factors),
            terms: Terms::new(data, &exact, alpha, dependent, seed),
            helps: Helps::new(dataset, alpha, dependent, seed),
            one: Memo::default(),
            problem,
            ridge: exact,
            plain,
        })
    }

    fn step(&mut self) -> Result<()> {
        let (noise, data) = (self.noise(), &self.problem.examples);
        self.fitting.step(data, noise, &self.settings)?;
        if self.fitting.steps % TERMS_EVERY == 1 {
            self.terms.draw(data);
        }
        self.helps.advance(self.fitting.steps, self.fitting.planned);
        Ok(())
    }

    fn set(&mut self, settings: &Settings) {
        self.settings = settings.clone();
    }

    fn weights(&self) -> Vec<Weights> {
        let average = self.fitting.sgd.average();
        vec![Weights::linear("noise, averaged", &[average.len()], &average)]
    }

    /// By the averaged weights.
    fn predict(&self, x: &[f64]) -> Result<Vec<f64>> {
        super::predict(&self.fitting.sgd.average(), x)
    }
}
