//! A matrix as a grid of colours: orange for low and blue for high, numbers where there is room.

use super::chart::Readout;
use super::geometry::{Area, Point, Rect};
use super::palette::Palette;
use super::pen::{Pen, Stroke};
use super::surface::Raster;
use super::text::{LINE, Type};
use crate::error::Result;
use crate::figure::{Heat, Wall};
use crate::numbers::{fixed, power_of_ten};

/// Between the grid and the numbers of its rows and columns.
const GAP: f64 = 6.0;

/// How much room the frame of a wall takes on each side.
const FRAME: f64 = 8.0;

/// From a wall to the image it is about, and how large that is at most.
const IMAGE_GAP: f64 = 14.0;
const IMAGE: f64 = 96.0;

/// How wide the key of the colours is.
const KEY: f64 = 64.0;

/// Colours in the key.
const KEY_STEPS: usize = 33;

/// Draws the grid as large as fits, the numbers of its rows and columns, and the key of its colours.
pub(super) fn draw(pen: &Pen, heat: &Heat) -> Result<()> {
    let Some((grid, side)) = grid(pen, heat) else { return Ok(()) };
    pen.raster(&grid, raster(heat, pen.palette))?;
    name(pen, heat)?;
    if let Some(wall) = &heat.wall {
        return around(pen, heat, wall, &grid, side);
    }
    key(pen, heat, grid.right)?;
    numbering(pen, heat, &grid, side)?;
    entries(pen, heat, &grid, side)
}

/// What all cells cover, and the side of one; nothing where there is nothing to show or no room.
fn grid(pen: &Pen, heat: &Heat) -> Option<(Rect, f64)> {
    let page = pen.page();
    let cells = heat.rows.saturating_mul(heat.columns);
    let (margin, above) = margins(pen, heat);
    let side = side(&page, (margin, above), heat);
    if cells == 0 || heat.values.len() < cells || side < 1.0 {
        return None;
    }
    let (left, top) = (page.left + margin, page.top + above);
    let (right, bottom) = (left + side * heat.columns as f64, top + side * heat.rows as f64);
    Some((Rect { left, top, right, bottom }, side))
}

/// All cells.
pub(super) fn cells(pen: &Pen, heat: &Heat) -> Option<Area> {
    let (rect, _) = grid(pen, heat)?;
    Some(Area::cells(rect, heat.columns, heat.rows))
}

/// What the cell at a place of the picture holds. A wall says what there is to say at its handles.
pub(super) fn read(pen: &Pen, heat: &Heat, at: Point) -> Option<Readout> {
    let grid = cells(pen, heat).filter(|_| heat.wall.is_none())?;
    let (index, place) = grid.cell_at(at)?;
    let (row, column) = (index / heat.columns, index % heat.columns + 1);
    let row = match heat.row_names.get(row) {
        Some(gap) if gap.is_empty() => return None,
        Some(name) => name.clone(),
        None => format!("{} {}", heat.items[0], row + 1),
    };
    let label = format!("{row}, {} {column}", heat.items[1]);
    Some(Readout::cell((index, place), label, (&heat.label, heat.values[index])))
}

/// One cell, counted row by row.
pub(super) fn cell(pen: &Pen, heat: &Heat, index: usize) -> Option<Area> {
    let (grid, side) =
        grid(pen, heat).filter(|_| index < heat.rows.saturating_mul(heat.columns))?;
    let (row, column) = ((index / heat.columns) as f64, (index % heat.columns) as f64);
    let centre = (grid.left + (column + 0.5) * side, grid.top + (row + 0.5) * side);
    Some(Area::item(Rect::around(centre, side, side), (1, 1)))
}

/// Room for the numbers or names of the rows, and for those of the columns; of a wall for its frame.
fn margins(pen: &Pen, heat: &Heat) -> (f64, f64) {
    if heat.wall.is_some() {
        return (FRAME, LINE + FRAME);
    }
    let kind = Type::new(pen.palette.muted);
    let names = heat.row_names.iter().map(|name| pen.width(name, &kind));
    (names.fold(LINE, f64::max) + GAP, 2.0 * LINE + GAP)
}

/// How large a cell comes out: a whole number, so that all are equal and sharp.
fn side(page: &Rect, (margin, above): (f64, f64), heat: &Heat) -> f64 {
    let (columns, rows) = (heat.columns.max(1) as f64, heat.rows.max(1) as f64);
    let around = if heat.wall.is_some() { FRAME } else { 0.0 };
    let (width, height) = (page.width() - margin - around, page.height() - above - around);
    (width / columns).min(height / rows).floor()
}

/// What stands around the cells of a wall: its frame, the ring of one of them, and the image.
fn around(pen: &Pen, heat: &Heat, wall: &Wall, grid: &Rect, side: f64) -> Result<()> {
    let width = FRAME - 3.0;
    outline(pen, grid, 1.0 + width / 2.0, Stroke::new(pen.palette.sign(wall.frame), width))?;
    if let Some(cell) = wall.ringed.filter(|&cell| cell < heat.rows.saturating_mul(heat.columns)) {
        let (row, column) = ((cell / heat.columns) as f64, (cell % heat.columns) as f64);
        let at = (grid.left + (column + 0.5) * side, grid.top + (row + 0.5) * side);
        outline(pen, &Rect::around(at, side, side), 2.0, Stroke::new(pen.palette.ink, 2.0))?;
    }
    let pixels = libm::sqrt(wall.image.len() as f64) as usize;
    let room = (pen.page().right - grid.right - FRAME - IMAGE_GAP).min(IMAGE);
    let pixel = (room / pixels.max(1) as f64).floor();
    if pixel < 2.0 || wall.image.len() != pixels * pixels {
        return Ok(());
    }
    let ink =
        |&ink: &f64| pen.palette.grey(pen.palette.background, if ink.is_nan() { 0.0 } else { ink });
    let colours = wall.image.iter().map(ink).collect();
    let left = (grid.right + FRAME + IMAGE_GAP).round();
    let edge = pixel * pixels as f64;
    let place = Rect { left, top: grid.top, right: left + edge, bottom: grid.top + edge };
    pen.raster(&place, Raster { columns: pixels, rows: pixels, smooth: false, colours })?;
    outline(pen, &place, 0.5, Stroke::new(pen.palette.grid, 1.0))
}

/// A line around a rectangle, its middle so far outside.
fn outline(pen: &Pen, rect: &Rect, by: f64, stroke: Stroke) -> Result<()> {
    let (left, right) = (rect.left - by, rect.right + by);
    let (top, bottom) = (rect.top - by, rect.bottom + by);
    let corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
    // A line that goes on a little closes its last corner.
    let end = (left + stroke.width / 2.0, top);
    pen.path(&[&corners[..], &[end]].concat(), &stroke)
}

fn raster(heat: &Heat, palette: &Palette) -> Raster {
    let entries = heat.values.iter().take(heat.rows.saturating_mul(heat.columns));
    let colours = entries.map(|&value| palette.diverging(part(heat, value))).collect();
    Raster { columns: heat.columns, rows: heat.rows, smooth: false, colours }
}

fn part(heat: &Heat, value: f64) -> f64 {
    (value - heat.low) / (heat.high - heat.low)
}

fn name(pen: &Pen, heat: &Heat) -> Result<()> {
    let kind = Type::new(pen.palette.muted);
    pen.text(&heat.label, (pen.page().left, LINE / 2.0), &kind)
}

/// Which colour means what, above the right end of the grid.
fn key(pen: &Pen, heat: &Heat, right: f64) -> Result<()> {
    let kind = Type::new(pen.palette.muted).right();
    let (low, high) = (short(heat.low), short(heat.high));
    let bar_right = right.max(2.0 * KEY) - pen.width(&high, &kind) - GAP;
    let bar = Rect { left: bar_right - KEY, top: 3.0, right: bar_right, bottom: LINE - 3.0 };
    if bar.left < pen.width(&heat.label, &kind) + pen.width(&low, &kind) + 3.0 * GAP {
        return Ok(());
    }
    let colour = |i: usize| pen.palette.diverging(i as f64 / (KEY_STEPS - 1) as f64);
    let colours = (0..KEY_STEPS).map(colour).collect();
    pen.raster(&bar, Raster { columns: KEY_STEPS, rows: 1, smooth: false, colours })?;
    pen.text(&high, (bar_right + GAP + pen.width(&high, &kind), LINE / 2.0), &kind)?;
    pen.text(&low, (bar.left - GAP, LINE / 2.0), &kind)
}

/// The numbers of rows and columns: every one, or every fifth where they would touch.
fn numbering(pen: &Pen, heat: &Heat, grid: &Rect, side: f64) -> Result<()> {
    let kind = Type::new(pen.palette.muted);
    let every = if side < 18.0 { 5 } else { 1 };
    let shown = |count: usize| {
        (1..=count).filter(move |&i| count < 5 || i % every == 0 || (i == 1 && side > 6.0))
    };
    for column in shown(heat.columns) {
        let x = grid.left + (column as f64 - 0.5) * side;
        pen.text(&column.to_string(), (x, grid.top - LINE / 2.0 - 1.0), &kind.centred())?;
    }
    let names: Vec<(usize, String)> = if heat.row_names.is_empty() {
        shown(heat.rows).map(|row| (row, row.to_string())).collect()
    } else {
        written(heat, side)
    };
    for (row, name) in names {
        let y = grid.top + (row as f64 - 0.5) * side;
        pen.text(&name, (grid.left - GAP, y), &kind.right())?;
    }
    Ok(())
}

/// The rows, from 1, whose names are written: all, or the first after every gap where they would touch.
fn written(heat: &Heat, side: f64) -> Vec<(usize, String)> {
    let names = &heat.row_names;
    let after_gap = |row: usize| row == 0 || names[row - 1].is_empty();
    let rows = (0..names.len().min(heat.rows)).filter(|&row| side >= LINE || after_gap(row));
    rows.map(|row| (row + 1, names[row].clone())).collect()
}

/// The entries, with two decimals, where they fit.
fn entries(pen: &Pen, heat: &Heat, grid: &Rect, side: f64) -> Result<()> {
    let kind = Type::new(pen.palette.ink).centred().sized(11.0);
    let shown = heat.values.iter().take(heat.rows.saturating_mul(heat.columns));
    let texts: Vec<String> = shown.map(|&value| short(value)).collect();
    let widest = texts.iter().map(|text| pen.width(text, &kind)).fold(0.0, f64::max);
    if widest + 4.0 > side {
        return Ok(());
    }
    for (i, text) in texts.iter().enumerate() {
        let (row, column) = ((i / heat.columns) as f64, (i % heat.columns) as f64);
        let at = (grid.left + (column + 0.5) * side, grid.top + (row + 0.5) * side);
        pen.text(text, at, &kind)?;
    }
    Ok(())
}

fn short(value: f64) -> String {
    if value.abs() >= 1e4 { power_of_ten(value, 1) } else { fixed(value, 2) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plot::palette::Theme;

    fn heat(rows: usize, columns: usize) -> Heat {
        let label = "covariance".to_string();
        let values = (0..rows * columns).map(|i| i as f64).collect();
        Heat { label, rows, columns, low: -3.0, high: 3.0, values, ..Heat::default() }
    }

    #[test]
    fn row_1_is_at_the_top_and_0_is_the_ground() {
        let palette = Palette::of(Theme::Light);
        let colours = raster(&heat(2, 2), &palette).colours;
        assert_eq!((colours[0], colours[3]), (palette.background, palette.diverging(1.0)));
    }

    #[test]
    fn the_grid_fits_and_its_cells_are_whole_pixels() {
        for (right, bottom) in [(300.0, 300.0), (320.0, 200.0), (90.0, 400.0)] {
            let page = Rect { left: 0.0, top: 0.0, right, bottom };
            for n in 1..=30 {
                let side = side(&page, (21.0, 2.0 * LINE + GAP), &heat(n, n));
                assert_eq!(side, side.floor());
                assert!(21.0 + side * n as f64 <= right, "{n} on {right} x {bottom}");
                assert!(2.0 * LINE + GAP + side * n as f64 <= bottom);
            }
        }
    }
    #[test]
    fn of_rows_too_close_for_all_their_names_each_first_one_is_named() {
        let row_names = ["a 1", "a 2", "", "b 1", "b 2"].map(String::from).to_vec();
        let heat = Heat { row_names, ..heat(5, 1) };
        let named = |side| written(&heat, side).into_iter().map(|(row, _)| row).collect::<Vec<_>>();
        assert_eq!((named(15.0), named(14.0)), (vec![1, 2, 3, 4, 5], vec![1, 4]));
    }
}
