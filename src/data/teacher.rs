//! Teacher: two tasks that share their features, for pre-training on one and learning the other.

use super::Examples;
use crate::nn::{Rng, normal};

/// Numbers a row of input.
pub const TEACHER_INPUTS: usize = 40;

/// Features both tasks share.
pub const TEACHER_FEATURES: usize = 4;

/// Outputs of the source task.
pub const TEACHER_OUTPUTS: usize = 10;

/// h = relu(U'x) for x ~ N(0, I), and a linear head on h for each task.
#[derive(Clone, Debug, PartialEq)]
pub struct Teacher {
    /// U' (features x inputs); its rows are orthonormal.
    pub features: Vec<f64>,
    /// The head of the source task (outputs x features), standard normal.
    pub source: Vec<f64>,
    /// The head of the target task (features), of length 1.
    pub target: Vec<f64>,
}

impl Teacher {
    /// Draws features and heads.
    pub fn new(rng: &mut Rng) -> Teacher {
        let features = orthonormal(rng, TEACHER_FEATURES, TEACHER_INPUTS);
        let source = (0..TEACHER_OUTPUTS * TEACHER_FEATURES).map(|_| normal(rng)).collect();
        let target = orthonormal(rng, 1, TEACHER_FEATURES);
        Teacher { features, source, target }
    }

    /// Examples of the source task, noise of standard deviation `noise_sd` on every output.
    ///
    /// # Shapes
    /// x (rows x 40) and y (rows x 10), row major.
    pub fn source_examples(
        &self,
        rng: &mut Rng,
        rows: usize,
        noise_sd: f64,
    ) -> (Vec<f64>, Vec<f64>) {
        self.draw(rng, rows, &self.source, noise_sd)
    }

    /// Examples of the target task, noise of standard deviation `noise_sd` on the output.
    ///
    /// # Shapes
    /// `x` (rows x 40), `y` (rows).
    pub fn target_examples(&self, rng: &mut Rng, rows: usize, noise_sd: f64) -> Examples {
        let (x, y) = self.draw(rng, rows, &self.target, noise_sd);
        Examples { x, y }
    }

    /// The features h of one row of input.
    pub fn features_of(&self, x: &[f64]) -> Vec<f64> {
        self.features.chunks_exact(TEACHER_INPUTS).map(|u| dot(u, x).max(0.0)).collect()
    }

    fn draw(&self, rng: &mut Rng, rows: usize, head: &[f64], sd: f64) -> (Vec<f64>, Vec<f64>) {
        let (mut x, mut y) = (Vec::new(), Vec::new());
        for _ in 0..rows {
            let row: Vec<f64> = (0..TEACHER_INPUTS).map(|_| normal(rng)).collect();
            let h = self.features_of(&row);
            let outputs = head.chunks_exact(TEACHER_FEATURES);
            y.extend(outputs.map(|weights| dot(weights, &h) + sd * normal(rng)));
            x.extend(row);
        }
        (x, y)
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Rows of length 1, each at right angles to the others, in random directions (Gram and Schmidt).
fn orthonormal(rng: &mut Rng, rows: usize, columns: usize) -> Vec<f64> {
    let mut matrix: Vec<f64> = Vec::new();
    for _ in 0..rows {
        let mut row: Vec<f64> = (0..columns).map(|_| normal(rng)).collect();
        for earlier in matrix.chunks_exact(columns) {
            let along = dot(earlier, &row);
            row.iter_mut().zip(earlier).for_each(|(x, e)| *x -= along * e);
        }
        let length = dot(&row, &row).sqrt();
        matrix.extend(row.iter().map(|x| x / length));
    }
    matrix
}
