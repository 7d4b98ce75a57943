//! Small networks in a grid: of each its hidden neurons, layer over layer, and a caption under it.

use super::geometry::{Area, Point, Rect};
use super::network::units;
use super::pen::Pen;
use super::text::{LINE, Type, shortened};
use crate::error::Result;
use crate::figure::{MaskDrawing, Masks};

/// Between two networks, at least.
const GAP: f64 = 14.0;

/// From one neuron to the next, at most and at least.
const APART: (f64, f64) = (17.0, 3.0);

/// Draws as many columns of networks as make their neurons largest.
pub(super) fn draw(pen: &Pen, masks: &Masks) -> Result<()> {
    let page = pen.page();
    let Some(grid) = Grid::of(masks, &page) else { return Ok(()) };
    for (i, item) in masks.items.iter().enumerate() {
        let (left, top) = grid.place(i);
        neurons(pen, item, (left, top), grid.apart)?;
        let kind = Type::new(pen.palette.words(item.role));
        let room = grid.cell.0 - GAP;
        let caption = shortened(&item.caption, room, |text| pen.width(text, &kind));
        let below = grid.apart * item.layers.len() as f64 + LINE / 2.0;
        pen.text(&caption, (left, top + below), &kind)?;
    }
    Ok(())
}

/// Where a small network of the grid is.
pub(super) fn area(pen: &Pen, masks: &Masks, index: usize) -> Option<Area> {
    let (grid, item) = (Grid::of(masks, &pen.page())?, masks.items.get(index)?);
    let (left, top) = grid.place(index);
    let (right, bottom) = (left + grid.cell.0 - GAP, top + grid.apart * item.layers.len() as f64);
    Some(Area::item(Rect { left, top, right, bottom }, (1, 1)))
}

fn neurons(pen: &Pen, item: &MaskDrawing, (left, top): Point, apart: f64) -> Result<()> {
    for (row, layer) in item.layers.iter().enumerate() {
        for (column, &is_kept) in layer.iter().enumerate() {
            let part = |place: usize| (place as f64 + 0.5) * apart;
            let at = (left + part(column), top + part(row));
            let bounds = Rect::around(at, 0.78 * apart, 0.78 * apart);
            if is_kept { units::kept(pen, &bounds)? } else { units::dropped(pen, &bounds)? }
        }
    }
    Ok(())
}

/// How the networks are laid out.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Grid {
    columns: usize,
    /// The size of a network and the room around it.
    cell: (f64, f64),
    /// From one neuron to the next.
    apart: f64,
}

impl Grid {
    /// The grid whose neurons are largest; none where there is nothing to show or no room.
    fn of(masks: &Masks, page: &Rect) -> Option<Self> {
        let count = masks.items.len();
        let grids = (1..=count).map(|columns| Grid::with(columns, masks, page));
        let best = |a: Grid, b: Grid| if b.apart > a.apart { b } else { a };
        grids.reduce(best).filter(|grid| grid.apart >= APART.1)
    }

    fn with(columns: usize, masks: &Masks, page: &Rect) -> Self {
        let rows = masks.items.len().div_ceil(columns);
        let items = masks.items.iter();
        let layers = items.clone().map(|item| item.layers.len()).max().unwrap_or(0);
        let units = items.flat_map(|item| &item.layers).map(Vec::len).max().unwrap_or(0);
        let cell = (page.width() / columns as f64, page.height() / rows as f64);
        let across = (cell.0 - GAP) / units.max(1) as f64;
        let down = (cell.1 - LINE - GAP / 2.0) / layers.max(1) as f64;
        Grid { columns, cell, apart: across.min(down).min(APART.0) }
    }

    /// The upper left corner of a network.
    fn place(&self, index: usize) -> Point {
        let (column, row) = (index % self.columns, index / self.columns);
        (column as f64 * self.cell.0, row as f64 * self.cell.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Role;

    fn masks(count: usize, layers: usize, units: usize) -> Masks {
        let layers = vec![vec![true; units]; layers];
        let item = MaskDrawing { layers, caption: "8".into(), role: Role::Member };
        Masks { items: vec![item; count] }
    }

    #[test]
    fn networks_stay_on_the_page_and_apart() {
        for (width, height) in [(320.0, 300.0), (560.0, 300.0), (1100.0, 500.0)] {
            for (count, layers, units) in [(24, 1, 10), (24, 2, 6), (4, 1, 2), (24, 1, 12)] {
                let page = Rect { left: 0.0, top: 0.0, right: width, bottom: height };
                let grid = Grid::of(&masks(count, layers, units), &page).unwrap();
                let size = (grid.apart * units as f64, grid.apart * layers as f64 + LINE);
                assert!(size.0 < grid.cell.0 && size.1 < grid.cell.1, "{grid:?}");
                let last = grid.place(count - 1);
                assert!(last.0 + size.0 <= width && last.1 + size.1 <= height, "{grid:?}");
            }
        }
    }

    #[test]
    fn nothing_to_show_has_no_grid() {
        let page = Rect { left: 0.0, top: 0.0, right: 9.0, bottom: 9.0 };
        assert_eq!(Grid::of(&masks(0, 1, 1), &page), None);
        assert_eq!(Grid::of(&masks(3, 1, 1), &page), None);
    }
}
