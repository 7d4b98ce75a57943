//! Learning curves: values recorded every few steps, thinned out when they become many.

use crate::figure::{Role, Run, Series};

/// More points than a plot can show; at this number every second one is dropped.
const MOST_POINTS: usize = 400;

/// Several values, recorded together at the same steps.
#[derive(Clone, Debug)]
pub struct Curves {
    every: u64,
    steps: Vec<f64>,
    values: Vec<Vec<f64>>,
}

impl Curves {
    /// Curves of `count` values, recorded about a hundred times in `planned` steps.
    pub fn new(count: usize, planned: usize) -> Self {
        let every = (planned as u64 / 100).max(1);
        Curves { every, steps: Vec::new(), values: vec![Vec::new(); count] }
    }

    /// Whether values are to be recorded at this step. Depends on the step alone, so that a run is
    /// the same however it is sliced.
    pub fn due(&self, step: u64) -> bool {
        step.is_multiple_of(self.every)
    }

    /// Records one value a curve.
    pub fn record(&mut self, step: u64, values: &[f64]) {
        self.steps.push(step as f64);
        self.values.iter_mut().zip(values).for_each(|(curve, &value)| curve.push(value));
        if self.steps.len() > MOST_POINTS {
            self.every *= 2;
            thin(&mut self.steps);
            self.values.iter_mut().for_each(thin);
        }
    }

    /// The least value a curve has had at a recorded step.
    pub fn least(&self, curve: usize) -> f64 {
        self.values[curve].iter().copied().fold(f64::INFINITY, f64::min)
    }

    /// One of the curves as a series, with `now` as its last point.
    pub fn series(
        &self,
        curve: usize,
        name: &str,
        role: Role,
        run: Run,
        now: (f64, f64),
    ) -> Series {
        let (mut x, mut y) = (self.steps.clone(), self.values[curve].clone());
        if x.last() != Some(&now.0) {
            x.push(now.0);
            y.push(now.1);
        }
        Series::line(name, role, x, y).of_run(run)
    }
}

/// Keeps every second item, the first one among them.
fn thin(items: &mut Vec<f64>) {
    let mut place = 0;
    items.retain(|_| {
        place += 1;
        place % 2 == 1
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_points_are_thinned_evenly() {
        let mut curves = Curves::new(1, 100);
        for step in 0..=1000 {
            if curves.due(step) {
                curves.record(step, &[step as f64]);
            }
        }
        let series = curves.series(0, "train", Role::Train, Run::A, (1000.0, 1000.0));
        assert!(series.x.len() <= MOST_POINTS + 1);
        assert!(series.x.windows(2).all(|pair| pair[1] - pair[0] == 4.0));
        assert_eq!(series.x, series.y);
        assert_eq!((series.x[0], *series.x.last().unwrap()), (0.0, 1000.0));
    }
}
