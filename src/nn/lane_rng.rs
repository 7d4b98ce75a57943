//! A generator for masks and noise, which need a number a neuron at every step.

use super::elementary::{ln, sin_cos};
use super::rng::{Stream, stream};
use super::words::{LANES, Numbers, Words};
use rand::Rng as _;

/// xoshiro128++ in four lanes, each seeded from the stream's ChaCha8. The lanes go side by side in
/// one vector register; drawn by ChaCha8, masks would be a large part of a small network's step.
///
/// # Source
/// Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2021.
#[derive(Clone, Debug, PartialEq)]
pub struct LaneRng {
    /// Four words of state, each for all lanes.
    state: [Words; 4],
}

/// Normal numbers that are drawn at a time.
const DRAWN: usize = 2 * LANES;

impl LaneRng {
    /// The stream of `seed` for one purpose and one member of an ensemble.
    pub fn new(seed: u32, purpose: Stream, member: u32) -> Self {
        let mut rng = stream(seed, purpose, member);
        let mut state = [0; 4].map(|_: u32| [0; LANES].map(|_: u32| rng.next_u32()));
        // A lane whose state is all zeros would stay there.
        state[0].iter_mut().for_each(|word| *word |= 1);
        LaneRng { state: state.map(Words::new) }
    }

    /// The next number of every lane.
    #[inline(always)]
    pub fn draw(&mut self) -> [u32; LANES] {
        self.next().to_array()
    }

    #[inline(always)]
    fn next(&mut self) -> Words {
        let [s0, s1, s2, s3] = self.state;
        let numbers = s0.plus(s3).rotated(7).plus(s0);
        let (s2, s3) = (s2.xor(s0), s3.xor(s1));
        let third = s2.xor(s1.shifted(9));
        self.state = [s0.xor(s3), s1.xor(s2), third, s3.rotated(11)];
        numbers
    }

    /// Fills a list with numbers from the standard normal distribution.
    #[inline(never)]
    pub fn fill_with_normals(&mut self, list: &mut [f64]) {
        self.normals(list, |number, normal| *number = f64::from(normal));
    }

    /// Hands `change` every number of a list, each with a number of its own from the standard normal
    /// distribution, which has 24 random bits of size and 30 of direction.
    ///
    /// # Source
    /// Box and Muller, "A note on the generation of random normal deviates", 1958.
    #[inline(always)]
    pub(super) fn normals<T>(&mut self, list: &mut [T], change: impl Fn(&mut T, f32)) {
        // A copy stays in registers from draw to draw.
        let mut rng = self.clone();
        let (pairs, rest) = list.as_chunks_mut::<{ 2 * DRAWN }>();
        for pair in pairs {
            // Two side by side: neither logarithm waits for the other.
            let normals = [rng.draw_normals(), rng.draw_normals()];
            for i in 0..DRAWN {
                change(&mut pair[i], normals[0][i]);
                change(&mut pair[DRAWN + i], normals[1][i]);
            }
        }
        for part in rest.chunks_mut(DRAWN) {
            let normals = rng.draw_normals();
            for (number, normal) in part.iter_mut().zip(normals) {
                change(number, normal);
            }
        }
        *self = rng;
    }

    /// A pair in every lane, first one half of each, then the other.
    #[inline(always)]
    fn draw_normals(&mut self) -> [f32; DRAWN] {
        let (x, y) = normal_pairs(self.next(), self.next());
        let ([a, b, c, d], [e, f, g, h]) = (x.to_array(), y.to_array());
        [a, b, c, d, e, f, g, h]
    }
}

/// Pairs of independent normal numbers: a random distance from 0, in a random direction.
#[inline(always)]
fn normal_pairs(sizes: Words, directions: Words) -> (Numbers, Numbers) {
    const UNIT: f32 = 1.0 / 16_777_216.0;
    const ANGLE: f32 = std::f32::consts::FRAC_PI_2 / 1_073_741_824.0;
    // Above 0 and at most 1.
    let uniform = sizes.lowered(8).plus(Words::all(1)).to_numbers() * UNIT;
    let distance = (ln(uniform) * -2.0).sqrt();
    // A quarter of the circle, by two bits, and within it an angle between -45 and 45 degrees.
    let within = directions.and(Words::all(0x3fff_ffff)).minus(Words::all(0x2000_0000));
    let (sine, cosine) = sin_cos(within.to_numbers() * ANGLE);
    let sign = directions.and(Words::all(0x8000_0000));
    let distance = distance.bits().xor(sign).as_numbers();
    // Where the other of the two bits is set, sine and cosine change places.
    let all_or_none = directions.shifted(1).lowered_with_sign(31);
    let change = sine.bits().xor(cosine.bits()).and(all_or_none);
    let exchanged = |numbers: Numbers| numbers.bits().xor(change).as_numbers();
    (distance * exchanged(cosine), distance * exchanged(sine))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first numbers of the authors' own program from the state 1, 2, 3, 4.
    #[test]
    fn every_lane_is_xoshiro128_plus_plus() {
        let mut rng = LaneRng { state: [1, 2, 3, 4].map(|word| Words::new([word; LANES])) };
        for want in [641, 1_573_767, 3_222_811_527, 3_517_856_514, 836_907_274, 4_247_214_768] {
            assert_eq!(rng.draw(), [want; LANES]);
        }
        let seeded = LaneRng::new(0, Stream::Mask(0), 0);
        assert_ne!(seeded, LaneRng::new(0, Stream::Mask(1), 0));
        let lanes: Vec<[u32; 4]> =
            (0..LANES).map(|i| seeded.state.map(|w| w.to_array()[i])).collect();
        assert!((0..LANES).all(|i| !lanes[..i].contains(&lanes[i])), "lanes differ");
    }

    fn drawn(count: usize) -> Vec<f64> {
        let mut all = vec![0.0; count];
        LaneRng::new(1, Stream::Noise, 0).fill_with_normals(&mut all);
        all
    }

    /// Moments and tails within five standard errors, and neighbours without correlation.
    #[test]
    fn normals_are_normal() {
        let draws = drawn(1_000_003);
        let n = draws.len() as f64;
        let mean = |of: &dyn Fn(f64) -> f64| draws.iter().map(|&x| of(x)).sum::<f64>() / n;
        let root = n.sqrt();
        assert!(mean(&|x| x).abs() < 5.0 / root);
        assert!((mean(&|x| x * x) - 1.0).abs() < 5.0 * 2f64.sqrt() / root);
        assert!(mean(&|x| x * x * x).abs() < 5.0 * 15f64.sqrt() / root);
        assert!((mean(&|x| x * x * x * x) - 3.0).abs() < 5.0 * 96f64.sqrt() / root);
        for (bound, share) in [(1.0, 0.317_310_5), (2.0, 0.045_500_3), (3.0, 0.002_699_8)] {
            let beyond = mean(&|x| f64::from(u8::from(x.abs() > bound)));
            assert!((beyond - share).abs() < 5.0 * (share * (1.0 - share)).sqrt() / root);
        }
        for distance in [1, 4, 8, 64] {
            let pairs = draws.iter().zip(&draws[distance..]).map(|(a, b)| a * b);
            assert!((pairs.sum::<f64>() / n).abs() < 5.0 / root, "{distance} apart");
        }
    }

    /// A step that needs fewer numbers leaves the later ones of its block unused.
    #[test]
    fn how_many_are_drawn_does_not_change_the_first_ones() {
        for count in [1, 5, 8, 13, 16, 21, 24, 32] {
            assert_eq!(drawn(count), drawn(100)[..count]);
        }
        assert!(drawn(64).iter().all(|x| x.abs() < 5.8));
    }
}
