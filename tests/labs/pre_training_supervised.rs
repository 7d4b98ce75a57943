//! "Pre-training", supervised.

use crate::lab::{finished, metric, start};
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
