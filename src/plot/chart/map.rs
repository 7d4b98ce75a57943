//! The map under a chart: one colour a cell, orange for low and blue for high.

use crate::error::Result;
use crate::figure::Map;
use crate::plot::geometry::Rect;
use crate::plot::palette::Palette;
use crate::plot::pen::Pen;
use crate::plot::surface::Raster;

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
