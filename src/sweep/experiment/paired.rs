//! Two lines compared run by run: what chance does alike to both, as the draw of the data, cancels.

use super::lines::{Line, LinePlace};
use super::names::{label_of, place_name};
use super::student::reach_95;
use crate::figure::{Cell, Column, Table};
use crate::numbers::{fixed, list};
use crate::sweep::means::means;
use crate::sweep::plan::Plan;
use crate::sweep::words::measured;
use serde::Serialize;

/// Up to this share of the larger one, two numbers differ by rounding.
const ROUNDING: f64 = 1e-12;

/// Paired differences.
#[derive(Debug, Serialize)]
pub struct Differences {
    /// What they come to, a sentence for each that is compared.
    pub words: Vec<String>,
    /// Each with its 95 % interval.
    pub table: Table,
}

/// A difference at one place, with its 95 % interval.
struct Difference {
    at: String,
    mean: f64,
    low: f64,
    high: f64,
    count: usize,
}

/// The differences of every line from the one that it is compared with, where seeds are the same: curves
/// from the first curve, metric by metric; without curves, metrics from the first metric.
pub(super) fn differences(plan: &Plan, lines: &[Line]) -> Option<Differences> {
    let per_curve = plan.metrics.len();
    let first = |i: usize| if plan.curves.is_some() { i % per_curve } else { 0 };
    let compared: Vec<(&Line, &Line)> = lines
        .iter()
        .enumerate()
        .filter(|(i, line)| first(*i) != *i && lines[first(*i)].metric.unit == line.metric.unit)
        .map(|(i, line)| (line, &lines[first(i)]))
        .collect();
    let found: Vec<(&Line, &Line, Vec<Difference>)> =
        compared.into_iter().map(|(line, from)| (line, from, apart(plan, line, from))).collect();
    let found: Vec<_> = found.into_iter().filter(|(_, _, apart)| !apart.is_empty()).collect();
    if found.is_empty() {
        return None;
    }
    let words = found.iter().map(|(line, from, apart)| told(plan, line, from, apart)).collect();
    Some(Differences { words, table: table(plan, &found) })
}

/// At every place where at least two seeds have been run of both.
fn apart(plan: &Plan, line: &Line, from: &Line) -> Vec<Difference> {
    let pairs = line.places.iter().zip(&from.places);
    pairs.filter_map(|(place, other)| difference(plan, place, other)).collect()
}

fn difference(plan: &Plan, place: &LinePlace, other: &LinePlace) -> Option<Difference> {
    let of = |seed: u32| other.runs.iter().find(|(run, _)| *run == seed).map(|(_, value)| *value);
    let both = place.runs.iter().filter_map(|(seed, value)| Some((0.0, minus(*value, of(*seed)?))));
    let point = means(both.collect()).pop()?;
    let reach = reach_95(point.count.checked_sub(1)?.max(1)) * point.standard_error()?;
    let (at, mean, count) = (place_name(plan, &place.written), point.mean, point.count);
    Some(Difference { at, mean, low: mean - reach, high: mean + reach, count })
}

/// The difference of two numbers; none where it is one of rounding, which may have the same sign in all runs.
fn minus(one: f64, other: f64) -> f64 {
    let difference = one - other;
    if difference.abs() <= ROUNDING * one.abs().max(other.abs()) { 0.0 } else { difference }
}

/// "“without” minus “with dropout”, the same seeds: below 0 nowhere, above 0 at 200; …".
fn told(plan: &Plan, line: &Line, from: &Line, apart: &[Difference]) -> String {
    let lead = format!("“{}” minus “{}”, the same seeds", line.name, from.name);
    let over = label_of(plan, &plan.over.key);
    let one = |difference: &Difference| {
        let Difference { at, mean, low, high, .. } = difference;
        let (mean, at) = (amount(line, *mean), format!("{over} {at}"));
        let ends = format!("{} to {}", bare_amount(line, *low), amount(line, *high));
        format!("{mean} at {at} (95\u{202f}% interval {ends})")
    };
    let farthest = apart.iter().max_by(|a, b| a.mean.abs().total_cmp(&b.mean.abs()));
    let farthest = farthest.map_or(String::new(), one);
    if let [only] = apart {
        return format!("{lead}: {}, {} seeds.", one(only), only.count);
    }
    let places = |holds: fn(&Difference) -> bool| -> Vec<&str> {
        apart.iter().filter(|difference| holds(difference)).map(|d| d.at.as_str()).collect()
    };
    let side = |word: &str, at: Vec<&str>| match &at[..] {
        [] => format!("{word} 0 nowhere"),
        at if at.len() == apart.len() => format!("{word} 0 at all {} places", at.len()),
        at => format!("{word} 0 at {}", list(at)),
    };
    let (below, above) = (places(|d| d.high < 0.0), places(|d| d.low > 0.0));
    let rest = apart.len() - below.len() - above.len();
    if rest == apart.len() {
        return format!(
            "{lead}: at all {rest} places the 95\u{202f}% interval has 0 in it. Farthest from 0: {farthest}."
        );
    }
    let rest = if rest > 0 { "; elsewhere the interval has 0 in it" } else { "" };
    let (below, above) = (side("below", below), side("above", above));
    format!("{lead}: {below}, {above}{rest}. Farthest from 0: {farthest}.")
}

/// A difference in words: of shares in points.
fn amount(line: &Line, value: f64) -> String {
    match line.metric.unit {
        "fraction" => format!("{} points", fixed(100.0 * value, 1)),
        _ => measured(line.metric, value),
    }
}

/// The same where its unit follows.
fn bare_amount(line: &Line, value: f64) -> String {
    match line.metric.unit {
        "fraction" => fixed(100.0 * value, 1),
        _ => measured(line.metric, value),
    }
}

/// A row for every difference; of shares in points.
fn table(plan: &Plan, found: &[(&Line, &Line, Vec<Difference>)]) -> Table {
    let points = found.iter().all(|(line, ..)| line.metric.unit == "fraction");
    let unit = if points { " (points)" } else { "" };
    let scale = if points { 100.0 } else { 1.0 };
    let over = label_of(plan, &plan.over.key);
    let heads = [
        "what".to_string(),
        over,
        format!("mean difference{unit}"),
        format!("95 % from{unit}"),
        format!("95 % to{unit}"),
        "seeds".to_string(),
    ];
    let row = |name: &str, d: &Difference| -> Vec<Cell> {
        let words = [name.to_string(), d.at.clone()].map(Cell::Text);
        let numbers = [d.mean, d.low, d.high].map(|value| scale * value);
        let numbers = numbers.into_iter().chain([d.count as f64]).map(Cell::Number);
        words.into_iter().chain(numbers).collect()
    };
    let rows = found.iter().flat_map(|(line, from, apart)| {
        let name = format!("{} − {}", line.name, from.name);
        apart.iter().map(|difference| row(&name, difference)).collect::<Vec<_>>()
    });
    Table { columns: heads.into_iter().map(Column::plain).collect(), rows: rows.collect() }
}
