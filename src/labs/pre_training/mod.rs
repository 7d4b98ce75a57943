//! "Pre-training": a body of features is learned on a task with many examples and handed to a task
//! with few; beside it, the same network learns the second task from scratch.

mod feed;
mod placing;
mod supervised;
mod supervised_figures;
mod tasks;
mod transfer;
mod transfer_figures;
mod unsupervised;
mod unsupervised_figures;

pub use supervised::PRE_TRAINING_SUPERVISED;
pub use unsupervised::PRE_TRAINING_UNSUPERVISED;

use crate::param::{Choice, ParamSpec, Settings};
use transfer::Rates;

/// The heading of the slide.
const SLIDE: &str = "Pre-training";

/// Digits of every class to learn from; all others are there to be judged by.
const DIGITS_A_CLASS: usize = 110;

const TUNINGS: &[Choice] = &[
    Choice::new("low_rate", "Lower rate in the body"),
    Choice::new("frozen", "Frozen body"),
    Choice::new("same_rate", "Same rate everywhere"),
];

const TUNING: ParamSpec = ParamSpec::choice("tuning", "low_rate", TUNINGS)
    .label("Fine-tuning")
    .help("how the pre-trained body learns along with the new output layer");

const LEARNING_RATE: ParamSpec = ParamSpec::real("learning_rate", 0.005, 0.00001, 0.1, 0.00001)
    .log()
    .label("Rate, pre-trained")
    .symbol("η")
    .help("Adam's learning rate in the new output layer of the pre-trained network")
    .live();

const SCRATCH_RATE: ParamSpec = ParamSpec::real("scratch_rate", 0.002, 0.00001, 0.1, 0.00001)
    .log()
    .label("Rate, from scratch")
    .help("Adam's learning rate everywhere in the network that starts from scratch")
    .live();

const SHIFTED: ParamSpec = ParamSpec::flag("shifted", true)
    .label("Digits at random places")
    .help("of a canvas of 12 × 12; without it, all stand in the middle, in training and test");

/// Whether the labelled digits are placed anew in every batch.
const fn augment(default: bool) -> ParamSpec {
    ParamSpec::flag("augment", default).label("Fresh places").help(
        "both networks see every labelled digit at a new place in every batch; without it, always at \
         the same",
    )
}

/// The learning rates of these settings; the source task has its own.
fn rates(settings: &Settings, source: f64) -> Rates {
    let body_scale = match settings.choice("tuning") {
        "low_rate" => settings.real("body_rate"),
        "frozen" => 0.0,
        _ => 1.0,
    };
    let (pretrained, scratch) = (settings.real("learning_rate"), settings.real("scratch_rate"));
    Rates { source, pretrained, body_scale, scratch }
}
