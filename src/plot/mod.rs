//! Figures to pictures: the same code draws to a canvas and to SVG, through plotters.
//!
//! A picture is laid out in CSS pixels. Backends of plotters count in whole numbers, so a surface
//! counts eighths of a pixel; the pen converts. Text is measured by the surface: by the browser
//! on a canvas, by a table of widths in an SVG, which is the same wherever it is made.

#[cfg(target_arch = "wasm32")]
mod canvas;
mod caption;
mod chart;
mod clip;
mod geometry;
mod grips;
mod heat;
mod images;
mod labels;
mod masks;
mod matrices;
mod network;
mod numbers;
mod palette;
mod pen;
mod scale;
mod strips;
mod surface;
mod svg;
mod table;
#[cfg(test)]
mod tests;
mod text;
mod ticks;

#[cfg(target_arch = "wasm32")]
pub use canvas::{canvas, grips_on_page, readout_on_page};
pub use chart::{CellBox, Reading, Readout};
pub use grips::Grip;
pub use palette::{Palette, Theme};
pub use surface::{Raster, Surface};
pub use svg::{grips, readout, svg, svg_captioned, svg_in};

use crate::error::Result;
use crate::figure::{Body, Figure};
use geometry::Rect;
use pen::Pen;
use plotters::drawing::IntoDrawingArea;
use text::{LINE, Type};

/// Draws a figure over the whole of a surface, in the colours of a palette.
///
/// The heading is left to whoever shows the picture. What cannot be drawn (a number that is not
/// finite, a picture without size) is left out; it is never an error.
///
/// # Errors
/// Only what the surface refuses.
pub fn draw<B: Surface>(figure: &Figure, surface: B, palette: &Palette) -> Result<()> {
    caption::draw(figure, "", surface, palette)
}

fn draw_on(figure: &Figure, pen: &Pen) -> Result<()> {
    if pen.page().width() < 1.0 || pen.page().height() < 1.0 {
        return Ok(());
    }
    match &figure.body {
        Body::Empty => note(pen, &figure.note),
        Body::Chart(chart) => chart::draw(pen, chart, &figure.title),
        Body::Network(network) => network::draw(pen, network),
        Body::Images(images) => images::draw(pen, images),
        Body::Matrices(matrices) => matrices::draw(pen, matrices),
        Body::Table(table) => table::draw(pen, table),
        Body::Heat(heat) => heat::draw(pen, heat),
        Body::Masks(masks) => masks::draw(pen, masks),
        Body::Strips(strips) => strips::draw(pen, strips),
    }
}

/// What a figure says at this place of a picture as large as a surface, whose text is as wide as on that: the
/// curves of a chart over and under it, or the cell there; nothing where there is neither.
fn read<B: Surface>(figure: &Figure, surface: B, at: (f64, f64)) -> Option<Readout> {
    let area = surface.into_drawing_area();
    let palette = Palette::of(Theme::Light);
    let pen = Pen::new(&area, &palette);
    match &figure.body {
        Body::Chart(chart) => chart::read(&pen, chart, &figure.title, at),
        Body::Heat(heat) => heat::read(&pen, heat, at),
        _ => None,
    }
}

/// Where the handles of a figure lie in a picture as large as a surface, whose text is as wide as on that.
fn grip<B: Surface>(figure: &Figure, surface: B) -> Vec<Grip> {
    let area = surface.into_drawing_area();
    let palette = Palette::of(Theme::Light);
    grips::of(&Pen::new(&area, &palette), figure)
}

/// Why there is nothing to see, in the middle.
fn note(pen: &Pen, note: &str) -> Result<()> {
    let kind = Type::new(pen.palette.muted).centred();
    let page: Rect = pen.page();
    let lines = text::lines(note, page.width() * 0.8, 4, |text| pen.width(text, &kind));
    let (x, y) = page.centre();
    for (i, line) in lines.iter().enumerate() {
        let below = i as f64 - (lines.len() as f64 - 1.0) / 2.0;
        pen.text(line, (x, y + below * LINE), &kind)?;
    }
    Ok(())
}
