//! Learning curves: values recorded under their names every few steps, thinned out when they become
//! many.

use crate::figure::{Axis, Role, Series};

/// More points than a plot can show; at this number every second one is dropped.
const MOST_POINTS: usize = 400;

/// Several values, recorded together at the same steps. `K` names them: the key of a metric, or a
/// measure and the network it is taken of.
#[derive(Clone, Debug)]
pub struct LearningCurves<K> {
    spacing: Spacing,
    steps: Vec<f64>,
    curves: Vec<(K, Vec<f64>)>,
}

/// Which steps are recorded. Depends on the step alone, so that a run is the same however it is
/// sliced.
#[derive(Clone, Debug)]
enum Spacing {
    /// Every so many steps.
    Even(u64),
    /// Every step at first, then each a tenth beyond the last, for a logarithmic axis: the next one.
    Growing(u64),
}

impl<K: Copy + PartialEq> LearningCurves<K> {
    /// Curves that are recorded about a hundred times in `planned` steps.
    pub fn new(planned: usize) -> Self {
        Self::spaced(Spacing::Even((planned as u64 / 100).max(1)))
    }

    /// Curves that are recorded at steps ever further apart, for a logarithmic axis.
    pub fn ever_further_apart() -> Self {
        Self::spaced(Spacing::Growing(1))
    }

    fn spaced(spacing: Spacing) -> Self {
        LearningCurves { spacing, steps: Vec::new(), curves: Vec::new() }
    }

    /// Whether values are to be recorded at this step.
    pub fn due(&self, step: u64) -> bool {
        match self.spacing {
            Spacing::Even(every) => step.is_multiple_of(every),
            Spacing::Growing(next) => step >= next,
        }
    }

    /// Records the values of a step, with the same names in the same order every time.
    pub fn record(&mut self, step: u64, values: impl IntoIterator<Item = (K, f64)>) {
        self.steps.push(step as f64);
        for (place, (name, value)) in values.into_iter().enumerate() {
            match self.curves.get_mut(place) {
                Some((known, curve)) if *known == name => curve.push(value),
                None if self.steps.len() == 1 => self.curves.push((name, vec![value])),
                _ => panic!("every step records the same names in the same order"),
            }
        }
        match &mut self.spacing {
            Spacing::Even(every) if self.steps.len() > MOST_POINTS => {
                *every *= 2;
                thin(&mut self.steps);
                self.curves.iter_mut().for_each(|(_, curve)| thin(curve));
            }
            Spacing::Even(_) => {}
            Spacing::Growing(next) => *next = (step + 1).max(step + step / 10),
        }
    }

    /// The curves up to this step, at which the values are these.
    pub fn until(&self, step: u64, now: impl IntoIterator<Item = (K, f64)>) -> Curves<'_, K> {
        Curves { recorded: self, step: step as f64, now: now.into_iter().collect() }
    }

    /// One curve as it is recorded, as a solid line with this label at its end.
    pub fn line(&self, name: K, label: impl Into<String>, role: Role) -> Series {
        Series::line(label, role, self.steps.clone(), self.values(name).to_vec())
    }

    /// The values recorded under a name.
    fn values(&self, name: K) -> &[f64] {
        let curve = self.curves.iter().find(|(known, _)| *known == name);
        curve.map_or(&[], |(_, values)| values)
    }
}

/// Learning curves with the values of this moment as their last points.
pub struct Curves<'a, K> {
    recorded: &'a LearningCurves<K>,
    step: f64,
    now: Vec<(K, f64)>,
}

impl<K: Copy + PartialEq> Curves<'_, K> {
    /// The value now.
    ///
    /// # Panics
    /// Where nothing has this name: a mistake in the lab, not in its input.
    pub fn now(&self, name: K) -> f64 {
        self.now.iter().find(|(known, _)| *known == name).expect("the name of a curve").1
    }

    /// The least value so far: of those recorded, and now.
    pub fn least(&self, name: K) -> f64 {
        self.recorded.values(name).iter().copied().fold(f64::INFINITY, f64::min).min(self.now(name))
    }

    /// The largest value of a curve from a step on; 0 where there is none yet.
    pub fn highest_from(&self, name: K, step: f64) -> f64 {
        let Series { x, y, .. } = self.line(name, "", Role::Neutral);
        let later = x.iter().zip(&y).filter(|(x, y)| **x >= step && y.is_finite());
        later.fold(0.0, |highest, (_, y)| highest.max(*y))
    }

    /// One curve as a solid line with this label at its end.
    pub fn line(&self, name: K, label: impl Into<String>, role: Role) -> Series {
        let mut line = self.recorded.line(name, label, role);
        if line.x.last() != Some(&self.step) {
            line.x.push(self.step);
            line.y.push(self.now(name));
        }
        line
    }

    /// The axis of steps, to the planned end, or beyond it where the run has gone on.
    pub fn steps(&self, planned: usize) -> Axis {
        Axis::linear("step", 0.0, self.step.max(planned as f64))
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
        let mut curves = LearningCurves::new(100);
        for step in 0..=1000 {
            if curves.due(step) {
                curves.record(step, [("same", step as f64), ("less", -(step as f64))]);
            }
        }
        let until = curves.until(1000, [("same", 1000.0), ("less", -1000.0)]);
        let series = until.line("same", "train", Role::Train);
        assert!(series.x.len() <= MOST_POINTS + 1);
        assert!(series.x.windows(2).all(|pair| pair[1] - pair[0] == 4.0));
        assert_eq!(series.x, series.y);
        assert_eq!((series.x[0], *series.x.last().unwrap()), (0.0, 1000.0));
        assert_eq!((until.least("same"), until.least("less")), (0.0, -1000.0));
    }

    #[test]
    fn the_value_now_is_the_last_point_and_may_be_the_least() {
        let mut curves = LearningCurves::new(1000);
        curves.record(0, [("error", 0.5)]);
        let until = curves.until(7, [("error", 0.25)]);
        let Series { x, y, .. } = until.line("error", "", Role::Test);
        assert_eq!((x, y, until.least("error")), (vec![0.0, 7.0], vec![0.5, 0.25], 0.25));
        assert_eq!((until.steps(5).max, until.steps(9).max), (7.0, 9.0));
    }

    #[test]
    fn ever_further_apart_every_decade_gets_about_as_many_points() {
        let mut curves = LearningCurves::ever_further_apart();
        for step in 1..=10_000 {
            if curves.due(step) {
                curves.record(step, [("distance", 0.0)]);
            }
        }
        let within =
            |low: f64| curves.steps.iter().filter(|&&s| s >= low && s < 10.0 * low).count();
        let counts = [1.0, 10.0, 100.0, 1000.0].map(within);
        assert_eq!(counts[0], 9);
        assert!(counts[1..].iter().all(|count| (23..=30).contains(count)), "{counts:?}");
    }

    #[test]
    #[should_panic(expected = "the same names")]
    fn a_name_that_was_not_there_at_first_is_a_mistake() {
        let mut curves = LearningCurves::new(10);
        curves.record(0, [("error", 0.5)]);
        curves.record(1, [("loss", 0.5)]);
    }
}
