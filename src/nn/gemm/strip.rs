//! Some neighbouring columns of a product: as many as registers hold, or the few that are left.

use super::pack::pack;
use super::tile::{Columns, multiply_rows, multiply_rows_by_one};
use super::{Scratch, Start, gemm};
use crate::nn::Real;
use crate::nn::matrix::{Matrix, MatrixMut};
use crate::nn::real::lanes;
use pulp::Simd;

/// With so few rows or terms, reading B where it stands is cheaper than packing it.
const FEW_ROWS: usize = 8;
const FEW_TERMS: usize = 64;

/// So few columns are computed as rows of the transposed product, if there are as many rows.
const FEW_COLUMNS: usize = 3;

/// The columns of C = start + A B from `first` on.
#[derive(Clone, Copy)]
pub struct Strip<'a, S, T> {
    pub simd: S,
    pub a: Matrix<'a, T>,
    pub b: Matrix<'a, T>,
    pub start: Start<'a, T>,
    pub first: usize,
}

impl<S: Simd, T: Real> Strip<'_, S, T> {
    /// Computes `width` columns, in `W` registers; hands back how many they were.
    #[inline(always)]
    pub fn multiply<const W: usize>(
        self,
        width: usize,
        c: &mut MatrixMut<T>,
        scratch: &mut Scratch<T>,
    ) -> usize {
        let (a, full) = (self.a, W * lanes::<T, S>());
        let few = a.rows() <= FEW_ROWS || a.columns() <= FEW_TERMS;
        let b = self.b.part(0..a.columns(), self.first..self.first + width);
        let columns = if b.column_stride() == 1 && few && width == full {
            Columns { values: b.values(), stride: b.row_stride() }
        } else {
            Columns { values: pack::<S, T, W>(b, &mut scratch.packed), stride: full }
        };
        let mut start = match self.start {
            Start::Row(row) => Start::Row(&row[self.first..self.first + width]),
            other => other,
        };
        let to = if width == full {
            c.part_mut(0..a.rows(), self.first..self.first + width)
        } else {
            set_apart(start, (self.first, c), (width, full), &mut scratch.apart);
            start = Start::Result;
            MatrixMut::new(&mut scratch.apart, a.rows(), full)
        };
        if W == 1 {
            multiply_rows_by_one(self.simd, a, columns, start, to);
        } else {
            multiply_rows::<S, T, W>(self.simd, a, columns, start, to);
        }
        if width < full {
            for (row, apart) in scratch.apart.chunks_exact(full).enumerate() {
                c.row_mut(row, self.first, width).copy_from_slice(&apart[..width]);
            }
        }
        width
    }

    /// Computes the last `width` columns, as many as one register holds or fewer.
    #[inline(always)]
    pub fn multiply_rest(
        self,
        width: usize,
        c: &mut MatrixMut<T>,
        scratch: &mut Scratch<T>,
    ) -> usize {
        let (rows, few) = (self.a.rows(), width < lanes::<T, S>());
        if few && rows == 1 {
            for column in self.first..self.first + width {
                self.multiply_one(column, &mut c.row_mut(0, column, 1)[0]);
            }
        } else if few && width <= FEW_COLUMNS && rows > FEW_COLUMNS {
            let columns = self.b.part(0..self.b.rows(), self.first..self.first + width);
            multiply_turned(self.a, columns, self.start, (self.first, c), scratch);
        } else {
            self.multiply::<1>(width, c, scratch);
        }
        width
    }

    /// Computes one number, where C has one row.
    fn multiply_one(self, column: usize, to: &mut T) {
        let (a, b) = (self.a, self.b);
        let mut sum = match self.start {
            Start::Zero => T::ZERO,
            Start::Row(row) => row[column],
            Start::Result => *to,
        };
        let (left, right) = (a.values(), &b.values()[column * b.column_stride()..]);
        let mut add = |(&a, &b): (&T, &T)| sum += a * b;
        if (a.column_stride(), b.row_stride()) == (1, 1) {
            left.iter().zip(&right[..a.columns()]).for_each(&mut add);
        } else {
            let right = right.iter().step_by(b.row_stride()).take(a.columns());
            left.iter().step_by(a.column_stride()).zip(right).for_each(&mut add);
        }
        *to = sum;
    }
}

/// What `width` columns of C, from `first` on, start from, each row filled up to `full` numbers.
fn set_apart<T: Real>(
    start: Start<T>,
    (first, c): (usize, &MatrixMut<T>),
    (width, full): (usize, usize),
    apart: &mut Vec<T>,
) {
    apart.clear();
    apart.resize(c.rows() * full, T::ZERO);
    for (row, apart) in apart.chunks_exact_mut(full).enumerate() {
        match start {
            Start::Zero => {}
            Start::Row(row) => apart[..width].copy_from_slice(row),
            Start::Result => apart[..width].copy_from_slice(c.row(row, first, width)),
        }
    }
}

/// Computes a few columns of C, from `first` on, as rows of the transposed product, which fill
/// registers.
fn multiply_turned<T: Real>(
    a: Matrix<T>,
    columns: Matrix<T>,
    start: Start<T>,
    (first, c): (usize, &mut MatrixMut<T>),
    scratch: &mut Scratch<T>,
) {
    let (rows, width) = (a.rows(), columns.columns());
    let mut turned = std::mem::take(&mut scratch.turned);
    turned.resize(width * rows, T::ZERO);
    for (column, to) in turned.chunks_exact_mut(rows).enumerate() {
        match start {
            Start::Zero => {}
            Start::Row(start) => to.fill(start[first + column]),
            Start::Result => {
                let from = (0..rows).map(|row| c.row(row, first + column, 1)[0]);
                to.iter_mut().zip(from).for_each(|(to, from)| *to = from);
            }
        }
    }
    let start = if let Start::Zero = start { Start::Zero } else { Start::Result };
    let to = MatrixMut::new(&mut turned, width, rows);
    gemm(columns.transposed(), a.transposed(), start, to, scratch);
    for (column, from) in turned.chunks_exact(rows).enumerate() {
        for (row, &from) in from.iter().enumerate() {
            c.row_mut(row, first + column, 1)[0] = from;
        }
    }
    scratch.turned = turned;
}
