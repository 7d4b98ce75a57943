//! "Ensembles": the formula.

use crate::lab::{self, chart, figure, metric};
use regularization_playground::figure::{Chart, Mark, Series};
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
    let course = figure(&run("samples=1000&steps=7"), "course").description;
    assert!(course.starts_with("After 1,000 examples "), "{course}");
    let message = refusal("samples=100000&n_members=30&steps=5");
    assert!(message.starts_with("steps = 5: must be at least 6"), "{message}");
}

fn named<'a>(chart: &'a Chart, name: &str, mark: Mark) -> &'a Series {
    chart.series.iter().find(|series| series.name == name && series.mark == mark).unwrap()
}

/// Squared distances from the bullseye.
fn squares(series: &Series) -> Vec<f64> {
    series.x.iter().zip(&series.y).map(|(x, y)| x * x + y * y).collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The rings against the slides' formula, and the measured one against the means that are drawn.
#[test]
fn the_rings_are_the_formula_and_what_the_means_come_to() {
    for (n, v, c) in [(10, 1.0, 0.0), (10, 1.0, 1.0), (5, 2.0, 0.5), (2, 1.0, -0.5), (25, 1.0, 0.2)]
    {
        let query = format!("n_members={n}&variance={v}&covariance={c}&samples=2000");
        let (run, formula) = (run(&query), v / n as f64 + (n - 1) as f64 / n as f64 * c);
        let board = chart(&run, "means");
        let ring = |name| mean(&squares(named(&board, name, Mark::Line)));
        assert!((ring("formula") - formula).abs() < 1e-12, "{query}");
        assert!((ring("one arrow") - v).abs() < 1e-12, "{query}");
        let means = squares(named(&board, "means", Mark::Points));
        assert_eq!(means.len(), 400);
        assert!((ring("measured") - mean(&means)).abs() < 1e-12, "{query}");
        // Both ways are normal: the squares have a standard deviation as large as their mean.
        let z = (ring("measured") - formula) / (formula / 20.0 + 1e-12);
        assert!(z.abs() < 4.5, "{query}: {z}");
    }
}

#[test]
fn a_throw_is_n_arrows_and_their_mean_is_a_point_of_the_cloud() {
    let mut run = run("n_members=7&covariance=0.3&samples=2000");
    let all = run.metrics();
    for throw in [1.0, 2.0, 400.0] {
        run.set("throw", &Value::Number(throw)).unwrap();
        let (board, cloud) = (chart(&run, "throw"), chart(&run, "means"));
        let (arrows, spot) =
            (named(&board, "arrows", Mark::Points), named(&board, "average", Mark::Spot));
        assert_eq!(arrows.x.len(), 7);
        assert!((mean(&arrows.x) - spot.x[0]).abs() < 1e-12);
        assert!((mean(&arrows.y) - spot.y[0]).abs() < 1e-12);
        let means = named(&cloud, "means", Mark::Points);
        let place = throw as usize - 1;
        assert_eq!([means.x[place], means.y[place]], [spot.x[0], spot.y[0]]);
        assert_eq!(named(&cloud, "average", Mark::Spot).x, spot.x);
    }
    assert_eq!((run.metrics(), run.progress().done), (all, true));
}
