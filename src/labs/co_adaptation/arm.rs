//! One network of pathways in training, and its expectation; and the examples that every network of
//! a run is shown.

use crate::error::Result;
use crate::nn::{PathwayScaling, Pathways, Rng, Stream, normal, stream, uniform};
use crate::param::Settings;

/// x1 to x4.
pub const INPUTS: usize = 4;

/// The slide's W.
const SLIDE: [[f64; INPUTS]; 2] = [[2.0, -3.0, 1.0, -1.0], [2.0, -3.0, -1.0, 1.0]];

/// What is left of a row of the slide's W without columns 3 and 4.
const PLAIN: [f64; INPUTS] = [2.0, -3.0, 0.0, 0.0];

/// W at the start: the slide's rows in turn. Of an odd number of pathways the last one has 0 in
/// columns 3 and 4, so that in the average of all they cancel as on the slide.
pub fn start(n_pathways: usize) -> Vec<f64> {
    let odd_one = |j: usize| j + 1 == n_pathways && n_pathways % 2 == 1;
    let row = |j: usize| if odd_one(j) { PLAIN } else { SLIDE[j % 2] };
    (0..n_pathways).flat_map(row).collect()
}

/// The examples of one step. All arms see the same inputs, labels and masks.
pub struct Batch {
    /// (rows x inputs), from N(0, I).
    x: Vec<f64>,
    /// What is added to every label.
    noise: Vec<f64>,
    /// (rows x pathways).
    kept: Vec<bool>,
    /// The same, drawn again for rows in which no pathway is kept.
    some_kept: Vec<bool>,
    rows: usize,
    n_pathways: usize,
    inputs: Rng,
    labels: Rng,
    masks: Rng,
    again: Rng,
}

impl Batch {
    /// No examples yet.
    pub fn new(seed: u32, n_pathways: usize) -> Self {
        Batch {
            x: Vec::new(),
            noise: Vec::new(),
            kept: Vec::new(),
            some_kept: Vec::new(),
            rows: 0,
            n_pathways,
            inputs: stream(seed, Stream::Data, 0),
            labels: stream(seed, Stream::LabelNoise, 0),
            masks: stream(seed, Stream::Mask(0), 0),
            again: stream(seed, Stream::Mask(1), 0),
        }
    }

    /// Draws the examples of the next step.
    pub fn draw(&mut self, settings: &Settings) {
        let (rows, keep_prob) = (settings.whole("batch_size"), settings.real("keep_prob"));
        let sd = settings.real("label_noise");
        self.rows = rows;
        fill(&mut self.x, rows * INPUTS, || normal(&mut self.inputs));
        fill(&mut self.noise, rows, || sd * normal(&mut self.labels));
        fill(&mut self.kept, rows * self.n_pathways, || uniform(&mut self.masks) < keep_prob);
        self.some_kept.clone_from(&self.kept);
        for mask in self.some_kept.chunks_exact_mut(self.n_pathways) {
            while mask.iter().all(|kept| !kept) {
                mask.iter_mut().for_each(|kept| *kept = uniform(&mut self.again) < keep_prob);
            }
        }
    }

    /// The mask of an example; none where nothing is dropped.
    fn mask(&self, row: usize, scaling: PathwayScaling) -> Option<&[bool]> {
        let masks = match scaling {
            PathwayScaling::NoDropout => return None,
            PathwayScaling::Survivors => &self.some_kept,
            PathwayScaling::Inverted | PathwayScaling::AtTest => &self.kept,
        };
        masks.chunks_exact(self.n_pathways).nth(row)
    }

    /// Which pathways the last example of the last step had; all before the first step.
    pub fn last_mask(&self, scaling: PathwayScaling) -> Vec<bool> {
        let last = self.rows.checked_sub(1).and_then(|row| self.mask(row, scaling));
        last.map_or(vec![true; self.n_pathways], <[bool]>::to_vec)
    }
}

fn fill<T>(values: &mut Vec<T>, count: usize, mut draw: impl FnMut() -> T) {
    values.clear();
    values.extend((0..count).map(|_| draw()));
}

/// One network in training.
pub struct Arm {
    /// The closed form.
    pub pathways: Pathways,
    /// What makes up for the pathways that are out.
    pub scaling: PathwayScaling,
    keep_prob: f64,
    /// (k x inputs), a pathway a row.
    pub w: Vec<f64>,
    /// Its exact expectation.
    pub expected: Vec<f64>,
    /// Steps taken.
    pub steps: u64,
    /// A step would have led to numbers beyond all measure: no more are taken.
    pub diverged: bool,
    /// Where the weights go in a step: gradients, then the new weights.
    next: Vec<f64>,
}

impl Arm {
    /// An arm at the start.
    ///
    /// # Errors
    /// As [`Pathways::new`].
    pub fn new(scaling: PathwayScaling, n_pathways: usize, keep_prob: f64) -> Result<Self> {
        let w = start(n_pathways);
        Ok(Arm {
            pathways: Pathways::new(n_pathways, keep_prob, scaling)?,
            scaling,
            keep_prob,
            expected: w.clone(),
            steps: 0,
            diverged: false,
            next: vec![0.0; w.len()],
            w,
        })
    }

    /// Another keep probability from now on.
    ///
    /// # Errors
    /// As [`Pathways::new`].
    pub fn set_keep_prob(&mut self, keep_prob: f64) -> Result<()> {
        self.pathways = Pathways::new(self.n_pathways(), keep_prob, self.scaling)?;
        self.keep_prob = keep_prob;
        Ok(())
    }

    /// k.
    pub fn n_pathways(&self) -> usize {
        self.w.len() / INPUTS
    }

    /// One pathway's weights.
    pub fn row(&self, pathway: usize) -> &[f64] {
        &self.w[pathway * INPUTS..][..INPUTS]
    }

    /// One step of SGD on the squared error, and of its expectation.
    pub fn step(&mut self, batch: &Batch, beta: &[f64; INPUTS], learning_rate: f64) -> Result<()> {
        if self.diverged {
            return Ok(());
        }
        self.next.fill(0.0);
        (0..batch.rows).for_each(|row| self.add_gradient(batch, row, beta));
        let rate = learning_rate / batch.rows as f64;
        self.next.iter_mut().zip(&self.w).for_each(|(next, w)| *next = w - rate * *next);
        self.diverged = !self.next.iter().all(|w| w.abs() < 1e100);
        if self.diverged {
            return Ok(());
        }
        std::mem::swap(&mut self.w, &mut self.next);
        self.steps += 1;
        self.pathways.expected_step(&mut self.expected, beta, learning_rate)
    }

    /// Adds the gradient of one example's squared error. The weights of the kept pathways are summed
    /// before they are divided and compared with beta: where they cancel, the error is exactly 0.
    fn add_gradient(&mut self, batch: &Batch, row: usize, beta: &[f64; INPUTS]) {
        let (x, mask) = (&batch.x[row * INPUTS..][..INPUTS], batch.mask(row, self.scaling));
        let kept = |j: usize| mask.is_none_or(|mask| mask[j]);
        let (mut sum, mut survivors) = ([0.0; INPUTS], 0);
        for (_, w) in self.w.chunks_exact(INPUTS).enumerate().filter(|(j, _)| kept(*j)) {
            sum.iter_mut().zip(w).for_each(|(sum, w)| *sum += w);
            survivors += 1;
        }
        let divisor = self.pathways.divisor(survivors).expect("some are kept where some must be");
        let error = |i: usize| (sum[i] / divisor - beta[i]) * x[i];
        let error = (0..INPUTS).map(error).sum::<f64>() - batch.noise[row];
        let pull = 2.0 * error / divisor;
        for (_, g) in self.next.chunks_exact_mut(INPUTS).enumerate().filter(|(j, _)| kept(*j)) {
            g.iter_mut().zip(x).for_each(|(g, x)| *g += pull * x);
        }
    }

    /// What a single pathway's weights are multiplied by in prediction.
    pub fn test_scale(&self) -> f64 {
        if self.scaling == PathwayScaling::AtTest { self.keep_prob } else { 1.0 }
    }

    /// The weights of x1 to x4 in y_hat, in prediction: the average of the pathways.
    pub fn whole(&self) -> [f64; INPUTS] {
        let mut sum = [0.0; INPUTS];
        for w in self.w.chunks_exact(INPUTS) {
            sum.iter_mut().zip(w).for_each(|(sum, w)| *sum += w);
        }
        sum.map(|sum| self.test_scale() * sum / self.n_pathways() as f64)
    }

    /// The expected squared error of all pathways together, for x from N(0, I) and clean labels.
    pub fn full_error(&self, beta: &[f64; INPUTS]) -> f64 {
        squared_distance(&self.whole(), beta, 1.0)
    }

    /// The same of one pathway with all others removed.
    pub fn error_alone(&self, pathway: usize, beta: &[f64; INPUTS]) -> f64 {
        squared_distance(self.row(pathway), beta, self.test_scale())
    }

    /// The same of the pathway that does worst alone.
    pub fn worst_alone(&self, beta: &[f64; INPUTS]) -> f64 {
        let alone = (0..self.n_pathways()).map(|pathway| self.error_alone(pathway, beta));
        alone.fold(0.0, f64::max)
    }

    /// How far the difference of the first and any other pathway is from what it was at the start.
    pub fn difference_drift(&self) -> f64 {
        let start = start(self.n_pathways());
        let difference = |w: &[f64], i: usize| w[i % INPUTS] - w[i];
        let drift = |i| (difference(&self.w, i) - difference(&start, i)).abs();
        (0..self.w.len()).map(drift).fold(0.0, f64::max)
    }

    /// The largest weight in columns 3 and 4 of W, without its sign.
    pub fn largest_of_columns_3_4(&self) -> f64 {
        let columns = self.w.chunks_exact(INPUTS).flat_map(|row| &row[2..]);
        columns.fold(0.0, |largest, w| largest.max(w.abs()))
    }

    /// The largest difference of any pathway's weight, as used in prediction, from `factor` times
    /// beta; not a number where the factor is none.
    pub fn distance(&self, factor: f64, beta: &[f64; INPUTS]) -> f64 {
        let scale = self.test_scale();
        let away = |(i, w): (usize, &f64)| (scale * w - factor * beta[i % INPUTS]).abs();
        let largest = |largest: f64, away: f64| if away > largest { away } else { largest };
        if factor.is_nan() {
            factor
        } else {
            self.w.iter().enumerate().map(away).fold(0.0, largest)
        }
    }

    /// The pathways' mean weights along beta, in prediction: 1 where they are beta.
    pub fn factor(&self, beta: &[f64; INPUTS]) -> f64 {
        let along: f64 = self.whole().iter().zip(beta).map(|(w, beta)| w * beta).sum();
        along / beta.iter().map(|beta| beta * beta).sum::<f64>()
    }

    /// The same at the fixed point of the expected course, for any beta; not a number where there is
    /// none.
    pub fn exact_factor(&self) -> f64 {
        self.pathways.fixed_point(&[1.0]).map_or(f64::NAN, |end| self.test_scale() * end[0])
    }

    /// Steps in which what pathways differ by halves on average; not a number where it never does.
    pub fn half_life(&self, learning_rate: f64) -> f64 {
        let (c, k) = (self.pathways.second_moment(), self.n_pathways());
        let left = (1.0 - 2.0 * learning_rate * (c[0] - c[1 % k])).abs();
        let shrinks = self.pathways.fixed_point(&[1.0]).is_some() && left > 0.0 && left < 1.0;
        if shrinks { libm::log(0.5) / libm::log(left) } else { f64::NAN }
    }
}

/// The expected squared error of an answer with these weights, times `scale`, for x from N(0, I).
pub fn squared_distance(w: &[f64], beta: &[f64; INPUTS], scale: f64) -> f64 {
    w.iter().zip(beta).map(|(w, beta)| (scale * w - beta) * (scale * w - beta)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BETA: [f64; INPUTS] = [2.0, -3.0, 0.0, 0.0];

    #[test]
    fn at_the_start_columns_3_and_4_cancel() {
        for k in 2..=9 {
            let arm = Arm::new(PathwayScaling::NoDropout, k, 0.5).unwrap();
            assert_eq!((arm.whole(), arm.full_error(&BETA)), (BETA, 0.0), "{k}");
            assert_eq!(arm.worst_alone(&BETA), 2.0);
        }
        assert_eq!(start(2), SLIDE.concat());
        assert_eq!(start(3)[8..], PLAIN);
    }

    /// One example by hand: only h1 is kept, x = (1, 1, 1, 0), y = -1. Then h1 = 2 - 3 + 1 = 0.
    #[test]
    fn a_gradient_by_hand() {
        let mut batch = Batch::new(0, 2);
        (batch.x, batch.noise, batch.rows) = (vec![1.0, 1.0, 1.0, 0.0], vec![0.0], 1);
        (batch.kept, batch.some_kept) = (vec![true, false], vec![true, false]);
        let moved = |scaling, keep_prob| {
            let mut arm = Arm::new(scaling, 2, keep_prob).unwrap();
            arm.step(&batch, &BETA, 0.1).unwrap();
            arm.w
        };
        // Survivors: error 0 - (-1) = 1, gradient 2 x. Inverted at p = 1/2: the same.
        let want = [1.8, -3.2, 0.8, -1.0, 2.0, -3.0, -1.0, 1.0];
        let close = |a: &[f64]| a.iter().zip(want).all(|(a, b)| (a - b).abs() < 1e-15);
        assert!(close(&moved(PathwayScaling::Survivors, 0.5)));
        assert!(close(&moved(PathwayScaling::Inverted, 0.5)));
        // Nothing dropped: the error is exactly 0, and nothing moves.
        assert_eq!(moved(PathwayScaling::NoDropout, 0.5), start(2));
    }

    #[test]
    fn what_diverges_stays_at_its_last_finite_step() {
        let mut batch = Batch::new(0, 2);
        (batch.x, batch.noise, batch.rows) = (vec![1.0; 4], vec![1.0], 1);
        let mut arm = Arm::new(PathwayScaling::NoDropout, 2, 1.0).unwrap();
        (0..2).for_each(|_| arm.step(&batch, &BETA, f64::MAX).unwrap());
        assert!(arm.diverged && arm.w == start(2));
    }

    /// What the page says of dividing by p: the loss of the average, and (1-p)/(p k^2) w_j'w_j of each.
    #[test]
    fn scaling_by_one_over_p_is_an_l2_penalty_on_every_pathway() {
        let arm = Arm::new(PathwayScaling::Inverted, 5, 0.3).unwrap();
        let beta = [1.0, 2.0, 3.0, 4.0];
        let penalty = 0.7 / (0.3 * 25.0) * arm.w.iter().map(|w| w * w).sum::<f64>();
        let loss = arm.pathways.expected_loss(&arm.w, &beta).unwrap();
        assert!((loss - arm.full_error(&beta) - penalty).abs() < 1e-12);
    }
}
