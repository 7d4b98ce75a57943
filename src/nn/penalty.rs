//! The L2 penalty, and the limit on the norm of weights.

use super::Real;
use super::dense::Dense;

/// Adds the penalty's gradient to the gradients of the weights; hands back the penalty.
pub(super) fn penalize<T: Real>(
    l2: f64,
    layers: &[Dense],
    parameters: &[T],
    gradients: &mut [T],
) -> f64 {
    if l2 == 0.0 {
        return 0.0;
    }
    let slope = T::from_f64(2.0 * l2);
    let mut sum = 0.0;
    for layer in layers {
        let weights = &parameters[layer.weights.clone()];
        for (g, &w) in gradients[layer.weights.clone()].iter_mut().zip(weights) {
            sum += w.to_f64() * w.to_f64();
            *g += slope * w;
        }
    }
    l2 * sum
}

/// Shortens every neuron's incoming weights to at most `max_norm`.
///
/// # Source
/// Srivastava et al., "Dropout", 2014, section 5.1.
pub(super) fn limit_norms<T: Real>(max_norm: f64, layers: &[Dense], parameters: &mut [T]) {
    for layer in layers {
        for row in parameters[layer.weights.clone()].chunks_exact_mut(layer.inputs) {
            let norm = row.iter().map(|w| w.to_f64() * w.to_f64()).sum::<f64>().sqrt();
            if norm > max_norm {
                let shrink = max_norm / norm;
                row.iter_mut().for_each(|w| *w = T::from_f64(w.to_f64() * shrink));
            }
        }
    }
}
