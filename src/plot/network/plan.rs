//! Where the parts of a network go.

use crate::figure::{LayerDrawing, NetworkDrawing, UnitDrawing};
use crate::plot::geometry::{Point, Rect, inside};
use crate::plot::pen::Pen;
use crate::plot::text::{LINE, SIZE, Type};

/// What all parts of a network agree on, in CSS pixels.
pub(super) struct Plan {
    pub page: Rect,
    /// The size of the values in the neurons.
    pub text: f64,
    /// What the neurons of each layer cover.
    pub units: Vec<Vec<Rect>>,
}

impl Plan {
    /// Places a network on a picture.
    pub fn of(pen: &Pen, network: &NetworkDrawing) -> Self {
        let page = pen.page();
        let apart = nearest(&page, network);
        let room = 0.43 * apart;
        let text = SIZE.min(room * 1.4).max(8.0);
        let kind = Type::new(pen.palette.ink).sized(text).bold(true);
        let widest = 0.45 * beside(&page, network);
        let half_widths = network.layers.iter().map(|layer| half_width(pen, layer, &kind));
        let half_widths: Vec<f64> = half_widths.map(|half_width| half_width.min(widest)).collect();
        // A neuron with a value is as large as the value needs, as far as its neighbours let it.
        let plain = 5.5_f64.min(0.33 * apart);
        let largest = half_widths.iter().copied().fold(plain, f64::max);
        let radius = largest.min(18.0).min(room).max(1.0);
        let layers = network.layers.iter().zip(half_widths);
        let units = layers.map(|(layer, half_width)| {
            let bounds = |unit: &UnitDrawing| {
                let half_width =
                    if unit.value.is_empty() { radius } else { half_width.max(radius) };
                Rect::around(centre(&page, unit), 2.0 * half_width, 2.0 * radius)
            };
            layer.units.iter().map(bounds).collect()
        });
        Plan { page, text, units: units.collect() }
    }

    /// What a neuron covers; nothing where there is no such neuron.
    pub fn unit(&self, layer: usize, unit: usize) -> Option<Rect> {
        self.units.get(layer)?.get(unit).copied()
    }

    /// Every neuron of a layer, and what it covers.
    pub fn layer<'a>(
        &'a self,
        index: usize,
        layer: &'a LayerDrawing,
    ) -> impl Iterator<Item = (&'a UnitDrawing, Rect)> {
        layer.units.iter().zip(self.units[index].iter().copied())
    }

    /// The lowest edge of a layer's neurons.
    pub fn foot(&self, layer: usize) -> f64 {
        self.units[layer].iter().map(|unit| unit.bottom).fold(f64::NEG_INFINITY, f64::max)
    }

    /// The highest edge of a layer's neurons.
    pub fn head(&self, layer: usize) -> f64 {
        self.units[layer].iter().map(|unit| unit.top).fold(f64::INFINITY, f64::min)
    }
}

fn centre(page: &Rect, unit: &UnitDrawing) -> Point {
    let part = |value: f64| if value.is_finite() { value } else { 0.5 };
    inside(page, (part(unit.x), part(unit.y)))
}

/// Half the width the values of a layer need; 0 where it has none.
fn half_width(pen: &Pen, layer: &LayerDrawing, kind: &Type) -> f64 {
    let values = layer.units.iter().map(|unit| &unit.value).filter(|value| !value.is_empty());
    values.map(|value| (pen.width(value, kind) / 2.0 + 5.0).max(12.0)).fold(0.0, f64::max)
}

/// The smallest distance between two neurons with values that stand side by side.
fn beside(page: &Rect, network: &NetworkDrawing) -> f64 {
    let units = network.layers.iter().flat_map(|layer| &layer.units);
    let mut places: Vec<Point> =
        units.filter(|unit| !unit.value.is_empty()).map(|unit| centre(page, unit)).collect();
    places.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.total_cmp(&b.0)));
    let pairs = places.windows(2).filter(|pair| pair[0].1 == pair[1].1);
    let gaps = pairs.map(|pair| pair[1].0 - pair[0].0);
    gaps.filter(|&gap| gap > 0.0).fold(page.right, f64::min)
}

/// The smallest distance between two neighbours of a layer.
fn nearest(page: &Rect, network: &NetworkDrawing) -> f64 {
    let gaps = network.layers.iter().flat_map(|layer| {
        let mut heights: Vec<f64> = layer.units.iter().map(|unit| unit.y * page.bottom).collect();
        heights.sort_by(f64::total_cmp);
        heights.windows(2).map(|pair| pair[1] - pair[0]).collect::<Vec<_>>()
    });
    gaps.filter(|&gap| gap > 0.0).fold(8.0 * LINE, f64::min)
}
