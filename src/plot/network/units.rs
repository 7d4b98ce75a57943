//! Neurons: discs, wide enough for their values; dashed and crossed out where they are dropped, and
//! in the colour of their activation where they have one.

use super::plan::Plan;
use crate::error::Result;
use crate::figure::NetworkDrawing;
use crate::plot::geometry::{Point, Rect};
use crate::plot::pen::{Pen, Stroke};
use crate::plot::text::Type;

/// Points on the rounded end of a neuron's outline.
const ARC: usize = 16;

/// Draws all neurons with their values.
pub(super) fn draw(pen: &Pen, network: &NetworkDrawing, plan: &Plan) -> Result<()> {
    let layers = network.layers.iter().enumerate();
    for (unit, bounds) in layers.flat_map(|(i, layer)| plan.layer(i, layer)) {
        let colour = if let (true, Some(level)) = (unit.kept, unit.level) {
            active(pen, &bounds, level)?;
            pen.palette.ink
        } else if unit.kept {
            kept(pen, &bounds)?;
            pen.palette.background
        } else {
            dropped(pen, &bounds)?;
            pen.palette.muted
        };
        let kind = Type::new(colour).sized(plan.text).centred().bold(unit.kept);
        pen.text(&unit.value, bounds.centre(), &kind)?;
    }
    Ok(())
}

/// A neuron that is in.
pub(in crate::plot) fn kept(pen: &Pen, bounds: &Rect) -> Result<()> {
    if bounds.width() > bounds.height() {
        pen.polygon(&outline(bounds), pen.palette.ink, 1.0)
    } else {
        pen.disc(bounds.centre(), bounds.height() / 2.0, pen.palette.ink)
    }
}

/// A neuron in the colour of its activation, outlined so that it is seen at 0 too.
fn active(pen: &Pen, bounds: &Rect, level: f64) -> Result<()> {
    let mut outline = outline(bounds);
    pen.polygon(&outline, pen.palette.diverging((level + 1.0) / 2.0), 1.0)?;
    outline.extend(outline.first().copied());
    pen.path(&outline, &Stroke::new(pen.palette.muted, 1.0))
}

/// A neuron that is out.
pub(in crate::plot) fn dropped(pen: &Pen, bounds: &Rect) -> Result<()> {
    let mut outline = outline(bounds);
    pen.polygon(&outline, pen.palette.background, 1.0)?;
    outline.extend(outline.first().copied());
    let stroke = Stroke::new(pen.palette.pale, 1.0);
    pen.path(&outline, &stroke.dashed())?;
    let (x, y) = bounds.centre();
    let reach = 0.5 * bounds.height() * 0.64;
    let (left, right, top, bottom) = (x - reach, x + reach, y - reach, y + reach);
    pen.path(&[(left, top), (right, bottom)], &stroke)?;
    pen.path(&[(left, bottom), (right, top)], &stroke)
}

/// A circle, or what it becomes when it is drawn out sideways.
fn outline(bounds: &Rect) -> Vec<Point> {
    let ((x, y), radius) = (bounds.centre(), bounds.height() / 2.0);
    let straight = (bounds.width() - bounds.height()) / 2.0;
    let point = |i: usize| {
        let angle = std::f64::consts::PI * (i as f64 / ARC as f64 - 0.5);
        let side = if i <= ARC { straight } else { -straight };
        (x + side + radius * libm::cos(angle), y + radius * libm::sin(angle))
    };
    // Both ends of each half: where the outline is drawn out, they are joined by straight lines.
    let right = (0..=ARC).map(point);
    let left = (ARC..=2 * ARC).map(|i| {
        let (px, py) = point(i);
        if i == ARC { (px - 2.0 * straight, py) } else { (px, py) }
    });
    right.chain(left).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outline_fills_its_bounds() {
        let bounds = Rect { left: 10.0, top: 20.0, right: 50.0, bottom: 40.0 };
        let outline = outline(&bounds);
        let reach = |pick: fn(&Point) -> f64, best: fn(f64, f64) -> f64| {
            outline.iter().map(pick).reduce(best).unwrap_or(f64::NAN)
        };
        let found = Rect {
            left: reach(|p| p.0, f64::min),
            top: reach(|p| p.1, f64::min),
            right: reach(|p| p.0, f64::max),
            bottom: reach(|p| p.1, f64::max),
        };
        assert!((found.left - 10.0).abs() < 1e-9 && (found.right - 50.0).abs() < 1e-9);
        assert!((found.top - 20.0).abs() < 1e-9 && (found.bottom - 40.0).abs() < 1e-9);
    }
}
