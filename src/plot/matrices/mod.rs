//! Matrices with their entries written out, in rows like words.

mod entries;

use super::geometry::{Point, Rect};
use super::palette::blend;
use super::pen::{Pen, Stroke};
use super::text::{LINE, Type, lines, raised};
use crate::error::Result;
use crate::figure::{EntryState, Matrices, Matrix};
use entries::{Entry, entries};

/// Between two matrices, sideways.
const GAP: f64 = 28.0;

/// From the symbol's words to the bracket, and from the bracket to the entries.
const NEAR: f64 = 7.0;

/// How large matrices are drawn.
#[derive(Clone, Copy)]
struct Fit {
    /// The size of the entries' text.
    text: f64,
    /// The most rows, and the most columns, that are shown.
    most: usize,
    /// Whether they are told in words.
    labels: bool,
}

/// From the largest to the smallest: the first with which all matrices have room is taken.
const FITS: [Fit; 9] = [
    Fit { text: 14.0, most: 12, labels: true },
    Fit { text: 12.0, most: 16, labels: true },
    Fit { text: 12.0, most: 10, labels: true },
    Fit { text: 10.5, most: 12, labels: true },
    Fit { text: 9.0, most: 12, labels: true },
    Fit { text: 9.0, most: 8, labels: true },
    Fit { text: 9.0, most: 8, labels: false },
    Fit { text: 8.0, most: 5, labels: false },
    Fit { text: 7.0, most: 3, labels: false },
];

/// Draws all matrices, as large as they fit.
pub(super) fn draw(pen: &Pen, matrices: &Matrices) -> Result<()> {
    let page = pen.page();
    let mut blocks = Vec::new();
    for fit in FITS {
        blocks = matrices.items.iter().map(|matrix| Block::of(pen, matrix, fit)).collect();
        if flow(&mut blocks, page.width()) <= page.height() {
            break;
        }
    }
    blocks.iter().try_for_each(|block| block.draw(pen))
}

/// Puts blocks in rows, from the left; gives the height of all.
fn flow(blocks: &mut [Block], room: f64) -> f64 {
    let (mut rest, mut top, mut bottom) = (blocks, 0.0, 0.0);
    while !rest.is_empty() {
        let (row, below) = rest.split_at_mut(fitting(rest, room));
        bottom = place_row(row, top);
        (rest, top) = (below, bottom + LINE / 2.0);
    }
    bottom
}

/// How many blocks fit in a row; at least one is put there.
fn fitting(blocks: &[Block], room: f64) -> usize {
    let mut right = -GAP;
    let fits = |block: &&Block| {
        right += GAP + block.width();
        right <= room
    };
    blocks.iter().take_while(fits).count().max(1)
}

/// Puts blocks side by side, their brackets' middles in line; gives the row's lower end.
fn place_row(row: &mut [Block], top: f64) -> f64 {
    let highest = row.iter().map(|block| block.bracket().height()).fold(0.0, f64::max);
    let (mut left, mut bottom) = (0.0, top);
    for block in row {
        block.at = (left, top + (highest - block.bracket().height()) / 2.0);
        left += block.width() + GAP;
        bottom = f64::max(bottom, block.at.1 + block.height());
    }
    bottom
}

/// One matrix as it is drawn.
struct Block {
    /// Its upper left corner.
    at: Point,
    symbol: String,
    symbol_width: f64,
    /// What it is, in words, under it.
    label: Vec<String>,
    label_width: f64,
    /// The entries that are shown, row by row.
    entries: Vec<Vec<Entry>>,
    /// The size of an entry's text, and the room of an entry.
    text: f64,
    cell: (f64, f64),
}

impl Block {
    fn of(pen: &Pen, matrix: &Matrix, fit: Fit) -> Self {
        let text = fit.text;
        let kind = Type::new(pen.palette.ink).sized(text).bold(true);
        let entries = entries(matrix, fit.most);
        let widths = entries.iter().flatten().map(|entry| pen.width(&entry.text, &kind));
        let cell = (widths.fold(0.0, f64::max) + 0.9 * text, 1.6 * text);
        let symbol = match matrix.symbol.as_str() {
            "" => String::new(),
            symbol => format!("{} =", raised(symbol)),
        };
        let symbol_width = pen.width(&symbol, &Type::new(pen.palette.ink).sized(text));
        let mut block = Block {
            at: (0.0, 0.0),
            symbol_width: if symbol.is_empty() { 0.0 } else { symbol_width + NEAR },
            symbol,
            label: Vec::new(),
            label_width: 0.0,
            entries,
            text,
            cell,
        };
        let small = Type::new(pen.palette.muted).sized(11.0);
        let room = block.width().max(110.0).min(pen.page().width());
        let label = if fit.labels { raised(&matrix.label) } else { String::new() };
        block.label = lines(&label, room, 2, |text| pen.width(text, &small));
        let widths = block.label.iter().map(|line| pen.width(line, &small));
        block.label_width = widths.fold(0.0, f64::max);
        block
    }

    fn width(&self) -> f64 {
        let columns = self.entries.iter().map(Vec::len).max().unwrap_or(0);
        let bracket = columns as f64 * self.cell.0 + 4.0;
        (self.symbol_width + bracket).max(self.label_width)
    }

    fn height(&self) -> f64 {
        self.bracket().height() + 4.0 + LINE * self.label.len() as f64
    }

    /// What the brackets enclose.
    fn bracket(&self) -> Rect {
        let columns = self.entries.iter().map(Vec::len).max().unwrap_or(0) as f64;
        let (left, top) = (self.at.0 + self.symbol_width, self.at.1 + 2.0);
        let right = left + columns * self.cell.0 + 4.0;
        Rect { left, top, right, bottom: top + self.entries.len() as f64 * self.cell.1 + 4.0 }
    }

    fn draw(&self, pen: &Pen) -> Result<()> {
        let bracket = self.bracket();
        let (_, middle) = bracket.centre();
        pen.text(&self.symbol, (self.at.0, middle), &Type::new(pen.palette.ink).sized(self.text))?;
        draw_brackets(pen, &bracket)?;
        for (row, entries) in self.entries.iter().enumerate() {
            for (column, entry) in entries.iter().enumerate() {
                let left = bracket.left + 2.0 + column as f64 * self.cell.0;
                let top = bracket.top + 2.0 + row as f64 * self.cell.1;
                let (right, bottom) = (left + self.cell.0, top + self.cell.1);
                draw_entry(pen, entry, &Rect { left, top, right, bottom }, self.text)?;
            }
        }
        let small = Type::new(pen.palette.muted).sized(11.0);
        for (i, line) in self.label.iter().enumerate() {
            pen.text(line, (self.at.0, bracket.bottom + LINE * (i as f64 + 0.5) + 3.0), &small)?;
        }
        Ok(())
    }
}

fn draw_brackets(pen: &Pen, rect: &Rect) -> Result<()> {
    let stroke = Stroke::new(pen.palette.muted, 1.25);
    for (x, inwards) in [(rect.left, 4.0), (rect.right, -4.0)] {
        let hook = x + inwards;
        let bracket = [(hook, rect.top), (x, rect.top), (x, rect.bottom), (hook, rect.bottom)];
        pen.path(&bracket, &stroke)?;
    }
    Ok(())
}

/// Writes an entry: bold on green where it is updated, struck out where it is dropped.
fn draw_entry(pen: &Pen, entry: &Entry, cell: &Rect, size: f64) -> Result<()> {
    let palette = pen.palette;
    let (updated, dropped) =
        (entry.state == EntryState::Updated, entry.state == EntryState::Dropped);
    if updated {
        let tint = blend(palette.background, palette.theory, 0.18);
        pen.fill_rect(&cell.grown(-1.0), tint, 1.0)?;
    }
    let colour = if dropped { palette.muted } else { palette.ink };
    let kind = Type::new(colour).sized(size).centred().bold(updated);
    pen.text(&entry.text, cell.centre(), &kind)?;
    if dropped {
        let half = pen.width(&entry.text, &kind) / 2.0 + 3.0;
        let (x, y) = cell.centre();
        pen.path(&[(x - half, y), (x + half, y)], &Stroke::new(palette.muted, 1.0))?;
    }
    Ok(())
}
