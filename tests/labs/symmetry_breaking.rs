//! "Symmetry breaking".

use crate::lab::{self, chart, figure, metric};
use regularization_playground::figure::{Body, Image, Role, Series};
use regularization_playground::lab::Run;
use regularization_playground::value::Value;

fn run(query: &str, steps: u64) -> Run {
    lab::run("symmetry_breaking", query, steps)
}

/// Whatever the number of neurons, their sums are taken in the same order: no bit differs.
#[test]
fn equal_neurons_stay_equal_to_the_last_bit_with_or_without_input_dropout() {
    for units in [2, 5, 8, 13, 32] {
        for arm in ["tied", "tied_input_dropout"] {
            let run = run(&format!("arm={arm}&units={units}&seed=3"), 150);
            for key in ["max_difference", "most_difference", "hidden_difference"] {
                assert_eq!(metric(&run, key), 0.0, "{arm} {units} {key}");
            }
            assert!((metric(&run, "effective_rank") - 1.0).abs() < 1e-12);
        }
    }
}

#[test]
fn hidden_dropout_or_a_random_next_layer_breaks_the_tie_at_the_first_step() {
    for arm in ["tied_hidden_dropout", "rows_equal"] {
        let run = run(&format!("arm={arm}"), 1);
        assert!(metric(&run, "first_difference") > 0.01, "{arm}");
        assert_eq!(metric(&run, "first_difference"), metric(&run, "max_difference"));
    }
}

#[test]
fn hidden_dropout_with_nothing_dropped_is_the_tied_network() {
    let run = run("arm=tied_hidden_dropout&keep_prob=1", 50);
    assert_eq!(metric(&run, "most_difference"), 0.0);
}

#[test]
fn another_network_is_shown_without_a_new_start() {
    let mut run = run("", 5);
    assert_eq!(metric(&run, "max_difference"), 0.0);
    run.set("arm", &Value::Text("random".into())).unwrap();
    assert_eq!(run.progress().steps, 5);
    assert!(metric(&run, "max_difference") > 0.1);
}

#[test]
fn the_strips_of_all_networks_show_whose_neurons_differ() {
    let run = run("units=3", 2);
    let Body::Images(images) = figure(&run, "rows").body else { panic!("images") };
    assert_eq!((images.items.len(), images.width, images.height), (5, 28, 8));
    let alike = |image: &Image| {
        let mut lines = image.pixels.chunks_exact(images.width);
        lines.all(|line| line[..8] == line[10..18] && line[..8] == line[20..28])
    };
    let alike: Vec<bool> = images.items.iter().map(alike).collect();
    assert_eq!(alike, [true, true, false, false, false]);
    let told = images.items.iter().map(|item| item.caption.ends_with(": all the same"));
    assert_eq!(told.collect::<Vec<_>>(), alike);
}

#[test]
fn exactly_zero_lies_below_all_numbers_of_the_axis() {
    let chart = chart(&run("", 2), "difference");
    assert!(chart.y.min < 1e-3);
    let zero: Vec<&str> =
        chart.series.iter().filter(|s| s.y == [0.0; 3]).map(Series::label).collect();
    assert_eq!(zero, ["equal, dropout on inputs: exactly 0", "equal, no dropout: exactly 0"]);
    let last = chart.series.last().unwrap();
    assert_eq!((last.role, last.label()), (Role::Train, "equal, dropout on hidden neurons"));
}
