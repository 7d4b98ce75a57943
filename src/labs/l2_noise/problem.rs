//! The linear regression problems of this section.

use super::short;
use crate::data::{DIABETES_COLUMNS, Examples, Standard, diabetes, linear, standardize};
use crate::nn::{Stream, shuffle, stream};
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

/// Members of the stream of data: the generated rows, and which rows keep a rare column.
const GENERATED: u32 = 0;
const RARE_ROWS: u32 = 1;

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

    /// The column of this name; the first where there is none.
    pub fn column(&self, name: &str) -> usize {
        self.names.iter().position(|known| known == name).unwrap_or(0)
    }

    /// Leaves a column as it is in this share of the rows, at least one, and makes it 0 in all others.
    /// Which rows follows from the seed: those of a smaller share are among those of a larger one.
    pub fn make_rare(&mut self, column: usize, share: f64, seed: u32) {
        let (rows, columns) = (self.examples.y.len(), self.names.len());
        let mut order: Vec<usize> = (0..rows).collect();
        shuffle(&mut stream(seed, Stream::Data, RARE_ROWS), &mut order);
        let kept = (share * rows as f64).round().max(1.0) as usize;
        order[kept..].iter().for_each(|row| self.examples.x[row * columns + column] = 0.0);
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
        let mut rng = stream(seed, Stream::Data, GENERATED);
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

    /// How many rows keep it is a rounded share; no other column is touched.
    #[test]
    fn a_rare_column_stands_in_so_many_rows_and_in_more_where_it_is_less_rare() {
        let whole = Problem::standard("diabetes", 10, 1).examples;
        let stands = |share: f64, seed: u32| -> Vec<bool> {
            let mut problem = Problem::standard("diabetes", 10, 1);
            problem.make_rare(2, share, seed);
            let pairs = problem.examples.x.iter().zip(&whole.x).enumerate();
            let kept = pairs.map(|(at, (rare, x))| {
                assert!(rare == x || (at % 10 == 2 && *rare == 0.0), "{at}");
                *rare == *x
            });
            kept.skip(2).step_by(10).collect()
        };
        let count = |share: f64| stands(share, 5).into_iter().filter(|kept| *kept).count();
        assert_eq!([0.0001, 0.02, 0.5, 0.999, 1.0].map(count), [1, 9, 221, 442, 442]);
        let [few, more] = [0.1, 0.3].map(|share| stands(share, 5));
        assert!(few.iter().zip(&more).all(|(few, more)| *more || !few));
        assert_ne!(few, stands(0.1, 6));
    }
}
