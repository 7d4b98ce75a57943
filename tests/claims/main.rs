//! Every claim of the labs, measured: a row says what is claimed, what must come out, what came out,
//! and whether it holds.
//!
//! `cargo test --test claims` takes few seeds, and fails where a row does not hold.
//! `cargo test --release --test claims -- --ignored` takes many, and prints the table; the name of a
//! section of the lecture after it, as its file here is called, prints the rows of that one alone. A
//! new section is a file here, with its rows and the same two tests, and its line below.

mod claim;
mod co_adaptation;
mod dropout;
mod ensembles;
mod l2_noise;
mod maps;
mod playground;
mod pre_training;
mod printed;
#[path = "../common/prose.rs"]
mod prose;
mod subnetworks;
mod symmetry_breaking;
mod weight_sharing;
