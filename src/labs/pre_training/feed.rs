//! Batches to learn from: examples as they are, or digits at fresh places.

use crate::data::{Examples, on_canvas};
use crate::error::Result;
use crate::lab::course::Trained;
use crate::nn::{Batches, Network, Rng, copy_of};
use std::sync::Arc;

/// Rows a batch.
const BATCH: usize = 32;

/// Inputs and targets, row major; unlike [`Examples`] with any number of targets a row.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Pairs {
    pub x: Vec<f64>,
    pub y: Vec<f64>,
    pub rows: usize,
}

impl Pairs {
    pub fn new(x: Vec<f64>, y: Vec<f64>, rows: usize) -> Self {
        Pairs { x, y, rows }
    }

    /// The first rows, so many at most.
    pub fn first(&self, most: usize) -> Self {
        self.pick(&(0..self.rows.min(most)).collect::<Vec<usize>>())
    }

    /// The rows with these numbers.
    fn pick(&self, numbers: &[usize]) -> Self {
        let of = |list: &[f64]| {
            let width = list.len() / self.rows;
            let mut rows = Vec::with_capacity(numbers.len() * width);
            numbers.iter().for_each(|&row| rows.extend_from_slice(&list[row * width..][..width]));
            rows
        };
        Pairs { x: of(&self.x), y: of(&self.y), rows: numbers.len() }
    }
}

/// A training set, batch by batch, in an order that follows from seed and member.
#[derive(PartialEq)]
pub(super) struct Feed {
    /// Copies of a feed share it.
    all: Arc<Pairs>,
    batches: Batches,
    /// Where fresh places come from: then the inputs are digits that are still to be placed.
    places: Option<Rng>,
    /// Whether what is seen is also what is asked for.
    reproduces: bool,
}

impl Feed {
    pub fn new(all: Pairs, seed: u32, member: u32) -> Self {
        let batches = Batches::new(all.rows, BATCH, false, seed, member);
        Feed { all: Arc::new(all), batches, places: None, reproduces: false }
    }

    /// The same, with every digit at a fresh place in every batch.
    pub fn placed_by(self, places: Rng) -> Self {
        Feed { places: Some(places), ..self }
    }

    /// The same, with the inputs as targets.
    pub fn reproducing(self) -> Self {
        Feed { reproduces: true, ..self }
    }

    /// The next batch.
    pub fn next_batch(&mut self) -> Pairs {
        let mut batch = self.all.pick(self.batches.next_rows());
        if let Some(places) = &mut self.places {
            let digits = Examples { x: batch.x, y: vec![0.0; batch.rows] };
            batch.x = on_canvas(places, &digits).examples.x;
        }
        if self.reproduces {
            batch.y.clone_from(&batch.x);
        }
        batch
    }
}

impl Clone for Feed {
    fn clone(&self) -> Self {
        let (all, batches) = (Arc::clone(&self.all), self.batches.clone());
        Feed { all, batches, places: self.places.as_ref().map(copy_of), ..*self }
    }
}

/// A network that learns from a feed, a step a batch.
#[derive(Clone)]
pub(super) struct Pupil {
    /// The network.
    pub network: Network<f32>,
    /// What it learns from.
    pub feed: Feed,
}

impl Trained for Pupil {
    fn step(&mut self) -> Result<()> {
        learn(&mut self.network, &self.feed.next_batch())
    }

    fn learns_like(&self, other: &Self) -> bool {
        self.feed == other.feed && self.network.learns_like(&other.network)
    }

    fn bytes(&self) -> usize {
        self.network.bytes() + self.feed.all.rows * size_of::<usize>()
    }
}

/// One update on one batch.
pub(super) fn learn(network: &mut Network<f32>, batch: &Pairs) -> Result<()> {
    network.load(&batch.x, &batch.y)?;
    network.step(1).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::{Stream, stream};

    fn digits() -> Pairs {
        let x = (0..40 * 64).map(|i| f64::from(i % 64 == 0) * (1 + i / 64) as f64).collect();
        Pairs::new(x, (0..40).map(f64::from).collect(), 40)
    }

    #[test]
    fn a_batch_keeps_inputs_and_targets_together_and_places_digits_anew() {
        let mut feed = Feed::new(digits(), 1, 0);
        let batch = feed.next_batch();
        assert_eq!((batch.rows, batch.x.len(), batch.y.len()), (32, 32 * 64, 32));
        for (x, y) in batch.x.chunks_exact(64).zip(&batch.y) {
            assert_eq!(x[0], y + 1.0);
        }
        let mut feed = Feed::new(digits(), 1, 0).placed_by(stream(1, Stream::Data, 5));
        let placed = feed.next_batch();
        assert_eq!((placed.x.len(), &placed.y), (32 * 144, &batch.y));
        let ink = |x: &[f64]| x.iter().position(|&x| x != 0.0).unwrap();
        let places: Vec<usize> = placed.x.chunks_exact(144).map(ink).collect();
        assert!(places.iter().any(|place| *place != places[0]));
    }

    #[test]
    fn what_is_to_be_reproduced_is_what_is_seen() {
        let mut feed =
            Feed::new(digits(), 1, 0).placed_by(stream(1, Stream::Data, 5)).reproducing();
        let batch = feed.next_batch();
        assert_eq!(batch.x, batch.y);
    }
}
