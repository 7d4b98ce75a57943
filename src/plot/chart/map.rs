//! The map under a chart: one colour a cell, orange for low and blue for high.

use super::frame::Frame;
use super::readout::Readout;
use crate::error::Result;
use crate::figure::{Chart, Map};
use crate::numbers::significant;
use crate::plot::geometry::{Area, Point, Rect};
use crate::plot::palette::Palette;
use crate::plot::pen::Pen;
use crate::plot::surface::Raster;

/// What the map says at a place of the picture: of the cell around it, at the cell's middle.
pub(super) fn read(map: &Map, chart: &Chart, frame: &Frame, at: Point) -> Option<Readout> {
    let cells = Area::cells(frame.rect, map.columns, map.rows);
    let (index, place) = cells.cell_at(at)?;
    let (row, column) = (index / map.columns, index % map.columns);
    // Row 0 of the map is at the bottom, that of a picture at the top.
    let value = *map.values.get((map.rows - 1 - row) * map.columns + column)?;
    let (x, y) = place.centre();
    let (x, y) =
        ((x - frame.rect.left) / frame.rect.width(), (frame.rect.bottom - y) / frame.rect.height());
    let [x, y] = [frame.x.value(x), frame.y.value(y)].map(|value| significant(value, 2));
    let label = format!("{} = {x}, {} = {y}", chart.x.label, chart.y.label);
    Some(Readout::cell((index, place), label, (&map.label, value)))
}

/// Fills the frame with the map. One with too few values for its cells is not drawn.
pub(super) fn draw(pen: &Pen, map: &Map, frame: &Rect) -> Result<()> {
    let cells = map.columns.saturating_mul(map.rows);
    if cells == 0 || map.values.len() < cells {
        return Ok(());
    }
    pen.raster(frame, raster(map, pen.palette))
}

fn raster(map: &Map, palette: &Palette) -> Raster {
    let part = |value: &f64| (value - map.low) / (map.high - map.low);
    let rows = map.values.chunks_exact(map.columns).take(map.rows);
    // Row 0 of the map is at the bottom, that of a picture at the top.
    let values = rows.rev().flatten();
    let colours = values.map(|value| palette.diverging(part(value))).collect();
    Raster { columns: map.columns, rows: map.rows, smooth: true, colours }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plot::palette::Theme;

    #[test]
    fn row_0_is_at_the_bottom() {
        let values = vec![0.0, 0.0, 1.0, 1.0];
        let map = Map { columns: 2, rows: 2, label: String::new(), low: 0.0, high: 1.0, values };
        let palette = Palette::of(Theme::Light);
        let colours = raster(&map, &palette).colours;
        assert_eq!(colours[0], palette.diverging(1.0));
        assert_eq!(colours[3], palette.diverging(0.0));
    }
}
