//! How an ensemble and each of its members do on the test set.

use super::members::Member;
use super::problem::Problem;
use crate::nn::{EnsembleErrors, Loss, ensemble_errors, most_likely, score};

/// Whose error a learning curve shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Predictor {
    /// The average of all members.
    Average,
    /// One of them alone.
    Member(usize),
}

/// How an ensemble does.
pub(super) struct Scores {
    /// The errors' moments, in 64 bits.
    pub errors: EnsembleErrors,
    /// The mean squared error of the average of the first 1, 2, … members.
    pub by_size: Vec<f64>,
    /// The error of every member alone: its mean squared error, or of classes its share of wrong
    /// answers.
    pub members: Vec<f64>,
    /// The share of wrong answers of the average; not a number where there are no classes.
    pub error_average: f64,
    /// The share of wrong answers of the majority, likewise.
    pub error_vote: f64,
}

impl Scores {
    /// Judges the members by the test set.
    pub fn of(members: &[Member], problem: &Problem) -> Self {
        let predictions: Vec<&[f64]> = members.iter().map(Member::predictions).collect();
        let errors = ensemble_errors(&predictions.concat(), members.len(), &problem.y)
            .expect("a member whose parameters are finite predicts finite numbers");
        let by_size = by_size(&predictions, &problem.y);
        let none = f64::NAN;
        let mut scores =
            Scores { errors, by_size, members: Vec::new(), error_average: none, error_vote: none };
        scores.members = scores.alone();
        if problem.loss == Loss::CrossEntropy {
            scores.count_wrong(&predictions, problem);
        }
        scores
    }

    fn count_wrong(&mut self, predictions: &[&[f64]], problem: &Problem) {
        let (classes, outputs) = (&problem.test.y, problem.outputs);
        let wrong = |y_hat: &[f64]| score(problem.loss, y_hat, classes, outputs).error;
        self.members = predictions.iter().map(|y_hat| wrong(y_hat)).collect();
        let mut sum = vec![0.0; classes.len() * outputs];
        let mut votes = sum.clone();
        for y_hat in predictions {
            sum.iter_mut().zip(*y_hat).for_each(|(sum, y_hat)| *sum += y_hat);
            for (row, votes) in y_hat.chunks_exact(outputs).zip(votes.chunks_exact_mut(outputs)) {
                votes[most_likely(row)] += 1.0;
            }
        }
        let average: Vec<f64> = sum.iter().map(|sum| sum / predictions.len() as f64).collect();
        // Between classes with as many votes the average decides: it adds less than half a vote.
        let decided: Vec<f64> =
            votes.iter().zip(&average).map(|(votes, average)| votes + 0.49 * average).collect();
        self.error_average = wrong(&average);
        self.error_vote = wrong(&decided);
    }

    /// The mean squared error of every member alone.
    pub fn alone(&self) -> Vec<f64> {
        let n = self.by_size.len();
        (0..n).map(|i| self.errors.second_moments[i * n + i]).collect()
    }

    /// The mean squared error of the average, then those of the members.
    pub fn squared_errors(&self) -> Vec<(Predictor, f64)> {
        let members = self.alone().into_iter().enumerate();
        let members = members.map(|(number, error)| (Predictor::Member(number), error));
        std::iter::once((Predictor::Average, self.errors.measured)).chain(members).collect()
    }

    /// The correlations of the members' errors (n x n), of the raw moments.
    pub fn correlations(&self) -> Vec<f64> {
        let (moments, n) = (&self.errors.second_moments, self.by_size.len());
        let size = |i: usize| moments[i * n + i].sqrt();
        (0..n * n).map(|i| moments[i] / (size(i / n) * size(i % n))).collect()
    }
}

/// The mean squared error of the average of the first 1, 2, … predictors.
fn by_size(predictions: &[&[f64]], y: &[f64]) -> Vec<f64> {
    let mut sum = vec![0.0; y.len()];
    let one = |(i, y_hat): (usize, &&[f64])| {
        sum.iter_mut().zip(*y_hat).for_each(|(sum, y_hat)| *sum += y_hat);
        let size = (i + 1) as f64;
        let squares = sum.iter().zip(y).map(|(sum, y)| (sum / size - y) * (sum / size - y));
        squares.sum::<f64>() / y.len() as f64
    };
    predictions.iter().enumerate().map(one).collect()
}
