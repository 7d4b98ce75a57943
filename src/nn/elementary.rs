//! exp, ln, tanh, sine and cosine in 32 bits, without branches and in plain arithmetic: the same
//! bits everywhere, and loops over them become vector instructions.
//!
//! # Source
//! The polynomials of exp, ln, sine and cosine are those of the Cephes library (S. Moshier, 1992);
//! the quotient of polynomials for tanh is that of Eigen. The errors stated are the largest found
//! by the tests below, against `libm` in 64 bits.

use super::words::{Numbers, Words};
use std::ops::{Add, Mul};

/// Added to a small number and taken off again, it leaves the nearest whole number.
const ROUND: f32 = 12_582_912.0;

/// c\[0\] x^(n-1) + … + c\[n-1\], by Horner's rule.
#[inline(always)]
pub(super) fn polynomial<T, C: Copy, const N: usize>(x: T, c: [C; N]) -> T
where
    T: Copy + From<C> + Add<C, Output = T> + Mul<Output = T>,
{
    let mut sum = T::from(c[0]);
    for &c in &c[1..] {
        sum = sum * x + c;
    }
    sum
}

/// The number itself within the bounds, else the bound; NaN stays NaN.
#[inline(always)]
fn clamp(x: f32, bound: f32) -> f32 {
    let x = if x > bound { bound } else { x };
    if x < -bound { -bound } else { x }
}

/// e^x; relative error below 1.2e-7. Beyond 87 on either side it stays at e^87 and e^-87.
#[inline(always)]
pub fn exp(x: f32) -> f32 {
    let x = clamp(x, 87.0);
    // x = n ln 2 + rest, and ln 2 in two parts, so that n ln 2 is exact.
    let shifted = x * std::f32::consts::LOG2_E + ROUND;
    let n = shifted - ROUND;
    let rest = x - n * 0.693_359_4 - n * -2.121_944_4e-4;
    let terms = [1.987_569_2e-4, 1.398_2e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 0.5];
    let y = polynomial(rest, terms) * rest * rest + rest + 1.0;
    // 2^n, its exponent written directly.
    let power = (shifted.to_bits() << 23).wrapping_add(127 << 23);
    y * f32::from_bits(power)
}

/// [`exp`] of every number.
#[inline(always)]
pub fn exp_each(values: &mut [f32]) {
    values.iter_mut().for_each(|x| *x = exp(*x));
}

/// The natural logarithms of normal numbers above 0; error below 1.2e-7 of max(1, |ln x|).
#[inline(always)]
pub fn ln(x: Numbers) -> Numbers {
    // x = m 2^n with m between the root of 1/2 and the root of 2.
    const ROOT_OF_HALF: u32 = 0x3f35_04f3;
    let n = x.bits().minus(Words::all(ROOT_OF_HALF)).lowered_with_sign(23);
    let m = x.bits().minus(n.shifted(23)).as_numbers();
    let (f, n) = (m - 1.0, n.to_numbers());
    let terms = [
        7.037_683_6e-2,
        -1.151_461_e-1,
        1.167_699_9e-1,
        -1.242_014_1e-1,
        1.424_932_3e-1,
        -1.666_805_8e-1,
        2.000_071_5e-1,
        -2.499_999_4e-1,
        3.333_333e-1,
    ];
    let square = f * f;
    let y = polynomial(f, terms) * f * square + n * -2.121_944_4e-4 - square * 0.5;
    f + y + n * 0.693_359_4
}

/// The hyperbolic tangent; error below 5e-7 of its value, never beyond 1.
#[inline(always)]
pub fn tanh(x: f32) -> f32 {
    let x = clamp(x, 7.905_311);
    let square = x * x;
    let above = [
        -2.760_768_5e-16,
        2.000_188e-13,
        -8.604_672e-11,
        5.122_297e-8,
        1.485_722_4e-5,
        6.372_619_3e-4,
        4.893_524_6e-3,
    ];
    let below = [1.198_258_4e-6, 1.185_347_1e-4, 2.268_434_6e-3, 4.893_525e-3];
    x * polynomial(square, above) / polynomial(square, below)
}

/// Sines and cosines of angles between -pi/4 and pi/4; error below 1e-7.
#[inline(always)]
pub fn sin_cos(x: Numbers) -> (Numbers, Numbers) {
    let square = x * x;
    let sine = polynomial(square, [-1.951_529_6e-4, 8.332_161e-3, -1.666_665_5e-1]);
    let cosine = polynomial(square, [2.443_315_7e-5, -1.388_731_6e-3, 4.166_664_6e-2]);
    (sine * square * x + x, cosine * square * square - square * 0.5 + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The largest error over numbers spread evenly from `low` to `high`, relative to what `size`
    /// says of the true value.
    fn worst(
        (low, high): (f32, f32),
        got: impl Fn(f32) -> f32,
        want: impl Fn(f64) -> f64,
        size: impl Fn(f64) -> f64,
    ) -> f64 {
        const COUNT: u32 = 1_000_003;
        (0..=COUNT)
            .map(|i| low + (high - low) * (i as f32 / COUNT as f32))
            .map(|x| (f64::from(got(x)) - want(f64::from(x))).abs() / size(want(f64::from(x))))
            .fold(0.0, f64::max)
    }

    fn of_one(of_four: impl Fn(Numbers) -> Numbers) -> impl Fn(f32) -> f32 {
        move |x| of_four(Numbers::from(x)).to_array()[0]
    }

    #[test]
    fn errors_are_as_stated() {
        let relative = |value: f64| value.abs().max(1e-30);
        assert!(worst((-87.0, 87.0), exp, libm::exp, relative) < 1.2e-7);
        assert!(worst((-1.0, 1.0), exp, libm::exp, relative) < 1.2e-7);
        for range in [(1e-7, 1e-3), (1e-3, 2.0), (0.9, 1.1), (1.0, 1e6)] {
            assert!(
                worst(range, of_one(ln), libm::log, |value| value.abs().max(1.0)) < 1.2e-7,
                "{range:?}"
            );
        }
        for range in [(-10.0, 10.0), (-1.0, 1.0), (-1e-3, 1e-3)] {
            assert!(worst(range, tanh, libm::tanh, relative) < 5e-7, "{range:?}");
        }
        let eighth = std::f32::consts::FRAC_PI_4;
        assert!(worst((-eighth, eighth), of_one(|x| sin_cos(x).0), libm::sin, |_| 1.0) < 1e-7);
        assert!(worst((-eighth, eighth), of_one(|x| sin_cos(x).1), libm::cos, |_| 1.0) < 1e-7);
    }

    #[test]
    fn special_values() {
        assert_eq!((exp(0.0), of_one(ln)(1.0), tanh(0.0)), (1.0, 0.0, 0.0));
        assert!(exp(f32::NAN).is_nan() && tanh(f32::NAN).is_nan(), "a broken sum is not hidden");
        assert_eq!((exp(1e9), exp(-1e9)), (exp(87.0), exp(-87.0)));
        assert!((0..100_000).all(|i| tanh(i as f32 * 1e-4).abs() <= 1.0));
        assert!(tanh(f32::INFINITY) <= 1.0 && tanh(f32::INFINITY) > 0.999_999);
        assert_eq!(tanh(-3.7), -tanh(3.7));
    }
}
