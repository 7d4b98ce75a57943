//! "Ensembles": the formula.

use crate::lab::{self, figure, metric};
use regularization_playground::lab::Run;
use regularization_playground::value::Value;

fn run(query: &str) -> Run {
    lab::finished("ensemble_formula", query)
}

fn refusal(query: &str) -> String {
    lab::refusal("ensemble_formula", query)
}

#[test]
fn at_the_least_covariance_the_average_is_always_right() {
    let run = run("n_members=5&covariance=-0.25");
    assert!(metric(&run, "measured") < 1e-30);
    assert!((metric(&run, "measured_variance") - 1.0).abs() < 0.05);
}

#[test]
fn equal_errors_gain_nothing_however_many() {
    let run = run("n_members=30&covariance=1");
    let (measured, variance) = (metric(&run, "measured"), metric(&run, "measured_variance"));
    assert!((measured - variance).abs() < 1e-12);
}

#[test]
fn covariances_that_cannot_be_are_refused_with_the_reason() {
    let message = refusal("covariance=-0.2");
    let says = "covariance = -0.2: must be at least −v/(n−1) = -0.1111";
    assert!(message.starts_with(says), "{message}");
    let message = refusal("covariance=1.5");
    assert!(message.starts_with("covariance = 1.5: must be at most v = 1"), "{message}");
    let mut run = run("covariance=-0.1");
    let before = run.settings().clone();
    assert!(run.set("n_members", &Value::Number(20.0)).is_err());
    assert_eq!(run.settings(), &before);
}

#[test]
fn the_shares_of_the_steps_add_up_to_the_examples() {
    assert_eq!(figure(&run("samples=1000&steps=7"), "drawn").note, "1,000 examples");
    let message = refusal("samples=100000&n_members=30&steps=5");
    assert!(message.starts_with("steps = 5: must be at least 6"), "{message}");
}
