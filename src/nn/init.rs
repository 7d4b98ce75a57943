//! Initial weights.

use super::layer::{Fans, Role, Tensor};
use super::{Init, Real, Rng, normal, uniform};

/// Draws the parameters of a tensor, which are zeros so far; biases stay 0.
///
/// The weights on a state start as the identity, so that the state is kept until there is reason to
/// change it (as zeros, where all others are).
///
/// # Source
/// Le, Jaitly and Hinton, "A simple way to initialize recurrent networks of rectified linear
/// units", 2015.
pub fn init_tensor<T: Real>(init: Init, rng: &mut Rng, tensor: &Tensor, values: &mut [T]) {
    let size = values.len() / tensor.sets;
    for set in values.chunks_exact_mut(size) {
        match tensor.role {
            Role::Weights(fans) => init_weights(init, rng, fans, set),
            Role::Recurrent(units) if init != Init::Zeros => {
                set.iter_mut().step_by(units + 1).for_each(|w| *w = T::ONE);
            }
            Role::Recurrent(_) | Role::Biases => {}
        }
    }
}

/// Draws the weights of a layer.
///
/// # Shapes
/// `weights` (neurons x inputs).
fn init_weights<T: Real>(init: Init, rng: &mut Rng, fans: Fans, weights: &mut [T]) {
    let Fans { inputs, outputs } = fans;
    let he = (2.0 / inputs as f64).sqrt();
    match init {
        Init::Zeros => weights.fill(T::ZERO),
        Init::He => weights.iter_mut().for_each(|w| *w = T::from_f64(he * normal(rng))),
        Init::Glorot => {
            let limit = (6.0 / (inputs + outputs) as f64).sqrt();
            weights.iter_mut().for_each(|w| *w = T::from_f64(limit * (2.0 * uniform(rng) - 1.0)));
        }
        Init::EqualRows => {
            let (first, rest) = weights.split_at_mut(inputs);
            first.iter_mut().for_each(|w| *w = T::from_f64(he * normal(rng)));
            rest.chunks_exact_mut(inputs).for_each(|row| row.copy_from_slice(first));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::{Stream, stream};

    fn drawn(init: Init) -> Vec<f64> {
        let mut weights = vec![9.0; 200 * 100];
        let fans = Fans { inputs: 100, outputs: 200 };
        init_weights(init, &mut stream(5, Stream::Init, 0), fans, &mut weights);
        weights
    }

    #[test]
    fn variances_are_those_of_the_papers() {
        for (init, want) in [(Init::He, 2.0 / 100.0), (Init::Glorot, 2.0 / 300.0)] {
            let weights = drawn(init);
            let variance = weights.iter().map(|w| w * w).sum::<f64>() / weights.len() as f64;
            // The relative standard error of a variance over 20,000 normal draws is 1 per cent.
            assert!((variance / want - 1.0).abs() < 0.05, "{init:?}: {variance}");
        }
    }

    #[test]
    fn equal_rows_are_equal_and_not_zero() {
        let weights = drawn(Init::EqualRows);
        assert!(weights.chunks_exact(100).all(|row| row == &weights[..100]));
        assert!(weights.iter().all(|&w| w != 0.0));
        assert!(drawn(Init::Zeros).iter().all(|&w| w == 0.0));
    }
}
