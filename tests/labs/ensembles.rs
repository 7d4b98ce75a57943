//! "Ensembles": networks that are trained.

use crate::lab::{self, chart, figure, metric};
use regularization_playground::figure::Body;
use regularization_playground::lab::Run;
use regularization_playground::labs::find;
use regularization_playground::param::Choice;
use regularization_playground::value::Value;

fn run(query: &str) -> Run {
    lab::finished("ensembles", query)
}

fn refusal(query: &str) -> String {
    lab::refusal("ensembles", query)
}

fn choices(key: &str) -> &'static [Choice] {
    let mut parameters = find("ensembles").unwrap().parameters.iter();
    parameters.find(|parameter| parameter.key == key).unwrap().choices
}

/// Every way to differ on every data set: the formula is the measurement, to rounding.
#[test]
fn both_readings_are_the_measured_error_whatever_the_networks_are() {
    for dataset in choices("dataset") {
        for diversity in choices("diversity") {
            let (dataset, diversity) = (dataset.value, diversity.value);
            let query = format!(
                "dataset={dataset}&diversity={diversity}&n_train=40&units=8&n_members=4&steps=9"
            );
            let mut run = run(&query);
            let measured = metric(&run, "measured");
            let reading = metric(&run, "raw_variance") - metric(&run, "ambiguity");
            assert!((metric(&run, "gap") / measured).abs() < 1e-12, "{query}");
            assert!((reading / measured - 1.0).abs() < 1e-12, "{query}");
            assert!(measured <= metric(&run, "raw_variance") * (1.0 + 1e-12), "{query}");
            run.set("centred", &Value::Flag(true)).unwrap();
            let missed = metric(&run, "gap") - metric(&run, "bias_squared");
            assert!((missed / measured).abs() < 1e-12, "{query}");
        }
    }
}

#[test]
fn identical_copies_are_equal_to_the_last_bit() {
    let run = run("diversity=identical&n_members=3&steps=20");
    let Body::Heat(heat) = figure(&run, "correlation").body else { panic!("a heat map") };
    assert!(heat.values.iter().all(|correlation| (correlation - 1.0).abs() < 1e-15));
    assert_eq!(metric(&run, "mean_member"), metric(&run, "best_member"));
}

#[test]
fn the_first_member_is_the_network_that_stands_alone() {
    let alone = run("n_members=1&steps=20");
    let three = run("n_members=3&steps=20");
    let first = |run: &Run| {
        let series = chart(run, "sizes").series;
        series.iter().find(|series| series.name == "average").unwrap().y[0]
    };
    assert_eq!(first(&alone), first(&three));
    assert_eq!(metric(&alone, "measured"), first(&alone));
    assert_eq!(metric(&alone, "ambiguity"), 0.0);
}

#[test]
fn more_examples_or_weights_than_there_is_room_for_are_refused() {
    let message = refusal("n_train=310");
    assert!(message.starts_with("n_train = 310: must be at most 300 with dataset"), "{message}");
    let message = refusal("dataset=digits&units=64&n_members=30&steps=1");
    assert!(message.starts_with("n_members = 30: members of this size"), "{message}");
}
