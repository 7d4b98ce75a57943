//! A real network as a drawing: some of its neurons, the weights between them, its masks.

use crate::figure::{Edge, LayerDrawing, NetworkDrawing, UnitDrawing};
use crate::nn::{Network, Real};
use crate::numbers::counted;

/// The most neurons drawn in one column.
const MOST_UNITS: usize = 12;

/// Where the outermost columns and rows of neurons stand, as fractions of the figure.
const MARGIN_X: f64 = 0.07;
const MARGIN_Y: f64 = 0.1;

/// Member 0 with the masks of the first example of its last batch.
pub fn network_drawing<T: Real>(network: &Network<T>) -> NetworkDrawing {
    masked_drawing(network, &first_masks(network))
}

/// Member 0 with these masks: one flag a neuron, layer by layer from the inputs on; layers without
/// a mask are whole.
pub fn masked_drawing<T: Real>(network: &Network<T>, masks: &[Vec<bool>]) -> NetworkDrawing {
    let widths = network.widths();
    let shown: Vec<Vec<usize>> = widths.iter().map(|&width| shown_units(width)).collect();
    let kept = |layer: usize, unit: usize| masks.get(layer).is_none_or(|mask| mask[unit]);
    let layers: Vec<LayerDrawing> = shown
        .iter()
        .enumerate()
        .map(|(layer, units)| LayerDrawing {
            label: layer_name(layer, &widths),
            total: widths[layer],
            units: units
                .iter()
                .enumerate()
                .map(|(row, &unit)| {
                    let x = between(MARGIN_X, layer, widths.len());
                    let y = between(MARGIN_Y, row, units.len());
                    UnitDrawing { kept: kept(layer, unit), ..UnitDrawing::at(x, y) }
                })
                .collect(),
        })
        .collect();
    NetworkDrawing::new(layers, edges(network, &shown, &kept))
}

/// How many neurons of every droppable layer are kept: "12 of 64".
pub fn kept_counts<T: Real>(network: &Network<T>) -> Vec<(usize, usize)> {
    let widths = network.widths();
    let masks = first_masks(network);
    (0..widths.len() - 1)
        .map(|layer| {
            let kept = masks
                .get(layer)
                .map_or(widths[layer], |mask| mask.iter().filter(|&&kept| kept).count());
            (kept, widths[layer])
        })
        .collect()
}

/// The same in words: "12 of 64 + 30 of 64 hidden neurons kept".
pub fn hidden_kept<T: Real>(network: &Network<T>) -> String {
    let layers = kept_counts(network).into_iter().skip(1);
    let counts: Vec<String> = layers.map(|(kept, of)| format!("{kept} of {of}")).collect();
    format!("{} hidden neurons kept", counts.join(" + "))
}

/// One flag a neuron: the masks of the first example of the last batch; none before the first step.
fn first_masks<T: Real>(network: &Network<T>) -> Vec<Vec<bool>> {
    let widths = network.widths();
    let masks = network.masks(0).unwrap_or_default();
    let first = |(mask, &width): (Vec<f64>, &usize)| {
        mask.iter().take(width).map(|&kept| kept == 1.0).collect()
    };
    masks.into_iter().zip(&widths).map(first).collect()
}

/// The neurons drawn, spread evenly over the layer.
fn shown_units(width: usize) -> Vec<usize> {
    let shown = width.min(MOST_UNITS);
    (0..shown).map(|i| (2 * i + 1) * width / (2 * shown)).collect()
}

/// Place `i` of `count` places between the margins; a single one stands in the middle.
fn between(margin: f64, i: usize, count: usize) -> f64 {
    if count == 1 {
        return 0.5;
    }
    margin + (1.0 - 2.0 * margin) * i as f64 / (count - 1) as f64
}

fn layer_name(layer: usize, widths: &[usize]) -> String {
    let width = widths[layer];
    match layer {
        0 => counted(width as u64, "input"),
        layer if layer + 1 == widths.len() => counted(width as u64, "output"),
        _ => format!("{width} hidden"),
    }
}

fn edges<T: Real>(
    network: &Network<T>,
    shown: &[Vec<usize>],
    kept: &impl Fn(usize, usize) -> bool,
) -> Vec<Edge> {
    let all = network.all_weights(0).expect("every network has a first member");
    let weights = all.filter(|weights| weights.shape.len() == 2);
    let mut edges = Vec::new();
    for (layer, matrix) in weights.enumerate() {
        for (to, &row) in shown[layer + 1].iter().enumerate() {
            for (from, &column) in shown[layer].iter().enumerate() {
                let weight = matrix.values[row * matrix.shape[1] + column].to_f64();
                let kept = kept(layer, column) && kept(layer + 1, row);
                edges.push(Edge { kept, ..Edge::new(layer, (from, to), weight) });
            }
        }
    }
    edges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_layers_are_shown_in_part_and_narrow_ones_whole() {
        assert_eq!(shown_units(3), [0, 1, 2]);
        let wide = shown_units(64);
        assert_eq!(wide.len(), MOST_UNITS);
        assert!(wide.windows(2).all(|pair| pair[1] > pair[0]) && wide[11] < 64);
    }
}
