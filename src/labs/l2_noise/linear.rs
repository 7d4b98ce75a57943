//! "L2 regularization = Gaussian noise augmentation": linear regression reaches the ridge weights by
//! noise alone.
//!
//! With noise n ~ N(0, alpha I) that is independent of x, E\[((x + n)'w - y)^2\] = f(w) + alpha w'w. So
//! SGD that adds fresh noise at every step, and least squares on K noisy copies, find the weights of
//! ridge regression.

use super::copies::Copies;
use super::disturb::Disturbance;
use super::helps::{Draw, Helps, mean_and_se};
use super::problem::{DATASET, Problem};
use super::sgd::Sgd;
use super::terms::Terms;
use super::trace::Trace;
use super::{SLIDE, distance, relative_distance};
use crate::data::Standard;
use crate::error::{Error, Result};
use crate::figure::{Figure, FigureSpec};
use crate::lab::{AnyLab, LabSpec, MetricSpec};
use crate::nn::{Stream, copies_distance, ridge};
use crate::param::{ParamSpec, Settings};

const PARAMETERS: &[ParamSpec] = &[
    ParamSpec::real("alpha", 0.3, 0.0, 10.0, 0.001)
        .log()
        .label("Noise variance")
        .symbol("α")
        .help("of the noise on every input; for ridge, the coefficient of the penalty"),
    ParamSpec::integer("copies", 64, 1, 1024, 1)
        .log()
        .label("Noisy copies")
        .symbol("K")
        .help("of the training set, all fitted at once"),
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
    ParamSpec::integer("batch_size", 32, 1, 64, 1)
        .label("Batch size")
        .help("examples a step of SGD, each with fresh noise"),
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
    MetricSpec::new("distance_average", "SGD with noise, average", TO_RIDGE).unit("fraction"),
    MetricSpec::new("distance_last", "SGD with noise, last iterate", TO_RIDGE).unit("fraction"),
    MetricSpec::new("distance_copies", "K noisy copies, first draw", TO_RIDGE).unit("fraction"),
    MetricSpec::new("distance_copies_rms", "K noisy copies, over 8 draws", TO_RIDGE)
        .unit("fraction"),
    MetricSpec::new("distance_copies_predicted", "K noisy copies, predicted", "a constant over √K")
        .unit("fraction"),
    MetricSpec::new("distance_unregularized", "SGD average to least squares", "without noise")
        .unit("fraction"),
    MetricSpec::new("loss", "Loss without noise", "mean squared error of ridge").symbol("f"),
    MetricSpec::new("cross_term", "Cross term", "mean of 2 (xᵀw − y) nᵀw; expected to be 0"),
    MetricSpec::new("cross_term_se", "its standard error", "over the noise drawn"),
    MetricSpec::new("quadratic_term", "Quadratic term", "mean of (nᵀw)²"),
    MetricSpec::new("quadratic_term_se", "its standard error", "over the noise drawn"),
    MetricSpec::new("quadratic_expected", "Penalty α wᵀw", "what the quadratic term should be"),
    MetricSpec::new("augmented_loss", "Loss with noise", "mean squared error on noisy inputs"),
    MetricSpec::new("expected_augmented_loss", "f + α wᵀw", "what it should be"),
    MetricSpec::new("equality_gap", "Their difference", "0 where the noise is independent of x"),
    MetricSpec::new("equality_gap_se", "its standard error", "over the noise drawn"),
    MetricSpec::new("identity_gap", "Rounding", "of f + cross + quadratic = loss with noise"),
    MetricSpec::new("samples", "Noisy examples drawn", "for these terms"),
    MetricSpec::new("test_error", "Test error with noise", HELPS),
    MetricSpec::new("test_error_ridge", "Test error of ridge", HELPS),
    MetricSpec::new("test_error_unregularized", "Test error without", HELPS),
];

const TO_RIDGE: &str = "distance to the ridge weights, as a share of their length";
const HELPS: &str = "few examples; mean over 20 draws of them";

pub(super) const FIGURES: &[FigureSpec] = &[
    FigureSpec {
        key: "weights",
        title: "The weights",
        description: "Every weight by ridge, by SGD with noise, by noisy copies, and without noise.",
    },
    FigureSpec {
        key: "steps",
        title: "Distance to ridge, against steps",
        description: "SGD with fresh noise at every step: the average and the last iterate.",
    },
    FigureSpec {
        key: "copies",
        title: "Distance to ridge, against copies",
        description: "Least squares on K noisy copies, eight draws, and the predicted line.",
    },
    FigureSpec {
        key: "terms",
        title: "The terms of the derivation",
        description: "Each term, measured and expected, with its standard error.",
    },
    FigureSpec {
        key: "helps",
        title: "Does it help?",
        description: "Test error against alpha, the mean over 20 draws of few examples.",
    },
];

/// The catalogue's entry.
pub const L2_NOISE: LabSpec = LabSpec {
    id: "l2_noise",
    title: "L2 = noise",
    slide: SLIDE,
    claim: "Add noise to the inputs of a linear model, and it learns the weights of L2 regularization.",
    parameters: PARAMETERS,
    metrics: METRICS,
    figures: FIGURES,
    build: |settings| Ok(Box::new(Linear::new(settings)?)),
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
    /// SGD with fresh noise.
    pub sgd: Sgd,
    /// Distances to ridge: of the average, then of the last iterate.
    pub trace: Trace,
    /// Noisy copies.
    pub copies: Copies,
    /// The terms of the derivation, at the ridge weights.
    pub terms: Terms,
    /// Test errors.
    pub helps: Helps,
    /// Steps so far.
    pub steps: u64,
    planned: u64,
}

impl Linear {
    fn new(settings: &Settings) -> Result<Self> {
        let (dataset, seed) = (settings.choice("dataset"), settings.whole("seed") as u32);
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
        let one_copy = copies_distance(&data.x, &y, columns, alpha)? / norm;
        let dependent = settings.flag("dependent_noise");
        let planned = settings.whole("steps") as u64;
        Ok(Linear {
            settings: settings.clone(),
            one_copy,
            sgd: Sgd::new(columns, intercept, Stream::Noise, seed, planned),
            trace: Trace::default(),
            copies: Copies::new(columns, settings.whole("copies"), Stream::Noise, seed),
            terms: Terms::new(data, &exact, alpha, dependent, seed),
            helps: Helps::new(dataset, alpha, dependent, seed),
            problem,
            ridge: exact,
            plain,
            steps: 0,
            planned,
        })
    }

    fn noise(&self) -> Disturbance {
        let alpha = self.settings.real("alpha");
        Disturbance::Noise { alpha, dependent: self.settings.flag("dependent_noise") }
    }

    /// Distances to ridge: of SGD's average, then of its last iterate.
    pub(super) fn distances(&self) -> [f64; 2] {
        let average = relative_distance(&self.sgd.average(), &self.ridge);
        [average, relative_distance(&self.sgd.parameters, &self.ridge)]
    }

    /// Means over the finished draws: with noise, by ridge, without; each with its standard error.
    pub(super) fn test_errors(&self) -> [(f64, f64); 3] {
        let draws = self.helps.finished();
        let of: [fn(&Draw) -> f64; 3] =
            [|draw| draw.noise[0], |draw| draw.ridge[0], |draw| draw.plain];
        of.map(|of| mean_and_se(draws, of))
    }
}

impl AnyLab for Linear {
    fn step(&mut self) -> Result<()> {
        let (noise, settings) = (self.noise(), &self.settings);
        let (batch, rate) = (settings.whole("batch_size"), settings.real("learning_rate"));
        let data = &self.problem.examples;
        if !self.sgd.step(data, noise, batch, rate) {
            return Err(Error::Diverged { step: self.steps + 1 });
        }
        self.steps += 1;
        let progress = (self.steps, self.planned);
        self.copies.advance(progress, data, noise, settings.flag("intercept"), &self.ridge);
        if self.steps % TERMS_EVERY == 1 {
            self.terms.draw(data);
        }
        self.helps.advance(self.steps, self.planned);
        if self.trace.due(self.steps) {
            self.trace.record(self.steps, &self.distances());
        }
        Ok(())
    }

    fn set(&mut self, settings: &Settings) {
        self.settings = settings.clone();
    }

    /// By the averaged weights.
    fn predict(&self, x: &[f64]) -> Result<Vec<f64>> {
        super::predict(&self.sgd.average(), x)
    }

    fn metrics(&self) -> Vec<f64> {
        let terms = &self.terms;
        let (cross, quadratic) = (terms.cross(), terms.quadratic());
        let (augmented, gap) = (terms.augmented(), terms.gap());
        let [average, last] = self.distances();
        let [noise, ridge, plain] = self.test_errors().map(|(mean, _)| mean);
        vec![
            average,
            last,
            self.copies.last(),
            self.copies.rms().last().copied().unwrap_or(f64::NAN),
            self.one_copy / self.settings.real("copies").sqrt(),
            distance(&self.sgd.average(), &self.plain, &self.ridge),
            terms.loss,
            cross.mean,
            cross.se,
            quadratic.mean,
            quadratic.se,
            terms.penalty,
            augmented.mean,
            terms.loss + terms.penalty,
            gap.mean,
            gap.se,
            terms.identity_gap(),
            terms.drawn,
            noise,
            ridge,
            plain,
        ]
    }

    fn figure(&self, key: &str) -> Figure {
        match key {
            "weights" => self.weights_figure(),
            "steps" => self.steps_figure(),
            "copies" => self.copies_figure(),
            "terms" => self.terms_figure(),
            _ => self.helps_figure(),
        }
    }
}
