//! A run of a lab: its settings, how far it has come, and what a change of settings does to it.

use super::weights::Weights;
use super::{AnyLab, LabSpec, Picture};
use crate::error::{Error, Result};
use crate::figure::{Figure, FigureSpec};
use crate::param::{ParamSpec, Settings};
use crate::value::{Value, one_of};
use serde::Serialize;

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
    /// As [`Lab::predict`](super::Lab::predict).
    pub fn predict(&self, x: &[f64]) -> Result<Vec<f64>> {
        self.lab.predict(x)
    }

    /// The weights of what the lab trains, as they are now.
    pub fn weights(&self) -> Vec<Weights> {
        self.lab.weights()
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
        let (Some(FigureSpec { key, title, .. }), Some((picture, handles))) =
            (spec, self.lab.picture(key))
        else {
            let (given, keys) = (Value::Text(key.to_string()), self.spec.figures.iter());
            let known = one_of(keys.map(|figure| figure.key));
            return Err(Error::invalid(format!("figure = {given}: must be {known}")));
        };
        let Picture { note, description, body } = picture;
        let (key, title) = (key.to_string(), title.to_string());
        Ok(Figure { key, title, note, description, body, handles })
    }
}
