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

/// Room for packed operands, reused from product to product.
#[derive(Clone, Debug, Default)]
pub struct Scratch<T> {
    a: Vec<T>,
    b: Vec<T>,
}

/// C = A B, where A is (m x k), B is (k x n) and C is (m x n); A and B may be stored transposed.
///
/// Every entry of C is the sum of its k products in ascending order, from 0, each product rounded
/// on its own, whatever the sizes: so equal rows give equal results, to the last bit, everywhere.
///
/// # Shapes
/// `a` holds m k numbers, `b` k n, `c` m n; `scratch` grows as needed.
pub fn gemm<T: Real>(
    (m, n, k): (usize, usize, usize),
    (a, a_layout): (&[T], Layout),
    (b, b_layout): (&[T], Layout),
    c: &mut [T],
    scratch: &mut Scratch<T>,
) {
    assert!(a.len() == m * k && b.len() == k * n && c.len() == m * n);
    let a_strides = if a_layout == Layout::Plain { (k, 1) } else { (1, m) };
    let b_strides = if b_layout == Layout::Plain { (1, n) } else { (k, 1) };
    pack::<T, TILE_ROWS>(a, a_strides, m, k, &mut scratch.a);
    pack::<T, TILE_COLUMNS>(b, b_strides, n, k, &mut scratch.b);
    for (j, columns) in scratch.b.chunks_exact(k * TILE_COLUMNS).enumerate() {
        let first = j * TILE_COLUMNS;
        let width = TILE_COLUMNS.min(n - first);
        for (i, rows) in scratch.a.chunks_exact(k * TILE_ROWS).enumerate() {
            let sums = tile(rows, columns);
            for (row, sums) in c[i * TILE_ROWS * n..].chunks_mut(n).zip(&sums) {
                row[first..first + width].copy_from_slice(&sums[..width]);
            }
        }
    }
}

/// Packs `count` vectors of length `k` side by side in groups of `GROUP`: for each l, the l-th
/// numbers of the group's vectors. The last group is filled up with zeros.
fn pack<T: Real, const GROUP: usize>(
    values: &[T],
    (vector_stride, stride): (usize, usize),
    count: usize,
    k: usize,
    packed: &mut Vec<T>,
) {
    let groups = count.div_ceil(GROUP);
    packed.resize(groups * GROUP * k, T::ZERO);
    for (group, to) in packed.chunks_exact_mut(GROUP * k).enumerate() {
        let first = group * GROUP;
        let members = GROUP.min(count - first);
        for (l, to) in to.chunks_exact_mut(GROUP).enumerate() {
            for (vector, to) in to.iter_mut().enumerate() {
                let at = (first + vector) * vector_stride + l * stride;
                *to = if vector < members { values[at] } else { T::ZERO };
            }
        }
    }
}

/// One tile of the product, all its sums held in registers.
#[inline(always)]
fn tile<T: Real>(a: &[T], b: &[T]) -> [[T; TILE_COLUMNS]; TILE_ROWS] {
    let mut sums = [[T::ZERO; TILE_COLUMNS]; TILE_ROWS];
    for (a, b) in a.chunks_exact(TILE_ROWS).zip(b.chunks_exact(TILE_COLUMNS)) {
        for (sums, &factor) in sums.iter_mut().zip(a) {
            for (sum, &value) in sums.iter_mut().zip(b) {
                *sum += factor * value;
            }
        }
    }
    sums
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
            let (a_layout, b_layout) = (layout(a_transposed), layout(b_transposed));
            gemm((m, n, k), (&a, a_layout), (&b, b_layout), &mut c, &mut Scratch::default());
            let want = naive(
                m, n, k,
                |i, l| if a_transposed { a[l * m + i] } else { a[i * k + l] },
                |l, j| if b_transposed { b[j * k + l] } else { b[l * n + j] },
            );
            prop_assert_eq!(c, want);
        }
    }
}
