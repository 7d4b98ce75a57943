//! Free play.

use crate::lab::{chart, figure, finished, metric, run};
use regularization_playground::data::{circles, mislabel};
use regularization_playground::figure::{Body, Mark};
use regularization_playground::lab::Run;
use regularization_playground::nn::{Stream, most_likely, stream};
use regularization_playground::numbers::percent;
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

/// The picture of two inputs, held against the networks themselves: the one without regularization is
/// that of a run without regularizers.
#[test]
fn each_decision_map_shows_its_network_and_counts_the_wrong_labels_it_agrees_with() {
    let query = |keep_prob: f64| {
        format!(
            "dataset=circles&n_train=80&label_noise=0.15&steps=300&seed=3&keep_prob={keep_prob}"
        )
    };
    let mut train = circles(&mut stream(3, Stream::Data, 0), 80);
    let truth = train.y.clone();
    mislabel(&mut train, 0.15, 2, 3);
    let wrong: Vec<usize> = (0..80).filter(|&row| train.y[row] != truth[row]).collect();
    let run = finished("playground", &query(0.3));
    let mut counts = Vec::new();
    for (key, error, itself) in [
        ("fit", "test_error", finished("playground", &query(0.3))),
        ("fit_plain", "baseline_test_error", finished("playground", &query(1.0))),
    ] {
        let agrees = |&&row: &&usize| {
            most_likely(&itself.predict(train.row(row)).unwrap()) as f64 == train.y[row]
        };
        let count = wrong.iter().filter(agrees).count();
        let error = percent(metric(&run, error));
        let note = format!("agrees with {count} of 12 wrong labels; test error {error}");
        assert_eq!(figure(&run, key).note, note);
        let chart = chart(&run, key);
        let rings = chart.series.iter().find(|series| series.mark == Mark::Ring).unwrap();
        let at = wrong.iter().map(|&row| (train.row(row)[0], train.row(row)[1])).unzip();
        assert_eq!((rings.x.clone(), rings.y.clone()), at);
        let map = chart.map.unwrap();
        assert_eq!((map.low, map.high), (0.0, 1.0), "the same colours in both");
        for (cell, x) in
            [(0, [-1.3, -1.3]), (36 * 20 + 5, [5.0, 20.0].map(|i| -1.3 + i * 2.6 / 36.0))]
        {
            let x = x.map(|x| x + 1.3 / 36.0);
            assert!((map.values[cell] - itself.predict(&x).unwrap()[1]).abs() < 1e-6, "{key}");
        }
        counts.push(count);
    }
    assert!(counts[0] < counts[1], "dropout dissolves islands: {counts:?}");
}

#[test]
fn one_picture_at_a_time_stands_under_the_curves() {
    for (dataset, shown) in [
        ("digits", [true, false, false]),
        ("spirals", [false, true, true]),
        ("sine", [false, false, true]),
    ] {
        let run = run("playground", &format!("dataset={dataset}&units=4&n_train=40"), 1);
        let there =
            ["network", "fit_plain", "fit"].map(|key| figure(&run, key).body != Body::Empty);
        assert_eq!(there, shown, "{dataset}");
        assert!(figure(&run, "network").note.ends_with("neurons kept"), "said in the formula");
    }
}

#[test]
fn clean_labels_leave_nothing_to_ring() {
    let run = run("playground", "dataset=xor&label_noise=0&units=4", 1);
    assert!(figure(&run, "fit").note.starts_with("has no wrong labels to learn; test error "));
}
