//! Points and rectangles, in CSS pixels, downwards from the upper left.

/// A place: from the left, from the top.
pub(super) type Point = (f64, f64);

/// An upright rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rect {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Rect {
    /// The rectangle of this size around a centre.
    pub fn around((x, y): Point, width: f64, height: f64) -> Self {
        let (w, h) = (width / 2.0, height / 2.0);
        Rect { left: x - w, top: y - h, right: x + w, bottom: y + h }
    }

    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }

    pub fn centre(&self) -> Point {
        ((self.left + self.right) / 2.0, (self.top + self.bottom) / 2.0)
    }

    /// The rectangle with this much more on every side.
    pub fn grown(&self, by: f64) -> Self {
        let (left, top) = (self.left - by, self.top - by);
        Rect { left, top, right: self.right + by, bottom: self.bottom + by }
    }

    /// The rectangle moved down by this much.
    pub fn down(&self, by: f64) -> Self {
        Rect { top: self.top + by, bottom: self.bottom + by, ..*self }
    }

    /// The area both cover.
    pub fn overlap(&self, other: &Rect) -> f64 {
        let width = self.right.min(other.right) - self.left.max(other.left);
        let height = self.bottom.min(other.bottom) - self.top.max(other.top);
        width.max(0.0) * height.max(0.0)
    }
}

/// Where something lies, and what is next to it.
pub(super) struct Area {
    pub rect: Rect,
    /// Cells across and down.
    pub cells: (usize, usize),
    /// What a CSS pixel to the right and one downwards is.
    pub units: (f64, f64),
}

impl Area {
    /// One of several things in a grid, that is dragged by so many units over its size.
    pub fn item(rect: Rect, (across, down): (usize, usize)) -> Self {
        let units = (across as f64 / rect.width(), down as f64 / rect.height());
        Area { rect, cells: (1, 1), units }
    }

    /// The cell of a grid that lies at a place, counted row by row, and what it covers.
    pub fn cell_at(&self, (x, y): Point) -> Option<(usize, Rect)> {
        let (columns, rows) = self.cells;
        let (width, height) =
            (self.rect.width() / columns as f64, self.rect.height() / rows as f64);
        let (column, row) = ((x - self.rect.left) / width, (y - self.rect.top) / height);
        let within = |part: f64, count: usize| part >= 0.0 && part < count as f64;
        if !within(column, columns) || !within(row, rows) {
            return None;
        }
        let (left, top) =
            (self.rect.left + column.floor() * width, self.rect.top + row.floor() * height);
        let cell = Rect { left, top, right: left + width, bottom: top + height };
        Some((row as usize * columns + column as usize, cell))
    }

    /// A grid of cells.
    pub fn cells(rect: Rect, columns: usize, rows: usize) -> Self {
        Area { cells: (columns, rows), ..Area::item(rect, (columns, rows)) }
    }
}

/// The place that lies at these fractions of a rectangle.
pub(super) fn inside(rect: &Rect, (x, y): Point) -> Point {
    (rect.left + x * rect.width(), rect.top + y * rect.height())
}

/// Places along a line, this far apart from the first point on.
pub(super) fn spaced(line: &[Point], apart: f64) -> Vec<Point> {
    let (mut places, mut ahead) = (Vec::new(), 0.0);
    for pair in line.windows(2) {
        let ((x, y), (dx, dy)) = (pair[0], (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1));
        let length = (dx * dx + dy * dy).sqrt();
        while ahead < length {
            places.push((x + dx * ahead / length, y + dy * ahead / length));
            ahead += apart;
        }
        ahead -= length;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_along_a_line_go_round_its_corners() {
        let corner = [(0.0, 0.0), (3.0, 0.0), (3.0, 3.0)];
        assert_eq!(spaced(&corner, 2.0), [(0.0, 0.0), (2.0, 0.0), (3.0, 1.0)]);
        assert_eq!(spaced(&[(1.0, 1.0), (1.0, 1.0)], 2.0), []);
    }
}
