//! What is learned, and the networks that learn it: one with dropout, and others without it that
//! share nothing.

use super::smaller::Dropout;
use crate::data::{DIGIT_CLASSES, Split};
use crate::error::{Error, Result};
use crate::labs::arms::{loaded, named};
use crate::labs::configs::{layers_like, learning_by};
use crate::nn::{Activation, LayerConfig, Loss, Network, NetworkConfig, OptimizerKind};
use crate::param::{Choice, Settings};

/// The independent networks.
pub(super) const INDEPENDENT: usize = 16;

/// How large each of them is.
pub(super) const SIZES: &[Choice] = &[
    Choice::new("smaller", "as large as a smaller one"),
    Choice::new("whole", "as large as the whole one"),
];

/// The most neurons that can be in or out: 4096 smaller networks.
const MOST_DROPPABLE: usize = 12;

/// What the whole network drops.
///
/// # Errors
/// Where there would be too many smaller networks to vote.
pub(super) fn dropout(settings: &Settings) -> Result<Dropout> {
    let (units, layers) = (settings.whole("units"), settings.whole("hidden_layers"));
    let droppable = units * layers;
    if droppable > MOST_DROPPABLE {
        return Err(Error::invalid(format!(
            "units = {units}: must be at most {} with hidden_layers = {layers}, since all \
             2^{droppable} smaller networks vote, which would be too many",
            MOST_DROPPABLE / layers
        )));
    }
    Ok(Dropout { units: droppable, keep_prob: settings.real("keep_prob") })
}

/// The whole network, trained with dropout.
///
/// # Errors
/// As [`Network::new`].
pub(super) fn whole(settings: &Settings, split: &Split) -> Result<Network<f64>> {
    network(settings, split, settings.whole("units"), settings.real("keep_prob"), 1)
}

/// The networks it is compared with: the members of an ensemble that share no weight, without dropout.
///
/// # Errors
/// As [`Network::new`].
pub(super) fn independent(settings: &Settings, split: &Split) -> Result<Network<f64>> {
    let all = settings.whole("units");
    // As many as dropout keeps on average.
    let kept = (settings.real("keep_prob") * all as f64).round().max(1.0) as usize;
    let units = if settings.choice("independent") == "whole" { all } else { kept };
    network(settings, split, units, 1.0, INDEPENDENT)
}

/// Networks of so many hidden neurons a layer, ready to be trained.
fn network(
    settings: &Settings,
    split: &Split,
    units: usize,
    keep_prob: f64,
    n_members: usize,
) -> Result<Network<f64>> {
    let activation = named(settings.choice("activation"), &Activation::NAMES);
    let hidden = LayerConfig { keep_prob, ..LayerConfig::dense(units, activation) };
    let (layers, inputs) = (layers_like(hidden, settings, DIGIT_CLASSES), split.train.inputs());
    let config = learning_by(OptimizerKind::Adam, settings, inputs, layers, Loss::CrossEntropy);
    loaded(NetworkConfig { n_members, ..config }, &split.train)
}
