//! The one hot kernel: the product of two matrices.
#![allow(unsafe_code)]

use super::Real;
use super::lanes::{LANES, Lanes};
use super::matrix::{Matrix, MatrixMut};

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

/// Rows of a tile.
const TILE_ROWS: usize = 4;

/// Terms of every sum that are taken at a time, so that what they read stays in the cache.
const DEPTH: usize = 256;

/// With so few rows or terms, reading B where it stands is cheaper than packing it.
const FEW_ROWS: usize = 8;
const FEW_TERMS: usize = 64;

/// Room for packed columns, reused from product to product.
#[derive(Clone, Debug, Default)]
pub struct Scratch<T> {
    packed: Vec<T>,
    /// A few columns of a result, as rows.
    turned: Vec<T>,
}

/// C = start + A B.
///
/// Every entry of C is its start and then its products in ascending order, each rounded on its own,
/// whatever the sizes: so equal rows give equal results, to the last bit, everywhere.
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
        return multiply_row(a, b, start, c.row_mut(0, 0, columns));
    }
    if scratch.packed.is_empty() {
        scratch.packed.resize(DEPTH * 2 * LANES, T::ZERO);
    }
    let (mut from, mut start) = (0, start);
    while from < terms {
        let depth = DEPTH.min(terms - from);
        let (a, b) = (a.part(0..rows, from..from + depth), b.part(from..from + depth, 0..columns));
        let mut first = 0;
        while first < columns {
            let strip = Strip { a, b, start, first };
            first += match columns - first {
                rest @ 0..LANES => strip.multiply_rest(rest, &mut c, scratch),
                rest if rest < 2 * LANES || !T::NARROW => strip.multiply::<1>(&mut c, scratch),
                _ => strip.multiply::<2>(&mut c, scratch),
            };
        }
        (from, start) = (from + DEPTH, Start::Result);
    }
}

/// A product of one row: the rows of B, each times a number, one after the other.
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

/// Some neighbouring columns of a product.
#[derive(Clone, Copy)]
struct Strip<'a, T> {
    a: Matrix<'a, T>,
    b: Matrix<'a, T>,
    start: Start<'a, T>,
    first: usize,
}

impl<T: Real> Strip<'_, T> {
    /// Computes as many columns of C as `V` registers hold.
    fn multiply<const V: usize>(self, c: &mut MatrixMut<T>, scratch: &mut Scratch<T>) -> usize {
        let (a, first, width) = (self.a, self.first, V * LANES);
        let few = a.rows() <= FEW_ROWS || a.columns() <= FEW_TERMS;
        let columns = if self.b.column_stride() == 1 && few {
            self.b.part(0..a.columns(), first..first + width)
        } else {
            Matrix::new(pack::<T, V>(self.b, first, width, scratch), a.columns(), width)
        };
        let start = match self.start {
            Start::Row(row) => Start::Row(&row[first..first + width]),
            other => other,
        };
        multiply_rows::<T, V>(a, columns, start, c.part_mut(0..a.rows(), first..first + width));
        width
    }

    /// Computes a few columns as rows of the transposed product, which fill registers.
    fn multiply_turned(self, width: usize, c: &mut MatrixMut<T>, scratch: &mut Scratch<T>) {
        let (rows, terms) = (self.a.rows(), self.a.columns());
        let mut turned = std::mem::take(&mut scratch.turned);
        turned.resize(width * rows, T::ZERO);
        for (column, to) in turned.chunks_exact_mut(rows).enumerate() {
            match self.start {
                Start::Zero => {}
                Start::Row(start) => to.fill(start[self.first + column]),
                Start::Result => {
                    let from = (0..rows).map(|row| c.row(row, self.first + column, 1)[0]);
                    to.iter_mut().zip(from).for_each(|(to, from)| *to = from);
                }
            }
        }
        let start = if let Start::Zero = self.start { Start::Zero } else { Start::Result };
        let columns = self.b.part(0..terms, self.first..self.first + width).transposed();
        let to = MatrixMut::new(&mut turned, width, rows);
        gemm(columns, self.a.transposed(), start, to, scratch);
        for (column, from) in turned.chunks_exact(rows).enumerate() {
            for (row, &from) in from.iter().enumerate() {
                c.row_mut(row, self.first + column, 1)[0] = from;
            }
        }
        scratch.turned = turned;
    }

    /// Computes one number, where C has one row.
    fn multiply_one(self, column: usize, to: &mut T) {
        let (a, b) = (self.a, self.b);
        let mut sum = match self.start {
            Start::Zero => T::ZERO,
            Start::Row(row) => row[column],
            Start::Result => *to,
        };
        let left = a.values().iter().step_by(a.column_stride());
        let right = b.values()[column * b.column_stride()..].iter().step_by(b.row_stride());
        left.zip(right).take(a.columns()).for_each(|(&a, &b)| sum += a * b);
        *to = sum;
    }

    /// Computes the last `width` columns of C, fewer than one register holds.
    fn multiply_rest(self, width: usize, c: &mut MatrixMut<T>, scratch: &mut Scratch<T>) -> usize {
        let (rows, terms) = (self.a.rows(), self.a.columns());
        if rows == 1 {
            for column in self.first..self.first + width {
                self.multiply_one(column, &mut c.row_mut(0, column, 1)[0]);
            }
            return width;
        }
        if rows >= LANES {
            self.multiply_turned(width, c, scratch);
            return width;
        }
        let packed = pack::<T, 1>(self.b, self.first, width, scratch);
        let columns = Matrix::new(packed, terms, LANES);
        for row in (0..rows).step_by(TILE_ROWS) {
            let rows = TILE_ROWS.min(rows - row);
            let mut block = [T::ZERO; TILE_ROWS * LANES];
            for (r, to) in block.chunks_exact_mut(LANES).enumerate().take(rows) {
                match self.start {
                    Start::Zero => {}
                    Start::Row(start) => copy_few(&start[self.first..], to),
                    Start::Result => copy_few(c.row(row + r, self.first, width), to),
                }
            }
            let a = self.a.part(row..row + rows, 0..terms);
            let to = MatrixMut::new(&mut block, rows, LANES);
            multiply_rows::<T, 1>(a, columns, Start::Result, to);
            for (r, from) in block.chunks_exact(LANES).enumerate().take(rows) {
                copy_few(&from[..width], c.row_mut(row + r, self.first, width));
            }
        }
        width
    }
}

/// Copies fewer numbers than a register holds, without the call that `copy_from_slice` becomes.
#[inline(always)]
fn copy_few<T: Real>(from: &[T], to: &mut [T]) {
    for i in 0..LANES - 1 {
        if i < from.len() {
            to[i] = from[i];
        }
    }
}

/// All rows of as many columns as `V` registers hold, which lie without gaps.
#[inline(always)]
fn multiply_rows<T: Real, const V: usize>(
    a: Matrix<T>,
    columns: Matrix<T>,
    start: Start<T>,
    mut c: MatrixMut<T>,
) {
    let (rows, width) = (a.rows(), V * LANES);
    assert!((columns.rows(), columns.columns()) == (a.columns(), width));
    assert!(columns.column_stride() == 1 && (c.rows(), c.columns()) == (rows, width));
    let (to, stride) = (c.values_mut().as_mut_ptr(), c.stride());
    let (start, start_stride) = match start {
        Start::Zero => (std::ptr::null(), 0),
        Start::Row(row) => (row[..width].as_ptr(), 0),
        Start::Result => (to.cast_const(), stride),
    };
    let tile = Tile {
        terms: a.columns(),
        a_strides: (a.row_stride(), a.column_stride()),
        columns: columns.values().as_ptr(),
        columns_stride: columns.row_stride(),
        start_stride,
        stride,
    };
    // SAFETY: the sizes fit, as was just asserted, and matrices lie within their lists.
    unsafe {
        for row in (0..rows).step_by(TILE_ROWS) {
            let start = start.wrapping_add(row * start_stride);
            let at = (a.values().as_ptr().add(row * a.row_stride()), start, to.add(row * stride));
            match rows - row {
                3 => tile.compute::<V, 3>(at),
                2 => tile.compute::<V, 2>(at),
                1 => tile.compute::<V, 1>(at),
                _ => tile.compute::<V, TILE_ROWS>(at),
            }
        }
    }
}

/// What the tiles of a strip have in common.
struct Tile<T> {
    terms: usize,
    a_strides: (usize, usize),
    columns: *const T,
    columns_stride: usize,
    start_stride: usize,
    stride: usize,
}

impl<T: Real> Tile<T> {
    /// The product of `R` rows with `V` registers of columns, its sums held in registers; eight are
    /// the most that browsers keep there.
    ///
    /// # Safety
    /// R rows of A must be readable at `a`, V registers of columns for every term, and, unless it
    /// is null, of R rows at `start`; and V registers of R rows of C be writable at `c`.
    #[inline(always)]
    unsafe fn compute<const V: usize, const R: usize>(
        &self,
        (mut a, start, c): (*const T, *const T, *mut T),
    ) {
        let mut sums = [[T::Lanes::splat(T::ZERO); V]; R];
        let mut columns = self.columns;
        // SAFETY: the caller's promises.
        unsafe {
            if !start.is_null() {
                for (r, sums) in sums.iter_mut().enumerate() {
                    for (v, sum) in sums.iter_mut().enumerate() {
                        *sum = T::Lanes::load(start.add(r * self.start_stride + v * LANES));
                    }
                }
            }
            for _ in 0..self.terms {
                let b: [T::Lanes; V] =
                    std::array::from_fn(|v| T::Lanes::load(columns.add(v * LANES)));
                for (r, sums) in sums.iter_mut().enumerate() {
                    let factor = T::Lanes::splat(*a.add(r * self.a_strides.0));
                    for (sum, &b) in sums.iter_mut().zip(&b) {
                        *sum = sum.plus_product(factor, b);
                    }
                }
                // Past the last term these may leave their lists, and are not read.
                a = a.wrapping_add(self.a_strides.1);
                columns = columns.wrapping_add(self.columns_stride);
            }
            for (r, sums) in sums.iter().enumerate() {
                for (v, sum) in sums.iter().enumerate() {
                    sum.store(c.add(r * self.stride + v * LANES));
                }
            }
        }
    }
}

/// Packs `width` columns of B side by side: for each term, `V` registers, filled up with zeros.
fn pack<'s, T: Real, const V: usize>(
    b: Matrix<T>,
    first: usize,
    width: usize,
    scratch: &'s mut Scratch<T>,
) -> &'s [T] {
    let packed = &mut scratch.packed[..b.rows() * V * LANES];
    let columns = b.part(0..b.rows(), first..first + width);
    if width == V * LANES && b.column_stride() == 1 {
        for (term, to) in packed.chunks_exact_mut(V * LANES).enumerate() {
            let from = &columns.values()[term * columns.row_stride()..];
            for (to, from) in to.chunks_exact_mut(LANES).zip(from.chunks_exact(LANES)) {
                to.copy_from_slice(from);
            }
        }
    } else if width == V * LANES {
        (0..V).for_each(|v| pack_four::<T, V>(columns, v, packed));
    } else {
        packed.fill(T::ZERO);
        for column in 0..width {
            let from = columns.values()[column * columns.column_stride()..].iter();
            let to = packed.chunks_exact_mut(V * LANES);
            to.zip(from.step_by(columns.row_stride())).for_each(|(to, &value)| to[column] = value);
        }
    }
    packed
}

/// Packs four columns that stand as rows, four terms at a time, by transposing registers.
fn pack_four<T: Real, const V: usize>(columns: Matrix<T>, v: usize, packed: &mut [T]) {
    let from: [&[T]; LANES] = std::array::from_fn(|j| columns.column(v * LANES + j));
    let terms = columns.rows();
    let mut blocks = packed.chunks_exact_mut(V * LANES * LANES);
    for (block, term) in (&mut blocks).zip((0..terms).step_by(LANES)) {
        // SAFETY: every slice is four numbers long.
        let rows =
            from.map(|column| unsafe { T::Lanes::load(column[term..term + LANES].as_ptr()) });
        for (i, row) in T::Lanes::transposed(rows).into_iter().enumerate() {
            let to = &mut block[i * V * LANES + v * LANES..][..LANES];
            // SAFETY: as above.
            unsafe { row.store(to.as_mut_ptr()) };
        }
    }
    let rest = blocks.into_remainder().chunks_exact_mut(V * LANES);
    for (to, term) in rest.zip(terms - terms % LANES..) {
        (0..LANES).for_each(|j| to[v * LANES + j] = from[j][term]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::{Stream, normal, stream};
    use proptest::prelude::*;

    /// The definition, word for word.
    fn naive<T: Real>(a: &[Vec<T>], b: &[Vec<T>], start: &[Vec<T>]) -> Vec<Vec<T>> {
        let mut c = start.to_vec();
        for (i, row) in c.iter_mut().enumerate() {
            for (j, sum) in row.iter_mut().enumerate() {
                for (l, b) in b.iter().enumerate() {
                    *sum += a[i][l] * b[j];
                }
            }
        }
        c
    }

    /// A matrix of random numbers as rows, and as it lies in a list: with gaps after its rows or,
    /// where it is transposed, after its columns.
    fn draw<T: Real>(
        rng: &mut crate::nn::Rng,
        (rows, columns): (usize, usize),
        transposed: bool,
        gap: usize,
    ) -> (Vec<Vec<T>>, Vec<T>) {
        let mut number = || T::from_f64(normal(rng));
        let matrix: Vec<Vec<T>> =
            (0..rows).map(|_| (0..columns).map(|_| number()).collect()).collect();
        let (lines, length) = if transposed { (columns, rows) } else { (rows, columns) };
        let mut list = vec![T::from_f64(f64::NAN); lines * (length + gap)];
        for (i, row) in matrix.iter().enumerate() {
            for (j, &value) in row.iter().enumerate() {
                let (line, place) = if transposed { (j, i) } else { (i, j) };
                list[line * (length + gap) + place] = value;
            }
        }
        (matrix, list)
    }

    fn matrix<T: Real>(
        list: &[T],
        (rows, columns): (usize, usize),
        transposed: bool,
        gap: usize,
    ) -> Matrix<'_, T> {
        if transposed {
            Matrix::strided(list, columns, rows, rows + gap).transposed()
        } else {
            Matrix::strided(list, rows, columns, columns + gap)
        }
    }

    fn check<T: Real>(
        (m, n, k): (usize, usize, usize),
        (a_transposed, b_transposed): (bool, bool),
        gap: usize,
        start: u8,
        seed: u32,
    ) {
        let mut rng = stream(seed, Stream::Data, 0);
        let (a, a_list) = draw::<T>(&mut rng, (m, k), a_transposed, gap);
        let (b, b_list) = draw::<T>(&mut rng, (k, n), b_transposed, gap);
        let (before, mut c) = draw::<T>(&mut rng, (m, n), false, gap);
        let bias: Vec<T> = before[0].clone();
        let (start, from) = match start {
            0 => (Start::Zero, vec![vec![T::ZERO; n]; m]),
            1 => (Start::Row(&bias), vec![bias.clone(); m]),
            _ => (Start::Result, before),
        };
        gemm(
            matrix(&a_list, (m, k), a_transposed, gap),
            matrix(&b_list, (k, n), b_transposed, gap),
            start,
            MatrixMut::strided(&mut c, m, n, n + gap),
            &mut Scratch::default(),
        );
        for (got, want) in c.chunks_exact(n + gap).zip(naive(&a, &b, &from)) {
            assert_eq!(got[..n], want[..], "{m} x {n} x {k}");
            assert!(got[n..].iter().all(|gap| !gap.is_finite()), "gaps stay as they were");
        }
    }

    proptest! {
        #[test]
        fn every_shape_layout_and_start_gives_the_bits_of_the_definition(
            m in 1usize..20, n in 1usize..20, k in 1usize..20,
            transposed: (bool, bool), gap in 0usize..3, start in 0u8..3, seed: u32,
        ) {
            check::<f32>((m, n, k), transposed, gap, start, seed);
            check::<f64>((m, n, k), transposed, gap, start, seed);
        }

        #[test]
        fn long_sums_are_taken_in_parts_without_a_change(
            k in 250usize..530, m in 1usize..12, transposed: (bool, bool), seed: u32,
        ) {
            check::<f32>((m, 11, k), transposed, 0, 1, seed);
        }
    }
}
