//! Latch: sequences whose last number other than 0 must be remembered.

use super::Examples;
use crate::nn::{Rng, uniform};

/// Sequences of -1, 0 and 1, drawn with probabilities 0.15, 0.7 and 0.15; the first number is -1 or 1.
/// The target is [`last_nonzero`].
///
/// # Shapes
/// `x` (rows x steps), `y` (rows).
pub fn latch(rng: &mut Rng, rows: usize, steps: usize) -> Examples {
    let mut examples = Examples::default();
    for _ in 0..rows {
        let x: Vec<f64> = (0..steps).map(|step| drawn(rng, step == 0)).collect();
        examples.push(&x, last_nonzero(&x));
    }
    examples
}

fn drawn(rng: &mut Rng, first: bool) -> f64 {
    let share = if first { 0.5 } else { 0.15 };
    match uniform(rng) {
        low if low < share => -1.0,
        high if high >= 1.0 - share => 1.0,
        _ => 0.0,
    }
}

/// The last number that is not 0; 0 where there is none.
pub fn last_nonzero(x: &[f64]) -> f64 {
    x.iter().copied().rfind(|&x| x != 0.0).unwrap_or(0.0)
}
