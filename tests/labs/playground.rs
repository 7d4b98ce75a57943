//! Free play.

use crate::lab::{finished, metric, run};
use regularization_playground::value::Value;

#[test]
fn without_regularizers_both_networks_are_the_same() {
    for dataset in ["digits", "circles", "xor", "gaussians", "spirals", "sine"] {
        let query = format!("dataset={dataset}&keep_prob=1&alpha=0&l2=0&steps=60&units=16");
        let run = finished("playground", &query);
        let value = |key: &str| metric(&run, key);
        assert_eq!(value("train_error"), value("baseline_train_error"), "{dataset}");
        assert_eq!(value("test_error"), value("baseline_test_error"), "{dataset}");
        assert!(value("train_loss").is_finite() && value("test_loss").is_finite());
    }
}

#[test]
fn more_weights_than_a_page_can_score_at_once_are_refused_and_nothing_changes() {
    let query = "units=128&hidden_layers=3&n_members=2";
    let mut run = run("playground", query, 1);
    let settings = run.settings().clone();
    let message = run.set("n_members", &Value::Number(3.0)).unwrap_err().to_string();
    let says = "n_members = 3: members of this size would have 127902 weights together, must be at \
                most 100000";
    assert!(message.starts_with(says), "{message}");
    assert_eq!((run.settings(), run.progress().steps), (&settings, 1));
}
