//! "Ensembles": the formula on drawn errors, and on trained networks.

use super::claim::{Claim, Effort, Rows, cell};

/// The rows of this section.
pub const ROWS: &[Rows] = &[("ensemble_formula", formula)];

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
