//! "Pre-training", supervised.

use crate::lab::{figure, finished, metric, start};
use regularization_playground::figure::{Body, Series};
use regularization_playground::lab::Run;
use regularization_playground::value::Value;

#[test]
fn without_a_first_task_and_at_one_rate_both_networks_are_the_same() {
    for task in ["teacher", "digits"] {
        let query =
            format!("task={task}&source_steps=0&tuning=same_rate&learning_rate=0.002&steps=12");
        let run = finished("pre_training_supervised", &query);
        assert_eq!(metric(&run, "gain"), 0.0, "{task}");
        assert!(metric(&run, "features_moved") > 0.0);
    }
}

#[test]
fn a_frozen_body_stays_where_the_first_task_left_it() {
    for task in ["teacher", "digits"] {
        let query = format!("task={task}&source_steps=5&steps=12&tuning=frozen");
        let run = finished("pre_training_supervised", &query);
        assert_eq!(metric(&run, "features_moved"), 0.0, "{task}");
        assert_ne!(metric(&run, "gain"), 0.0);
    }
}

#[test]
fn more_digits_than_there_are_to_learn_from_are_refused() {
    let mut run = finished("pre_training_supervised", "n_labels=600&source_steps=2&steps=4");
    let before = run.settings().clone();
    let digits = Value::Text("digits".to_string());
    let message = run.set("task", &digits).unwrap_err().to_string();
    let says = "n_labels = 600: must be at most 550 with task = digits";
    assert!(message.starts_with(says), "{message}");
    assert_eq!((run.settings(), run.progress().steps), (&before, 4));
}

#[test]
fn looking_changes_nothing_across_the_change_of_task() {
    let query = "task=digits&source_steps=3&steps=8";
    let mut watched = start("pre_training_supervised", query).unwrap();
    for _ in 0..8 {
        watched.step(1).unwrap();
        watched.spec().figures.iter().for_each(|spec| drop(watched.figure(spec.key).unwrap()));
    }
    let unwatched = finished("pre_training_supervised", query);
    assert_eq!(format!("{:?}", watched.metrics()), format!("{:?}", unwatched.metrics()));
}

/// The answers of one network against what is true, as points.
fn answers(run: &Run, key: &str) -> Series {
    let Body::Chart(chart) = figure(run, key).body else { panic!("{key}: a chart") };
    chart.series.into_iter().next().unwrap()
}

const FIGURES: [(&str, &str); 2] =
    [("answers", "test_error_pretrained"), ("answers_scratch", "test_error_scratch")];

/// A point for every test digit: those off the line, counted, are the error.
#[test]
fn digits_off_the_line_are_the_wrong_answers() {
    let run =
        finished("pre_training_supervised", "task=digits&source_steps=60&steps=160&n_labels=50");
    for (key, error) in FIGURES {
        let Series { x, y, .. } = answers(&run, key);
        let wrong = x.iter().zip(&y).filter(|(x, y)| x.round() != y.round()).count();
        assert_eq!(wrong as f64 / x.len() as f64, metric(&run, error), "{key}");
        assert!(x.iter().chain(&y).all(|at| (4.5..9.5).contains(at)), "{key}");
        assert!(figure(&run, key).note.starts_with("50 examples · "), "{key}");
    }
}

/// R² by its definition, of the points that are drawn, is about that of the whole test set.
#[test]
fn r_squared_is_that_of_the_points() {
    let run = finished("pre_training_supervised", "source_steps=600&steps=1200&n_labels=40");
    for (key, error) in FIGURES {
        let Series { x: truth, y, .. } = answers(&run, key);
        let mean = truth.iter().sum::<f64>() / truth.len() as f64;
        let squares = |of: &dyn Fn(usize) -> f64| (0..truth.len()).map(of).sum::<f64>();
        let error_of_points = squares(&|i| (y[i] - truth[i]) * (y[i] - truth[i]));
        let share = error_of_points / squares(&|i| (truth[i] - mean) * (truth[i] - mean));
        let all = metric(&run, error);
        assert!((share / all - 1.0).abs() < 0.25, "{key}: {share} of the points, {all} of all");
        let note = figure(&run, key).note;
        let told: f64 = note.rsplit(' ').next().unwrap().replace('−', "-").parse().unwrap();
        assert!((told - (1.0 - all)).abs() <= 0.005, "{note}, error {all}");
    }
}
