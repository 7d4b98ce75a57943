//! "Co-adaptation": locked without dropout, and what each way to drop pathways does about it.

use super::claim::{Claim, Effort, Rows, assert_all_hold, cell, largest, mean, print_table};
use regularization_playground::nn::{PathwayScaling, Pathways};

/// The rows of this section.
const ROWS: &[Rows] = &[
    ("co_adaptation", side_by_side),
    ("co_adaptation", locked),
    ("co_adaptation", survivors),
    ("co_adaptation", scaled),
    ("co_adaptation", noisy),
    ("co_adaptation", recursion),
    ("co_adaptation", pathways),
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

const LAB: &str = "co_adaptation";

/// The weights of the first two pathways, row after row.
const WEIGHTS: [&str; 8] = ["w_11", "w_12", "w_13", "w_14", "w_21", "w_22", "w_23", "w_24"];

/// Both targets, as the lab names them, with their weights.
const TARGETS: [(&str, [f64; 4]); 2] =
    [("slide", [2.0, -3.0, 0.0, 0.0]), ("x3_x4", [2.0, -3.0, 1.0, 1.0])];

/// One run a seed: rows of metrics.
fn runs<const N: usize>(query: &str, seeds: u32, keys: [&str; N]) -> Vec<[f64; N]> {
    (400..400 + seeds).map(|seed| cell(LAB, &format!("{query}&seed={seed}"), keys)).collect()
}

/// One metric of all runs.
fn column<const N: usize>(runs: &[[f64; N]], place: usize) -> Vec<f64> {
    runs.iter().map(|run| run[place]).collect()
}

/// The four ways at the defaults.
fn side_by_side(_: Effort) -> Vec<Claim> {
    let seeds = 20;
    let claim = |scaling: &str, criterion, least: f64, most: f64| {
        let found = runs(&format!("scaling={scaling}"), seeds, ["pathway_error", "full_error"]);
        let (alone, full) = (column(&found, 0), column(&found, 1));
        Claim {
            claim: format!("{scaling}, as the page opens: one pathway alone, {seeds} seeds"),
            criterion,
            measured: format!(
                "alone {:.3} (at most {:.3}), together {:.3}",
                mean(&alone),
                largest(&alone),
                mean(&full)
            ),
            holds: alone.iter().all(|error| (least..=most).contains(error)),
        }
    };
    vec![
        claim("no_dropout", "squared error 2, exactly", 2.0, 2.0),
        claim("survivors", "squared error at most 5e-4", 0.0, 5e-4),
        claim("inverted", "squared error between 1 and 2.2", 1.0, 2.2),
        claim("at_test", "squared error between 1 and 2.2", 1.0, 2.2),
    ]
}

fn locked(effort: Effort) -> Vec<Claim> {
    let seeds = effort.of(4, 20);
    let keys = ["difference_drift", "pathway_error", "full_error", "columns_3_4_max"];
    let still = runs("scaling=no_dropout&steps=2000", seeds, keys);
    let drift = runs("scaling=no_dropout&label_noise=1&steps=2000", seeds, keys);
    let other = runs("scaling=no_dropout&target=x3_x4&steps=2000", seeds, WEIGHTS);
    let ends = [2.0, -3.0, 2.0, 0.0, 2.0, -3.0, 0.0, 2.0];
    let away: Vec<f64> =
        other.iter().flat_map(|w| w.iter().zip(ends).map(|(w, e)| w - e)).collect();
    let [moved, noisy, away] =
        [largest(&column(&still, 0)), largest(&column(&drift, 0)), largest(&away)];
    let unmoved = still.iter().all(|run| run[1..] == [2.0, 0.0, 1.0]);
    vec![
        Claim {
            claim: format!("nothing dropped: W of the slide does not move at all, {seeds} seeds"),
            criterion: "w1 - w2 as at the start, alone 2, together 0, columns 3 and 4 at 1: exactly",
            measured: format!("change of w1 - w2 {moved}; the rest exact: {unmoved}"),
            holds: moved == 0.0 && unmoved,
        },
        Claim {
            claim: format!("nothing dropped, noise 1 on y: w1 - w2 is conserved, {seeds} seeds"),
            criterion: "to 1e-9",
            measured: format!("{noisy:.1e}"),
            holds: noisy <= 1e-9,
        },
        Claim {
            claim: format!(
                "nothing dropped, x3 and x4 matter: rows go to (2,-3,2,0) and (2,-3,0,2), {seeds} seeds"
            ),
            criterion: "to 1e-9",
            measured: format!("{away:.1e}"),
            holds: away <= 1e-9,
        },
    ]
}

fn survivors(effort: Effort) -> Vec<Claim> {
    let seeds = effort.of(4, 20);
    let keys = ["distance_to_target", "pathway_error", "full_error", "columns_3_4_max"];
    let claim = |target: &str, steps: u32| {
        let found = runs(&format!("target={target}&steps={steps}"), seeds, keys);
        let [away, alone, full, columns] = [0, 1, 2, 3].map(|key| largest(&column(&found, key)));
        Claim {
            claim: format!(
                "survivors, target {target}, {steps} steps: every pathway becomes the target, {seeds} \
                 seeds"
            ),
            criterion: "largest difference of a weight at most 1e-3",
            measured: format!(
                "at most {away:.1e}; alone {alone:.1e}, together {full:.1e}, columns 3 and 4 \
                 {columns:.4}"
            ),
            holds: away <= 1e-3,
        }
    };
    TARGETS.iter().flat_map(|(target, _)| [1000, 2000].map(|steps| claim(target, steps))).collect()
}

/// Scaling by 1/p in training, and by p at test time.
fn scaled(effort: Effort) -> Vec<Claim> {
    let seeds = effort.of(6, 20);
    let mut claims = Vec::new();
    for scaling in ["inverted", "at_test"] {
        for (target, beta) in TARGETS {
            claims.push(scaled_towards(scaling, target, beta, seeds));
        }
    }
    claims
}

fn scaled_towards(scaling: &str, target: &str, beta: [f64; 4], seeds: u32) -> Claim {
    let query = format!("scaling={scaling}&target={target}&steps=2000");
    let found = runs(&query, seeds, ["columns_3_4_max", "pathway_error", "full_error"]);
    let weights = runs(&query, seeds, WEIGHTS);
    // In prediction: at_test multiplies by p = 1/2.
    let scale = if scaling == "at_test" { 0.5 } else { 1.0 };
    let off = |i: usize| scale * mean(&column(&weights, i)) - 2.0 / 3.0 * beta[i % 4];
    let off = largest(&(0..8).map(off).collect::<Vec<f64>>());
    let columns = column(&found, 0);
    let slide = target == "slide";
    Claim {
        claim: format!(
            "{scaling}, target {target}: columns 3 and 4 unlock, the mean W goes to 2/3 of the target, \
             {seeds} seeds"
        ),
        criterion: "mean W within 0.15 of it; for the slide's target columns 3 and 4 at most 0.25",
        measured: format!(
            "mean W within {off:.3}; columns 3 and 4 {:.3} (at most {:.3}); alone {:.2}, together {:.2}",
            mean(&columns),
            largest(&columns),
            mean(&column(&found, 1)),
            mean(&column(&found, 2))
        ),
        holds: off <= 0.15 && (!slide || largest(&columns) <= 0.25),
    }
}

fn noisy(effort: Effort) -> Vec<Claim> {
    let seeds = effort.of(4, 20);
    let claim = |scaling: &str, most: f64, criterion| {
        let query = format!("scaling={scaling}&label_noise=1&steps=2000");
        let found = runs(&query, seeds, ["columns_3_4_max", "pathway_error"]);
        let columns = column(&found, 0);
        let largest = largest(&columns);
        Claim {
            claim: format!("{scaling}, noise 1 on y, {seeds} seeds"),
            criterion,
            measured: format!(
                "columns 3 and 4 {:.3} (at most {largest:.3}), alone {:.3}",
                mean(&columns),
                mean(&column(&found, 1))
            ),
            holds: largest <= most,
        }
    };
    vec![
        claim("survivors", 0.15, "columns 3 and 4 at most 0.15"),
        claim("inverted", 0.25, "columns 3 and 4 at most 0.25"),
    ]
}

/// The mean of many runs after 50 steps, in standard errors from the recursion.
fn recursion(effort: Effort) -> Vec<Claim> {
    const START: [f64; 8] = [2.0, -3.0, 1.0, -1.0, 2.0, -3.0, -1.0, 1.0];
    let count = effort.of(100, 400);
    let mut z = Vec::new();
    for (name, scaling) in &PathwayScaling::NAMES[1..] {
        for (target, beta) in TARGETS {
            let query = format!("scaling={name}&target={target}&label_noise=0.5&steps=50");
            let found = runs(&query, count, WEIGHTS);
            let pathways = Pathways::new(2, 0.5, *scaling).unwrap();
            let want = pathways.expected_trajectory(&START, &beta, 0.02, 50).unwrap();
            for (i, want) in want[50].iter().enumerate() {
                let weights = column(&found, i);
                let (n, middle) = (f64::from(count), mean(&weights));
                let spread: f64 = weights.iter().map(|w| (w - middle) * (w - middle)).sum();
                z.push((middle - want) / (spread / (n - 1.0) / n).sqrt());
            }
        }
    }
    vec![Claim {
        claim: format!("after 50 steps the mean of {count} runs is the recursion's"),
        criterion: "every |z| at most 4.5",
        measured: format!("largest |z| {:.2} of {}", largest(&z), z.len()),
        holds: largest(&z) <= 4.5,
    }]
}

/// More pathways: their end is nearer to the target, and they take longer to get there.
fn pathways(effort: Effort) -> Vec<Claim> {
    let seeds = effort.of(3, 10);
    let claim = |(k, rate, steps): (u32, f64, u32)| {
        let query = format!("n_pathways={k}&learning_rate={rate}&steps={steps}");
        let keys = ["factor", "exact_factor", "half_life"];
        let shrunk = runs(&format!("{query}&scaling=inverted"), seeds, keys);
        let whole = runs(&query, seeds, ["distance_to_target", "half_life"]);
        let (factor, exact) = (mean(&column(&shrunk, 0)), shrunk[0][1]);
        let away = largest(&column(&whole, 0));
        Claim {
            claim: format!("{k} pathways, rate {rate}, {steps} steps, {seeds} seeds"),
            criterion: "inverted: mean factor within 0.05 of the exact one; survivors: target to 0.02",
            measured: format!(
                "factor {factor:.3}, exact {exact:.3}; survivors within {away:.1e}, half-life {:.0} \
                 steps",
                whole[0][1]
            ),
            holds: (factor - exact).abs() <= 0.05 && away <= 0.02,
        }
    };
    let settings = [(2, 0.02, 2000), (4, 0.04, 2000), (8, 0.08, 4000), (32, 0.3, 20_000)];
    settings.map(claim).to_vec()
}
