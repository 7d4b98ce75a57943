//! "L2 regularization = Gaussian noise augmentation": for nonlinear networks no longer equal, but
//! sometimes similar.
//!
//! Of all functions, the one that minimizes the loss with noise is the average of the targets weighted
//! by a Gaussian of variance alpha: the Nadaraya-Watson curve. A network trained with noise goes
//! there; one with an L2 penalty has no such limit. For small alpha the noise adds
//! alpha mean(y_hat'^2 + (y_hat - y) y_hat'') to the loss: a penalty on slopes, not on weights.

use super::SLIDE;
use super::law::{ALPHAS, Ratios};
use super::moved::{Unmoved, row_of};
use super::networks::{Annealed, Regularizer, Rescaling, network};
use crate::data::{Examples, blur, sine, sine_grid};
use crate::error::Result;
use crate::lab::course::{Course, Trained};
use crate::lab::learning_curves::{Curves, LearningCurves};
use crate::lab::memo::Memo;
use crate::lab::weights::Weights;
use crate::lab::{Lab, LabSpec, Metric, View, build, figure_specs, metric_specs, number};
use crate::labs::weights::weights_of;
use crate::nn::{Activation, Stream, nadaraya_watson, stream};
use crate::param::presets;
use crate::param::{ParamSpec, Settings};

const PARAMETERS: &[ParamSpec] = &[
    ParamSpec::real("alpha", 0.03, 0.00001, 1.0, 0.00001)
        .log()
        .label("Noise variance")
        .symbol("α")
        .help("of the noise on the input of one network"),
    ParamSpec::real("l2", 0.003, 0.0, 0.1, 0.00001)
        .log()
        .label("L2 penalty")
        .symbol("λ")
        .help("times the sum of squared weights of another network"),
    ParamSpec::real("rescale", 10.0, 1.0, 100.0, 0.1)
        .log()
        .label("Rescale a relu network")
        .symbol("c")
        .help("its first layer times c, its second layer divided by c: the same function")
        .live(),
    ParamSpec::integer("moved", 5, 1, 40, 1)
        .label("Point that is moved")
        .help("counted from the left"),
    ParamSpec::real("moved_by", 0.0, -2.0, 2.0, 0.05)
        .label("It is moved by")
        .help("up or down; the curves beneath show what that changes"),
    ParamSpec::integer("n_train", 20, 5, 40, 1)
        .label("Training examples")
        .help("points on a sine, with noise of standard deviation 0.4 on their targets"),
    ParamSpec::integer("units", 24, 2, 32, 1)
        .label("Units per layer")
        .help("neurons in each of the two hidden layers"),
    presets::learning_rate(0.005, 0.0001, 0.1)
        .help("of Adam at the start; it falls to a hundredth along a cosine"),
    ParamSpec::steps(3000, 20_000),
    ParamSpec::seed(),
];

const METRICS: [Metric<Nonlinear>; 10] = [
    number("distance_noise_exact", "Noise network to the exact curve", RMS)
        .of(|lab| lab.to_exact(&lab.fits().noise)),
    number("distance_l2_exact", "L2 network to the exact curve", RMS)
        .of(|lab| lab.to_exact(&lab.fits().l2)),
    number("test_error_noise", "Test error with noise", TEST)
        .of(|lab| lab.test_error(&lab.fits().noise)),
    number("test_error_l2", "Test error with L2", TEST).of(|lab| lab.test_error(&lab.fits().l2)),
    number("test_error_unregularized", "Test error without", TEST)
        .of(|lab| lab.test_error(&lab.fits().plain)),
    number("taylor_ratio", "Noise / slope penalty, α = 10⁻⁵", RATIO).of(|lab| lab.l2_ratios.at[0]),
    number("taylor_ratio_alpha", "The same at this α", RATIO).of(|lab| lab.l2_ratios.own),
    number("taylor_ratio_plain", "The same, not regularized", RATIO).of(|lab| lab.plain_ratios.own),
    number("rescale_l2_factor", "L2 penalty, rescaled / before", RELU)
        .of(|lab| lab.rescaling.l2.factor()),
    number("rescale_noise_factor", "Noise penalty, rescaled / before", RELU)
        .of(|lab| lab.rescaling.noise.factor()),
];

const RMS: &str = "root of the mean square along the curve";
const TEST: &str = "mean squared error against the sine without noise";
const RATIO: &str = "of the L2 network; 1 where the small-alpha law is exact";
const RELU: &str = "of a relu network of the same size";

const VIEWS: [View<Nonlinear>; 6] = [
    View::new(
        "curves",
        "What the networks have fitted",
        "The three fits, the exact answer for noise, and the points.",
        Nonlinear::curves_picture,
    )
    .with_handles(Nonlinear::point_handles),
    View::new(
        "influence",
        "How far one point reaches",
        "What moving a point changes of each curve, as a share of the move.",
        Nonlinear::influence_picture,
    ),
    View::new(
        "distance",
        "Distance to the exact curve",
        "Of the network with noise and of the one with L2, against steps.",
        Nonlinear::distance_picture,
    ),
    View::new(
        "error",
        "Test error",
        "Mean squared error against the sine, against steps.",
        Nonlinear::error_picture,
    ),
    View::new(
        "taylor",
        "Is noise a penalty on slopes?",
        "What noise adds to the loss, divided by its small-alpha law, against alpha.",
        Nonlinear::taylor_picture,
    ),
    View::new(
        "rescaled",
        "The same function, rescaled",
        "A relu network before and after: both penalties.",
        Nonlinear::rescaled_picture,
    ),
];

/// The catalogue's entry.
pub const L2_NOISE_NONLINEAR: LabSpec = LabSpec {
    id: "l2_noise_nonlinear",
    title: "L2 ≠ noise",
    slide: SLIDE,
    claim: "For nonlinear networks noise and L2 are no longer equal, but sometimes similar.",
    parameters: PARAMETERS,
    metrics: &metric_specs(&METRICS),
    figures: &figure_specs(&VIEWS),
    main: Some(super::maps::NONLINEAR),
    build: build::<Nonlinear>,
};

/// Steps between two looks at the law, one alpha of one network at a time.
const LOOK_EVERY: u64 = 10;

/// What the networks have fitted as they are trained now, along the curve.
pub(super) struct Fits {
    /// With noise.
    pub noise: Vec<f64>,
    /// With an L2 penalty.
    pub l2: Vec<f64>,
    /// With neither.
    pub plain: Vec<f64>,
}

/// The lab at one step.
pub(super) struct Nonlinear {
    /// The settings as they are now.
    pub settings: Settings,
    /// The points learned from.
    pub train: Examples,
    /// Which of them is moved.
    pub moved: usize,
    /// The truth, along the curve.
    pub truth: Examples,
    /// The exact minimizer of the loss with noise, along the curve.
    pub exact: Vec<f64>,
    /// The network trained with noise.
    noise: Annealed,
    /// The network trained with an L2 penalty.
    l2: Annealed,
    /// The network trained with neither.
    plain: Annealed,
    relu: Annealed,
    /// Two of them without the move; none where nothing is moved.
    pub unmoved: Option<Unmoved>,
    fits: Memo<Fits>,
    /// Of the network with the L2 penalty.
    pub l2_ratios: Ratios,
    /// Of the network with neither.
    pub plain_ratios: Ratios,
    /// The relu network's two penalties.
    pub rescaling: Rescaling,
    /// By the keys of the metrics.
    learning: LearningCurves<&'static str>,
    /// Steps so far.
    pub steps: u64,
}

impl Nonlinear {
    /// What the networks have fitted.
    pub fn fits(&self) -> &Fits {
        self.fits.get(|| {
            let [noise, l2, plain] =
                [&self.noise, &self.l2, &self.plain].map(|annealed| annealed.fit(&self.truth.x));
            Fits { noise, l2, plain }
        })
    }

    fn test_error(&self, fit: &[f64]) -> f64 {
        mean_square(fit, &self.truth.y)
    }

    fn to_exact(&self, fit: &[f64]) -> f64 {
        mean_square(fit, &self.exact).sqrt()
    }

    fn values(&self) -> [(&'static str, f64); 5] {
        let Fits { noise, l2, plain } = self.fits();
        [
            ("test_error_noise", self.test_error(noise)),
            ("test_error_l2", self.test_error(l2)),
            ("test_error_unregularized", self.test_error(plain)),
            ("distance_noise_exact", self.to_exact(noise)),
            ("distance_l2_exact", self.to_exact(l2)),
        ]
    }

    /// The learning curves so far.
    pub fn curves(&self) -> Curves<'_, &'static str> {
        self.learning.until(self.steps, self.values())
    }

    fn networks(&mut self) -> [&mut Annealed; 4] {
        [&mut self.noise, &mut self.l2, &mut self.plain, &mut self.relu]
    }

    fn courses(&mut self) -> impl Iterator<Item = &mut Course<Annealed, ()>> {
        self.unmoved.iter_mut().flat_map(Unmoved::courses)
    }

    /// Looks at the law at one alpha of one network, or at the relu network, in turn.
    fn look(&mut self) {
        let places = ALPHAS.len() + 1;
        let turn = (self.steps / LOOK_EVERY) as usize % (2 * places + 1);
        let own = self.settings.real("alpha");
        match (turn / places, turn % places) {
            (0, place) => self.l2_ratios.look(place, own, &self.l2.network, &self.train),
            (1, place) => self.plain_ratios.look(place, own, &self.plain.network, &self.train),
            _ => self.rescale(),
        }
    }

    fn rescale(&mut self) {
        let (factor, alpha) = (self.settings.real("rescale"), self.settings.real("alpha"));
        self.rescaling = Rescaling::of(&self.relu.network, factor, &self.train, alpha);
    }
}

/// The points as they are drawn.
fn drawn(settings: &Settings) -> Examples {
    let seed = settings.seed();
    let mut points = sine(&mut stream(seed, Stream::Data, 0), settings.whole("n_train"));
    blur(&mut points, 0.4, seed);
    points
}

/// What makes the networks of these settings.
fn maker(settings: &Settings) -> impl Fn(&Examples, Activation, Regularizer) -> Result<Annealed> {
    let (units, rate) = (settings.whole("units"), settings.real("learning_rate"));
    let (planned, seed) = (settings.whole("steps") as u64, settings.seed());
    move |train, activation, regularizer| {
        let network = network(train, (units, activation), regularizer, rate, seed)?;
        Ok(Annealed::new(network, rate, planned))
    }
}

fn mean_square(fit: &[f64], other: &[f64]) -> f64 {
    let squares = fit.iter().zip(other).map(|(a, b)| (a - b) * (a - b));
    squares.sum::<f64>() / other.len() as f64
}

impl Lab for Nonlinear {
    const METRICS: &'static [Metric<Self>] = &METRICS;
    const VIEWS: &'static [View<Self>] = &VIEWS;

    fn new(settings: &Settings) -> Result<Self> {
        let drawn = drawn(settings);
        let (moved, by) = (row_of(&drawn, settings.whole("moved")), settings.real("moved_by"));
        let mut train = drawn.clone();
        train.y[moved] += by;
        let (truth, make) = (sine_grid(), maker(settings));
        let (alpha, planned) = (settings.real("alpha"), settings.whole("steps"));
        let none = Regularizer::default();
        let noise = Regularizer { alpha, ..none };
        let l2 = Regularizer { l2: settings.real("l2"), ..none };
        let tanh = |train, regularizer| make(train, Activation::Tanh, regularizer);
        let unmoved = match by {
            0.0 => None,
            _ => Some(Unmoved::new([tanh(&drawn, noise)?, tanh(&drawn, l2)?], planned)),
        };
        let relu = make(&train, Activation::Relu, none)?;
        let mut lab = Nonlinear {
            settings: settings.clone(),
            exact: nadaraya_watson(&train.x, &train.y, alpha, &truth.x)?,
            noise: tanh(&train, noise)?,
            l2: tanh(&train, l2)?,
            plain: tanh(&train, none)?,
            unmoved,
            moved,
            l2_ratios: Ratios::UNKNOWN,
            plain_ratios: Ratios::UNKNOWN,
            rescaling: Rescaling::of(&relu.network, settings.real("rescale"), &train, alpha),
            relu,
            fits: Memo::default(),
            train,
            truth,
            learning: LearningCurves::new(planned),
            steps: 0,
        };
        lab.learning.record(0, lab.values());
        Ok(lab)
    }

    fn step(&mut self) -> Result<()> {
        self.fits.forget();
        self.networks().into_iter().try_for_each(Annealed::step)?;
        self.courses().try_for_each(Course::step)?;
        self.steps += 1;
        if self.steps.is_multiple_of(LOOK_EVERY) {
            self.look();
        }
        if self.learning.due(self.steps) {
            self.learning.record(self.steps, self.values());
        }
        Ok(())
    }

    fn set(&mut self, settings: &Settings) {
        self.settings = settings.clone();
        let rate = settings.real("learning_rate");
        self.networks().into_iter().for_each(|network| network.learning_rate = rate);
        self.courses().for_each(|course| course.change(|network| network.learning_rate = rate));
        self.rescale();
    }

    /// Without the move, the networks are the same however far a point is dragged.
    fn take_up(&mut self, before: &mut Self) {
        self.courses().zip(before.courses()).for_each(|(course, before)| course.take_up(before));
    }

    fn weights(&self) -> Vec<Weights> {
        let [noise, l2, plain] = [&self.noise, &self.l2, &self.plain].map(|arm| &arm.network);
        weights_of([("noise", noise), ("L2", l2), ("plain", plain)])
    }

    /// By the network trained with noise.
    fn predict(&self, x: &[f64]) -> Result<Vec<f64>> {
        self.noise.network.predict(x)
    }
}
