//! "L2 regularization = Gaussian noise augmentation".

use super::claim::{Claim, Effort, Rows, assert_all_hold, cell, largest, mean, print_table, rms};

/// The rows of this section.
const ROWS: &[Rows] = &[
    ("l2_noise", three_terms),
    ("l2_noise", noisy_copies),
    ("l2_noise", fresh_noise),
    ("l2_noise", dependence),
    ("l2_noise", does_it_help),
    ("l2_noise_nonlinear", small_alpha),
    ("l2_noise_nonlinear", exact_curve),
    ("dropout_ridge", dropout),
    ("dropout_ridge", rare),
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

const DATASETS: [&str; 2] = ["diabetes", "generated"];

fn three_terms(effort: Effort) -> Vec<Claim> {
    let (mut z, mut rounding, mut least) = (Vec::new(), Vec::new(), f64::INFINITY);
    for dataset in DATASETS {
        for alpha in [0.05, 0.25, 1.0] {
            for seed in 200..200 + effort.of(2, 12) {
                let query = format!("dataset={dataset}&alpha={alpha}&seed={seed}&steps=2000");
                let keys = [
                    "cross_term",
                    "cross_term_se",
                    "quadratic_term",
                    "quadratic_term_se",
                    "quadratic_expected",
                    "equality_gap",
                    "equality_gap_se",
                    "identity_gap",
                    "samples",
                ];
                let [cross, cross_se, quadratic, quadratic_se, want, gap, gap_se, identity, drawn] =
                    cell("l2_noise", &query, keys);
                z.extend([cross / cross_se, (quadratic - want) / quadratic_se, gap / gap_se]);
                rounding.push(identity);
                least = least.min(drawn);
            }
        }
    }
    vec![
        Claim {
            claim: "the cross term is 0, the quadratic term α w'w, their sum the penalty".into(),
            criterion: "every |z| at most 4.5, on at least 100,000 noisy examples",
            measured: format!("largest |z| {:.2} of {}, {least} examples", largest(&z), z.len()),
            holds: largest(&z) <= 4.5 && least >= 1e5,
        },
        Claim {
            claim: "f + cross + quadratic is the loss with noise, on the same noise".into(),
            criterion: "to 1e-12",
            measured: format!("largest difference {:.1e}", largest(&rounding)),
            holds: largest(&rounding) <= 1e-12,
        },
    ]
}

fn noisy_copies(effort: Effort) -> Vec<Claim> {
    let counts: &[u32] = effort.of(&[16, 256], &[16, 32, 64, 128, 256, 512, 1024]);
    let keys = ["distance_copies", "distance_copies_rms", "distance_copies_predicted"];
    let mut claims = Vec::new();
    for dataset in DATASETS {
        let (mut ratios, mut measured, mut worst) = (Vec::new(), Vec::new(), Vec::new());
        for &k in counts {
            let run = |seed: u32| {
                let query = format!("dataset={dataset}&copies={k}&steps=400&seed={seed}");
                cell("l2_noise", &query, keys)
            };
            let runs: Vec<[f64; 3]> = (300..300 + effort.of(4, 24)).map(run).collect();
            let of = effort.of(1, 0); // the tests take the 8 draws of each of their few seeds
            let shares: Vec<f64> = runs.iter().map(|run| run[of] / run[2]).collect();
            ratios.push(rms(&shares));
            measured.push(rms(&runs.iter().map(|run| run[of]).collect::<Vec<f64>>()));
            worst = runs.iter().map(|run| run[of]).collect();
        }
        let (first, last) = (0, counts.len() - 1);
        let steps = (f64::from(counts[last]) / f64::from(counts[first])).ln();
        let slope = (measured[last] / measured[first]).ln() / steps;
        let (low, high) = (ratios.iter().copied().fold(9.0, f64::min), largest(&ratios));
        claims.push(Claim {
            claim: format!("{dataset}: least squares on K noisy copies is ridge, but for 1/√K"),
            criterion: "distance over its prediction 0.70 to 1.35; slope -0.5 ± 0.1 (K from 16)",
            measured: format!("{low:.2} to {high:.2}, slope {slope:.3}"),
            holds: low >= 0.7 && high <= 1.35 && (slope + 0.5).abs() <= 0.1,
        });
        let (k, limit) = (counts[last], 0.05 * (1024.0 / f64::from(counts[last])).sqrt());
        claims.push(Claim {
            claim: format!("{dataset}: at K = {k} every seed is close to ridge"),
            criterion: "at most 0.05 at K = 1024, and in proportion to 1/√K",
            measured: format!("worst {:.4}", largest(&worst)),
            holds: largest(&worst) <= limit,
        });
    }
    claims
}

fn fresh_noise(effort: Effort) -> Vec<Claim> {
    let keys = ["distance_average", "distance_last", "distance_unregularized"];
    let mut claims = Vec::new();
    for (steps, limit, criterion) in [
        (5000, 0.05, "average at most 0.05, and at least 0.5 from least squares"),
        (20_000, 0.03, "average at most 0.03, and at least 0.5 from least squares"),
    ] {
        for dataset in DATASETS {
            let run = |seed: u32| {
                let query = format!("dataset={dataset}&copies=1&steps={steps}&seed={seed}");
                cell("l2_noise", &query, keys)
            };
            let runs: Vec<[f64; 3]> = (400..400 + effort.of(2, 12)).map(run).collect();
            let column = |place: usize| runs.iter().map(|run| run[place]).collect::<Vec<f64>>();
            let away = column(2).into_iter().fold(f64::INFINITY, f64::min);
            claims.push(Claim {
                claim: format!("{dataset}: SGD with noise comes to ridge in {steps} steps"),
                criterion,
                measured: format!(
                    "average {:.3} at worst, from least squares {away:.2} at least; last iterate \
                     {:.3} in the mean",
                    largest(&column(0)),
                    mean(&column(1))
                ),
                holds: largest(&column(0)) <= limit && away >= 0.5,
            });
        }
    }
    claims
}

fn dependence(effort: Effort) -> Vec<Claim> {
    let keys = ["equality_gap", "equality_gap_se", "quadratic_expected", "distance_average"];
    let (mut z, mut shares, mut distances) = (Vec::new(), Vec::new(), Vec::new());
    for seed in 500..500 + effort.of(2, 8) {
        let query = format!("dependent_noise=true&copies=1&steps=5000&seed={seed}");
        let [gap, se, penalty, distance] = cell("l2_noise", &query, keys);
        z.push((gap / se).abs());
        shares.push(gap / penalty);
        distances.push(distance);
    }
    let least = z.iter().copied().fold(f64::INFINITY, f64::min);
    let nearest = distances.iter().copied().fold(f64::INFINITY, f64::min);
    vec![Claim {
        claim: "noise that depends on x breaks the equality".into(),
        criterion: "the gap is at least 20 standard errors; SGD ends at least 0.1 from ridge",
        measured: format!(
            "{least:.0} standard errors, {:.2} of the penalty; SGD {nearest:.2} from ridge",
            mean(&shares)
        ),
        holds: least >= 20.0 && nearest >= 0.1,
    }]
}

fn does_it_help(effort: Effort) -> Vec<Claim> {
    let keys = ["test_error", "test_error_ridge", "test_error_unregularized"];
    let best = |dataset: &str, alpha: f64| {
        let run = |seed: u32| {
            let query = format!("dataset={dataset}&alpha={alpha}&copies=1&steps=200&seed={seed}");
            cell("l2_noise", &query, keys)
        };
        let runs: Vec<[f64; 3]> = (600..600 + effort.of(1, 6)).map(run).collect();
        [0, 1, 2].map(|place| mean(&runs.iter().map(|run| run[place]).collect::<Vec<f64>>()))
    };
    let row = |dataset: &str, alpha: f64| {
        let [noise, ridge, plain] = best(dataset, alpha);
        Claim {
            claim: format!(
                "{dataset}: with few examples noise of α = {alpha} helps, as ridge does"
            ),
            criterion: "mean test error below 0.7 of that without; noise and ridge within 3 %",
            measured: format!("{plain:.2} without, {noise:.3} with noise, {ridge:.3} by ridge"),
            holds: noise <= 0.7 * plain && (noise / ridge - 1.0).abs() <= 0.03,
        }
    };
    vec![row("generated", 0.1), row("diabetes", 0.3)]
}

fn dropout(effort: Effort) -> Vec<Claim> {
    let keys = ["distance_enumerated", "loss_gap", "distance_units", "distance_ridge"];
    let (mut exact, mut standard, mut rescaled) = (Vec::new(), Vec::new(), Vec::new());
    for dataset in DATASETS {
        for keep_prob in [0.9, 0.8, 0.5] {
            for rescale in [false, true] {
                let query = format!(
                    "dataset={dataset}&keep_prob={keep_prob}&rescale={rescale}&steps=1&copies=1&seed=7"
                );
                let [enumerated, loss, units, ridge] = cell("dropout_ridge", &query, keys);
                exact.extend([enumerated, loss, units]);
                if rescale { rescaled.push(ridge) } else { standard.push(ridge) }
            }
        }
    }
    let away = rescaled.iter().copied().fold(f64::INFINITY, f64::min);
    let mut claims = vec![
        Claim {
            claim: "the closed form is least squares over all 1,024 masks, in any units".into(),
            criterion: "weights and losses to 1e-10",
            measured: format!("largest difference {:.1e}", largest(&exact)),
            holds: largest(&exact) <= 1e-10,
        },
        Claim {
            claim: "it is ridge with α = (1-p)/p on standardised columns, and no other".into(),
            criterion: "to 1e-10; at least 0.1 apart in other units",
            measured: format!("{:.1e}; {away:.2} apart at least", largest(&standard)),
            holds: largest(&standard) <= 1e-10 && away >= 0.1,
        },
    ];
    let keys = ["distance_copies", "distance_average"];
    let run = |seed: u32| {
        let k = effort.of("64", "1024");
        cell("dropout_ridge", &format!("copies={k}&seed={seed}"), keys)
    };
    let runs: Vec<[f64; 2]> = (700..700 + effort.of(2, 12)).map(run).collect();
    let [copies, average] = [0, 1].map(|i| runs.iter().map(|r| r[i]).collect::<Vec<f64>>());
    claims.push(Claim {
        claim: "masked copies and SGD with dropout come to the closed form".into(),
        criterion: "at most 0.03 at K = 1024 (0.12 at 64); SGD's average at most 0.03",
        measured: format!(
            "copies {:.4} at worst, SGD {:.4} at worst",
            largest(&copies),
            largest(&average)
        ),
        holds: largest(&copies) <= effort.of(0.12, 0.03) && largest(&average) <= 0.03,
    });
    claims
}

fn rare(effort: Effort) -> Vec<Claim> {
    let keys = ["kept_dropout", "kept_ridge", "distance_average"];
    let run = |seed: u32| cell("dropout_ridge", &format!("rare=0.02&seed={seed}"), keys);
    let runs: Vec<[f64; 3]> = (750..750 + effort.of(2, 12)).map(run).collect();
    let [dropout, ridge, average] =
        [0, 1, 2].map(|i| runs.iter().map(|r| r[i]).collect::<Vec<_>>());
    let told = [mean(&dropout), mean(&ridge), largest(&average)];
    vec![Claim {
        claim: "of a column that stands in a row of fifty dropout finds p, and ridge little".into(),
        criterion: "each 0.79 to 0.8, and at most 0.15; SGD's average at most 0.05 from the formula",
        measured: format!("dropout, ridge, SGD at worst: {told:.4?}"),
        holds: dropout.iter().all(|kept| (0.79..0.8).contains(kept))
            && largest(&ridge) <= 0.15
            && largest(&average) <= 0.05,
    }]
}

fn small_alpha(effort: Effort) -> Vec<Claim> {
    let keys = [
        "taylor_ratio",
        "rescale_l2_factor",
        "rescale_noise_factor",
        "taylor_ratio_alpha",
        "taylor_ratio_plain",
    ];
    let run = |seed: u32| cell("l2_noise_nonlinear", &format!("seed={seed}"), keys);
    let runs: Vec<[f64; 5]> = (800..800 + effort.of(2, 12)).map(run).collect();
    let misses = |place: usize| runs.iter().map(|r| r[place] - 1.0).collect::<Vec<f64>>();
    let away = |place: usize| largest(&misses(place));
    let (l2, plain) = (rms(&misses(3)), rms(&misses(4)));
    let least = runs.iter().map(|run| run[1]).fold(f64::INFINITY, f64::min);
    vec![
        Claim {
            claim: "noise adds α mean(slope² + error times second derivative), for small α".into(),
            criterion: "ratio 1 ± 0.002 at α = 1e-5, for the networks trained with L2",
            measured: format!("at most {:.5} from 1, {} data sets", away(0), runs.len()),
            holds: away(0) <= 0.002,
        },
        Claim {
            claim: "at α = 0.03 the law misses, more so without regularization".into(),
            criterion: "root mean square of ratio - 1: larger for the plain network",
            measured: format!("{l2:.2} with L2, {plain:.2} without"),
            holds: plain > l2,
        },
        Claim {
            claim: "a relu network rescaled is the same to noise, and not to L2 (c = 10)".into(),
            criterion: "noise penalty unchanged to 1e-10, squared weights times more than 10",
            measured: format!("noise {:.1e}, weights times {least:.0} at least", away(2)),
            holds: away(2) <= 1e-10 && least > 10.0,
        },
    ]
}

/// The L2 penalties of which each data set takes the one nearest to the exact curve.
const PENALTIES: [f64; 8] = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.05, 0.1];

fn exact_curve(effort: Effort) -> Vec<Claim> {
    let keys = [
        "distance_noise_exact",
        "distance_l2_exact",
        "test_error_noise",
        "test_error_l2",
        "test_error_unregularized",
    ];
    let run = |seed: u32, alpha: f64, l2: f64| {
        let query = format!("alpha={alpha}&l2={l2}&seed={seed}");
        cell("l2_noise_nonlinear", &query, keys)
    };
    let seeds: Vec<u32> = (900..900 + effort.of(2, 12)).collect();
    let penalties = effort.of(&PENALTIES[2..4], &PENALTIES);
    let mut claims = Vec::new();
    let (mut by_noise, mut by_l2) = (0, 0);
    for alpha in [0.03, 0.1] {
        let (mut noise, mut l2) = (Vec::new(), Vec::new());
        for &seed in &seeds {
            let runs: Vec<[f64; 5]> = penalties.iter().map(|&l2| run(seed, alpha, l2)).collect();
            noise.push(runs[0][0]);
            l2.push(runs.iter().map(|run| run[1]).fold(f64::INFINITY, f64::min));
            let at = penalties.iter().position(|&l2| l2 == 0.003).expect("the default is there");
            let [_, _, with_noise, with_l2, plain] = runs[at];
            if alpha == 0.03 {
                by_noise += u32::from(with_noise < plain);
                by_l2 += u32::from(with_l2 < plain);
            }
        }
        let (noise, l2) = (mean(&noise), mean(&l2));
        claims.push(Claim {
            claim: format!("with noise of α = {alpha} a network comes to the exact curve"),
            criterion: "mean distance at most 0.06, and half of the best L2 network's",
            measured: format!("{noise:.3}; best of {} by L2 {l2:.3}", penalties.len()),
            holds: noise <= 0.06 && noise <= 0.5 * l2,
        });
    }
    let small: Vec<f64> = seeds.iter().map(|&seed| run(seed, 0.001, 0.003)[0]).collect();
    claims.push(Claim {
        claim: "with noise of α = 0.001 it does not come there".into(),
        criterion: "mean distance at least 0.1",
        measured: format!("{:.3}", mean(&small)),
        holds: mean(&small) >= 0.1,
    });
    let sets = seeds.len() as u32;
    claims.push(Claim {
        claim: "noise of α = 0.03 and L2 of 0.003 are similar: both help".into(),
        criterion: "smaller test error than without, each in at least 90 % of the data sets",
        measured: format!("noise in {by_noise}, L2 in {by_l2} of {sets}"),
        holds: 10 * by_noise.min(by_l2) >= 9 * sets,
    });
    claims
}
