//! A training point that is moved up or down, and the networks as they are without that.

use super::networks::Annealed;
use crate::data::Examples;
use crate::lab::course::Course;

/// The rows of the points from left to right.
pub fn from_the_left(train: &Examples) -> Vec<usize> {
    let mut rows: Vec<usize> = (0..train.y.len()).collect();
    rows.sort_by(|a, b| train.x[*a].total_cmp(&train.x[*b]));
    rows
}

/// The row of the point with this number, counted from the left; of the last where there are fewer.
pub fn row_of(train: &Examples, number: usize) -> usize {
    let rows = from_the_left(train);
    rows[number.clamp(1, rows.len()) - 1]
}

/// The networks with noise and with L2 as they are trained on the points where these were.
pub struct Unmoved {
    /// With noise.
    pub noise: Course<Annealed, ()>,
    /// With an L2 penalty.
    pub l2: Course<Annealed, ()>,
}

impl Unmoved {
    /// Both at their first of so many steps.
    pub fn new([noise, l2]: [Annealed; 2], planned: usize) -> Self {
        Unmoved { noise: Course::new(noise, planned), l2: Course::new(l2, planned) }
    }

    /// Both.
    pub fn courses(&mut self) -> [&mut Course<Annealed, ()>; 2] {
        [&mut self.noise, &mut self.l2]
    }
}
