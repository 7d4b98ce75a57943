//! The claims of the labs with few seeds; `cargo run --release --example claims` takes many.

#[allow(dead_code, reason = "the command uses what the test does not")]
#[path = "../examples/claims/claim.rs"]
mod claim;
#[path = "../examples/claims/ensembles.rs"]
mod ensembles;
#[path = "../examples/claims/l2_noise.rs"]
mod l2_noise;
#[path = "../examples/claims/playground.rs"]
mod playground;

use claim::{Effort, Rows};

fn assert_all_hold(sections: &[Rows]) {
    for (lab, rows) in sections {
        for row in rows(Effort::Quick) {
            let message = format!("{lab}: {}: {} ({})", row.claim, row.measured, row.criterion);
            assert!(row.holds, "{message}");
        }
    }
}

#[test]
fn playground() {
    assert_all_hold(playground::ROWS);
}

#[test]
fn l2_noise() {
    assert_all_hold(l2_noise::ROWS);
}

#[test]
fn ensembles() {
    assert_all_hold(ensembles::ROWS);
}
