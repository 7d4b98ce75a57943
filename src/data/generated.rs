//! Small generated sets on one or two inputs, made from a random stream.

use super::Examples;
use crate::nn::{Rng, normal, uniform};
use std::f64::consts::PI;

/// A disc (class 1) within a ring (class 0), within the square from -1 to 1.
pub fn circles(rng: &mut Rng, rows: usize) -> Examples {
    on_two_inputs(rows, |class| {
        let radius = if class == 1 { 0.5 * uniform(rng).sqrt() } else { 0.6 + 0.4 * uniform(rng) };
        polar(radius, 2.0 * PI * uniform(rng))
    })
}

/// Exclusive or: class 1 where exactly one of the two inputs is positive.
pub fn xor(rng: &mut Rng, rows: usize) -> Examples {
    on_two_inputs(rows, |class| {
        let x1 = 0.05 + 0.95 * uniform(rng);
        let x2 = 0.05 + 0.95 * uniform(rng);
        let side = if uniform(rng) < 0.5 { 1.0 } else { -1.0 };
        if class == 1 { [side * x1, -side * x2] } else { [side * x1, side * x2] }
    })
}

/// Two round Gaussians that overlap: centres (0.35, 0.35) and (-0.35, -0.35), standard deviation 0.3.
pub fn gaussians(rng: &mut Rng, rows: usize) -> Examples {
    on_two_inputs(rows, |class| {
        let centre = if class == 1 { 0.35 } else { -0.35 };
        [centre + 0.3 * normal(rng), centre + 0.3 * normal(rng)]
    })
}

/// Two spirals of one and three quarter turns, around each other.
pub fn spirals(rng: &mut Rng, rows: usize) -> Examples {
    on_two_inputs(rows, |class| {
        let along = 0.1 + 0.9 * uniform(rng);
        let turn = 3.5 * PI * along + if class == 1 { 0.0 } else { PI };
        let [x1, x2] = polar(along, turn);
        [x1 + 0.02 * normal(rng), x2 + 0.02 * normal(rng)]
    })
}

/// Points on y = sin 3x, x even in (-1.5, 1.5).
pub fn sine(rng: &mut Rng, rows: usize) -> Examples {
    let mut examples = Examples::default();
    for _ in 0..rows {
        let x = 3.0 * uniform(rng) - 1.5;
        examples.push(&[x], sine_of(x));
    }
    examples
}

/// The curve behind [`sine`].
pub fn sine_of(x: f64) -> f64 {
    libm::sin(3.0 * x)
}

fn polar(radius: f64, angle: f64) -> [f64; 2] {
    [radius * libm::cos(angle), radius * libm::sin(angle)]
}

/// Rows of the two classes in turn.
fn on_two_inputs(rows: usize, mut point: impl FnMut(usize) -> [f64; 2]) -> Examples {
    let mut examples = Examples::default();
    (0..rows).for_each(|row| examples.push(&point(row % 2), (row % 2) as f64));
    examples
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::{Stream, stream};

    #[test]
    fn the_classes_are_where_they_are_said_to_be() {
        let rng = || stream(1, Stream::Data, 0);
        let disc = circles(&mut rng(), 200);
        let cross = xor(&mut rng(), 200);
        for row in 0..200 {
            let [x1, x2] = disc.row(row) else { panic!("two inputs") };
            assert_eq!(x1.hypot(*x2) < 0.55, disc.y[row] == 1.0);
            let [x1, x2] = cross.row(row) else { panic!("two inputs") };
            assert_eq!(x1 * x2 < 0.0, cross.y[row] == 1.0);
        }
    }

    #[test]
    fn the_same_stream_gives_the_same_set() {
        for make in [circles, xor, gaussians, spirals, sine] {
            let set = |seed| make(&mut stream(seed, Stream::Data, 0), 50);
            assert_eq!(set(1), set(1));
            assert_ne!(set(1), set(2));
            assert_eq!(set(1).y.len(), 50);
        }
    }
}
