//! What the drawings of both labs are made of.

use crate::figure::NetworkDrawing;

/// How often the weight that is lit is drawn, and its value; 0 times where none is.
pub(super) fn lit(drawing: &NetworkDrawing) -> (u64, f64) {
    let lit =
        drawing.edges.iter().filter(|edge| drawing.lit.is_some() && edge.group == drawing.lit);
    lit.fold((0, 0.0), |(count, _), edge| (count + 1, edge.weight))
}

/// Place `i` of `count` places from `first` to `last`; a single one is in the middle.
pub(super) fn between((first, last): (f64, f64), i: usize, count: usize) -> f64 {
    match count {
        1 => (first + last) / 2.0,
        _ => first + (last - first) * i as f64 / (count - 1) as f64,
    }
}
