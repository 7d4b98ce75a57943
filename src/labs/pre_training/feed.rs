//! Batches to learn from: examples as they are, or digits at fresh places.

use crate::data::{Examples, on_canvas};
use crate::nn::{Batches, Rng};

/// Rows a batch.
const BATCH: usize = 32;

/// Inputs and targets, row major; unlike [`Examples`] with any number of targets a row.
#[derive(Clone, Debug, Default)]
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
            let rows = numbers.iter().map(|&row| &list[row * width..(row + 1) * width]);
            rows.flatten().copied().collect()
        };
        Pairs { x: of(&self.x), y: of(&self.y), rows: numbers.len() }
    }
}

/// A training set, batch by batch, in an order that follows from seed and member.
pub(super) struct Feed {
    all: Pairs,
    batches: Batches,
    /// Where fresh places come from: then the inputs are digits that are still to be placed.
    places: Option<Rng>,
    /// Whether what is seen is also what is asked for.
    reproduces: bool,
}

impl Feed {
    pub fn new(all: Pairs, seed: u32, member: u32) -> Self {
        let batches = Batches::new(all.rows, BATCH, false, seed, member);
        Feed { all, batches, places: None, reproduces: false }
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
