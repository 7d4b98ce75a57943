//! Least squares on K disturbed copies of the training set, drawn several times over.

use super::disturb::Disturbance;
use super::relative_distance;
use crate::data::Examples;
use crate::nn::{LaneRng, Moments, Stream};

/// How often the K copies are drawn afresh: one draw alone scatters around the law.
pub const DRAWS: usize = 8;

/// The growing copies of all draws, and how far the fits are from the exact answer.
pub struct Copies {
    draws: Vec<(LaneRng, Moments)>,
    /// Copies in every draw so far.
    made: usize,
    wanted: usize,
    /// The numbers of copies at which fits were made: powers of 2, and the last.
    pub counts: Vec<f64>,
    /// For every draw, its distances at those counts.
    pub distances: Vec<Vec<f64>>,
    /// The first draw's weights at the last count, the intercept after them.
    pub fit: Vec<f64>,
    disturbed: Vec<f64>,
}

impl Copies {
    /// No copies yet.
    pub fn new(columns: usize, wanted: usize, purpose: Stream, seed: u32) -> Self {
        let draw = |draw| (LaneRng::new(seed, purpose, 1 + draw), Moments::new(columns));
        Copies {
            draws: (0..DRAWS as u32).map(draw).collect(),
            made: 0,
            wanted,
            counts: Vec::new(),
            distances: vec![Vec::new(); DRAWS],
            fit: Vec::new(),
            disturbed: Vec::new(),
        }
    }

    /// Adds copies in step with the run: all are there at half of the planned steps.
    pub fn advance(
        &mut self,
        (step, planned): (u64, u64),
        data: &Examples,
        disturbance: Disturbance,
        intercept: bool,
        exact: &[f64],
    ) {
        let due = (self.wanted as u64 * 2 * step).div_ceil(planned.max(1)) as usize;
        while self.made < due.min(self.wanted) {
            self.add(data, disturbance);
            if self.made.is_power_of_two() || self.made == self.wanted {
                self.measure(intercept, exact);
            }
        }
    }

    /// One copy more in every draw.
    fn add(&mut self, data: &Examples, disturbance: Disturbance) {
        for (rng, moments) in &mut self.draws {
            disturbance.apply(rng, &data.x, &mut self.disturbed);
            moments.add(&self.disturbed, &data.y);
        }
        self.made += 1;
    }

    fn measure(&mut self, intercept: bool, exact: &[f64]) {
        self.counts.push(self.made as f64);
        for (draw, (_, moments)) in self.draws.iter().enumerate() {
            let fit = moments.fit(0.0, intercept).unwrap_or_default();
            self.distances[draw].push(relative_distance(&fit, exact));
            if draw == 0 {
                self.fit = fit;
            }
        }
    }

    /// The first draw's distance at the last count; NaN before the first.
    pub fn last(&self) -> f64 {
        self.distances[0].last().copied().unwrap_or(f64::NAN)
    }

    /// The root of the mean square over the draws at the last count; NaN before the first.
    pub fn last_rms(&self) -> f64 {
        self.rms().last().copied().unwrap_or(f64::NAN)
    }

    /// The root of the mean square over the draws of the distances at every count.
    pub fn rms(&self) -> Vec<f64> {
        let at = |place: usize| {
            let squares = self.distances.iter().map(|draw| draw[place] * draw[place]);
            (squares.sum::<f64>() / DRAWS as f64).sqrt()
        };
        (0..self.counts.len()).map(at).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_copies_are_there_at_half_of_the_run_however_long_it_is() {
        let data = Examples { x: vec![1.0, -1.0, 2.0], y: vec![1.0, -1.0, 2.5] };
        let noise = Disturbance::Noise { alpha: 0.1, dependent: false };
        for planned in [3, 100, 5000] {
            let mut copies = Copies::new(1, 48, Stream::Noise, 1);
            let half = planned / 2 + planned % 2;
            for step in 1..=half {
                copies.advance((step, planned), &data, noise, false, &[1.0, 0.0]);
            }
            assert_eq!(copies.counts, [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 48.0], "{planned}");
            assert_eq!(copies.rms().len(), 7);
        }
    }
}
