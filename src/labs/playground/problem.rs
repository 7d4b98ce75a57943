//! The data sets of the playground: what is learned, and on which axes it is shown.

use crate::data::{
    self, DIGIT_CLASSES, DIGIT_SIDE, Divided, Examples, Mislabelled, Split, Standard, Table, blur,
    mislabel,
};
use crate::error::Result;
use crate::labs::images::{check_n_train, mislabelled_images};
use crate::nn::{Loss, Stream, stream};
use crate::param::{self, Choice, Setting, Settings};
use crate::value::shortened;

/// The plane shown of generated sets, in both directions, and the stretch of a curve.
const PLANE: (f64, f64) = (-1.3, 1.3);
const CURVE: (f64, f64) = (-1.5, 1.5);

/// Test examples of the generated sets.
const N_TEST: usize = 1000;

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

/// What inputs, target and classes are called.
pub struct Names {
    pub inputs: Vec<String>,
    pub target: String,
    /// None where numbers are to be found.
    pub classes: Vec<String>,
}

impl Names {
    pub fn new(inputs: &[&str], target: &str, classes: &[&str]) -> Self {
        let owned = |names: &[&str]| names.iter().map(|name| name.to_string()).collect();
        Names { inputs: owned(inputs), target: target.to_string(), classes: owned(classes) }
    }
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
            return own(table, settings);
        }
        let dataset = settings.choice("dataset");
        let (n_train, seed) = (settings.whole("n_train"), settings.seed());
        let noise = settings.real("label_noise");
        check_n_train(settings)?;
        if dataset == "digits" {
            let shown = Shown::Images(DIGIT_SIDE);
            return Ok(Problem::classes(mislabelled_images(settings)?, DIGIT_CLASSES, shown));
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
            blur(&mut split.train, noise, seed);
            let loss = Loss::Mse;
            return Ok(Problem { loss, ..Problem::classes((split, Vec::new()), 1, Shown::Curve) });
        }
        let wrong = mislabel(&mut split.train, noise, 2, seed);
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
        let loss = Loss::CrossEntropy;
        Problem { split, wrong, loss, outputs, shown, names, standard, reach }
    }

    /// Whether numbers are to be found, not classes.
    pub fn of_numbers(&self) -> bool {
        self.loss != Loss::CrossEntropy
    }

    /// An input as it was before it was standardized.
    pub fn input(&self, at: usize, x: f64) -> f64 {
        x * self.standard.x_sd[at] + self.standard.x_mean[at]
    }

    /// A target, or what was found, likewise.
    pub fn target(&self, y: f64) -> f64 {
        y * self.standard.y_sd + self.standard.y_mean
    }

    /// Inputs as a network sees them.
    pub fn seen(&self, rows: impl IntoIterator<Item = f64>) -> Vec<f64> {
        let Standard { x_mean, x_sd, .. } = &self.standard;
        let units = x_mean.iter().zip(x_sd).cycle();
        rows.into_iter().zip(units).map(|(x, (mean, sd))| (x - mean) / sd).collect()
    }
}

/// The problem of the reader's own table: its rows split by the seed.
///
/// # Errors
/// As [`Table::divided`].
fn own(table: &Table, settings: &Settings) -> Result<Problem> {
    let (n_train, seed) = (settings.whole("n_train"), settings.seed());
    let Divided { mut split, standard } = table.divided(n_train, seed)?;
    let (classes, noise) = (table.classes.len(), settings.real("label_noise"));
    let (loss, wrong) = if table.of_classes() {
        (Loss::CrossEntropy, mislabel(&mut split.train, noise, classes, seed))
    } else {
        blur(&mut split.train, noise, seed);
        (Loss::Mse, Vec::new())
    };
    let shown = match (table.image_side, table.inputs.len(), table.of_classes()) {
        (Some(side), _, true) => Shown::Images(side),
        (_, 2, true) => Shown::Plane,
        (_, 1, false) => Shown::Curve,
        (_, _, true) => Shown::Rows,
        (_, _, false) => Shown::Found,
    };
    let short = |names: &[String]| names.iter().map(|name| shortened(name)).collect();
    let names = Names {
        inputs: short(&table.inputs),
        target: shortened(&table.target),
        classes: short(&table.classes),
    };
    Ok(Problem {
        split,
        wrong,
        loss,
        outputs: classes.max(1),
        shown,
        names,
        standard,
        reach: reach(&table.examples, shown),
    })
}

/// From where to where the axes of a plane or of a curve go: over all rows, with some room.
fn reach(all: &Examples, shown: Shown) -> [(f64, f64); 2] {
    let inputs = all.inputs();
    let column = |at: usize| with_room(all.x.iter().skip(at).step_by(inputs).copied());
    match shown {
        Shown::Plane => [column(0), column(1)],
        Shown::Curve => [column(0), with_room(all.y.iter().copied())],
        Shown::Found => [with_room(all.y.iter().copied()); 2],
        Shown::Images(_) | Shown::Rows => [(0.0, 1.0); 2],
    }
}

/// The range of these numbers and a twentieth more on both sides.
fn with_room(numbers: impl Iterator<Item = f64>) -> (f64, f64) {
    let ends = (f64::INFINITY, f64::NEG_INFINITY);
    let (least, most) = numbers.fold(ends, |(a, b), number| (a.min(number), b.max(number)));
    let room = if most > least { (most - least) / 20.0 } else { least.abs().max(1.0) / 2.0 };
    (least - room, most + room)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_have_some_room_and_a_constant_column_too() {
        assert_eq!(with_room([1.0, 3.0, 2.0].into_iter()), (0.9, 3.1));
        assert_eq!(with_room([4.0, 4.0].into_iter()), (2.0, 6.0));
        assert_eq!(with_room([0.0].into_iter()), (-0.5, 0.5));
    }
}
