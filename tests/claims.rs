//! The claims of the labs with few seeds; `cargo run --release --example claims` takes many.

#[allow(dead_code, reason = "the command uses what the test does not")]
#[path = "../examples/claims/claim.rs"]
mod claim;
#[path = "../examples/claims/co_adaptation.rs"]
mod co_adaptation;
#[path = "../examples/claims/dropout.rs"]
mod dropout;
#[path = "../examples/claims/ensembles.rs"]
mod ensembles;
#[path = "../examples/claims/l2_noise.rs"]
mod l2_noise;
#[path = "../examples/claims/playground.rs"]
mod playground;
#[path = "../examples/claims/pre_training.rs"]
mod pre_training;
#[path = "../examples/claims/subnetworks.rs"]
mod subnetworks;
#[path = "../examples/claims/symmetry_breaking.rs"]
mod symmetry_breaking;
#[path = "../examples/claims/weight_sharing.rs"]
mod weight_sharing;

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
fn weight_sharing() {
    assert_all_hold(weight_sharing::ROWS);
}

#[test]
fn the_page_prints_what_weights_of_their_own_get_wrong() {
    let measured = &weight_sharing::latch(Effort::Quick)[0].measured;
    // "length 10: 0.0 / 9.6 %; length 30: …"
    let after = measured.split("/ ").skip(1).map(|rest| rest.split(" %").next().unwrap());
    let figures: Vec<String> = after.map(|figure| format!("{figure} %")).collect();
    let missing = claim::missing("weight_sharing_rnn", &figures);
    assert!(figures.len() == 2 && missing.is_empty(), "not on the page: {missing:?}: {measured}");
}

#[test]
fn pre_training() {
    assert_all_hold(pre_training::ROWS);
}

#[test]
fn ensembles() {
    assert_all_hold(ensembles::ROWS);
}

#[test]
fn dropout() {
    assert_all_hold(dropout::ROWS);
}

#[test]
fn symmetry_breaking() {
    assert_all_hold(symmetry_breaking::ROWS);
}

#[test]
fn co_adaptation() {
    assert_all_hold(co_adaptation::ROWS);
}

#[test]
fn subnetworks() {
    assert_all_hold(subnetworks::ROWS);
}
