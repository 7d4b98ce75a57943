//! A rare column, and how much of it is found: dropout penalises a column by its own sum of squares,
//! ridge all alike.
//!
//! A model that is linear in the target is linear in the true weights, too: of a weight of 1 that a
//! column has in the target, and no other, it finds the share it finds where the target is the column
//! itself. There least squares finds 1. Where columns are orthogonal dropout finds
//! n_j/(n_j + n_j (1-p)/p) = p, n_j being the column's sum of squares, and ridge n_j/(n_j + alpha n).

use super::masked::{COLUMNS, alpha_of};
use super::problem::Problem;
use crate::error::Result;
use crate::nn::{dropout_ridge, ridge};
use crate::param::{ParamSpec, Settings};

/// The column that may be rare; where the data has no such column, the first.
const COLUMN: &str = "bmi";

/// In how many rows it stands.
pub const RARE: ParamSpec = ParamSpec::real("rare", 1.0, 0.02, 1.0, 0.02)
    .log()
    .label("Rare column’s share")
    .help(
        "share of the rows in which body mass index, or x₁, stands; elsewhere it is 0, the mean. Its \
         unit stays as it is: at variance 1 again, ridge would keep as much of it as dropout",
    );

/// The rows, in the units that were standard before the column became rare.
pub fn problem(settings: &Settings) -> Problem {
    let seed = settings.seed();
    let mut problem = Problem::standard(settings.choice("dataset"), COLUMNS, seed);
    problem.make_rare(problem.column(COLUMN), settings.real("rare"), seed);
    problem
}

/// The shares of the column's weight that are found, where the target is the column itself.
#[derive(Clone, Copy, Debug)]
pub struct Kept {
    /// By the closed form of dropout.
    pub dropout: f64,
    /// By ridge with alpha = (1-p)/p.
    pub ridge: f64,
}

impl Kept {
    /// On the rows as they are.
    ///
    /// # Errors
    /// As [`ridge`].
    pub fn of(problem: &Problem, keep_prob: f64) -> Result<Self> {
        let (x, column) = (&problem.examples.x, problem.column(COLUMN));
        let itself: Vec<f64> = x.iter().copied().skip(column).step_by(COLUMNS).collect();
        Ok(Kept {
            dropout: dropout_ridge(x, &itself, COLUMNS, keep_prob)?[column],
            ridge: ridge(x, &itself, COLUMNS, alpha_of(keep_prob), false)?.weights[column],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Examples;

    /// Columns that stand in rows of their own are orthogonal.
    #[test]
    fn of_orthogonal_columns_dropout_keeps_p_and_ridge_what_their_size_lets_it() {
        for (rows_each, value, keep_prob) in [(1, 1.0, 0.8), (5, -1.0, 0.5), (3, 2.0, 0.1)] {
            let rows = 100;
            let mut x = vec![0.0; rows * COLUMNS];
            for row in 0..COLUMNS * rows_each {
                x[row * COLUMNS + row / rows_each] = value;
            }
            let names = (0..COLUMNS).map(|column| format!("x{column}")).collect();
            let examples = Examples { x, y: vec![0.0; rows] };
            let kept = Kept::of(&Problem { examples, names }, keep_prob).unwrap();
            let (size, alpha) = (f64::from(rows_each as u32) * value * value, alpha_of(keep_prob));
            assert!((kept.dropout - keep_prob).abs() < 1e-14, "{kept:?}");
            assert!((kept.ridge - size / (size + alpha * rows as f64)).abs() < 1e-14, "{kept:?}");
        }
    }

    /// The weights that minimize the squares of x w - y plus the sum of penalties times w², by Gauss.
    fn solved(x: &[f64], y: &[f64], penalties: &[f64]) -> Vec<f64> {
        let rows = || x.chunks(COLUMNS).zip(y);
        let mut lines: Vec<Vec<f64>> = (0..COLUMNS)
            .map(|i| {
                let product = |j: usize| rows().map(|(row, _)| row[i] * row[j]).sum::<f64>();
                let mut line: Vec<f64> = (0..COLUMNS).map(product).collect();
                line[i] += penalties[i];
                line.push(rows().map(|(row, y)| row[i] * y).sum());
                line
            })
            .collect();
        for i in 0..COLUMNS {
            let pivot = lines[i].clone();
            for (k, line) in lines.iter_mut().enumerate().filter(|(k, _)| *k != i) {
                let factor = line[i] / pivot[i];
                assert!(factor.is_finite(), "{k}");
                line.iter_mut().zip(&pivot).for_each(|(a, b)| *a -= factor * b);
            }
        }
        (0..COLUMNS).map(|i| lines[i][COLUMNS] / lines[i][i]).collect()
    }

    #[test]
    fn what_is_kept_are_the_solutions_of_the_normal_equations() {
        for (dataset, share, keep_prob) in
            [("diabetes", 0.05, 0.8), ("diabetes", 1.0, 0.5), ("generated", 0.1, 0.3)]
        {
            let mut problem = Problem::standard(dataset, COLUMNS, 4);
            let column = if dataset == "diabetes" { 2 } else { 0 };
            problem.make_rare(column, share, 4);
            let kept = Kept::of(&problem, keep_prob).unwrap();
            let mut x = problem.examples.x.clone();
            let sizes = |x: &[f64]| -> Vec<f64> {
                let size = |j| x.iter().skip(j).step_by(COLUMNS).map(|x| x * x).sum();
                (0..COLUMNS).map(size).collect()
            };
            let rows = x.len() / COLUMNS;
            let alpha = (1.0 - keep_prob) / keep_prob;
            let found = |x: &[f64], penalties: &[f64]| {
                let itself: Vec<f64> = x.iter().copied().skip(column).step_by(COLUMNS).collect();
                solved(x, &itself, penalties)[column]
            };
            let own: Vec<f64> = sizes(&x).iter().map(|size| alpha * size).collect();
            let alike = vec![alpha * rows as f64; COLUMNS];
            assert!((kept.dropout - found(&x, &own)).abs() < 1e-10, "{dataset} {kept:?}");
            assert!((kept.ridge - found(&x, &alike)).abs() < 1e-10, "{dataset} {kept:?}");
            // What is shared with other columns can only be kept less than what is not.
            let size = sizes(&x)[column] / rows as f64;
            assert!(kept.dropout < keep_prob && kept.ridge < size / (size + alpha));
            assert_eq!(share == 1.0, (kept.dropout - kept.ridge).abs() < 0.05, "{kept:?}");
            // At variance 1 again the column is to ridge what it is to dropout.
            x.iter_mut().skip(column).step_by(COLUMNS).for_each(|x| *x /= size.sqrt());
            assert!((found(&x, &alike) - kept.dropout).abs() < 1e-10, "{dataset}");
        }
    }
}
