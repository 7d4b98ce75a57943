//! Diabetes: ten measurements of a patient, and the disease a year later.

use super::Examples;
use crate::numbers;

/// The columns of [`diabetes`], in order; s1 to s6 are measured in the blood serum.
pub const DIABETES_COLUMNS: [&str; 10] =
    ["age", "sex", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6"];

static CSV: &str = include_str!("../../data/diabetes.csv");

/// All 442 patients in raw units, in the order of the file; [`super::standardize`] makes the columns
/// comparable.
///
/// # Shapes
/// `x` (442 x 10); `y` (442), the progression of the disease.
///
/// # Source
/// Efron, Hastie, Johnstone and Tibshirani, "Least Angle Regression", 2004 (data/README.md).
pub fn diabetes() -> Examples {
    let mut examples = Examples::default();
    for line in CSV.lines().skip(1) {
        let mut row = [0.0; DIABETES_COLUMNS.len() + 1];
        for (number, text) in row.iter_mut().zip(line.split(',')) {
            *number = numbers::read(text).expect("diabetes.csv holds numbers");
        }
        let [x @ .., y] = row;
        examples.push(&x, y);
    }
    examples
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_whole() {
        let mut lines = CSV.lines();
        let header: Vec<&str> = lines.next().unwrap().split(',').collect();
        assert_eq!(header, [&DIABETES_COLUMNS[..], &["progression"]].concat());
        assert!(lines.all(|line| line.split(',').count() == 11));
        let all = diabetes();
        assert_eq!((all.y.len(), all.inputs()), (442, 10));
        assert_eq!(all.row(0), [59.0, 2.0, 32.1, 101.0, 157.0, 93.2, 38.0, 4.0, 4.8598, 87.0]);
        assert_eq!(all.y[0], 151.0);
    }

    /// Mean and extremes of the target as scikit-learn documents them for its copy.
    #[test]
    fn the_target_is_the_published_one() {
        let y = diabetes().y;
        let mean = y.iter().sum::<f64>() / 442.0;
        let variance = y.iter().map(|y| (y - mean) * (y - mean)).sum::<f64>() / 442.0;
        assert!((mean - 152.13348416289594).abs() < 1e-10, "{mean}");
        assert!((variance.sqrt() - 77.00574586945044).abs() < 1e-10, "{variance}");
        assert_eq!(y.iter().copied().fold(f64::INFINITY, f64::min), 25.0);
        assert_eq!(y.iter().copied().fold(0.0, f64::max), 346.0);
    }
}
