//! What a picture is drawn on: any backend of plotters, and one thing more, a grid of colours.

use plotters::element::{Drawable, PointCollection};
use plotters::style::{Color, RGBColor};
use plotters_backend::{BackendCoord, DrawingBackend, DrawingErrorKind};

/// How finely a CSS pixel is divided. Backends count in whole numbers: counted in whole pixels, a
/// curve is visibly bent.
pub(super) const FINE: f64 = 8.0;

/// What drawing on a backend gives.
pub(super) type Drawn<B> = Result<(), DrawingErrorKind<<B as DrawingBackend>::ErrorType>>;

/// A backend of plotters that can also fill a rectangle with a grid of colours.
///
/// Its unit is an eighth of a CSS pixel. Every backend of that size becomes one with an empty
/// `impl`; one that has a better way than many rectangles overrides `raster`.
pub trait Surface: DrawingBackend {
    /// By how much a font must be asked for larger, to come out as large as asked.
    const FONT_SCALE: f64 = 1.0;

    /// Fills the rectangle between two corners with a grid of colours.
    fn raster(
        &mut self,
        raster: &Raster,
        from: BackendCoord,
        to: BackendCoord,
    ) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        let x = |column: usize| part(from.0, to.0, column, raster.columns);
        let y = |row: usize| part(from.1, to.1, row, raster.rows);
        // Half a cell more to the right and downwards, under what is drawn next: where rectangles
        // only touch, a renderer lets the ground shine through the seam.
        let (more_x, more_y) = ((x(1) - from.0) / 2, (y(1) - from.1) / 2);
        for run in raster.runs() {
            let end = ((x(run.end) + more_x).min(to.0), (y(run.row + 1) + more_y).min(to.1));
            let colour = run.colour.to_backend_color();
            self.draw_rect((x(run.start), y(run.row)), end, &colour, true)?;
        }
        Ok(())
    }
}

/// Where the cell `index` of `count` between two ends begins.
fn part(from: i32, to: i32, index: usize, count: usize) -> i32 {
    from + (f64::from(to - from) * index as f64 / count as f64).round() as i32
}

/// A grid of colours that fills a rectangle.
#[derive(Clone, Debug)]
pub struct Raster {
    /// Cells across.
    pub columns: usize,
    /// Cells down.
    pub rows: usize,
    /// Whether neighbouring cells may flow into each other where the backend can do that.
    pub smooth: bool,
    /// One colour a cell, row by row from the top.
    pub colours: Vec<RGBColor>,
}

/// Neighbouring cells of one row in one colour.
#[derive(Debug, PartialEq)]
struct Run {
    row: usize,
    start: usize,
    end: usize,
    colour: RGBColor,
}

impl Raster {
    /// The cells, neighbours of the same colour taken together.
    fn runs(&self) -> impl Iterator<Item = Run> {
        let rows = self.colours.chunks_exact(self.columns.max(1)).take(self.rows);
        rows.enumerate().flat_map(|(row, colours)| {
            let mut start = 0;
            colours.chunk_by(|a, b| a == b).map(move |chunk| {
                let run = Run { row, start, end: start + chunk.len(), colour: chunk[0] };
                start = run.end;
                run
            })
        })
    }
}

/// A grid of colours between two corners: what plotters calls an element.
pub(super) struct RasterElement {
    pub raster: Raster,
    pub corners: [BackendCoord; 2],
}

impl<'a> PointCollection<'a, BackendCoord> for &'a RasterElement {
    type Point = &'a BackendCoord;
    type IntoIter = &'a [BackendCoord];

    fn point_iter(self) -> Self::IntoIter {
        &self.corners
    }
}

impl<B: Surface> Drawable<B> for RasterElement {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        mut points: I,
        backend: &mut B,
        _: (u32, u32),
    ) -> Drawn<B> {
        match (points.next(), points.next()) {
            (Some(from), Some(to)) => backend.raster(&self.raster, from, to),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_of_one_colour_are_one_run() {
        let (a, b) = (RGBColor(1, 1, 1), RGBColor(2, 2, 2));
        let raster = Raster { columns: 3, rows: 2, smooth: false, colours: vec![a, a, b, b, b, b] };
        let run = |row, start, end, colour| Run { row, start, end, colour };
        let runs: Vec<Run> = raster.runs().collect();
        assert_eq!(runs, [run(0, 0, 2, a), run(0, 2, 3, b), run(1, 0, 3, b)]);
    }

    #[test]
    fn a_grid_without_cells_has_no_runs() {
        let raster = Raster { columns: 0, rows: 0, smooth: false, colours: Vec::new() };
        assert_eq!(raster.runs().count(), 0);
    }
}
