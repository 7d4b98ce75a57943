//! The parameters both labs have.

use crate::param::presets;
use crate::param::{Choice, Mark, ParamSpec, Place, Settings};

/// The heading of the slide.
pub(super) const SLIDE: &str = "Pre-training";

const TUNINGS: &[Choice] = &[
    Choice::new("low_rate", "Lower rate in the body"),
    Choice::new("frozen", "Frozen body"),
    Choice::new("same_rate", "Same rate everywhere"),
];

pub(super) const TUNING: ParamSpec = ParamSpec::choice("tuning", "low_rate", TUNINGS)
    .label("Fine-tuning")
    .help("how the pre-trained body learns along with the new output layer");

pub(super) const LEARNING_RATE: ParamSpec = presets::adam_rate(0.005)
    .label("Rate, pre-trained")
    .help("Adam’s learning rate in the new output layer of the pre-trained network");

pub(super) const SCRATCH_RATE: ParamSpec =
    ParamSpec::real("scratch_rate", 0.002, 0.00001, 0.1, 0.00001)
        .log()
        .label("Rate, from scratch")
        .help("Adam’s learning rate everywhere in the network that starts from scratch")
        .live();

pub(super) const SHIFTED: ParamSpec = ParamSpec::flag("shifted", true)
    .label("Images at random places")
    .help("of a canvas of 12 × 12; without it, all stand in the middle, in training and test");

/// Whether the labelled digits are placed anew in every batch.
pub(super) const fn augment(default: bool) -> ParamSpec {
    ParamSpec::flag("augment", default).label("Fresh places").help(
        "both networks see every labelled image at a new place in every batch; without it, always at \
         the same",
    )
}

/// How fast the body learns where it learns more slowly than the new output layer.
pub(super) const fn body_rate(default: f64) -> ParamSpec {
    ParamSpec::real("body_rate", default, 0.0, 1.0, 0.01)
        .label("Rate of the body")
        .help("where it is lower: as a share of the output layer’s")
}

/// What the learning rate of the pre-trained network is multiplied by in its body.
pub(super) fn body_scale(settings: &Settings) -> f64 {
    match settings.choice("tuning") {
        "low_rate" => settings.real("body_rate"),
        "frozen" => 0.0,
        _ => 1.0,
    }
}

/// A mark on the slider of a number of labels.
pub(super) const fn mark(label: &'static str, at: f64) -> Mark {
    Mark { label, at: Place::Number(at) }
}
