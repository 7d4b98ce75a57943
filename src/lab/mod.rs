//! A lab: one experiment with parameters, steps, metrics and figures; and a run of one.

pub mod course;
mod entry;
pub mod learning_curves;
pub mod memo;

pub use entry::{
    Metric, MetricSpec, Picture, View, figure_specs, metric_specs, number, points, share,
};

use crate::error::{Error, Result};
use crate::figure::{Figure, FigureSpec};
use crate::param::{ParamSpec, Settings};
use crate::value::{Value, one_of};
use serde::Serialize;
use std::panic::RefUnwindSafe;

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
    /// [`Error::Diverged`] where a loss or a parameter stops being finite.
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

    /// Every metric's key with its value now.
    fn metrics(&self) -> Vec<(&'static str, f64)>;

    /// What the figure with this key shows now; nothing where the lab has none.
    fn picture(&self, key: &str) -> Option<Picture>;
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

    fn metrics(&self) -> Vec<(&'static str, f64)> {
        L::METRICS.iter().map(|metric| (metric.spec.key, (metric.of)(self))).collect()
    }

    fn picture(&self, key: &str) -> Option<Picture> {
        let view = L::VIEWS.iter().find(|view| view.spec.key == key)?;
        Some((view.of)(self))
    }
}

/// How far a run has come.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Progress {
    /// Whether the planned end is reached.
    pub done: bool,
    /// Steps taken.
    pub steps: u64,
    /// Steps planned.
    pub of: u64,
}

/// What a change of settings does to a run; of several changes the last in this order counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Something else of the run is shown; the run itself is not touched.
    View,
    /// The next step uses the new settings, and the run goes on.
    Live,
    /// The run stands at its first step, with the new settings.
    Restart,
}

/// One run: a lab, its settings and how far it has come. The same settings give the same run.
pub struct Run {
    spec: &'static LabSpec,
    settings: Settings,
    lab: Box<dyn AnyLab>,
    steps: u64,
    /// Whether the last step failed.
    failed: bool,
    /// Whether a setting was changed on the way.
    touched: bool,
}

impl Run {
    /// A run at its first step.
    ///
    /// # Errors
    /// Whatever the lab refuses of the settings.
    pub fn new(spec: &'static LabSpec, settings: Settings) -> Result<Self> {
        let lab = (spec.build)(&settings)?;
        Ok(Run { spec, settings, lab, steps: 0, failed: false, touched: false })
    }

    /// The lab's definition.
    pub fn spec(&self) -> &'static LabSpec {
        self.spec
    }

    /// The settings as they are now.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Whether a setting was changed on the way, so that no link holds this run.
    pub fn touched(&self) -> bool {
        self.touched
    }

    /// Takes `n` optimisation steps.
    ///
    /// # Errors
    /// [`Error::Diverged`]; the run stays at the last finite step.
    pub fn step(&mut self, n: u64) -> Result<()> {
        for _ in 0..n {
            self.failed = true; // until the step is complete: a panic, too, leaves it so
            self.lab.step()?;
            self.failed = false;
            self.steps += 1;
        }
        Ok(())
    }

    /// Goes on towards the planned end, until there or until `now()` has advanced by `budget_ms`.
    ///
    /// At least one step is taken, so that a run always comes to its end.
    ///
    /// # Errors
    /// [`Error::Diverged`].
    pub fn train(&mut self, budget_ms: f64, now: impl Fn() -> f64) -> Result<Progress> {
        let start = now();
        while !self.progress().done {
            self.step(1)?;
            if now() - start >= budget_ms {
                break;
            }
        }
        Ok(self.progress())
    }

    /// How far the run has come.
    pub fn progress(&self) -> Progress {
        let of = self.settings.whole("steps") as u64;
        Progress { done: self.steps >= of, steps: self.steps, of }
    }

    /// Changes settings as a person does who moves several controls: all of them or, where one is
    /// refused, none. This is the one place that decides what a change does to the run.
    ///
    /// What only chooses what is shown never touches the run. A live setting takes effect while the run
    /// is under way; before the first step, after the planned end and after a step that failed there is
    /// no run to go on with, and a new one begins. Only where more steps than were planned are asked for
    /// does a run that has ended go on.
    ///
    /// # Errors
    /// One sentence for every unknown or repeated key and every bad value, and whatever the lab
    /// refuses; nothing has changed then.
    pub fn change<K: AsRef<str>>(&mut self, changes: &[(K, Value)]) -> Result<Effect> {
        let pairs = || changes.iter().map(|(key, value)| (key.as_ref(), value));
        let settings = self.settings.with(pairs())?;
        let effect = match self.reach(pairs().map(|(key, _)| key)) {
            Effect::Live if !self.goes_on_with(&settings) => Effect::Restart,
            other => other,
        };
        self.take_over(settings, effect)?;
        Ok(effect)
    }

    /// Changes one parameter as a script does: as [`Run::change`], but a live one never starts the run
    /// anew, wherever the run stands.
    ///
    /// # Errors
    /// As [`Run::change`].
    pub fn set(&mut self, key: &str, value: &Value) -> Result<()> {
        let settings = self.settings.with([(key, value)])?;
        let effect = self.reach([key]);
        self.take_over(settings, effect)
    }

    /// What a link does that is opened where this run stands: where it asks for this very run, up to what
    /// of it is shown, the run stays; else the settings it holds begin a new one.
    ///
    /// # Errors
    /// Whatever the lab refuses of the settings; nothing has changed then.
    pub fn open(&mut self, settings: Settings) -> Result<Effect> {
        let pairs = settings.iter().zip(self.settings.iter());
        let differ = pairs.filter(|(new, old)| new != old).map(|((key, _), _)| key);
        let effect = match self.reach(differ) {
            Effect::View if !self.touched => Effect::View,
            _ => Effect::Restart,
        };
        self.take_over(settings, effect)?;
        Ok(effect)
    }

    /// The most that parameters do by their definitions.
    fn reach<'a>(&self, keys: impl IntoIterator<Item = &'a str>) -> Effect {
        let keys: Vec<&str> = keys.into_iter().collect();
        let specs = self.spec.parameters.iter().filter(|spec| keys.contains(&spec.key));
        let effect = |spec: &ParamSpec| match spec {
            ParamSpec { rebuilds: true, .. } => Effect::Restart,
            ParamSpec { view: true, .. } => Effect::View,
            _ => Effect::Live,
        };
        specs.map(effect).max().unwrap_or(Effect::View)
    }

    /// Whether a run is under way that new live settings can change.
    fn goes_on_with(&self, settings: &Settings) -> bool {
        let more = settings.whole("steps") as u64 > self.steps;
        !self.failed && self.steps > 0 && (more || !self.progress().done)
    }

    fn take_over(&mut self, settings: Settings, effect: Effect) -> Result<()> {
        if effect == Effect::Restart {
            return self.begin(settings);
        }
        if settings != self.settings {
            self.lab.set(&settings);
            self.settings = settings;
            self.touched |= effect == Effect::Live && self.steps > 0;
        }
        Ok(())
    }

    /// A new run, which keeps of this one what is the same in both.
    fn begin(&mut self, settings: Settings) -> Result<()> {
        if self.failed {
            // What a panic has left may be in pieces.
            *self = Run::new(self.spec, settings)?;
            return Ok(());
        }
        let lab = self.lab.begin_anew(&settings)?;
        *self = Run { lab, settings, steps: 0, touched: false, ..*self };
        Ok(())
    }

    /// The same settings from their beginning.
    ///
    /// # Errors
    /// Never, where the settings have built a lab before.
    pub fn reset(&mut self) -> Result<()> {
        self.begin(self.settings.clone())
    }

    /// Outputs for rows of inputs.
    ///
    /// # Errors
    /// As [`Lab::predict`].
    pub fn predict(&self, x: &[f64]) -> Result<Vec<f64>> {
        self.lab.predict(x)
    }

    /// Every metric with its value.
    pub fn metrics(&self) -> Vec<(&'static str, f64)> {
        self.lab.metrics()
    }

    /// A figure as it stands now.
    ///
    /// # Errors
    /// Where the lab has no such figure.
    pub fn figure(&self, key: &str) -> Result<Figure> {
        let spec = self.spec.figures.iter().find(|figure| figure.key == key);
        let (Some(FigureSpec { key, title, .. }), Some(picture)) = (spec, self.lab.picture(key))
        else {
            let (given, keys) = (Value::Text(key.to_string()), self.spec.figures.iter());
            let known = one_of(keys.map(|figure| figure.key));
            return Err(Error::invalid(format!("figure = {given}: must be {known}")));
        };
        let Picture { note, description, body } = picture;
        Ok(Figure { key: key.to_string(), title: title.to_string(), note, description, body })
    }
}
