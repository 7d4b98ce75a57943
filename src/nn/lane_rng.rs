//! A generator for masks and noise, which need a number a neuron at every step.

use super::elementary::{ln, sin_cos};
use super::lanes::LANES;
use super::rng::{Stream, stream};
use rand::Rng as _;
use std::ops::BitXor;

/// xoshiro128++ in four lanes, each seeded from the stream's ChaCha8. The lanes go side by side in
/// one vector register; drawn by ChaCha8, masks would be a large part of a small network's step.
///
/// # Source
/// Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2021.
#[derive(Clone, Debug, PartialEq)]
pub struct LaneRng {
    /// Four words of state, each for all lanes.
    state: [[u32; LANES]; 4],
}

/// Normal numbers drawn at a time.
const BLOCK: usize = 32;

impl LaneRng {
    /// The stream of `seed` for one purpose and one member of an ensemble.
    pub fn new(seed: u32, purpose: Stream, member: u32) -> Self {
        let mut rng = stream(seed, purpose, member);
        let mut state = [0; 4].map(|_: u32| [0; LANES].map(|_: u32| rng.next_u32()));
        // A lane whose state is all zeros would stay there.
        state[0].iter_mut().for_each(|word| *word |= 1);
        LaneRng { state }
    }

    /// The next number of every lane.
    #[inline(always)]
    pub fn draw(&mut self) -> [u32; LANES] {
        let [s0, s1, s2, s3] = self.state;
        let numbers =
            both(both(s0, s3, u32::wrapping_add), s0, |a, b| a.rotate_left(7).wrapping_add(b));
        let (s2, s3) = (both(s2, s0, BitXor::bitxor), both(s3, s1, BitXor::bitxor));
        self.state = [
            both(s0, s3, BitXor::bitxor),
            both(s1, s2, BitXor::bitxor),
            both(s2, s1, |a, b| a ^ (b << 9)),
            s3.map(|word| word.rotate_left(11)),
        ];
        numbers
    }

    /// Hands `take` as many numbers from the standard normal distribution as `count` says, in
    /// blocks; each has 24 random bits of size and 30 of direction.
    ///
    /// # Source
    /// Box and Muller, "A note on the generation of random normal deviates", 1958.
    pub fn normals(&mut self, count: usize, mut take: impl FnMut(usize, &[f32])) {
        let mut block = [0.0; 2 * BLOCK];
        for start in (0..count).step_by(2 * BLOCK) {
            let used = (count - start).min(2 * BLOCK);
            self.fill(&mut block, used.div_ceil(2 * LANES) * LANES);
            take(start, &block[..used]);
        }
    }

    /// Fills `pairs` pairs, a multiple of the lanes: first all of one half, then of the other, lane
    /// after lane.
    fn fill(&mut self, block: &mut [f32; 2 * BLOCK], pairs: usize) {
        for at in (0..2 * pairs).step_by(2 * LANES) {
            let (sizes, directions) = (self.draw(), self.draw());
            for lane in 0..LANES {
                let (a, b) = normal_pair(sizes[lane], directions[lane]);
                block[at + lane] = a;
                block[at + LANES + lane] = b;
            }
        }
    }
}

/// Two independent normal numbers: a random distance from 0, in a random direction.
#[inline(always)]
fn normal_pair(size: u32, direction: u32) -> (f32, f32) {
    const UNIT: f32 = 1.0 / 16_777_216.0;
    const ANGLE: f32 = std::f32::consts::FRAC_PI_2 / 1_073_741_824.0;
    // Above 0 and at most 1.
    let uniform = ((size >> 8) as i32 + 1) as f32 * UNIT;
    let distance = (-2.0 * ln(uniform)).sqrt();
    // A quarter of the circle, by two bits, and within it an angle between -45 and 45 degrees.
    let within = (direction & 0x3fff_ffff) as i32 - 0x2000_0000;
    let (sine, cosine) = sin_cos(within as f32 * ANGLE);
    let swapped = direction & 0x4000_0000 != 0;
    let (x, y) = if swapped { (sine, cosine) } else { (cosine, sine) };
    let sign = f32::from_bits(0x3f80_0000 | (direction & 0x8000_0000));
    (distance * sign * x, distance * sign * y)
}

/// A function of two words, lane by lane.
#[inline(always)]
fn both(a: [u32; LANES], b: [u32; LANES], of: impl Fn(u32, u32) -> u32) -> [u32; LANES] {
    std::array::from_fn(|lane| of(a[lane], b[lane]))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first numbers of the authors' own program from the state 1, 2, 3, 4.
    #[test]
    fn every_lane_is_xoshiro128_plus_plus() {
        let mut rng = LaneRng { state: [1, 2, 3, 4].map(|word| [word; LANES]) };
        for want in [641, 1_573_767, 3_222_811_527, 3_517_856_514, 836_907_274, 4_247_214_768] {
            assert_eq!(rng.draw(), [want; LANES]);
        }
        let seeded = LaneRng::new(0, Stream::Mask(0), 0);
        assert_ne!(seeded, LaneRng::new(0, Stream::Mask(1), 0));
        let lanes: Vec<[u32; 4]> = (0..LANES).map(|i| seeded.state.map(|w| w[i])).collect();
        assert!((0..LANES).all(|i| !lanes[..i].contains(&lanes[i])), "lanes differ");
    }

    fn drawn(count: usize) -> Vec<f64> {
        let mut all = Vec::new();
        LaneRng::new(1, Stream::Noise, 0).normals(count, |start, block| {
            assert_eq!(start, all.len());
            all.extend(block.iter().map(|&x| f64::from(x)));
        });
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
        assert_eq!(drawn(5), drawn(100)[..5]);
        assert!(drawn(64).iter().all(|x| x.abs() < 5.8));
    }
}
