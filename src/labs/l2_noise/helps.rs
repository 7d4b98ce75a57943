//! Does it help? The test error of few examples against alpha, over several draws of the examples.

use super::disturb::Disturbance;
use crate::data::{Examples, Standard, diabetes, linear};
use crate::nn::{LaneRng, Moments, Stream, shuffle, stream};

/// Draws of the training and test set.
pub const DRAWS: usize = 20;

/// Noisy copies each of the noise-trained fits learns from.
pub const COPIES: usize = 200;

/// The alphas at which the curves are known.
pub const GRID: [f64; 8] = [0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0];

/// Members of the streams of noise from here on belong to the draws.
const FIRST_MEMBER: u32 = 2000;

/// Test rows of the generated set.
const N_TEST: usize = 1000;

/// The test errors at one alpha.
#[derive(Clone, Copy, Debug)]
pub struct Errors {
    /// Of ridge.
    pub ridge: f64,
    /// Of least squares on noisy copies.
    pub noise: f64,
}

/// What one draw has shown.
#[derive(Clone, Debug)]
pub struct Draw {
    /// The test error without regularization.
    pub plain: f64,
    /// At this run's alpha, then along the grid.
    errors: Vec<Errors>,
}

impl Draw {
    /// At this run's alpha.
    pub fn own(&self) -> Errors {
        self.errors[0]
    }

    /// Along the grid.
    pub fn on_grid(&self) -> &[Errors] {
        &self.errors[1..]
    }
}

/// The sets of a draw.
struct Sets {
    train: Examples,
    clean: Moments,
    test: Moments,
    /// What an error is divided by.
    unit: f64,
}

/// The draws, made bit by bit.
pub struct Helps {
    /// The draws so far; the last may be unfinished.
    pub draws: Vec<Draw>,
    sets: Option<Sets>,
    alpha: f64,
    dependent: bool,
    generated: bool,
    seed: u32,
}

impl Helps {
    /// Nothing drawn yet.
    pub fn new(dataset: &str, alpha: f64, dependent: bool, seed: u32) -> Self {
        let generated = dataset == "generated";
        Helps { draws: Vec::new(), sets: None, alpha, dependent, generated, seed }
    }

    /// The pieces of work there are: one fit by noise each.
    const PIECES: usize = DRAWS * (GRID.len() + 1);

    /// Goes on in step with the run: all is done at half of the planned steps.
    pub fn advance(&mut self, step: u64, planned: u64) {
        let due = (Self::PIECES as u64 * 2 * step).div_ceil(planned.max(1)) as usize;
        while self.pieces() < due.min(Self::PIECES) {
            self.piece();
        }
    }

    fn pieces(&self) -> usize {
        self.draws.iter().map(|draw| draw.errors.len()).sum()
    }

    /// The draws that are finished.
    pub fn finished(&self) -> &[Draw] {
        let whole = |draw: &Draw| draw.errors.len() == GRID.len() + 1;
        let unfinished = self.draws.last().is_some_and(|draw| !whole(draw));
        &self.draws[..self.draws.len() - usize::from(unfinished)]
    }

    fn piece(&mut self) {
        let place = self.draws.last().map_or(0, |draw| draw.errors.len() % (GRID.len() + 1));
        if place == 0 {
            let sets = self.sets_of(self.draws.len() as u32);
            let plain = sets.error(sets.clean.fit(0.0, false));
            self.draws.push(Draw { plain, errors: Vec::new() });
            self.sets = Some(sets);
        }
        let Some(sets) = &self.sets else { return };
        let alpha = if place == 0 { self.alpha } else { GRID[place - 1] };
        let member = FIRST_MEMBER + (self.draws.len() * (GRID.len() + 1) + place) as u32;
        let mut rng = LaneRng::new(self.seed, Stream::Noise, member);
        let disturbance = Disturbance::Noise { alpha, dependent: self.dependent };
        let (mut noisy, mut disturbed) = (Moments::new(sets.train.inputs()), Vec::new());
        for _ in 0..COPIES {
            disturbance.apply(&mut rng, &sets.train.x, &mut disturbed);
            noisy.add(&disturbed, &sets.train.y);
        }
        let (ridge, noise) = (sets.clean.fit(alpha, false), noisy.fit(0.0, false));
        if let Some(draw) = self.draws.last_mut() {
            draw.errors.push(Errors { ridge: sets.error(ridge), noise: sets.error(noise) });
        }
    }

    /// Generated: 25 rows of 20 uncorrelated inputs with noise of standard deviation 1. Diabetes: 20
    /// patients, in units of their own means and spreads, judged by all others.
    fn sets_of(&self, draw: u32) -> Sets {
        let mut rng = stream(self.seed, Stream::Data, 1 + draw);
        if self.generated {
            let all = linear(&mut rng, 25 + N_TEST, 20, 0.0, 1.0).examples;
            let rows: Vec<usize> = (0..all.y.len()).collect();
            return Sets::new(all.pick(&rows[..25]), &all.pick(&rows[25..]), 1.0);
        }
        let all = diabetes();
        let mut rows: Vec<usize> = (0..all.y.len()).collect();
        shuffle(&mut rng, &mut rows);
        let (mut train, mut test) = (all.pick(&rows[..20]), all.pick(&rows[20..]));
        let standard = Standard::of(&train);
        standard.apply(&mut train);
        standard.apply(&mut test);
        let spread = Standard::of(&test).y_sd;
        Sets::new(train, &test, spread * spread)
    }

    /// The mean over the finished draws of one of their numbers, and its standard error.
    pub fn mean_and_se(&self, of: impl Fn(&Draw) -> f64) -> (f64, f64) {
        let draws = self.finished();
        let n = draws.len() as f64;
        let mean = draws.iter().map(&of).sum::<f64>() / n;
        let squares: f64 = draws.iter().map(|draw| (of(draw) - mean) * (of(draw) - mean)).sum();
        (mean, (squares / (n - 1.0).max(1.0) / n).sqrt())
    }

    /// The mean test error with noise of this run's alpha.
    pub fn noise(&self) -> f64 {
        self.mean_and_se(|draw| draw.own().noise).0
    }

    /// The mean test error of ridge with this run's alpha.
    pub fn ridge(&self) -> f64 {
        self.mean_and_se(|draw| draw.own().ridge).0
    }

    /// The mean test error without either.
    pub fn plain(&self) -> f64 {
        self.mean_and_se(|draw| draw.plain).0
    }

    /// What a test error is measured in.
    pub fn unit(&self) -> &'static str {
        if self.generated { "mean squared test error" } else { "test error, share of the variance" }
    }
}

impl Sets {
    fn new(train: Examples, test: &Examples, unit: f64) -> Self {
        let moments = |set: &Examples| {
            let mut moments = Moments::new(set.inputs());
            moments.add(&set.x, &set.y);
            moments
        };
        Sets { clean: moments(&train), test: moments(test), train, unit }
    }

    fn error(&self, fit: Option<Vec<f64>>) -> f64 {
        fit.map_or(f64::NAN, |fit| self.test.loss(&fit) / self.unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The shape of the curve: too little noise helps little, too much harms.
    #[test]
    fn some_noise_helps_and_ridge_is_the_same() {
        for (dataset, best) in [("generated", 0.1), ("diabetes", 0.3)] {
            let mut helps = Helps::new(dataset, best, false, 2);
            helps.advance(1, 2);
            assert_eq!(helps.finished().len(), DRAWS);
            let (plain, ridge, noise) = (helps.plain(), helps.ridge(), helps.noise());
            assert!(ridge < 0.8 * plain, "{dataset}: {ridge} against {plain}");
            assert!((noise - ridge).abs() < 0.03 * ridge, "{dataset}: {noise} against {ridge}");
            let (most, _) = helps.mean_and_se(|draw| draw.on_grid()[GRID.len() - 1].ridge);
            assert!(most > ridge, "too much noise harms");
        }
    }
}
