//! What stands above a chart: the vertical axis' name, keys to clouds and bars, the map's scale.

use super::series::{dot, hollow, is_cloud};
use crate::error::Result;
use crate::figure::{Chart, LineStyle, Map, Mark};
use crate::plot::geometry::{Point, Rect};
use crate::plot::numbers::{entry, shared_decimals};
use crate::plot::pen::Pen;
use crate::plot::surface::Raster;
use crate::plot::text::{Type, shortened};
use plotters::style::RGBColor;

/// From one row to the next.
const ROW: f64 = 18.0;

/// Between two items of a row.
const BETWEEN: f64 = 16.0;

/// Between a sign and the words it explains.
const NEAR: f64 = 5.0;

/// How wide a picture is, at least, that has room for the map's scale; where it has not, the points on
/// the map say what its colours are.
const WIDE: f64 = 300.0;

/// The size of the map's scale.
const STRIP: (f64, f64) = (56.0, 8.0);

/// One thing that stands above a chart.
pub(super) struct Item {
    /// Where it begins, at the middle of its height.
    at: Point,
    sign: Sign,
    words: String,
    colour: RGBColor,
}

/// The sign before the words.
enum Sign {
    None,
    Dot(RGBColor, LineStyle),
    Square(RGBColor),
    /// The scale of a map with the numbers at its ends.
    Strip(String, String),
}

/// The items above a chart, each in its place: in rows, from the left.
pub(super) fn items(pen: &Pen, chart: &Chart, title: &str) -> Vec<Item> {
    let kind = Type::new(pen.palette.muted);
    let room = pen.page().width();
    let (mut x, mut row, mut items) = (0.0, 0.0, Vec::new());
    for (sign, words, colour) in contents(pen, chart, title) {
        let before = sign_width(pen, &sign);
        let measure = |text: &str| pen.width(text, &kind);
        let words = shortened(&words, room - before, measure);
        let width = before + pen.width(&words, &kind);
        if x > 0.0 && x + width > room {
            (x, row) = (0.0, row + 1.0);
        }
        items.push(Item { at: (x, (row + 0.5) * ROW - 1.0), sign, words, colour });
        x += width + BETWEEN;
    }
    items
}

/// How much room the items take, from the top.
pub(super) fn height(items: &[Item]) -> f64 {
    items.last().map_or(0.0, |item| item.at.1 + ROW / 2.0 + 1.0)
}

/// Draws the items.
pub(super) fn draw(pen: &Pen, items: &[Item]) -> Result<()> {
    items.iter().try_for_each(|item| {
        draw_sign(pen, item)?;
        let at = (item.at.0 + sign_width(pen, &item.sign), item.at.1);
        pen.text(&item.words, at, &Type::new(item.colour))
    })
}

fn contents(pen: &Pen, chart: &Chart, title: &str) -> Vec<(Sign, String, RGBColor)> {
    let mut contents = Vec::new();
    let (muted, colour) = (pen.palette.muted, |series| pen.palette.series(series));
    let name = &chart.y.label;
    // The heading over the figure has said it already.
    let said = name.eq_ignore_ascii_case(title) || title.contains(&format!(": {name} against "));
    if !name.is_empty() && !said {
        contents.push((Sign::None, name.clone(), muted));
    }
    for series in chart.series.iter().filter(|series| !series.label().is_empty()) {
        let name = series.label().to_string();
        if series.mark == Mark::Bars {
            contents.push((Sign::Square(colour(series)), name, pen.palette.name(series)));
        } else if is_cloud(chart, series) {
            let dot = Sign::Dot(colour(series), hollow(series));
            contents.push((dot, name, pen.palette.name(series)));
        }
    }
    let scale = chart.map.iter().filter(|_| pen.page().width() >= WIDE);
    contents.extend(scale.map(strip).map(|(sign, words)| (sign, words, muted)));
    contents
}

fn strip(map: &Map) -> (Sign, String) {
    let decimals = shared_decimals(&[map.low, map.high]);
    let end = |value: f64| entry(value, decimals, crate::figure::Unit::Plain);
    (Sign::Strip(end(map.low), end(map.high)), map.label.clone())
}

fn sign_width(pen: &Pen, sign: &Sign) -> f64 {
    let kind = Type::new(pen.palette.muted);
    match sign {
        Sign::None => 0.0,
        Sign::Dot(..) => 8.0 + NEAR,
        Sign::Square(_) => 10.0 + NEAR,
        Sign::Strip(low, high) => {
            STRIP.0 + 3.0 * NEAR + pen.width(low, &kind) + pen.width(high, &kind)
        }
    }
}

fn draw_sign(pen: &Pen, item: &Item) -> Result<()> {
    let (x, y) = item.at;
    match &item.sign {
        Sign::None => Ok(()),
        Sign::Dot(colour, run) => dot(pen, (x + 4.0, y), 3.5, *colour, *run),
        Sign::Square(colour) => {
            let square = Rect::around((x + 5.0, y), 10.0, 10.0);
            pen.fill_rect(&square, *colour, 0.7)
        }
        Sign::Strip(low, high) => draw_strip(pen, item.at, low, high),
    }
}

fn draw_strip(pen: &Pen, (x, y): Point, low: &str, high: &str) -> Result<()> {
    let kind = Type::new(pen.palette.muted);
    let left = x + pen.width(low, &kind) + NEAR;
    let (top, right) = (y.round() - STRIP.1 / 2.0, left + STRIP.0);
    pen.text(low, (x, y), &kind)?;
    let colours = (0..28).map(|i| pen.palette.diverging(f64::from(i) / 27.0)).collect();
    let raster = Raster { columns: 28, rows: 1, smooth: true, colours };
    pen.raster(&Rect { left, top, right, bottom: top + STRIP.1 }, raster)?;
    pen.text(high, (right + NEAR, y), &kind)
}
