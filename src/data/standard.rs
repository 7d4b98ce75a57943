//! Standard units: columns of mean 0 and variance 1.

use super::Examples;

/// The means and standard deviations that make a set standard.
///
/// Those of a training set also serve its test set, so that both are in the same units.
#[derive(Clone, Debug, PartialEq)]
pub struct Standard {
    /// The mean of every column of `x`.
    pub x_mean: Vec<f64>,
    /// The standard deviation of every column; 1 where a column is constant.
    pub x_sd: Vec<f64>,
    /// The mean of `y`.
    pub y_mean: f64,
    /// The standard deviation of `y`; 1 where it is constant.
    pub y_sd: f64,
}

impl Standard {
    /// Measures a set; variances are those of a population: the sum over n, not over n - 1.
    pub fn of(examples: &Examples) -> Standard {
        let columns = 0..examples.inputs();
        let rows = 0..examples.y.len();
        let column = |j: usize| rows.clone().map(|i| examples.row(i)[j]).collect::<Vec<f64>>();
        let (x_mean, x_sd) = columns.map(|j| mean_and_sd(&column(j))).unzip();
        let (y_mean, y_sd) = mean_and_sd(&examples.y);
        Standard { x_mean, x_sd, y_mean, y_sd }
    }

    /// Units that leave a set of so many inputs as it is.
    pub fn none(inputs: usize) -> Standard {
        Standard { x_mean: vec![0.0; inputs], x_sd: vec![1.0; inputs], y_mean: 0.0, y_sd: 1.0 }
    }

    /// Brings a set into these units.
    pub fn apply(&self, examples: &mut Examples) {
        for row in examples.x.chunks_exact_mut(self.x_mean.len().max(1)) {
            let units = self.x_mean.iter().zip(&self.x_sd);
            row.iter_mut().zip(units).for_each(|(x, (mean, sd))| *x = (*x - mean) / sd);
        }
        examples.y.iter_mut().for_each(|y| *y = (*y - self.y_mean) / self.y_sd);
    }
}

/// Gives every column of `x`, and `y`, mean 0 and variance 1; a constant column becomes zeros.
pub fn standardize(examples: &mut Examples) -> Standard {
    let standard = Standard::of(examples);
    standard.apply(examples);
    standard
}

fn mean_and_sd(values: &[f64]) -> (f64, f64) {
    if values.iter().all(|value| *value == values[0]) {
        return (values.first().copied().unwrap_or(0.0), 1.0);
    }
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / n;
    // Numbers so near to each other that their squares vanish are no more than constant.
    (mean, if variance > 0.0 { variance.sqrt() } else { 1.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        // Columns 1, 3 (mean 2, standard deviation 1) and 7, 7 (constant); targets 0, 4.
        let mut examples = Examples { x: vec![1.0, 7.0, 3.0, 7.0], y: vec![0.0, 4.0] };
        let standard = standardize(&mut examples);
        assert_eq!(examples, Examples { x: vec![-1.0, 0.0, 1.0, 0.0], y: vec![-1.0, 1.0] });
        assert_eq!((standard.x_mean.as_slice(), standard.y_mean), (&[2.0, 7.0][..], 2.0));
        let mut test = Examples { x: vec![5.0, 8.0], y: vec![6.0] };
        standard.apply(&mut test);
        assert_eq!(test, Examples { x: vec![3.0, 1.0], y: vec![2.0] });
    }

    #[test]
    fn nothing_is_left_as_it_is() {
        let mut nothing = Examples::default();
        standardize(&mut nothing);
        assert_eq!(nothing, Examples::default());
    }
}
