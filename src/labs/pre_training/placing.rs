//! Where digits stand on the canvas: at random places, drawn once or for every batch, or in the
//! middle.

use super::feed::{Feed, Pairs};
use crate::data::{Examples, Split, TEST_MEMBER, balanced_split, evenly, in_the_middle, on_canvas};
use crate::error::Result;
use crate::labs::images::{TEN_CLASSES, TEST_IMAGES, all_images, check_of_each};
use crate::nn::{Rng, Stream, stream};
use crate::param::{OwnImages, Settings};

/// Digits of every class to learn from; all others are there to be judged by.
pub(super) const DIGITS_A_CLASS: usize = 110;

/// Of each class of the reader's own images: enough to learn from, and some to be judged by.
const LEAST_A_CLASS: usize = DIGITS_A_CLASS + 10;

/// What is asked of the reader's own images.
pub(super) const MANY_OF_EACH: OwnImages = OwnImages { of_each: LEAST_A_CLASS, ..TEN_CLASSES };

/// All images there are: the digits, or the reader's own in their place.
///
/// # Errors
/// As [`all_images`], and where a class has too few.
pub(super) fn images_by_class(settings: &Settings) -> Result<Examples> {
    let all = all_images(settings)?;
    check_of_each(&all, LEAST_A_CLASS)?;
    Ok(all)
}

/// As many of each of the classes as can be learned from; of the others so many to be judged by as a page
/// can score while it is looked at.
pub(super) fn split_by_class(all: &Examples, classes: usize, seed: u32) -> Split {
    let Split { train, test } = balanced_split(all, classes, DIGITS_A_CLASS, seed);
    Split { train, test: evenly(&test, TEST_IMAGES) }
}

/// What a set of digits is for: each has its own places.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Use {
    /// What the body is learned from.
    Source,
    /// What the labels are learned from.
    Target,
    /// The same, to see how well they are learned.
    Seen,
    /// What the network that learns the source task is judged by.
    SourceTest,
    /// What both networks are judged by.
    Test,
}

/// How digits are placed in one run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placing {
    shifted: bool,
    augment: bool,
    seed: u32,
}

impl Placing {
    pub fn new(settings: &Settings) -> Self {
        let seed = settings.seed();
        Placing { shifted: settings.flag("shifted"), augment: settings.flag("augment"), seed }
    }

    fn rng(self, of: Use) -> Rng {
        let member = match of {
            Use::Source => 1,
            Use::Target => 2,
            // Seen where they were learned from, if that was always the same place.
            Use::Seen if !self.augment => 2,
            Use::Seen => 3,
            Use::SourceTest => 4,
            Use::Test => TEST_MEMBER,
        };
        stream(self.seed, Stream::Data, member)
    }

    /// The digits on their canvases, once and for all.
    pub fn once(self, digits: &Examples, of: Use) -> Vec<f64> {
        let placed =
            if self.shifted { on_canvas(&mut self.rng(of), digits) } else { in_the_middle(digits) };
        placed.examples.x
    }

    /// The digits on their canvases, with their classes.
    pub fn classes(self, digits: &Examples, of: Use) -> Pairs {
        Pairs::new(self.once(digits, of), digits.y.clone(), digits.y.len())
    }

    /// Batches of the digits with these targets: at fresh places, unless the labelled ones are to
    /// stay where they are.
    pub fn feed(self, digits: &Examples, y: Vec<f64>, of: Use) -> Feed {
        let (rows, member) = (digits.y.len(), u32::from(of == Use::Source));
        if self.shifted && (self.augment || of == Use::Source) {
            let raw = Pairs::new(digits.x.clone(), y, rows);
            return Feed::new(raw, self.seed, member).placed_by(self.rng(of));
        }
        Feed::new(Pairs::new(self.once(digits, of), y, rows), self.seed, member)
    }
}
