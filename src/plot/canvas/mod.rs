//! Figures on a canvas of the page.
//!
//! plotters' own canvas backend counts in pixels of the backing store and measures text by putting
//! it into the page. Here a transform makes its unit an eighth of a CSS pixel, and text is
//! measured by the canvas itself: nothing touches the page's elements or styles.

mod surface;

use super::palette::{Palette, Theme};
use crate::error::Result;
use crate::figure::Figure;
use surface::CanvasSurface;
use web_sys::{Element, HtmlCanvasElement};

/// The longest side of a backing store: browsers refuse much longer ones.
const LONGEST: f64 = 8192.0;

/// Draws a figure over the whole of a canvas, in the theme its page writes in.
///
/// The canvas' backing store becomes its size on the page times `pixel_ratio`. A canvas that is
/// not laid out keeps its backing store, and so does one whose size on the page follows from it.
/// One without size stays as it is.
///
/// # Errors
/// When the canvas has no 2D context to give, or the context refuses to draw.
pub fn canvas(figure: &Figure, canvas: &HtmlCanvasElement, pixel_ratio: f64) -> Result<()> {
    let ratio = if pixel_ratio.is_finite() && pixel_ratio > 0.0 { pixel_ratio } else { 1.0 };
    let Some((width, height)) = fitted(canvas, ratio) else { return Ok(()) };
    let surface = CanvasSurface::over(canvas, width, height)?;
    super::draw(figure, surface, &palette(canvas))
}

/// Fits the backing store to the page; gives the canvas' size in CSS pixels.
fn fitted(canvas: &HtmlCanvasElement, ratio: f64) -> Option<(f64, f64)> {
    let backing = (canvas.width(), canvas.height());
    let shown = (canvas.client_width(), canvas.client_height());
    if shown.0 <= 0 || shown.1 <= 0 {
        let size = (f64::from(backing.0) / ratio, f64::from(backing.1) / ratio);
        return (backing.0 > 0 && backing.1 > 0).then_some(size);
    }
    let size = (f64::from(shown.0), f64::from(shown.1));
    let ratio = ratio.min(LONGEST / size.0.max(size.1));
    resize(canvas, ((size.0 * ratio).round() as u32, (size.1 * ratio).round() as u32));
    if canvas.client_width() != shown.0 {
        // Nothing on the page fixes its size: it would grow with every drawing.
        resize(canvas, backing);
    }
    Some(size)
}

/// Sets the size of the backing store, only where it differs: setting it costs a new one.
fn resize(canvas: &HtmlCanvasElement, (width, height): (u32, u32)) {
    if canvas.width() != width {
        canvas.set_width(width);
    }
    if canvas.height() != height {
        canvas.set_height(height);
    }
}

/// The theme's colours, on the ground the canvas is seen against.
fn palette(canvas: &HtmlCanvasElement) -> Palette {
    let palette = Palette::of(Theme::of_ink(&style(canvas, "color").unwrap_or_default()));
    let mut element: Option<Element> = Some(canvas.clone().into());
    while let Some(here) = element {
        let css = style(&here, "background-color").unwrap_or_default();
        let seen = palette.clone().on(&css);
        if seen != palette {
            return seen;
        }
        element = here.parent_element();
    }
    palette
}

/// A property of an element as the page has computed it.
fn style(element: &Element, property: &str) -> Option<String> {
    let style = web_sys::window()?.get_computed_style(element).ok()??;
    style.get_property_value(property).ok()
}
