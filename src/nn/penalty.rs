//! The L2 penalty, and the limit on the norm of weights.

use super::Real;
use super::layer::{Layer, LayerConfig, Tensor};

/// Adds the penalty's gradient to the gradients of the weights; hands back the penalty.
pub(super) fn penalize<T: Real>(
    l2: f64,
    layers: &[Layer],
    parameters: &[T],
    gradients: &mut [T],
) -> f64 {
    if l2 == 0.0 {
        return 0.0;
    }
    let slope = T::from_f64(2.0 * l2);
    let mut sum = 0.0;
    for (tensor, _) in layers.iter().flat_map(weights) {
        let weights = &parameters[tensor.range.clone()];
        for (g, &w) in gradients[tensor.range.clone()].iter_mut().zip(weights) {
            sum += w.to_f64() * w.to_f64();
            *g += slope * w;
        }
    }
    l2 * sum
}

/// The weights of a layer, each with its fan-in; biases are left out.
fn weights(layer: &Layer) -> impl Iterator<Item = (&Tensor, usize)> {
    layer.tensors.iter().filter_map(|tensor| Some((tensor, tensor.fan_in()?)))
}

/// Shortens every neuron's incoming weights to at most `max_norm`; those on inputs and those on a
/// state each for themselves. A layer that is frozen stays as it is.
///
/// # Source
/// Srivastava et al., "Dropout", 2014, section 5.1.
pub(super) fn limit_norms<T: Real>(
    max_norm: f64,
    configs: &[LayerConfig],
    layers: &[Layer],
    parameters: &mut [T],
) {
    let learning = configs.iter().zip(layers).filter(|(config, _)| !config.is_frozen());
    for (tensor, fan_in) in learning.flat_map(|(_, layer)| weights(layer)) {
        for row in parameters[tensor.range.clone()].chunks_exact_mut(fan_in) {
            let norm = row.iter().map(|w| w.to_f64() * w.to_f64()).sum::<f64>().sqrt();
            if norm > max_norm {
                let shrink = max_norm / norm;
                row.iter_mut().for_each(|w| *w = T::from_f64(w.to_f64() * shrink));
            }
        }
    }
}
