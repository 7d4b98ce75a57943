//! Free play: its first view.

use super::claim::{Claim, Effort, Rows, cell};

/// The rows of this section.
pub const ROWS: &[Rows] = &[("playground", overfitting)];

fn overfitting(effort: Effort) -> Vec<Claim> {
    let gain = |seed: u32| {
        let keys = ["baseline_test_error", "test_error"];
        let [without, with] = cell("playground", &format!("seed={seed}"), keys);
        without - with
    };
    let seeds = 100..100 + effort.of(2, 10);
    let gains: Vec<f64> = seeds.map(gain).collect();
    let mean = gains.iter().sum::<f64>() / gains.len() as f64;
    let least = gains.iter().copied().fold(f64::INFINITY, f64::min);
    vec![Claim {
        claim: "dropout prevents overfitting to wrong labels (default settings)".into(),
        criterion: "test error lower by 0.08 in the mean, by 0.03 for every seed",
        measured: format!("{mean:.3}, least {least:.3}, {} seeds", gains.len()),
        holds: mean >= 0.08 && least >= 0.03,
    }]
}
