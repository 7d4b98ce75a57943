//! The errors of an ensemble: their variance, their covariance, and what averaging makes of them.

use super::ridge::dot;
use super::shape::MAX_BYTES;
use crate::error::{Error, Result};

/// The errors of n predictors on the same examples, in the words of the slides.
#[derive(Clone, Debug, PartialEq)]
pub struct EnsembleErrors {
    /// v: the mean of E\[e_i e_i\] over the members, a raw second moment.
    pub variance: f64,
    /// c: the mean of E\[e_i e_j\] over pairs of different members; 0 where there is only one.
    pub covariance: f64,
    /// v/n + (n-1)/n c.
    pub predicted: f64,
    /// The mean squared error of the average; equal to `predicted` up to rounding.
    pub measured: f64,
    /// The mean squared distance of the members from their average: `measured` is `variance` less
    /// this.
    pub ambiguity: f64,
    /// The mean error of the average.
    pub bias: f64,
    /// v about the mean error of each member, as a statistician's variance.
    pub centred_variance: f64,
    /// c about the mean errors, likewise; with these two the formula misses by `bias` squared.
    pub centred_covariance: f64,
    /// E\[e_i e_j\] (n x n): v's summands on the diagonal and c's off it.
    pub second_moments: Vec<f64>,
}

/// Measures the errors of `members` predictors.
///
/// # Shapes
/// `predictions` (members x examples), row major; `y` (examples).
///
/// # Errors
/// Arrays that do not fit together, numbers that are not finite or above 1e140 in size, and more members than
/// there is room for.
///
/// # Source
/// The slides "Ensembles"; for the ambiguity Krogh and Vedelsby, 1995.
///
/// ```
/// use regularization_playground::nn::ensemble_errors;
/// // Errors 1, -1 and 1, 1: v = 1, c = 0, and the average errs by 1 and 0.
/// let errors = ensemble_errors(&[1.0, -1.0, 1.0, 1.0], 2, &[0.0, 0.0]).unwrap();
/// assert_eq!((errors.variance, errors.covariance), (1.0, 0.0));
/// assert_eq!((errors.predicted, errors.measured), (0.5, 0.5));
/// ```
pub fn ensemble_errors(predictions: &[f64], members: usize, y: &[f64]) -> Result<EnsembleErrors> {
    check(predictions, members, y)?;
    let (n, examples) = (members as f64, y.len() as f64);
    let errors: Vec<Vec<f64>> = predictions
        .chunks_exact(y.len())
        .map(|y_hat| y_hat.iter().zip(y).map(|(y_hat, y)| y_hat - y).collect())
        .collect();
    let biases: Vec<f64> = errors.iter().map(|e| e.iter().sum::<f64>() / examples).collect();
    let second_moments: Vec<f64> =
        errors.iter().flat_map(|a| errors.iter().map(|b| dot(a, b) / examples)).collect();
    let away: Vec<Vec<f64>> =
        errors.iter().zip(&biases).map(|(e, bias)| e.iter().map(|e| e - bias).collect()).collect();
    let centred: Vec<f64> =
        away.iter().flat_map(|a| away.iter().map(|b| dot(a, b) / examples)).collect();
    let (variance, covariance) = on_and_off_diagonal(&second_moments, members);
    let (centred_variance, centred_covariance) = on_and_off_diagonal(&centred, members);
    let mean_error = |example: usize| errors.iter().map(|e| e[example]).sum::<f64>() / n;
    let mean: Vec<f64> = (0..y.len()).map(mean_error).collect();
    let spread = |e: &Vec<f64>| -> f64 {
        e.iter().zip(&mean).map(|(e, mean)| (e - mean) * (e - mean)).sum::<f64>() / examples
    };
    Ok(EnsembleErrors {
        variance,
        covariance,
        predicted: variance / n + (n - 1.0) / n * covariance,
        measured: dot(&mean, &mean) / examples,
        ambiguity: errors.iter().map(spread).sum::<f64>() / n,
        bias: mean.iter().sum::<f64>() / examples,
        centred_variance,
        centred_covariance,
        second_moments,
    })
}

fn check(predictions: &[f64], members: usize, y: &[f64]) -> Result<()> {
    if members == 0 || y.is_empty() || Some(predictions.len()) != members.checked_mul(y.len()) {
        return Err(Error::invalid(format!(
            "predictions has {} numbers, members = {members} and y has {}: predictions must be one \
             row a member, each as long as y",
            predictions.len(),
            y.len()
        )));
    }
    check_size(members, y.len())?;
    let fits = |number: &f64| (-LARGEST..=LARGEST).contains(number);
    let unfit = |numbers: &[f64]| numbers.iter().position(|number| !fits(number));
    for (name, numbers) in [("predictions", predictions), ("y", y)] {
        if let Some(i) = unfit(numbers) {
            return Err(Error::invalid(format!(
                "{name}[{i}] = {:?}: must be a finite number of at most {LARGEST:e} in size, since its \
                 square is summed up",
                numbers[i]
            )));
        }
    }
    Ok(())
}

/// The largest number whose errors can be squared and summed up, however many there are.
const LARGEST: f64 = 1e140;

/// Refuses what would not fit into memory, or take minutes.
fn check_size(members: usize, examples: usize) -> Result<()> {
    /// What takes about a minute.
    const MOST_PRODUCTS: f64 = 5e10;
    let (n, examples) = (members as f64, examples as f64);
    let (products, bytes) = (n * n * examples, 16.0 * n * (n + examples));
    if products <= MOST_PRODUCTS && bytes <= MAX_BYTES {
        return Ok(());
    }
    Err(Error::invalid(format!(
        "members = {members}: must be fewer with {examples} numbers in y, since the products of all pairs \
         would be {:.1} billion multiplications (at most {:.0}) and {:.1} GiB of memory (at most 1)",
        products / 1e9,
        MOST_PRODUCTS / 1e9,
        bytes / MAX_BYTES
    )))
}

/// The means of a square matrix on its diagonal and off it; 0 where there is nothing off it.
fn on_and_off_diagonal(matrix: &[f64], n: usize) -> (f64, f64) {
    let on: f64 = (0..n).map(|i| matrix[i * n + i]).sum();
    let off: f64 = (0..n * n).filter(|i| i / n != i % n).map(|i| matrix[i]).sum();
    let pairs = (n * (n - 1)).max(1) as f64;
    (on / n as f64, off / pairs)
}
