//! The order in which a member sees its training examples.

use super::{Rng, Stream, below, copy_of, shuffle, stream};

/// A member's own training set (as row numbers) and its place in the present epoch.
#[derive(Debug, PartialEq)]
pub struct Batches {
    rows: Vec<usize>,
    next: usize,
    size: usize,
    rng: Rng,
}

impl Clone for Batches {
    fn clone(&self) -> Self {
        Batches { rows: self.rows.clone(), rng: copy_of(&self.rng), ..*self }
    }
}

impl Batches {
    /// The batches of one member over `rows` examples; with `bootstrap`, over as many drawn from
    /// them with replacement. Batch size 0 is the whole set.
    pub fn new(rows: usize, size: usize, bootstrap: bool, seed: u32, member: u32) -> Self {
        let mut draw = stream(seed, Stream::Bootstrap, member);
        let pick = |row| if bootstrap { below(&mut draw, rows) } else { row };
        let size = if size == 0 { rows } else { size.min(rows) };
        let rng = stream(seed, Stream::Batches, member);
        Batches { rows: (0..rows).map(pick).collect(), next: rows, size, rng }
    }

    /// The rows of the next step. Every epoch has a new order, and its last batch may be smaller;
    /// where a batch is the whole set, the order is left alone.
    pub fn next_rows(&mut self) -> &[usize] {
        if self.next >= self.rows.len() {
            self.next = 0;
            if self.size < self.rows.len() {
                shuffle(&mut self.rng, &mut self.rows);
            }
        }
        let start = self.next;
        self.next = (start + self.size).min(self.rows.len());
        &self.rows[start..self.next]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_epoch_sees_every_example_once() {
        let mut batches = Batches::new(10, 4, false, 0, 0);
        for _ in 0..3 {
            let sizes_and_rows: Vec<Vec<usize>> =
                (0..3).map(|_| batches.next_rows().to_vec()).collect();
            assert_eq!(sizes_and_rows.iter().map(Vec::len).collect::<Vec<_>>(), [4, 4, 2]);
            let mut rows = sizes_and_rows.concat();
            assert_ne!(rows, (0..10).collect::<Vec<_>>());
            rows.sort_unstable();
            assert_eq!(rows, (0..10).collect::<Vec<_>>());
        }
    }

    #[test]
    fn the_whole_set_is_taken_in_order() {
        assert_eq!(Batches::new(3, 0, false, 0, 0).next_rows(), [0, 1, 2]);
        assert_eq!(Batches::new(3, 32, false, 0, 0).next_rows(), [0, 1, 2]);
    }

    #[test]
    fn a_bootstrap_leaves_out_about_a_third_and_differs_between_members() {
        let distinct = |member| {
            let mut rows = Batches::new(1000, 0, true, 0, member).next_rows().to_vec();
            rows.sort_unstable();
            rows.dedup();
            rows
        };
        // Expected share 1 - 1/e = 0.632, standard deviation 0.01.
        assert!((580..690).contains(&distinct(0).len()));
        assert_ne!(distinct(0), distinct(1));
    }
}
