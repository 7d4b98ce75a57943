//! The numbers a network computes with: `f32` for speed, `f64` for exactness.

use super::registers::widely;
use super::{elementary, elementary_64};
use pulp::Simd;
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
    /// As many of them side by side as one register of `S` holds.
    type Register<S: Simd>: pulp::bytemuck::Pod;
    /// 0.
    const ZERO: Self;
    /// 1.
    const ONE: Self;
    /// The smallest normal number above 0.
    const MIN_POSITIVE: Self;
    /// The nearest number of this type.
    fn from_f64(x: f64) -> Self;
    /// The same number, or the nearest.
    fn from_f32(x: f32) -> Self;
    /// The same number in 64 bits.
    fn to_f64(self) -> f64;
    /// e to the power of this number.
    fn exp(self) -> Self;
    /// e to the power of each of these numbers, in place.
    fn exp_each(values: &mut [Self]);
    /// The hyperbolic tangent.
    fn tanh(self) -> Self;
    /// The square root.
    fn sqrt(self) -> Self;
    /// Whether it is neither infinite nor NaN.
    fn is_finite(self) -> bool;
    /// A register full of this number.
    fn splat<S: Simd>(self, simd: S) -> Self::Register<S>;
    /// `sum` + `a` `b`, number by number; the product is rounded before the sum is taken.
    fn plus_product<S: Simd>(
        simd: S,
        sum: Self::Register<S>,
        a: Self::Register<S>,
        b: Self::Register<S>,
    ) -> Self::Register<S>;
    /// Rows become columns.
    fn transposed(rows: [[Self; 4]; 4]) -> [[Self; 4]; 4];
}

/// How many numbers a register of `S` holds.
#[inline(always)]
pub const fn lanes<T: Real, S: Simd>() -> usize {
    size_of::<T::Register<S>>() / size_of::<T>()
}

/// What a register is and does.
#[cfg(not(target_arch = "wasm32"))]
macro_rules! registers {
    ($register:ident $splat:ident $add:ident $mul:ident $($other:ident)*) => {
        type Register<S: Simd> = S::$register;
        #[inline(always)]
        fn splat<S: Simd>(self, simd: S) -> S::$register {
            simd.$splat(self)
        }
        #[inline(always)]
        fn plus_product<S: Simd>(
            simd: S,
            sum: S::$register,
            a: S::$register,
            b: S::$register,
        ) -> S::$register {
            simd.$add(sum, simd.$mul(a, b))
        }
    };
}

/// The same with the one register of WebAssembly itself: of `pulp`'s type for two numbers of 64 bits
/// the compiler makes two numbers again, and products are half as fast.
#[cfg(target_arch = "wasm32")]
macro_rules! registers {
    ($a:ident $b:ident $c:ident $d:ident $splat:ident $add:ident $mul:ident) => {
        type Register<S: Simd> = core::arch::wasm32::v128;
        #[inline(always)]
        fn splat<S: Simd>(self, _: S) -> Self::Register<S> {
            core::arch::wasm32::$splat(self)
        }
        #[inline(always)]
        fn plus_product<S: Simd>(
            _: S,
            sum: Self::Register<S>,
            a: Self::Register<S>,
            b: Self::Register<S>,
        ) -> Self::Register<S> {
            core::arch::wasm32::$add(sum, core::arch::wasm32::$mul(a, b))
        }
    };
}

macro_rules! real {
    ($type:ty, $exp:path, $exp_each:path, $tanh:path, $transposed:path, $($registers:ident)*) => {
        impl Real for $type {
            registers!($($registers)*);
            const ZERO: Self = 0.0;
            const ONE: Self = 1.0;
            const MIN_POSITIVE: Self = <$type>::MIN_POSITIVE;
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
            fn exp_each(values: &mut [Self]) {
                $exp_each(values);
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
            #[inline(always)]
            fn transposed(rows: [[Self; 4]; 4]) -> [[Self; 4]; 4] {
                $transposed(rows)
            }
        }
    };
}

/// Whether all of them are; without an early end, so that it becomes vector instructions.
pub fn all_finite<T: Real>(values: &[T]) -> bool {
    widely!(values.iter().fold(true, |all, value| all & value.is_finite()))
}

/// 2^50: a sum of as many products of two such numbers as a row may hold, 2^20, is below 2^121, and
/// 32 bits go up to 2^128.
const MODERATE: f64 = 1_125_899_906_842_624.0;

/// Whether no sum of products of these can leave the numbers of 32 bits; NaN is not.
pub fn all_moderate<T: Real>(values: &[T]) -> bool {
    let most = T::from_f64(MODERATE);
    widely!(values.iter().fold(true, |all, &value| all & (value <= most) & (value >= -most)))
}

/// Whether these numbers have 32 bits.
pub fn is_narrow<T: Real>() -> bool {
    size_of::<T>() < size_of::<f64>()
}

/// Rows become columns.
#[cfg(not(target_arch = "wasm32"))]
#[inline(always)]
fn transposed<T: Copy>(rows: [[T; 4]; 4]) -> [[T; 4]; 4] {
    std::array::from_fn(|column| rows.map(|row| row[column]))
}

#[cfg(not(target_arch = "wasm32"))]
use {transposed as transposed_f32, transposed as transposed_f64};

/// The same in four registers, which the compiler does not find by itself here.
#[cfg(target_arch = "wasm32")]
#[inline(always)]
fn transposed_f32(rows: [[f32; 4]; 4]) -> [[f32; 4]; 4] {
    use core::arch::wasm32::{i32x4_shuffle as shuffle, v128};
    use pulp::bytemuck::cast;
    let [a, b, c, d] = rows.map(cast::<[f32; 4], v128>);
    let (ab_left, ab_right) = (shuffle::<0, 4, 1, 5>(a, b), shuffle::<2, 6, 3, 7>(a, b));
    let (cd_left, cd_right) = (shuffle::<0, 4, 1, 5>(c, d), shuffle::<2, 6, 3, 7>(c, d));
    [
        shuffle::<0, 1, 4, 5>(ab_left, cd_left),
        shuffle::<2, 3, 6, 7>(ab_left, cd_left),
        shuffle::<0, 1, 4, 5>(ab_right, cd_right),
        shuffle::<2, 3, 6, 7>(ab_right, cd_right),
    ]
    .map(cast)
}

#[cfg(target_arch = "wasm32")]
#[inline(always)]
fn transposed_f64(rows: [[f64; 4]; 4]) -> [[f64; 4]; 4] {
    use core::arch::wasm32::{i64x2_shuffle as shuffle, v128};
    use pulp::bytemuck::cast;
    let [a, b, c, d] = rows.map(cast::<[f64; 4], [v128; 2]>);
    let first =
        |half: usize| [shuffle::<0, 2>(a[half], b[half]), shuffle::<0, 2>(c[half], d[half])];
    let second =
        |half: usize| [shuffle::<1, 3>(a[half], b[half]), shuffle::<1, 3>(c[half], d[half])];
    [first(0), second(0), first(1), second(1)].map(cast)
}

real!(f32, elementary::exp, elementary::exp_each, elementary::tanh, transposed_f32,
    f32s splat_f32s add_f32s mul_f32s f32x4_splat f32x4_add f32x4_mul);
real!(f64, elementary_64::exp, elementary_64::exp_each, elementary_64::tanh, transposed_f64,
    f64s splat_f64s add_f64s mul_f64s f64x2_splat f64x2_add f64x2_mul);
