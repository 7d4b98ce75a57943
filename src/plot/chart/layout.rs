//! Where the parts of a chart go: everything around the frame takes the room it needs.

use super::{ends, events, header};
use crate::figure::{Chart, Unit};
use crate::plot::geometry::{Point, Rect, inside};
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

/// Where the parts of a chart go.
pub(super) struct Layout {
    /// What the data are drawn in.
    pub frame: Rect,
    pub x: Span,
    pub y: Span,
    pub x_ticks: Vec<Tick>,
    pub y_ticks: Vec<Tick>,
    /// What stands above the frame.
    pub header: Vec<header::Item>,
    /// What stands at the ends of the lines.
    pub ends: Vec<ends::End>,
    /// The height of the labels of events.
    pub events: f64,
}

impl Layout {
    /// Lays a chart out on a picture.
    pub fn of(pen: &Pen, chart: &Chart, title: &str) -> Self {
        let page = pen.page();
        let (x, y) = (Span::of(&chart.x), Span::of(&chart.y));
        let header = header::items(pen, chart, title);
        let events = header::height(&header) + LINE / 2.0;
        let top = header::height(&header) + if events::any(chart) { LINE } else { 0.0 } + GAP + 1.0;
        let bottom = page.bottom - LINE - if chart.x.label.is_empty() { GAP } else { LINE + GAP };
        let y_steps = ((bottom - top) / 36.0).clamp(2.0, 5.0) as usize;
        let mut y_ticks = ticks(&y, chart.y.unit, y_steps);
        y_ticks.extend(exact_zero(chart, &y, &y_ticks));
        let mut layout = Layout {
            frame: Rect { left: 0.0, top, right: page.right, bottom }.snapped(),
            ends: ends::of(pen, chart, &x, &y),
            x_ticks: Vec::new(),
            y_ticks,
            header,
            events,
            x,
            y,
        };
        layout.take_width(pen, chart.x.unit);
        layout
    }

    /// Gives the numbers and labels beside the frame their room, and the horizontal axis the
    /// numbers that then fit.
    fn take_width(&mut self, pen: &Pen, unit: Unit) {
        let numbers = widest(pen, &self.y_ticks);
        let labels = self.ends.iter().map(|end| end.width + ends::AWAY + 1.0).fold(0.0, f64::max);
        let page = pen.page();
        self.frame.left = numbers + GAP;
        self.frame.right = page.right - labels;
        let most = if page.width() < 420.0 { 4 } else { 5 };
        for steps in (1..=most).rev() {
            self.x_ticks = ticks(&self.x, unit, steps);
            let width = widest(pen, &self.x_ticks);
            let fewer = self.x_ticks.len().max(2) - 1;
            // The last number may stand out by half of itself.
            self.frame.right = self.frame.right.min(page.right - width / 2.0);
            self.frame.left = self.frame.left.max(width / 2.0);
            if (width + APART) * fewer as f64 <= self.frame.width() {
                break;
            }
        }
        self.frame = self.frame.snapped();
    }

    /// The place of fractions of the frame, from the left and from the bottom.
    pub fn at(&self, (x, y): Point) -> Point {
        inside(&self.frame, (x, 1.0 - y))
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
fn exact_zero(chart: &Chart, y: &Span, ticks: &[Tick]) -> Option<Tick> {
    let any = chart.series.iter().any(|series| series.y.contains(&0.0));
    let free = ticks.iter().all(|tick| y.part(tick.value) >= OWN_PLACE);
    (y.log && any && free).then(|| Tick { value: 0.0, label: "exactly 0".to_string() })
}

fn widest(pen: &Pen, ticks: &[Tick]) -> f64 {
    let kind = Type::new(pen.palette.muted);
    ticks.iter().map(|tick| pen.width(&tick.label, &kind)).fold(0.0, f64::max)
}
