//! The tile of a product: some rows by some registers of columns, whose sums stay in registers.

#![allow(unsafe_code)]

use super::Start;
use crate::nn::Real;
use crate::nn::matrix::{Matrix, MatrixMut};
use crate::nn::real::lanes;
use pulp::Simd;

/// The columns of a strip: for each term, from every `stride`-th number on, its registers.
#[derive(Clone, Copy)]
pub struct Columns<'a, T> {
    pub values: &'a [T],
    pub stride: usize,
}

/// All rows of as many columns as one register holds: in WebAssembly it is compiled once and called.
///
/// # Panics
/// Where the sizes do not fit.
#[cfg_attr(target_arch = "wasm32", inline(never))]
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
pub fn multiply_rows_by_one<S: Simd, T: Real>(
    simd: S,
    a: Matrix<T>,
    columns: Columns<T>,
    start: Start<T>,
    c: MatrixMut<T>,
) {
    multiply_rows::<S, T, 1>(simd, a, columns, start, c);
}

/// All rows of as many columns as `W` registers hold.
///
/// # Panics
/// Where the sizes do not fit.
#[inline(always)]
pub fn multiply_rows<S: Simd, T: Real, const W: usize>(
    simd: S,
    a: Matrix<T>,
    columns: Columns<T>,
    start: Start<T>,
    mut c: MatrixMut<T>,
) {
    let (rows, width) = (a.rows(), W * lanes::<T, S>());
    assert!((c.rows(), c.columns()) == (rows, width));
    assert!((a.columns() - 1) * columns.stride + width <= columns.values.len());
    let (to, stride) = (c.values_mut().as_mut_ptr(), c.stride());
    let (start, start_stride) = match start {
        Start::Zero => (std::ptr::null(), 0),
        Start::Row(row) => (row[..width].as_ptr(), 0),
        Start::Result => (to.cast_const(), stride),
    };
    let tile = Tile {
        simd,
        terms: a.columns(),
        a_strides: (a.row_stride(), a.column_stride()),
        columns: columns.values.as_ptr(),
        columns_stride: columns.stride,
        start_stride,
        stride,
    };
    let most = most_rows::<S, T>();
    for row in (0..rows).step_by(most) {
        let start = start.wrapping_add(row * start_stride);
        // SAFETY: the sizes fit, as was just asserted, and matrices lie within their lists.
        unsafe {
            let at = (a.values().as_ptr().add(row * a.row_stride()), start, to.add(row * stride));
            tile.compute_rows::<W>(most.min(rows - row), at);
        }
    }
}

/// Rows of a tile: four by two registers of sums are the most that browsers keep in registers;
/// where registers have 64 bytes, there are twice as many.
#[inline(always)]
const fn most_rows<S: Simd, T: Real>() -> usize {
    if size_of::<T::Register<S>>() == 64 { 8 } else { 4 }
}

/// What the tiles of a strip have in common.
struct Tile<S, T> {
    simd: S,
    terms: usize,
    a_strides: (usize, usize),
    columns: *const T,
    columns_stride: usize,
    start_stride: usize,
    stride: usize,
}

impl<S: Simd, T: Real> Tile<S, T> {
    /// The product of so many rows.
    ///
    /// # Safety
    /// As [`Tile::compute`].
    #[inline(always)]
    unsafe fn compute_rows<const W: usize>(&self, rows: usize, at: (*const T, *const T, *mut T)) {
        let many = most_rows::<S, T>() == 8;
        // SAFETY: the caller's promises.
        unsafe {
            match rows {
                8 if many => self.compute::<W, 8>(at),
                7 if many => self.compute::<W, 7>(at),
                6 if many => self.compute::<W, 6>(at),
                5 if many => self.compute::<W, 5>(at),
                3 => self.compute::<W, 3>(at),
                2 => self.compute::<W, 2>(at),
                1 => self.compute::<W, 1>(at),
                _ => self.compute::<W, 4>(at),
            }
        }
    }

    /// The product of `R` rows with `W` registers of columns. Eight sums of registers are the most that browsers keep there.
    ///
    /// # Safety
    /// R rows of A must be readable at `a`, W registers of columns for every term, and, unless it
    /// is null, of R rows at `start`; and W registers of R rows of C be writable at `c`.
    #[inline(always)]
    unsafe fn compute<const W: usize, const R: usize>(
        &self,
        (mut a, start, c): (*const T, *const T, *mut T),
    ) {
        let (simd, mut columns) = (self.simd, self.columns);
        let mut sums = [[T::ZERO.splat(simd); W]; R];
        // SAFETY: the caller's promises. Registers are read and written wherever they lie.
        unsafe {
            if !start.is_null() {
                for (r, sums) in sums.iter_mut().enumerate() {
                    *sums = start
                        .add(r * self.start_stride)
                        .cast::<[T::Register<S>; W]>()
                        .read_unaligned();
                }
            }
            for _ in 0..self.terms {
                let b = columns.cast::<[T::Register<S>; W]>().read_unaligned();
                for (r, sums) in sums.iter_mut().enumerate() {
                    let factor = (*a.add(r * self.a_strides.0)).splat(simd);
                    for (sum, &b) in sums.iter_mut().zip(&b) {
                        *sum = T::plus_product(simd, *sum, factor, b);
                    }
                }
                // Past the last term these may leave their lists, and are not read.
                a = a.wrapping_add(self.a_strides.1);
                columns = columns.wrapping_add(self.columns_stride);
            }
            for (r, sums) in sums.into_iter().enumerate() {
                c.add(r * self.stride).cast::<[T::Register<S>; W]>().write_unaligned(sums);
            }
        }
    }
}
