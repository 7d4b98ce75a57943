//! What stands on a map: the finished runs, read and checked.

use crate::error::{Error, Result};
use crate::lab::{Beside, LabSpec, MainSpec, MetricSpec};
use crate::labs::find;
use crate::param::{ParamSpec, Setting, Settings};
use crate::value::{Value, one_of};
use serde::Deserialize;

/// A map as it is asked for: the finished runs that belong on it, and what of it is shown.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MapState {
    /// The lab's id.
    pub lab: String,
    /// The finished runs on this map: alike in all but the main parameter, the seed, the parameter that
    /// makes the curves, and what only chooses what is shown.
    pub runs: Vec<MapRun>,
    /// The finished run that is shown.
    pub now: Option<MapRun>,
    /// Where the main parameter stands under the hand.
    pub at: f64,
    /// The number of the guess that was made.
    pub guess: Option<usize>,
    /// Whether more than the run that is shown may be seen: the guess has been made, or waved away.
    pub open: bool,
}

/// A finished run.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MapRun {
    /// Its settings by their keys.
    pub params: Value,
    /// What it measured at its end, numbers by the keys of the metrics; nothing where one did not apply.
    pub metrics: Value,
    /// Whether it was run to fill the map in, and not by hand.
    pub filled: bool,
}

/// A run that was read.
pub(super) struct Finished {
    /// The value of the main parameter.
    pub x: f64,
    /// Its seed.
    pub seed: u32,
    /// The value of the parameter that makes the curves, or chooses among them.
    pub by: Option<&'static str>,
    /// As in [`MapRun`].
    pub filled: bool,
    /// Whether it is of a network that was trained beside the run's own, with another value.
    pub beside: bool,
    metrics: Vec<(String, Value)>,
}

impl Finished {
    /// What it measured; nothing where that did not apply or is not finite.
    pub fn value(&self, metric: &str) -> Option<f64> {
        match self.metrics.iter().find(|(key, _)| key == metric) {
            Some((_, Value::Number(value))) if value.is_finite() => Some(*value),
            _ => None,
        }
    }
}

impl Finished {
    /// What was measured of the networks trained beside this run's own.
    fn besides(&self, main: &MainSpec) -> Vec<Finished> {
        let one = |beside: &Beside| {
            let measured = beside.metrics.iter().filter_map(|(key, there)| {
                Some(((*key).to_string(), Value::Number(self.value(there)?)))
            });
            let (by, metrics) = (self.by, measured.collect());
            Finished {
                x: beside.at,
                seed: self.seed,
                by,
                filled: self.filled,
                beside: true,
                metrics,
            }
        };
        main.beside.iter().map(one).collect()
    }
}

/// A map that was read: all that is drawn and judged.
pub(super) struct Map {
    pub lab: &'static LabSpec,
    pub main: &'static MainSpec,
    pub runs: Vec<Finished>,
    pub now: Option<Finished>,
    pub at: f64,
    pub guess: Option<usize>,
    pub open: bool,
}

impl Map {
    /// # Errors
    /// An unknown lab or one without a map, settings that the lab does not take, a guess that it does
    /// not offer, and a place that is no number.
    pub fn read(state: MapState) -> Result<Self> {
        let lab = find(&state.lab)?;
        let main = main_of(lab)?;
        let read = |run: MapRun, place: &str| {
            finished(lab, main, run).map_err(|error| error.within(place))
        };
        let numbered = |(i, run)| read(run, &format!("runs[{i}]."));
        let mut runs =
            state.runs.into_iter().enumerate().map(numbered).collect::<Result<Vec<_>>>()?;
        runs.extend(runs.iter().flat_map(|run| run.besides(main)).collect::<Vec<_>>());
        let now = state.now.map(|run| read(run, "now.")).transpose()?;
        if !state.at.is_finite() {
            return Err(Error::invalid(format!("at = {}: must be a finite number", state.at)));
        }
        let count = main.guesses.len();
        if let Some(guess) = state.guess.filter(|&guess| guess >= count) {
            let most = count - 1;
            return Err(Error::invalid(format!(
                "guess = {guess}: must be a whole number from 0 to {most}, or nothing"
            )));
        }
        Ok(Map { lab, main, runs, now, at: state.at, guess: state.guess, open: state.open })
    }

    /// The main parameter.
    pub fn parameter(&self) -> &'static ParamSpec {
        parameter(self.lab, self.main.parameter)
    }

    /// A metric of the lab.
    pub fn metric(&self, key: &str) -> &'static MetricSpec {
        let metric = self.lab.metrics.iter().find(|metric| metric.key == key);
        metric.expect("a map names metrics of its lab")
    }

    /// What a metric of the map is called on it.
    pub fn name(&self, key: &str) -> &'static str {
        let curve = self.main.curves.iter().find(|curve| curve.metric == key);
        let level = || self.main.levels.iter().find(|level| level.metric == key);
        let named = curve.map(|curve| curve.name).or_else(|| level().map(|level| level.name));
        named.unwrap_or(self.metric(key).label)
    }

    /// The value that is looked at now of the parameter that makes the curves, or chooses among them.
    pub fn by(&self) -> Option<&'static str> {
        let last = self.now.as_ref().or(self.runs.last()).and_then(|run| run.by);
        let usual = || match parameter(self.lab, self.main.by.or(self.main.looked_at)?).default {
            Setting::Choice(value) => Some(value),
            _ => None,
        };
        last.or_else(usual)
    }
}

/// The map of a lab.
///
/// # Errors
/// Where it has none.
pub(super) fn main_of(lab: &'static LabSpec) -> Result<&'static MainSpec> {
    lab.main.as_ref().ok_or_else(|| {
        let given = Value::Text(lab.id.to_string());
        let with = crate::labs::CATALOGUE.iter().filter(|lab| lab.main.is_some());
        let ids = one_of(with.map(|lab| lab.id));
        Error::invalid(format!("lab = {given}: must be one with a map, {ids}"))
    })
}

/// A parameter of a lab.
pub(super) fn parameter(lab: &'static LabSpec, key: &str) -> &'static ParamSpec {
    let parameter = lab.parameters.iter().find(|parameter| parameter.key == key);
    parameter.expect("a map names parameters of its lab")
}

fn finished(lab: &'static LabSpec, main: &'static MainSpec, run: MapRun) -> Result<Finished> {
    let MapRun { params, metrics, filled } = run;
    let params = Value::Record(params.fields("params")?);
    let settings =
        Settings::from_value(lab.parameters, params).map_err(|error| error.within("params."))?;
    let metrics = metrics.fields("metrics")?;
    let bad = |(_, value): &&(String, Value)| !matches!(value, Value::Number(_) | Value::Missing);
    if let Some((key, value)) = metrics.iter().find(bad) {
        return Err(Error::invalid(format!("metrics.{key} = {value}: must be a number")));
    }
    let by = main.by.or(main.looked_at).map(|key| settings.choice(key));
    let (x, seed) = (settings.real(main.parameter), settings.seed());
    Ok(Finished { x, seed, by, filled, beside: false, metrics })
}
