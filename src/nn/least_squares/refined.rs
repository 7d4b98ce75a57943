//! The fast way: normal equations in 32 bits, refined in 64.

use super::cholesky::Cholesky;
use super::scale::power_of_two;
use super::sums::lane_dot;
use crate::nn::{Matrix, MatrixMut, Scratch, Start, gemm};

/// Rows that are taken at a time: in 32 bits they stay in the cache, and no sum grows longer before it
/// is added to one of such sums.
const BLOCK_ROWS: usize = 256;
/// Columns of the matrix of products that are computed at a time.
const STRIP: usize = 8;
/// From one strip to the next: one row more, so that they do not compete for the same places of a cache.
const STRIDE: usize = (BLOCK_ROWS + 2) * STRIP;
/// A column of which less than this share is its own, given those before it, is left to the slow way.
const LEAST_PIVOT: f32 = 1e-4;
/// Every correction must be this much smaller than the one before.
const LEAST_SHRINKING: f64 = 1.0 / 16.0;

/// The system (M'M + diag(penalties)) z = right + M' target.
#[derive(Clone, Copy, Debug)]
pub struct Normal<'a> {
    /// M (rows x columns), row major.
    pub m: &'a [f64],
    /// One for each column of M.
    pub scales: &'a [f64],
    /// One for each column of M, at least 0.
    pub penalties: &'a [f64],
    /// One number a row.
    pub target: &'a [f64],
    /// One number a column.
    pub right: &'a [f64],
}

impl Normal<'_> {
    /// z, whose last correction was below the rounding of 64 bits; `None` where the matrix is too
    /// close to a singular one for this way.
    ///
    /// The matrix, its columns scaled by powers of two, is computed and factorized in 32 bits. The
    /// corrections come from residuals in 64 bits that are computed from M, not from the matrix: so
    /// the result has the digits of M's condition, not of its square.
    ///
    /// # Source
    /// Higham, "Accuracy and stability of numerical algorithms", 2nd edition, 12 and 20.5; Björck,
    /// "Stability analysis of the method of seminormal equations", 1987; Carson and Higham,
    /// "Accelerating the solution of linear systems by iterative refinement in three precisions", 2018.
    pub fn solve(self) -> Option<Vec<f64>> {
        let n = self.scales.len();
        let (matrix, mut step) = self.equations();
        let factor = Cholesky::of(matrix, n, LEAST_PIVOT)?;
        let mut z = vec![0.0; n];
        let mut before = self.add(&factor, &mut step, &mut z)?;
        if before == 0.0 {
            // Nothing of the right-hand side may be left in 32 bits, though there is something in 64.
            self.residual(&z, &mut step);
            step.iter().all(|&rest| rest == 0.0).then_some(())?;
        }
        let size = before;
        while before > 0.0 {
            self.residual(&z, &mut step);
            let now = self.add(&factor, &mut step, &mut z)?;
            let shrinking = now / before;
            if now <= f64::EPSILON * size || shrinking * now <= f64::EPSILON / 4.0 * size {
                break;
            }
            (shrinking <= LEAST_SHRINKING).then_some(())?;
            before = now;
        }
        Some(z)
    }

    /// The matrix and the right-hand side, both scaled: sums in 32 bits over blocks of rows, whose
    /// sums are added in 64.
    fn equations(self) -> (Vec<f32>, Vec<f64>) {
        let n = self.scales.len();
        // The target is one more column; zeros fill up the last strip.
        let width = (n + 1).next_multiple_of(STRIP);
        let mut sums = vec![0.0; width * width];
        let mut block = Block::new(width);
        let blocks = self.m.chunks(BLOCK_ROWS * n).zip(self.target.chunks(BLOCK_ROWS));
        for (m, target) in blocks {
            block.fill(m, target, self.scales);
            block.add_products(target.len(), &mut sums);
        }
        let mut matrix = Vec::with_capacity(n * n);
        let mut right = vec![0.0; n];
        for (i, row) in sums.chunks_exact(width).enumerate().take(n) {
            matrix.extend(row[..n].iter().map(|&sum| sum as f32));
            let scale = self.scales[i];
            let diagonal = row[i] + self.penalties[i] * scale * scale;
            // A column of zeros: its weight is 0 whatever stands here.
            matrix[i * n + i] = if diagonal == 0.0 { 1.0 } else { diagonal as f32 };
            right[i] = row[n] + scale * self.right[i];
        }
        (matrix, right)
    }

    /// Solves for the correction that belongs to a scaled residual, adds it to z, and hands back its
    /// largest entry, scaled.
    fn add(self, factor: &Cholesky<f32>, residual: &mut [f64], z: &mut [f64]) -> Option<f64> {
        let largest = residual.iter().fold(0.0, |most: f64, r| most.max(r.abs()));
        if largest == 0.0 {
            return Some(0.0);
        }
        let unit = power_of_two(largest);
        let mut step: Vec<f32> = residual.iter().map(|r| (r / unit) as f32).collect();
        factor.solve(&mut step);
        let mut most = 0.0f64;
        for ((z, &step), &scale) in z.iter_mut().zip(&step).zip(self.scales) {
            let step = f64::from(step) * unit;
            most = most.max(step.abs());
            *z += scale * step;
        }
        (most.is_finite() && z.iter().all(|z| z.is_finite())).then_some(most)
    }

    /// right + M' (target - M z) - penalties z, scaled.
    fn residual(self, z: &[f64], to: &mut [f64]) {
        let n = z.len();
        let mut part = vec![0.0; n];
        to.fill(0.0);
        for (m, target) in self.m.chunks(BLOCK_ROWS * n).zip(self.target.chunks(BLOCK_ROWS)) {
            part.fill(0.0);
            add_pull(m, target, z, &mut part);
            to.iter_mut().zip(&part).for_each(|(to, part)| *to += part);
        }
        for (i, to) in to.iter_mut().enumerate() {
            *to = self.scales[i] * (self.right[i] + *to - self.penalties[i] * z[i]);
        }
    }
}

/// Adds M' (target - M z), four rows at a time.
fn add_pull(m: &[f64], target: &[f64], z: &[f64], to: &mut [f64]) {
    let n = z.len();
    let (mut rows, mut targets) = (m.chunks_exact(4 * n), target.chunks_exact(4));
    let error = |target: &f64, row: &[f64]| target - lane_dot(row, z);
    for (rows, target) in (&mut rows).zip(&mut targets) {
        let [a, b, c, d] = std::array::from_fn(|row| &rows[row * n..(row + 1) * n]);
        let (p, q) = (error(&target[0], a), error(&target[1], b));
        let (r, s) = (error(&target[2], c), error(&target[3], d));
        for ((((to, a), b), c), d) in to.iter_mut().zip(a).zip(b).zip(c).zip(d) {
            *to += (p * a + q * b) + (r * c + s * d);
        }
    }
    for (row, target) in rows.remainder().chunks_exact(n).zip(targets.remainder()) {
        let error = error(target, row);
        to.iter_mut().zip(row).for_each(|(to, &a)| *to += error * a);
    }
}

/// Rows in 32 bits, as strips of columns, each of which lies without gaps.
struct Block {
    width: usize,
    strips: Vec<f32>,
    products: Vec<f32>,
    scratch: Scratch<f32>,
}

impl Block {
    fn new(width: usize) -> Self {
        let (strips, products) = (vec![0.0; width / STRIP * STRIDE], vec![0.0; width * width]);
        Block { width, strips, products, scratch: Scratch::default() }
    }

    /// Takes scaled rows with their targets in the column after the last.
    fn fill(&mut self, m: &[f64], target: &[f64], scales: &[f64]) {
        let n = scales.len();
        for (strip, first) in self.strips.chunks_exact_mut(STRIDE).zip((0..).step_by(STRIP)) {
            let columns = first..n.min(first + STRIP);
            let scales = &scales[columns.clone()];
            for (to, row) in strip.chunks_exact_mut(STRIP).zip(m.chunks_exact(n)) {
                narrow(&row[columns.clone()], scales, to);
            }
        }
        let column = self.strips[n / STRIP * STRIDE..].iter_mut().skip(n % STRIP).step_by(STRIP);
        column.zip(target).for_each(|(to, &target)| *to = target as f32);
    }

    /// Adds the products of columns, on the diagonal and above.
    fn add_products(&mut self, rows: usize, sums: &mut [f64]) {
        let width = self.width;
        let strip = |s: usize| Matrix::new(&self.strips[s * STRIDE..], rows, STRIP);
        for (i, j) in (0..width / STRIP).flat_map(|i| (i..width / STRIP).map(move |j| (i, j))) {
            let part = &mut self.products[i * STRIP * width + j * STRIP..];
            let part = MatrixMut::strided(part, STRIP, STRIP, width);
            gemm(strip(i).transposed(), strip(j), Start::Zero, part, &mut self.scratch);
        }
        for (row, from) in self.products.chunks_exact(width).enumerate() {
            let at = row * width + row..(row + 1) * width;
            sums[at].iter_mut().zip(&from[row..]).for_each(|(sum, &p)| *sum += f64::from(p));
        }
    }
}

/// A strip of a row, scaled, in 32 bits.
#[inline(always)]
fn narrow(from: &[f64], scales: &[f64], to: &mut [f32]) {
    if let ([a, b, c, d, e, f, g, h], [s, t, u, v, w, x, y, z]) = (from, scales) {
        let scaled = [a * s, b * t, c * u, d * v, e * w, f * x, g * y, h * z];
        to.copy_from_slice(&scaled.map(|scaled| scaled as f32));
    } else {
        let scaled = from.iter().zip(scales).map(|(from, scale)| from * scale);
        to.iter_mut().zip(scaled).for_each(|(to, scaled)| *to = scaled as f32);
    }
}
