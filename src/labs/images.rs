//! The handwritten digits as labs split them.

use crate::data::{DIGIT_CLASSES, Split, digits, mislabel, split};
use crate::param::Settings;

/// Images to be judged by: the rest, when 1,100 are taken to learn from.
pub const TEST_IMAGES: usize = 697;

/// As many images to learn from as `n_train` says, and others to be judged by.
pub fn images(settings: &Settings) -> Split {
    split(&digits(), settings.whole("n_train"), TEST_IMAGES, settings.seed())
}

/// The same, with a share of the labels to learn from made wrong, as `label_noise` says.
pub fn mislabelled_images(settings: &Settings) -> Split {
    let mut split = images(settings);
    mislabel(&mut split.train, settings.real("label_noise"), DIGIT_CLASSES, settings.seed());
    split
}
