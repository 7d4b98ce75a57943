//! "Symmetry breaking": neurons that start equal stay equal, until dropout tells them apart.
//!
//! Where all rows of W(1) are the same, all hidden units are the same. Where they also go on to the
//! next layer with the same weights, they get the same gradient, w_i <- w_i - eta dL/dh_i (1 - h_i^2) x,
//! and stay the same for ever: exactly, since every neuron's sum is taken in the same order. Dropping
//! inputs changes x, which is the same for all of them. Dropping hidden neurons changes dL/dh_i.

mod arms;
mod figures;
mod first_step;
mod map;
mod slow_motion;

use crate::data::Examples;
use crate::error::Result;
use crate::lab::course::{Course, take_up_any};
use crate::lab::learning_curves::{Curves, LearningCurves};
use crate::lab::weights::Weights;
use crate::lab::{Lab, LabSpec, Metric, View, build, figure_specs, metric_specs, number, share};
use crate::labs::arms::Judges;
use crate::labs::images::{IMAGES, images, images_of, n_images};
use crate::labs::weights::weights_of;
use crate::nn::max_difference;
use crate::param::presets;
use crate::param::{Choice, ParamSpec, Settings};
use arms::{Arm, Measures, Tied};

/// The first steps, all of them recorded: where symmetry breaks, it breaks there.
const FIRST_STEPS: u64 = 10;

const PARAMETERS: &[ParamSpec] = &[
    ParamSpec::choice(
        "arm",
        "tied",
        &[
            Choice::new("tied", "Equal start, no dropout"),
            Choice::new("tied_input_dropout", "Equal start, dropout on inputs"),
            Choice::new("tied_hidden_dropout", "Equal start, dropout on hidden neurons"),
            Choice::new("rows_equal", "Only the rows of W⁽¹⁾ equal"),
            Choice::new("random", "All random"),
        ],
    )
    .label("Network inspected")
    .help("all five are trained side by side from the same seed; the images show all of them")
    .view(),
    presets::keep_prob(0.5).help("of hidden neurons, in the network where they are dropped").live(),
    presets::keep_prob_input(0.8).help("in the network where inputs are dropped").live(),
    ParamSpec::real("perturbation", 0.0, 0.0, 0.1, 0.000000001)
        .log()
        .label("Perturbation")
        .help("standard deviation of what is added to rows that start equal; 0 is exactly equal"),
    ParamSpec::integer("units", 8, 2, 32, 1)
        .label("Hidden neurons")
        .help("tanh neurons in the hidden layer"),
    images_of(IMAGES),
    n_images(400).help("images with the right labels"),
    presets::learning_rate(0.2, 0.001, 2.0)
        .help("each weight changes by this times its gradient: plain SGD"),
    presets::batch_size(16, 128),
    ParamSpec::integer("images_seen", 1, 0, 128, 1)
        .label("First step, up to image")
        .help("how many images of the first batch the slow motion has counted in")
        .most(|settings| settings.whole("batch_size").min(settings.whole("n_train")))
        .view(),
    ParamSpec::steps(2000, 20_000),
    ParamSpec::seed(),
];

const METRICS: [Metric<Symmetry>; 13] = [
    number("max_difference", "Largest difference", "of two hidden neurons’ weights, now")
        .of(|lab| lab.measures(lab.shown()).difference),
    number(
        "first_difference",
        "Difference after the first step",
        "the largest of two hidden neurons’ weights",
    )
    .of(|lab| lab.shown().course.now().first),
    number(
        "most_difference",
        "Largest difference so far",
        "of two hidden neurons’ weights, at any step",
    )
    .of(|lab| lab.shown().course.now().most),
    number("hidden_difference", "Largest difference of outputs", "in h⁽¹⁾, any test image")
        .of(Symmetry::hidden_difference),
    number("mean_cosine", "Mean cosine", "between two rows of W⁽¹⁾; 1: the same direction")
        .decimals(3)
        .of(|lab| lab.measures(lab.shown()).mean_cosine),
    number("effective_rank", "Effective rank", "directions that the rows of W⁽¹⁾ take")
        .decimals(2)
        .of(|lab| lab.measures(lab.shown()).effective_rank),
    share("test_error", "Test error", "wrong on images it never saw")
        .of(|lab| lab.measures(lab.shown()).test_error),
    difference("first_difference_tied", "Difference after the first step, no dropout", |lab| {
        lab.arm("tied").course.now().first
    }),
    difference("max_difference_tied", "Largest difference, no dropout", |lab| {
        lab.difference_of("tied")
    }),
    difference("max_difference_input", "Largest difference, inputs dropped", |lab| {
        lab.difference_of("tied_input_dropout")
    }),
    difference("max_difference_hidden", "Largest difference, hidden neurons dropped", |lab| {
        lab.difference_of("tied_hidden_dropout")
    }),
    difference("max_difference_rows", "Largest difference, only rows equal", |lab| {
        lab.difference_of("rows_equal")
    }),
    difference("max_difference_random", "Largest difference, all random", |lab| {
        lab.difference_of("random")
    }),
];

/// The largest difference of two rows of one of the arms, whichever is shown.
const fn difference(
    key: &'static str,
    label: &'static str,
    of: fn(&Symmetry) -> f64,
) -> Metric<Symmetry> {
    number(key, label, "of two hidden neurons’ weights, of the network trained beside this one")
        .of(of)
}

const VIEWS: [View<Symmetry>; 7] = [
    View::new(
        "rows",
        "The rows of W⁽¹⁾",
        "What each hidden neuron looks for: its weights as an image of 8 × 8 pixels, in one \
         strip for each of the five networks.",
        Symmetry::rows_picture,
    ),
    View::new(
        "first_step",
        "Drag through the first step, image by image",
        "What each hidden neuron learns from the images of the first batch, one after the other. \
         Crossed out: dropped for this image. The same letter: the same weights, to the last bit.",
        Symmetry::first_step_picture,
    )
    .with_handles(Symmetry::first_step_handles),
    View::new(
        "difference",
        "Largest difference between two rows",
        "Of all five networks, against steps, on a logarithmic axis; exactly 0 lies below it.",
        Symmetry::difference_picture,
    ),
    View::new(
        "error",
        "Test error",
        "Of all five networks, against steps.",
        Symmetry::error_picture,
    ),
    View::new(
        "cosines",
        "How alike two neurons are",
        "The cosine of the angle between two rows of W⁽¹⁾.",
        Symmetry::cosines_picture,
    ),
    View::new(
        "hidden",
        "h⁽¹⁾ for twenty images",
        "What every hidden neuron answers to the same test images, one line per neuron.",
        Symmetry::hidden_picture,
    ),
    View::new(
        "arms",
        "Five networks, one seed",
        "How the five networks stand now.",
        Symmetry::arms_picture,
    ),
];

/// The catalogue's entry.
pub const SYMMETRY_BREAKING: LabSpec = LabSpec {
    id: "symmetry_breaking",
    title: "Symmetry breaking",
    slide: "Symmetry breaking",
    claim: "Hidden neurons that start equal stay equal; dropping some of them sets them apart.",
    parameters: PARAMETERS,
    metrics: &metric_specs(&METRICS),
    figures: &figure_specs(&VIEWS),
    main: Some(map::MAP),
    build: build::<Symmetry>,
};

/// What a learning curve shows of a network.
#[derive(Clone, Copy, PartialEq)]
enum On {
    Difference,
    TestError,
}

/// The lab at one step.
struct Symmetry {
    settings: Settings,
    /// The images to learn from, and those to be judged by.
    train: Examples,
    test: Examples,
    judges: Judges<f64>,
    arms: Vec<Arm>,
    /// Of every arm, by its key.
    learning: LearningCurves<(On, &'static str)>,
}

impl Symmetry {
    /// The arm that is shown.
    fn shown(&self) -> &Arm {
        self.arm(self.settings.choice("arm"))
    }

    /// The largest difference between two hidden neurons' weights in the arm with this key.
    fn difference_of(&self, key: &str) -> f64 {
        self.measures(self.arm(key)).difference
    }

    fn arm(&self, key: &str) -> &Arm {
        self.arms.iter().find(|arm| arm.kind.key == key).expect("one of the arms")
    }

    /// The arm that the lab is about.
    fn hidden_dropped(&self) -> &Arm {
        self.arms.iter().find(|arm| arm.kind.drops_hidden()).expect("one of the arms")
    }

    fn courses(&mut self) -> impl Iterator<Item = &mut Course<Tied, Measures>> {
        self.arms.iter_mut().map(|arm| &mut arm.course)
    }

    fn steps(&self) -> u64 {
        self.arms[0].course.steps()
    }

    /// How an arm stands now.
    fn measures<'a>(&self, arm: &'a Arm) -> &'a Measures {
        arm.measures(&self.judges)
    }

    /// The largest difference between two hidden neurons' outputs on any test image.
    fn hidden_difference(&self) -> f64 {
        let hidden = self.shown().hidden(&self.test.x);
        let images = hidden.chunks_exact(self.settings.whole("units"));
        images.map(|h| max_difference(h, 1)).fold(0.0, f64::max)
    }

    fn values(&self) -> impl Iterator<Item = ((On, &'static str), f64)> {
        self.arms.iter().flat_map(|arm| {
            let key = arm.kind.key;
            let Measures { difference, test_error, .. } = *self.measures(arm);
            [((On::Difference, key), difference), ((On::TestError, key), test_error)]
        })
    }

    fn curves(&self) -> Curves<'_, (On, &'static str)> {
        self.learning.until(self.steps(), self.values())
    }

    fn record(&mut self) {
        let values: Vec<_> = self.values().collect();
        self.learning.record(self.steps(), values);
        self.arms.iter_mut().for_each(|arm| arm.course.record());
    }
}

impl Lab for Symmetry {
    const METRICS: &'static [Metric<Self>] = &METRICS;
    const VIEWS: &'static [View<Self>] = &VIEWS;

    fn new(settings: &Settings) -> Result<Self> {
        let split = images(settings)?;
        let arms = Arm::all(settings, &split)?;
        let mut lab = Symmetry {
            judges: Judges::new(&arms[0].course.now().network, &split),
            arms,
            train: split.train,
            test: split.test,
            learning: LearningCurves::new(settings.whole("steps")),
            settings: settings.clone(),
        };
        lab.record();
        Ok(lab)
    }

    fn step(&mut self) -> Result<()> {
        self.courses().try_for_each(Course::step)?;
        if self.learning.due(self.steps()) || self.steps() <= FIRST_STEPS {
            self.record();
        }
        Ok(())
    }

    fn set(&mut self, settings: &Settings) {
        self.arms.iter_mut().for_each(|arm| arm.set(settings));
        self.settings = settings.clone();
    }

    /// Each keep probability is that of one network.
    fn take_up(&mut self, before: &mut Self) {
        if self.judges == before.judges {
            take_up_any(self.courses(), before.courses());
        }
    }

    fn weights(&self) -> Vec<Weights> {
        weights_of(self.arms.iter().map(|arm| (arm.kind.label, &arm.course.now().network)))
    }

    fn predict(&self, x: &[f64]) -> Result<Vec<f64>> {
        self.shown().course.now().network.predict(x)
    }
}
