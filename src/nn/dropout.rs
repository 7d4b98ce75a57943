//! Dropout: masks, and what is done to make up for them.

use super::registers::widely;
use super::words::LANES;
use super::{LaneRng, Real};

/// How outputs are scaled so that training and prediction agree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DropoutScaling {
    /// Kept outputs are divided by the keep probability in training; nothing is done in prediction.
    Inverted,
    /// Nothing is done in training; outputs are multiplied by the keep probability in prediction.
    ///
    /// # Source
    /// Srivastava et al., "Dropout", 2014; the slides' picture of an average over networks.
    AtTest,
    /// Nothing is done at all, as in the slides' worked example.
    None,
}

impl DropoutScaling {
    /// Names in configurations and links.
    pub const NAMES: [(&'static str, DropoutScaling); 3] = [
        ("inverted", DropoutScaling::Inverted),
        ("at_test", DropoutScaling::AtTest),
        ("none", DropoutScaling::None),
    ];

    /// The factor on kept outputs in training.
    pub fn in_training<T: Real>(self, keep_prob: f64) -> T {
        match self {
            DropoutScaling::Inverted => T::from_f64(1.0 / keep_prob),
            DropoutScaling::AtTest | DropoutScaling::None => T::ONE,
        }
    }

    /// The factor on every unit's output in training: 0 for those that are dropped.
    pub fn factors(self, kept: &[bool], keep_prob: f64) -> Vec<f64> {
        let on = self.in_training(keep_prob);
        kept.iter().map(|&kept| if kept { on } else { 0.0 }).collect()
    }

    /// The factor on all outputs in prediction.
    pub fn in_prediction<T: Real>(self, keep_prob: f64) -> T {
        match self {
            DropoutScaling::AtTest => T::from_f64(keep_prob),
            DropoutScaling::Inverted | DropoutScaling::None => T::ONE,
        }
    }
}

/// Fills a mask: 1 with probability `keep_prob`, else 0. At `keep_prob` 1 nothing is drawn.
///
/// The same draws serve every keep probability: a neuron kept at 0.3 is also kept at 0.5.
pub fn draw_mask<T: Real>(rng: &mut LaneRng, keep_prob: f64, mask: &mut [T]) {
    if keep_prob >= 1.0 {
        mask.fill(T::ONE);
        return;
    }
    // Below 2^32, because keep_prob is below 1: the cast rounds down and cannot overflow.
    let threshold = (keep_prob * 4_294_967_296.0) as u32;
    widely!(draw_each(rng, threshold, mask));
}

/// 1 for every number drawn below the threshold, else 0.
#[inline(always)]
fn draw_each<T: Real>(rng: &mut LaneRng, threshold: u32, mask: &mut [T]) {
    let kept = |number| if number < threshold { T::ONE } else { T::ZERO };
    // A copy stays in registers from draw to draw.
    let mut lanes = rng.clone();
    let mut blocks = mask.chunks_exact_mut(LANES);
    for block in &mut blocks {
        block.copy_from_slice(&lanes.draw().map(kept));
    }
    let rest = blocks.into_remainder();
    if !rest.is_empty() {
        rest.copy_from_slice(&lanes.draw().map(kept)[..rest.len()]);
    }
    *rng = lanes;
}

/// Every way to keep or drop `units` neurons, the all-dropped one first, the last unit fastest.
///
/// # Shapes
/// 2^units masks of `units` flags; true is kept.
pub fn all_masks(units: usize) -> impl Iterator<Item = Vec<bool>> {
    let kept = move |number: usize, unit: usize| number >> (units - 1 - unit) & 1 == 1;
    (0..1usize << units).map(move |number| (0..units).map(|unit| kept(number, unit)).collect())
}

/// The probability that dropout draws this mask: the product of p for every unit that is kept and
/// 1 - p for every one that is dropped.
///
/// # Shapes
/// `kept` one flag a unit; `keep_probs` the probability p of each, in the same order.
///
/// ```
/// use regularization_playground::nn::mask_chance;
/// let chance = mask_chance(&[true, false], std::iter::repeat(0.75));
/// assert_eq!(chance, 0.75 * 0.25);
/// ```
pub fn mask_chance(kept: &[bool], keep_probs: impl IntoIterator<Item = f64>) -> f64 {
    let chance = |(&kept, p): (&bool, f64)| if kept { p } else { 1.0 - p };
    kept.iter().zip(keep_probs).map(chance).product()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::Stream;

    fn masked(keep_prob: f64) -> Vec<f32> {
        let mut mask = vec![9.0; 10_000];
        draw_mask(&mut LaneRng::new(3, Stream::Mask(1), 0), keep_prob, &mut mask);
        mask
    }

    #[test]
    fn the_share_kept_is_the_keep_probability() {
        for keep_prob in [0.3, 0.8] {
            let kept = masked(keep_prob).iter().sum::<f32>() as f64;
            let sd = (10_000.0 * keep_prob * (1.0 - keep_prob)).sqrt();
            assert!((kept - 10_000.0 * keep_prob).abs() < 5.0 * sd, "{keep_prob}: {kept}");
        }
    }

    #[test]
    fn at_keep_probability_1_nothing_is_dropped_and_nothing_drawn() {
        let mut rng = LaneRng::new(3, Stream::Mask(1), 0);
        let mut mask = vec![0.0f32; 5];
        draw_mask(&mut rng, 1.0, &mut mask);
        assert_eq!(mask, [1.0; 5]);
        assert_eq!(rng, LaneRng::new(3, Stream::Mask(1), 0));
    }

    #[test]
    fn a_neuron_kept_at_a_low_probability_is_kept_at_a_higher_one() {
        assert!(masked(0.3).iter().zip(masked(0.8)).all(|(&low, high)| low <= high));
    }

    #[test]
    fn there_are_two_to_the_power_of_units_masks() {
        let masks: Vec<Vec<bool>> = all_masks(2).collect();
        let (f, t) = (false, true);
        assert_eq!(masks, [vec![f, f], vec![f, t], vec![t, f], vec![t, t]]);
    }

    #[test]
    fn factors_make_up_in_training_for_what_is_dropped() {
        let of = |scaling: DropoutScaling| scaling.factors(&[true, false], 0.25);
        assert_eq!(of(DropoutScaling::Inverted), [4.0, 0.0]);
        assert_eq!(of(DropoutScaling::AtTest), [1.0, 0.0]);
    }

    #[test]
    fn the_chances_of_all_masks_sum_to_1() {
        let keep_probs = [0.5, 0.25, 1.0];
        let chances = all_masks(3).map(|kept| mask_chance(&kept, keep_probs));
        let chances: Vec<f64> = chances.collect();
        assert_eq!(chances.iter().sum::<f64>(), 1.0);
        assert_eq!(chances, [0.0, 0.375, 0.0, 0.125, 0.0, 0.375, 0.0, 0.125]);
        assert_eq!(mask_chance(&[], keep_probs), 1.0);
    }
}
