//! A dartboard: n arrows a throw, whose errors have the v and c that are chosen, and their mean.
//!
//! On a board an error goes two ways. Each way has half of v and half of c, so that the squared distance
//! of an arrow from the bullseye is v on average, and that of the mean of n arrows what the formula says.

use super::drawn::{Measured, correlate};
use super::moments::Moments;
use crate::nn::{LaneRng, Stream};

/// Throws in all.
pub(super) const THROWS: u32 = 400;

/// A place on the board, the bullseye at the origin.
pub(super) type Spot = [f64; 2];

/// All throws of one run, each of n arrows.
pub(super) struct Darts {
    moments: Moments,
    /// Of every arrow the independent normal numbers its places are made of, two a throw: those of an
    /// arrow are the same whatever v, c and n are, so that arrows move with a slider and are not drawn
    /// anew.
    normals: Vec<Vec<f64>>,
}

impl Darts {
    /// The throws of a seed, with errors of these moments.
    pub fn new(moments: Moments, seed: u32) -> Self {
        let of = |arrow: u32| {
            let mut numbers = vec![0.0; 2 * THROWS as usize];
            let mut rng = LaneRng::new(seed, Stream::MonteCarlo(0), arrow);
            rng.fill_with_normals(&mut numbers);
            numbers
        };
        Darts { moments, normals: (0..moments.n as u32).map(of).collect() }
    }

    /// Where the arrows of a throw land, counted from 0.
    pub fn arrows(&self, throw: usize) -> Vec<Spot> {
        let Moments { v, c, n } = self.moments;
        let half = Moments { v: v / 2.0, c: c / 2.0, n };
        let [across, up] = [0, 1].map(|way| {
            let mut errors: Vec<f64> =
                self.normals.iter().map(|numbers| numbers[2 * throw + way]).collect();
            correlate(&mut errors, half);
            errors
        });
        across.into_iter().zip(up).map(|(x, y)| [x, y]).collect()
    }

    /// The means of the first so many throws.
    pub fn means(&self, throws: usize) -> Vec<Spot> {
        (0..throws).map(|throw| mean(&self.arrows(throw))).collect()
    }
}

/// The mean of some places.
pub(super) fn mean(spots: &[Spot]) -> Spot {
    [0, 1].map(|way| spots.iter().map(|spot| spot[way]).sum::<f64>() / spots.len() as f64)
}

/// The squared distance from the bullseye.
pub(super) fn squared_distance([x, y]: Spot) -> f64 {
    x * x + y * y
}

/// The mean squared distance from the bullseye.
pub(super) fn measured(spots: &[Spot]) -> Measured {
    let squares: Vec<f64> = spots.iter().map(|&spot| squared_distance(spot)).collect();
    let count = squares.len() as f64;
    let mean = squares.iter().sum::<f64>() / count;
    let variance = squares.iter().map(|at| (at - mean) * (at - mean)).sum::<f64>() / count;
    Measured { mean, standard_error: (variance / count).sqrt() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn darts(v: f64, c: f64, n: f64) -> Darts {
        Darts::new(Moments { v, c, n }, 0)
    }

    #[test]
    fn at_c_0_an_arrow_stays_where_it_is_whoever_is_thrown_with_it() {
        let [two, ten] = [2.0, 10.0].map(|n| darts(1.0, 0.0, n).arrows(7));
        for (a, b) in two.iter().zip(&ten) {
            assert!((0..2).all(|way| (a[way] - b[way]).abs() < 1e-12), "{a:?} {b:?}");
        }
    }

    #[test]
    fn at_c_v_all_arrows_of_a_throw_are_one() {
        let arrows = darts(1.0, 1.0, 5.0).arrows(3);
        let apart = |spot: &Spot| (spot[0] - arrows[0][0]).abs() + (spot[1] - arrows[0][1]).abs();
        assert!(arrows.iter().all(|spot| apart(spot) < 1e-12));
    }

    #[test]
    fn means_by_hand() {
        let spots = [[1.0, 0.0], [0.0, 2.0]];
        assert_eq!(mean(&spots), [0.5, 1.0]);
        let Measured { mean, standard_error } = measured(&spots);
        assert_eq!((mean, standard_error), (2.5, 1.5 / 2f64.sqrt()));
    }
}
