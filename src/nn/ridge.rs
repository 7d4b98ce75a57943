//! Ridge regression: linear regression with an L2 penalty, in closed form.

use super::least_squares::{Twofold, check_size, lane_dot, minimum, power_of_two, sizes};
use super::real::all_finite;
use crate::error::{Error, Result};

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
/// Where several w do, which needs alpha = 0 and columns that depend on each other, it is the one of
/// least |w|^2, in the units given. So a column of zeros has weight 0, and, with an intercept, a
/// constant one too.
///
/// # Method
/// With an intercept, columns and targets are centred, about their first values first: an offset
/// however large costs no more digits than it takes from the numbers themselves. Columns of unlike
/// units are scaled by powers of two, which are exact. The normal equations (of the rows, where these
/// are fewer than the columns) are factorized in 32 bits by Cholesky's method, and the result corrected
/// by residuals in 64 bits, computed from X, until the corrections are below rounding. Each must be at
/// most 1/16 of the one before: that is the estimate of the condition. Else, and where less than 1e-4
/// of a column's square is its own given the others, X over the root of the penalty is factorized by
/// Householder's reflections with pivoting and the result corrected in twice the digits.
///
/// A column depends on others where at most 1e-13 of its length is its own, whatever its unit, and is
/// constant where its values differ by at most four units in the last place.
///
/// # Shapes
/// `x` (n x columns), row major; `y` (n).
///
/// # Errors
/// Empty or ragged arrays, numbers that are not finite, a negative alpha, arrays whose solution would
/// take minutes or more than 1 GiB, and weights beyond the largest number of 64 bits.
///
/// # Source
/// The slides "L2 regularization = Gaussian noise augmentation": the noise-augmented loss is
/// f(w) + alpha w'w. The method: Higham, "Accuracy and stability of numerical algorithms", 2nd edition,
/// chapters 12 and 20; Golub and Van Loan, "Matrix computations", 4th edition, chapter 5; Björck,
/// "Numerical methods for least squares problems", 1996.
///
/// ```
/// use regularization_playground::nn::ridge;
/// // x = 1, 2 and y = 1, 2: w = (1 + 4) / (1 + 4 + 2 alpha), which is 1/2 at alpha = 2.5.
/// let fit = ridge(&[1.0, 2.0], &[1.0, 2.0], 1, 2.5, false).unwrap();
/// assert_eq!(fit.weights, [0.5]);
/// // Columns that are the same share what one would have.
/// let fit = ridge(&[1.0, 1.0, 2.0, 2.0], &[1.0, 2.0], 2, 0.0, false).unwrap();
/// assert!(fit.weights.iter().all(|w| (w - 0.5).abs() < 1e-15));
/// ```
pub fn ridge(
    x: &[f64],
    y: &[f64],
    columns: usize,
    alpha: f64,
    intercept: bool,
) -> Result<RidgeFit> {
    check(x, y, columns)?;
    if !(alpha >= 0.0 && alpha.is_finite()) {
        return Err(Error::invalid(format!("alpha = {alpha}: must be a number of at least 0")));
    }
    let penalties = vec![alpha * y.len() as f64; columns];
    if !intercept {
        let weights = minimum(x, y, &penalties).ok_or_else(not_finite)?;
        return fit(x, y, weights, 0.0, alpha);
    }
    let (x, x_means) = centred(x, &sizes(x, columns).ok_or_else(not_finite)?);
    let (y, y_mean) = centred(y, &sizes(y, 1).ok_or_else(not_finite)?);
    let weights = minimum(&x, &y, &penalties).ok_or_else(beyond)?;
    let intercept = y_mean[0] - lane_dot(&x_means, &weights);
    fit(&x, &y, weights, intercept, alpha)
}

/// Linear regression with dropout on its inputs, in closed form: the weights that minimize the mean
/// loss expected over all masks, with inverted scaling and without an intercept.
///
/// They are (X'X + ((1-p)/p) diag(X'X))^-1 X'y: a ridge that weighs every column by its own size.
/// Without scaling in training they would be these over p, to be multiplied by p at test time.
/// A column of zeros has weight 0. At p = 1 this is least squares, as [`ridge`] with alpha = 0 and
/// without an intercept.
///
/// # Method
/// That of [`ridge`], with a penalty of (1-p)/p times its sum of squares on every column; with fewer rows
/// than columns, where one penalty serves all, on columns of length 1.
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
/// let weights = dropout_ridge(&[1.0, 2.0], &[1.0, 2.0], 1, 0.5).unwrap();
/// assert!((weights[0] - 0.5).abs() < 1e-15);
/// ```
pub fn dropout_ridge(x: &[f64], y: &[f64], columns: usize, keep_prob: f64) -> Result<Vec<f64>> {
    check(x, y, columns)?;
    if !(keep_prob > 0.0 && keep_prob <= 1.0) {
        let sentence = format!("keep_prob = {keep_prob}: must be above 0 and at most 1");
        return Err(Error::invalid(sentence));
    }
    let penalty = (1.0 - keep_prob) / keep_prob;
    let squares = squares(x, &sizes(x, columns).ok_or_else(not_finite)?);
    let penalties: Vec<f64> =
        squares.iter().map(|(square, unit)| penalty * square * unit * unit).collect();
    let holds = |(&(square, _), penalty): (&(f64, f64), &f64)| square == 0.0 || penalty.is_normal();
    let all_hold = squares.iter().zip(&penalties).all(holds);
    let weights = if penalty == 0.0 || columns <= y.len() && all_hold {
        minimum(x, y, &penalties).ok_or_else(not_finite)?
    } else {
        let length =
            |&(square, unit): &(f64, f64)| if square > 0.0 { square.sqrt() * unit } else { 1.0 };
        let lengths: Vec<f64> = squares.iter().map(length).collect();
        let rows = x.chunks_exact(columns);
        let shares: Vec<f64> = rows.flat_map(|row| quotient(row, &lengths)).collect();
        let weights = minimum(&shares, y, &vec![penalty; columns]).ok_or_else(beyond)?;
        quotient(&weights, &lengths).collect()
    };
    if all_finite(&weights) { Ok(weights) } else { Err(beyond()) }
}

/// What dropout on the inputs of a linear model adds to its mean loss, expected over the masks with
/// inverted scaling: ((1-p)/p) times the sum over columns of mean(x_j^2) w_j^2.
///
/// # Shapes
/// `x` (n x columns), row major; `w` (columns).
pub fn dropout_penalty(x: &[f64], w: &[f64], keep_prob: f64) -> f64 {
    let mut squares = vec![0.0; w.len()];
    for row in x.chunks_exact(w.len()) {
        squares.iter_mut().zip(row).for_each(|(sum, x)| *sum += x * x);
    }
    let n = (x.len() / w.len()) as f64;
    let sum: f64 = squares.iter().zip(w).map(|(square, w)| square / n * w * w).sum();
    (1.0 - keep_prob) / keep_prob * sum
}

/// The sum of products of two equally long lists.
pub fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Refuses what does not fit together or would take too long.
fn check(x: &[f64], y: &[f64], columns: usize) -> Result<()> {
    if columns == 0 || y.is_empty() || x.len() != y.len().saturating_mul(columns) {
        return Err(Error::invalid(format!(
            "x has {} numbers, y {} and columns = {columns}: x must be one row of {columns} numbers \
             for each number of y",
            x.len(),
            y.len()
        )));
    }
    check_size(y.len(), columns)?;
    if all_finite(y) { Ok(()) } else { Err(not_finite()) }
}

fn not_finite() -> Error {
    Error::invalid("x and y: must be finite numbers")
}

fn beyond() -> Error {
    Error::invalid(
        "x and y: must be numbers whose weights and loss are not beyond the largest of 64 bits",
    )
}

/// What the weights come to, on rows from which the intercept is taken.
fn fit(x: &[f64], y: &[f64], weights: Vec<f64>, intercept: f64, alpha: f64) -> Result<RidgeFit> {
    let rows = x.chunks_exact(weights.len()).zip(y);
    let errors: Vec<f64> = rows.map(|(row, y)| lane_dot(row, &weights) - y).collect();
    let loss = lane_dot(&errors, &errors) / y.len() as f64;
    let objective = loss + alpha * lane_dot(&weights, &weights);
    // Whatever is beyond 64 bits on the way is so, or is not a number, here.
    if !(objective.is_finite() && intercept.is_finite()) {
        return Err(beyond());
    }
    Ok(RidgeFit { weights, intercept, loss, objective })
}

/// Columns without their means, and the means. Each is taken about its first value, so that a constant
/// column is exactly 0; one that is constant up to rounding becomes so.
fn centred(x: &[f64], sizes: &[f64]) -> (Vec<f64>, Vec<f64>) {
    const ROUNDING: f64 = 4.0 * f64::EPSILON;
    let columns = sizes.len();
    let (first, n) = (&x[..columns], (x.len() / columns) as f64);
    let (mut sums, mut reach) = (vec![0.0; columns], vec![0.0f64; columns]);
    for row in x.chunks_exact(columns) {
        for (j, (x, first)) in row.iter().zip(first).enumerate() {
            sums[j] += x - first;
            reach[j] = reach[j].max((x - first).abs());
        }
    }
    let differs: Vec<bool> =
        reach.iter().zip(sizes).map(|(r, size)| *r > ROUNDING * size).collect();
    let shifts: Vec<f64> = sums.iter().map(|sum| sum / n).collect();
    let value = |(j, x): (usize, &f64)| if differs[j] { (x - first[j]) - shifts[j] } else { 0.0 };
    let rows = x.chunks_exact(columns);
    let centred = rows.flat_map(|row| row.iter().enumerate().map(value)).collect();
    (centred, first.iter().zip(&shifts).map(|(first, shift)| first + shift).collect())
}

/// The sum of squares of every column, in units of a power of two that goes with it: squares in these
/// units neither vanish nor grow beyond 64 bits.
fn squares(x: &[f64], sizes: &[f64]) -> Vec<(f64, f64)> {
    let units: Vec<f64> = sizes.iter().map(|&size| power_of_two(size)).collect();
    let mut sums = vec![Twofold::default(); sizes.len()];
    for row in x.chunks_exact(sizes.len()) {
        let shares = sums.iter_mut().zip(quotient(row, &units));
        shares.for_each(|(sum, share)| *sum = sum.plus_product(share, share));
    }
    sums.into_iter().map(Twofold::rounded).zip(units).collect()
}

fn quotient<'a>(a: &'a [f64], b: &'a [f64]) -> impl Iterator<Item = f64> + 'a {
    a.iter().zip(b).map(|(a, b)| a / b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_arrays_are_refused() {
        assert!(ridge(&[1.0, 2.0, 3.0], &[1.0], 2, 0.0, false).is_err());
        assert!(ridge(&[], &[], 2, 0.0, false).is_err());
        assert!(ridge(&[f64::NAN], &[1.0], 1, 0.0, false).is_err());
        assert!(ridge(&[1.0], &[f64::INFINITY], 1, 0.0, false).is_err());
        assert!(ridge(&[1.0], &[1.0], 1, -1.0, false).is_err());
    }
}
