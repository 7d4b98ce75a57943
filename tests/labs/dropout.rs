//! "Dropout".

use crate::lab::{self, finished, run};
use regularization_playground::data::{DIGIT_CLASSES, digits, mislabel, split};
use regularization_playground::figure::{Body, Chart, Figure, Mark, Role, Series};
use regularization_playground::nn::most_likely;
use regularization_playground::numbers::whole;

const SMALL: &str = "n_train=60&units=16&hidden_layers=1&steps=100";

fn chart(steps: u64, key: &str) -> Chart {
    lab::chart(&run("dropout", SMALL, steps), key)
}

#[test]
fn every_network_and_its_best_step_lie_within_the_frame() {
    for key in ["test", "train"] {
        let chart = chart(60, key);
        let mut errors = chart.series.iter().flat_map(|series| &series.y);
        assert!(errors.all(|error| (chart.y.min..=chart.y.max).contains(error)), "{key}");
    }
    let series = chart(60, "test").series;
    for pair in series.chunks_exact(2) {
        let named = format!(", best at {}", whole(pair[1].x[0] as u64));
        assert!(pair[1].mark == Mark::Points && pair[0].label().ends_with(&named), "{pair:?}");
    }
    assert_eq!(series.len(), 12);
}

#[test]
fn before_the_first_step_one_point_has_one_name() {
    let series = chart(0, "test").series;
    assert_eq!(series.iter().map(Series::label).collect::<String>(), "all networks");
}

#[test]
fn which_keep_probability_is_best_is_said_only_after_the_first_step() {
    let told = |steps| lab::figure(&run("dropout", SMALL, steps), "u");
    let before = told(0);
    assert_eq!(before.note, "not trained yet");
    assert!(!before.description.contains("lowest at p"), "{}", before.description);
    let after = told(60);
    assert!(after.note.starts_with("lowest at "), "{}", after.note);
    assert!(after.description.contains(&format!("The test error is {}.", after.note)));
}

#[test]
fn a_loss_has_a_true_minus_sign() {
    let Figure { note, description, .. } =
        lab::figure(&run("dropout", &format!("{SMALL}&keep_prob=0.05"), 60), "stopping");
    assert!(note.starts_with("gain −") && !note.contains('-'), "{note}");
    assert!(description.contains(" makes −"), "{description}");
}

/// The picture, held against the networks themselves: the one without dropout is that of a run that
/// keeps all neurons.
#[test]
fn a_digit_lights_up_where_its_network_answers_with_the_wrong_label() {
    let query = |keep_prob: f64| {
        format!("n_train=100&units=32&hidden_layers=1&steps=400&seed=2&keep_prob={keep_prob}")
    };
    let mut train = split(&digits(), 100, 697, 2).train;
    let truth = train.y.clone();
    mislabel(&mut train, 0.3, DIGIT_CLASSES, 2);
    let wrong: Vec<usize> = (0..100).filter(|&row| train.y[row] != truth[row]).collect();
    let run = finished("dropout", &query(0.5));
    let mut counts = Vec::new();
    for (key, name, itself) in [
        ("by_heart", "p = 0.5", finished("dropout", &query(0.5))),
        ("by_heart_plain", "p = 1", finished("dropout", &query(1.0))),
    ] {
        let Figure { note, body: Body::Images(images), .. } = lab::figure(&run, key) else {
            panic!("images")
        };
        assert_eq!(images.items.len(), 30);
        let mut count = 0;
        for (image, &row) in images.items.iter().zip(&wrong) {
            let answer = most_likely(&itself.predict(train.row(row)).unwrap());
            let lit = answer as f64 == train.y[row];
            assert_eq!(image.pixels, train.row(row));
            assert_eq!(image.caption, format!("{} as {}: {answer}", truth[row], train.y[row]));
            assert_eq!((image.lit, image.role == Role::Negative), (lit, lit), "{}", image.caption);
            count += usize::from(lit);
        }
        assert_eq!(note, format!("{name}: agrees with {count} of 30"));
        counts.push(count);
    }
    assert!(counts[0] < counts[1], "with dropout more of them stay dark: {counts:?}");
}

#[test]
fn the_digit_that_is_looked_at_is_ringed_and_told_of() {
    let looked = |at: usize| {
        let Figure { note, body: Body::Images(images), .. } =
            lab::figure(&run("dropout", &format!("{SMALL}&looked_at={at}"), 5), "by_heart")
        else {
            panic!("images")
        };
        let ringed = images.items.iter().position(|image| image.ringed);
        (ringed, ringed.map(|place| images.items[place].caption.clone()), note)
    };
    let (ringed, caption, note) = looked(3);
    let words: Vec<String> = caption.unwrap().split([' ', ':']).map(str::to_string).collect();
    assert_eq!(ringed, Some(2));
    let told = format!("; {} labelled {}: answers {}", words[0], words[2], words[4]);
    assert!(note.ends_with(&told), "{note}");
    for none in [0, 500] {
        let (ringed, _, note) = looked(none);
        assert!(ringed.is_none() && note.starts_with("p = 0.5: agrees with "), "{note}");
    }
}

#[test]
fn without_wrong_labels_there_is_nothing_to_learn_by_heart() {
    let run = run("dropout", &format!("{SMALL}&label_noise=0"), 1);
    assert_eq!(lab::figure(&run, "by_heart").body, Body::Empty);
}
