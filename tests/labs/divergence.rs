//! Runs that are driven out of their minds: they stop at once, say so, and show nothing that is no number.

use super::everything;
use crate::lab::start;
use regularization_playground::data::{Examples, Table};
use regularization_playground::error::Error;
use regularization_playground::figure::csv;
use regularization_playground::lab::Run;
use regularization_playground::labs::{CATALOGUE, find};
use regularization_playground::param::Settings;
use regularization_playground::plot::svg;
use regularization_playground::value::Value;
use std::sync::Arc;

/// Settings that are too much for each lab, or too little.
const WILD: &[(&str, &str)] = &[
    // These diverge late.
    ("l2_noise", "alpha=10&learning_rate=0.05&batch_size=1&copies=1&steps=2000"),
    ("dropout_example", "learning_rate=0.01&scaling=inverted"),
    ("co_adaptation", "scaling=inverted&learning_rate=0.5&keep_prob=0.05&batch_size=1&steps=3000"),
    ("playground", "dataset=sine&optimizer=sgd&activation=linear&learning_rate=10"),
    ("playground", "optimizer=sgd&learning_rate=10&alpha=10&n_train=10"),
    ("playground", "dataset=spirals&optimizer=rmsprop&learning_rate=10&l2=1&keep_prob=0.05"),
    ("playground", "dataset=sine&optimizer=momentum&activation=relu&learning_rate=3&n_members=3"),
    ("l2_noise", "alpha=0&copies=1&dataset=generated"),
    ("l2_noise_nonlinear", "alpha=1&l2=0.1&learning_rate=0.1&n_train=5&rescale=100"),
    ("dropout_ridge", "keep_prob=0.1&learning_rate=0.05&batch_size=1&unit=3"),
    ("weight_sharing_cnn", "learning_rate=0.1&n_train=10"),
    ("weight_sharing_rnn", "learning_rate=0.1&n_train=10&length=20&test_length=60"),
    ("pre_training_unsupervised", "n_labels=10&learning_rate=0.1&body_rate=1&pretext_steps=5"),
    ("pre_training_supervised", "n_labels=5&learning_rate=0.1&source_steps=0&tuning=frozen"),
    ("ensemble_formula", "n_members=1&covariance=0&samples=100&steps=1"),
    ("ensembles", "n_members=1&n_train=10&learning_rate=0.1"),
    ("ensembles", "n_members=2&diversity=dropout&keep_prob=0.05&learning_rate=0.1&n_train=10"),
    ("dropout_example", "learning_rate=0.01&scaling=inverted&keep_prob=0.05&target_1=-1000"),
    ("dropout", "learning_rate=0.1&keep_prob=0.05&n_train=10&label_noise=0.5"),
    ("symmetry_breaking", "learning_rate=2&keep_prob=0.05&units=2&n_train=10"),
    ("co_adaptation", "learning_rate=0.5&keep_prob=0.05&n_pathways=32&batch_size=1"),
    ("co_adaptation", "scaling=inverted&learning_rate=0.5&keep_prob=0.3&label_noise=3"),
    ("subnetworks", "learning_rate=0.1&keep_prob=0.05&n_train=10&activation=linear&units=3"),
];

/// How many of those above diverge late; and the steps that these are given, and the others.
const LATE: usize = 3;
const LATEST: u64 = 3000;
const SOON: u64 = 60;

/// A run until it diverges, or for so many steps.
fn driven(lab: &str, query: &str, steps: u64) -> (Run, Option<u64>) {
    let mut run = start(lab, query).unwrap();
    match run.step(run.progress().of.min(steps)) {
        Ok(()) => (run, None),
        Err(Error::Diverged { step }) => (run, Some(step)),
        Err(other) => panic!("{lab} {query}: {other}"),
    }
}

/// Nothing that stands on the page is a number that is none.
fn assert_sane(run: &Run, at: &str) {
    for (key, value) in run.metrics() {
        assert!(!value.is_infinite(), "{at}: {key} = {value}");
    }
    for spec in run.spec().figures {
        let figure = run.figure(spec.key).unwrap();
        let (drawn, table) = (svg(&figure, 400, 300), csv(&figure));
        for said in [&figure.note, &figure.description, &drawn, &table] {
            let words = said.split(|c: char| !c.is_alphanumeric());
            let none = words.into_iter().find(|word| ["NaN", "inf", "Infinity"].contains(word));
            assert!(none.is_none(), "{at} {}: {none:?} in {said}", spec.key);
        }
    }
}

#[test]
fn whatever_is_asked_for_no_figure_shows_what_is_no_number_and_a_reset_is_a_fresh_run() {
    let mut diverged: Vec<&str> = Vec::new();
    for (place, (lab, query)) in WILD.iter().enumerate() {
        let at = format!("{lab}?{query}");
        let (mut run, stopped) = driven(lab, query, if place < LATE { LATEST } else { SOON });
        assert_sane(&run, &at);
        if let Some(step) = stopped {
            // What is trained beside others may have stopped the step before.
            assert!(step.abs_diff(run.progress().steps) <= 1, "{at}: {step}");
            diverged.push(lab);
        }
        run.reset().unwrap();
        let mut fresh = start(lab, query).unwrap();
        assert_sane(&fresh, &format!("{at} at its start"));
        assert_eq!(everything(&run), everything(&fresh), "{at}");
        let steps = stopped.unwrap_or(4).min(4) - 1;
        run.step(steps).unwrap();
        fresh.step(steps).unwrap();
        assert_eq!(everything(&run), everything(&fresh), "{at}");
    }
    assert!(CATALOGUE.iter().all(|spec| WILD.iter().any(|(lab, _)| *lab == spec.id)));
    for lab in ["playground", "l2_noise", "dropout_example", "co_adaptation"] {
        assert!(diverged.contains(&lab), "{lab} does not diverge: {diverged:?}");
    }
}

/// Columns that are the same, that never change, and that differ in their last digits alone; one class.
#[test]
fn a_table_with_nothing_in_it_is_learned_without_a_complaint() {
    let (rows, offset) = (40, 1e8);
    let x = (0..rows).flat_map(|i| [f64::from(i), f64::from(i), offset, offset + f64::from(i)]);
    let y = vec![0.0; rows as usize];
    let numbers: Vec<f64> = (0..rows).map(|i| offset + f64::from(i % 7)).collect();
    let named = |names: &[&str]| names.iter().map(|name| name.to_string()).collect();
    for (classes, y) in [(named(&["p", "q"]), y), (Vec::new(), numbers)] {
        let table = Table {
            inputs: named(&["a", "b", "c", "d"]),
            target: "y".into(),
            classes,
            examples: Examples { x: x.clone().collect(), y },
            standardize: true,
            image_side: None,
        };
        let spec = find("playground").unwrap();
        let table = Some(Arc::new(table.checked().unwrap()));
        let settings = Settings::from_value_and(spec.parameters, Value::Missing, table).unwrap();
        let mut run = Run::new(spec, settings).unwrap();
        assert_sane(&run, "own data");
        run.step(40).unwrap();
        assert_sane(&run, "own data");
    }
}
