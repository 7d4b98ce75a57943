//! Cholesky's factorization of symmetric positive definite matrices.

use super::sums::lane_dot;
use crate::nn::{Matrix, MatrixMut, Real, Scratch, Start, gemm};
use std::ops::Range;

/// Rows that are eliminated one by one before the rest is updated by one product.
const BLOCK: usize = 32;
/// Rows of such a product that are computed at a time, so that only the upper triangle is.
const STRIP: usize = 8;

/// The upper triangular U of S = U'U.
#[derive(Clone, Debug)]
pub struct Cholesky<T> {
    n: usize,
    /// U, row major; what stands below its diagonal is not read.
    upper: Vec<T>,
}

impl<T: Real> Cholesky<T> {
    /// Factorizes S (n x n, row major), of which only the upper triangle is read.
    ///
    /// `None` where S is not positive definite beyond rounding: where what is left of a diagonal entry,
    /// once the rows above have explained what they can, is at most `least` of it. In a matrix of
    /// products that share is 1 - R^2 of a column given those before it: it knows no units.
    pub fn of(mut s: Vec<T>, n: usize, least: T) -> Option<Self> {
        let diagonal: Vec<T> = s.iter().step_by(n + 1).copied().collect();
        let (mut negative, mut scratch) = (Vec::new(), Scratch::default());
        for first in (0..n).step_by(BLOCK) {
            let block = first..n.min(first + BLOCK);
            eliminate(&mut s, n, block.clone(), &diagonal, least)?;
            update(&mut s, n, block, &mut negative, &mut scratch);
        }
        Some(Cholesky { n, upper: s })
    }

    /// Solves S z = right, in place.
    pub fn solve(&self, right: &mut [T]) {
        for (i, row) in self.upper.chunks_exact(self.n).enumerate() {
            let (done, later) = right.split_at_mut(i + 1);
            done[i] = done[i] / row[i];
            let explained = done[i];
            later.iter_mut().zip(&row[i + 1..]).for_each(|(r, &u)| *r = *r - explained * u);
        }
        for (i, row) in self.upper.chunks_exact(self.n).enumerate().rev() {
            right[i] = (right[i] - lane_dot(&row[i + 1..], &right[i + 1..])) / row[i];
        }
    }
}

/// Makes the rows of a block rows of U.
fn eliminate<T: Real>(
    s: &mut [T],
    n: usize,
    block: Range<usize>,
    diagonal: &[T],
    least: T,
) -> Option<()> {
    for j in block.clone() {
        let (above, below) = s.split_at_mut((j + 1) * n);
        let pivot = &mut above[j * n + j..];
        // Written so that NaN is refused too.
        let is_positive = pivot[0] > least * diagonal[j] && pivot[0].is_finite();
        is_positive.then_some(())?;
        let root = pivot[0].sqrt();
        pivot.iter_mut().for_each(|entry| *entry = *entry / root);
        for (i, row) in below.chunks_exact_mut(n).enumerate().take(block.end - j - 1) {
            let factor = pivot[i + 1];
            let rest = row[j + 1 + i..].iter_mut().zip(&pivot[i + 1..]);
            rest.for_each(|(entry, &explained)| *entry = *entry - factor * explained);
        }
    }
    Some(())
}

/// Takes what the rows of a block explain from all rows below.
fn update<T: Real>(
    s: &mut [T],
    n: usize,
    block: Range<usize>,
    negative: &mut Vec<T>,
    scratch: &mut Scratch<T>,
) {
    let (depth, left) = (block.len(), n - block.end);
    let (done, below) = s.split_at_mut(block.end * n);
    let done = &done[block.start * n..];
    negative.clear();
    negative.extend(done.chunks_exact(n).flat_map(|row| row[block.end..].iter().map(|&u| -u)));
    let negative = Matrix::new(negative, depth, left);
    let done = Matrix::new(done, depth, n).part(0..depth, block.end..n);
    for first in (0..left).step_by(STRIP) {
        let rows = first..left.min(first + STRIP);
        let part = &mut below[first * n + block.end + first..];
        let part = MatrixMut::strided(part, rows.len(), left - first, n);
        let factors = negative.part(0..depth, rows).transposed();
        gemm(factors, done.part(0..depth, first..left), Start::Result, part, scratch);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::{Stream, normal, stream};

    /// G'G for a random G, which is positive definite.
    fn products(n: usize) -> Vec<f64> {
        let mut rng = stream(5, Stream::Data, 0);
        let g: Vec<f64> = (0..n * n).map(|_| normal(&mut rng)).collect();
        let entry = |i: usize, j: usize| (0..n).map(|k| g[k * n + i] * g[k * n + j]).sum::<f64>();
        (0..n * n).map(|at| entry(at / n, at % n)).collect()
    }

    #[test]
    fn the_factor_multiplied_out_is_the_matrix_whatever_its_size() {
        for n in [1, 2, 7, 31, 32, 33, 70] {
            let s = products(n);
            let upper = Cholesky::of(s.clone(), n, 1e-14).unwrap().upper;
            for (at, &want) in s.iter().enumerate() {
                let (i, j) = (at / n, at % n);
                let got: f64 = (0..=i.min(j)).map(|k| upper[k * n + i] * upper[k * n + j]).sum();
                assert!((got - want).abs() < 1e-12 * n as f64, "{n}: {got} {want}");
            }
        }
    }

    #[test]
    fn a_system_is_solved() {
        // [[4, 2], [2, 5]] z = [8, 12].
        let mut z = [8.0, 12.0];
        Cholesky::of(vec![4.0, 2.0, f64::NAN, 5.0], 2, 0.0).unwrap().solve(&mut z);
        assert_eq!(z, [1.0, 2.0]);
    }

    #[test]
    fn what_is_not_positive_definite_has_none_in_any_units() {
        for unit in [1.0, 1e-12, 1e12] {
            let of = |last: f64| {
                let (second, third) = (2.0 * unit, last * unit * unit);
                Cholesky::of(vec![1.0, second, second, third], 2, 1e-12).is_some()
            };
            assert!(of(4.001) && !of(4.0) && !of(3.0) && !of(f64::NAN) && !of(f64::INFINITY));
        }
    }
}
