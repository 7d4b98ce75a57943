//! A chart: lines, points, bands and bars on two axes, over an optional map.

mod axes;
mod ends;
mod events;
mod header;
mod layout;
mod map;
mod series;

use super::geometry::Point;
use super::pen::Pen;
use crate::error::Result;
use crate::figure::{Chart, Mark, Series};
use layout::Layout;

/// Draws a chart over the whole picture. A picture too small for a chart stays empty.
pub(super) fn draw(pen: &Pen, chart: &Chart, title: &str) -> Result<()> {
    let layout = Layout::of(pen, chart, title);
    if layout.frame.width() < 24.0 || layout.frame.height() < 16.0 {
        return Ok(());
    }
    match &chart.map {
        Some(map) => map::draw(pen, map, &layout.frame)?,
        None => axes::grid(pen, &layout)?,
    }
    axes::numbers(pen, &layout)?;
    axes::name(pen, chart, &layout)?;
    events::draw(pen, chart, &layout)?;
    series::draw(pen, chart, &layout)?;
    ends::draw(pen, &layout)?;
    header::draw(pen, &layout.header)
}

/// Whether a series is a cloud: separate points in no order along the horizontal axis, which have
/// no last one to put a label at.
fn is_cloud(chart: &Chart, series: &Series) -> bool {
    series.mark == Mark::Points && (chart.map.is_some() || !series.x.is_sorted())
}

/// The points of a series as fractions of the frame, from the left and from the bottom.
fn parts<'a>(
    layout: &'a Layout,
    x: &'a [f64],
    y: &'a [f64],
) -> impl DoubleEndedIterator<Item = Point> + ExactSizeIterator + 'a {
    x.iter().zip(y).map(|(&x, &y)| (layout.x.part(x), layout.y.part(y)))
}
