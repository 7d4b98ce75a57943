//! "L2 regularization = Gaussian noise augmentation": for nonlinear networks no longer equal, but
//! sometimes similar.
//!
//! Of all functions, the one that minimizes the loss with noise is the average of the targets weighted
//! by a Gaussian of variance alpha: the Nadaraya-Watson curve. A network trained with noise goes
//! there; one with an L2 penalty has no such limit. For small alpha the noise adds
//! alpha mean(y_hat'^2 + (y_hat - y) y_hat'') to the loss: a penalty on slopes, not on weights.

use super::SLIDE;
use super::tanh_net::{Regularizer, Rescaling, network};
use crate::data::{Examples, blur, sine, sine_grid};
use crate::error::Result;
use crate::figure::{Figure, FigureSpec};
use crate::lab::{AnyLab, LabSpec, MetricSpec};
use crate::labs::curves::Curves;
use crate::nn::{
    Activation, Network, Stream, first_order_noise_penalty, nadaraya_watson, noise_penalty, stream,
};
use crate::param::{ParamSpec, Settings};

const PARAMETERS: &[ParamSpec] = &[
    ParamSpec::real("alpha", 0.03, 0.00001, 1.0, 0.00001)
        .log()
        .label("Noise variance")
        .symbol("α")
        .help("of the noise on the input of the one network"),
    ParamSpec::real("l2", 0.003, 0.0, 0.1, 0.00001)
        .log()
        .label("L2 penalty")
        .symbol("λ")
        .help("times the sum of squared weights of the other network"),
    ParamSpec::real("rescale", 10.0, 1.0, 100.0, 0.1)
        .log()
        .label("Rescale a relu network")
        .symbol("c")
        .help("its first layer times c, its second layer over c: the same function")
        .live(),
    ParamSpec::integer("n_train", 20, 5, 40, 1)
        .label("Training examples")
        .help("points on a sine, with noise of standard deviation 0.4 on their targets"),
    ParamSpec::integer("units", 24, 2, 32, 1)
        .label("Units a layer")
        .help("neurons in each of the two hidden layers"),
    ParamSpec::real("learning_rate", 0.005, 0.0001, 0.1, 0.0001)
        .log()
        .label("Learning rate")
        .symbol("η")
        .help("of Adam at the start; it falls to a hundredth along a cosine")
        .live(),
    ParamSpec::steps(3000, 20_000),
    ParamSpec::seed(),
];

const METRICS: &[MetricSpec] = &[
    MetricSpec::new("distance_noise_exact", "Noise network to the exact curve", RMS),
    MetricSpec::new("distance_l2_exact", "L2 network to the exact curve", RMS),
    MetricSpec::new("test_error_noise", "Test error with noise", TEST),
    MetricSpec::new("test_error_l2", "Test error with L2", TEST),
    MetricSpec::new("test_error_unregularized", "Test error without", TEST),
    MetricSpec::new("taylor_ratio", "Noise over slope penalty, α = 10⁻⁵", RATIO),
    MetricSpec::new("taylor_ratio_alpha", "The same at this α", RATIO),
    MetricSpec::new("taylor_ratio_plain", "The same, not regularized", RATIO),
    MetricSpec::new("rescale_l2_factor", "L2 penalty, rescaled over before", RELU),
    MetricSpec::new("rescale_noise_factor", "Noise penalty, rescaled over before", RELU),
];

const RMS: &str = "root of the mean square along the curve";
const TEST: &str = "mean squared error against the sine without noise";
const RATIO: &str = "of the L2 network; 1 where the small-alpha law is exact";
const RELU: &str = "of a relu network of the same size";

pub(super) const FIGURES: &[FigureSpec] = &[
    FigureSpec {
        key: "curves",
        title: "What the networks have fitted",
        description: "The three fits, the exact answer for noise, and the points.",
    },
    FigureSpec {
        key: "distance",
        title: "Distance to the exact curve",
        description: "Of the network with noise and of the one with L2, against steps.",
    },
    FigureSpec {
        key: "error",
        title: "Test error",
        description: "Mean squared error against the sine, against steps.",
    },
    FigureSpec {
        key: "taylor",
        title: "Is noise a penalty on slopes?",
        description: "What noise adds to the loss, over its small-alpha law, against alpha.",
    },
    FigureSpec {
        key: "rescaled",
        title: "The same function, rescaled",
        description: "A relu network before and after: both penalties.",
    },
];

/// The catalogue's entry.
pub const L2_NOISE_NONLINEAR: LabSpec = LabSpec {
    id: "l2_noise_nonlinear",
    title: "L2 ≠ noise",
    slide: SLIDE,
    claim: "For nonlinear networks noise and L2 are no longer equal, but sometimes similar.",
    parameters: PARAMETERS,
    metrics: METRICS,
    figures: FIGURES,
    build: |settings| Ok(Box::new(Nonlinear::new(settings)?)),
};

/// The alphas of the small-alpha law; after them comes the run's own.
pub(super) const ALPHAS: [f64; 9] = [1e-5, 1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3];

/// Steps between two looks at the law, one alpha of one network at a time.
const LOOK_EVERY: u64 = 10;

/// Places among the networks.
pub(super) const NOISE: usize = 0;
pub(super) const L2: usize = 1;
pub(super) const PLAIN: usize = 2;

/// The lab at one step.
pub(super) struct Nonlinear {
    /// The settings as they are now.
    pub settings: Settings,
    /// The points learned from.
    pub train: Examples,
    /// The truth, along the curve.
    pub truth: Examples,
    /// The exact minimizer of the loss with noise, along the curve.
    pub exact: Vec<f64>,
    /// With noise, with L2, and without either.
    networks: [Network<f32>; 3],
    relu: Network<f32>,
    /// What noise adds to the loss over the small-alpha law: of the L2 network, then of the plain
    /// one, at every alpha of the list and at the run's own.
    pub ratios: [Vec<f64>; 2],
    /// The relu network's two penalties.
    pub rescaling: Rescaling,
    /// Test errors of the three, then the distances of the first two to the exact curve.
    pub curves: Curves,
    /// Steps so far.
    pub steps: u64,
    planned: u64,
}

impl Nonlinear {
    fn new(settings: &Settings) -> Result<Self> {
        let seed = settings.whole("seed") as u32;
        let mut train = sine(&mut stream(seed, Stream::Data, 0), settings.whole("n_train"));
        blur(&mut train, 0.4, seed);
        let truth = sine_grid();
        let (alpha, rate) = (settings.real("alpha"), settings.real("learning_rate"));
        let (noise, l2) =
            (Regularizer { alpha, l2: 0.0 }, Regularizer { alpha: 0.0, l2: settings.real("l2") });
        let units = settings.whole("units");
        let make =
            |activation, regularizer| network(&train, (units, activation), regularizer, rate, seed);
        let plain = Regularizer::default();
        let networks = [
            make(Activation::Tanh, noise)?,
            make(Activation::Tanh, l2)?,
            make(Activation::Tanh, plain)?,
        ];
        let relu = make(Activation::Relu, plain)?;
        let nothing = vec![f64::NAN; ALPHAS.len() + 1];
        let planned = settings.whole("steps") as u64;
        let mut lab = Nonlinear {
            settings: settings.clone(),
            exact: nadaraya_watson(&train.x, &train.y, alpha, &truth.x)?,
            rescaling: Rescaling::of(&relu, settings.real("rescale"), &train, alpha),
            train,
            truth,
            networks,
            relu,
            ratios: [nothing.clone(), nothing],
            curves: Curves::new(5, planned as usize),
            steps: 0,
            planned,
        };
        lab.curves.record(0, &lab.scores());
        Ok(lab)
    }

    /// A network's curve.
    pub(super) fn fit(&self, network: usize) -> Vec<f64> {
        self.networks[network].predict(&self.truth.x).unwrap_or_default()
    }

    /// Test errors of the three, then the distances of the first two to the exact curve.
    pub(super) fn scores(&self) -> [f64; 5] {
        let fits = [NOISE, L2, PLAIN].map(|network| self.fit(network));
        let [noise, l2, plain] = fits.each_ref().map(|fit| mean_square(fit, &self.truth.y));
        let [to_exact, l2_to_exact] =
            [NOISE, L2].map(|network| mean_square(&fits[network], &self.exact).sqrt());
        [noise, l2, plain, to_exact, l2_to_exact]
    }

    /// The learning rate at this step: along a cosine to a hundredth.
    fn learning_rate(&self) -> f64 {
        let share = (self.steps as f64 / self.planned as f64).min(1.0);
        let fall = 0.5 * (1.0 + libm::cos(std::f64::consts::PI * share));
        self.settings.real("learning_rate") * (0.01 + 0.99 * fall)
    }

    /// Looks at the law at one alpha of one network, or at the relu network, in turn.
    fn look(&mut self) {
        let places = ALPHAS.len() + 1;
        let turn = (self.steps / LOOK_EVERY) as usize % (2 * places + 1);
        let own = self.settings.real("alpha");
        if turn == 2 * places {
            let factor = self.settings.real("rescale");
            self.rescaling = Rescaling::of(&self.relu, factor, &self.train, own);
            return;
        }
        let (which, place) = (turn / places, turn % places);
        let alpha = ALPHAS.get(place).copied().unwrap_or(own);
        let Ok(parameters) = self.networks[L2 + which].parameters(0) else { return };
        let (tanh, train) = (Activation::Tanh, (&self.train.x[..], &self.train.y[..]));
        self.ratios[which][place] = noise_penalty(&parameters, tanh, train, alpha)
            / first_order_noise_penalty(&parameters, tanh, train, alpha);
    }
}

fn mean_square(fit: &[f64], other: &[f64]) -> f64 {
    let squares = fit.iter().zip(other).map(|(a, b)| (a - b) * (a - b));
    squares.sum::<f64>() / other.len() as f64
}

impl AnyLab for Nonlinear {
    fn step(&mut self) -> Result<()> {
        let rate = self.learning_rate();
        for network in self.networks.iter_mut().chain([&mut self.relu]) {
            network.set_learning_rate(rate);
            network.step(1)?;
        }
        self.steps += 1;
        if self.steps.is_multiple_of(LOOK_EVERY) {
            self.look();
        }
        if self.curves.due(self.steps) {
            let scores = self.scores();
            self.curves.record(self.steps, &scores);
        }
        Ok(())
    }

    fn set(&mut self, settings: &Settings) {
        self.settings = settings.clone();
        let (factor, alpha) = (settings.real("rescale"), settings.real("alpha"));
        self.rescaling = Rescaling::of(&self.relu, factor, &self.train, alpha);
    }

    /// By the network trained with noise.
    fn predict(&self, x: &[f64]) -> Result<Vec<f64>> {
        self.networks[NOISE].predict(x)
    }

    fn metrics(&self) -> Vec<f64> {
        let [noise, l2, plain, to_exact, l2_to_exact] = self.scores();
        let Rescaling { l2: squares, noise: penalties } = self.rescaling;
        let [of_l2, of_plain] = &self.ratios;
        vec![
            to_exact,
            l2_to_exact,
            noise,
            l2,
            plain,
            of_l2[0],
            of_l2[ALPHAS.len()],
            of_plain[ALPHAS.len()],
            squares[1] / squares[0],
            penalties[1] / penalties[0],
        ]
    }

    fn figure(&self, key: &str) -> Figure {
        match key {
            "curves" => self.curves_figure(),
            "distance" => self.distance_figure(),
            "error" => self.error_figure(),
            "taylor" => self.taylor_figure(),
            _ => self.rescaled_figure(),
        }
    }
}
