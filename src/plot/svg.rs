//! Figures as SVG: the same bytes natively and in a browser.

use super::chart::Readout;
use super::grips::Grip;
use super::palette::{Palette, Theme};
use super::surface::{Drawn, FINE, Surface};
use super::text::estimated_width;
use crate::figure::Figure;
use plotters::backend::SVGBackend;
use plotters::style::Color;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    FontStyle,
};

/// The longest side of a picture, in CSS pixels.
const LONGEST: u32 = 10_000;

/// A figure as an SVG document of this many CSS pixels, in the light theme on its ground.
///
/// The figure's title and description are part of it, for those who do not see the picture.
pub fn svg(figure: &Figure, width: u32, height: u32) -> String {
    let palette = Palette::of(Theme::Light);
    svg_in(figure, width, height, &palette, true)
}

/// A figure as an SVG document in the colours of a palette, on its ground or on none.
pub fn svg_in(figure: &Figure, width: u32, height: u32, palette: &Palette, ground: bool) -> String {
    document((figure, ""), (width, height), palette, ground)
}

/// A figure with lines under it that say what it is of, in the colours of a palette.
pub fn svg_captioned(
    figure: &Figure,
    caption: &str,
    (width, height): (u32, u32),
    palette: &Palette,
) -> String {
    document((figure, caption), (width, height), palette, true)
}

fn document(
    (figure, caption): (&Figure, &str),
    (width, height): (u32, u32),
    palette: &Palette,
    ground: bool,
) -> String {
    let (width, height) = (width.min(LONGEST), height.min(LONGEST));
    let size = (width * FINE as u32, height * FINE as u32);
    let mut picture = String::new();
    let mut surface = SvgSurface(SVGBackend::with_string(&mut picture, size));
    if ground {
        let corner = (size.0 as i32, size.1 as i32);
        // Writing to a string cannot fail, here or below.
        let _ = surface.draw_rect((0, 0), corner, &palette.background.to_backend_color(), true);
    }
    let _ = super::caption::draw(figure, caption, surface, palette);
    let body = picture.split_once('>').map_or("", |(_, body)| body);
    format!("{}{body}", head(figure, (width, height), size))
}

/// What a chart or a grid of colours says at a place of its SVG picture of this size, in CSS pixels from the
/// left and from the top: of a chart's curves all that lie over and under it. Nothing where there is neither.
pub fn readout(figure: &Figure, width: u32, height: u32, at: (f64, f64)) -> Option<Readout> {
    let (width, height) = (width.min(LONGEST), height.min(LONGEST));
    let mut unseen = String::new();
    let size = (width * FINE as u32, height * FINE as u32);
    super::read(figure, SvgSurface(SVGBackend::with_string(&mut unseen, size)), at)
}

/// Where the handles of a figure lie in its SVG picture of this size, in CSS pixels.
pub fn grips(figure: &Figure, width: u32, height: u32) -> Vec<Grip> {
    let (width, height) = (width.min(LONGEST), height.min(LONGEST));
    let mut unseen = String::new();
    let size = (width * FINE as u32, height * FINE as u32);
    super::grip(figure, SvgSurface(SVGBackend::with_string(&mut unseen, size)))
}

/// The start of the document: its size in pixels, and the figure in words.
fn head(figure: &Figure, (width, height): (u32, u32), (columns, rows): (u32, u32)) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {columns} {rows}\" role=\"img\" stroke-linejoin=\"round\">\n\
         <title>{}</title>\n<desc>{}</desc>",
        escaped(&figure.title),
        escaped(&figure.description)
    )
}

/// Whether XML has this sign.
fn is_allowed(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// Text as XML writes it. Characters XML does not have at all are left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            character if is_allowed(character) => out.push(character),
            _ => {}
        }
    }
    out
}

/// plotters' SVG, with text measured by our own table: plotters would ask the DOM for it.
struct SvgSurface<'a>(SVGBackend<'a>);

impl Surface for SvgSurface<'_> {
    /// plotters divides by this when it writes the size of a font.
    const FONT_SCALE: f64 = 1.24;
}

impl<'a> DrawingBackend for SvgSurface<'a> {
    type ErrorType = <SVGBackend<'a> as DrawingBackend>::ErrorType;

    fn get_size(&self) -> (u32, u32) {
        self.0.get_size()
    }

    fn ensure_prepared(&mut self) -> Drawn<Self> {
        self.0.ensure_prepared()
    }

    fn present(&mut self) -> Drawn<Self> {
        self.0.present()
    }

    fn draw_pixel(&mut self, point: BackendCoord, colour: BackendColor) -> Drawn<Self> {
        self.0.draw_pixel(point, colour)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn<Self> {
        self.0.draw_rect(from, to, style, fill)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn<Self> {
        self.0.draw_path(path, style)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        outline: I,
        style: &S,
    ) -> Drawn<Self> {
        self.0.fill_polygon(outline, style)
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        centre: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn<Self> {
        self.0.draw_circle(centre, radius, style, fill)
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        at: BackendCoord,
    ) -> Drawn<Self> {
        let is_printable = |character: &char| !character.is_control() && is_allowed(*character);
        let printable: String = text.chars().filter(is_printable).collect();
        self.0.draw_text(&printable, style, at)
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Self::ErrorType>> {
        let size = style.size() / Self::FONT_SCALE;
        let bold = matches!(style.style(), FontStyle::Bold);
        Ok((estimated_width(text, size, bold).ceil() as u32, size.ceil() as u32))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Body;

    fn figure(title: &str, note: &str) -> Figure {
        let [title, note] = [title, note].map(str::to_string);
        let (key, description) = ("key".to_string(), "a < b".to_string());
        Figure { key, title, note, description, body: Body::Empty, handles: Vec::new() }
    }

    #[test]
    fn the_figure_is_there_in_words() {
        let svg = svg(&figure("P & Q", "\"none\" <yet>\u{0}"), 320, 200);
        assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"320\""));
        assert!(svg.contains("<title>P &amp; Q</title>\n<desc>a &lt; b</desc>"));
        assert!(svg.contains("&quot;none&quot; &lt;yet&gt;"));
        assert!(svg.ends_with("</svg>\n") && !svg.contains('\u{0}'));
        assert_eq!(escaped("a\u{1}\u{fffe}b"), "ab");
    }

    #[test]
    fn a_picture_without_size_is_empty() {
        assert!(svg(&figure("", "note"), 0, 0).ends_with("</svg>\n"));
        assert!(svg(&figure("", "note"), u32::MAX, 1).contains("width=\"10000\""));
    }

    #[test]
    fn text_has_the_size_it_is_given() {
        assert!(svg(&figure("", "note"), 320, 200).contains("font-size=\"96\""));
    }
}
