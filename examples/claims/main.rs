//! Every claim of the labs, measured over many seeds: `cargo run --release --example claims`.
//!
//! Prints one row a claim: what is claimed, what must come out, what came out, and whether it holds.
//! A word on the command line picks the labs whose id contains it; `quick` runs fewer seeds, as
//! tests/claims.rs does. A section of the lecture adds its rows in a file of its own, and the file
//! to `SECTIONS` here and to the test.

mod claim;
mod co_adaptation;
mod dropout;
mod ensembles;
mod l2_noise;
mod playground;
mod pre_training;
mod subnetworks;
mod symmetry_breaking;
mod weight_sharing;

use claim::{Claim, Effort, Rows};
use std::process::ExitCode;

/// Every section that has rows, in the order of the lecture.
const SECTIONS: &[&[Rows]] = &[
    playground::ROWS,
    l2_noise::ROWS,
    weight_sharing::ROWS,
    pre_training::ROWS,
    ensembles::ROWS,
    dropout::ROWS,
    symmetry_breaking::ROWS,
    co_adaptation::ROWS,
    subnetworks::ROWS,
];

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let quick = words.iter().any(|word| word == "quick");
    let effort = if quick { Effort::Quick } else { Effort::Full };
    let picked: Vec<&String> = words.iter().filter(|word| *word != "quick").collect();
    let wanted = |lab: &str| picked.is_empty() || picked.iter().any(|word| lab.contains(*word));
    println!("| lab | claim | criterion | measured | holds |\n|---|---|---|---|---|");
    let mut failed = 0;
    for (lab, rows) in SECTIONS.iter().copied().flatten().filter(|(lab, _)| wanted(lab)) {
        for Claim { claim, criterion, measured, holds } in rows(effort) {
            let word = if holds { "yes" } else { "**no**" };
            println!("| {lab} | {claim} | {criterion} | {measured} | {word} |");
            failed += u32::from(!holds);
        }
    }
    println!("\n{failed} do not hold");
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
