//! A lab: one experiment with parameters, steps, metrics and figures; and a run of one.

pub mod course;
mod entry;
pub mod learning_curves;
mod main_spec;
pub mod memo;
mod run;
pub mod weights;

pub use entry::{
    Metric, MetricSpec, Picture, View, figure_specs, metric_specs, number, points, share,
};
pub use main_spec::{Answer, Ask, Beside, CurveSpec, Guess, LevelSpec, MainSpec, Trend, shapes};
pub use run::{Effect, Progress, Run};

use crate::error::Result;
use crate::figure::{FigureSpec, Handle};
use crate::param::{ParamSpec, Settings};
use serde::Serialize;
use std::panic::RefUnwindSafe;
use weights::Weights;

/// The one definition of a lab: its entry in the catalogue.
#[derive(Clone, Copy, Serialize)]
pub struct LabSpec {
    /// Its name in links and code.
    pub id: &'static str,
    /// Its name in words.
    pub title: &'static str,
    /// The heading of the lecture's slides it belongs to, word for word; empty for free play.
    pub slide: &'static str,
    /// The claim it lets a reader test, in one sentence.
    pub claim: &'static str,
    /// Its parameters, in the order of the page.
    pub parameters: &'static [ParamSpec],
    /// What it measures.
    pub metrics: &'static [MetricSpec],
    /// What it shows.
    pub figures: &'static [FigureSpec],
    /// Its map; none where its answer is no number against a slider.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub main: Option<MainSpec>,
    /// Builds it at its first step.
    #[serde(skip)]
    pub build: fn(&Settings) -> Result<Box<dyn AnyLab>>,
}

/// What the author of a lab writes. A lab owns its networks, its data and its random streams, and
/// shares nothing: so it can still be asked and reset after a panic was caught.
pub trait Lab: RefUnwindSafe + Sized + 'static {
    /// What it measures, each number with its formula.
    const METRICS: &'static [Metric<Self>];

    /// What it shows, each figure with what draws it.
    const VIEWS: &'static [View<Self>];

    /// The lab at its first step.
    ///
    /// # Errors
    /// What it refuses of the settings together; each alone is within its range.
    fn new(settings: &Settings) -> Result<Self>;

    /// Takes one optimisation step.
    ///
    /// # Errors
    /// [`Error::Diverged`](crate::error::Error::Diverged) where a loss or a parameter stops being finite.
    fn step(&mut self) -> Result<()>;

    /// Takes over live parameters; the next step uses them.
    fn set(&mut self, settings: &Settings);

    /// Takes over from the lab before it, of other settings, whatever is the same of both: a stage that
    /// the change does not touch need not be trained again. What it shows is not changed by that, to the
    /// last bit. Nothing else is done with the lab before.
    fn take_up(&mut self, _before: &mut Self) {}

    /// Outputs for rows of inputs, without touching any state.
    ///
    /// # Errors
    /// Where `x` is no whole number of rows or not finite.
    fn predict(&self, x: &[f64]) -> Result<Vec<f64>>;

    /// The weights of what it trains, as they are now; none where it trains nothing.
    fn weights(&self) -> Vec<Weights> {
        Vec::new()
    }
}

/// Builds a lab for a run.
///
/// # Errors
/// As [`Lab::new`].
pub fn build<L: Lab>(settings: &Settings) -> Result<Box<dyn AnyLab>> {
    Ok(Box::new(L::new(settings)?))
}

/// Any lab, as a [`Run`] holds it.
pub trait AnyLab: RefUnwindSafe {
    /// As [`Lab::step`].
    ///
    /// # Errors
    /// Likewise.
    fn step(&mut self) -> Result<()>;

    /// As [`Lab::set`].
    fn set(&mut self, settings: &Settings);

    /// A lab of other settings at its first step, which has taken up what it could of this one. This one
    /// is of no use then; where the settings are refused it is as it was.
    ///
    /// # Errors
    /// As [`Lab::new`].
    fn begin_anew(&mut self, settings: &Settings) -> Result<Box<dyn AnyLab>>;

    /// As [`Lab::predict`].
    ///
    /// # Errors
    /// Likewise.
    fn predict(&self, x: &[f64]) -> Result<Vec<f64>>;

    /// As [`Lab::weights`].
    fn weights(&self) -> Vec<Weights>;

    /// Every metric's key with its value now.
    fn metrics(&self) -> Vec<(&'static str, f64)>;

    /// What the figure with this key shows now, and what a hand can do in it; nothing where the lab has
    /// none.
    fn picture(&self, key: &str) -> Option<(Picture, Vec<Handle>)>;
}

impl<L: Lab> AnyLab for L {
    fn step(&mut self) -> Result<()> {
        Lab::step(self)
    }

    fn set(&mut self, settings: &Settings) {
        Lab::set(self, settings);
    }

    fn begin_anew(&mut self, settings: &Settings) -> Result<Box<dyn AnyLab>> {
        let mut lab = L::new(settings)?;
        lab.take_up(self);
        Ok(Box::new(lab))
    }

    fn predict(&self, x: &[f64]) -> Result<Vec<f64>> {
        Lab::predict(self, x)
    }

    fn weights(&self) -> Vec<Weights> {
        Lab::weights(self)
    }

    fn metrics(&self) -> Vec<(&'static str, f64)> {
        L::METRICS.iter().map(|metric| (metric.spec.key, (metric.of)(self))).collect()
    }

    fn picture(&self, key: &str) -> Option<(Picture, Vec<Handle>)> {
        let view = L::VIEWS.iter().find(|view| view.spec.key == key)?;
        Some(((view.of)(self), (view.handles)(self)))
    }
}
