//! A chart: lines, points, bands and bars on two axes, over an optional map.

mod axes;
mod ends;
mod events;
mod frame;
mod header;
mod map;
mod series;

use super::pen::Pen;
use super::text::LINE;
use crate::error::Result;
use crate::figure::Chart;
use frame::{Frame, GAP};

/// Draws a chart over the whole picture. A picture too small for a chart stays empty.
///
/// What stands around the frame is measured first, and the frame takes the room that is left.
pub(super) fn draw(pen: &Pen, chart: &Chart, title: &str) -> Result<()> {
    let (header, ends) = (header::items(pen, chart, title), ends::of(pen, chart));
    let above = header::height(&header);
    let top = above + if events::any(chart) { LINE } else { 0.0 } + GAP + 1.0;
    let below = LINE + if chart.x.label.is_empty() { GAP } else { LINE + GAP };
    let heights = (top, pen.page().bottom - below);
    let frame = Frame::of(pen, chart, heights, ends::room(&ends));
    if frame.rect.width() < 24.0 || frame.rect.height() < 16.0 {
        return Ok(());
    }
    match &chart.map {
        Some(map) => map::draw(pen, map, &frame.rect)?,
        None => axes::grid(pen, &frame)?,
    }
    axes::numbers(pen, &frame)?;
    axes::name(pen, chart, &frame)?;
    events::draw(pen, chart, &frame, above + LINE / 2.0)?;
    series::draw(pen, chart, &frame)?;
    ends::draw(pen, &ends, &frame)?;
    header::draw(pen, &header)
}
