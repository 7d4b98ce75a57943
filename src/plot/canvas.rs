//! Figures on a canvas of the page.
//!
//! plotters' own canvas backend counts in pixels of the backing store and measures text by putting
//! it into the page. Here a transform makes its unit an eighth of a CSS pixel, and text is
//! measured by the canvas itself: nothing touches the page's elements or styles.

use super::chart::Readout;
use super::grips::Grip;
use super::palette::{Palette, Theme};
use super::pen::TOP;
use super::surface::{Drawn, FINE, Raster, Surface};
use crate::error::{Error, Result};
use crate::figure::Figure;
use plotters_backend::text_anchor::HPos;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};
use plotters_canvas::CanvasBackend;
use std::fmt;
use wasm_bindgen::{Clamped, JsCast, JsValue};
use web_sys::{
    CanvasRenderingContext2d, Element, HtmlCanvasElement, ImageData, OffscreenCanvas,
    OffscreenCanvasRenderingContext2d,
};

/// The longest side of a backing store: browsers refuse much longer ones.
const LONGEST: f64 = 8192.0;

/// Draws a figure over the whole of a canvas, in the theme its page writes in, and under it what it is of, if
/// anything is said of that.
///
/// The canvas' backing store becomes its size on the page times `pixel_ratio`. A canvas that is
/// not laid out keeps its backing store, and so does one whose size on the page follows from it.
/// One without size stays as it is.
///
/// # Errors
/// When the canvas has no 2D context to give, or the context refuses to draw.
pub fn canvas(
    figure: &Figure,
    caption: &str,
    canvas: &HtmlCanvasElement,
    pixel_ratio: f64,
) -> Result<()> {
    let ratio = if pixel_ratio.is_finite() && pixel_ratio > 0.0 { pixel_ratio } else { 1.0 };
    let Some((width, height)) = fitted(canvas, ratio) else { return Ok(()) };
    let surface = CanvasSurface::over(canvas, width, height)?;
    super::caption::draw(figure, caption, surface, &palette(canvas))
}

/// What a figure says at a place of a canvas of this size on the page, as [`super::readout`] does.
///
/// Text is measured as on that canvas, by one that is never seen. Where there is no page, it is as wide
/// as in an SVG.
pub fn readout_on_page(
    figure: &Figure,
    width: u32,
    height: u32,
    at: (f64, f64),
) -> Option<Readout> {
    match unseen(f64::from(width), f64::from(height)) {
        Some(surface) => super::read(figure, surface, at),
        None => super::readout(figure, width, height, at),
    }
}

/// Where the handles of a figure lie in a canvas of this size, in CSS pixels; text as for a readout.
pub fn grips_on_page(figure: &Figure, width: u32, height: u32) -> Vec<Grip> {
    match unseen(f64::from(width), f64::from(height)) {
        Some(surface) => super::grip(figure, surface),
        None => super::grips(figure, width, height),
    }
}

/// A canvas of this size that is no part of the page.
fn unseen(width: f64, height: f64) -> Option<CanvasSurface> {
    let canvas = web_sys::window()?.document()?.create_element("canvas").ok()?;
    CanvasSurface::over(&canvas.dyn_into().ok()?, width, height).ok()
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
/// plotters' canvas, counted in eighths of a CSS pixel.
struct CanvasSurface {
    inner: CanvasBackend,
    context: CanvasRenderingContext2d,
    size: (u32, u32),
}

impl CanvasSurface {
    /// A clear surface over the whole of a canvas of this size in CSS pixels.
    fn over(canvas: &HtmlCanvasElement, width: f64, height: f64) -> Result<Self> {
        let missing = || Error::invalid("the canvas has no 2D context: it is in other use");
        let context = canvas.get_context("2d").ok().flatten().ok_or_else(missing)?;
        let context: CanvasRenderingContext2d = context.dyn_into().map_err(|_| missing())?;
        let inner = CanvasBackend::with_canvas_object(canvas.clone()).ok_or_else(missing)?;
        let (columns, rows) = (f64::from(canvas.width()), f64::from(canvas.height()));
        let size = ((width * FINE).round(), (height * FINE).round());
        let prepare = || -> std::result::Result<(), JsValue> {
            context.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0)?;
            context.clear_rect(0.0, 0.0, columns, rows);
            context.set_transform(columns / size.0, 0.0, 0.0, rows / size.1, 0.0, 0.0)
        };
        prepare().map_err(|_| missing())?;
        context.set_line_join("round");
        Ok(CanvasSurface { inner, context, size: (size.0 as u32, size.1 as u32) })
    }

    fn set_font<S: BackendTextStyle>(&self, style: &S) {
        let (weight, family) = (style.style(), style.family());
        let font = format!("{} {}px {}", weight.as_str(), style.size(), family.as_str());
        self.context.set_font(&font);
    }
}

/// What the canvas said when it refused to draw.
#[derive(Debug)]
struct Refused(String);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refused {}

fn refused(error: impl fmt::Display) -> DrawingErrorKind<Refused> {
    DrawingErrorKind::DrawingError(Refused(error.to_string()))
}

fn refused_by_js(error: JsValue) -> DrawingErrorKind<Refused> {
    DrawingErrorKind::DrawingError(Refused(format!("{error:?}")))
}

impl Surface for CanvasSurface {
    /// By way of an image of one pixel a cell: drawn as rectangles, a map takes 30 times as long.
    fn raster(&mut self, raster: &Raster, from: BackendCoord, to: BackendCoord) -> Drawn<Self> {
        let (columns, rows) = (raster.columns as u32, raster.rows as u32);
        if columns == 0 || rows == 0 {
            return Ok(());
        }
        let image = image(raster, columns, rows).map_err(refused_by_js)?;
        let [x, y] = [from.0, from.1].map(f64::from);
        let [width, height] = [to.0 - from.0, to.1 - from.1].map(f64::from);
        self.context.set_image_smoothing_enabled(raster.smooth);
        self.context
            .draw_image_with_offscreen_canvas_and_dw_and_dh(&image, x, y, width, height)
            .map_err(refused_by_js)
    }
}

fn image(
    raster: &Raster,
    columns: u32,
    rows: u32,
) -> std::result::Result<OffscreenCanvas, JsValue> {
    let canvas = OffscreenCanvas::new(columns, rows)?;
    let context = canvas.get_context("2d")?.ok_or(JsValue::NULL)?;
    let context: OffscreenCanvasRenderingContext2d = context.dyn_into()?;
    let bytes: Vec<u8> = raster.colours.iter().flat_map(|c| [c.0, c.1, c.2, 255]).collect();
    let data = ImageData::new_with_u8_clamped_array_and_sh(Clamped(&bytes), columns, rows)?;
    context.put_image_data(&data, 0.0, 0.0)?;
    Ok(canvas)
}

impl DrawingBackend for CanvasSurface {
    type ErrorType = Refused;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn<Self> {
        Ok(())
    }

    fn present(&mut self) -> Drawn<Self> {
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, colour: BackendColor) -> Drawn<Self> {
        self.inner.draw_pixel(point, colour).map_err(refused)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn<Self> {
        self.inner.draw_rect(from, to, style, fill).map_err(refused)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn<Self> {
        self.inner.draw_path(path, style).map_err(refused)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        outline: I,
        style: &S,
    ) -> Drawn<Self> {
        self.inner.fill_polygon(outline, style).map_err(refused)
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        centre: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn<Self> {
        self.inner.draw_circle(centre, radius, style, fill).map_err(refused)
    }

    /// On the line where an SVG of plotters puts it: the canvas' own "top" depends on the face.
    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        (x, y): BackendCoord,
    ) -> Drawn<Self> {
        self.set_font(style);
        self.context.set_text_baseline("alphabetic");
        self.context.set_text_align(match style.anchor().h_pos {
            HPos::Left => "left",
            HPos::Center => "center",
            HPos::Right => "right",
        });
        let (r, g, b) = style.color().rgb;
        self.context.set_fill_style_str(&format!("rgb({r},{g},{b})"));
        let baseline = f64::from(y) + TOP * style.size();
        self.context.fill_text(text, f64::from(x), baseline).map_err(refused_by_js)
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> std::result::Result<(u32, u32), DrawingErrorKind<Refused>> {
        self.set_font(style);
        let width = self.context.measure_text(text).map_err(refused_by_js)?.width();
        Ok((width.ceil() as u32, style.size().ceil() as u32))
    }
}
