//! One test digit at any place of the canvas: what the autoencoder draws of it there, and what both
//! classifiers answer.

use super::transfer::Transfer;
use crate::data::{DIGIT_CLASSES, DIGIT_SIDE, Examples, PLACES, at_place};
use crate::figure::{Handle, Image, Place, Role};
use crate::lab::memo::Memo;
use crate::nn::{Network, most_likely};
use crate::param::Settings;

/// Places of the canvas.
pub(super) const ALL_PLACES: usize = PLACES * PLACES;

/// Where a digit stands that is in the middle.
const MIDDLE: f64 = (PLACES / 2) as f64;

/// Pixels of a place on the map of all places, with the gap after it; a gap comes before the first.
const CELL: usize = 5;
pub(super) const MAP_SIDE: usize = CELL * PLACES + 1;

/// What both classifiers are called, in the order of their maps.
const NAMES: [&str; 2] = ["from scratch", "pre-trained"];

/// A digit and its place.
pub(super) struct Dragged {
    /// One test digit of every class, in the order of the classes.
    digits: Examples,
    /// Which of them stands on the canvas.
    pub digit: usize,
    /// Columns from the left, and rows from the top.
    pub x: usize,
    pub y: usize,
    answers: Memo<Answers>,
}

/// What both classifiers answer for every digit at every place.
///
/// # Shapes
/// (digits x rows from the top x columns from the left).
struct Answers {
    scratch: Vec<usize>,
    pretrained: Vec<usize>,
}

/// What one classifier makes of the digit.
pub(super) struct Answered {
    /// Its answer where the digit stands.
    pub here: usize,
    /// At how many of the places it is right.
    pub right: usize,
    /// For how many of all ten digits at all places it is right.
    pub right_of_all: usize,
    /// Where it is right.
    pub map: Image,
}

impl Dragged {
    /// The first of each class among test digits.
    pub fn new(test: &Examples, settings: &Settings) -> Self {
        let first = |class| test.y.iter().position(|&y| y == class as f64);
        let digits = test.pick(&(0..DIGIT_CLASSES).filter_map(first).collect::<Vec<_>>());
        let mut dragged = Dragged { digits, digit: 0, x: 0, y: 0, answers: Memo::default() };
        dragged.set(settings);
        dragged
    }

    /// Takes over which digit is looked at, and where it stands.
    pub fn set(&mut self, settings: &Settings) {
        let [digit, x, y] = ["digit", "place_x", "place_y"].map(|key| settings.whole(key));
        [self.digit, self.x, self.y] = [digit, x, y];
    }

    /// Forgets what was answered, since the networks have learned.
    pub fn forget(&mut self) {
        self.answers.forget();
    }

    /// The canvas with the digit where it stands.
    pub fn seen(&self) -> Vec<f64> {
        at_place(&self.digits.pick(&[self.digit]), self.y, self.x).examples.x
    }

    /// How far the digit is from the middle: pixels to the right, and pixels down.
    pub fn away(&self) -> (f64, f64) {
        (self.x as f64 - MIDDLE, self.y as f64 - MIDDLE)
    }

    /// How far a drawing of it is from where the digit would be in the middle; the drawing fills the
    /// canvas, or the middle of it.
    pub fn drawing_away(&self, drawn: &[f64]) -> (f64, f64) {
        let side = drawn.len().isqrt();
        let margin = if side == DIGIT_SIDE { 0.0 } else { MIDDLE };
        let (want, got) =
            (middle_of_ink(self.digits.row(self.digit), DIGIT_SIDE), middle_of_ink(drawn, side));
        (got.0 - want.0 - margin, got.1 - want.1 - margin)
    }

    /// The digit, where a hand can take it.
    pub fn on_the_canvas(&self) -> Handle {
        self.handle("the image on its canvas", 0, 1.0)
    }

    /// The ring on each of the two maps of all places, where a hand can take that.
    pub fn on_the_maps(&self) -> [Handle; 2] {
        let name = |image: usize| format!("the place of the image, {}", NAMES[image]);
        [0, 1].map(|image| self.handle(&name(image), image, 1.0 / CELL as f64))
    }

    /// A hand that moves the digit by so many places for each pixel of an image.
    fn handle(&self, name: &str, image: usize, per: f64) -> Handle {
        let state = format!("{} from the left, {} from the top", self.x, self.y);
        let handle = Handle::press(name, state, Place::Item(image));
        handle.across("place_x", self.x as f64, per).up("place_y", self.y as f64, per)
    }

    /// Which of all places it stands at, row by row.
    fn place(&self) -> usize {
        self.y * PLACES + self.x
    }

    /// What both classifiers answer.
    pub fn answered(&self, transfer: &Transfer) -> [Answered; 2] {
        let Answers { scratch, pretrained } = self.answers(transfer);
        let tuned = transfer.tuned() > 0;
        [(NAMES[0], scratch), (NAMES[1], pretrained)].map(|(name, answers)| {
            let own = self.of_digit(answers);
            let right = |&(at, &answer): &(usize, &usize)| answer == at / ALL_PLACES;
            Answered {
                here: own[self.place()],
                right: own.iter().filter(|&&answer| answer == self.digit).count(),
                right_of_all: answers.iter().enumerate().filter(right).count(),
                map: self.map(name, own, tuned),
            }
        })
    }

    fn answers(&self, transfer: &Transfer) -> &Answers {
        self.answers.get(|| {
            let places = (0..ALL_PLACES).map(|at| (at / PLACES, at % PLACES));
            let places: Vec<Examples> =
                places.map(|(y, x)| at_place(&self.digits, y, x).examples).collect();
            let rows = (0..self.digits.y.len())
                .flat_map(|digit| places.iter().map(move |at| at.row(digit)));
            let x: Vec<f64> = rows.flatten().copied().collect();
            let read = |network: &Network<f32>| {
                let y_hat = network.predict(&x).expect("the lab's own digits");
                y_hat.chunks_exact(DIGIT_CLASSES).map(most_likely).collect()
            };
            Answers { scratch: read(&transfer.scratch), pretrained: read(&transfer.pretrained) }
        })
    }

    /// What was answered for this digit, place by place.
    fn of_digit<'a>(&self, answers: &'a [usize]) -> &'a [usize] {
        &answers[self.digit * ALL_PLACES..][..ALL_PLACES]
    }

    /// All places as an image: 1 where the answer is right, -1 where it is wrong, and a ring round the
    /// place where the digit stands. Nothing is there before any label was learned from.
    fn map(&self, name: &str, answers: &[usize], tuned: bool) -> Image {
        let mut pixels = vec![0.0; MAP_SIDE * MAP_SIDE];
        if !tuned {
            return Image::new(pixels, name, Role::Neutral);
        }
        let here = self.place();
        let value = |at: usize| if answers[at] == self.digit { 1.0 } else { -1.0 };
        for at in (0..ALL_PLACES).filter(|&at| at != here) {
            square(&mut pixels, at, 1, value(at));
        }
        for (inset, value) in [(0, value(here)), (1, 0.0), (2, value(here))] {
            square(&mut pixels, here, inset, value);
        }
        let role = if answers[here] == self.digit { Role::Positive } else { Role::Negative };
        Image::new(pixels, format!("{name}: {}", answers[here]), role)
    }
}

/// Fills the square of a place on the map of all places, so many pixels inside of its outermost ones.
fn square(pixels: &mut [f64], at: usize, inset: usize, value: f64) {
    let (top, left) = (at / PLACES * CELL, at % PLACES * CELL);
    for row in top + inset..=top + CELL - inset {
        pixels[row * MAP_SIDE..][left + inset..=left + CELL - inset].fill(value);
    }
}

/// The middle of an image's ink: columns from its left edge, rows from its top.
fn middle_of_ink(pixels: &[f64], width: usize) -> (f64, f64) {
    let along = |place: &dyn Fn(usize) -> usize| {
        let moment = pixels.iter().enumerate().map(|(i, ink)| ink * place(i) as f64);
        moment.sum::<f64>() / pixels.iter().sum::<f64>().max(f64::MIN_POSITIVE)
    };
    (along(&|i| i % width), along(&|i| i / width))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_ink() {
        assert_eq!(middle_of_ink(&[0.0, 0.0, 0.0, 0.0, 1.0, 1.0], 3), (1.5, 1.0));
    }

    #[test]
    fn a_place_is_a_square_with_a_gap_round_it() {
        let mut pixels = vec![0.0; MAP_SIDE * MAP_SIDE];
        square(&mut pixels, ALL_PLACES - 1, 1, 1.0);
        assert_eq!(pixels.iter().sum::<f64>(), 16.0);
        assert_eq!(pixels[(MAP_SIDE - 2) * MAP_SIDE + MAP_SIDE - 2], 1.0);
    }
}
