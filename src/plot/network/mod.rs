//! A network: neurons in columns, joined by weights.

mod edges;
mod names;
mod units;

use super::geometry::{Point, Rect, inside};
use super::pen::Pen;
use super::surface::Surface;
use super::text::{LINE, SIZE, Type};
use crate::error::Result;
use crate::figure::{LayerDrawing, NetworkDrawing, UnitDrawing};

/// Draws a network over the whole picture, every neuron at the place its figure gives: whoever
/// shows the picture finds it there again under a click.
pub(super) fn draw<B: Surface>(pen: &Pen<B>, network: &NetworkDrawing) -> Result<()> {
    let plan = Plan::of(pen, network);
    edges::draw(pen, network, &plan)?;
    units::draw(pen, network, &plan)?;
    edges::labels(pen, network, &plan)?;
    names::draw(pen, network, &plan)
}

/// The sizes all parts of a network agree on, in CSS pixels.
struct Plan {
    page: Rect,
    /// Half the height of a neuron.
    radius: f64,
    /// Half the width of a neuron: more than its height where values need it.
    half_width: f64,
    /// The size of the values in the neurons.
    text: f64,
}

impl Plan {
    fn of<B: Surface>(pen: &Pen<B>, network: &NetworkDrawing) -> Self {
        let page = pen.page();
        let room = 0.43 * nearest(&page, network);
        let widest = widest_value(pen, network);
        if widest == 0.0 {
            let radius = 5.5_f64.min(room).max(1.0);
            return Plan { page, radius, half_width: radius, text: SIZE };
        }
        let text = SIZE.min(room * 1.4).max(8.0);
        let half_width = (widest * text / SIZE / 2.0 + 5.0).max(12.0);
        let radius = half_width.min(20.0).min(room).max(4.0);
        Plan { page, radius, half_width: half_width.max(radius), text }
    }

    /// The centre of a neuron.
    fn centre(&self, unit: &UnitDrawing) -> Point {
        let part = |value: f64| if value.is_finite() { value } else { 0.5 };
        inside(&self.page, (part(unit.x), part(unit.y)))
    }

    /// What a neuron covers.
    fn bounds(&self, unit: &UnitDrawing) -> Rect {
        Rect::around(self.centre(unit), 2.0 * self.half_width, 2.0 * self.radius)
    }

    /// The lowest edge of a layer's neurons.
    fn foot(&self, layer: &LayerDrawing) -> f64 {
        layer.units.iter().map(|unit| self.bounds(unit).bottom).fold(f64::NEG_INFINITY, f64::max)
    }

    /// The highest edge of a layer's neurons.
    fn head(&self, layer: &LayerDrawing) -> f64 {
        layer.units.iter().map(|unit| self.bounds(unit).top).fold(f64::INFINITY, f64::min)
    }
}

/// The smallest distance of two neighbours of a layer, and at most that of the first and last
/// from the edge of the picture, twice.
fn nearest(page: &Rect, network: &NetworkDrawing) -> f64 {
    let heights = |layer: &LayerDrawing| {
        let mut heights: Vec<f64> = layer.units.iter().map(|unit| unit.y * page.bottom).collect();
        heights.sort_by(f64::total_cmp);
        heights
    };
    let gaps =
        network.layers.iter().map(heights).flat_map(|heights| {
            heights.windows(2).map(|pair| pair[1] - pair[0]).collect::<Vec<_>>()
        });
    gaps.filter(|&gap| gap > 0.0).fold(8.0 * LINE, f64::min)
}

fn widest_value<B: Surface>(pen: &Pen<B>, network: &NetworkDrawing) -> f64 {
    let kind = Type::new(pen.palette.ink);
    let units = network.layers.iter().flat_map(|layer| &layer.units);
    let values = units.filter(|unit| !unit.value.is_empty());
    values.map(|unit| pen.width(&unit.value, &kind)).fold(0.0, f64::max)
}
