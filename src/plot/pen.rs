//! A pen: draws in CSS pixels, in fractions of one, on a drawing area of plotters.

use super::geometry::{Point, Rect, spaced};
use super::palette::Palette;
use super::surface::{FINE, Raster, RasterElement, Surface};
use super::text::{self, Anchor, Type};
use crate::error::{Error, Result};
use crate::figure::LineStyle;
use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::element::{Circle, DashedPathElement, PathElement, Polygon, Rectangle};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{
    Color, FontDesc, FontFamily, FontStyle, RGBAColor, RGBColor, ShapeStyle, TextStyle,
};
use plotters_backend::BackendCoord;

/// The face of all text: the one the reader's system uses itself.
const FACE: &str = "system-ui, sans-serif";

/// How far below the middle of its digits a line of text stands, as a part of its size.
const MIDDLE: f64 = 0.36;

/// How far below the top anchor plotters puts the line text stands on, as a part of its size.
pub(super) const TOP: f64 = 0.76;

/// A line's colour, opacity, width in CSS pixels, and whether it is solid, dashed or dotted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stroke {
    pub colour: RGBColor,
    pub alpha: f64,
    pub width: f64,
    pub line: LineStyle,
}

impl Stroke {
    /// An opaque solid line.
    pub fn new(colour: RGBColor, width: f64) -> Self {
        Stroke { colour, alpha: 1.0, width, line: LineStyle::Solid }
    }

    /// The same line, less opaque.
    pub fn faded(self, alpha: f64) -> Self {
        Stroke { alpha, ..self }
    }

    /// The same line, dashed.
    pub fn dashed(self) -> Self {
        self.with_line(LineStyle::Dashed)
    }

    /// The same line, solid, dashed or dotted.
    pub fn with_line(self, line: LineStyle) -> Self {
        Stroke { line, ..self }
    }

    fn style(&self) -> ShapeStyle {
        let stroke_width = units(self.width).max(1) as u32;
        ShapeStyle { color: translucent(self.colour, self.alpha), filled: false, stroke_width }
    }
}

/// A dashed line. Its dashes are measured from its first point: they stay while the line grows.
type Dashes = DashedPathElement<std::vec::IntoIter<BackendCoord>, i32>;

/// What a pen needs of a drawing area: without types of the surface's own, so that all drawing is
/// compiled once, whatever it is drawn on.
pub(super) trait Paper {
    /// By how much a font must be asked for larger, to come out as large as asked.
    fn font_scale(&self) -> f64;
    /// Width and height, in units of the surface.
    fn size(&self) -> (u32, u32);
    /// How wide a text comes out, in units of the surface; `None` where nobody can tell.
    fn width(&self, text: &str, style: &TextStyle) -> Option<u32>;
    fn text(&self, text: &str, style: &TextStyle, at: BackendCoord) -> Result<()>;
    fn path(&self, element: &PathElement<BackendCoord>) -> Result<()>;
    fn dashes(&self, element: &Dashes) -> Result<()>;
    fn polygon(&self, element: &Polygon<BackendCoord>) -> Result<()>;
    fn rectangle(&self, element: &Rectangle<BackendCoord>) -> Result<()>;
    fn circle(&self, element: &Circle<BackendCoord, i32>) -> Result<()>;
    fn raster(&self, element: &RasterElement) -> Result<()>;
}

impl<B: Surface> Paper for DrawingArea<B, Shift> {
    fn font_scale(&self) -> f64 {
        B::FONT_SCALE
    }

    fn size(&self) -> (u32, u32) {
        self.dim_in_pixel()
    }

    fn width(&self, text: &str, style: &TextStyle) -> Option<u32> {
        self.estimate_text_size(text, style).ok().map(|(width, _)| width)
    }

    fn text(&self, text: &str, style: &TextStyle, at: BackendCoord) -> Result<()> {
        self.draw_text(text, style, at).map_err(refused)
    }

    fn path(&self, element: &PathElement<BackendCoord>) -> Result<()> {
        self.draw(element).map_err(refused)
    }

    fn dashes(&self, element: &Dashes) -> Result<()> {
        self.draw(element).map_err(refused)
    }

    fn polygon(&self, element: &Polygon<BackendCoord>) -> Result<()> {
        self.draw(element).map_err(refused)
    }

    fn rectangle(&self, element: &Rectangle<BackendCoord>) -> Result<()> {
        self.draw(element).map_err(refused)
    }

    fn circle(&self, element: &Circle<BackendCoord, i32>) -> Result<()> {
        self.draw(element).map_err(refused)
    }

    fn raster(&self, element: &RasterElement) -> Result<()> {
        self.draw(element).map_err(refused)
    }
}

/// Draws in CSS pixels on a drawing area of plotters.
pub(super) struct Pen<'a> {
    paper: &'a dyn Paper,
    /// The colours to draw in.
    pub palette: &'a Palette,
}

impl<'a> Pen<'a> {
    /// A pen on the whole of an area.
    pub fn new(paper: &'a dyn Paper, palette: &'a Palette) -> Self {
        Pen { paper, palette }
    }

    /// The whole picture.
    pub fn page(&self) -> Rect {
        let (width, height) = self.paper.size();
        let (right, bottom) = (f64::from(width) / FINE, f64::from(height) / FINE);
        Rect { left: 0.0, top: 0.0, right, bottom }
    }

    /// How wide a text comes out; 0 where nobody can tell.
    pub fn width(&self, text: &str, kind: &Type) -> f64 {
        let width = self.paper.width(text, &self.text_style(kind));
        width.map_or(0.0, |width| f64::from(width) / FINE)
    }

    /// Writes a text on one line, its digits centred on the height of `at`.
    pub fn text(&self, text: &str, (x, y): Point, kind: &Type) -> Result<()> {
        let at = place((x, y + (MIDDLE - TOP) * kind.size));
        self.paper.text(text, &self.text_style(kind), at)
    }

    /// Writes a text on a patch of the ground, so that lines behind it do not cross it.
    pub fn text_with_halo(&self, text: &str, at: Point, kind: &Type) -> Result<()> {
        let patch = text::bounds(at, self.width(text, kind), kind).grown(1.0);
        self.fill_rect(&patch, self.palette.background, 0.85)?;
        self.text(text, at, kind)
    }

    /// Draws a line through points; fewer than two draw nothing.
    pub fn path(&self, points: &[Point], stroke: &Stroke) -> Result<()> {
        if points.len() < 2 {
            return Ok(());
        }
        let width = stroke.width;
        match stroke.line {
            LineStyle::Solid => self.paper.path(&PathElement::new(places(points), stroke.style())),
            LineStyle::Dashed => {
                let (dash, gap) = (units(3.0 * width), units(2.0 * width));
                let dashes = DashedPathElement::new(places(points), dash, gap, stroke.style());
                self.paper.dashes(&dashes)
            }
            LineStyle::Dotted => spaced(points, 2.75 * width)
                .into_iter()
                .try_for_each(|dot| self.disc(dot, 0.5 * width, stroke.colour)),
        }
    }

    /// Fills the area within an outline.
    pub fn polygon(&self, outline: &[Point], colour: RGBColor, alpha: f64) -> Result<()> {
        if outline.len() < 3 {
            return Ok(());
        }
        self.paper.polygon(&Polygon::new(places(outline), filled(colour, alpha)))
    }

    /// Fills a rectangle.
    pub fn fill_rect(&self, rect: &Rect, colour: RGBColor, alpha: f64) -> Result<()> {
        self.paper.rectangle(&Rectangle::new(corners(rect), filled(colour, alpha)))
    }

    /// Fills a circle.
    pub fn disc(&self, centre: Point, radius: f64, colour: RGBColor) -> Result<()> {
        self.paper.circle(&Circle::new(place(centre), units(radius), filled(colour, 1.0)))
    }

    /// Fills a rectangle with a grid of colours.
    pub fn raster(&self, rect: &Rect, raster: Raster) -> Result<()> {
        self.paper.raster(&RasterElement { raster, corners: corners(rect) })
    }

    fn text_style(&self, kind: &Type) -> TextStyle<'static> {
        let weight = if kind.bold { FontStyle::Bold } else { FontStyle::Normal };
        let size = kind.size * FINE * self.paper.font_scale();
        let anchor = match kind.anchor {
            Anchor::Left => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::Right => HPos::Right,
        };
        TextStyle {
            font: FontDesc::new(FontFamily::Name(FACE), size, weight),
            color: kind.colour.to_backend_color(),
            pos: Pos::new(anchor, VPos::Top),
        }
    }
}

fn refused(error: impl std::fmt::Display) -> Error {
    Error::invalid(format!("the figure could not be drawn: {error}"))
}

fn translucent(colour: RGBColor, alpha: f64) -> RGBAColor {
    // Two digits: alpha is written out in full for every element of an SVG.
    colour.mix((alpha * 100.0).round() / 100.0)
}

fn filled(colour: RGBColor, alpha: f64) -> ShapeStyle {
    ShapeStyle { color: translucent(colour, alpha), filled: true, stroke_width: 0 }
}

/// CSS pixels as units of the surface. Far outside every picture all is the same: backends
/// subtract coordinates, and must not overflow.
fn units(pixels: f64) -> i32 {
    const FAR: f64 = 100_000.0;
    (pixels.clamp(-FAR, FAR) * FINE).round() as i32
}

fn place((x, y): Point) -> BackendCoord {
    (units(x), units(y))
}

fn places(points: &[Point]) -> Vec<BackendCoord> {
    points.iter().copied().map(place).collect()
}

fn corners(rect: &Rect) -> [BackendCoord; 2] {
    [place((rect.left, rect.top)), place((rect.right, rect.bottom))]
}
