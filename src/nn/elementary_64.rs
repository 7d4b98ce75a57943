//! exp, ln and tanh in 64 bits, without branches and in plain arithmetic: the same bits everywhere, and
//! loops over them become vector instructions.
//!
//! # Source
//! The polynomials of exp and ln are those of FreeBSD's msun (Sun Microsystems, 1993), and so are the
//! steps around them: the results are those of `libm`, which chooses between branches where this
//! selects. The errors stated are the largest found by the tests below.

use super::elementary::polynomial;

/// Added to a number up to 2^51 and taken off again, it leaves the nearest whole number; the sum has
/// that number in its lowest bits.
const ROUND: f64 = 6_755_399_441_055_744.0;

/// ln 2 in two parts: n times the first is exact.
const LN_2: [f64; 2] = [6.931_471_803_691_238e-1, 1.908_214_929_270_587_7e-10];

/// Of r (e^r + 1) / (e^r - 1) = 2 + r^2 polynomial(r^2), for r up to (ln 2) / 2 on either side.
const OF_EXP: [f64; 5] = [
    4.138_136_797_057_238_5e-8,
    -1.653_390_220_546_525_2e-6,
    6.613_756_321_437_934e-5,
    -2.777_777_777_701_559_3e-3,
    1.666_666_666_666_660_2e-1,
];

/// x = n ln 2 + the first number less the second, the rest at most (ln 2) / 2; and n.
#[inline(always)]
fn reduce(x: f64) -> (f64, f64, f64) {
    let n = x * std::f64::consts::LOG2_E + ROUND - ROUND;
    (x - n * LN_2[0], n * LN_2[1], n)
}

/// 2^n for a whole number n from -1022 to 1023: its exponent is written directly.
#[inline(always)]
fn power_of_2(n: f64) -> f64 {
    f64::from_bits((n + (ROUND + 1023.0)).to_bits() << 52)
}

/// e^x; error below 2.3e-16 of its value. From 709.79 on it is infinite, and below -745.13 it is 0, by way
/// of the subnormal numbers.
#[inline(always)]
pub fn exp(x: f64) -> f64 {
    let x = if x > 710.0 { 710.0 } else { x };
    let x = if x < -746.0 { -746.0 } else { x };
    let (high, low, n) = reduce(x);
    // In two steps: 2^n itself may be too large or too small where the result is not.
    let half = n * 0.5 + ROUND - ROUND;
    exp_of_rest(high, low) * power_of_2(half) * power_of_2(n - half)
}

/// e^(high - low), the rest that [`reduce`] leaves.
#[inline(always)]
fn exp_of_rest(high: f64, low: f64) -> f64 {
    let rest = high - low;
    let square = rest * rest;
    let c = rest - square * polynomial(square, OF_EXP);
    1.0 + (rest * c / (2.0 - c) - low + high)
}

/// [`exp`] of every number, to the last bit: of numbers that are not large in less time, since one power
/// of 2 is enough for them.
#[inline(always)]
pub fn exp_each(values: &mut [f64]) {
    if values.iter().fold(true, |all, x| all & (x.abs() < 700.0)) {
        for x in values {
            let (high, low, n) = reduce(*x);
            *x = exp_of_rest(high, low) * power_of_2(n);
        }
    } else {
        values.iter_mut().for_each(|x| *x = exp(*x));
    }
}

/// The natural logarithm; error below 2.3e-16 of its value. Of 0 it is minus infinity, of less not a
/// number.
#[inline(always)]
pub fn ln(x: f64) -> f64 {
    // x = m 2^n with m between the root of 1/2 and the root of 2; subnormal numbers are raised first.
    const ROOT_OF_HALF: u64 = 0x3fe6_a09e_0000_0000;
    const ONE: u64 = 0x3ff0_0000_0000_0000;
    const TWO_POW_52: u64 = 0x4330_0000_0000_0000;
    const FRACTION: u64 = (1 << 52) - 1;
    let small = x < f64::MIN_POSITIVE;
    let bits = (if small { x * 18_014_398_509_481_984.0 } else { x }).to_bits();
    let raised = bits.wrapping_add(ONE - ROOT_OF_HALF);
    // The exponent with its bias, as a whole number, then as the digits of 2^52 plus that number.
    let biased = f64::from_bits((raised >> 52) | TWO_POW_52) - 4_503_599_627_370_496.0;
    let n = biased - if small { 1077.0 } else { 1023.0 };
    let m = f64::from_bits((raised & FRACTION) + ROOT_OF_HALF);
    let f = m - 1.0;
    let s = f / (2.0 + f);
    let square = s * s;
    let fourth = square * square;
    let even = [1.531_383_769_920_937_3e-1, 2.222_219_843_214_978_4e-1, 3.999_999_999_940_942e-1];
    let odd = [
        1.479_819_860_511_658_6e-1,
        1.818_357_216_161_805e-1,
        2.857_142_874_366_239e-1,
        6.666_666_666_666_735e-1,
    ];
    let tail = square * polynomial(fourth, odd) + fourth * polynomial(fourth, even);
    let half_square = 0.5 * f * f;
    let y = s * (half_square + tail) + n * LN_2[1] - half_square + f + n * LN_2[0];
    // What is infinite or not a number stays so.
    let y = if x < f64::INFINITY { y } else { x };
    let y = if x == 0.0 { f64::NEG_INFINITY } else { y };
    if x < 0.0 { f64::NAN } else { y }
}

/// The hyperbolic tangent; error below 5e-16 of its value, also next to 0; never beyond 1.
///
/// With 2 |x| = n ln 2 + r it is that of a sum, of tanh(n ln 2 / 2) = (2^n - 1) / (2^n + 1) and
/// tanh(r / 2) = r / (2 + q), where q is what exp is made of too. Nowhere are two close numbers
/// subtracted; near 0, where n is 0, what is left is r / (2 + q).
#[inline(always)]
pub fn tanh(x: f64) -> f64 {
    // From 20 on it is 1 to the last digit.
    let size = x.abs();
    let (high, low, n) = reduce(2.0 * if size > 20.0 { 20.0 } else { size });
    let r = high - low;
    let square = r * r;
    let q = square * polynomial(square, OF_EXP);
    let power = power_of_2(n);
    let (less, more) = (power - 1.0, power + 1.0);
    let above = less * q + (2.0 * less + more * r);
    let below = more * q + (2.0 * more + less * r);
    (above / below).copysign(x)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::{Stream, stream, uniform};

    /// Numbers spread evenly over a range, and drawn from it.
    fn spread(low: f64, high: f64) -> impl Iterator<Item = f64> {
        const COUNT: u32 = 400_009;
        let mut rng = stream(0, Stream::Data, 0);
        (0..=COUNT).flat_map(move |i| {
            [f64::from(i) / f64::from(COUNT), uniform(&mut rng)].map(|at| low + (high - low) * at)
        })
    }

    /// Numbers of every size there is, subnormal ones among them.
    fn all_sizes() -> impl Iterator<Item = f64> {
        let step = 0x0000_1b3d_5a7c_9e13;
        (0..)
            .map(move |i| i * step)
            .take_while(|bits| *bits < f64::INFINITY.to_bits())
            .map(f64::from_bits)
    }

    /// The same to the last bit, and not a number for the same.
    fn same(
        mut numbers: impl Iterator<Item = f64>,
        got: impl Fn(f64) -> f64,
        want: impl Fn(f64) -> f64,
    ) {
        let differs = |&x: &f64| {
            let (got, want) = (got(x), want(x));
            got.to_bits() != want.to_bits() && !(got.is_nan() && want.is_nan())
        };
        assert_eq!(numbers.find(differs), None);
    }

    const SPECIAL: [f64; 14] = [
        0.0,
        -0.0,
        1.0,
        -1.0,
        5e-324,
        -5e-324,
        2.2e-308,
        f64::MAX,
        f64::MIN,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::NAN,
        709.782_712_893_384,
        -745.133_219_101_941_1,
    ];

    /// `libm` is within 1 unit of the last digit, as its source says.
    #[test]
    fn exp_and_ln_are_those_of_libm() {
        for (low, high) in [(-1.0, 1.0), (-40.0, 40.0), (-750.0, -700.0), (700.0, 712.0)] {
            // Closer to 0 libm takes 1 + x, which may be the farther of two neighbours.
            let numbers = spread(low, high).filter(|x| x.abs() > 4e-9);
            same(numbers, exp, libm::exp);
        }
        same(all_sizes().map(|x| -x).filter(|&x| x < -4e-9), exp, libm::exp);
        assert!(spread(-4e-9, 4e-9).all(|x| (exp(x) - libm::exp(x)).abs() <= f64::EPSILON));
        for (low, high) in [(0.0, 2.0), (0.7, 1.5), (0.0, 1e9)] {
            same(spread(low, high), ln, libm::log);
        }
        same(all_sizes(), ln, libm::log);
        same(SPECIAL.into_iter(), exp, libm::exp);
        same(SPECIAL.into_iter(), ln, libm::log);
    }

    #[test]
    fn exp_of_each_is_that_of_one() {
        for (low, high) in [(-1.0, 1.0), (-699.9, 699.9), (-750.0, 720.0)] {
            let numbers: Vec<f64> = spread(low, high).collect();
            let mut each = numbers.clone();
            exp_each(&mut each);
            let (mut got, want) = (each.iter(), numbers.iter().map(|&x| exp(x)));
            assert!(want.into_iter().all(|want| want.to_bits() == got.next().unwrap().to_bits()));
        }
        let mut special = SPECIAL;
        exp_each(&mut special);
        let same = |(x, got): (f64, f64)| exp(x).to_bits() == got.to_bits() || x.is_nan();
        assert!(SPECIAL.into_iter().zip(special).all(same) && special[11].is_nan());
    }

    /// `libm` itself is up to 2 units of the last digit off.
    #[test]
    fn the_error_of_tanh_is_as_stated() {
        let close = |x: f64| x == 0.0 || (tanh(x) / libm::tanh(x) - 1.0).abs() < 7e-16;
        for (low, high) in [(-20.0, 20.0), (-1.0, 1.0), (-1e-3, 1e-3), (0.1, 0.3)] {
            assert!(spread(low, high).all(close), "{low} to {high}");
        }
        assert!(all_sizes().all(close));
    }

    /// Computed to 35 digits by mpmath: where the error is largest, just above a change of n, and
    /// elsewhere.
    #[test]
    fn tanh_where_its_error_is_largest() {
        let values = [
            (1e-5, 9.999_999_999_666_668e-6),
            (0.178_451_501_153_793_5, 0.176_581_064_114_290_9),
            (0.528_489_729_400_467_3, 0.484_225_785_884_803_5),
            (1.783_017_282_082_837_2, 0.945_018_743_908_487_6),
            (3.0, 0.995_054_753_686_730_5),
        ];
        assert!(values.iter().all(|(x, want)| (tanh(*x) / want - 1.0).abs() < 5e-16));
    }

    #[test]
    fn special_values_of_tanh() {
        same(SPECIAL.into_iter(), tanh, libm::tanh);
        assert!(spread(0.0, 25.0).all(|x| tanh(x) <= 1.0 && tanh(-x) == -tanh(x)));
        assert!(spread(19.1, 25.0).all(|x| tanh(x) == 1.0));
    }
}
