//! What the networks of an ensemble learn from, and what they are judged by.

use crate::data::{self, DIGIT_CLASSES, Examples, Split, Standard, TEST_MEMBER};
use crate::error::Result;
use crate::labs::images::{TEN_CLASSES, all_images, judged_by, most_learned};
use crate::nn::{Loss, Stream, stream};
use crate::param::own::own;
use crate::param::{Choice, Setting, Settings};

/// The choices of data set; a person who picks one is offered settings that suit it.
pub(super) const DATASETS: &[Choice] = &[
    Choice::new("diabetes", "Diabetes, 442 patients").suggests(&[
        ("n_train", Setting::Number(200.0)),
        ("units", Setting::Number(32.0)),
        ("n_members", Setting::Number(10.0)),
        ("steps", Setting::Number(1500.0)),
    ]),
    Choice::new("generated", "Generated: sin 2x₁ + x₂x₃/2 + noise").suggests(&[
        ("n_train", Setting::Number(60.0)),
        ("units", Setting::Number(32.0)),
        ("n_members", Setting::Number(10.0)),
        ("steps", Setting::Number(1500.0)),
    ]),
    Choice::new("digits", "Handwritten digits").suggests(&[
        ("n_train", Setting::Number(200.0)),
        ("units", Setting::Number(16.0)),
        ("n_members", Setting::Number(15.0)),
        ("steps", Setting::Number(600.0)),
    ]),
    own(&[
        ("units", Setting::Number(16.0)),
        ("n_members", Setting::Number(15.0)),
        ("steps", Setting::Number(600.0)),
    ])
    .of_images(TEN_CLASSES),
];

/// Patients and images to learn from at most, and as many of the rest to be judged by. Fewer images
/// than there are: where no worker starts, one scoring of all members must not hold up the page.
const DIABETES: (usize, usize) = (300, 142);
const DIGITS: (usize, usize) = (1100, 400);

/// Generated examples to be judged by, and the standard deviation of the noise on the others.
const GENERATED_TEST: usize = 500;
const GENERATED_NOISE: f64 = 0.5;

/// Where they are judged: every input within so many standard deviations. Further out there is next
/// to nothing to learn from, and all networks err alike, whatever they have seen.
const REACH: f64 = 1.5;

/// How many examples there are to learn from.
pub(super) fn most_train(settings: &Settings) -> usize {
    let patients = settings.choice("dataset") == "diabetes";
    if patients { DIABETES.0 } else { most_learned(settings, DIGITS.1) }
}

/// Data for every member, and a test set they share.
pub(super) struct Problem {
    /// The training set of each member, or the one of all of them.
    train: Vec<Examples>,
    /// What they are judged by.
    pub test: Examples,
    /// The targets of the test set as numbers: of a class, 1 for it and 0 for the others.
    pub y: Vec<f64>,
    /// What training makes small.
    pub loss: Loss,
    /// Numbers a row of output.
    pub outputs: usize,
}

impl Problem {
    /// The problem of these settings.
    ///
    /// # Errors
    /// Where a data set has fewer examples than asked for.
    pub fn new(settings: &Settings) -> Result<Self> {
        let independent = settings.choice("diversity") == "independent_data";
        let sets = if independent { settings.whole("n_members") } else { 1 };
        let (n_train, seed) = (settings.whole("n_train"), settings.seed());
        match settings.choice("dataset") {
            "generated" => Ok(generated(n_train, sets, seed)),
            "diabetes" => {
                let why = " with dataset = diabetes, so that enough are left to be judged by";
                settings.check_most("n_train", DIABETES.0, why)?;
                let mut split = data::split(&data::diabetes(), DIABETES.0, DIABETES.1, seed);
                let standard = Standard::of(&split.train.first(n_train));
                standard.apply(&mut split.train);
                standard.apply(&mut split.test);
                let y = split.test.y.clone();
                Ok(Problem { y, ..Problem::parts(split, n_train, sets, Loss::Mse, 1) })
            }
            _ => {
                let all = all_images(settings)?;
                let n_test = judged_by(settings, DIGITS.1)?;
                let pool = DIGITS.0.min(all.y.len() - n_test);
                let split = data::split(&all, pool, n_test, seed);
                let classes = 0..split.test.y.len() * DIGIT_CLASSES;
                let is = |i: usize| split.test.y[i / DIGIT_CLASSES] == (i % DIGIT_CLASSES) as f64;
                let y = classes.map(|i| f64::from(u8::from(is(i)))).collect();
                let (loss, outputs) = (Loss::CrossEntropy, DIGIT_CLASSES);
                Ok(Problem { y, ..Problem::parts(split, n_train, sets, loss, outputs) })
            }
        }
    }

    /// The pool in as many parts as there are sets, none larger than `n_train`.
    fn parts(split: Split, n_train: usize, sets: usize, loss: Loss, outputs: usize) -> Self {
        let size = n_train.min(split.train.y.len() / sets);
        let rows = |set: usize| (set * size..(set + 1) * size).collect::<Vec<usize>>();
        let train = (0..sets).map(|set| split.train.pick(&rows(set))).collect();
        Problem { train, test: split.test, y: Vec::new(), loss, outputs }
    }

    /// What a member learns from.
    pub fn train(&self, member: usize) -> &Examples {
        &self.train[member.min(self.train.len() - 1)]
    }
}

/// Real data cannot be drawn anew, so independent sets are parts of the one there is; generated ones
/// are drawn anew. Their test set has the true values, without noise.
fn generated(n_train: usize, sets: usize, seed: u32) -> Problem {
    let draw = |set: u32, rows: usize, noise: f64| {
        data::interaction(&mut stream(seed, Stream::Data, set), rows, noise)
    };
    let train = (0..sets as u32).map(|set| draw(set, n_train, GENERATED_NOISE)).collect();
    let drawn = draw(TEST_MEMBER, 3 * GENERATED_TEST, 0.0);
    let within = |&row: &usize| drawn.row(row).iter().all(|x| x.abs() <= REACH);
    let rows: Vec<usize> = (0..drawn.y.len()).filter(within).take(GENERATED_TEST).collect();
    let test = drawn.pick(&rows);
    Problem { train, y: test.y.clone(), test, loss: Loss::Mse, outputs: 1 }
}
