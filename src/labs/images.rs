//! The handwritten digits as labs split them.

use crate::data::{DIGIT_CLASSES, Mislabelled, Split, digits, mislabel, split};
use crate::lab::{MetricSpec, number};
use crate::param::Settings;
use crate::param::own::MOST_TRAIN;

/// Images to be judged by: the rest, when 1,100 are taken to learn from.
pub const TEST_IMAGES: usize = 697;

/// How many examples there are to learn from at most: where the slider of `n_train` ends.
pub const fn most_train() -> MetricSpec {
    number(MOST_TRAIN, "Training examples there are", "at most so many can be learned from")
}

/// As many images to learn from as `n_train` says, and others to be judged by.
pub fn images(settings: &Settings) -> Split {
    split(&digits(), settings.whole("n_train"), TEST_IMAGES, settings.seed())
}

/// The same, with a share of the labels to learn from made wrong, as `label_noise` says; and which
/// those are.
pub fn mislabelled_images(settings: &Settings) -> (Split, Vec<Mislabelled>) {
    let (mut split, share) = (images(settings), settings.real("label_noise"));
    let wrong = mislabel(&mut split.train, share, DIGIT_CLASSES, settings.seed());
    (split, wrong)
}
