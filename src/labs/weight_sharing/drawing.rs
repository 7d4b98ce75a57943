//! What the drawings of both labs are made of.

use crate::figure::{Edge, LayerDrawing, NetworkDrawing, Pick, Tie, UnitDrawing};

/// A drawing in which the weights of one group are lit, and a click on a weight sets this parameter.
pub(super) fn drawing(
    layers: Vec<LayerDrawing>,
    edges: Vec<Edge>,
    ties: Vec<Tie>,
    lit: usize,
    picks: Pick,
) -> NetworkDrawing {
    let largest = edges.iter().map(|edge| edge.weight.abs()).fold(0.0, f64::max);
    NetworkDrawing { layers, edges, largest, lit: Some(lit), ties, picks: Some(picks) }
}

/// How often the weight that is lit is drawn, and its value; 0 times where none is.
pub(super) fn lit(drawing: &NetworkDrawing) -> (u64, f64) {
    let lit =
        drawing.edges.iter().filter(|edge| drawing.lit.is_some() && edge.group == drawing.lit);
    lit.fold((0, 0.0), |(count, _), edge| (count + 1, edge.weight))
}

/// A weight between two neurons that are drawn.
pub(super) fn edge(
    layer: usize,
    (from, to): (usize, usize),
    weight: f64,
    group: Option<usize>,
) -> Edge {
    Edge { layer, from, to, weight, kept: true, label: String::new(), group }
}

/// A neuron in the colour of its activation.
pub(super) fn neuron((x, y): (f64, f64), level: f64) -> UnitDrawing {
    UnitDrawing {
        x,
        y,
        kept: true,
        name: String::new(),
        value: String::new(),
        parameter: None,
        level: Some(level),
    }
}

/// Place `i` of `count` places from `first` to `last`; a single one is in the middle.
pub(super) fn between((first, last): (f64, f64), i: usize, count: usize) -> f64 {
    match count {
        1 => (first + last) / 2.0,
        _ => first + (last - first) * i as f64 / (count - 1) as f64,
    }
}
