//! Moments on the horizontal axis: a thin vertical line each, with what happened above it.

use super::frame::{Frame, GAP};
use crate::error::Result;
use crate::figure::{Chart, Event};
use crate::plot::geometry::{Point, Rect};
use crate::plot::pen::{Pen, Stroke};
use crate::plot::text::{Type, bounds, shortened};

/// Whether any event has something written above it.
pub(super) fn any(chart: &Chart) -> bool {
    chart.events.iter().any(|event| !event.label.is_empty())
}

/// Draws all events within the frame, their labels at the given height. Where labels would cover each other, the later one stays.
pub(super) fn draw(pen: &Pen, chart: &Chart, frame: &Frame, labels: f64) -> Result<()> {
    let mut free = pen.page().right;
    for event in later_first(chart, frame) {
        let (x, bottom) = frame.at((frame.x.part(event.x), 0.0));
        let x = x.floor() + 0.5;
        let line = [(x, frame.rect.top - 2.0), (x, bottom)];
        pen.path(&line, &Stroke::new(pen.palette.muted, 1.0).faded(0.6))?;
        let covered = label(pen, event, (x, labels), free)?;
        free = covered.map_or(free, |label| label.left - 2.0 * GAP);
    }
    Ok(())
}

fn later_first<'a>(chart: &'a Chart, frame: &Frame) -> Vec<&'a Event> {
    let within = |event: &&Event| (0.0..=1.0).contains(&frame.x.part(event.x));
    let mut events: Vec<&Event> = chart.events.iter().filter(within).collect();
    events.sort_by(|a, b| b.x.total_cmp(&a.x));
    events
}

/// Writes a label, if there is room for it to the left of `free`; gives the room it takes.
fn label(pen: &Pen, event: &Event, (x, y): Point, free: f64) -> Result<Option<Rect>> {
    let kind = Type::new(pen.palette.muted).centred().sized(11.0);
    let measure = |text: &str| pen.width(text, &kind);
    let text = shortened(&event.label, pen.page().width() / 2.0, measure);
    let width = pen.width(&text, &kind);
    // A label that would cover the next one moves aside, as long as it still stands over its line.
    let middle = x.min(free.max(x) - width / 2.0).max(width / 2.0);
    let label = bounds((middle, y), width, &kind);
    if text.is_empty() || label.right > free {
        return Ok(None);
    }
    let at = (middle, y);
    pen.text(&text, at, &kind)?;
    Ok(Some(label))
}
