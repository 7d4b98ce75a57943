//! Linear regression by SGD on inputs disturbed afresh at every step, and the average of its weights.

use super::disturb::Disturbance;
use crate::data::Examples;
use crate::nn::{LaneRng, Rng, Stream, shuffle, stream};

/// The member of the noise and mask streams SGD draws from; others are in [`super::copies`].
const MEMBER: u32 = 0;

/// A linear model in training. Its parameters are the weights and, after them, the intercept.
pub struct Sgd {
    /// The last iterate.
    pub parameters: Vec<f64>,
    intercept: bool,
    tail: Tail,
    order: Vec<usize>,
    place: usize,
    batches: Rng,
    chance: LaneRng,
    batch: Examples,
    disturbed: Vec<f64>,
    gradient: Vec<f64>,
}

impl Sgd {
    /// All weights at 0, with `planned` steps ahead.
    pub fn new(columns: usize, intercept: bool, purpose: Stream, seed: u32, planned: u64) -> Self {
        Sgd {
            parameters: vec![0.0; columns + 1],
            intercept,
            tail: Tail::new(columns + 1, planned),
            order: Vec::new(),
            place: 0,
            batches: stream(seed, Stream::Batches, 0),
            chance: LaneRng::new(seed, purpose, MEMBER),
            batch: Examples::default(),
            disturbed: Vec::new(),
            gradient: Vec::new(),
        }
    }

    /// The average of the weights over the second half of the steps so far.
    pub fn average(&self) -> Vec<f64> {
        self.tail.average()
    }

    /// One step along the gradient of the mean squared error of a batch. False where a weight would
    /// no longer be finite: then nothing has changed.
    #[must_use]
    pub fn step(
        &mut self,
        data: &Examples,
        disturbance: Disturbance,
        batch_size: usize,
        learning_rate: f64,
    ) -> bool {
        let columns = self.parameters.len() - 1;
        self.next_batch(data, batch_size);
        disturbance.apply(&mut self.chance, &self.batch.x, &mut self.disturbed);
        self.gradient.clear();
        self.gradient.resize(columns + 1, 0.0);
        let (w, b) = self.parameters.split_at(columns);
        for (x, y) in self.disturbed.chunks_exact(columns).zip(&self.batch.y) {
            let error = x.iter().zip(w).map(|(x, w)| x * w).sum::<f64>() + b[0] - y;
            self.gradient.iter_mut().zip(x).for_each(|(sum, x)| *sum += error * x);
            self.gradient[columns] += if self.intercept { error } else { 0.0 };
        }
        let rate = 2.0 * learning_rate / self.batch.y.len() as f64;
        let moved = |(p, g): (&f64, &f64)| p - rate * g;
        let next: Vec<f64> = self.parameters.iter().zip(&self.gradient).map(moved).collect();
        let finite = next.iter().all(|p| p.abs() < 1e100);
        if finite {
            self.parameters = next;
            self.tail.add(&self.parameters);
        }
        finite
    }

    /// The next rows of a random order; a new order where too few are left.
    fn next_batch(&mut self, data: &Examples, batch_size: usize) {
        let size = batch_size.min(data.y.len());
        if self.place + size > self.order.len() {
            self.order = (0..data.y.len()).collect();
            shuffle(&mut self.batches, &mut self.order);
            self.place = 0;
        }
        self.batch.x.clear();
        self.batch.y.clear();
        for &row in &self.order[self.place..self.place + size] {
            self.batch.push(data.row(row), data.y[row]);
        }
        self.place += size;
    }
}

/// A running average that forgets the first half. Sums are kept at the planned end over 1, 2, 4, …:
/// at the planned end the average is over exactly the second half, before it over at least a half
/// and at most three quarters.
struct Tail {
    sum: Vec<f64>,
    steps: u64,
    planned: u64,
    marks: Vec<(u64, Vec<f64>)>,
}

impl Tail {
    fn new(parameters: usize, planned: u64) -> Self {
        let sum = vec![0.0; parameters];
        Tail { marks: vec![(0, sum.clone())], sum, steps: 0, planned: planned.max(1) }
    }

    fn add(&mut self, parameters: &[f64]) {
        self.sum.iter_mut().zip(parameters).for_each(|(sum, p)| *sum += p);
        self.steps += 1;
        let (steps, planned) = (self.steps, self.planned);
        if (0..64).any(|halvings| planned >> halvings == steps) || steps.is_multiple_of(planned) {
            self.marks.push((steps, self.sum.clone()));
        }
    }

    fn average(&self) -> Vec<f64> {
        let first = self.marks.iter().rev().find(|(step, _)| *step <= self.steps / 2);
        let (step, before) = first.expect("the first mark is at step 0");
        let count = (self.steps - step).max(1) as f64;
        self.sum.iter().zip(before).map(|(sum, before)| (sum - before) / count).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_the_planned_end_the_average_is_over_the_second_half() {
        let mut tail = Tail::new(1, 21);
        for step in 1..=21 {
            tail.add(&[f64::from(step)]);
            let least = f64::from(step) / 2.0;
            assert!(tail.average()[0] >= least, "{:?} at step {step}", tail.average());
        }
        assert_eq!(tail.average(), [(11.0 + 21.0) / 2.0]);
        (22..=42).for_each(|step| tail.add(&[f64::from(step)]));
        assert_eq!(tail.average(), [(22.0 + 42.0) / 2.0]);
    }

    #[test]
    fn without_disturbance_it_comes_to_least_squares() {
        let data = Examples { x: vec![0.0, 1.0, 2.0], y: vec![1.0, 3.0, 5.0] };
        let mut sgd = Sgd::new(1, true, Stream::Noise, 1, 2000);
        let none = Disturbance::Noise { alpha: 0.0, dependent: false };
        (0..2000).for_each(|_| assert!(sgd.step(&data, none, 2, 0.05)));
        let close = |fit: &[f64]| (fit[0] - 2.0).abs() < 1e-9 && (fit[1] - 1.0).abs() < 1e-9;
        assert!(close(&sgd.parameters) && close(&sgd.average()));
    }

    #[test]
    fn a_step_that_would_diverge_changes_nothing() {
        let data = Examples { x: vec![1e80], y: vec![1e80] };
        let mut sgd = Sgd::new(1, false, Stream::Noise, 1, 10);
        let none = Disturbance::Noise { alpha: 0.0, dependent: false };
        assert!(!sgd.step(&data, none, 1, 0.05));
        assert_eq!(sgd.parameters, [0.0, 0.0]);
    }
}
