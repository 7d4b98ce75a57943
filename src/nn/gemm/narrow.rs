//! Products of a narrow layer, of few inputs, outputs and rows: they would be over before
//! [`gemm`](super::gemm) has found out how matrices of any size are cut up. The same tiles compute them,
//! and every sum has the same order, and so the same bits.

use super::tile::{Columns, multiply_rows};
use super::{Scratch, Start};
use crate::nn::Real;
use crate::nn::matrix::{Matrix, MatrixMut};
use crate::nn::real::{is_narrow, lanes};
use crate::nn::registers::on_registers;
use pulp::{Simd, WithSimd};

/// The most inputs, and outputs, of a narrow layer.
const MOST_COLUMNS: usize = 16;
/// The most rows that a narrow layer is asked about.
const MOST_ROWS: usize = 32;
/// The most numbers that a tile reads or writes past the last of a matrix.
const PAST: usize = 16;
/// Room for one matrix with what is past it.
const ROOM: usize = MOST_ROWS * MOST_COLUMNS + PAST;

/// Whether a layer is narrow, and its numbers have 32 bits: with 64 nothing is trained for long.
#[inline(always)]
pub fn fits<T: Real>(rows: usize, inputs: usize, units: usize) -> bool {
    is_narrow::<T>() && rows <= MOST_ROWS && inputs.max(units) <= MOST_COLUMNS
}

/// h = x W' + b.
///
/// # Shapes
/// `w` (units x inputs), `b` (units), `x` (rows x inputs), `h` (rows x units).
pub fn forward<T: Real>(w: &[T], b: &[T], x: &[T], h: &mut [T], scratch: &mut Scratch<T>) {
    let units = b.len();
    let (inputs, rows) = (w.len() / units, h.len() / units);
    scratch.make_room();
    let (columns, room) = scratch.packed.split_at_mut(ROOM);
    turn(w, inputs, &mut columns[..w.len()]);
    let a = Matrix::new(x, rows, inputs);
    Narrow { a, b: columns, start: b, c: h, width: units, room }.compute();
}

/// dW = G' x and db = the sum of the rows of G; and dx = G W, if it is asked for.
///
/// # Shapes
/// `w` (units x inputs), `x` (rows x inputs), `g` (rows x units), those of gradients as of what they
/// belong to.
pub fn backward<T: Real>(
    w: &[T],
    x: &[T],
    g: &[T],
    (dw, db): (&mut [T], &mut [T]),
    dx: Option<&mut [T]>,
    scratch: &mut Scratch<T>,
) {
    let units = db.len();
    let (inputs, rows) = (w.len() / units, g.len() / units);
    scratch.make_room();
    let room = &mut scratch.packed[..];
    if let [sum] = db {
        *sum = g.iter().fold(T::ZERO, |sum, &g| sum + g);
    } else {
        let ones = [T::ONE; MOST_ROWS];
        let a = Matrix::new(&ones, 1, rows);
        Narrow { a, b: g, start: &[], c: db, width: units, room }.compute();
    }
    let g = Matrix::new(g, rows, units);
    Narrow { a: g.transposed(), b: x, start: &[], c: dw, width: inputs, room }.compute();
    if let Some(dx) = dx {
        Narrow { a: g, b: w, start: &[], c: dx, width: inputs, room }.compute();
    }
}

/// Rows of `width` numbers become columns; small squares are transposed in registers.
fn turn<T: Real>(rows: &[T], width: usize, columns: &mut [T]) {
    const SQUARE: usize = 4;
    let count = rows.len() / width;
    if !(count.is_multiple_of(SQUARE) && width.is_multiple_of(SQUARE)) {
        for (i, to) in columns.chunks_exact_mut(count).enumerate() {
            to.iter_mut().zip(rows[i..].iter().step_by(width)).for_each(|(to, &from)| *to = from);
        }
        return;
    }
    for row in (0..count).step_by(SQUARE) {
        for column in (0..width).step_by(SQUARE) {
            let square = std::array::from_fn(|j| {
                let from = &rows[(row + j) * width + column..][..SQUARE];
                std::array::from_fn(|i| from[i])
            });
            for (i, turned) in T::transposed(square).iter().enumerate() {
                columns[(column + i) * count + row..][..SQUARE].copy_from_slice(turned);
            }
        }
    }
}

/// C = start + A B.
struct Narrow<'a, T> {
    /// A (rows x terms).
    a: Matrix<'a, T>,
    /// B (terms x width), row by row without gaps, and perhaps numbers past it.
    b: &'a [T],
    /// One number a column; none: 0.
    start: &'a [T],
    /// C (rows x width), row by row without gaps.
    c: &'a mut [T],
    width: usize,
    /// Room for B, for C and for a start.
    room: &'a mut [T],
}

impl<T: Real> Narrow<'_, T> {
    /// Computes it.
    #[inline(never)]
    fn compute(self) {
        on_registers(self);
    }
}

impl<T: Real> WithSimd for Narrow<'_, T> {
    type Output = ();

    /// Tiles read and write whole registers. Where these do not end with the rows, matrices have room
    /// for them past their last number.
    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Narrow { a, b, start, c, width, room } = self;
        let ends_with_rows = width.is_multiple_of(lanes::<T, S>());
        let (of_b, room) = room.split_at_mut(ROOM);
        let (of_c, of_start) = room.split_at_mut(ROOM);
        let b = if ends_with_rows || b.len() >= a.columns() * width + PAST {
            b
        } else {
            of_b[..b.len()].copy_from_slice(b);
            of_b
        };
        let start = if ends_with_rows || start.is_empty() {
            start
        } else {
            of_start[..start.len()].copy_from_slice(start);
            of_start
        };
        let to = if ends_with_rows { &mut *c } else { &mut *of_c };
        strips(simd, a, b, start, (to, width));
        if !ends_with_rows {
            c.copy_from_slice(&of_c[..c.len()]);
        }
    }
}

/// The strips of C, the last one first: what it writes past the end of a row, others write over.
#[inline(always)]
fn strips<S: Simd, T: Real>(
    simd: S,
    a: Matrix<T>,
    b: &[T],
    start: &[T],
    (c, width): (&mut [T], usize),
) {
    let lanes = lanes::<T, S>();
    let mut end = width;
    while end > 0 {
        let first = (end - 1) / (2 * lanes) * (2 * lanes);
        let columns = Columns { values: &b[first..], stride: width };
        let start = if start.is_empty() { Start::Zero } else { Start::Row(&start[first..]) };
        let c = &mut c[first..];
        if end - first > lanes {
            let c = MatrixMut::strided(c, a.rows(), 2 * lanes, width);
            multiply_rows::<S, T, 2>(simd, a, columns, start, c);
        } else {
            let c = MatrixMut::strided(c, a.rows(), lanes, width);
            multiply_rows::<S, T, 1>(simd, a, columns, start, c);
        }
        end = first;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::{Stream, gemm, normal, stream};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_narrow_layer_has_the_bits_of_the_product(
            rows in 1..=MOST_ROWS, inputs in 1..=MOST_COLUMNS, units in 1..=MOST_COLUMNS, seed: u32,
        ) {
            let mut rng = stream(seed, Stream::Data, 0);
            let mut draw = |count| (0..count).map(|_| normal(&mut rng) as f32).collect::<Vec<_>>();
            let (w, b) = (draw(units * inputs), draw(units));
            let (x, g) = (draw(rows * inputs), draw(rows * units));
            let scratch = &mut Scratch::default();
            let mut product = |a: Matrix<f32>, b: Matrix<f32>, start: Start<f32>| {
                let mut c = vec![0.0; a.rows() * b.columns()];
                gemm(a, b, start, MatrixMut::new(&mut c, a.rows(), b.columns()), scratch);
                c
            };
            let (of_w, of_x) = (Matrix::new(&w, units, inputs), Matrix::new(&x, rows, inputs));
            let of_g = Matrix::new(&g, rows, units);
            let want_h = product(of_x, of_w.transposed(), Start::Row(&b));
            let want_dw = product(of_g.transposed(), of_x, Start::Zero);
            let want_dx = product(of_g, of_w, Start::Zero);
            let want_db = g.chunks(units).fold(vec![0.0; units], |sums, row| {
                sums.iter().zip(row).map(|(sum, g)| sum + g).collect()
            });
            let (mut h, mut dw, mut db) = (draw(want_h.len()), draw(w.len()), draw(units));
            let mut dx = draw(x.len());
            forward(&w, &b, &x, &mut h, scratch);
            backward(&w, &x, &g, (&mut dw, &mut db), Some(&mut dx), scratch);
            prop_assert_eq!((h, dw, db, dx), (want_h, want_dw, want_db, want_dx));
        }
    }
}
