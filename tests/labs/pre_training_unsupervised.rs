//! "Pre-training", unsupervised.

use crate::lab::{figure, finished, metric, start};
use regularization_playground::figure::Body;
use regularization_playground::lab::Run;

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
