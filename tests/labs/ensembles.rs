//! "Ensembles": networks that are trained.

use crate::lab::{self, chart, figure, metric};
use regularization_playground::data::{self, Standard};
use regularization_playground::figure::{Body, Mark, Series};
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

/// The data that need no table of the reader's own.
fn built_in() -> impl Iterator<Item = &'static Choice> {
    choices("dataset").iter().filter(|choice| choice.value != "own")
}

/// Every way to differ on every data set: the formula is the measurement, to rounding.
#[test]
fn both_readings_are_the_measured_error_whatever_the_networks_are() {
    for dataset in built_in() {
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

/// What a run shows of one example: the answers, the truth, the average, and the long side of the
/// triangle squared, with that of the side that stands up.
fn triangle(run: &Run) -> (Vec<f64>, f64, f64, f64, f64) {
    let series = chart(run, "example").series;
    let named = |name: &str, mark: Mark| -> &Series {
        series.iter().find(|series| series.name == name && series.mark == mark).unwrap()
    };
    let answers = series.iter().filter(|series| series.name.starts_with("networks"));
    let (truth, average) = (named("truth", Mark::Spot).x[0], named("average", Mark::Spot).x[0]);
    let long = named("one network", Mark::Line);
    let (across, up) = (long.x[1] - long.x[0], long.y[1] - long.y[0]);
    (
        answers.flat_map(|series| series.x.clone()).collect(),
        truth,
        average,
        across * across + up * up,
        up * up,
    )
}

#[test]
fn the_triangle_is_the_identity_on_every_example() {
    let mean = |values: &mut dyn Iterator<Item = f64>, n: usize| values.sum::<f64>() / n as f64;
    for dataset in built_in() {
        let dataset = dataset.value;
        let mut run = run(&format!("dataset={dataset}&n_train=40&units=8&n_members=4&steps=30"));
        let measured = metric(&run, "measured");
        for example in [1.0, 30.0, 142.0] {
            run.set("example", &Value::Number(example)).unwrap();
            let (answers, truth, average, long, up) = triangle(&run);
            assert_eq!(answers.len(), 4);
            assert!((mean(&mut answers.iter().copied(), 4) - average).abs() < 1e-12);
            let alone = mean(&mut answers.iter().map(|y_hat| (y_hat - truth).powi(2)), 4);
            let apart = mean(&mut answers.iter().map(|y_hat| (y_hat - average).powi(2)), 4);
            assert!((long - alone).abs() < 1e-12 && (up - apart).abs() < 1e-12, "{dataset}");
            assert!(((average - truth).powi(2) - alone + apart).abs() < 1e-12, "{dataset}");
        }
        assert_eq!(metric(&run, "measured"), measured, "looking changes nothing");
    }
}

/// The patients themselves, split and scaled here, and what the ensemble predicts for them.
#[test]
fn patients_are_in_order_of_how_far_their_diabetes_has_advanced() {
    let mut run = run("n_members=3&units=8&steps=30");
    let mut split = data::split(&data::diabetes(), 300, 142, 0);
    Standard::of(&split.train.first(200)).apply(&mut split.test);
    let mut order: Vec<usize> = (0..142).collect();
    order.sort_by(|&a, &b| split.test.y[a].total_cmp(&split.test.y[b]));
    for (place, &patient) in order.iter().enumerate() {
        run.set("example", &Value::Number(place as f64 + 1.0)).unwrap();
        let (_, truth, average, _, _) = triangle(&run);
        assert_eq!(truth, split.test.y[patient]);
        let y_hat = run.predict(split.test.row(patient)).unwrap()[0];
        assert!((average - y_hat).abs() < 1e-12, "{place}");
    }
}
