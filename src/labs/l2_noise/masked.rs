//! Linear regression under dropout on its inputs: all masks, and the ridge that they are.

use super::problem::Problem;
use crate::nn::{DropoutScaling, Moments, all_masks, mask_chance};

/// Columns of both data sets: few enough to enumerate all masks.
pub const COLUMNS: usize = 10;

/// The alpha of the ridge that dropout is on standardised columns.
pub fn alpha_of(keep_prob: f64) -> f64 {
    (1.0 - keep_prob) / keep_prob
}

/// The moments of the rows, and of all masked rows, each mask weighed by its chance.
pub fn all_masked(problem: &Problem, keep_prob: f64) -> (Moments, Moments) {
    let (mut rows, mut masked) = (Moments::new(COLUMNS), Moments::new(COLUMNS));
    rows.add(&problem.examples.x, &problem.examples.y);
    for mask in all_masks(COLUMNS) {
        let chance = mask_chance(&mask, std::iter::repeat(keep_prob));
        let factors = DropoutScaling::Inverted.factors(&mask, keep_prob);
        masked.add_scaled(&rows, &factors, chance);
    }
    (rows, masked)
}
