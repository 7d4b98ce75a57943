//! A table as a picture: for export; pages write their tables in HTML.

use super::geometry::{Point, Rect};
use super::numbers::{entry, shared_decimals};
use super::pen::{Pen, Stroke};
use super::text::{Type, shortened};
use crate::error::Result;
use crate::figure::{Cell, Table, Unit};

/// From one row to the next.
const ROW: f64 = 20.0;

/// Between two columns.
const GAP: f64 = 20.0;

/// A column as it is drawn: all its words, and where they stand.
struct Column {
    head: String,
    cells: Vec<String>,
    /// Numbers stand under each other's last digit, words under each other's first letter.
    numeric: bool,
    left: f64,
    width: f64,
}

/// Draws the head and as many rows as there is room for, and says how many are missing.
pub(super) fn draw(pen: &Pen, table: &Table) -> Result<()> {
    let page = pen.page();
    let columns = columns(pen, table, &page);
    let room = (page.height() / ROW).max(1.0) as usize - 1;
    let shown = if table.rows.len() <= room { room } else { room.saturating_sub(1) };
    let right = columns.last().map_or(0.0, |column| column.left + column.width);
    let line = [(0.0, ROW + 0.5), (right, ROW + 0.5)];
    pen.path(&line, &Stroke::new(pen.palette.pale, 1.0))?;
    for column in &columns {
        write(pen, column, &column.head, 0, &Type::new(pen.palette.muted))?;
        for (row, cell) in column.cells.iter().take(shown).enumerate() {
            write(pen, column, cell, row + 1, &Type::new(pen.palette.ink))?;
        }
    }
    let missing = table.rows.len().saturating_sub(shown);
    if missing == 0 {
        return Ok(());
    }
    let at = (0.0, middle(shown + 1));
    pen.text(&format!("… {missing} more rows"), at, &Type::new(pen.palette.muted))
}

fn middle(row: usize) -> f64 {
    (row as f64 + 0.5) * ROW
}

fn columns(pen: &Pen, table: &Table, page: &Rect) -> Vec<Column> {
    let mut columns: Vec<Column> = (0..table.columns.len()).map(|i| column(table, i)).collect();
    let kind = Type::new(pen.palette.ink);
    for column in &mut columns {
        let texts = column.cells.iter().chain([&column.head]);
        column.width = texts.map(|text| pen.width(text, &kind)).fold(0.0, f64::max);
    }
    let widths: Vec<f64> = columns.iter().map(|column| column.width).collect();
    let widest = widest(&widths, page.width() - GAP * columns.len().saturating_sub(1) as f64);
    let mut left = 0.0;
    for column in &mut columns {
        column.width = column.width.min(widest);
        column.left = left;
        left += column.width + GAP;
    }
    columns
}

/// How wide a column may be for all to fit: narrow ones keep their width, wide ones share the rest.
fn widest(widths: &[f64], mut room: f64) -> f64 {
    let mut sorted = widths.to_vec();
    sorted.sort_by(f64::total_cmp);
    for (i, &width) in sorted.iter().enumerate() {
        let share = room / (sorted.len() - i) as f64;
        if width > share {
            return share.max(0.0);
        }
        room -= width;
    }
    f64::INFINITY
}

fn column(table: &Table, index: usize) -> Column {
    let spec = &table.columns[index];
    let cells: Vec<Option<&Cell>> = table.rows.iter().map(|row| row.get(index)).collect();
    let numbers: Vec<f64> = cells.iter().filter_map(|cell| number(*cell)).collect();
    let decimals = shared_decimals(&numbers);
    let words = cells.iter().map(|cell| words(*cell, decimals, spec.unit)).collect();
    let (head, numeric) = (spec.label.clone(), !numbers.is_empty());
    Column { head, cells: words, numeric, left: 0.0, width: 0.0 }
}

fn number(cell: Option<&Cell>) -> Option<f64> {
    match cell {
        Some(Cell::Number(number)) => Some(*number),
        _ => None,
    }
}

fn words(cell: Option<&Cell>, decimals: usize, unit: Unit) -> String {
    match cell {
        Some(Cell::Number(number)) => entry(*number, decimals, unit),
        Some(Cell::Text(text)) => text.clone(),
        None => String::new(),
    }
}

fn write(pen: &Pen, column: &Column, text: &str, row: usize, kind: &Type) -> Result<()> {
    let text = shortened(text, column.width + 0.5, |text| pen.width(text, kind));
    let (at, kind): (Point, Type) = if column.numeric {
        ((column.left + column.width, middle(row)), kind.right())
    } else {
        ((column.left, middle(row)), *kind)
    };
    pen.text(&text, at, &kind)
}

#[cfg(test)]
mod tests {
    use super::widest;

    #[test]
    fn only_wide_columns_give_way() {
        assert_eq!(widest(&[50.0, 20.0, 200.0, 300.0], 400.0), 165.0);
        assert_eq!(widest(&[50.0, 20.0], 400.0), f64::INFINITY);
        assert_eq!(widest(&[], 400.0), f64::INFINITY);
        assert_eq!(widest(&[50.0], -3.0), 0.0);
    }
}
