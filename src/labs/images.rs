//! The handwritten digits as labs split them, and images of the reader's own in their place.

use crate::data::{
    DIGIT_CLASSES, DIGIT_SIDE, Divided, Examples, MOST_LEARNED, Mislabelled, Split, Table, digits,
    mislabel, resized, split,
};
use crate::error::{Error, Result};
use crate::param::own::own;
use crate::param::{Choice, OwnImages, ParamSpec, Setting, Settings, presets};

/// Images to be judged by: the rest, when 1,100 are taken to learn from.
pub const TEST_IMAGES: usize = 697;

/// How many examples there are to learn from, of built-in data or of any table of the reader's own.
pub const fn n_train(default: u32) -> ParamSpec {
    presets::n_train(default, MOST_LEARNED as u32).most(|settings| match settings.own_table() {
        Ok(Some(table)) => table.most_train(),
        _ => MOST_DIGITS,
    })
}

/// How many images there are to learn from, of ten classes.
pub const fn n_images(default: u32) -> ParamSpec {
    presets::n_train(default, MOST_DIGITS as u32)
        .most(|settings| most_learned(settings, TEST_IMAGES))
}

/// How many images there are: the digits, or the reader's own in their place.
fn images_there(settings: &Settings) -> usize {
    let own = settings.own_table().ok().flatten();
    own.map_or(MOST_DIGITS + TEST_IMAGES, Table::rows)
}

/// How many can be learned from, so that enough are left to be judged by: `most`, or of the reader's own
/// one in six, or twenty.
pub fn most_learned(settings: &Settings, most: usize) -> usize {
    let rows = images_there(settings);
    let least = if settings.is_own() { (rows / 6).clamp(1, LEAST_JUDGED) } else { most };
    rows.saturating_sub(least)
}

/// How many are judged by, with these settings: `most`, or what is left of the reader's own; at least one,
/// for what is shown.
pub fn judged(settings: &Settings, most: usize) -> usize {
    images_there(settings).saturating_sub(settings.whole("n_train")).clamp(1, most)
}

/// The name of the built-in digits.
pub const DIGITS: &str = "digits";

/// The choice of the built-in digits.
pub const BUILT_IN: Choice = Choice::new(DIGITS, "Handwritten digits");

/// The images of a lab whose networks are made for those of the digits' size.
pub const fn images_of(choices: &'static [Choice]) -> ParamSpec {
    ParamSpec::choice("dataset", DIGITS, choices)
        .label("Images")
        .help("your own, of ten classes, are averaged down to 8 × 8 pixels")
}

/// Ten classes, with however many images of each.
pub const TEN_CLASSES: OwnImages = OwnImages { classes: Some(DIGIT_CLASSES), of_each: 0 };

/// The choices of such images.
pub const IMAGES: &[Choice] = &[BUILT_IN, own(&[]).of_images(TEN_CLASSES)];

/// The same in a lab that learns from images in one of its tasks.
pub const IMAGES_OF_TASK: &[Choice] =
    &[BUILT_IN, own(&[("task", Setting::Choice(DIGITS))]).of_images(TEN_CLASSES)];

/// All images that such a lab has: the digits, or the reader's own at their size, as the parameter
/// `dataset` says.
///
/// # Errors
/// A table that is missing, has no images of ten classes or is to be standardized.
pub fn all_images(settings: &Settings) -> Result<Examples> {
    let Some(table) = settings.own_table()? else { return Ok(digits()) };
    let side = image_side(table)?;
    if table.classes.len() != DIGIT_CLASSES {
        return Err(Error::invalid(format!(
            "the table has images of {} classes; must have ten (the playground and dropout take any)",
            table.classes.len()
        )));
    }
    if table.standardize {
        return Err(Error::invalid(
            "table.standardize = true: must be false for images that are averaged down",
        ));
    }
    let Examples { x, y } = &table.examples;
    Ok(Examples { x: resized(x, side, DIGIT_SIDE), y: y.clone() })
}

/// Refuses the reader's own images in a task that learns from none.
///
/// # Errors
/// In a sentence that names both parameters.
pub fn check_learns_images(settings: &Settings) -> Result<()> {
    let task = settings.choice("task");
    settings.own_table()?;
    if !settings.is_own() || task == DIGITS {
        return Ok(());
    }
    Err(Error::invalid(format!(
        "dataset = \"{}\": must be \"{DIGITS}\" with task = \"{task}\", which learns from no images",
        settings.choice("dataset")
    )))
}

/// The pixels along a side of a table's images.
fn image_side(table: &Table) -> Result<usize> {
    match table.image_side {
        Some(side) if table.of_classes() => Ok(side),
        _ => Err(Error::invalid(
            "the table has no images of classes; must have some, as those of MNIST (the playground takes \
             any table)",
        )),
    }
}

/// How many images there are to be judged by: `most`, or what is left of the reader's own.
///
/// # Errors
/// Where fewer are left than `most`; of the reader's own, fewer than one in six and twenty.
pub fn judged_by(settings: &Settings, most: usize) -> Result<usize> {
    let (rows, learned) = (images_there(settings), most_learned(settings, most));
    let left = rows - learned;
    let why = format!(": there are {rows} images, and {left} must be left to be judged by");
    settings.check_most("n_train", learned, &why)?;
    Ok(judged(settings, most))
}

/// Refuses images of which a class has fewer than `least`.
///
/// # Errors
/// In a sentence that names the class.
pub fn check_of_each(all: &Examples, least: usize) -> Result<()> {
    let mut counts = [0; DIGIT_CLASSES];
    all.y.iter().for_each(|&class| counts[class as usize] += 1);
    match counts.iter().position(|&count| count < least) {
        None => Ok(()),
        Some(class) => Err(Error::invalid(format!(
            "the table has {} images of class {class}; must have at least {least} of each here",
            counts[class]
        ))),
    }
}

/// So many of the reader's own images are enough to be judged by.
const LEAST_JUDGED: usize = 20;

/// As many images to learn from as `n_train` says, and others to be judged by.
///
/// # Errors
/// As [`all_images`] and [`judged_by`].
pub fn images(settings: &Settings) -> Result<Split> {
    let (all, n_train) = (all_images(settings)?, settings.whole("n_train"));
    let n_test = judged_by(settings, TEST_IMAGES)?;
    Ok(split(&all, n_train, n_test, settings.seed()))
}

/// The same, with a share of the labels to learn from made wrong, as `label_noise` says; and which
/// those are.
///
/// # Errors
/// As [`images`].
pub fn mislabelled_images(settings: &Settings) -> Result<(Split, Vec<Mislabelled>)> {
    let (mut split, share) = (images(settings)?, settings.real("label_noise"));
    let wrong = mislabel(&mut split.train, share, DIGIT_CLASSES, settings.seed());
    Ok((split, wrong))
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
}

/// The digits, or the images of the reader's own table, as the parameter `dataset` says.
///
/// # Errors
/// More images to learn from than there are, and a table that is missing or has no images.
pub fn digits_or_own(settings: &Settings) -> Result<Images> {
    let (n_train, seed) = (settings.whole("n_train"), settings.seed());
    let Some(table) = settings.own_table()? else {
        check_n_train(settings)?;
        let (split, wrong) = mislabelled_images(settings)?;
        let classes = (0..DIGIT_CLASSES).map(|digit| digit.to_string()).collect();
        return Ok(Images { split, wrong, side: DIGIT_SIDE, classes });
    };
    let side = image_side(table)?;
    let Divided { mut split, .. } = table.divided(n_train, seed)?;
    let share = settings.real("label_noise");
    let wrong = mislabel(&mut split.train, share, table.classes.len(), seed);
    Ok(Images { split, wrong, side, classes: table.classes.clone() })
}

/// Refuses more built-in examples to learn from than there are.
///
/// # Errors
/// In a sentence that names the parameter.
pub fn check_n_train(settings: &Settings) -> Result<()> {
    settings.check_most("n_train", MOST_DIGITS, " with the built-in data")
}
