//! Networks as the settings of a lab describe them.

use crate::nn::{
    Activation, LayerConfig, Loss, NetworkConfig, OptimizerConfig, OptimizerKind, Shape,
};
use crate::param::Settings;

/// A network that learns as the settings `learning_rate`, `batch_size` and `seed` say.
pub fn learning_by(
    optimizer: OptimizerKind,
    settings: &Settings,
    input: impl Into<Shape>,
    layers: Vec<LayerConfig>,
    loss: Loss,
) -> NetworkConfig {
    NetworkConfig {
        optimizer: OptimizerConfig::new(optimizer, settings.real("learning_rate")),
        batch_size: settings.whole("batch_size"),
        seed: settings.seed(),
        ..NetworkConfig::new(input, layers, loss)
    }
}

/// As many layers like this one as the setting `hidden_layers` says, and the output layer.
pub fn layers_like(hidden: LayerConfig, settings: &Settings, outputs: usize) -> Vec<LayerConfig> {
    let mut layers = vec![hidden; settings.whole("hidden_layers")];
    layers.push(LayerConfig::dense(outputs, Activation::Linear));
    layers
}
