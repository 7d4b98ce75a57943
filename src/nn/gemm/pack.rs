//! Columns of a matrix laid side by side, so that a tile reads them in one go.

use crate::nn::Real;
use crate::nn::matrix::Matrix;
use crate::nn::real::lanes;
use pulp::Simd;

/// Columns that are turned together.
const BLOCK: usize = 4;

/// Packs columns side by side: for each term as many numbers as `W` registers hold, filled up with
/// zeros.
#[inline(always)]
pub fn pack<'s, S: Simd, T: Real, const W: usize>(
    columns: Matrix<T>,
    room: &'s mut Vec<T>,
) -> &'s [T] {
    let full = W * lanes::<T, S>();
    let size = columns.rows() * full;
    if room.len() < size {
        room.resize(size, T::ZERO);
    }
    let packed = &mut room[..size];
    if columns.columns() < full {
        pack_few(columns, full, packed);
    } else if columns.column_stride() == 1 {
        for (term, to) in packed.chunks_exact_mut(full).enumerate() {
            to.copy_from_slice(&columns.values()[term * columns.row_stride()..][..full]);
        }
    } else if full.is_multiple_of(BLOCK) {
        for first in (0..full).step_by(BLOCK) {
            pack_block::<S, T, W>(columns, first, packed);
        }
    } else {
        pack_few(columns, full, packed);
    }
    packed
}

/// Column by column.
fn pack_few<T: Real>(columns: Matrix<T>, full: usize, packed: &mut [T]) {
    packed.fill(T::ZERO);
    for column in 0..columns.columns() {
        let from = columns.values()[column * columns.column_stride()..].iter();
        let to = packed.chunks_exact_mut(full);
        to.zip(from.step_by(columns.row_stride())).for_each(|(to, &value)| to[column] = value);
    }
}

/// Columns that stand as rows, as many terms at a time as there are columns: small squares are
/// transposed in registers.
#[inline(always)]
fn pack_block<S: Simd, T: Real, const W: usize>(
    columns: Matrix<T>,
    first: usize,
    packed: &mut [T],
) {
    let full = W * lanes::<T, S>();
    let from: [&[T]; BLOCK] = std::array::from_fn(|j| columns.column(first + j));
    let terms = columns.rows();
    let mut squares = packed.chunks_exact_mut(full * BLOCK);
    for (square, term) in (&mut squares).zip((0..terms).step_by(BLOCK)) {
        let rows = std::array::from_fn(|j| {
            let row = &from[j][term..term + BLOCK];
            std::array::from_fn(|i| row[i])
        });
        let columns = T::transposed(rows);
        for (i, column) in columns.iter().enumerate() {
            square[i * full + first..][..BLOCK].copy_from_slice(column);
        }
    }
    let rest = squares.into_remainder().chunks_exact_mut(full);
    for (to, term) in rest.zip(terms - terms % BLOCK..) {
        (0..BLOCK).for_each(|j| to[first + j] = from[j][term]);
    }
}
