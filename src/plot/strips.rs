//! Rows of cells over the whole width: keys, cells, bars and lamps, each row under its name.

use super::geometry::{Area, Point, Rect};
use super::pen::{Pen, Stroke};
use super::text::{LINE, Type, shortened};
use crate::error::Result;
use crate::figure::{Answer, Event, Strip, StripMark, Strips};
use plotters::style::RGBColor;

/// Between two rows, and between two cells of one.
const GAP: f64 = 4.0;
const SEAM: f64 = 1.0;

/// The largest lamp, by its radius; the one beside a row's name, and the knob of what is dragged.
const LAMP: f64 = 8.0;
const NAMED: f64 = 5.5;
const KNOB: f64 = 5.0;

/// Where the rows of a picture lie.
struct Plan {
    /// Of the cells of each row.
    rows: Vec<Rect>,
    columns: usize,
}

impl Plan {
    /// Bars are twice as high as all else; nothing where there is no room.
    fn of(page: &Rect, strips: &Strips) -> Option<Self> {
        let weight = |row: &Strip| if row.mark == StripMark::Bars { 2.0 } else { 1.0 };
        let weights: f64 = strips.rows.iter().map(weight).sum();
        let top = if strips.events.is_empty() { 0.0 } else { LINE };
        let room = page.height() - top - LINE - (LINE + GAP) * strips.rows.len() as f64;
        let width = page.width() / strips.columns.max(1) as f64;
        if strips.columns == 0 || room / weights < 4.0 || width < 2.0 {
            return None;
        }
        let mut y = top;
        let row = |row: &Strip| {
            let cells =
                Rect { top: y + LINE, bottom: y + LINE + room * weight(row) / weights, ..*page };
            y = cells.bottom + GAP;
            cells
        };
        Some(Plan { rows: strips.rows.iter().map(row).collect(), columns: strips.columns })
    }

    /// The cell of a row and a column.
    fn cell(&self, row: usize, column: usize) -> Rect {
        let of_row = self.rows[row];
        let side = of_row.width() / self.columns as f64;
        let left = of_row.left + column as f64 * side;
        Rect { left, right: left + side, ..of_row }
    }
}

/// One cell, counted row by row; of bars that are looked at, all that is framed with it.
pub(super) fn area(pen: &Pen, strips: &Strips, index: usize) -> Option<Area> {
    let page = pen.page();
    let plan = Plan::of(&page, strips)?;
    let (row, column) = (index / plan.columns, index % plan.columns);
    let is_bars = strips.rows.get(row)?.mark == StripMark::Bars;
    let cell = plan.cell(row, column);
    let area = Area::item(cell, (1, 1));
    let more = if is_bars { strips.reach as f64 * cell.width() } else { 0.0 };
    let (left, right) = ((cell.left - more).max(0.0), (cell.right + more).min(page.right));
    Some(Area { rect: Rect { left, right, ..cell }, ..area })
}

/// The row of keys.
pub(super) fn keys(pen: &Pen, strips: &Strips) -> Option<Area> {
    let plan = Plan::of(&pen.page(), strips)?;
    let row = strips.rows.iter().position(|row| row.mark == StripMark::Keys)?;
    Some(Area::cells(plan.rows[row], plan.columns, 1))
}

/// Draws all rows, the numbers of the columns under them, and borders through them.
pub(super) fn draw(pen: &Pen, strips: &Strips) -> Result<()> {
    let Some(plan) = Plan::of(&pen.page(), strips) else { return Ok(()) };
    for (i, row) in strips.rows.iter().enumerate() {
        name(pen, strips, row, plan.rows[i].top - LINE / 2.0)?;
        for column in 0..strips.columns {
            let cell = plan.cell(i, column);
            match row.mark {
                StripMark::Cells | StripMark::Keys => colour(pen, row, column, &cell)?,
                StripMark::Bars => bar(pen, row, column, &cell)?,
                StripMark::Lamps => {
                    light(pen, row.answers.get(column), cell.centre(), lamp(&cell))?;
                }
            }
        }
        looked_at(pen, strips, row, (&plan, i))?;
    }
    numbering(pen, strips, &plan)?;
    borders(pen, strips, &plan)
}

/// The column that is looked at, from 0.
fn now(strips: &Strips) -> Option<usize> {
    strips.now?.checked_sub(1).filter(|&now| now < strips.columns)
}

/// The name of a row, before it a lamp that says what is looked at of it, and then its note: in sight
/// with the name also where the rest is scrolled.
fn name(pen: &Pen, strips: &Strips, row: &Strip, y: f64) -> Result<()> {
    let kind = Type::new(pen.palette.ink).bold(true);
    let mut left = 0.0;
    if let (StripMark::Lamps, Some(now)) = (row.mark, now(strips)) {
        light(pen, row.answers.get(now), (NAMED + 1.0, y), NAMED)?;
        left = 2.0 * NAMED + 8.0;
    }
    let muted = Type::new(pen.palette.muted);
    let beside = left + pen.width(&row.name, &kind) + 3.0 * GAP;
    let note = shortened(&row.note, pen.page().right - beside, |text| pen.width(text, &muted));
    pen.text(&row.name, (left, y), &kind)?;
    pen.text(&note, (beside, y), &muted)
}

/// A cell in the colour of its value: its sign written in it, or a cross where it is a wrong answer.
fn colour(pen: &Pen, row: &Strip, column: usize, cell: &Rect) -> Result<()> {
    let Some(&value) = row.values.get(column) else { return Ok(()) };
    let inner = cell.grown(-SEAM);
    if row.mark == StripMark::Keys {
        pen.fill_rect(&inner, pen.palette.muted, 1.0)?;
        pen.fill_rect(&inner.grown(-1.0), pen.palette.background, 1.0)?;
    }
    let fill = if row.mark == StripMark::Keys { inner.grown(-1.0) } else { inner };
    pen.fill_rect(&fill, pen.palette.diverging((value / row.full + 1.0) / 2.0), 1.0)?;
    if row.answers.get(column) == Some(&Answer::Wrong) {
        return cross(pen, &inner);
    }
    let sign = match value {
        _ if value > 0.0 => "+",
        _ if value < 0.0 => "−",
        _ if row.mark == StripMark::Keys => "0",
        _ => "",
    };
    let kind =
        Type::new(pen.palette.ink).centred().bold(true).sized((0.9 * cell.width()).min(14.0));
    pen.text(sign, cell.centre(), &kind)
}

/// A cross over a cell, as large as its shorter side lets it.
fn cross(pen: &Pen, cell: &Rect) -> Result<()> {
    let (x, y) = cell.centre();
    let half = 0.32 * cell.width().min(cell.height());
    let stroke = Stroke::new(pen.palette.ink, 2.0);
    pen.path(&[(x - half, y - half), (x + half, y + half)], &stroke)?;
    pen.path(&[(x - half, y + half), (x + half, y - half)], &stroke)
}

/// A bar from the middle, up in blue or down in orange.
fn bar(pen: &Pen, row: &Strip, column: usize, cell: &Rect) -> Result<()> {
    let part = row.values.get(column).map(|value| value / row.full);
    let Some(part) = part.filter(|part| part.is_finite()) else { return Ok(()) };
    let (_, middle) = cell.centre();
    let end = middle - part.clamp(-1.0, 1.0) * (cell.height() / 2.0 - GAP);
    let (top, bottom) = (end.min(middle - 0.5), end.max(middle + 0.5));
    let bar = Rect { left: cell.left + SEAM, right: cell.right - SEAM, top, bottom };
    pen.fill_rect(&bar, pen.palette.sign(part), 1.0)
}

/// How large a lamp is, by its radius.
fn lamp(cell: &Rect) -> f64 {
    (0.5 * cell.width().min(cell.height()) - 1.5).clamp(1.0, LAMP)
}

/// The lamp that is looked at, in a ring.
fn ringed(pen: &Pen, row: &Strip, column: usize, cell: &Rect) -> Result<()> {
    pen.disc(cell.centre(), lamp(cell) + 4.0, pen.palette.ink)?;
    pen.disc(cell.centre(), lamp(cell) + 2.5, pen.palette.background)?;
    light(pen, row.answers.get(column), cell.centre(), lamp(cell))
}

/// Lit in ink where the answer is right, an empty ring where it is wrong, a dot where there is none.
fn light(pen: &Pen, answer: Option<&Answer>, at: Point, radius: f64) -> Result<()> {
    match answer {
        Some(Answer::Right) => pen.disc(at, radius, pen.palette.ink),
        Some(Answer::Wrong) => {
            pen.disc(at, radius, pen.palette.test)?;
            pen.disc(at, radius - 1.75, pen.palette.background)
        }
        Some(Answer::Open) | None => pen.disc(at, 1.25, pen.palette.muted),
    }
}

/// What is looked at has a ring as a lamp, else a frame, and on bars a knob to drag it by. A frame that runs
/// over the right end goes on at the left.
fn looked_at(pen: &Pen, strips: &Strips, row: &Strip, (plan, i): (&Plan, usize)) -> Result<()> {
    let count = strips.columns;
    let Some(now) = now(strips) else { return Ok(()) };
    if row.mark == StripMark::Lamps {
        return ringed(pen, row, now, &plan.cell(i, now));
    }
    let reach = if row.mark == StripMark::Bars { strips.reach.min((count - 1) / 2) } else { 0 };
    let stroke = Stroke::new(pen.palette.ink, 1.5);
    for offset in 0..=2 * reach {
        let Rect { left, top, right, bottom } =
            plan.cell(i, (now + count + offset - reach) % count);
        let (from, to) = (left - 0.75, right + 0.75);
        pen.path(&[(from, top), (to, top)], &stroke)?;
        pen.path(&[(from, bottom), (to, bottom)], &stroke)?;
        for (end, x) in [(0, left), (2 * reach, right)] {
            if offset == end {
                pen.path(&[(x, top), (x, bottom)], &stroke)?;
            }
        }
    }
    if row.mark == StripMark::Bars {
        let cell = plan.cell(i, now);
        return knob(pen, (cell.centre().0, cell.bottom), pen.palette.ink);
    }
    Ok(())
}

/// A knob that can be dragged.
fn knob(pen: &Pen, at: Point, colour: RGBColor) -> Result<()> {
    pen.disc(at, KNOB + 1.5, pen.palette.background)?;
    pen.disc(at, KNOB, colour)
}

/// What the columns are, and the number of every fifth.
fn numbering(pen: &Pen, strips: &Strips, plan: &Plan) -> Result<()> {
    let kind = Type::new(pen.palette.muted);
    let Some(last) = plan.rows.last() else { return Ok(()) };
    let y = last.bottom + GAP + LINE / 2.0;
    pen.text(&strips.item, (0.0, y), &kind)?;
    for column in (5..=strips.columns).step_by(5) {
        let (x, number) = (plan.cell(0, column - 1).centre().0, column.to_string());
        let last = pen.page().right - pen.width(&number, &kind) / 2.0;
        pen.text(&number, (x.min(last), y), &kind.centred())?;
    }
    Ok(())
}

/// A line through all rows behind a column, with what ends there above it.
fn borders(pen: &Pen, strips: &Strips, plan: &Plan) -> Result<()> {
    let Some(first) = plan.rows.first() else { return Ok(()) };
    let within = |event: &&Event| event.x > 0.0 && event.x < strips.columns as f64;
    for event in strips.events.iter().filter(within) {
        let x = first.left + first.width() * event.x / strips.columns as f64;
        let kind = Type::new(pen.palette.muted);
        let width = pen.width(&event.label, &kind);
        let left = (x - width / 2.0).clamp(0.0, (first.right - width).max(0.0));
        pen.text(&event.label, (left, LINE / 2.0), &kind)?;
        for row in &plan.rows {
            let stroke = Stroke::new(pen.palette.ink, 2.0);
            pen.path(&[(x, row.top - 2.0), (x, row.bottom + 2.0)], &stroke)?;
        }
    }
    Ok(())
}
