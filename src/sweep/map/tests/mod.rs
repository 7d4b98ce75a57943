//! Maps of runs that were made up: what is drawn of them, and what they say of a guess.

mod catalogue;
mod drawn;
mod judged;

use super::{MapRun, MapState};
use crate::value::Value;

/// A run by hand of these settings, which measured this.
fn run(params: &[(&str, f64)], metrics: &[(&str, f64)]) -> MapRun {
    MapRun {
        params: Value::record(params.iter().map(|&(k, n)| (k, Value::Number(n))).collect()),
        metrics: Value::record(metrics.iter().map(|&(k, n)| (k, Value::Number(n))).collect()),
        filled: false,
    }
}

/// A map of these runs, open, with this guess.
fn state(lab: &str, runs: Vec<MapRun>, guess: Option<usize>) -> MapState {
    MapState { lab: lab.to_string(), runs, now: None, at: 0.5, guess, open: true }
}

/// Runs of one metric at these places, with this seed.
fn runs(parameter: &str, metric: &str, points: &[(f64, f64)], seed: u32) -> Vec<MapRun> {
    let one =
        |&(x, y): &(f64, f64)| run(&[(parameter, x), ("seed", f64::from(seed))], &[(metric, y)]);
    points.iter().map(one).collect()
}
