//! Initial weights.

use super::{Init, Real, Rng, normal, uniform};

/// Draws the weights of a layer.
///
/// # Shapes
/// `weights` (outputs x inputs).
pub fn init_weights<T: Real>(init: Init, rng: &mut Rng, inputs: usize, weights: &mut [T]) {
    let outputs = weights.len() / inputs;
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
        init_weights(init, &mut stream(5, Stream::Init, 0), 100, &mut weights);
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
