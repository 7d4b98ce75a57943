//! Four numbers side by side, as a vector register holds them.
//!
//! One of the two places with unsafe code (the other is the tile of `gemm`): loads and stores of
//! whole registers have no safe form in `core::arch::wasm32`.
#![allow(unsafe_code)]

use std::ops::{Add, Mul};

/// Numbers in a register.
pub const LANES: usize = 4;

/// Four numbers of type `T`. Every operation rounds each of them as the scalar one does, so a
/// register and an array give the same bits.
pub trait Lanes<T>: Copy {
    /// The same number four times.
    fn splat(value: T) -> Self;

    /// Four numbers from memory.
    ///
    /// # Safety
    /// Four numbers must be readable from `from` on.
    unsafe fn load(from: *const T) -> Self;

    /// Four numbers to memory.
    ///
    /// # Safety
    /// Four numbers must be writable from `to` on.
    unsafe fn store(self, to: *mut T);

    /// `self` + `a` `b`; the product is rounded before the sum is taken.
    fn plus_product(self, a: Self, b: Self) -> Self;

    /// Rows become columns.
    fn transposed(rows: [Self; LANES]) -> [Self; LANES];
}

impl<T: Copy + Add<Output = T> + Mul<Output = T>> Lanes<T> for [T; LANES] {
    #[inline(always)]
    fn splat(value: T) -> Self {
        [value; LANES]
    }

    #[inline(always)]
    unsafe fn load(from: *const T) -> Self {
        // SAFETY: the caller's promise; arrays of numbers need no alignment here.
        unsafe { from.cast::<[T; LANES]>().read_unaligned() }
    }

    #[inline(always)]
    unsafe fn store(self, to: *mut T) {
        // SAFETY: as above.
        unsafe { to.cast::<[T; LANES]>().write_unaligned(self) }
    }

    #[inline(always)]
    fn plus_product(self, a: Self, b: Self) -> Self {
        std::array::from_fn(|i| self[i] + a[i] * b[i])
    }

    #[inline(always)]
    fn transposed(rows: [Self; LANES]) -> [Self; LANES] {
        std::array::from_fn(|column| rows.map(|row| row[column]))
    }
}

#[cfg(target_arch = "wasm32")]
mod simd {
    use super::{LANES, Lanes};
    use core::arch::wasm32::{
        f32x4_add, f32x4_mul, f32x4_splat, f64x2_add, f64x2_mul, f64x2_splat, i32x4_shuffle,
        i64x2_shuffle, v128, v128_load, v128_store,
    };

    impl Lanes<f64> for [v128; 2] {
        #[inline(always)]
        fn splat(value: f64) -> Self {
            [f64x2_splat(value); 2]
        }

        #[inline(always)]
        unsafe fn load(from: *const f64) -> Self {
            // SAFETY: the caller's promise; the instruction needs no alignment.
            unsafe { [v128_load(from.cast()), v128_load(from.add(2).cast())] }
        }

        #[inline(always)]
        unsafe fn store(self, to: *mut f64) {
            // SAFETY: as above.
            unsafe {
                v128_store(to.cast(), self[0]);
                v128_store(to.add(2).cast(), self[1]);
            }
        }

        #[inline(always)]
        fn plus_product(self, a: Self, b: Self) -> Self {
            std::array::from_fn(|half| f64x2_add(self[half], f64x2_mul(a[half], b[half])))
        }

        #[inline(always)]
        fn transposed([a, b, c, d]: [Self; LANES]) -> [Self; LANES] {
            let first = |half: usize| {
                [i64x2_shuffle::<0, 2>(a[half], b[half]), i64x2_shuffle::<0, 2>(c[half], d[half])]
            };
            let second = |half: usize| {
                [i64x2_shuffle::<1, 3>(a[half], b[half]), i64x2_shuffle::<1, 3>(c[half], d[half])]
            };
            [first(0), second(0), first(1), second(1)]
        }
    }

    impl Lanes<f32> for v128 {
        #[inline(always)]
        fn splat(value: f32) -> Self {
            f32x4_splat(value)
        }

        #[inline(always)]
        unsafe fn load(from: *const f32) -> Self {
            // SAFETY: the caller's promise; the instruction needs no alignment.
            unsafe { v128_load(from.cast()) }
        }

        #[inline(always)]
        unsafe fn store(self, to: *mut f32) {
            // SAFETY: as above.
            unsafe { v128_store(to.cast(), self) }
        }

        #[inline(always)]
        fn plus_product(self, a: Self, b: Self) -> Self {
            f32x4_add(self, f32x4_mul(a, b))
        }

        #[inline(always)]
        fn transposed([a, b, c, d]: [Self; LANES]) -> [Self; LANES] {
            let (ab_left, ab_right) =
                (i32x4_shuffle::<0, 4, 1, 5>(a, b), i32x4_shuffle::<2, 6, 3, 7>(a, b));
            let (cd_left, cd_right) =
                (i32x4_shuffle::<0, 4, 1, 5>(c, d), i32x4_shuffle::<2, 6, 3, 7>(c, d));
            [
                i32x4_shuffle::<0, 1, 4, 5>(ab_left, cd_left),
                i32x4_shuffle::<2, 3, 6, 7>(ab_left, cd_left),
                i32x4_shuffle::<0, 1, 4, 5>(ab_right, cd_right),
                i32x4_shuffle::<2, 3, 6, 7>(ab_right, cd_right),
            ]
        }
    }
}
