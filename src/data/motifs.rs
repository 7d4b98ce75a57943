//! Motifs: a short pattern somewhere in a noisy signal. What it is does not depend on where it is.

use super::Placed;
use crate::nn::{Rng, below, normal};

/// Numbers of a signal.
pub const SIGNAL_LENGTH: usize = 32;

/// Numbers of a motif.
pub const MOTIF_WIDTH: usize = 5;

/// The motifs; their numbers in this list are the classes.
pub const MOTIFS: [[f64; MOTIF_WIDTH]; 4] = [
    [1.0, 1.0, 1.0, 1.0, 1.0],
    [1.0, -1.0, 1.0, -1.0, 1.0],
    [-1.0, -1.0, 0.0, 1.0, 1.0],
    [1.0, 0.0, -1.0, 0.0, 1.0],
];

/// Where motifs may be; always as a whole.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum MotifPlaces {
    /// Anywhere in the signal.
    Anywhere,
    /// Within its first half.
    Left,
    /// Within its second half.
    Right,
}

impl MotifPlaces {
    /// The part of the signal that holds the whole motif: its first number, and how many.
    fn part(self) -> (usize, usize) {
        match self {
            MotifPlaces::Anywhere => (0, SIGNAL_LENGTH),
            MotifPlaces::Left => (0, SIGNAL_LENGTH / 2),
            MotifPlaces::Right => (SIGNAL_LENGTH / 2, SIGNAL_LENGTH / 2),
        }
    }
}

/// Signals with one motif each, the classes in turn, at a random place, in noise of standard deviation
/// `noise_sd` everywhere.
///
/// # Shapes
/// `x` (rows x 32), `y` (rows), classes 0 to 3; the place is that of the motif's first number.
pub fn motifs(rng: &mut Rng, rows: usize, places: MotifPlaces, noise_sd: f64) -> Placed {
    let (first, length) = places.part();
    let mut placed = Placed::default();
    for row in 0..rows {
        let class = row % MOTIFS.len();
        let place = first + below(rng, length - MOTIF_WIDTH + 1);
        let mut signal: Vec<f64> = (0..SIGNAL_LENGTH).map(|_| noise_sd * normal(rng)).collect();
        signal[place..].iter_mut().zip(MOTIFS[class]).for_each(|(x, motif)| *x += motif);
        placed.examples.push(&signal, class as f64);
        placed.places.push(place);
    }
    placed
}
