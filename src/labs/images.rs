//! The handwritten digits as labs split them, and images of the reader's own in their place.

use crate::data::{
    DIGIT_CLASSES, DIGIT_SIDE, Divided, MOST_LEARNED, Mislabelled, Split, digits, mislabel, split,
};
use crate::error::{Error, Result};
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

/// The most of the built-in images that can be learned from: the others are to be judged by.
pub const MOST_DIGITS: usize = 1100;

/// Images with a share of wrong labels among those to learn from.
pub struct Images {
    /// Those to learn from and those to be judged by.
    pub split: Split,
    /// Which have a wrong label.
    pub wrong: Vec<Mislabelled>,
    /// Pixels along a side.
    pub side: usize,
    /// The names of the classes.
    pub classes: Vec<String>,
    /// The most there could be to learn from.
    pub most_train: usize,
}

/// The digits, or the images of the reader's own table, as the parameter `dataset` says.
///
/// # Errors
/// More images to learn from than there are, and a table that is missing or has no images.
pub fn digits_or_own(settings: &Settings) -> Result<Images> {
    let (n_train, seed) = (settings.whole("n_train"), settings.seed());
    let Some(table) = settings.own_table()? else {
        check_n_train(settings)?;
        let (split, wrong) = mislabelled_images(settings);
        let classes = (0..DIGIT_CLASSES).map(|digit| digit.to_string()).collect();
        return Ok(Images { split, wrong, side: DIGIT_SIDE, classes, most_train: MOST_DIGITS });
    };
    let (Some(side), true) = (table.image_side, table.of_classes()) else {
        return Err(Error::invalid(
            "table: has no images of classes; must have some, as those of MNIST (the playground takes \
             any table)",
        ));
    };
    let Divided { mut split, .. } = table.divided(n_train, seed)?;
    let share = settings.real("label_noise");
    let wrong = mislabel(&mut split.train, share, table.classes.len(), seed);
    let (classes, most_train) = (table.classes.clone(), table.most_train());
    Ok(Images { split, wrong, side, classes, most_train })
}

/// Refuses more built-in examples to learn from than there are.
///
/// # Errors
/// In a sentence that names the parameter.
pub fn check_n_train(settings: &Settings) -> Result<()> {
    let n_train = settings.whole("n_train");
    if n_train <= MOST_DIGITS {
        return Ok(());
    }
    Err(Error::invalid(format!(
        "n_train = {n_train}: must be at most {MOST_DIGITS} with dataset = \"{}\" (at most \
         {MOST_LEARNED} of your own data)",
        settings.choice("dataset")
    )))
}
