//! How far two answers are apart, and how many are wrong.

use crate::data::DIGIT_CLASSES;
use crate::nn::most_likely;

/// The share of images whose largest number is not that of their class.
///
/// # Shapes
/// `y_hat` (images x classes): probabilities, or anything that grows with them; `y` (images).
pub(super) fn wrong(y_hat: &[f64], y: &[f64]) -> f64 {
    let rows = y_hat.as_chunks().0.iter().zip(y);
    rows.map(|(row, y)| usize::from(beaten(row, *y as usize))).sum::<usize>() as f64
        / y.len() as f64
}

/// Whether another class is the most likely: counted without branches, since nobody could foretell
/// which way they go.
#[inline(always)]
fn beaten(row: &[f64; DIGIT_CLASSES], class: usize) -> bool {
    let own = row[class];
    let (mut above, mut equal) = (0, 0);
    for &y_hat in row {
        above += u64::from(y_hat > own);
        equal += u64::from(y_hat == own);
    }
    // Its equals are few: mostly itself alone.
    above > 0 || (equal > 1 && most_likely(row) != class)
}

/// The share of images for which both say the same class.
pub(super) fn agreement(a: &[f64], b: &[f64]) -> f64 {
    let rows = a.chunks_exact(DIGIT_CLASSES).zip(b.chunks_exact(DIGIT_CLASSES));
    let images = rows.len() as f64;
    rows.filter(|(a, b)| most_likely(a) == most_likely(b)).count() as f64 / images
}

/// The largest difference between two lists of numbers.
pub(super) fn largest_gap(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}

/// The mean difference between two lists of numbers.
pub(super) fn mean_gap(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).sum::<f64>() / a.len() as f64
}

/// The sum of the squared differences of two lists of numbers.
pub(super) fn squared_distance(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum()
}

/// The mean over images and classes of (probability - truth)^2, the truth being 1 for the class of the
/// image and 0 for the others.
pub(super) fn squared_error(y_hat: &[f64], y: &[f64]) -> f64 {
    judge(y_hat, y).errors / y_hat.len() as f64
}

/// What a network's probabilities are like.
#[derive(Debug, PartialEq)]
pub(super) struct Judged {
    /// As [`wrong`].
    pub wrong: f64,
    /// The sum over images and classes of (probability - truth)^2.
    pub errors: f64,
    /// That of probability^2.
    pub squares: f64,
}

/// 1 for the class of an image, and 0 for the others.
const TRUTH: [[f64; DIGIT_CLASSES]; DIGIT_CLASSES] = {
    let mut truth = [[0.0; DIGIT_CLASSES]; DIGIT_CLASSES];
    let mut class = 0;
    while class < DIGIT_CLASSES {
        truth[class][class] = 1.0;
        class += 1;
    }
    truth
};

/// Judges a network's probabilities (images x classes), all at once: each of the sums waits for its own
/// last term, and there is time for the rest in between.
pub(super) fn judge(y_hat: &[f64], y: &[f64]) -> Judged {
    let (mut wrong, mut errors, mut squares) = (0, 0.0, 0.0);
    for (row, &class) in y_hat.as_chunks::<DIGIT_CLASSES>().0.iter().zip(y) {
        for (y_hat, truth) in row.iter().zip(&TRUTH[class as usize]) {
            errors += (y_hat - truth) * (y_hat - truth);
            squares += y_hat * y_hat;
        }
        wrong += usize::from(beaten(row, class as usize));
    }
    Judged { wrong: wrong as f64 / y.len() as f64, errors, squares }
}

/// The mean and the standard deviation.
pub(super) fn mean_and_sd(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>();
    (mean, (squares / (n - 1.0)).sqrt())
}

/// The slope of the least-squares line through points.
pub(super) fn slope(points: &[(f64, f64)]) -> f64 {
    let n = points.len() as f64;
    let (x, y) = points.iter().fold((0.0, 0.0), |(a, b), (x, y)| (a + x / n, b + y / n));
    let products: f64 = points.iter().map(|(a, b)| (a - x) * (b - y)).sum();
    products / points.iter().map(|(a, _)| (a - x) * (a - x)).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beaten_is_who_is_not_the_most_likely() {
        let rows = [[0.1; DIGIT_CLASSES], std::array::from_fn(|class| (class % 4) as f64)];
        for row in rows {
            assert!(
                (0..DIGIT_CLASSES).all(|class| beaten(&row, class) == (most_likely(&row) != class))
            );
        }
    }

    #[test]
    fn measures_by_hand() {
        let mut y_hat = vec![0.0; 2 * DIGIT_CLASSES];
        (y_hat[3], y_hat[DIGIT_CLASSES + 4]) = (1.0, 1.0);
        assert_eq!(wrong(&y_hat, &[3.0, 3.0]), 0.5);
        let judged = Judged { wrong: 0.5, errors: 2.0, squares: 2.0 };
        assert_eq!(judge(&y_hat, &[3.0, 3.0]), judged);
        assert_eq!(squared_error(&y_hat, &[3.0, 4.0]), 0.0);
        assert_eq!(mean_and_sd(&[1.0, 3.0]), (2.0, 2f64.sqrt()));
        assert_eq!(slope(&[(0.0, 1.0), (1.0, 0.5), (2.0, 0.0)]), -0.5);
        assert_eq!(
            (largest_gap(&[1.0, 2.0], &[1.0, 0.0]), mean_gap(&[1.0, 2.0], &[1.0, 0.0])),
            (2.0, 1.0)
        );
    }
}
