//! The frame of a chart: where its data lie, and the numbers along its axes.

use crate::figure::{Chart, Series, Unit};
use crate::numbers::significant;
use crate::plot::geometry::{Area, Point, Rect, inside};
use crate::plot::pen::Pen;
use crate::plot::scale::Span;
use crate::plot::text::{LINE, Type};
use crate::plot::ticks::{Tick, ticks};

/// How far from the start of a logarithmic axis its lowest number is, at least, for exactly 0 to have
/// the start to itself.
const OWN_PLACE: f64 = 0.04;

/// Between a number or a label and what it belongs to.
pub(super) const GAP: f64 = 6.0;

/// Between two numbers along the horizontal axis, at least.
const APART: f64 = 14.0;

/// Between two names along the horizontal axis, at least.
const NAMES_APART: f64 = 5.0;

/// What the parts of a chart share: the rectangle of the data, and the two axes.
pub(in crate::plot) struct Frame {
    /// What the data are drawn in.
    pub rect: Rect,
    pub x: Span,
    pub y: Span,
    pub x_ticks: Vec<Tick>,
    /// In how many rows the numbers or names along the horizontal axis stand, in turn.
    pub name_rows: usize,
    pub y_ticks: Vec<Tick>,
}

impl Frame {
    /// A frame between two heights, as wide as the numbers at its left and labels of the given width
    /// at its right leave it.
    pub fn of(
        pen: &Pen,
        chart: &Chart,
        (x, y): (Span, Span),
        (top, bottom): (f64, f64),
        labels: f64,
    ) -> Self {
        let y_steps = ((bottom - top) / 36.0).clamp(2.0, 5.0) as usize;
        let mut y_ticks = ticks(&y, chart.y.unit, y_steps);
        let any = |of: fn(&Series) -> &[f64]| chart.series.iter().any(|one| of(one).contains(&0.0));
        y_ticks.extend(exact_zero(any(|series| &series.y), &y, &y_ticks, "exactly 0"));
        let left = widest(pen, &y_ticks) + GAP;
        let rect = Rect { left, top, right: pen.page().right - labels, bottom };
        let mut frame = Frame { rect, x, y, x_ticks: Vec::new(), name_rows: 1, y_ticks };
        if !chart.x.marks.is_empty() {
            frame.take_marks(pen, &chart.x.marks);
        } else if chart.x.names.is_empty() {
            frame.take_width(pen, chart.x.unit);
            let zero = exact_zero(any(|series| &series.x), &x, &frame.x_ticks, "0");
            frame.x_ticks.extend(zero);
        } else {
            frame.take_names(pen, &chart.x.names);
        }
        frame.rect = frame.rect.snapped();
        frame
    }

    /// Gives the horizontal axis as many names as fit: all of them in one row or in two, else some.
    fn take_names(&mut self, pen: &Pen, names: &[String]) {
        let name =
            |(i, name): (usize, &String)| Tick { value: i as f64 + 1.0, label: name.clone() };
        self.x_ticks = names.iter().enumerate().map(name).collect();
        let place = self.rect.width().max(1.0) / (self.x.max - self.x.min);
        let wanted = (widest(pen, &self.x_ticks) + NAMES_APART) / place;
        if wanted > 1.0 && wanted <= 2.0 {
            self.name_rows = 2;
            self.rect.bottom -= LINE;
        } else {
            let every = wanted.ceil().max(1.0) as usize;
            self.x_ticks = self.x_ticks.iter().step_by(every).cloned().collect();
        }
    }

    /// Gives the horizontal axis as many of these numbers as fit, from the left.
    fn take_marks(&mut self, pen: &Pen, marks: &[f64]) {
        let tick = |&value: &f64| Tick { value, label: significant(value, 4) };
        let ticks: Vec<Tick> = marks.iter().map(tick).collect();
        let outer = widest(pen, &ticks) / 2.0;
        self.rect.right = self.rect.right.min(pen.page().right - outer);
        self.rect.left = self.rect.left.max(outer);
        let (width, kind) = (self.rect.width(), Type::new(pen.palette.muted));
        let mut free = f64::NEG_INFINITY;
        self.x_ticks = ticks;
        self.x_ticks.retain(|tick| {
            let (at, half) = (self.x.part(tick.value) * width, pen.width(&tick.label, &kind) / 2.0);
            let fits = at - half >= free;
            if fits {
                free = at + half + NAMES_APART;
            }
            fits
        });
    }

    /// Gives the horizontal axis the numbers that fit, and the outer two of them their room.
    fn take_width(&mut self, pen: &Pen, unit: Unit) {
        let page = pen.page();
        let most = if page.width() < 420.0 { 4 } else { 5 };
        for steps in (1..=most).rev() {
            self.x_ticks = ticks(&self.x, unit, steps);
            let width = widest(pen, &self.x_ticks);
            let fewer = self.x_ticks.len().max(2) - 1;
            // The last number may stand out by half of itself.
            self.rect.right = self.rect.right.min(page.right - width / 2.0);
            self.rect.left = self.rect.left.max(width / 2.0);
            if (width + APART) * fewer as f64 <= self.rect.width() {
                break;
            }
        }
    }

    /// The two axes with a unit as long across as up: one of them goes on further, at both ends, or
    /// upwards from 0.
    pub fn equal(&self) -> (Span, Span) {
        let further = |span: Span, by: f64| match span.min {
            0.0 => Span { max: span.max + by, ..span },
            min => Span { min: min - by / 2.0, max: span.max + by / 2.0, ..span },
        };
        let (x, y) = (self.x.max - self.x.min, self.y.max - self.y.min);
        let (width, height) = (self.rect.width(), self.rect.height());
        let more = x * height / width - y;
        if more > 0.0 {
            (self.x, further(self.y, more))
        } else {
            (further(self.x, y * width / height - x), self.y)
        }
    }

    /// The place of fractions of the frame, from the left and from the bottom.
    pub fn at(&self, (x, y): Point) -> Point {
        inside(&self.rect, (x, 1.0 - y))
    }

    /// Where a point of the axes is, if within them, and what a pixel is on linear axes.
    pub fn area(&self, (x, y): Point) -> Option<Area> {
        let (part_x, part_y) = (self.x.part(x), self.y.part(y));
        let within = |part: f64| (0.0..=1.0).contains(&part);
        let a_pixel = |span: &Span, pixels: f64| {
            if span.log { 0.0 } else { (span.max - span.min) / pixels }
        };
        (within(part_x) && within(part_y)).then(|| Area {
            rect: Rect::around(self.at((part_x, part_y)), 0.0, 0.0),
            cells: (1, 1),
            units: (a_pixel(&self.x, self.rect.width()), -a_pixel(&self.y, self.rect.height())),
        })
    }

    /// The points of a series as fractions of the frame, from the left and from the bottom.
    pub fn parts<'a>(
        &'a self,
        x: &'a [f64],
        y: &'a [f64],
    ) -> impl DoubleEndedIterator<Item = Point> + ExactSizeIterator + 'a {
        x.iter().zip(y).map(|(&x, &y)| (self.x.part(x), self.y.part(y)))
    }
}

impl Rect {
    /// The rectangle with its edges on whole pixels, where they are sharp.
    fn snapped(self) -> Self {
        Rect {
            left: self.left.ceil(),
            top: self.top.ceil(),
            right: self.right.floor(),
            bottom: self.bottom.floor(),
        }
    }
}

/// The name of the start of a logarithmic axis, where all that is exactly 0 lies: if anything does,
/// and no other number stands there.
fn exact_zero(any: bool, span: &Span, ticks: &[Tick], name: &str) -> Option<Tick> {
    let free = ticks.iter().all(|tick| span.part(tick.value) >= OWN_PLACE);
    (span.log && any && free).then(|| Tick { value: 0.0, label: name.to_string() })
}

fn widest(pen: &Pen, ticks: &[Tick]) -> f64 {
    let kind = Type::new(pen.palette.muted);
    ticks.iter().map(|tick| pen.width(&tick.label, &kind)).fold(0.0, f64::max)
}
