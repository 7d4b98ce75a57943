//! "Pre-training", unsupervised.

use crate::lab::{figure, finished, metric, start};
use regularization_playground::figure::{Body, Image, Images};
use regularization_playground::lab::{Effect, Run};
use regularization_playground::value::Value;

fn run(query: &str) -> Run {
    finished("pre_training_unsupervised", query)
}

#[test]
fn without_a_pretext_and_at_one_rate_both_networks_are_the_same() {
    let run = run("pretext_steps=0&tuning=same_rate&learning_rate=0.002&steps=12");
    assert_eq!(metric(&run, "gain"), 0.0);
    assert!(metric(&run, "features_moved") > 0.0);
}

#[test]
fn frozen_features_stay_and_the_old_decoder_still_fits_them() {
    let run = run("pretext_steps=5&steps=12&tuning=frozen");
    assert_eq!(metric(&run, "features_moved"), 0.0);
    assert_eq!(metric(&run, "reconstruction_tuned"), metric(&run, "reconstruction_error"));
}

#[test]
fn the_pretext_task_sees_no_label() {
    let few = run("n_labels=10&pretext_steps=8&steps=8");
    let many = run("n_labels=1000&pretext_steps=8&steps=8&tuning=frozen&augment=false");
    let error = |run: &Run| metric(run, "reconstruction_error");
    assert_eq!(error(&few), error(&many));
    assert!(error(&few) < error(&run("pretext_steps=8&steps=1")));
}

#[test]
fn every_pretext_task_and_placing_runs_and_looking_changes_nothing() {
    for pretext in ["centre", "copy", "denoise"] {
        for shifted in [true, false] {
            let query = format!("pretext={pretext}&shifted={shifted}&pretext_steps=3&steps=7");
            let mut watched = start("pre_training_unsupervised", &query).unwrap();
            assert!(metric(&watched, "features_moved").is_nan());
            for _ in 0..7 {
                watched.step(1).unwrap();
                watched.spec().figures.iter().for_each(|spec| drop(figure(&watched, spec.key)));
            }
            let Body::Images(images) = figure(&watched, "drawings").body else { panic!("images") };
            let mut pixels = images.items.iter().flat_map(|image| &image.pixels);
            assert!(pixels.all(|ink| (0.0..=1.0).contains(ink)), "{query}");
            let unwatched = run(&query);
            let words = |run: &Run| format!("{:?}", run.metrics());
            assert_eq!(words(&watched), words(&unwatched), "{query}");
            assert!(metric(&watched, "reconstruction_tuned").is_finite(), "{query}");
        }
    }
}

/// The images of a figure.
fn images(run: &Run, key: &str) -> Images {
    let Body::Images(images) = figure(run, key).body else { panic!("{key}: images") };
    images
}

/// The canvas within the frame of its image.
fn canvas(image: &Image) -> Vec<f64> {
    let rows = image.pixels.chunks_exact(14).skip(1).take(12);
    rows.flat_map(|row| &row[1..13]).copied().collect()
}

/// The digit is dragged to every place: what the pre-trained network answers there, asked directly with
/// the canvas that is shown, is what stands under the map of all places, and what the map shows there.
#[test]
fn a_dragged_digit_is_answered_where_it_stands_and_the_run_goes_on_untouched() {
    let mut run = run("pretext_steps=300&steps=600&digit=3");
    let (before, mut right, mut first) = (format!("{:?}", run.metrics()), 0, None);
    for (x, y) in (0..25).map(|place| (place % 5, place / 5)) {
        let to = [("place_x", Value::Number(x as f64)), ("place_y", Value::Number(y as f64))];
        assert_eq!(run.change(&to).unwrap(), Effect::View);
        let canvas = canvas(&images(&run, "placed").items[0]);
        let digit = |i: usize| canvas[(y + i / 8) * 12 + x + i % 8];
        let digit: Vec<f64> = (0..64).map(digit).collect();
        assert_eq!(digit.iter().sum::<f64>(), canvas.iter().sum::<f64>(), "all its ink is there");
        assert_eq!(*first.get_or_insert(digit.clone()), digit, "the same digit at every place");
        let chances = run.predict(&canvas).unwrap();
        let answer = (0..10).max_by(|&a, &b| chances[a].total_cmp(&chances[b])).unwrap();
        let map = &images(&run, "places").items[1];
        assert_eq!(map.caption, format!("pre-trained: {answer}"));
        let middle = map.pixels[(5 * y + 2) * 26 + 5 * x + 2];
        assert_eq!(middle, if answer == 3 { 1.0 } else { -1.0 }, "{x}, {y}");
        right += usize::from(answer == 3);
    }
    let note = figure(&run, "places").note;
    assert!(note.ends_with(&format!("and at {right} of 25 places")), "{note}, not {right}");
    assert_eq!(format!("{:?}", run.metrics()), before);
    assert_eq!(run.progress().steps, 600);
}

/// How far from the middle the digit and its drawing are, in pixels, as they are told.
fn off_the_middle(run: &Run) -> [f64; 2] {
    let note = figure(run, "placed").note;
    let numbers = note.split([' ', ',']).filter_map(|word| word.parse().ok());
    numbers.collect::<Vec<f64>>().try_into().unwrap()
}

/// What the middle of the canvas is asked for stays there, and what is copied goes along.
#[test]
fn the_drawing_stays_in_the_middle_only_where_that_is_the_task() {
    let at = |pretext: &str, place: &str| {
        off_the_middle(&run(&format!("pretext={pretext}&pretext_steps=600&steps=601&{place}")))
    };
    for place in ["place_x=0&place_y=0", "place_x=4&place_y=0", "place_x=4&place_y=4"] {
        let [digit, centred] = at("centre", place);
        let [_, copied] = at("copy", place);
        assert_eq!(digit, 2.8, "two columns and two rows");
        assert!(centred < 0.7 && copied > 1.8, "{place}: {centred} and {copied}");
    }
    assert_eq!(at("centre", "place_x=2&place_y=2")[0], 0.0);
}

#[test]
fn before_there_are_labels_nothing_is_told_of_answers() {
    let run = run("pretext_steps=20&steps=10");
    assert!(figure(&run, "places").note.contains("not trained"));
    assert!(images(&run, "places").items.iter().all(|map| map.pixels.iter().all(|&x| x == 0.0)));
}
