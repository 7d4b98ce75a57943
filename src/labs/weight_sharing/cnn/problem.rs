//! What the three networks are to learn: which motif a signal holds, or which digit a canvas.

use crate::data::{
    self, CANVAS_SIDE, DIGIT_CLASSES, DIGIT_SIDE, Examples, MOTIF_WIDTH, MOTIFS, MotifPlaces,
    Placed, SIGNAL_LENGTH, Split, TEST_MEMBER, motifs, on_canvas_within,
};
use crate::error::Result;
use crate::labs::images::{DIGITS, all_images, check_learns_images, judged_by, most_learned};
use crate::nn::{Shape, Stream, stream};
use crate::param::{Choice, Setting, Settings};
use std::ops::Range;

/// The choices of task; a person who picks one is offered settings that suit it.
pub(super) const TASKS: &[Choice] = &[
    Choice::new("motif", "Motifs in a signal").suggests(&[
        ("n_train", Setting::Number(100.0)),
        ("steps", Setting::Number(600.0)),
        ("dataset", Setting::Choice(DIGITS)),
    ]),
    Choice::new("digits", "Images on a 12 × 12 canvas")
        .suggests(&[("n_train", Setting::Number(200.0)), ("steps", Setting::Number(500.0))]),
];

/// Where the thing to be recognised stands in training and in the test.
pub(super) const SPLITS: &[Choice] = &[
    Choice::new("random", "anywhere, in both"),
    Choice::new("left_right", "left in training, right in the test"),
];

/// Examples to be judged by.
pub(super) const TEST: usize = 500;

/// Of the noise in a signal.
const NOISE_SD: f64 = 0.3;

/// Columns of the canvas in which the image of a digit may begin: anywhere, at the left, at the right.
const ANYWHERE: Range<usize> = 0..5;
const LEFT: Range<usize> = 0..2;
const RIGHT: Range<usize> = 3..5;

/// Numbers on a side of a filter.
pub(super) const KERNEL: usize = 5;

/// As many motifs are drawn as are asked for.
pub(super) fn most_train(settings: &Settings) -> usize {
    let drawn = settings.choice("task") == "motif";
    if drawn { usize::MAX } else { most_learned(settings, TEST) }
}

/// The data, and what a row of it is.
pub(super) struct Problem {
    /// A signal or an image.
    pub input: Shape,
    /// Classes.
    pub classes: usize,
    /// What the networks learn from.
    pub train: Examples,
    /// What they are judged by.
    pub test: Examples,
    /// In which column of each of these the motif or the digit begins.
    columns: Vec<usize>,
}

impl Problem {
    /// The problem of these settings.
    ///
    /// # Errors
    /// Where there are fewer images than asked for.
    pub fn new(settings: &Settings) -> Result<Self> {
        let (n_train, seed) = (settings.whole("n_train"), settings.seed());
        let left_right = settings.choice("split") == "left_right";
        check_learns_images(settings)?;
        if settings.choice("task") == "motif" {
            return Ok(of_motifs(n_train, left_right, seed));
        }
        let all = all_images(settings)?;
        let n_test = judged_by(settings, TEST)?;
        Ok(of_digits(&data::split(&all, n_train, n_test, seed), left_right, seed))
    }

    /// Numbers in a line of the input: the whole signal, or a row of the canvas.
    pub fn across(&self) -> usize {
        if let Shape::Line { length, .. } = self.input { length } else { CANVAS_SIDE }
    }

    /// Rows of the input: 1 of a signal.
    pub fn down(&self) -> usize {
        if let Shape::Line { .. } = self.input { 1 } else { CANVAS_SIDE }
    }

    /// Where a filter can stand: rows of locations, and locations in a row.
    pub fn locations(&self) -> (usize, usize) {
        let across = self.across() - KERNEL + 1;
        if self.down() == 1 { (1, across) } else { (across, across) }
    }

    /// Weights of a filter.
    pub fn taps(&self) -> usize {
        if self.down() == 1 { KERNEL } else { KERNEL * KERNEL }
    }

    /// Columns that the motif or the digit takes.
    pub fn width(&self) -> usize {
        if self.down() == 1 { MOTIF_WIDTH } else { DIGIT_SIDE }
    }

    /// In which column the motif or the digit of an example of the test set begins, once shifted.
    pub fn column(&self, example: usize, shift: usize) -> usize {
        (self.columns[example] + shift) % self.across()
    }

    /// What a class is called: "motif 3"; of images, its number alone.
    pub fn class_name(&self, class: usize) -> String {
        if self.down() == 1 { format!("motif {}", class + 1) } else { class.to_string() }
    }
}

fn of_motifs(n_train: usize, left_right: bool, seed: u32) -> Problem {
    let (train, test) = match left_right {
        true => (MotifPlaces::Left, MotifPlaces::Right),
        false => (MotifPlaces::Anywhere, MotifPlaces::Anywhere),
    };
    let draw = |member, rows, places| {
        motifs(&mut stream(seed, Stream::Data, member), rows, places, NOISE_SD)
    };
    let Placed { examples, places } = draw(TEST_MEMBER, TEST, test);
    Problem {
        input: Shape::Line { channels: 1, length: SIGNAL_LENGTH },
        classes: MOTIFS.len(),
        train: draw(0, n_train, train).examples,
        test: examples,
        columns: places,
    }
}

fn of_digits(split: &Split, left_right: bool, seed: u32) -> Problem {
    let (train, test) = if left_right { (LEFT, RIGHT) } else { (ANYWHERE, ANYWHERE) };
    let place = |member, digits: &Examples, columns| {
        on_canvas_within(&mut stream(seed, Stream::Data, member), digits, columns)
    };
    let Placed { examples, places } = place(TEST_MEMBER, &split.test, test);
    Problem {
        input: Shape::Image { channels: 1, height: CANVAS_SIDE, width: CANVAS_SIDE },
        classes: DIGIT_CLASSES,
        train: place(1, &split.train, train).examples,
        test: examples,
        columns: places.into_iter().map(|place| place % CANVAS_SIDE).collect(),
    }
}
