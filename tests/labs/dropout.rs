//! "Dropout".

use crate::lab::{self, run};
use regularization_playground::figure::{Chart, Figure, Mark, Series};
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
