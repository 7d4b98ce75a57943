//! Activation functions.

use super::Real;
use super::registers::widely;

/// What a neuron does to its weighted sum.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Activation {
    /// z
    Linear,
    /// max(z, 0), with derivative 0 at 0
    Relu,
    /// tanh z
    Tanh,
    /// 1 / (1 + e^-z)
    Sigmoid,
}

impl Activation {
    /// Names in configurations and links.
    pub const NAMES: [(&'static str, Activation); 4] = [
        ("linear", Activation::Linear),
        ("relu", Activation::Relu),
        ("tanh", Activation::Tanh),
        ("sigmoid", Activation::Sigmoid),
    ];

    /// Turns weighted sums into outputs, in place.
    pub fn apply<T: Real>(self, z: &mut [T]) {
        widely!(self.apply_each(z));
    }

    #[inline(always)]
    fn apply_each<T: Real>(self, z: &mut [T]) {
        match self {
            Activation::Linear => {}
            Activation::Relu => {
                z.iter_mut().for_each(|z| *z = if *z > T::ZERO { *z } else { relu_rest(*z) });
            }
            Activation::Tanh => z.iter_mut().for_each(|z| *z = z.tanh()),
            Activation::Sigmoid => {
                z.iter_mut().for_each(|z| *z = T::ONE / (T::ONE + (-*z).exp()));
            }
        }
    }

    /// Multiplies gradients with respect to outputs by the derivative, given the outputs.
    pub fn backward<T: Real>(self, outputs: &[T], gradients: &mut [T]) {
        widely!(self.multiply_by_derivative(outputs, gradients));
    }

    #[inline(always)]
    fn multiply_by_derivative<T: Real>(self, outputs: &[T], gradients: &mut [T]) {
        let pairs = gradients.iter_mut().zip(outputs);
        match self {
            Activation::Linear => {}
            Activation::Relu => {
                pairs.for_each(|(g, &h)| *g = if h > T::ZERO { *g } else { T::ZERO });
            }
            Activation::Tanh => pairs.for_each(|(g, &h)| *g *= T::ONE - h * h),
            Activation::Sigmoid => pairs.for_each(|(g, &h)| *g *= h * (T::ONE - h)),
        }
    }
}

/// 0 for negative sums; NaN stays NaN, so that a broken run is noticed and not rectified away.
#[inline(always)]
fn relu_rest<T: Real>(z: T) -> T {
    if z <= T::ZERO { T::ZERO } else { z }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_and_derivatives_by_hand() {
        let mut h = [-2.0, 0.0, 3.0];
        Activation::Relu.apply(&mut h);
        let mut g = [1.0, 1.0, 5.0];
        Activation::Relu.backward(&h, &mut g);
        assert_eq!((h, g), ([0.0, 0.0, 3.0], [0.0, 0.0, 5.0]));
        let mut h = [0.0];
        Activation::Sigmoid.apply(&mut h);
        let mut g = [1.0];
        Activation::Sigmoid.backward(&h, &mut g);
        assert_eq!((h, g), ([0.5], [0.25]));
    }

    #[test]
    fn derivatives_agree_with_finite_differences() {
        for (name, activation) in Activation::NAMES {
            for z in [-1.3, -0.2, 0.4, 2.1f64] {
                let value = |z: f64| {
                    let mut h = [z];
                    activation.apply(&mut h);
                    h[0]
                };
                let mut g = [1.0];
                activation.backward(&[value(z)], &mut g);
                let difference = (value(z + 1e-6) - value(z - 1e-6)) / 2e-6;
                assert!((g[0] - difference).abs() < 1e-9, "{name} at {z}");
            }
        }
    }

    #[test]
    fn a_broken_sum_is_not_hidden() {
        let mut h = [f32::NAN];
        Activation::Relu.apply(&mut h);
        assert!(h[0].is_nan());
    }
}
