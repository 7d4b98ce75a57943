//! Labels at the ends of lines, instead of a legend.

use super::clear::{Ink, move_off};
use super::frame::Frame;
use super::series::{ACROSS, SPOT, is_cloud};
use crate::error::Result;
use crate::figure::{Chart, LineStyle, Mark, Role, Series};
use crate::plot::clip;
use crate::plot::geometry::{Point, Rect};
use crate::plot::labels::{Wish, place};
use crate::plot::pen::Pen;
use crate::plot::scale::Span;
use crate::plot::text::{LINE, Type, lines};

/// How much of the picture's width labels may take.
const MOST: f64 = 0.32;

/// From the end of a line, or from its last point's centre, to its label.
const AWAY: f64 = 9.0;

/// Ends closer together than this share of the frame's width have their labels one under the other.
const ALIGNED: f64 = 0.08;

/// A label at the end of a line.
pub(super) struct End<'a> {
    /// The end of the line, as fractions of the frame.
    at: Point,
    /// Its height lately, on average over the second half of the line, as a fraction of the frame.
    lately: f64,
    lines: Vec<String>,
    /// The first of those that it names.
    series: &'a Series,
    /// How wide its words are.
    width: f64,
}

/// The labels of a chart, those to give up first last.
pub(super) fn of<'a>(pen: &Pen, chart: &'a Chart, (x, y): &(Span, Span)) -> Vec<End<'a>> {
    let mut ends = Vec::<End>::new();
    for series in chart.series.iter().filter(|series| has_end(chart, series)) {
        let Some(at) = last_point(series, x, y) else { continue };
        let look = |series: &Series| (series.role, series.run, series.faint);
        let same = |end: &&mut End| {
            (look(end.series), end.series.label()) == (look(series), series.label())
        };
        match ends.iter_mut().find(same) {
            // Several lines of one name: the members of an ensemble, say. One label for all.
            Some(end) => end.at = (end.at.0.max(at.0), (end.at.1 + at.1) / 2.0),
            None => ends.push(end(pen, series, at, lately(series, y, at.1))),
        }
    }
    let right = ends.iter().fold(0.0f64, |right, end| right.max(end.at.0));
    for end in ends.iter_mut().filter(|end| right - end.at.0 < ALIGNED) {
        end.at.0 = right;
    }
    ends.sort_by_key(|End { series, .. }| {
        (series.faint, series.role == Role::Member, series.run == LineStyle::Dashed)
    });
    ends
}

/// How much room the labels take, from the end of the longest line to the right. That of a large point
/// takes none: it can stand on either side.
pub(super) fn room(ends: &[End]) -> f64 {
    let at_the_right = ends.iter().filter(|end| end.series.mark != Mark::Spot);
    at_the_right.map(|end| end.width + AWAY + 1.0).fold(0.0, f64::max)
}

fn has_end(chart: &Chart, series: &Series) -> bool {
    !series.label().is_empty() && series.mark != Mark::Bars && !is_cloud(chart, series)
}

/// The last point of a series within the frame.
fn last_point(series: &Series, x: &Span, y: &Span) -> Option<Point> {
    let across = if series.mark == Mark::Levels { ACROSS } else { 0.0 };
    let points = series.x.iter().zip(&series.y).map(|(&a, &b)| (x.part(a + across), y.part(b)));
    match series.mark {
        Mark::Points | Mark::Spot | Mark::Ring | Mark::Levels => {
            points.rev().find(|&point| clip::contains(point))
        }
        _ => clip::line(&points.collect::<Vec<_>>()).last()?.last().copied(),
    }
}

/// The average height of the second half of a line, as far as it lies within the frame.
fn lately(series: &Series, y: &Span, last: f64) -> f64 {
    let heights = series.y[series.y.len() / 2..].iter().map(|&value| y.part(value));
    let heights: Vec<f64> =
        heights.filter(|part| !part.is_nan()).map(|part| part.clamp(0.0, 1.0)).collect();
    let count = heights.len() as f64;
    if heights.is_empty() { last } else { heights.iter().sum::<f64>() / count }
}

fn end<'a>(pen: &Pen, series: &'a Series, at: Point, lately: f64) -> End<'a> {
    let kind = Type::new(pen.palette.ink);
    let measure = |text: &str| pen.width(text, &kind);
    let lines = lines(series.label(), MOST * pen.page().width(), 3, measure);
    let width = lines.iter().map(|line| measure(line)).fold(0.0, f64::max);
    End { at, lately, lines, series, width }
}

/// Writes the labels, none over another, and over what is drawn only where there is no room beside it.
pub(super) fn draw(pen: &Pen, ends: &[End], chart: &Chart, frame: &Frame) -> Result<()> {
    let wishes: Vec<Wish> = ends.iter().map(|end| wish(pen, end, frame)).collect();
    let (top, bottom) = (frame.rect.top - LINE / 2.0, frame.rect.bottom + LINE / 2.0);
    let placed = wishes.iter().zip(place(&wishes, top, bottom));
    let mut labels: Vec<Option<Rect>> =
        placed.map(|(wish, y)| y.map(|y| Wish { y, ..*wish }.covers())).collect();
    move_off(&mut labels, &Ink::of(chart, frame), (top, bottom));
    for (end, label) in ends.iter().zip(labels) {
        let Some(label) = label else { continue };
        let kind = Type::new(pen.palette.name(end.series));
        for (i, line) in end.lines.iter().enumerate() {
            let y = label.top + (i as f64 + 0.5) * LINE;
            pen.text_with_halo(line, (label.left, y), &kind)?;
        }
    }
    Ok(())
}

/// Where a label would stand if it were alone: beside the end of its line, at the right if it fits.
fn wish(pen: &Pen, end: &End, frame: &Frame) -> Wish {
    let (x, y) = frame.at(end.at);
    let height = LINE * end.lines.len() as f64;
    let away = if end.series.mark == Mark::Spot { SPOT + AWAY - 3.0 } else { AWAY };
    let right = x + away + end.width <= pen.page().right;
    let left = if right { x + away } else { x - away - end.width };
    let (_, lately) = frame.at((0.0, end.lately));
    Wish { left, y, lately, width: end.width, height }
}
