//! The curves of a map: what was measured, and how it is named and coloured.

use super::super::means::{Point, means};
use super::state::{Finished, Map};
use crate::figure::{LineStyle, Role};
use crate::lab::CurveSpec;

/// One curve.
pub(super) struct Curve {
    /// The key of its metric.
    pub metric: &'static str,
    /// The value of the parameter that makes the curves for which alone runs are on it.
    by: Option<&'static str>,
    pub name: String,
    pub role: Role,
    pub run: LineStyle,
    /// Whether it is of what is looked at now.
    pub own: bool,
}

/// Every curve of the map, those of what is looked at now last.
pub(super) fn curves(map: &Map) -> Vec<Curve> {
    let now = map.by();
    let was_run =
        |value: &&str| Some(*value) == now || map.runs.iter().any(|run| run.by == Some(*value));
    let choices = map.main.by.map(|key| {
        let choices = super::state::parameter(map.lab, key).choices;
        choices.iter().map(|choice| (choice.value, choice.label))
    });
    let mut curves = Vec::new();
    for spec in map.main.curves {
        match &choices {
            None => {
                curves.push(curve(spec, None, spec.name, spec.of.is_none_or(|of| Some(of) == now)))
            }
            Some(choices) => {
                let run = choices.clone().filter(|(value, _)| was_run(value));
                curves.extend(
                    run.map(|(value, label)| curve(spec, Some(value), label, Some(value) == now)),
                );
            }
        }
    }
    curves.sort_by_key(|curve| curve.own);
    curves
}

fn curve(spec: &CurveSpec, by: Option<&'static str>, name: &str, own: bool) -> Curve {
    let role = if own { spec.role } else { Role::Member };
    Curve { metric: spec.metric, by, name: name.to_string(), role, run: spec.run, own }
}

impl Curve {
    /// What it is of, also where it stands alone.
    pub fn called(&self, map: &Map) -> String {
        match map.main.curves.len() > 1 || self.by.is_some() {
            true => format!("{}, {}", map.main.up, self.name),
            false => map.main.up.to_string(),
        }
    }

    /// Whether a run has a point on it.
    pub fn holds(&self, run: &Finished) -> bool {
        self.by.is_none_or(|by| run.by == Some(by))
    }

    /// What runs measured, as places and values.
    pub fn points<'a>(&self, runs: impl Iterator<Item = &'a Finished>) -> Vec<(f64, f64)> {
        let here = runs.filter(|run| self.holds(run));
        here.filter_map(|run| Some((run.x, run.value(self.metric)?))).collect()
    }

    /// The means of all runs at every place.
    pub fn means(&self, map: &Map) -> Vec<Point> {
        means(self.points(once(map.runs.iter().filter(|run| self.holds(run))).into_iter()))
    }
}

/// Runs without those that repeat another, as one that was made by hand and filled in as well: the same
/// settings give the same run.
fn once<'a>(runs: impl Iterator<Item = &'a Finished>) -> Vec<&'a Finished> {
    let mut once = Vec::<&Finished>::new();
    for run in runs {
        if !once.iter().any(|other| (other.x, other.seed) == (run.x, run.seed)) {
            once.push(run);
        }
    }
    once
}

/// What a metric is at every place, in the runs that are looked at now.
pub(super) fn means_of(map: &Map, metric: &'static str) -> Vec<Point> {
    let by = map.main.by.and(map.by());
    let (name, role, run) = (String::new(), Role::Neutral, LineStyle::Solid);
    Curve { metric, by, name, role, run, own: true }.means(map)
}
