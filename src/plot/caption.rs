//! Lines under a picture that is handed on, which say what it is of: the page around it says so only there.

use super::palette::Palette;
use super::pen::Pen;
use super::surface::{FINE, Surface};
use super::text::{LINE, Type, lines};
use crate::error::Result;
use crate::figure::Figure;
use plotters::drawing::IntoDrawingArea;

/// The most lines.
const MOST: usize = 6;

/// Between the picture and the lines, and around them.
const MARGIN: f64 = 8.0;

/// Draws a figure and under it what it is of, over the whole of a surface.
///
/// # Errors
/// Only what the surface refuses.
pub(super) fn draw<B: Surface>(
    figure: &Figure,
    caption: &str,
    surface: B,
    palette: &Palette,
) -> Result<()> {
    let area = surface.into_drawing_area();
    let pen = Pen::new(&area, palette);
    let (page, kind) = (pen.page(), Type::new(palette.muted));
    let said = lines(caption, page.width() - 2.0 * MARGIN, MOST, |text| pen.width(text, &kind));
    if said.is_empty() || page.height() < 1.0 {
        return super::draw_on(figure, &pen);
    }
    let top = (page.height() - said.len() as f64 * LINE - 2.0 * MARGIN).max(0.0);
    let (above, _) = area.split_vertically((top * FINE) as u32);
    let margin = if top.min(page.width()) > 4.0 * MARGIN { (MARGIN * FINE) as u32 } else { 0 };
    let above = above.margin(margin, 0, margin, margin);
    super::draw_on(figure, &Pen::new(&above, palette))?;
    for (i, line) in said.iter().enumerate() {
        pen.text(line, (MARGIN, top + MARGIN + (i as f64 + 0.5) * LINE), &kind)?;
    }
    Ok(())
}
