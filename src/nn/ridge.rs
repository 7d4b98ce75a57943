//! Ridge regression: linear regression with an L2 penalty, in closed form.

use super::real::all_finite;
use super::{Matrix, MatrixMut, Scratch, Start, gemm};
use crate::error::{Error, Result};

/// Columns of X'X that are computed at a time.
const STRIP: usize = 8;

/// The minimizer of the mean loss plus the penalty.
#[derive(Clone, Debug, PartialEq)]
pub struct RidgeFit {
    /// One weight a column.
    pub weights: Vec<f64>,
    /// The unpenalized intercept; 0 without one.
    pub intercept: f64,
    /// The mean squared error f(w).
    pub loss: f64,
    /// f(w) + alpha w'w.
    pub objective: f64,
}

/// Minimizes (1/n) |X w + b - y|^2 + alpha |w|^2 over w, and over b where `intercept` is true.
///
/// # Shapes
/// `x` (n x columns), row major; `y` (n).
///
/// # Errors
/// Empty or ragged arrays, numbers that are not finite, a negative alpha, and columns that depend
/// on each other where alpha is 0.
///
/// # Source
/// The slides "L2 regularization = Gaussian noise augmentation": the noise-augmented loss is
/// f(w) + alpha w'w.
///
/// ```
/// use regularization_playground::nn::ridge;
/// // x = 1, 2 and y = 1, 2: w = (1 + 4) / (1 + 4 + 2 alpha), which is 1/2 at alpha = 2.5.
/// let fit = ridge(&[1.0, 2.0], &[1.0, 2.0], 1, 2.5, false).unwrap();
/// assert_eq!(fit.weights, [0.5]);
/// ```
pub fn ridge(
    x: &[f64],
    y: &[f64],
    columns: usize,
    alpha: f64,
    intercept: bool,
) -> Result<RidgeFit> {
    check(x, y, columns, alpha)?;
    let (weights, intercept) = if intercept {
        let (x_mean, y_mean) = means(x, y, columns);
        let centred: Vec<f64> =
            x.chunks_exact(columns).flat_map(|row| difference(row, &x_mean)).collect();
        let y_centred: Vec<f64> = y.iter().map(|y| y - y_mean).collect();
        let weights = penalized(&centred, &y_centred, columns, alpha)?;
        let intercept = y_mean - dot(&x_mean, &weights);
        (weights, intercept)
    } else {
        (penalized(x, y, columns, alpha)?, 0.0)
    };
    let mut errors: Vec<f64> = y.iter().map(|y| intercept - y).collect();
    let w = Matrix::new(&weights, columns, 1);
    let x = Matrix::new(x, y.len(), columns);
    gemm(x, w, Start::Result, MatrixMut::new(&mut errors, y.len(), 1), &mut Scratch::default());
    let loss = dot(&errors, &errors) / y.len() as f64;
    let objective = loss + alpha * dot(&weights, &weights);
    Ok(RidgeFit { weights, intercept, loss, objective })
}

/// Linear regression with dropout on its inputs, in closed form: the weights that minimize the mean
/// loss expected over all masks, with inverted scaling and without an intercept.
///
/// They are (X'X + ((1-p)/p) diag(X'X))^-1 X'y: a ridge that weighs every column by its own size.
/// Without scaling in training they would be these over p, to be multiplied by p at test time.
///
/// # Shapes
/// `x` (n x columns), row major; `y` (n).
///
/// # Errors
/// As [`ridge`]; and where `keep_prob` is not above 0 and at most 1.
///
/// # Source
/// Srivastava et al., "Dropout", 2014, section 9.1.
///
/// ```
/// use regularization_playground::nn::dropout_ridge;
/// // One column: w = sum xy / (sum xx + sum xx) at p = 1/2.
/// assert_eq!(dropout_ridge(&[1.0, 2.0], &[1.0, 2.0], 1, 0.5).unwrap(), [0.5]);
/// ```
pub fn dropout_ridge(x: &[f64], y: &[f64], columns: usize, keep_prob: f64) -> Result<Vec<f64>> {
    check(x, y, columns, 0.0)?;
    if !(keep_prob > 0.0 && keep_prob <= 1.0) {
        let sentence = format!("keep_prob = {keep_prob}: must be above 0 and at most 1");
        return Err(Error::invalid(sentence));
    }
    let mut matrix = gram(x, columns, 0.0);
    let diagonal = (0..columns).map(|i| i * columns + i);
    diagonal.for_each(|i| matrix[i] *= 1.0 + (1.0 - keep_prob) / keep_prob);
    solve(matrix, mean_products(x, y, columns)).ok_or_else(|| {
        Error::invalid(format!(
            "keep_prob = {keep_prob}: must be below 1, and no column of x may be all zeros, because \
             the columns of x depend on each other"
        ))
    })
}

/// What dropout on the inputs of a linear model adds to its mean loss, expected over the masks with
/// inverted scaling: ((1-p)/p) times the sum over columns of mean(x_j^2) w_j^2.
///
/// # Shapes
/// `x` (n x columns), row major; `w` (columns).
pub fn dropout_penalty(x: &[f64], w: &[f64], keep_prob: f64) -> f64 {
    let matrix = gram(x, w.len(), 0.0);
    let columns = w.len();
    let sum: f64 = (0..columns).map(|i| matrix[i * columns + i] * w[i] * w[i]).sum();
    (1.0 - keep_prob) / keep_prob * sum
}

/// The weights that minimize the penalized loss, without an intercept.
fn penalized(x: &[f64], y: &[f64], columns: usize, alpha: f64) -> Result<Vec<f64>> {
    solve(gram(x, columns, alpha), mean_products(x, y, columns)).ok_or_else(|| {
        Error::invalid(format!(
            "alpha = {alpha}: must be above 0, because the columns of x depend on each other"
        ))
    })
}

fn check(x: &[f64], y: &[f64], columns: usize, alpha: f64) -> Result<()> {
    if columns == 0 || y.is_empty() || x.len() != y.len().saturating_mul(columns) {
        return Err(Error::invalid(format!(
            "x has {} numbers, y {} and columns = {columns}: x must be one row of {columns} numbers \
             for each number of y",
            x.len(),
            y.len()
        )));
    }
    if !(all_finite(x) && all_finite(y)) {
        return Err(Error::invalid("x and y: must be finite numbers"));
    }
    if !(alpha >= 0.0 && alpha.is_finite()) {
        return Err(Error::invalid(format!("alpha = {alpha}: must be a number of at least 0")));
    }
    Ok(())
}

fn means(x: &[f64], y: &[f64], columns: usize) -> (Vec<f64>, f64) {
    let n = y.len() as f64;
    let mut mean = vec![0.0; columns];
    for row in x.chunks_exact(columns) {
        mean.iter_mut().zip(row).for_each(|(sum, x)| *sum += x / n);
    }
    (mean, y.iter().sum::<f64>() / n)
}

fn difference<'a>(a: &'a [f64], b: &'a [f64]) -> impl Iterator<Item = f64> + 'a {
    a.iter().zip(b).map(|(a, b)| a - b)
}

/// The sum of products of two equally long lists.
pub fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// X'X / n + alpha I, row major.
pub fn gram(x: &[f64], columns: usize, alpha: f64) -> Vec<f64> {
    let n = (x.len() / columns) as f64;
    let mut matrix = vec![0.0; columns * columns];
    let (x, mut scratch) = (Matrix::new(x, x.len() / columns, columns), Scratch::default());
    // It is symmetric: only the part above the diagonal is computed, strip by strip, and mirrored.
    for first in (0..columns).step_by(STRIP) {
        let end = columns.min(first + STRIP);
        let (left, right) = (x.part(0..x.rows(), 0..end), x.part(0..x.rows(), first..end));
        let part = MatrixMut::strided(&mut matrix[first..], end, end - first, columns);
        gemm(left.transposed(), right, Start::Zero, part, &mut scratch);
    }
    for i in 0..columns {
        for j in 0..=i {
            let mean = matrix[j * columns + i] / n;
            matrix[j * columns + i] = mean;
            matrix[i * columns + j] = mean;
        }
        matrix[i * columns + i] += alpha;
    }
    matrix
}

/// X'y / n.
pub fn mean_products(x: &[f64], y: &[f64], columns: usize) -> Vec<f64> {
    let mut products = vec![0.0; columns];
    for (row, &y) in x.chunks_exact(columns).zip(y) {
        products.iter_mut().zip(row).for_each(|(sum, &x)| *sum += x * y);
    }
    products.iter_mut().for_each(|sum| *sum /= y.len() as f64);
    products
}

/// Solves a symmetric positive definite system by Cholesky's factorization; `None` where the matrix
/// is not positive definite (a pivot below 1e-12 of the largest diagonal entry).
pub fn solve(mut matrix: Vec<f64>, mut right: Vec<f64>) -> Option<Vec<f64>> {
    let n = right.len();
    let largest = (0..n).map(|i| matrix[i * n + i]).fold(0.0, f64::max);
    for j in 0..n {
        let (above, below) = matrix.split_at_mut((j + 1) * n);
        let pivot_row = &mut above[j * n + j..];
        if pivot_row[0] <= 1e-12 * largest {
            return None;
        }
        let root = pivot_row[0].sqrt();
        pivot_row.iter_mut().for_each(|entry| *entry /= root);
        right[j] /= root;
        // What row j explains is taken from all rows below, and from the right-hand side.
        for (i, row) in below.chunks_exact_mut(n).enumerate() {
            let factor = pivot_row[i + 1];
            let rest = row[j + 1 + i..].iter_mut().zip(&pivot_row[i + 1..]);
            rest.for_each(|(entry, &explained)| *entry -= factor * explained);
            right[j + 1 + i] -= factor * right[j];
        }
    }
    for i in (0..n).rev() {
        let later = dot(&matrix[i * n + i + 1..(i + 1) * n], &right[i + 1..]);
        right[i] = (right[i] - later) / matrix[i * n + i];
    }
    Some(right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dependent_columns_need_a_penalty() {
        let (x, y) = ([1.0, 1.0, 2.0, 2.0], [1.0, 2.0]);
        let message = ridge(&x, &y, 2, 0.0, false).unwrap_err().to_string();
        assert!(message.starts_with("alpha = 0: must be above 0"), "{message}");
        assert!(ridge(&x, &y, 2, 0.1, false).is_ok());
    }

    #[test]
    fn bad_arrays_are_refused() {
        assert!(ridge(&[1.0, 2.0, 3.0], &[1.0], 2, 0.0, false).is_err());
        assert!(ridge(&[], &[], 2, 0.0, false).is_err());
        assert!(ridge(&[f64::NAN], &[1.0], 1, 0.0, false).is_err());
        assert!(ridge(&[1.0], &[1.0], 1, -1.0, false).is_err());
    }
}
