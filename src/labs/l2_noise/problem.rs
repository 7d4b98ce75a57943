//! The linear regression problems of this section.

use super::short;
use crate::data::{DIABETES_COLUMNS, Examples, Standard, diabetes, linear, standardize};
use crate::nn::{Stream, stream};
use crate::param::{Choice, ParamSpec};

/// The choices of data set.
const DATASETS: &[Choice] = &[
    Choice::new("diabetes", "Diabetes: 442 patients"),
    Choice::new("generated", "Generated: 40 rows"),
];

/// The parameter that chooses among them.
pub const DATASET: ParamSpec = ParamSpec::choice("dataset", "diabetes", DATASETS)
    .label("Data")
    .help("real patients, or 40 rows of correlated inputs with a noisy target");

const GENERATED_ROWS: usize = 40;
const CORRELATION: f64 = 0.5;
const NOISE_SD: f64 = 2.0;

/// Rows to learn from, and the names of their columns.
pub struct Problem {
    /// The rows.
    pub examples: Examples,
    /// One name a column.
    pub names: Vec<String>,
}

impl Problem {
    /// The data set in standard units: every column, and the target, of mean 0 and variance 1.
    ///
    /// # Shapes
    /// Diabetes: 442 x 10. Generated: 40 x `generated_columns`.
    pub fn standard(dataset: &str, generated_columns: usize, seed: u32) -> Self {
        Self::standard_of(dataset, generated_columns, seed).0
    }

    /// The same, and what its units were before.
    pub fn standard_of(dataset: &str, generated_columns: usize, seed: u32) -> (Self, Standard) {
        let mut problem = Self::raw(dataset, generated_columns, seed);
        let standard = standardize(&mut problem.examples);
        (problem, standard)
    }

    /// The data set with every column centred and all of them divided by one number, so that they
    /// keep their different spreads; the target in units of its standard deviation, its mean kept.
    pub fn unequal(dataset: &str, generated_columns: usize, seed: u32) -> Self {
        let mut problem = Self::raw(dataset, generated_columns, seed);
        let mut standard = Standard::of(&problem.examples);
        let squares: f64 = standard.x_sd.iter().map(|sd| sd * sd).sum();
        let common = (squares / standard.x_sd.len() as f64).sqrt();
        standard.x_sd.fill(common);
        standard.y_mean = 0.0;
        standard.apply(&mut problem.examples);
        problem
    }

    /// Multiplies every column by its factor.
    pub fn multiply(&mut self, factors: &[f64]) {
        for row in self.examples.x.chunks_exact_mut(factors.len()) {
            row.iter_mut().zip(factors).for_each(|(x, factor)| *x *= factor);
        }
    }

    /// The weights of two models, column by column: "bmi 0.32 and 0.31, …".
    pub fn both_in_words(&self, one: &[f64], other: &[f64]) -> String {
        let columns = self.names.iter().zip(one.iter().zip(other));
        let told = |(name, (one, other)): (&String, (&f64, &f64))| {
            format!("{name} {} and {}", short(*one), short(*other))
        };
        columns.map(told).collect::<Vec<_>>().join(", ")
    }

    fn raw(dataset: &str, generated_columns: usize, seed: u32) -> Self {
        if dataset == "diabetes" {
            let names = DIABETES_COLUMNS.map(str::to_string).to_vec();
            return Problem { examples: diabetes(), names };
        }
        let mut rng = stream(seed, Stream::Data, 0);
        let set = linear(&mut rng, GENERATED_ROWS, generated_columns, CORRELATION, NOISE_SD);
        let names = (1..=generated_columns).map(|column| format!("x{column}")).collect();
        Problem { examples: set.examples, names }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_keep_their_different_spreads_or_not() {
        for dataset in ["diabetes", "generated"] {
            let equal = Standard::of(&Problem::standard(dataset, 20, 1).examples);
            assert!(equal.x_sd.iter().all(|sd| (sd - 1.0).abs() < 1e-12) && equal.y_mean < 1e-12);
            let unequal = Standard::of(&Problem::unequal(dataset, 20, 1).examples);
            let squares: f64 = unequal.x_sd.iter().map(|sd| sd * sd).sum();
            assert!((squares / unequal.x_sd.len() as f64 - 1.0).abs() < 1e-12);
            assert!(unequal.x_sd.iter().any(|sd| (sd - 1.0).abs() > 0.05));
            assert!(unequal.x_mean.iter().all(|mean| mean.abs() < 1e-12));
            assert!((unequal.y_sd - 1.0).abs() < 1e-12 && unequal.y_mean.abs() > 1e-3);
        }
    }
}
