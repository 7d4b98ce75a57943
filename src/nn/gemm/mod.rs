//! The one hot kernel: the product of two matrices.

pub mod narrow;
mod pack;
mod strip;
#[cfg(test)]
mod tests;
mod tile;

use super::Real;
use super::matrix::{Matrix, MatrixMut};
use super::real::lanes;
use super::registers::{on_registers, widely};
use pulp::{Simd, WithSimd};
use strip::Strip;

/// What the sums of a product start from.
#[derive(Clone, Copy, Debug)]
pub enum Start<'a, T> {
    /// 0.
    Zero,
    /// One number a column of the result: a bias.
    Row(&'a [T]),
    /// What stands in the result already.
    Result,
}

/// Terms of every sum that are taken at a time, so that what they read stays in the cache.
const DEPTH: usize = 256;

/// Room for packed columns, reused from product to product.
#[derive(Clone, Debug, Default)]
pub struct Scratch<T> {
    packed: Vec<T>,
    /// A few columns of a result, as rows.
    turned: Vec<T>,
    /// A few columns of a result, filled up to a register.
    apart: Vec<T>,
}

impl<T: Real> Scratch<T> {
    /// The least room for packed columns, whatever the registers: what small networks are said to
    /// take includes it.
    fn make_room(&mut self) {
        if self.packed.is_empty() {
            self.packed.resize(2048, T::ZERO);
        }
    }
}

/// C = start + A B.
///
/// Every entry of C is its start and then its products in ascending order, each rounded on its own,
/// whatever the sizes and the registers: so equal rows give equal results, to the last bit,
/// everywhere.
///
/// # Panics
/// Where the sizes do not fit, or there are no terms.
pub fn gemm<T: Real>(
    a: Matrix<T>,
    b: Matrix<T>,
    start: Start<T>,
    mut c: MatrixMut<T>,
    scratch: &mut Scratch<T>,
) {
    let (rows, columns, terms) = (a.rows(), b.columns(), a.columns());
    assert!(c.rows() == rows && c.columns() == columns && b.rows() == terms && terms > 0);
    if let Start::Row(row) = start {
        assert!(row.len() == columns);
    }
    if rows == 1 && b.column_stride() == 1 {
        let c = c.row_mut(0, 0, columns);
        return widely!(multiply_row(a, b, start, c));
    }
    on_registers(Product { a, b, start, c, scratch });
}

/// A product of one row: the rows of B, each times a number, one after the other.
#[inline(always)]
fn multiply_row<T: Real>(a: Matrix<T>, b: Matrix<T>, start: Start<T>, c: &mut [T]) {
    match start {
        Start::Zero => c.fill(T::ZERO),
        Start::Row(row) => c.copy_from_slice(row),
        Start::Result => {}
    }
    for term in 0..b.rows() {
        let factor = a.values()[term * a.column_stride()];
        let row = &b.values()[term * b.row_stride()..][..c.len()];
        c.iter_mut().zip(row).for_each(|(sum, &value)| *sum += factor * value);
    }
}

/// A product of more than one row, strip by strip of its columns.
struct Product<'a, T> {
    a: Matrix<'a, T>,
    b: Matrix<'a, T>,
    start: Start<'a, T>,
    c: MatrixMut<'a, T>,
    scratch: &'a mut Scratch<T>,
}

impl<T: Real> WithSimd for Product<'_, T> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Product { a, b, mut start, mut c, scratch } = self;
        let (rows, columns, terms, lanes) = (a.rows(), b.columns(), a.columns(), lanes::<T, S>());
        scratch.make_room();
        let mut from = 0;
        while from < terms {
            let to = terms.min(from + DEPTH);
            let (a, b) = (a.part(0..rows, from..to), b.part(from..to, 0..columns));
            let mut first = 0;
            while first < columns {
                let strip = Strip { simd, a, b, start, first };
                first += match columns - first {
                    rest if rest >= 2 * lanes => strip.multiply::<2>(2 * lanes, &mut c, scratch),
                    rest => strip.multiply_rest(rest.min(lanes), &mut c, scratch),
                };
            }
            (from, start) = (to, Start::Result);
        }
    }
}
