//! How alike neurons are, from their rows of weights.

use super::elementary_64::{exp, ln};
use super::ridge::dot;

/// The largest difference between two rows in the same column; exactly 0 where all rows are equal.
///
/// # Shapes
/// `rows` (n x columns), row major.
pub fn max_difference(rows: &[f64], columns: usize) -> f64 {
    let spread = |column: usize| {
        let entries = rows.iter().skip(column).step_by(columns);
        let ends = (f64::INFINITY, f64::NEG_INFINITY);
        let (low, high) = entries.fold(ends, |(low, high), &w| (low.min(w), high.max(w)));
        high - low
    };
    (0..columns).map(spread).fold(0.0, f64::max)
}

/// The product of the rows with each other, W Wᵀ (rows x rows).
fn products(rows: &[f64], columns: usize) -> Vec<f64> {
    let all = || rows.chunks_exact(columns);
    all().flat_map(|a| all().map(move |b| dot(a, b))).collect()
}

/// The cosines of the angles between rows (n x n); 0 where a row is all zeros.
///
/// # Shapes
/// `rows` (n x columns), row major.
pub fn cosines(rows: &[f64], columns: usize) -> Vec<f64> {
    let (products, n) = (products(rows, columns), rows.len() / columns);
    let length = |row: usize| products[row * n + row].sqrt();
    let cosine = |place: usize| {
        let lengths = length(place / n) * length(place % n);
        if lengths > 0.0 { products[place] / lengths } else { 0.0 }
    };
    (0..n * n).map(cosine).collect()
}

/// The mean cosine of the pairs of two different rows.
///
/// # Shapes
/// `cosines` (n x n), as [`cosines`] gives them; n at least 2.
pub fn mean_cosine(cosines: &[f64], n: usize) -> f64 {
    let pairs = (0..n * n).filter(|place| place / n != place % n);
    pairs.map(|place| cosines[place]).sum::<f64>() / (n * (n - 1)) as f64
}

/// How many directions the rows really take: e to the entropy of their singular values, as shares of
/// their sum. It is 1 where all rows are the same, and their number where they are perpendicular and
/// equally long.
///
/// # Shapes
/// `rows` (n x columns), row major.
///
/// # Source
/// Roy and Vetterli, "The effective rank", 2007.
pub fn effective_rank(rows: &[f64], columns: usize) -> f64 {
    let n = rows.len() / columns;
    let squares = eigenvalues(products(rows, columns), n);
    let largest = squares.iter().copied().fold(0.0, f64::max);
    // What rounding leaves of a 0.
    let least = largest * 1e-12;
    let values: Vec<f64> = squares.iter().filter(|&&s| s > least).map(|s| s.sqrt()).collect();
    let sum: f64 = values.iter().sum();
    let entropy: f64 = values.iter().map(|value| -value / sum * ln(value / sum)).sum();
    exp(entropy)
}

/// The eigenvalues of a symmetric matrix, in no order: Jacobi's rotations.
fn eigenvalues(mut a: Vec<f64>, n: usize) -> Vec<f64> {
    /// Convergence is quadratic: a few sweeps are enough for every size there is here.
    const MOST_SWEEPS: usize = 30;
    for _ in 0..MOST_SWEEPS {
        let square = |place: usize| a[place] * a[place];
        let (on, off): (Vec<usize>, Vec<usize>) =
            (0..n * n).partition(|place| place / n == place % n);
        let total: f64 = on.into_iter().map(square).sum();
        if off.into_iter().map(square).sum::<f64>() <= 1e-30 * total {
            break;
        }
        for p in 0..n {
            for q in p + 1..n {
                rotate(&mut a, n, p, q);
            }
        }
    }
    (0..n).map(|i| a[i * n + i]).collect()
}

/// Turns rows and columns p and q so that their common entry becomes 0.
fn rotate(a: &mut [f64], n: usize, p: usize, q: usize) {
    let entry = a[p * n + q];
    if entry == 0.0 {
        return;
    }
    let theta = (a[q * n + q] - a[p * n + p]) / (2.0 * entry);
    let tangent = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
    let cosine = 1.0 / (tangent * tangent + 1.0).sqrt();
    let sine = tangent * cosine;
    for i in 0..n {
        let (x, y) = (a[i * n + p], a[i * n + q]);
        a[i * n + p] = cosine * x - sine * y;
        a[i * n + q] = sine * x + cosine * y;
    }
    for i in 0..n {
        let (x, y) = (a[p * n + i], a[q * n + i]);
        a[p * n + i] = cosine * x - sine * y;
        a[q * n + i] = sine * x + cosine * y;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_rows_are_one_direction() {
        let rows = [0.3, -0.7, 0.1].repeat(5);
        assert_eq!(max_difference(&rows, 3), 0.0);
        let cosines = cosines(&rows, 3);
        assert!(cosines.iter().all(|cosine| (cosine - 1.0).abs() < 1e-15));
        assert!((mean_cosine(&cosines, 5) - 1.0).abs() < 1e-15);
        assert!((effective_rank(&rows, 3) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn perpendicular_rows_are_as_many_directions() {
        let rows = [2.0, 0.0, 0.0, 0.0, -2.0, 0.0, 0.0, 0.0, 2.0];
        assert_eq!(max_difference(&rows, 3), 2.0);
        assert_eq!(mean_cosine(&cosines(&rows, 3), 3), 0.0);
        assert!((effective_rank(&rows, 3) - 3.0).abs() < 1e-12);
    }

    #[test]
    fn eigenvalues_of_a_matrix_worked_out_by_hand() {
        // [[2, 1, 0], [1, 2, 1], [0, 1, 2]]: 2 and 2 ± √2.
        let mut got = eigenvalues(vec![2.0, 1.0, 0.0, 1.0, 2.0, 1.0, 0.0, 1.0, 2.0], 3);
        got.sort_by(f64::total_cmp);
        let want = [2.0 - 2f64.sqrt(), 2.0, 2.0 + 2f64.sqrt()];
        assert!(got.iter().zip(want).all(|(got, want)| (got - want).abs() < 1e-14), "{got:?}");
    }

    #[test]
    fn two_rows_at_an_angle_have_the_rank_of_their_singular_values() {
        // Singular values √(1 ± 0.6) of unit rows with cosine 0.6.
        let rows = [1.0, 0.0, 0.6, 0.8];
        let (a, b) = (1.6f64.sqrt(), 0.4f64.sqrt());
        let share = a / (a + b);
        let entropy = -share * share.ln() - (1.0 - share) * (1.0 - share).ln();
        assert!((effective_rank(&rows, 2) - entropy.exp()).abs() < 1e-12);
        assert!((mean_cosine(&cosines(&rows, 2), 2) - 0.6).abs() < 1e-15);
    }

    #[test]
    fn a_row_of_zeros_is_like_no_other() {
        let rows = [0.0, 0.0, 3.0, 4.0];
        assert_eq!(cosines(&rows, 2), [0.0, 0.0, 0.0, 1.0]);
        assert!((effective_rank(&rows, 2) - 1.0).abs() < 1e-12);
    }
}
