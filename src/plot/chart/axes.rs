//! The numbers and names along the axes, and the faint grid.

use super::frame::{Frame, GAP};
use crate::error::Result;
use crate::figure::Chart;
use crate::plot::geometry::Point;
use crate::plot::pen::{Pen, Stroke};
use crate::plot::text::{LINE, Type, shortened};

/// Horizontal lines at the numbers of the vertical axis; the one at 0 a little stronger where it
/// is not the lowest.
pub(super) fn grid(pen: &Pen, frame: &Frame) -> Result<()> {
    for tick in &frame.y_ticks {
        let inner_zero = tick.value == 0.0 && frame.y.min < 0.0;
        let colour = if inner_zero { pen.palette.pale } else { pen.palette.grid };
        let (left, y) = sharp(frame.at((0.0, frame.y.part(tick.value))));
        pen.path(&[(left, y), (frame.rect.right, y)], &Stroke::new(colour, 1.0))?;
    }
    Ok(())
}

/// A point in the middle of a pixel, where a thin line is sharp.
pub(super) fn sharp((x, y): Point) -> Point {
    (x, y.floor() + 0.5)
}

/// The numbers along both axes.
pub(super) fn numbers(pen: &Pen, frame: &Frame) -> Result<()> {
    let kind = Type::new(pen.palette.muted);
    for tick in &frame.y_ticks {
        let (left, y) = frame.at((0.0, frame.y.part(tick.value)));
        pen.text(&tick.label, (left - GAP, y), &kind.right())?;
    }
    for (i, tick) in frame.x_ticks.iter().enumerate() {
        let (x, bottom) = frame.at((frame.x.part(tick.value), 0.0));
        let row = (i % frame.name_rows) as f64 + 1.0;
        pen.text(&tick.label, (x, bottom + row * LINE - 2.0), &kind.centred())?;
    }
    Ok(())
}

/// The name of the horizontal axis, under its middle.
pub(super) fn name(pen: &Pen, chart: &Chart, frame: &Frame) -> Result<()> {
    let kind = Type::new(pen.palette.muted).centred();
    let name = shortened(&chart.x.label, pen.page().width(), |text| pen.width(text, &kind));
    let half = pen.width(&name, &kind) / 2.0;
    let (x, _) = frame.rect.centre();
    let x = x.min(pen.page().right - half).max(half);
    let rows = frame.name_rows as f64;
    pen.text(&name, (x, frame.rect.bottom + (rows + 1.0) * LINE - 3.0), &kind)
}
