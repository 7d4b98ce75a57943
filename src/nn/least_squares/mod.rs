//! Penalized least squares without the loss of digits that normal equations have.

mod cholesky;
mod orthogonal;
mod refined;
mod reflections;
mod scale;
mod sums;

pub use cholesky::Cholesky;
pub use scale::{power_of_two, sizes};
pub use sums::{Twofold, lane_dot};

use crate::error::{Error, Result};
use orthogonal::Rows;
use refined::Normal;
use scale::scales;

/// Rows that say how large the numbers of a column are.
const FIRST_ROWS: usize = 256;

/// Of a matrix of products in 64 bits: a column depends on those before it where at most this share of
/// its square is its own.
pub const LEAST_OF_SQUARE: f64 = 1e-12;

/// The most multiplications: what takes about a minute where the slow way is needed.
const MOST_PRODUCTS: f64 = 5e10;
/// The most bytes.
const MOST_BYTES: f64 = (1u64 << 30) as f64;

/// Refuses what would not fit into memory, or take minutes.
///
/// # Errors
/// In words, with what it would take.
pub fn check_size(rows: usize, columns: usize) -> Result<()> {
    let (long, short) = (rows.max(columns) as f64, rows.min(columns) as f64);
    let products = long * short * short;
    // A copy, and one more over the rows of the penalty, for the factorization.
    let bytes = 8.0 * (long * short + (long + short) * short);
    if products <= MOST_PRODUCTS && bytes <= MOST_BYTES {
        return Ok(());
    }
    Err(Error::invalid(format!(
        "x: must be smaller than {rows} rows of {columns}, which would take {:.0} billion \
         multiplications (at most {:.0}) and {:.1} GiB of memory (at most 1)",
        products / 1e9,
        MOST_PRODUCTS / 1e9,
        bytes / MOST_BYTES,
    )))
}

/// The w that minimizes |X w - y|^2 + sum of penalties w^2; of several the shortest. It may not be finite
/// where 64 bits cannot hold it. `None` where x holds what is no finite number.
///
/// # Shapes
/// `x` (rows x columns), row major; `y` (rows), finite; `penalties` (columns), at least 0, and all the
/// same where there are fewer rows than columns.
pub fn minimum(x: &[f64], y: &[f64], penalties: &[f64]) -> Option<Vec<f64>> {
    let columns = penalties.len();
    let unit = power_of_two(y.iter().fold(0.0, |most: f64, y| most.max(y.abs())));
    let y: Vec<f64> = y.iter().map(|y| y / unit).collect();
    let refined = if columns <= y.len() {
        normal(x, penalties, &y, &vec![0.0; columns])
    } else {
        of_few(x, &y, penalties)
    };
    let mut w = match refined {
        Some(w) => w,
        None => Rows { x, y: &y, roots: &roots(penalties) }.minimum(&sizes(x, columns)?),
    };
    w.iter_mut().for_each(|w| *w *= unit);
    Some(w)
}

fn roots(penalties: &[f64]) -> Vec<f64> {
    penalties.iter().map(|penalty| penalty.sqrt()).collect()
}

/// With fewer rows than columns: w = X'v with (X X' + penalty I) v = y.
fn of_few(x: &[f64], y: &[f64], penalties: &[f64]) -> Option<Vec<f64>> {
    let (rows, columns) = (y.len(), penalties.len());
    let mut transposed = vec![0.0; x.len()];
    for (i, row) in x.chunks_exact(columns).enumerate() {
        transposed.iter_mut().skip(i).step_by(rows).zip(row).for_each(|(to, &x)| *to = x);
    }
    let v = normal(&transposed, &penalties[..rows], &vec![0.0; columns], y)?;
    Some(transposed.chunks_exact(rows).map(|column| lane_dot(column, &v)).collect())
}

/// Solves normal equations, scaled by what the first rows of M are like. Where a later one holds no
/// finite number, or one too large for 32 bits, so are the equations, and there is no solution here.
fn normal(m: &[f64], penalties: &[f64], target: &[f64], right: &[f64]) -> Option<Vec<f64>> {
    let columns = penalties.len();
    let first = &m[..m.len().min(FIRST_ROWS * columns)];
    let scales = scales(&sizes(first, columns)?, &roots(penalties));
    Normal { m, scales: &scales, penalties, target, right }.solve()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::{Stream, normal as draw, stream};

    /// Random rows, the second column `share` its own and otherwise the first.
    fn problem(rows: usize, columns: usize, share: f64) -> (Vec<f64>, Vec<f64>) {
        let mut rng = stream(4, Stream::Data, 0);
        let mut x: Vec<f64> = (0..rows * columns).map(|_| draw(&mut rng)).collect();
        for row in x.chunks_exact_mut(columns) {
            row[1] = row[0] + share * row[1];
        }
        (x, (0..rows).map(|_| draw(&mut rng)).collect())
    }

    #[test]
    fn both_ways_come_to_the_same() {
        let sizes_of_problems = [(6, 3), (5, 5), (40, 8), (300, 17), (700, 33), (4, 9), (30, 600)];
        for ((rows, columns), penalty) in sizes_of_problems.into_iter().zip([0.0, 1.0].repeat(4)) {
            let (x, y) = problem(rows, columns, 1.0);
            let penalties = vec![penalty; columns];
            let fast = match columns <= rows {
                true => normal(&x, &penalties, &y, &vec![0.0; columns]),
                false => of_few(&x, &y, &penalties),
            };
            let slow = Rows { x: &x, y: &y, roots: &roots(&penalties) };
            let slow = slow.minimum(&sizes(&x, columns).unwrap());
            let largest = slow.iter().fold(0.0, |most: f64, w| most.max(w.abs()));
            for (fast, slow) in fast.expect("independent columns").iter().zip(&slow) {
                let error = (fast - slow).abs();
                assert!(error < 1e-14 * largest, "{rows} x {columns}: {fast} {slow}");
            }
        }
    }

    #[test]
    fn the_fast_way_leaves_what_32_bits_cannot_hold() {
        for share in [1e-3, 1e-6, 0.0] {
            let (x, y) = problem(30, 4, share);
            assert_eq!(normal(&x, &[0.0; 4], &y, &[0.0; 4]), None, "{share}");
            assert!(normal(&x, &[1.0; 4], &y, &[0.0; 4]).is_some(), "{share}");
        }
    }
}
