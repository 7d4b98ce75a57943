//! What both linear labs do at every step: SGD on inputs disturbed afresh, and least squares on ever
//! more disturbed copies, each compared with the exact answer.

use super::copies::Copies;
use super::disturb::Disturbance;
use super::relative_distance;
use super::sgd::Sgd;
use crate::data::Examples;
use crate::error::{Error, Result};
use crate::figure::{Role, Series};
use crate::lab::learning_curves::LearningCurves;
use crate::nn::Stream;
use crate::param::presets;
use crate::param::{ParamSpec, Settings};

/// The number of disturbed copies.
pub const COPIES: ParamSpec = ParamSpec::integer("copies", 64, 1, 1024, 1)
    .log()
    .symbol("K")
    .help("of the training set, all fitted at once");

/// The learning rate of SGD.
pub const LEARNING_RATE: ParamSpec = presets::learning_rate(0.02, 0.001, 0.05)
    .help("a smaller one leaves the last iterate calmer, and slower");

/// Both ways to learn from disturbed inputs. Fits are the weights and, after them, the intercept.
pub struct Fitting {
    /// SGD with fresh disturbances.
    pub sgd: Sgd,
    /// Disturbed copies.
    pub copies: Copies,
    /// Distances to the exact answer: the keys of the metrics `distance_average`, `distance_last`.
    learning: LearningCurves<&'static str>,
    /// Steps so far.
    pub steps: u64,
    /// The steps that were planned at the start.
    pub planned: u64,
    intercept: bool,
    /// The exact answer, in the columns' own units.
    exact: Vec<f64>,
    /// What each column was multiplied by.
    factors: Vec<f64>,
}

impl Fitting {
    /// Nothing learned yet; `purpose` is the stream the disturbances are drawn from.
    pub fn new(
        settings: &Settings,
        intercept: bool,
        purpose: Stream,
        exact: Vec<f64>,
        factors: Vec<f64>,
    ) -> Self {
        let seed = settings.seed();
        let planned = settings.whole("steps") as u64;
        Fitting {
            sgd: Sgd::new(factors.len(), intercept, purpose, seed, planned),
            copies: Copies::new(factors.len(), settings.whole("copies"), purpose, seed),
            learning: LearningCurves::ever_further_apart(),
            steps: 0,
            planned,
            intercept,
            exact,
            factors,
        }
    }

    /// One step of SGD, and the copies that are due by then.
    ///
    /// # Errors
    /// [`Error::Diverged`].
    pub fn step(
        &mut self,
        data: &Examples,
        disturbance: Disturbance,
        settings: &Settings,
    ) -> Result<()> {
        let (batch, rate) = (settings.whole("batch_size"), settings.real("learning_rate"));
        if !self.sgd.step(data, disturbance, batch, rate) {
            return Err(Error::Diverged { step: self.steps + 1 });
        }
        self.steps += 1;
        let progress = (self.steps, self.planned);
        self.copies.advance(progress, data, disturbance, self.intercept, &self.exact);
        if self.learning.due(self.steps) {
            self.learning.record(self.steps, self.distances());
        }
        Ok(())
    }

    fn distances(&self) -> [(&'static str, f64); 2] {
        let fits = [("distance_average", self.average()), ("distance_last", self.last())];
        fits.map(|(name, fit)| (name, self.distance(&fit)))
    }

    /// One of the distances against steps, up to where the run stands; on its logarithmic axis there is
    /// no step 0.
    pub fn line(&self, name: &'static str, label: &str, role: Role) -> Series {
        match self.steps {
            0 => self.learning.line(name, label, role),
            steps => self.learning.until(steps, self.distances()).line(name, label, role),
        }
    }

    /// A fit as weights of the columns before they were multiplied.
    pub fn in_units(&self, fit: &[f64]) -> Vec<f64> {
        fit.iter().zip(self.factors.iter().chain(&[1.0])).map(|(w, factor)| w * factor).collect()
    }

    /// The average of SGD's weights over the second half of the steps so far, in those units.
    pub fn average(&self) -> Vec<f64> {
        self.in_units(&self.sgd.average())
    }

    /// SGD's last iterate, in those units.
    pub fn last(&self) -> Vec<f64> {
        self.in_units(&self.sgd.parameters)
    }

    /// How far a fit in those units is from the exact answer, as a share of its length.
    pub fn distance(&self, fit: &[f64]) -> f64 {
        relative_distance(fit, &self.in_units(&self.exact))
    }
}
