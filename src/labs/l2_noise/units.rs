//! One column in other units, and what ridge and dropout then predict for one patient.
//!
//! A column in units twice as large has numbers half as large, and needs twice the weight. Ridge
//! penalizes the weight: the same measurement counts for less in metres than in millimetres. Dropout
//! penalizes w_j x_j, which no unit changes.

use super::masked::{COLUMNS, all_masked, alpha_of};
use super::problem::Problem;
use crate::nn::Moments;

/// Units at which the curves are known, by their powers of ten: tenths, up to 3.
const LAST_TENTH: i32 = 30;

/// The column whose unit changes; where the data has no such column, the first.
const COLUMN: &str = "bp";

/// What is predicted for the patient, in the target's own unit.
#[derive(Clone, Copy, Debug)]
pub struct Predictions {
    /// By ridge with alpha = (1-p)/p.
    pub ridge: f64,
    /// By least squares over all masks, each weighted by its chance.
    pub dropout: f64,
}

/// One column in all units, all others standard.
pub struct Units {
    /// The column's name.
    pub name: String,
    /// Its standard deviation, in the data's unit, a millimetre of mercury: with this as the unit the
    /// column is a standard one.
    pub sd: f64,
    /// The mean and the standard deviation of the target.
    pub target: (f64, f64),
    /// The patient's value in the column, in standard deviations from the mean: the largest of all.
    pub value: f64,
    /// Powers of ten from 0 to 3, and what is predicted with these as units.
    pub curve: Vec<(f64, Predictions)>,
    column: usize,
    /// The patient's row, in standard units.
    row: Vec<f64>,
    alpha: f64,
    rows: Moments,
    masked: Moments,
}

impl Units {
    /// Both predictions in all units.
    pub fn of(dataset: &str, keep_prob: f64, seed: u32) -> Self {
        let (problem, standard) = Problem::standard_of(dataset, COLUMNS, seed);
        let column = problem.column(COLUMN);
        let by_value = |a: &&[f64], b: &&[f64]| a[column].total_cmp(&b[column]);
        let row = problem.examples.x.chunks_exact(COLUMNS).max_by(by_value).unwrap_or_default();
        let (rows, masked) = all_masked(&problem, keep_prob);
        let mut units = Units {
            name: problem.names[column].clone(),
            sd: standard.x_sd[column],
            target: (standard.y_mean, standard.y_sd),
            value: row[column],
            curve: Vec::new(),
            column,
            row: row.to_vec(),
            alpha: alpha_of(keep_prob),
            rows,
            masked,
        };
        let powers = (0..=LAST_TENTH).map(|tenth| f64::from(tenth) / 10.0);
        units.curve = powers.map(|power| (power, units.predictions(power))).collect();
        units
    }

    /// What is predicted where the column is written in units of this power of ten.
    pub fn predictions(&self, power: f64) -> Predictions {
        let mut factors = [1.0; COLUMNS];
        factors[self.column] = self.sd / libm::pow(10.0, power);
        let predicted = |moments: &Moments, alpha: f64| {
            let mut in_units = Moments::new(COLUMNS);
            in_units.add_scaled(moments, &factors, 1.0);
            let weights = in_units.fit(alpha, false).unwrap_or(vec![f64::NAN; COLUMNS]);
            let terms = self.row.iter().zip(&factors).zip(&weights);
            let standard: f64 = terms.map(|((x, factor), w)| x * factor * w).sum();
            self.target.0 + self.target.1 * standard
        };
        Predictions {
            ridge: predicted(&self.rows, self.alpha),
            dropout: predicted(&self.masked, 0.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::{dropout_ridge, ridge};

    /// The columns written out in the unit, and both closed forms on them.
    #[test]
    fn predictions_are_those_of_the_closed_forms_on_columns_in_that_unit() {
        for (dataset, keep_prob) in [("diabetes", 0.8), ("diabetes", 0.2), ("generated", 0.5)] {
            let units = Units::of(dataset, keep_prob, 3);
            let mut problem = Problem::standard(dataset, COLUMNS, 3);
            let mut factors = [1.0; COLUMNS];
            factors[units.column] = units.sd / 100.0;
            problem.multiply(&factors);
            let (x, y) = (&problem.examples.x, &problem.examples.y);
            let row = x
                .chunks_exact(COLUMNS)
                .find(|row| row[units.column] == factors[units.column] * units.value);
            let of = |weights: &[f64]| {
                let standard: f64 = row.unwrap().iter().zip(weights).map(|(x, w)| x * w).sum();
                units.target.0 + units.target.1 * standard
            };
            let by_ridge = of(&ridge(x, y, COLUMNS, units.alpha, false).unwrap().weights);
            let by_dropout = of(&dropout_ridge(x, y, COLUMNS, keep_prob).unwrap());
            let got = units.predictions(2.0);
            assert!((got.ridge - by_ridge).abs() < 1e-8, "{dataset}: {got:?} {by_ridge}");
            assert!((got.dropout - by_dropout).abs() < 1e-8, "{dataset}: {got:?} {by_dropout}");
        }
    }
}
