//! Free play.

use crate::lab::{finished, metric, run};
use regularization_playground::figure::Body;
use regularization_playground::lab::Run;
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

#[test]
fn a_slider_that_is_dragged_while_a_run_goes_on_leaves_one_mark() {
    let mut run = run("playground", "units=8&n_train=60&steps=1500", 400);
    let marks = |run: &Run| {
        let Body::Chart(chart) = run.figure("error").unwrap().body else { panic!("a chart") };
        chart.events.iter().map(|event| (event.x, event.label.clone())).collect::<Vec<_>>()
    };
    for keep_prob in [0.45, 0.4, 0.35, 0.3] {
        run.set("keep_prob", &Value::Number(keep_prob)).unwrap();
        run.step(60).unwrap();
    }
    assert_eq!(marks(&run), [(400.0, "p = 0.3".to_string())]);
    run.set("alpha", &Value::Number(0.1)).unwrap();
    run.step(300).unwrap();
    run.set("alpha", &Value::Number(0.2)).unwrap();
    let all = [(400.0, "p = 0.3"), (640.0, "α = 0.1"), (940.0, "α = 0.2")];
    assert_eq!(marks(&run), all.map(|(x, label)| (x, label.to_string())));
}
