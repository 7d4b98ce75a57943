//! Reading a figure: what all curves of a chart say at one place of the horizontal axis, or one cell of a
//! grid of colours.

use super::frame::Frame;
use super::series::is_cloud;
use crate::figure::{Axis, Chart, LineStyle, Mark, Role, Series};
use crate::numbers::significant;
use crate::plot::geometry::{Point, Rect};
use crate::plot::numbers::{place, reading};
use serde::Serialize;

/// How far a point at the edge of the frame stands out of it, in CSS pixels.
const REACH: f64 = 4.0;

/// What the curves of a chart say at one place of the horizontal axis, or what a cell holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Readout {
    /// The place in the picture, in CSS pixels from the left.
    pub x: f64,
    /// The number that is read there: the nearest one at which anything was measured; of cells which one,
    /// counted from 0 row by row.
    pub at: f64,
    /// The number as a person reads it: "step 495".
    pub label: String,
    /// What the curves say, from top to bottom.
    pub items: Vec<Reading>,
    /// What the cell covers in the picture, where a cell is read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<CellBox>,
}

/// What a cell covers in a picture, in CSS pixels from its upper left corner.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct CellBox {
    /// Its left edge.
    pub left: f64,
    /// Its upper edge.
    pub top: f64,
    /// How wide it is.
    pub width: f64,
    /// How high it is.
    pub height: f64,
}

impl Readout {
    /// One cell of a grid: where it lies, in words, and what it holds.
    pub(in crate::plot) fn cell(
        (index, place): (usize, Rect),
        label: String,
        (name, value): (&str, f64),
    ) -> Self {
        let (x, y) = place.centre();
        let (name, value, role) = (name.to_string(), significant(value, 3), Role::Neutral);
        let item = Reading { name, role, run: LineStyle::Solid, value, y, faint: false };
        let (width, height) = (place.width(), place.height());
        let cell = CellBox { left: place.left, top: place.top, width, height };
        Readout { x, at: index as f64, label, items: vec![item], cell: Some(cell) }
    }
}

/// What one curve says, or several of one name.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reading {
    /// The name of the curve.
    pub name: String,
    /// What it stands for.
    pub role: Role,
    /// Which run it belongs to.
    pub run: LineStyle,
    /// Its value, or the smallest and the largest of several, as the chart writes numbers.
    pub value: String,
    /// The place in the picture, in CSS pixels from the top; at the frame where the curve is outside.
    pub y: f64,
    /// Whether it is of an earlier run.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub faint: bool,
}

/// What is read at this many CSS pixels from the left.
pub(super) fn at(chart: &Chart, frame: &Frame, x: f64) -> Option<Readout> {
    let Rect { left, right, .. } = frame.rect;
    if !(left - REACH..=right + REACH).contains(&x) {
        return None;
    }
    let part = (x - left) / frame.rect.width();
    let at = nearest(chart, frame, part)?;
    let mut items = Vec::<(Vec<f64>, &Series)>::new();
    for series in chart.series.iter().filter(|series| is_curve(chart, series)) {
        if series.mark == Mark::Spot && is_on_curve(chart, series, at) {
            continue;
        }
        let Some(value) = value_at(series, frame, at) else { continue };
        match items.iter_mut().find(|(_, known)| same_name(known, series)) {
            Some((values, _)) => values.push(value),
            None => items.push((vec![value], series)),
        }
    }
    let mut items: Vec<Reading> =
        items.iter().map(|(values, series)| item(values, series, chart, frame)).collect();
    items.sort_by(|a, b| a.y.total_cmp(&b.y));
    let (x, _) = frame.at((frame.x.part(at), 0.0));
    let label = place_in_words(&chart.x, at);
    (!items.is_empty()).then_some(Readout { x, at, label, items, cell: None })
}

/// Whether a series has one value at a place: neither a cloud nor a line that turns back.
fn is_curve(chart: &Chart, series: &Series) -> bool {
    !series.name.is_empty() && !is_cloud(chart, series) && series.x.is_sorted()
}

/// Whether a curve says at this place what a large point there says: it need not be said twice.
fn is_on_curve(chart: &Chart, spot: &Series, at: f64) -> bool {
    let alike = |series: &&Series| (series.role, series.run) == (spot.role, spot.run);
    let curves = chart.series.iter().filter(|series| series.mark != Mark::Spot).filter(alike);
    let point = |series: &Series| series.x.iter().position(|&x| x == at).map(|i| series.y[i]);
    curves.filter(|series| is_curve(chart, series)).any(|series| point(series) == point(spot))
}

fn same_name(a: &Series, b: &Series) -> bool {
    (a.role, a.run, a.faint, &a.name) == (b.role, b.run, b.faint, &b.name)
}

/// The number nearest to a place of the axis at which anything was measured: a straight line from end
/// to end was not, unless there is nothing else.
fn nearest(chart: &Chart, frame: &Frame, part: f64) -> Option<f64> {
    let curves = || chart.series.iter().filter(|series| is_curve(chart, series));
    let is_straight = |series: &Series| series.mark == Mark::Line && series.x.len() == 2;
    let only_straight = curves().all(is_straight);
    let measured = curves().filter(|series| only_straight || !is_straight(series));
    let within = measured
        .flat_map(|series| &series.x)
        .map(|&x| (x, frame.x.part(x)))
        .filter(|(_, part)| (0.0..=1.0).contains(part));
    let apart = |(_, of): &(f64, f64)| (of - part).abs();
    within.min_by(|a, b| apart(a).total_cmp(&apart(b))).map(|(x, _)| x)
}

/// The value of a series at a number of the horizontal axis: of a line, where it is drawn there.
fn value_at(series: &Series, frame: &Frame, at: f64) -> Option<f64> {
    let points = || series.x.iter().copied().zip(series.y.iter().copied());
    if let Some((_, y)) = points().find(|&(x, _)| x == at) {
        return y.is_finite().then_some(y);
    }
    if !matches!(series.mark, Mark::Line | Mark::Joined) {
        return None;
    }
    let parts = |(x, y): Point| (frame.x.part(x), frame.y.part(y));
    let before = points().take_while(|&(x, _)| x < at).last().map(parts)?;
    let after = points().find(|&(x, _)| x > at).map(parts)?;
    let share = (frame.x.part(at) - before.0) / (after.0 - before.0);
    let value = frame.y.value(before.1 + share * (after.1 - before.1));
    value.is_finite().then_some(value)
}

fn item(values: &[f64], series: &Series, chart: &Chart, frame: &Frame) -> Reading {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let written = |value| reading(value, chart.y.unit, &frame.y);
    let value = match (written(low), written(high)) {
        (low, high) if low == high => low,
        (low, high) => format!("{low} to {high}"),
    };
    let middle = (frame.y.part(low) + frame.y.part(high)) / 2.0;
    let (_, y) = frame.at((0.0, middle.clamp(0.0, 1.0)));
    let Series { role, run, faint, .. } = *series;
    // a name that ends with the number itself: "no regularization 25.7 %"
    let name = series.name.strip_suffix(&value).unwrap_or(&series.name);
    let name = name.trim_end_matches([' ', ':']).to_string();
    Reading { name, role, run, value, y, faint }
}

/// A place of an axis in words: "step 495", "p = 0.5", "networks averaged: 16", "bmi".
fn place_in_words(axis: &Axis, at: f64) -> String {
    if let Some(name) = axis.name_of(at) {
        return name.to_string();
    }
    let value = place(at, axis.unit);
    let name = axis.label.split(',').next().unwrap_or_default();
    let joint = match name {
        "" => "",
        name if name.chars().count() == 1 => " = ",
        name if name.contains(' ') => ": ",
        _ => " ",
    };
    format!("{name}{joint}{value}")
}
