//! Free play: its first view.

use super::claim::{Claim, Effort, Rows, assert_all_hold, cell, mean, percent, print_table};
use regularization_playground::labs::find;
use regularization_playground::param::{Choice, Setting};
use std::ops::Range;

/// The rows of this section.
const ROWS: &[Rows] = &[
    (LAB, overfitting),
    (LAB, memorized_and_prevented),
    (LAB, little_elsewhere),
    (LAB, other_data),
];

#[test]
fn few_seeds() {
    assert_all_hold(ROWS);
}

#[test]
#[ignore = "many seeds"]
fn table() {
    print_table(ROWS);
}

const LAB: &str = "playground";

/// The metrics of these runs, a row a seed.
fn runs<const N: usize>(query: &str, seeds: Range<u32>, keys: [&str; N]) -> Vec<[f64; N]> {
    seeds.map(|seed| cell(LAB, &format!("{query}&seed={seed}"), keys)).collect()
}

/// How much lower the test error is with the regularizers than without, seed by seed.
fn gains(query: &str, seeds: Range<u32>) -> Vec<f64> {
    let rows = runs(query, seeds, ["baseline_test_error", "test_error"]);
    rows.iter().map(|[without, with]| without - with).collect()
}

fn overfitting(effort: Effort) -> Vec<Claim> {
    let gains = gains("", 100..100 + effort.of(2, 10));
    let least = gains.iter().copied().fold(f64::INFINITY, f64::min);
    vec![Claim {
        claim: "dropout prevents overfitting to wrong labels (default settings)".into(),
        criterion: "test error lower by 0.08 in the mean, by 0.03 for every seed",
        measured: format!("{:.3}, least {least:.3}, {} seeds", mean(&gains), gains.len()),
        holds: mean(&gains) >= 0.08 && least >= 0.03,
    }]
}

fn memorized_and_prevented(_: Effort) -> Vec<Claim> {
    let keys = ["baseline_train_error", "baseline_test_error", "test_error"];
    let rows = runs("", 0..6, keys);
    let column = |place: usize| rows.iter().map(|row| row[place]).collect::<Vec<f64>>();
    let [train, without, with] = [0, 1, 2].map(column);
    let too_few: Vec<f64> =
        runs("keep_prob=0.1", 0..6, ["test_error"]).into_iter().flatten().collect();
    let memorized =
        train.iter().zip(&without).all(|(&train, test)| train <= 0.02 && test - train >= 0.2);
    let least = without.iter().zip(&with).map(|(a, b)| a - b).fold(f64::INFINITY, f64::min);
    let gain = mean(&without) - mean(&with);
    vec![
        Claim {
            claim: "without regularizers the wrong labels are learned by heart".into(),
            criterion: "at most 2 % wrong on the training set, at least 20 points more on the test \
                        set, every seed",
            measured: format!("training {}, test {}", percent(&train), percent(&without)),
            holds: memorized,
        },
        Claim {
            claim: "and dropout prevents it".into(),
            criterion: "test error lower by 0.08 in the mean, by 0.03 for every seed",
            measured: format!("{gain:.3}, least {least:.3}, {} seeds", rows.len()),
            holds: gain >= 0.08 && least >= 0.03,
        },
        Claim {
            claim: "but too few neurons at a time learn too little".into(),
            criterion: "test error higher at p = 0.1 by 0.3 in the mean",
            measured: format!("{} against {}", percent(&too_few), percent(&with)),
            holds: mean(&too_few) >= mean(&with) + 0.3,
        },
    ]
}

/// What the page admits: stopping early gains nearly as much, and clean labels leave nothing to gain.
fn little_elsewhere(effort: Effort) -> Vec<Claim> {
    let seeds = 0..effort.of(3, 10);
    let best = runs("", seeds.clone(), ["baseline_best_test_error", "best_test_error"]);
    let best = mean(&best.iter().map(|[without, with]| without - with).collect::<Vec<f64>>());
    let clean = mean(&gains("label_noise=0", seeds.clone()));
    vec![
        Claim {
            claim: "stopped at its best step, each network is nearly as good".into(),
            criterion: "mean gain within 0.03 of 0",
            measured: format!("{best:.3}, {} seeds", seeds.len()),
            holds: best.abs() <= 0.03,
        },
        Claim {
            claim: "with clean labels there is nothing to gain".into(),
            criterion: "mean gain within 0.02 of 0",
            measured: format!("{clean:.3}, {} seeds", seeds.len()),
            holds: clean.abs() <= 0.02,
        },
    ]
}

/// What a person sees who picks another data set, with the settings offered along with it, and puts noise
/// on the inputs instead of dropping neurons.
fn other_data(effort: Effort) -> Vec<Claim> {
    let seeds = effort.of(3, 10);
    let spec = find(LAB).unwrap();
    let datasets = spec.parameters.iter().find(|parameter| parameter.key == "dataset").unwrap();
    let generated =
        datasets.choices.iter().filter(|choice| !["digits", "own"].contains(&choice.value));
    let claim = |choice: &Choice| {
        let suggested = choice.suggests.iter().map(|(key, setting)| match setting {
            Setting::Number(number) => format!("&{key}={number}"),
            Setting::Choice(choice) => format!("&{key}={choice}"),
            Setting::Flag(flag) => format!("&{key}={flag}"),
            Setting::Text(word) => format!("&{key}={}", word.as_str()),
        });
        let alpha = if choice.value == "spirals" { 0.01 } else { 0.03 };
        let query = format!(
            "dataset={}{}&keep_prob=1&alpha={alpha}",
            choice.value,
            suggested.collect::<String>()
        );
        let gain = mean(&gains(&query, 0..seeds));
        Claim {
            claim: format!("noise of variance {alpha} helps with {}", choice.value),
            criterion: "test error lower by 0.02 in the mean",
            measured: format!("{gain:.3}, {seeds} seeds"),
            holds: gain >= 0.02,
        }
    };
    generated.map(claim).collect()
}
