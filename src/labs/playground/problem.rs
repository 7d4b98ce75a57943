//! The data sets of the playground: what is learned, and on which axes it is shown.

use super::own::{self, Names};
use crate::data::{
    self, DIGIT_CLASSES, DIGIT_SIDE, Examples, MOST_LEARNED, Mislabelled, Split, Standard,
};
use crate::error::{Error, Result};
use crate::labs::images::mislabelled_images;
use crate::nn::{Loss, Stream, stream};
use crate::param::{self, Choice, Setting, Settings};

/// The plane shown of generated sets, in both directions, and the stretch of a curve.
const PLANE: (f64, f64) = (-1.3, 1.3);
const CURVE: (f64, f64) = (-1.5, 1.5);

/// Test examples of the generated sets.
const N_TEST: usize = 1000;

/// Most examples to learn from, but for a reader's own.
const MOST_TRAIN: usize = 1100;

/// The choices of data set; a person who picks one is offered settings that suit it. The regularizers are
/// left as they are: what they do to other data is what a person wants to see.
pub const DATASETS: &[Choice] = &[
    Choice::new("digits", "Handwritten digits").suggests(&[
        ("n_train", Setting::Number(300.0)),
        ("label_noise", Setting::Number(0.3)),
        ("hidden_layers", Setting::Number(2.0)),
        ("units", Setting::Number(64.0)),
        ("activation", Setting::Choice("relu")),
        ("learning_rate", Setting::Number(0.002)),
        ("steps", Setting::Number(1500.0)),
    ]),
    Choice::new("circles", "Circles").suggests(ON_TWO_INPUTS),
    Choice::new("xor", "Exclusive or").suggests(ON_TWO_INPUTS),
    Choice::new("gaussians", "Two Gaussians").suggests(ON_TWO_INPUTS),
    Choice::new("spirals", "Spirals").suggests(&[
        ("n_train", Setting::Number(150.0)),
        ("label_noise", Setting::Number(0.05)),
        ("hidden_layers", Setting::Number(2.0)),
        ("units", Setting::Number(48.0)),
        ("activation", Setting::Choice("relu")),
        ("learning_rate", Setting::Number(0.01)),
        ("steps", Setting::Number(2000.0)),
    ]),
    Choice::new("sine", "Noisy sine, few points").suggests(&[
        ("n_train", Setting::Number(20.0)),
        ("label_noise", Setting::Number(0.4)),
        ("hidden_layers", Setting::Number(2.0)),
        ("units", Setting::Number(32.0)),
        ("activation", Setting::Choice("tanh")),
        ("learning_rate", Setting::Number(0.005)),
        ("steps", Setting::Number(2000.0)),
    ]),
    param::own::own(&[
        ("label_noise", Setting::Number(0.0)),
        ("hidden_layers", Setting::Number(1.0)),
        ("units", Setting::Number(32.0)),
        ("learning_rate", Setting::Number(0.005)),
    ]),
];

const ON_TWO_INPUTS: &[(&str, Setting)] = &[
    ("n_train", Setting::Number(80.0)),
    ("label_noise", Setting::Number(0.15)),
    ("hidden_layers", Setting::Number(2.0)),
    ("units", Setting::Number(48.0)),
    ("activation", Setting::Choice("relu")),
    ("learning_rate", Setting::Number(0.01)),
    ("steps", Setting::Number(1500.0)),
];

/// What is shown of a problem beside its curves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shown {
    /// Images with so many pixels along a side.
    Images(usize),
    /// A plane of two inputs.
    Plane,
    /// A curve over one input.
    Curve,
    /// Classes of many inputs.
    Rows,
    /// Numbers found from many inputs, against those that are true.
    Found,
}

/// What a network is to learn.
pub struct Problem {
    /// Training and test set.
    pub split: Split,
    /// The examples to learn from that have a wrong class.
    pub wrong: Vec<Mislabelled>,
    /// What training makes small.
    pub loss: Loss,
    /// Numbers a row of output.
    pub outputs: usize,
    /// How it is shown.
    pub shown: Shown,
    /// The most examples there could be to learn from.
    pub most_train: usize,
    /// What inputs, target and classes are called.
    pub names: Names,
    /// The units in which the network sees inputs and targets.
    pub standard: Standard,
    /// What lies on the axes of a plane or under a curve, from where to where.
    pub reach: [(f64, f64); 2],
}

impl Problem {
    /// The problem of these settings.
    ///
    /// # Errors
    /// More examples to learn from than there are, and a reader's own data of which there are none.
    pub fn new(settings: &Settings) -> Result<Self> {
        if let Some(table) = settings.own_table()? {
            return own::problem(table, settings);
        }
        let dataset = settings.choice("dataset");
        let (n_train, seed) = (settings.whole("n_train"), settings.seed());
        let noise = settings.real("label_noise");
        if n_train > MOST_TRAIN {
            return Err(Error::invalid(format!(
                "n_train = {n_train}: must be at most {MOST_TRAIN} with dataset = \"{dataset}\" (at most \
                 {MOST_LEARNED} of your own data)"
            )));
        }
        if dataset == "digits" {
            let shown = Shown::Images(DIGIT_SIDE);
            return Ok(Problem::classes(mislabelled_images(settings), DIGIT_CLASSES, shown));
        }
        let mut rng = stream(seed, Stream::Data, 0);
        let make: fn(&mut _, usize) -> Examples = match dataset {
            "circles" => data::circles,
            "xor" => data::xor,
            "gaussians" => data::gaussians,
            "spirals" => data::spirals,
            _ => data::sine,
        };
        let mut split = Split { train: make(&mut rng, n_train), test: make(&mut rng, N_TEST) };
        if dataset == "sine" {
            data::blur(&mut split.train, noise, seed);
            let loss = Loss::Mse;
            return Ok(Problem { loss, ..Problem::classes((split, Vec::new()), 1, Shown::Curve) });
        }
        let wrong = data::mislabel(&mut split.train, noise, 2, seed);
        Ok(Problem::classes((split, wrong), 2, Shown::Plane))
    }

    /// A problem of built-in data.
    fn classes((split, wrong): (Split, Vec<Mislabelled>), outputs: usize, shown: Shown) -> Self {
        let (names, reach) = match shown {
            Shown::Curve => (Names::new(&["x"], "y", &[]), [CURVE, (-2.0, 2.0)]),
            Shown::Plane => {
                let classes = ["orange class", "blue class"];
                (Names::new(&["x1", "x2"], "class", &classes), [PLANE; 2])
            }
            _ => {
                let digits = (0..outputs).map(|digit| digit.to_string()).collect();
                (Names { classes: digits, ..Names::new(&[], "digit", &[]) }, [PLANE; 2])
            }
        };
        let standard = Standard::none(split.train.inputs());
        let (loss, most_train) = (Loss::CrossEntropy, MOST_TRAIN);
        Problem { split, wrong, loss, outputs, shown, most_train, names, standard, reach }
    }

    /// Whether numbers are to be found, not classes.
    pub fn of_numbers(&self) -> bool {
        self.loss != Loss::CrossEntropy
    }
}
