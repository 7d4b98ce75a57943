//! A chart: lines, points, bands and bars on two axes, over an optional map.

mod axes;
mod clear;
mod ends;
mod events;
mod frame;
mod header;
mod map;
mod readout;
mod series;

use super::geometry::Point;
use super::pen::Pen;
use super::scale::Span;
use super::text::LINE;
use crate::error::Result;
use crate::figure::Chart;
pub(super) use frame::Frame;
use frame::GAP;
pub use readout::{CellBox, Reading, Readout};

/// Where the parts of a chart lie in a picture.
struct Layout<'a> {
    header: Vec<header::Item>,
    ends: Vec<ends::End<'a>>,
    frame: Frame,
    /// The height of the labels of events.
    labels: f64,
}

impl<'a> Layout<'a> {
    /// What stands around the frame is measured first, and the frame takes the room that is left; there
    /// is no layout where that is too little.
    fn of(pen: &Pen, chart: &'a Chart, title: &str) -> Option<Self> {
        let spans = (Span::of(&chart.x), Span::of(&chart.y));
        let mut layout = Layout::with(pen, chart, title, spans)?;
        if chart.x.equal {
            // Other numbers along an axis can change what room it has: a second time it hardly does.
            for _ in 0..3 {
                layout = Layout::with(pen, chart, title, layout.frame.equal())?;
            }
        }
        Some(layout)
    }

    #[inline(never)]
    fn with(pen: &Pen, chart: &'a Chart, title: &str, spans: (Span, Span)) -> Option<Self> {
        let (header, ends) = (header::items(pen, chart, title), ends::of(pen, chart, &spans));
        let above = header::height(&header);
        let top = above + if events::any(chart) { LINE } else { 0.0 } + GAP + 1.0;
        let below = LINE + if chart.x.label.is_empty() { GAP } else { LINE + GAP };
        let heights = (top, pen.page().bottom - below);
        let room = if chart.x.equal { 0.0 } else { ends::room(&ends) };
        let frame = Frame::of(pen, chart, spans, heights, room);
        let fits = frame.rect.width() >= 24.0 && frame.rect.height() >= 16.0;
        fits.then_some(Layout { header, ends, frame, labels: above + LINE / 2.0 })
    }
}

/// Draws a chart over the whole picture. A picture too small for a chart stays empty.
pub(super) fn draw(pen: &Pen, chart: &Chart, title: &str) -> Result<()> {
    let Some(Layout { header, ends, frame, labels }) = Layout::of(pen, chart, title) else {
        return Ok(());
    };
    match &chart.map {
        Some(map) => map::draw(pen, map, &frame.rect)?,
        None => axes::grid(pen, &frame)?,
    }
    axes::numbers(pen, &frame)?;
    axes::name(pen, chart, &frame)?;
    events::draw(pen, chart, &frame, labels)?;
    series::draw(pen, chart, &frame)?;
    ends::draw(pen, &ends, chart, &frame)?;
    header::draw(pen, &header)
}

/// What the curves of a chart say at a place of the picture, in CSS pixels, or what the map under them says
/// there; nothing where the place is not within the axes.
pub(super) fn read(pen: &Pen, chart: &Chart, title: &str, at: Point) -> Option<Readout> {
    // Where a unit is as long across as up, what lies over one another has nothing in common.
    let Layout { frame, .. } = Layout::of(pen, chart, title)?;
    match &chart.map {
        Some(map) => map::read(map, chart, &frame, at),
        None if chart.x.equal => None,
        None => readout::at(chart, &frame, at.0),
    }
}

/// What the data of a chart are drawn in, as it is drawn over the whole picture.
pub(super) fn frame(pen: &Pen, chart: &Chart, title: &str) -> Option<Frame> {
    Layout::of(pen, chart, title).map(|layout| layout.frame)
}
