//! Least squares from sums: a regression on rows that need not be kept.

use super::least_squares::{Cholesky, LEAST_OF_SQUARE};
use super::ridge::dot;

/// The sums of products of a regression's rows: enough to fit it and to judge any fit, however many
/// rows there were.
#[derive(Clone, Debug, PartialEq)]
pub struct Moments {
    columns: usize,
    /// Rows, or the sum of their weights.
    rows: f64,
    x: Vec<f64>,
    y: f64,
    /// X'X, row major; the part below the diagonal stays 0.
    gram: Vec<f64>,
    products: Vec<f64>,
    square: f64,
}

impl Moments {
    /// Those of no rows at all.
    pub fn new(columns: usize) -> Self {
        let (x, products) = (vec![0.0; columns], vec![0.0; columns]);
        let gram = vec![0.0; columns * columns];
        Moments { columns, rows: 0.0, x, y: 0.0, gram, products, square: 0.0 }
    }

    /// Adds rows.
    ///
    /// # Shapes
    /// `x` (rows x columns), row major; `y` (rows).
    pub fn add(&mut self, x: &[f64], y: &[f64]) {
        for (row, &y) in x.chunks_exact(self.columns).zip(y) {
            let lines = self.gram.chunks_exact_mut(self.columns);
            for (i, (line, &x)) in lines.zip(row).enumerate() {
                self.x[i] += x;
                self.products[i] += x * y;
                line[i..].iter_mut().zip(&row[i..]).for_each(|(sum, &other)| *sum += x * other);
            }
            self.y += y;
            self.square += y * y;
        }
        self.rows += y.len() as f64;
    }

    /// Adds the rows of another regression with their columns multiplied by `factors`, each row
    /// counting `weight` times: what a mask leaves of the rows, weighed by its chance.
    pub fn add_scaled(&mut self, other: &Moments, factors: &[f64], weight: f64) {
        for (i, &factor) in factors.iter().enumerate() {
            self.x[i] += weight * factor * other.x[i];
            self.products[i] += weight * factor * other.products[i];
            for (j, &second) in factors.iter().enumerate().skip(i) {
                let at = i * self.columns + j;
                self.gram[at] += weight * factor * second * other.gram[at];
            }
        }
        self.rows += weight * other.rows;
        self.y += weight * other.y;
        self.square += weight * other.square;
    }

    /// The weights, and the intercept after them (0 without one), that minimize the mean squared
    /// error plus `alpha` times the sum of squared weights; `None` where the columns depend on each
    /// other and alpha is 0.
    ///
    /// ```
    /// use regularization_playground::nn::Moments;
    /// let mut moments = Moments::new(1);
    /// moments.add(&[0.0, 1.0], &[1.0, 3.0]);
    /// assert_eq!(moments.fit(0.0, true).unwrap(), [2.0, 1.0]); // y = 2 x + 1
    /// ```
    pub fn fit(&self, alpha: f64, intercept: bool) -> Option<Vec<f64>> {
        let (n, d) = (self.rows, self.columns);
        let centre = if intercept { 1.0 } else { 0.0 };
        let mean = |sum: f64| centre * sum / n;
        let mut matrix: Vec<f64> = self.gram.iter().map(|sum| sum / n).collect();
        for i in 0..d {
            for j in i..d {
                matrix[i * d + j] -= mean(self.x[i]) * mean(self.x[j]);
            }
            matrix[i * d + i] += alpha;
        }
        let pairs = self.products.iter().zip(&self.x);
        let mut fit: Vec<f64> = pairs.map(|(xy, x)| xy / n - mean(*x) * mean(self.y)).collect();
        Cholesky::of(matrix, d, LEAST_OF_SQUARE)?.solve(&mut fit);
        fit.push(mean(self.y) - mean(dot(&self.x, &fit)));
        Some(fit)
    }

    /// The mean squared error of weights with an intercept after them, as [`Moments::fit`] gives.
    pub fn loss(&self, fit: &[f64]) -> f64 {
        let (w, b) = (&fit[..self.columns], fit[self.columns]);
        let mut quadratic = 0.0;
        for (i, line) in self.gram.chunks_exact(self.columns).enumerate() {
            let off_diagonal = dot(&line[i + 1..], &w[i + 1..]);
            quadratic += w[i] * (line[i] * w[i] + 2.0 * off_diagonal);
        }
        let linear = 2.0 * b * (dot(&self.x, w) - self.y) - 2.0 * dot(&self.products, w);
        (self.square + quadratic + linear) / self.rows + b * b
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::{dropout_ridge, ridge};

    const X: [f64; 8] = [1.0, 2.0, 0.5, -1.0, 3.0, 1.0, -2.0, 0.25];
    const Y: [f64; 4] = [1.0, 0.0, 2.5, -1.0];

    fn moments() -> Moments {
        let mut moments = Moments::new(2);
        moments.add(&X[..4], &Y[..2]);
        moments.add(&X[4..], &Y[2..]);
        moments
    }

    #[test]
    fn the_fit_is_the_ridge_of_the_rows() {
        for (alpha, intercept) in [(0.0, true), (0.3, true), (0.3, false)] {
            let want = ridge(&X, &Y, 2, alpha, intercept).unwrap();
            let fit = moments().fit(alpha, intercept).unwrap();
            let want_fit = [want.weights.as_slice(), &[want.intercept]].concat();
            assert!(fit.iter().zip(&want_fit).all(|(a, b)| (a - b).abs() < 1e-14), "{fit:?}");
            assert!((moments().loss(&fit) - want.loss).abs() < 1e-14);
        }
    }

    #[test]
    fn all_masks_together_are_the_closed_form() {
        let (rows, mut masked) = (moments(), Moments::new(2));
        for mask in [[0.0, 0.0], [0.0, 1.25], [1.25, 0.0], [1.25, 1.25]] {
            let chance: f64 = mask.iter().map(|&m| if m > 0.0 { 0.8 } else { 0.2 }).product();
            masked.add_scaled(&rows, &mask, chance);
        }
        let want = dropout_ridge(&X, &Y, 2, 0.8).unwrap();
        let fit = masked.fit(0.0, false).unwrap();
        assert!(fit.iter().zip(&want).all(|(a, b)| (a - b).abs() < 1e-14), "{fit:?} {want:?}");
    }

    #[test]
    fn dependent_columns_have_no_fit() {
        let mut moments = Moments::new(2);
        moments.add(&[1.0, 1.0, 2.0, 2.0], &[1.0, 2.0]);
        assert!(moments.fit(0.0, false).is_none());
        assert!(moments.fit(0.1, false).is_some());
    }
}
