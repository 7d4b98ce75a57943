//! The data of a chart: bands, lines, points with error bars, bars.

use super::frame::Frame;
use crate::error::Result;
use crate::figure::{Chart, LineStyle, Mark, Role, Series};
use crate::plot::clip;
use crate::plot::geometry::{Point, Rect};
use crate::plot::pen::{Pen, Stroke};
use plotters::style::RGBColor;

/// The radius of a large point.
pub(super) const SPOT: f64 = 6.0;

/// How far apart points stand side by side, where there is room: as a part of a place.
const ABREAST: f64 = 0.2;

/// How far a level reaches to either side of its place.
pub(super) const ACROSS: f64 = 0.4;

/// Draws all series: bands and bars first, so that none covers a line; then what steps back; large
/// points last.
pub(super) fn draw(pen: &Pen, chart: &Chart, frame: &Frame) -> Result<()> {
    let bars = chart.series.iter().filter(|series| series.mark == Mark::Bars).count();
    for series in &chart.series {
        match series.mark {
            Mark::Line => band(pen, series, frame)?,
            Mark::Bars => draw_bars(pen, series, frame, if bars > 1 { 0.5 } else { 0.7 })?,
            Mark::Points | Mark::Joined | Mark::Spot | Mark::Ring | Mark::Levels => {}
        }
    }
    let mut series: Vec<(f64, &Series)> = asides(chart).into_iter().zip(&chart.series).collect();
    series.sort_by_key(|(_, series)| (series.mark == Mark::Spot, !series.faint));
    for (aside, series) in series {
        match series.mark {
            Mark::Line => line(pen, series, frame)?,
            Mark::Points | Mark::Spot | Mark::Ring => points(pen, series, frame, aside)?,
            Mark::Joined => {
                line(pen, series, frame)?;
                points(pen, series, frame, aside)?;
            }
            Mark::Levels => levels(pen, series, frame)?,
            Mark::Bars => {}
        }
    }
    Ok(())
}

/// Whether a series is a cloud: separate points in no order along the horizontal axis, which have
/// no last one to put a label at. In a plane all points are: there, what is beside them is in the way.
pub(super) fn is_cloud(chart: &Chart, series: &Series) -> bool {
    match series.mark {
        Mark::Points | Mark::Ring => chart.map.is_some() || chart.x.equal || !series.x.is_sorted(),
        Mark::Spot => chart.x.equal,
        _ => false,
    }
}

/// How lines look: theory thin, members thin and soft, the average strongest, a guess in round dots.
fn stroke(pen: &Pen, series: &Series) -> Stroke {
    let width = match series.role {
        _ if series.run == LineStyle::Dotted => 2.5,
        Role::Member => 1.0,
        Role::Theory => 1.25,
        Role::Average => 2.25,
        _ => 2.0,
    };
    Stroke::new(pen.palette.series(series), width).with_line(series.run)
}

fn line(pen: &Pen, series: &Series, frame: &Frame) -> Result<()> {
    let stroke = stroke(pen, series);
    let points: Vec<Point> = frame.parts(&series.x, &series.y).collect();
    for part in clip::line(&points) {
        let part: Vec<Point> = part.into_iter().map(|point| frame.at(point)).collect();
        match part[..] {
            // A line of one point is what a run shows before its second measurement.
            [alone] => pen.disc(alone, stroke.width, stroke.colour)?,
            _ => pen.path(&part, &stroke)?,
        }
    }
    Ok(())
}

/// Fills between `low` and `high`, wherever both are finite.
fn band(pen: &Pen, series: &Series, frame: &Frame) -> Result<()> {
    let low: Vec<Point> = frame.parts(&series.x, &series.low).collect();
    let high: Vec<Point> = frame.parts(&series.x, &series.high).collect();
    let count = low.len().min(high.len());
    let whole = |i: &usize| [low[*i], high[*i]].iter().all(|p| p.0.is_finite() && p.1.is_finite());
    let indices: Vec<usize> = (0..count).collect();
    for run in indices.split(|i| !whole(i)) {
        let back = run.iter().rev().map(|&i| high[i]);
        let outline: Vec<Point> = run.iter().map(|&i| low[i]).chain(back).collect();
        let outline: Vec<Point> =
            clip::area(&outline).into_iter().map(|point| frame.at(point)).collect();
        pen.polygon(&outline, pen.palette.series(series), 0.16)?;
    }
    Ok(())
}

/// How far aside of their places the points of each series stand: side by side on an axis of names.
fn asides(chart: &Chart) -> Vec<f64> {
    let stands = |series: &Series| !chart.x.names.is_empty() && series.mark == Mark::Points;
    let count = chart.series.iter().filter(|series| stands(series)).count() as f64;
    let apart = ABREAST.min(0.75 / count);
    let before = chart.series.iter().scan(0.0, |before, series| {
        let here = *before;
        *before += if stands(series) { 1.0 } else { 0.0 };
        Some((series, here))
    });
    let aside = |place: f64| apart * (place - (count - 1.0) / 2.0);
    before.map(|(series, place)| if stands(series) { aside(place) } else { 0.0 }).collect()
}

/// A level across every place.
fn levels(pen: &Pen, series: &Series, frame: &Frame) -> Result<()> {
    let stroke = stroke(pen, series);
    for (&x, &y) in series.x.iter().zip(&series.y) {
        let ends = [x - ACROSS, x + ACROSS].map(|x| (frame.x.part(x), frame.y.part(y)));
        for level in clip::line(&ends) {
            let level: Vec<Point> = level.into_iter().map(|end| frame.at(end)).collect();
            pen.path(&level, &stroke)?;
        }
    }
    Ok(())
}

/// The radius of the points of a series.
pub(super) fn radius(series: &Series) -> f64 {
    match series.mark {
        Mark::Spot | Mark::Ring => SPOT,
        _ if series.x.len() > 150 => 2.25,
        _ => 3.25,
    }
}

fn points(pen: &Pen, series: &Series, frame: &Frame, aside: f64) -> Result<()> {
    let (ends, colour) = (series.low.iter().zip(&series.high), pen.palette.series(series));
    for ((&low, &high), &x) in ends.zip(&series.x) {
        error_bar(pen, colour, frame, x + aside, (low, high))?;
    }
    let radius = radius(series);
    let x: Vec<f64> = series.x.iter().map(|x| x + aside).collect();
    for point in frame.parts(&x, &series.y).filter(|&point| clip::contains(point)) {
        dot(pen, frame.at(point), radius, colour, hollow(series))?;
    }
    Ok(())
}

/// The line of a series as its points show it: a ring is hollow.
pub(super) fn hollow(series: &Series) -> LineStyle {
    if series.mark == Mark::Ring { LineStyle::Dashed } else { series.run }
}

/// A point, set off from what is under it by the ground's colour; hollow in the run compared with.
pub(super) fn dot(
    pen: &Pen,
    at: Point,
    radius: f64,
    colour: RGBColor,
    run: LineStyle,
) -> Result<()> {
    pen.disc(at, radius + 1.0, pen.palette.background)?;
    pen.disc(at, radius, colour)?;
    match run {
        LineStyle::Solid | LineStyle::Dotted => Ok(()),
        LineStyle::Dashed => pen.disc(at, radius - 1.25, pen.palette.background),
    }
}

/// A line from `low` to `high`, with a cross-bar at each end that is within the frame.
fn error_bar(
    pen: &Pen,
    colour: RGBColor,
    frame: &Frame,
    x: f64,
    (low, high): (f64, f64),
) -> Result<()> {
    let ends = [low, high].map(|y| (frame.x.part(x), frame.y.part(y)));
    let stroke = Stroke::new(colour, 1.25);
    for part in clip::line(&ends) {
        let part: Vec<Point> = part.into_iter().map(|point| frame.at(point)).collect();
        pen.path(&part, &stroke)?;
    }
    for (x, y) in ends.into_iter().filter(|&end| clip::contains(end)).map(|end| frame.at(end)) {
        pen.path(&[(x - 3.0, y), (x + 3.0, y)], &stroke)?;
    }
    Ok(())
}

fn draw_bars(pen: &Pen, series: &Series, frame: &Frame, alpha: f64) -> Result<()> {
    let half = bar_width(&series.x).unwrap_or((frame.x.max - frame.x.min) / 20.0) / 2.0;
    let floor = frame.y.part(frame.y.floor()).clamp(0.0, 1.0);
    for (&x, &y) in series.x.iter().zip(&series.y) {
        let [left, right] = [x - half, x + half].map(|x| frame.x.part(x).clamp(0.0, 1.0));
        let y = frame.y.part(y).clamp(0.0, 1.0);
        if left < right && y.is_finite() {
            let bar = bar(frame, (left, y.max(floor)), (right, y.min(floor)));
            pen.fill_rect(&bar, pen.palette.series(series), alpha)?;
        }
    }
    Ok(())
}

/// The smallest distance between two neighbours.
fn bar_width(x: &[f64]) -> Option<f64> {
    let mut sorted: Vec<f64> = x.iter().copied().filter(|x| x.is_finite()).collect();
    sorted.sort_by(f64::total_cmp);
    let gaps = sorted.windows(2).map(|pair| pair[1] - pair[0]);
    gaps.filter(|&gap| gap > 0.0).min_by(f64::total_cmp)
}

/// A bar between two corners, a hair narrower than its place where there is room for that.
fn bar(frame: &Frame, upper_left: Point, lower_right: Point) -> Rect {
    let ((left, top), (right, bottom)) = (frame.at(upper_left), frame.at(lower_right));
    let gap = if right - left > 4.0 { 0.5 } else { 0.0 };
    Rect { left: left + gap, top, right: right - gap, bottom }
}
