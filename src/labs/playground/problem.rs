//! The data sets of the playground: what is learned, and on which axes it is shown.

use crate::data::{self, DIGIT_CLASSES, Examples, Mislabelled, Split};
use crate::labs::images::mislabelled_images;
use crate::nn::{Loss, Stream, stream};
use crate::param::{Choice, Setting, Settings};

/// Test examples of the generated sets.
const N_TEST: usize = 1000;

/// Most examples to learn from.
pub const MOST_TRAIN: u32 = 1100;

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
    /// Images.
    Digits,
    /// A plane of two inputs.
    Plane,
    /// A curve over one input.
    Curve,
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
}

impl Problem {
    /// The problem of these settings.
    pub fn new(settings: &Settings) -> Self {
        let dataset = settings.choice("dataset");
        let (n_train, seed) = (settings.whole("n_train"), settings.seed());
        let noise = settings.real("label_noise");
        if dataset == "digits" {
            return Problem::classes(mislabelled_images(settings), DIGIT_CLASSES, Shown::Digits);
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
            let (loss, shown, wrong) = (Loss::Mse, Shown::Curve, Vec::new());
            return Problem { split, wrong, loss, outputs: 1, shown };
        }
        let wrong = data::mislabel(&mut split.train, noise, 2, seed);
        Problem::classes((split, wrong), 2, Shown::Plane)
    }

    fn classes((split, wrong): (Split, Vec<Mislabelled>), outputs: usize, shown: Shown) -> Self {
        Problem { split, wrong, loss: Loss::CrossEntropy, outputs, shown }
    }
}
