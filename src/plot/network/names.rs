//! Words around a network: names of neurons, labels of layers, dots for neurons left out.

use super::plan::Plan;
use crate::error::Result;
use crate::figure::{NetworkDrawing, UnitDrawing};
use crate::plot::geometry::{Point, Rect};
use crate::plot::pen::Pen;
use crate::plot::text::{Anchor, LINE, Type, bounds, raised, shortened};

/// Between a neuron and its name.
const NEAR: f64 = 5.0;

/// The size of a layer's label, and the least room it takes.
const LABEL: f64 = 11.0;

/// The room three dots take.
const DOTS: f64 = 18.0;

/// Writes all names, labels and dots.
pub(super) fn draw(pen: &Pen, network: &NetworkDrawing, plan: &Plan) -> Result<()> {
    for (i, layer) in network.layers.iter().enumerate() {
        let side = Side::of(i, network.layers.len());
        plan.layer(i, layer).try_for_each(|(unit, bounds)| name(pen, plan, unit, &bounds, side))?;
        dots(pen, network, plan, i)?;
    }
    labels(pen, network, plan)
}

/// Where the names of a layer's neurons stand.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Left,
    Right,
    Above,
}

impl Side {
    fn of(layer: usize, layers: usize) -> Self {
        match layer {
            0 => Side::Left,
            _ if layer + 1 == layers => Side::Right,
            _ => Side::Above,
        }
    }
}

/// Writes a neuron's name.
fn name(pen: &Pen, plan: &Plan, unit: &UnitDrawing, bounds: &Rect, side: Side) -> Result<()> {
    if unit.name.is_empty() {
        return Ok(());
    }
    let name = raised(&unit.name);
    let (at, kind) = place(pen, plan, &name, bounds, side);
    match kind.anchor {
        Anchor::Middle => pen.text_with_halo(&name, at, &kind),
        _ => pen.text(&name, at, &kind),
    }
}

/// Where a name stands: beside its neuron; above it where there is no room beside.
fn place(pen: &Pen, plan: &Plan, name: &str, bounds: &Rect, side: Side) -> (Point, Type) {
    let kind = Type::new(pen.palette.muted);
    let width = pen.width(name, &kind);
    let ((x, y), left, right) = (bounds.centre(), bounds.left - NEAR, bounds.right + NEAR);
    match side {
        Side::Left if left >= width => ((left, y), kind.right()),
        Side::Right if right + width <= plan.page.right => ((right, y), kind),
        _ => ((x, bounds.top - LINE / 2.0), kind.centred()),
    }
}

/// What the names cover.
pub(super) fn covered(pen: &Pen, network: &NetworkDrawing, plan: &Plan) -> Vec<Rect> {
    let layers = network.layers.iter().enumerate();
    let units = layers.flat_map(|(i, layer)| {
        let side = Side::of(i, network.layers.len());
        plan.layer(i, layer).map(move |(unit, bounds)| (raised(&unit.name), bounds, side))
    });
    let named = units.filter(|(name, ..)| !name.is_empty());
    let cover = |(name, unit, side): (String, Rect, Side)| {
        let (at, kind) = place(pen, plan, &name, &unit, side);
        bounds(at, pen.width(&name, &kind), &kind)
    };
    named.map(cover).collect()
}

/// Whether some layer has more neurons than are drawn, and there is room to say so below.
fn dots_below(network: &NetworkDrawing, plan: &Plan) -> bool {
    let label = if network.layers.iter().all(|l| l.label.is_empty()) { 0.0 } else { LINE };
    let layers = network.layers.iter().enumerate();
    let cut = layers.filter(|(_, layer)| layer.total > layer.units.len());
    let foot = cut.map(|(i, _)| plan.foot(i)).fold(f64::NEG_INFINITY, f64::max);
    foot.is_finite() && foot + DOTS + label <= plan.page.bottom
}

/// Draws three dots under a layer of which some neurons are left out; where there is no room,
/// between its middle neurons; where there is none there either, nowhere.
fn dots(pen: &Pen, network: &NetworkDrawing, plan: &Plan, layer: usize) -> Result<()> {
    let units = &plan.units[layer];
    let (Some(first), true) = (units.first(), network.layers[layer].total > units.len()) else {
        return Ok(());
    };
    let middle = middle_gap(units).filter(|(_, gap)| *gap >= DOTS);
    let (x, y) = if dots_below(network, plan) {
        (first.centre().0, plan.foot(layer) + DOTS / 2.0 + 1.0)
    } else if let Some((at, _)) = middle {
        at
    } else {
        return Ok(());
    };
    let heights = [y - 5.0, y, y + 5.0];
    heights.into_iter().try_for_each(|y| pen.disc((x, y), 1.25, pen.palette.muted))
}

/// The middle between the two middle neurons of a layer, and how far they are apart.
fn middle_gap(units: &[Rect]) -> Option<(Point, f64)> {
    let below = units.len() / 2;
    let (a, b) = (units.get(below.checked_sub(1)?)?, units.get(below)?);
    Some(((a.centre().0, (a.bottom + b.top) / 2.0), b.top - a.bottom))
}

/// Writes the layers' labels in one row: under the lowest neuron, else above the highest, else
/// over the lower edge.
fn labels(pen: &Pen, network: &NetworkDrawing, plan: &Plan) -> Result<()> {
    let layers = 0..network.layers.len();
    let foot = layers.clone().map(|layer| plan.foot(layer)).fold(0.0, f64::max);
    let head = layers.clone().map(|layer| plan.head(layer)).fold(plan.page.bottom, f64::min);
    let below = foot + if dots_below(network, plan) { DOTS } else { 0.0 };
    let y = if below + LABEL <= plan.page.bottom || head < LABEL {
        (below + LINE / 2.0 + 1.0).min(plan.page.bottom - LABEL / 2.0)
    } else {
        (head - LINE / 2.0 - 1.0).max(LABEL / 2.0)
    };
    let room = plan.page.width() / network.layers.len().max(1) as f64 - 4.0;
    layers.into_iter().try_for_each(|i| label(pen, plan, (i, &network.layers[i].label), y, room))
}

fn label(pen: &Pen, plan: &Plan, (layer, label): (usize, &str), y: f64, room: f64) -> Result<()> {
    let kind = Type::new(pen.palette.muted).sized(LABEL).centred();
    let measure = |text: &str| pen.width(text, &kind);
    let text = shortened(&raised(label), room, measure);
    let (Some(unit), false) = (plan.unit(layer, 0), text.is_empty()) else { return Ok(()) };
    let half = measure(&text) / 2.0;
    let x = unit.centre().0.min(plan.page.right - half).max(half);
    pen.text_with_halo(&text, (x, y), &kind)
}
