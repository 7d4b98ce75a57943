//! Gaussian noise on the inputs: the terms of the derivation on the slides, and its exact limit.

use super::elementary_64::exp;
use super::least_squares::{Cholesky, LEAST_OF_SQUARE};
use super::ridge::{dot, ridge};
use super::{Matrix, MatrixMut, Scratch, Start, gemm};
use crate::error::{Error, Result};

/// The noise-augmented loss of a linear model, term by term, on given noise.
#[derive(Clone, Debug, PartialEq)]
pub struct NoiseTerms {
    /// f(w): the mean squared error without noise.
    pub loss: f64,
    /// The mean of 2 (x'w - y) n'w: expected to be 0.
    pub cross_term: f64,
    /// The mean of (n'w)^2: expected to be alpha w'w.
    pub quadratic_term: f64,
    /// The mean squared error on the noisy inputs: exactly the sum of the three.
    pub augmented_loss: f64,
    /// f(w) + alpha w'w.
    pub expected_augmented_loss: f64,
    /// The standard deviation of one summand of the cross term: 2 sqrt(alpha w'w f).
    pub cross_term_sd: f64,
    /// The standard deviation of one summand of the quadratic term: sqrt(2) alpha w'w.
    pub quadratic_term_sd: f64,
}

/// Measures the terms of the slides' derivation for weights `w`.
///
/// # Shapes
/// `x` (n x columns), `y` (n), `w` (columns), `noise` (copies x n x columns), row major.
///
/// # Errors
/// Arrays that do not fit together.
///
/// # Source
/// "L2 regularization = Gaussian noise augmentation", the line with three expectations.
pub fn noise_terms(
    x: &[f64],
    y: &[f64],
    w: &[f64],
    noise: &[f64],
    alpha: f64,
) -> Result<NoiseTerms> {
    check_terms(x, y, w, noise)?;
    let columns = w.len();
    let rows = || x.chunks_exact(columns).zip(y);
    let loss = rows().map(|(x, y)| (dot(x, w) - y) * (dot(x, w) - y)).sum::<f64>() / y.len() as f64;
    let (mut cross, mut quadratic, mut augmented) = (0.0, 0.0, 0.0);
    for copy in noise.chunks_exact(x.len()) {
        for ((x, y), n) in rows().zip(copy.chunks_exact(columns)) {
            let (error, shift) = (dot(x, w) - y, dot(n, w));
            cross += 2.0 * error * shift;
            quadratic += shift * shift;
            augmented += (error + shift) * (error + shift);
        }
    }
    let summands = (noise.len() / columns) as f64;
    let penalty = alpha * dot(w, w);
    Ok(NoiseTerms {
        loss,
        cross_term: cross / summands,
        quadratic_term: quadratic / summands,
        augmented_loss: augmented / summands,
        expected_augmented_loss: loss + penalty,
        cross_term_sd: 2.0 * (penalty * loss).sqrt(),
        quadratic_term_sd: std::f64::consts::SQRT_2 * penalty,
    })
}

fn check_terms(x: &[f64], y: &[f64], w: &[f64], noise: &[f64]) -> Result<()> {
    let columns = w.len();
    let whole_copies = !x.is_empty() && !noise.is_empty() && noise.len().is_multiple_of(x.len());
    if whole_copies && x.len() == y.len() * columns {
        return Ok(());
    }
    Err(Error::invalid(format!(
        "x has {} numbers, y {}, w {columns} and noise {}: x must be one row of {columns} for each \
         number of y, and the noise one or more copies as large as x",
        x.len(),
        y.len(),
        noise.len()
    )))
}

/// How far least squares on K noisy copies is from ridge, times the square root of K, as K grows:
/// sqrt(tr(A^-1 S A^-1) / n), the root of the mean squared distance.
///
/// # Shapes
/// As [`super::ridge`], without an intercept.
///
/// # Errors
/// As [`super::ridge`].
///
/// # Source
/// The covariance S of the gradient (x + n)(r + n'w) over the noise, at the ridge weights w, with
/// r = x'w - y and A = X'X / n + alpha I.
pub fn copies_distance(x: &[f64], y: &[f64], columns: usize, alpha: f64) -> Result<f64> {
    let w = ridge(x, y, columns, alpha, false)?.weights;
    if alpha == 0.0 {
        return Ok(0.0); // Copies without noise are the rows themselves.
    }
    let residuals: Vec<f64> = x.chunks_exact(columns).zip(y).map(|(x, y)| dot(x, &w) - y).collect();
    let mean_square = dot(&residuals, &residuals) / y.len() as f64;
    let pull = mean_products(x, &residuals, columns);
    let (plain, norm) = (gram(x, columns, 0.0), dot(&w, &w));
    let mut covariance = vec![0.0; columns * columns];
    for i in 0..columns {
        for j in 0..columns {
            let identity = if i == j { 1.0 } else { 0.0 };
            covariance[i * columns + j] = alpha * norm * plain[i * columns + j]
                + alpha * mean_square * identity
                + alpha * (pull[i] * w[j] + w[i] * pull[j])
                + alpha * alpha * (norm * identity + w[i] * w[j]);
        }
    }
    let factor = Cholesky::of(gram(x, columns, alpha), columns, LEAST_OF_SQUARE).ok_or_else(|| {
        Error::invalid(format!(
            "alpha = {alpha}: must be 0, or larger, because the columns of x depend on each other"
        ))
    })?;
    // tr(A^-1 S A^-1): the unit vector j, solved, is column j of A^-1; with it, S on both sides.
    let mut trace = 0.0;
    for j in 0..columns {
        let mut direction: Vec<f64> =
            (0..columns).map(|i| if i == j { 1.0 } else { 0.0 }).collect();
        factor.solve(&mut direction);
        let image: Vec<f64> =
            covariance.chunks_exact(columns).map(|row| dot(row, &direction)).collect();
        trace += dot(&direction, &image);
    }
    Ok((trace / y.len() as f64).sqrt())
}

/// X'X / n + alpha I, row major.
fn gram(x: &[f64], columns: usize, alpha: f64) -> Vec<f64> {
    let n = (x.len() / columns) as f64;
    let mut matrix = vec![0.0; columns * columns];
    let result = MatrixMut::new(&mut matrix, columns, columns);
    let x = Matrix::new(x, x.len() / columns, columns);
    gemm(x.transposed(), x, Start::Zero, result, &mut Scratch::default());
    matrix.iter_mut().for_each(|sum| *sum /= n);
    matrix.iter_mut().step_by(columns + 1).for_each(|square| *square += alpha);
    matrix
}

/// X'y / n.
fn mean_products(x: &[f64], y: &[f64], columns: usize) -> Vec<f64> {
    let mut products = vec![0.0; columns];
    for (row, &y) in x.chunks_exact(columns).zip(y) {
        products.iter_mut().zip(row).for_each(|(sum, &x)| *sum += x * y);
    }
    products.iter_mut().for_each(|sum| *sum /= y.len() as f64);
    products
}

/// The function that minimizes the noise-augmented squared loss among all functions: the average of
/// the targets, weighted by a Gaussian of variance `alpha` around each training input.
///
/// # Shapes
/// `x` and `y` (n); one value for every number of `query`.
///
/// # Errors
/// Empty arrays or arrays of different length, an alpha that is not above 0.
///
/// # Source
/// Nadaraya, 1964, and Watson, 1964.
pub fn nadaraya_watson(x: &[f64], y: &[f64], alpha: f64, query: &[f64]) -> Result<Vec<f64>> {
    if x.is_empty() || x.len() != y.len() {
        return Err(Error::invalid(format!(
            "x has {} numbers and y {}: must be equally many, and at least one",
            x.len(),
            y.len()
        )));
    }
    if !(alpha > 0.0 && alpha.is_finite()) {
        return Err(Error::invalid(format!("alpha = {alpha}: must be a number above 0")));
    }
    Ok(query.iter().map(|&at| weighted_average(x, y, alpha, at)).collect())
}

/// The exponents are taken relative to the nearest point, so that far away they do not all vanish.
fn weighted_average(x: &[f64], y: &[f64], alpha: f64, at: f64) -> f64 {
    let exponent = |x: f64| -(at - x) * (at - x) / (2.0 * alpha);
    let nearest = x.iter().map(|&x| exponent(x)).fold(f64::NEG_INFINITY, f64::max);
    let (mut sum, mut weights) = (0.0, 0.0);
    for (&x, &y) in x.iter().zip(y) {
        let weight = exp(exponent(x) - nearest);
        sum += weight * y;
        weights += weight;
    }
    sum / weights
}
