//! Data sets: real ones, and generated ones from a seed. Training labels can be made wrong; test
//! sets are always clean.
//!
//! A generated set is drawn row by row from a random stream, so that a longer set begins with the
//! shorter one. A stream of another member gives an independent set: one for each member of an
//! ensemble, and [`TEST_MEMBER`] for the test set they share.

mod canvas;
mod csv;
mod diabetes;
mod digits;
mod generated;
mod idx;
mod latch;
pub mod mnist;
mod motifs;
mod packed;
mod regression;
mod resized;
mod standard;
mod table;
mod teacher;

pub use canvas::{CANVAS_SIDE, PLACES, at_place, in_the_middle, on_canvas, on_canvas_within};
pub use csv::{
    Column, CsvDescription, CsvOptions, Decoded, Kind, LeftOut, MOST_BYTES, MOST_WORDS, Missing,
    Task, decoded, describe_csv, read_csv,
};
pub use diabetes::{DIABETES_COLUMNS, diabetes};
pub use digits::{DIGIT_CLASSES, DIGIT_SIDE, digits};
pub use generated::{circles, gaussians, sine, sine_of, spirals, xor};
pub use idx::{idx_examples, read_idx};
pub use latch::{last_nonzero, latch};
pub use motifs::{MOTIF_WIDTH, MOTIFS, MotifPlaces, SIGNAL_LENGTH, motifs};
pub use regression::{Linear, interaction, interaction_of, linear, sine_grid};
pub use resized::resized;
pub use standard::{Standard, standardize};
pub use table::{
    Divided, LARGEST, MOST_CLASSES, MOST_INPUTS, MOST_JUDGED, MOST_LEARNED, MOST_NUMBERS, Table,
};
pub use teacher::{TEACHER_FEATURES, TEACHER_INPUTS, TEACHER_OUTPUTS, Teacher};

use crate::nn::{Rng, Stream, below, normal, shuffle, stream};

/// The member of the stream of data from which a test set is drawn: no ensemble has so many.
pub const TEST_MEMBER: u32 = u32::MAX;

/// Examples, row major.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Examples {
    /// Inputs (rows x inputs).
    pub x: Vec<f64>,
    /// Targets: one class, a whole number, or one value a row.
    pub y: Vec<f64>,
}

impl Examples {
    /// Adds one example.
    pub fn push(&mut self, x: &[f64], y: f64) {
        self.x.extend_from_slice(x);
        self.y.push(y);
    }

    /// Numbers a row of input; 0 where there are no rows.
    pub fn inputs(&self) -> usize {
        self.x.len() / self.y.len().max(1)
    }

    /// The inputs of one row.
    pub fn row(&self, row: usize) -> &[f64] {
        let inputs = self.inputs();
        &self.x[row * inputs..(row + 1) * inputs]
    }

    /// The first examples, at most so many.
    pub fn first(&self, most: usize) -> Examples {
        let rows = self.y.len().min(most);
        Examples { x: self.x[..rows * self.inputs()].to_vec(), y: self.y[..rows].to_vec() }
    }

    /// The examples with these row numbers, in this order.
    pub fn pick(&self, rows: &[usize]) -> Examples {
        let mut picked = Examples::default();
        rows.iter().for_each(|&row| picked.push(self.row(row), self.y[row]));
        picked
    }
}

/// Examples that show something at a place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Placed {
    /// The examples.
    pub examples: Examples,
    /// For every example, the number of its first input that shows the thing.
    pub places: Vec<usize>,
}

/// A training set and a test set.
#[derive(Clone, Debug, PartialEq)]
pub struct Split {
    /// What networks learn from.
    pub train: Examples,
    /// What they are judged by.
    pub test: Examples,
}

/// A random split: the first `n_train` rows of a random order to learn from, the last `n_test` to be
/// judged by.
///
/// # Panics
/// Where there are fewer rows than `n_train` + `n_test`.
pub fn split(all: &Examples, n_train: usize, n_test: usize, seed: u32) -> Split {
    let mut rows: Vec<usize> = (0..all.y.len()).collect();
    assert!(n_train + n_test <= rows.len());
    shuffle(&mut stream(seed, Stream::Data, 0), &mut rows);
    let first_test = rows.len() - n_test;
    Split { train: all.pick(&rows[..n_train]), test: all.pick(&rows[first_test..]) }
}

/// A random split by class: of every class `per_class` rows to learn from, one class after the other
/// in turn, so that in the first n of them no class has two more than another; and all other rows to
/// be judged by. Among these the class that is the first to have given its rows comes first.
///
/// # Panics
/// Where a class has fewer rows than `per_class`.
pub fn balanced_split(all: &Examples, classes: usize, per_class: usize, seed: u32) -> Split {
    let mut rows: Vec<usize> = (0..all.y.len()).collect();
    shuffle(&mut stream(seed, Stream::Data, 0), &mut rows);
    let mut of_class = vec![Vec::new(); classes];
    let mut test = Vec::new();
    for row in rows {
        let known: &mut Vec<usize> = &mut of_class[all.y[row] as usize];
        if known.len() < per_class { known.push(row) } else { test.push(row) }
    }
    let train: Vec<usize> =
        (0..per_class * classes).map(|i| of_class[i % classes][i / classes]).collect();
    Split { train: all.pick(&train), test: all.pick(&test) }
}

/// So many examples, evenly from the first to the last: a split by class has the examples of its
/// rarest class at the end. All of them where there are no more.
pub fn evenly(all: &Examples, count: usize) -> Examples {
    let (rows, count) = (all.y.len(), count.min(all.y.len()));
    all.pick(&(0..count).map(|i| i * rows / count).collect::<Vec<usize>>())
}

/// An example that was given a wrong class.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mislabelled {
    /// Its row.
    pub row: usize,
    /// The class it is of.
    pub truth: usize,
}

/// Gives a share of the examples, rounded to whole ones, a wrong class drawn evenly; tells which, by
/// rising rows.
pub fn mislabel(
    examples: &mut Examples,
    share: f64,
    classes: usize,
    seed: u32,
) -> Vec<Mislabelled> {
    let mut rng = stream(seed, Stream::LabelNoise, 0);
    let mut rows: Vec<usize> = (0..examples.y.len()).collect();
    shuffle(&mut rng, &mut rows);
    rows.truncate((share * rows.len() as f64).round() as usize);
    let mut wrong = Vec::new();
    for row in rows {
        let other = 1 + below(&mut rng, classes - 1);
        let truth = examples.y[row] as usize;
        examples.y[row] = ((truth + other) % classes) as f64;
        wrong.push(Mislabelled { row, truth });
    }
    wrong.sort_by_key(|one| one.row);
    wrong
}

/// Adds Gaussian noise of standard deviation `sd` to the targets.
pub fn blur(examples: &mut Examples, sd: f64, seed: u32) {
    let mut rng: Rng = stream(seed, Stream::LabelNoise, 0);
    examples.y.iter_mut().for_each(|y| *y += sd * normal(&mut rng));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(rows: usize) -> Examples {
        Examples { x: (0..rows).map(|x| x as f64).collect(), y: vec![0.0; rows] }
    }

    #[test]
    fn the_first_examples_are_no_more_than_there_are() {
        let two = Examples { x: vec![1.0, 2.0, 3.0, 4.0], y: vec![5.0, 6.0] };
        assert_eq!(two.first(1), Examples { x: vec![1.0, 2.0], y: vec![5.0] });
        assert_eq!(two.first(3), two);
    }

    #[test]
    fn a_split_shares_no_example() {
        let split = split(&numbered(20), 12, 8, 3);
        let mut all = [split.train.x, split.test.x].concat();
        all.sort_by(f64::total_cmp);
        assert_eq!(all, numbered(20).x);
    }

    #[test]
    fn a_balanced_split_has_its_classes_in_turn_and_shares_no_example() {
        let y = (0..23).map(|row| f64::from(row % 3)).collect();
        let all = Examples { y, ..numbered(23) };
        let split = balanced_split(&all, 3, 5, 3);
        let in_turn: Vec<f64> = (0..15).map(|i| f64::from(i % 3)).collect();
        assert_eq!(split.train.y, in_turn);
        let mut rows = [split.train.x.clone(), split.test.x].concat();
        rows.sort_by(f64::total_cmp);
        assert_eq!(rows, all.x);
        assert_ne!(balanced_split(&all, 3, 5, 4).train.x, split.train.x);
    }

    #[test]
    fn exactly_the_share_is_mislabelled_and_always_wrongly() {
        let mut examples = numbered(200);
        let told = mislabel(&mut examples, 0.3, 10, 1);
        let wrong = (0..200).filter(|&row| examples.y[row] != 0.0);
        let wrong: Vec<_> = wrong.map(|row| Mislabelled { row, truth: 0 }).collect();
        assert_eq!((wrong.len(), &told), (60, &wrong));
        assert!(examples.y.iter().all(|&y| (0.0..10.0).contains(&y) && y.fract() == 0.0));
    }
}
