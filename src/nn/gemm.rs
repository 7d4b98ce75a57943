//! The one hot kernel: the product of two matrices.

use super::Real;

/// How a matrix stands in memory, row major.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Layout {
    /// As it is used.
    Plain,
    /// Transposed: the stored rows are the columns that are used.
    Transposed,
}

/// Rows and columns of the tile that stays in registers.
const TILE_ROWS: usize = 4;
const TILE_COLUMNS: usize = 8;

/// C = A B, where A is (m x k), B is (k x n) and C is (m x n); A and B may be stored transposed.
///
/// Every entry of C is the sum of its k products in ascending order, from 0, each product rounded
/// on its own, whatever the sizes: so equal rows give equal results, to the last bit, everywhere.
///
/// # Shapes
/// `a` holds m k numbers, `b` k n, `c` m n; `scratch` is grown as needed and may be reused.
#[allow(clippy::too_many_arguments)]
pub fn gemm<T: Real>(
    (m, n, k): (usize, usize, usize),
    a: &[T],
    a_layout: Layout,
    b: &[T],
    b_layout: Layout,
    c: &mut [T],
    scratch: &mut Vec<T>,
) {
    assert!(a.len() == m * k && b.len() == k * n && c.len() == m * n);
    let (row_stride, k_stride) = match a_layout {
        Layout::Plain => (k, 1),
        Layout::Transposed => (1, m),
    };
    let b = match b_layout {
        Layout::Plain => b,
        Layout::Transposed => transposed(b, n, k, scratch),
    };
    for i in (0..m).step_by(TILE_ROWS) {
        let rows = TILE_ROWS.min(m - i);
        for j in (0..n).step_by(TILE_COLUMNS) {
            let columns = TILE_COLUMNS.min(n - j);
            let a_at = |row: usize, l: usize| a[(i + row) * row_stride + l * k_stride];
            if (rows, columns) == (TILE_ROWS, TILE_COLUMNS) {
                full_tile(k, n, a_at, &b[j..], &mut c[i * n + j..]);
            } else {
                partial_tile((rows, columns), k, n, a_at, &b[j..], &mut c[i * n + j..]);
            }
        }
    }
}

/// Writes the transpose of a (rows x columns) matrix into `scratch`.
fn transposed<'a, T: Real>(
    b: &[T],
    rows: usize,
    columns: usize,
    scratch: &'a mut Vec<T>,
) -> &'a [T] {
    scratch.clear();
    scratch.resize(rows * columns, T::ZERO);
    for (i, row) in b.chunks_exact(columns.max(1)).enumerate() {
        for (j, &value) in row.iter().enumerate() {
            scratch[j * rows + i] = value;
        }
    }
    scratch
}

/// A tile whose sums are all held in registers.
#[inline(always)]
fn full_tile<T: Real>(k: usize, n: usize, a_at: impl Fn(usize, usize) -> T, b: &[T], c: &mut [T]) {
    let mut sums = [[T::ZERO; TILE_COLUMNS]; TILE_ROWS];
    for l in 0..k {
        let b_row: &[T; TILE_COLUMNS] =
            b[l * n..l * n + TILE_COLUMNS].try_into().expect("a whole tile");
        for (row, sums) in sums.iter_mut().enumerate() {
            let factor = a_at(row, l);
            for (sum, &value) in sums.iter_mut().zip(b_row) {
                *sum += factor * value;
            }
        }
    }
    for (row, sums) in sums.iter().enumerate() {
        c[row * n..row * n + TILE_COLUMNS].copy_from_slice(sums);
    }
}

/// A tile at the right or lower edge.
#[inline(always)]
fn partial_tile<T: Real>(
    (rows, columns): (usize, usize),
    k: usize,
    n: usize,
    a_at: impl Fn(usize, usize) -> T,
    b: &[T],
    c: &mut [T],
) {
    for row in 0..rows {
        let mut sums = [T::ZERO; TILE_COLUMNS];
        for l in 0..k {
            let factor = a_at(row, l);
            for (sum, &value) in sums.iter_mut().zip(&b[l * n..l * n + columns]) {
                *sum += factor * value;
            }
        }
        c[row * n..row * n + columns].copy_from_slice(&sums[..columns]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::{Stream, normal, stream};
    use proptest::prelude::*;

    /// The definition, word for word.
    fn naive(
        m: usize,
        n: usize,
        k: usize,
        a: impl Fn(usize, usize) -> f32,
        b: impl Fn(usize, usize) -> f32,
    ) -> Vec<f32> {
        let mut c = vec![0.0; m * n];
        for i in 0..m {
            for j in 0..n {
                for l in 0..k {
                    c[i * n + j] += a(i, l) * b(l, j);
                }
            }
        }
        c
    }

    proptest! {
        #[test]
        fn every_shape_and_layout_gives_the_bits_of_the_definition(
            m in 1usize..20, n in 1usize..20, k in 1usize..20,
            a_transposed: bool, b_transposed: bool, seed: u32,
        ) {
            let mut rng = stream(seed, Stream::Data, 0);
            let mut draw = |len: usize| -> Vec<f32> {
                (0..len).map(|_| normal(&mut rng) as f32).collect()
            };
            let (a, b) = (draw(m * k), draw(k * n));
            let layout = |transposed| if transposed { Layout::Transposed } else { Layout::Plain };
            let mut c = vec![0.0; m * n];
            gemm((m, n, k), &a, layout(a_transposed), &b, layout(b_transposed), &mut c, &mut Vec::new());
            let want = naive(
                m, n, k,
                |i, l| if a_transposed { a[l * m + i] } else { a[i * k + l] },
                |l, j| if b_transposed { b[j * k + l] } else { b[l * n + j] },
            );
            prop_assert_eq!(c, want);
        }
    }
}
