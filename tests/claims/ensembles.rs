//! "Ensembles": the formula on drawn errors, and on trained networks.

use super::claim::{Claim, Effort, Rows, assert_all_hold, cell, print_table};

/// The rows of this section.
const ROWS: &[Rows] = &[
    ("ensemble_formula", formula),
    ("ensembles", identities),
    ("ensembles", diabetes),
    ("ensembles", generated),
    ("ensembles", digits),
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

/// Settings of n, v and c: both cases of the slides, some between, the least c, and another v.
const SETTINGS: [(u32, f64, f64); 6] =
    [(2, 1.0, 0.0), (5, 1.0, 1.0), (10, 1.0, 0.5), (25, 1.0, 0.2), (5, 2.0, 0.5), (2, 1.0, -0.5)];

fn formula(effort: Effort) -> Vec<Claim> {
    let seeds = effort.of(4, 20);
    let mut worst = 0.0f64;
    let mut least = 0.0f64;
    for (n, v, c) in SETTINGS {
        for seed in 200..200 + seeds {
            let query = format!("n_members={n}&variance={v}&covariance={c}&seed={seed}");
            let keys = ["measured", "predicted", "measured_se"];
            let [measured, predicted, se] = cell("ensemble_formula", &query, keys);
            // c = v: the average is each single error, and its spread is that of a square.
            if predicted > 0.0 {
                worst = worst.max((measured - predicted).abs() / se);
            } else {
                least = least.max(measured);
            }
        }
    }
    let number = SETTINGS.len();
    vec![
        Claim {
            claim: "drawn errors: the average's squared error is v/n + (n-1)c/n".into(),
            criterion: "never more than 4.5 standard errors away",
            measured: format!("at most {worst:.2}, {number} settings, {seeds} seeds"),
            holds: worst <= 4.5,
        },
        Claim {
            claim: "at c = -v/(n-1) the average is always right".into(),
            criterion: "squared error at most 1e-20",
            measured: format!("at most {least:.1e}, {seeds} seeds"),
            holds: least <= 1e-20,
        },
    ]
}

/// What one way to make networks differ comes to over the seeds.
struct Way {
    /// c/v, the part of the average network's error that is left, the error itself, and v.
    correlation: f64,
    share: f64,
    measured: f64,
    alone: f64,
    /// The largest share of any seed.
    worst: f64,
    /// How many seeds.
    seeds: u32,
    /// Seeds in which the best network alone did better than the ensemble.
    best_wins: usize,
}

fn way(query: &str, seeds: u32) -> Way {
    let keys = ["correlation", "share", "measured", "best_member", "variance"];
    let rows: Vec<[f64; 5]> = (300..300 + seeds)
        .map(|seed| cell("ensembles", &format!("{query}&seed={seed}"), keys))
        .collect();
    let mean = |key: usize| rows.iter().map(|row| row[key]).sum::<f64>() / rows.len() as f64;
    Way {
        correlation: mean(0),
        share: mean(1),
        measured: mean(2),
        alone: mean(4),
        worst: rows.iter().map(|row| row[1]).fold(0.0, f64::max),
        seeds,
        best_wins: rows.iter().filter(|row| row[3] < row[2]).count(),
    }
}

fn told(way: &Way) -> String {
    let Way { correlation, share, measured, alone, worst, best_wins, .. } = way;
    format!(
        "c/v {correlation:.2}, left {:.0} % (worst {:.0} %), error {measured:.2}, alone {alone:.2}, \
         best network ahead in {best_wins}",
        100.0 * share,
        100.0 * worst
    )
}

fn diabetes(effort: Effort) -> Vec<Claim> {
    let seeds = effort.of(2, 10);
    let run = |diversity: &str| way(&format!("diversity={diversity}"), seeds);
    let claim = |claim: &str, criterion, way: &Way, holds| Claim {
        claim: claim.to_string(),
        criterion,
        measured: format!("{}; seeds: {}", told(way), way.seeds),
        holds,
    };
    let [seed, bootstrap, features] = ["seed", "bootstrap", "features"].map(run);
    let [architecture, dropout] = ["architecture", "dropout"].map(run);
    let identical = way("diversity=identical", 1);
    let early = way("diversity=seed&steps=100", seeds);
    let gains = "at most 0.8 of the average network's error in the mean, below it for every seed";
    let gained = |way: &Way| way.share <= 0.8 && way.worst < 1.0;
    vec![
        claim("diabetes: ten networks from other initial weights", gains, &seed, gained(&seed)),
        claim("diabetes: bootstrap samples", gains, &bootstrap, gained(&bootstrap)),
        claim("diabetes: five of ten inputs each", gains, &features, gained(&features)),
        claim(
            "diabetes: bootstrap samples make networks differ more than initial weights do",
            "c/v lower",
            &bootstrap,
            bootstrap.correlation < seed.correlation,
        ),
        claim(
            "diabetes: a mix beats its average network always, its best one not always",
            "worst below 1, best network ahead at least once",
            &architecture,
            architecture.worst < 1.0 && architecture.best_wins > 0,
        ),
        claim(
            "diabetes: networks trained with dropout have little left to gain, and err least even alone",
            "c/v and the part that is left at least 0.9, alone less than the other ensembles",
            &dropout,
            dropout.correlation >= 0.9
                && dropout.share >= 0.9
                && [&seed, &bootstrap, &features].iter().all(|way| dropout.alone < way.measured),
        ),
        claim(
            "diabetes: stopping early gains more than averaging",
            "alone after 100 steps less than the ensemble after 1500",
            &early,
            early.alone < seed.measured,
        ),
        claim(
            "diabetes: identical copies gain nothing",
            "all of the error is left",
            &identical,
            (identical.share - 1.0).abs() < 1e-12,
        ),
    ]
}

fn generated(effort: Effort) -> Vec<Claim> {
    let seeds = effort.of(2, 10);
    let run = |diversity: &str| {
        way(&format!("dataset=generated&n_train=60&diversity={diversity}"), seeds)
    };
    let [independent, bootstrap, seed] = ["independent_data", "bootstrap", "seed"].map(run);
    vec![
        Claim {
            claim: format!("generated: ten networks on independent data, {seeds} seeds"),
            criterion: "c/v at most 0.15, at most 0.2 of the error left: nearly 1/n",
            measured: told(&independent),
            holds: independent.correlation <= 0.15 && independent.share <= 0.2,
        },
        Claim {
            claim: format!("generated: bootstrap samples lie between, {seeds} seeds"),
            criterion: "c/v between independent data and the same data",
            measured: told(&bootstrap),
            holds: independent.correlation < bootstrap.correlation
                && bootstrap.correlation < seed.correlation,
        },
        Claim {
            claim: format!("generated: the same data, other initial weights, {seeds} seeds"),
            criterion: "c/v at least 0.6",
            measured: told(&seed),
            holds: seed.correlation >= 0.6,
        },
    ]
}

fn digits(effort: Effort) -> Vec<Claim> {
    let seeds = effort.of(1, 10);
    let keys = ["mean_member", "error_average", "error_vote", "best_member"];
    let run = |seed: u32| {
        let query = "dataset=digits&diversity=features&n_train=200&units=16&n_members=15&steps=600";
        cell("ensembles", &format!("{query}&seed={seed}"), keys)
    };
    let rows: Vec<[f64; 4]> = (300..300 + seeds).map(run).collect();
    let mean =
        |key: usize| 100.0 * rows.iter().map(|row| row[key]).sum::<f64>() / rows.len() as f64;
    let count = |holds: &dyn Fn(&[f64; 4]) -> bool| rows.iter().filter(|row| holds(row)).count();
    let (by_far, best) = (count(&|row| row[1] <= 0.65 * row[0]), count(&|row| row[1] < row[3]));
    vec![Claim {
        claim: format!("digits: fifteen networks of 24 random pixels each, {seeds} seeds"),
        criterion: "averaged, at most 0.65 of the average network's wrong answers in 9 of 10 seeds",
        measured: format!(
            "alone {:.1} %, averaged {:.1} %, by vote {:.1} %; in {by_far} seeds, ahead of the best \
             in {best}",
            mean(0),
            mean(1),
            mean(2)
        ),
        holds: 10 * by_far >= 9 * rows.len(),
    }]
}

/// What must hold to rounding, whatever the networks are.
fn identities(_: Effort) -> Vec<Claim> {
    let keys = ["measured", "predicted", "raw_variance", "ambiguity", "bias_squared"];
    let (mut raw, mut centred) = (0.0f64, 0.0f64);
    for dataset in ["diabetes", "generated", "digits"] {
        for diversity in ["seed", "features", "architecture", "dropout", "independent_data"] {
            let query = format!(
                "dataset={dataset}&diversity={diversity}&n_train=60&units=8&n_members=6&steps=30"
            );
            let [measured, predicted, v, ambiguity, _] = cell("ensembles", &query, keys);
            let gap = (measured - predicted).abs().max((measured - v + ambiguity).abs());
            raw = raw.max(gap / measured);
            let query = format!("{query}&centred=true");
            let [measured, predicted, _, _, squared] = cell("ensembles", &query, keys);
            centred = centred.max((measured - predicted - squared).abs() / measured);
        }
    }
    vec![Claim {
        claim: "trained networks: v/n + (n-1)c/n and v - ambiguity are the measured error; with \
                centred moments bias² is missing"
            .into(),
        criterion: "to 1e-10 of it",
        measured: format!("{raw:.0e} and {centred:.0e}, 15 ensembles"),
        holds: raw <= 1e-10 && centred <= 1e-10,
    }]
}
