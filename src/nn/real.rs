//! The numbers a network computes with: `f32` for speed, `f64` for exactness.

use super::lanes::Lanes;
use super::{elementary, elementary_64};
use std::fmt::Debug;
use std::ops::{Add, AddAssign, Div, Mul, MulAssign, Neg, Sub};

/// A floating-point type whose functions give the same bits on every platform.
///
/// # Source
/// `exp` and `tanh` are polynomials, because the platform's own differ in the last digit between
/// native code and browsers. `sqrt` is exact by IEEE 754.
pub trait Real:
    Copy
    + Debug
    + Default
    + PartialOrd
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
    + AddAssign
    + MulAssign
    + 'static
{
    /// Four of them side by side.
    type Lanes: Lanes<Self>;
    /// Whether four of them fill one register, or two.
    const NARROW: bool;
    /// 0.
    const ZERO: Self;
    /// 1.
    const ONE: Self;
    /// The nearest number of this type.
    fn from_f64(x: f64) -> Self;
    /// The same number, or the nearest.
    fn from_f32(x: f32) -> Self;
    /// The same number in 64 bits.
    fn to_f64(self) -> f64;
    /// e to the power of this number.
    fn exp(self) -> Self;
    /// The hyperbolic tangent.
    fn tanh(self) -> Self;
    /// The square root.
    fn sqrt(self) -> Self;
    /// Whether it is neither infinite nor NaN.
    fn is_finite(self) -> bool;
}

macro_rules! real {
    ($type:ty, $lanes:ty, $exp:path, $tanh:path) => {
        impl Real for $type {
            type Lanes = $lanes;
            const NARROW: bool = size_of::<Self>() == 4;
            const ZERO: Self = 0.0;
            const ONE: Self = 1.0;
            #[inline(always)]
            fn from_f64(x: f64) -> Self {
                x as $type
            }
            #[inline(always)]
            fn from_f32(x: f32) -> Self {
                <$type>::from(x)
            }
            #[inline(always)]
            fn to_f64(self) -> f64 {
                f64::from(self)
            }
            #[inline(always)]
            fn exp(self) -> Self {
                $exp(self)
            }
            #[inline(always)]
            fn tanh(self) -> Self {
                $tanh(self)
            }
            #[inline(always)]
            fn sqrt(self) -> Self {
                <$type>::sqrt(self)
            }
            #[inline(always)]
            fn is_finite(self) -> bool {
                <$type>::is_finite(self)
            }
        }
    };
}

/// Whether all of them are; without an early end, so that it becomes vector instructions.
pub fn all_finite<T: Real>(values: &[T]) -> bool {
    values.iter().fold(true, |all, value| all & value.is_finite())
}

#[cfg(target_arch = "wasm32")]
type LanesOfF32 = core::arch::wasm32::v128;
#[cfg(not(target_arch = "wasm32"))]
type LanesOfF32 = [f32; super::lanes::LANES];

#[cfg(target_arch = "wasm32")]
type LanesOfF64 = [core::arch::wasm32::v128; 2];
#[cfg(not(target_arch = "wasm32"))]
type LanesOfF64 = [f64; super::lanes::LANES];

real!(f32, LanesOfF32, elementary::exp, elementary::tanh);
real!(f64, LanesOfF64, elementary_64::exp, elementary_64::tanh);
