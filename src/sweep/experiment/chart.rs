//! The means of an experiment as a chart.

use super::asked::{Bars, Experiment, command};
use super::lines::{Line, LinePlace, strokes_tell};
use super::names::{is_numeric, label_of, place_name};
use crate::figure::{Axis, Body, Event, Figure, Mark, Role, Series};
use crate::lab::MetricSpec;
use crate::numbers::{counted, fixed};
use crate::sweep::axes::vertical;
use crate::sweep::means::{Point, means};
use crate::sweep::plan::Plan;
use crate::sweep::report::{Ended, VERSION};
use crate::sweep::words::{names, quantity};

/// From this ratio of the largest value to the smallest, an axis counts by ratios.
const WIDE: f64 = 20.0;

pub(super) fn figure(
    experiment: &Experiment,
    plan: &Plan,
    lines: &[Line],
    ended: &[Ended],
) -> Figure {
    let points: Vec<Vec<Bar>> = lines.iter().map(|line| bars(line, experiment.bars)).collect();
    let metrics: Vec<_> = lines.iter().map(|line| line.metric).collect();
    let metrics = &metrics[..plan.metrics.len()];
    let (head, _) = names(metrics);
    let percent = metrics.iter().all(|metric| metric.unit == "fraction");
    let mut series: Vec<Series> = Vec::new();
    for (line, bars) in lines.iter().zip(&points) {
        if experiment.each {
            series.push(each(line));
        }
        series.push(joined(plan, line, bars));
    }
    let reach: Vec<_> =
        lines.iter().zip(&points).map(|(l, bars)| ends(l, bars, experiment.each)).collect();
    let y = vertical(
        experiment.axis.clone().unwrap_or_else(|| quantity(metrics)),
        &reach.iter().collect::<Vec<_>>(),
    );
    let y = if percent { y.percent() } else { y };
    let over = label_of(plan, &plan.over.key);
    let usual = format!("{head} against {over}");
    Figure {
        key: format!("{}-{}", plan.spec.id, plan.over.key),
        title: experiment.title.clone().filter(|title| !title.is_empty()).unwrap_or(usual),
        note: note(experiment.bars, lines) + &strokes(experiment, plan, metrics),
        description: description((experiment, plan), lines, &points, ended),
        body: Body::chart(horizontal(plan, lines, over), y, series, Vec::<Event>::new()),
        handles: Vec::new(),
    }
}

/// A mean and where its bar ends.
struct Bar {
    point: Point,
    low: f64,
    high: f64,
}

fn bars(line: &Line, kind: Bars) -> Vec<Bar> {
    let mut bars: Vec<Bar> = line.places.iter().filter_map(|place| bar(place, kind)).collect();
    bars.sort_by(|a, b| a.point.x.total_cmp(&b.point.x));
    bars
}

fn bar(place: &LinePlace, kind: Bars) -> Option<Bar> {
    let point = mean(place)?;
    let aside =
        |reach: Option<f64>| reach.map_or([f64::NAN; 2], |r| [point.mean - r, point.mean + r]);
    let [low, high] = match kind {
        Bars::StandardError => aside(point.standard_error()),
        Bars::Deviation => aside(point.deviation),
        Bars::Extremes => extremes(place).filter(|_| point.count > 1).unwrap_or([f64::NAN; 2]),
    };
    Some(Bar { point, low, high })
}

/// The mean of the runs at a place; none where there is none.
pub(super) fn mean(place: &LinePlace) -> Option<Point> {
    means(place.runs.iter().map(|(_, value)| (place.x, *value)).collect()).pop()
}

/// The least and the greatest run at a place.
pub(super) fn extremes(place: &LinePlace) -> Option<[f64; 2]> {
    let values = || place.runs.iter().map(|(_, value)| *value);
    let least = values().reduce(f64::min)?;
    Some([least, values().fold(least, f64::max)])
}

/// Theory is a plain line, which hides no measurement it lies on; between names there is nothing to join.
fn joined(plan: &Plan, line: &Line, bars: &[Bar]) -> Series {
    let mark = match line.role {
        _ if !is_numeric(plan) => Mark::Points,
        Role::Theory => Mark::Line,
        _ => Mark::Joined,
    };
    let place = |of: fn(&Bar) -> f64| bars.iter().map(of).collect::<Vec<f64>>();
    let (x, y) = (place(|bar| bar.point.x), place(|bar| bar.point.mean));
    let (low, high) = (place(|bar| bar.low), place(|bar| bar.high));
    let series = Series::line(&line.name, line.role, x, y).with_mark(mark).with_line(line.run);
    Series { low, high, ..series.labelled(&line.label) }
}

/// Every run as a point, behind the means.
fn each(line: &Line) -> Series {
    let runs =
        || line.places.iter().flat_map(|place| place.runs.iter().map(|(_, y)| (place.x, *y)));
    let mut runs: Vec<(f64, f64)> = runs().collect();
    runs.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (x, y) = runs.into_iter().unzip();
    let series = Series::points(format!("{}, each run", line.name), line.role, x, y).unlabelled();
    Series { faint: true, ..series }
}

/// How far the vertical axis has to go: as far as what is drawn.
fn ends(line: &Line, bars: &[Bar], each: bool) -> Vec<Point> {
    let far = |bar: &Bar| {
        let place = line.places.iter().find(|place| place.x == bar.point.x);
        let [least, most] = place.filter(|_| each).and_then(extremes).unwrap_or([f64::NAN; 2]);
        let (low, high) = (bar.low.min(least), bar.high.max(most)); // NaN where there is neither
        let reach = (high - bar.point.mean).max(bar.point.mean - low);
        Point { deviation: (!reach.is_nan()).then_some(reach), ..bar.point }
    };
    bars.iter().map(far).collect()
}

fn horizontal(plan: &Plan, lines: &[Line], label: String) -> Axis {
    if !is_numeric(plan) {
        let names = plan.over.values.iter().map(|value| place_name(plan, value)).collect();
        return Axis::named(label, names);
    }
    let places = || lines[0].places.iter().map(|place| place.x);
    let low = places().fold(f64::INFINITY, f64::min);
    let high = places().fold(f64::NEG_INFINITY, f64::max);
    if low > 0.0 && high / low >= WIDE {
        let run = lines[0].places.iter().map(|place| place.x).collect();
        return Axis::log(label, low / 1.2, high * 1.2).marked(run);
    }
    let margin = if high > low { 0.05 * (high - low) } else { 0.5 };
    Axis::linear(label, low - margin, high + margin)
}

/// Which of two metrics is solid and which dashed, where that tells them apart.
fn strokes(experiment: &Experiment, plan: &Plan, metrics: &[&'static MetricSpec]) -> String {
    let curves = plan.curves.as_ref().map_or(1, |curves| curves.values.len());
    if !strokes_tell(curves, metrics.len()) {
        return String::new();
    }
    let (_, names) = names(metrics);
    let named = |i: usize| experiment.metrics[i].name.clone().unwrap_or(names[i].clone());
    format!("; solid: {}, dashed: {}", named(0), named(1))
}

/// How many seeds the means are of, and what the bars are.
fn note(bars: Bars, lines: &[Line]) -> String {
    let counts = || lines.iter().flat_map(|line| &line.places).map(|place| place.runs.len());
    let counts = || counts().filter(|&count| count > 0);
    let bars = match bars {
        Bars::StandardError => "one standard error",
        Bars::Deviation => "one standard deviation",
        Bars::Extremes => "least to greatest",
    };
    match (counts().min(), counts().max()) {
        (_, None) => "no run yet".to_string(),
        (_, Some(1)) => "one run a point".to_string(),
        (Some(least), Some(most)) if least < most => {
            format!("means of {least} to {most} seeds, bars: {bars}")
        }
        (_, Some(most)) => format!("means of {most} seeds, bars: {bars}"),
    }
}

/// All means in sentences, and what they are of.
fn description(
    (experiment, plan): (&Experiment, &Plan),
    lines: &[Line],
    points: &[Vec<Bar>],
    ended: &[Ended],
) -> String {
    let one = |bar: &Bar| {
        let Point { x, mean, .. } = bar.point;
        let at = match is_numeric(plan) {
            true => x.to_string(),
            false => place_name(plan, &plan.over.values[x as usize - 1]),
        };
        let error = bar.point.standard_error();
        let error = error.map_or(String::new(), |error| format!(" ± {}", fixed(error, 3)));
        format!("{}{error} at {at}", fixed(mean, 3))
    };
    let line = |(line, bars): (&Line, &Vec<Bar>)| match &bars[..] {
        [] => format!("{}: nothing measured yet.", line.name),
        bars => format!("{}: {}.", line.name, bars.iter().map(one).collect::<Vec<_>>().join(", ")),
    };
    let lines: Vec<String> = lines.iter().zip(points).map(line).collect();
    let over = label_of(plan, &plan.over.key);
    let runs = counted(ended.len() as u64, "run");
    format!(
        "Means over the seeds ± their standard errors against {over}. {} Of {runs} of {}, version {VERSION}: {}.",
        lines.join(" "),
        plan.spec.id,
        command(experiment, plan),
    )
}
