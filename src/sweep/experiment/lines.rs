//! The lines of an experiment: one for each metric of each curve, with what its runs measured at each place.

use super::asked::{Experiment, Wanted};
use super::names::{curve_name, is_numeric};
use crate::figure::{LineStyle, Role};
use crate::lab::MetricSpec;
use crate::numbers;
use crate::sweep::plan::Plan;
use crate::sweep::report::Ended;
use crate::sweep::varied::bare;
use crate::sweep::words::names;

/// One line.
pub(super) struct Line {
    /// What was measured.
    pub metric: &'static MetricSpec,
    pub name: String,
    pub role: Role,
    pub run: LineStyle,
    /// What stands beside it in the figure: less where its colour or its stroke says the rest.
    pub label: String,
    /// In the order of the plan, one for every value.
    pub places: Vec<LinePlace>,
}

/// What was measured at one value.
pub(super) struct LinePlace {
    /// The value as it was written.
    pub written: String,
    /// Where it stands on the axis.
    pub x: f64,
    /// The seed of each run with what it measured, a finite number.
    pub runs: Vec<(u32, f64)>,
}

/// All lines, curve by curve and metric by metric.
pub(super) fn lines(experiment: &Experiment, plan: &Plan, ended: &[Ended]) -> Vec<Line> {
    let known = |key: &String| plan.spec.metrics.iter().find(|metric| metric.key == key);
    let metrics: Vec<&'static MetricSpec> = plan.metrics.iter().filter_map(known).collect();
    let (_, given) = names(&metrics);
    let named = |(wanted, name): (&Wanted, String)| wanted.name.clone().unwrap_or(name);
    let given: Vec<String> = experiment.metrics.iter().zip(given).map(named).collect();
    let curves: Vec<Option<String>> = match &plan.curves {
        Some(curves) => curves.values.iter().cloned().map(Some).collect(),
        None => vec![None],
    };
    let (spots, alone) = (spots(plan), strokes_tell(curves.len(), metrics.len()));
    let mut lines = Vec::new();
    for (place, curve) in curves.iter().enumerate() {
        for (which, metric) in metrics.iter().enumerate() {
            let of_curve = curve.as_ref().map(|value| curve_name(plan, value));
            let name = match (&of_curve, metrics.len()) {
                (Some(curve), 1) => curve.clone(),
                (Some(curve), _) => format!("{}, {curve}", given[which]),
                (None, _) => given[which].clone(),
            };
            let (role, run) = look(experiment, (which, metrics.len()), (place, curves.len()));
            let place = |(written, x): &(String, f64)| {
                let runs = runs(ended, written, curve.as_deref(), metric.key);
                LinePlace { written: written.clone(), x: *x, runs }
            };
            let places = spots.iter().map(place).collect();
            let label = match &of_curve {
                Some(curve) if alone && which == 0 => curve.clone(),
                Some(_) if alone => String::new(),
                _ => name.clone(),
            };
            lines.push(Line { metric, name, label, role, run, places });
        }
    }
    lines
}

/// What was measured at one value of one curve, by seed.
fn runs(ended: &[Ended], x: &str, curve: Option<&str>, key: &str) -> Vec<(u32, f64)> {
    let here = ended.iter().filter(|cell| cell.x == x && cell.curve.as_deref() == curve);
    let measured = here.filter_map(|cell| Some((cell.seed, *cell.metrics.get(key)?)));
    let mut runs: Vec<_> = measured.filter(|(_, value)| value.is_finite()).collect();
    runs.sort_by_key(|(seed, _)| *seed); // means do not depend on which run ended first
    runs
}

/// Whether curves are told apart by their colours and two metrics by solid and dashed: too many names would run
/// into one another.
pub(super) fn strokes_tell(curves: usize, metrics: usize) -> bool {
    curves > 2 && metrics == 2
}

/// The colour and the line of a metric's curve.
fn look(
    experiment: &Experiment,
    (which, metrics): (usize, usize),
    (place, curves): (usize, usize),
) -> (Role, LineStyle) {
    let others = [Role::Test, Role::Average, Role::Neutral, Role::Member];
    let lap = |i: usize| {
        if (i / others.len()).is_multiple_of(2) { LineStyle::Solid } else { LineStyle::Dashed }
    };
    let stroke = if which == 0 { LineStyle::Solid } else { LineStyle::Dashed };
    if strokes_tell(curves, metrics) {
        return (others[place % others.len()], stroke);
    }
    let wanted = &experiment.metrics[which];
    let is_training = |metric: &Wanted| metric.key.split('_').any(|word| word == "train");
    let before = experiment.metrics[..which].iter().filter(|metric| !is_training(metric)).count();
    let (role, run) = match (curves, metrics) {
        // one metric: its curves are told apart by their colours
        (2.., 1) => (others[place % others.len()], lap(place)),
        _ if is_training(wanted) => (Role::Train, LineStyle::Solid),
        _ => (others[before % others.len()], lap(before)),
    };
    let run = if curves > 1 && metrics > 1 && place > 0 { LineStyle::Dashed } else { run };
    (wanted.role.filter(|_| curves == 1 || metrics > 1).unwrap_or(role), wanted.run.unwrap_or(run))
}

/// The values of the horizontal axis and where each stands: at its number, or where two have one number or
/// none is one, side by side.
fn spots(plan: &Plan) -> Vec<(String, f64)> {
    let values = &plan.over.values;
    let numbers: Option<Vec<f64>> = values.iter().map(|value| numbers::read(bare(value))).collect();
    let places = match numbers {
        Some(numbers) if is_numeric(plan) => numbers,
        _ => (1..=values.len()).map(|place| place as f64).collect(),
    };
    values.iter().cloned().zip(places).collect()
}
