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
}

/// One hue, one network: what is drawn as training stands is the one that is looked at.
#[test]
fn the_network_that_is_looked_at_stands_out_and_no_other() {
    for (arm, label) in
        [("tied_hidden_dropout", "equal, dropout on hidden neurons"), ("random", "all random")]
    {
        let run = run(&format!("arm={arm}"), 2);
        for (key, role) in [("difference", Role::Train), ("error", Role::Test)] {
            let series = chart(&run, key).series;
            let out: Vec<&str> =
                series.iter().filter(|s| s.role == role).map(|s| s.name.as_str()).collect();
            assert_eq!(out, [label], "{key}");
            assert_eq!(series.last().unwrap().role, role, "on top");
            assert!(figure(&run, key).note.starts_with(label));
        }
    }
}

/// The rows of the picture of the first step, in each the digit before the neurons.
fn rows_of(query: &str) -> [Vec<Image>; 2] {
    let Body::Images(images) = figure(&run(query, 0), "first_step").body else { panic!("images") };
    let (above, below) = images.items.split_at(images.items.len() / 2);
    [above.to_vec(), below.to_vec()]
}

/// The neurons of both rows.
fn first_step(query: &str) -> [Vec<Image>; 2] {
    rows_of(query).map(|row| row[1..].to_vec())
}

#[test]
fn the_first_image_leaves_two_kinds_of_neurons_those_that_learn_it_and_those_that_are_dropped() {
    let [equal, dropped] = first_step("seed=4&images_seen=1");
    assert!(equal.iter().all(|image| image.caption == "A" && image.pixels == equal[0].pixels));
    let (out, learns): (Vec<&Image>, Vec<&Image>) = dropped.iter().partition(|image| image.crossed);
    assert!(!out.is_empty() && !learns.is_empty());
    assert!(out.iter().all(|image| image.pixels.iter().all(|&w| w == 0.0)));
    assert!(learns.iter().all(|image| image.pixels == learns[0].pixels));
    // What is learned of one image is that image, times a number: dL/dw = dL/dz x.
    for row in rows_of("seed=4&images_seen=1") {
        let (digit, learned) = (&row[0].pixels, row.iter().skip(1).find(|image| !image.crossed));
        let learned = &learned.unwrap().pixels;
        let brightest = (0..64).max_by(|&a, &b| digit[a].total_cmp(&digit[b])).unwrap();
        let times = learned[brightest] / digit[brightest];
        assert!(times != 0.0);
        assert!(learned.iter().zip(digit).all(|(w, x)| (w - times * x).abs() < 1e-12));
    }
}

/// What a neuron has learned depends on the images for which it was dropped, and on nothing else.
#[test]
fn neurons_are_the_same_as_long_as_they_were_dropped_for_the_same_images() {
    for arm in ["tied", "tied_input_dropout"] {
        let mut histories = vec![String::new(); 8];
        for seen in 0..=16 {
            let [equal, dropped] = first_step(&format!("arm={arm}&images_seen={seen}"));
            assert!(equal.iter().all(|image| image.caption == "A" && !image.crossed), "{arm}");
            for (history, image) in histories.iter_mut().zip(&dropped) {
                history.push(if image.crossed { '0' } else { '1' });
            }
            for (a, b) in (0..8).flat_map(|a| (0..a).map(move |b| (a, b))) {
                let alike = dropped[a].caption == dropped[b].caption;
                assert_eq!(alike, histories[a] == histories[b], "{a} and {b} after {seen}");
            }
        }
    }
}

#[test]
fn the_slow_motion_is_the_step_that_the_run_takes() {
    for arm in ["tied_hidden_dropout", "rows_equal", "random"] {
        let told = figure(&run(&format!("arm={arm}&images_seen=128"), 0), "first_step");
        assert!(told.note.starts_with("after image 16 of 16: "), "{}", told.note);
        let Body::Images(images) = told.body else { panic!("images") };
        assert_eq!((images.rows.len(), images.items.len()), (2, 18));
    }
}
