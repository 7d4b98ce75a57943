//! The worked example's picture: the network, and on the weights of one neuron what is multiplied.

use super::example::{Example, FLAGS, OUTPUTS, WIDTH};
use super::example_figures::{Forward, list, short};
use super::example_neurons::{inspected, neuron};
use crate::figure::{Body, Edge, Handle, LayerDrawing, NetworkDrawing, Place, UnitDrawing};
use crate::lab::Picture;
use crate::numbers::{indexed, trimmed};

/// What the neurons of each layer are called.
const SYMBOLS: [&str; 3] = ["x", "h", "ŷ"];

/// The group of the weights into the neuron that is inspected and out of it.
const INSPECTED: usize = 0;

/// Where a neuron is drawn, as fractions of the picture's width and height.
fn place(layer: usize, unit: usize) -> (f64, f64) {
    let units = if layer < 2 { WIDTH } else { OUTPUTS };
    (0.12 + 0.38 * layer as f64, 0.5 + 0.32 * (unit as f64 - (units - 1) as f64 / 2.0))
}

impl Example {
    pub(super) fn network_picture(&self) -> Picture {
        let passed = self.forward();
        let Forward { x, h, y_hat } = &passed;
        let layers = vec![
            self.layer(0, &format!("inputs{}", self.times_factor()), x),
            self.layer(1, &format!("hidden{}", self.times_factor()), h),
            self.layer(2, "outputs", y_hat),
        ];
        let lit = inspected(&self.settings).map(|_| INSPECTED);
        let drawing = NetworkDrawing { lit, ..NetworkDrawing::new(layers, self.edges(&passed)) };
        let told = inspected(&self.settings).map(|neuron| self.sum(&passed, neuron));
        let description = format!(
            "{}. The reduced network turns x = {} into ŷ = {}. {}",
            self.dropped(),
            list(&self.x()),
            list(y_hat),
            told.clone().map(|sum| format!("{sum}.")).unwrap_or_default()
        );
        let note = self.told(&told.unwrap_or_else(|| format!("ŷ = {}", list(y_hat))));
        Picture { note, description, body: Body::Network(drawing) }
    }

    /// A press on an input or a hidden neuron drops it or puts it back, and shows its products, so that it
    /// is seen what goes and what comes; a press on an output shows what it adds up.
    pub(super) fn neurons(&self) -> Vec<Handle> {
        let Forward { x, h, y_hat } = self.forward();
        let mut handles = Vec::new();
        for (layer, values) in [x, h, y_hat].iter().enumerate() {
            for (unit, value) in values.iter().enumerate() {
                let (kept, (x, y)) = (self.kept(layer, unit), place(layer, unit));
                let state = if kept { short(*value) } else { "dropped".to_string() };
                let (name, at) = (indexed(SYMBOLS[layer], unit), Place::Spot { x, y });
                let inspected = inspected(&self.settings) == Some((layer, unit));
                handles.push(match FLAGS.get(layer) {
                    Some(flags) => Handle::press(format!("Keep {name}"), state, at)
                        .sets(flags[unit], !kept)
                        .sets("inspected", neuron(layer, unit))
                        .pressed(kept),
                    None => Handle::press(format!("Inspect {name}"), state, at)
                        .sets("inspected", if inspected { "none" } else { neuron(layer, unit) })
                        .pressed(inspected),
                });
            }
        }
        handles
    }

    /// " × 2", where outputs are scaled in training.
    fn times_factor(&self) -> String {
        match self.factor() {
            1.0 => String::new(),
            factor => format!(" × {}", short(factor)),
        }
    }

    fn layer(&self, layer: usize, label: &str, values: &[f64]) -> LayerDrawing {
        let unit = |unit: usize| {
            let ((x, y), kept) = (place(layer, unit), self.kept(layer, unit));
            let value = if kept { short(values[unit]) } else { String::new() };
            UnitDrawing {
                kept,
                name: indexed(SYMBOLS[layer], unit),
                value,
                ..UnitDrawing::at(x, y)
            }
        };
        let units = (0..values.len()).map(unit).collect();
        LayerDrawing { label: label.to_string(), total: values.len(), units }
    }

    /// Every weight with its number; on those of the neuron that is inspected, with the product.
    fn edges(&self, passed: &Forward) -> Vec<Edge> {
        let mut edges = Vec::new();
        for (layer, w) in self.weights().iter().enumerate() {
            for (i, &weight) in w.iter().enumerate() {
                let (to, from) = (i / WIDTH, i % WIDTH);
                let kept = self.kept(layer, from) && self.kept(layer + 1, to);
                let ends = [(layer, from), (layer + 1, to)];
                let inspected =
                    inspected(&self.settings).is_some_and(|neuron| ends.contains(&neuron));
                let value = if layer == 0 { passed.x[from] } else { passed.h[from] };
                // Whole weights are in the figures of numbers: on the phone there is no room here.
                let label = match inspected && kept {
                    true => format!("{} = {}", product(weight, value), trimmed(weight * value, 2)),
                    false => trimmed(weight, 2),
                };
                let group = inspected.then_some(INSPECTED);
                edges.push(Edge { kept, label, group, ..Edge::new(layer, (from, to), weight) });
            }
        }
        edges
    }

    /// What a neuron adds up, "h₂ = 4·0 + 5·1 + 6·2 = 17"; of an input, what it sends on.
    fn sum(&self, passed: &Forward, (layer, unit): (usize, usize)) -> String {
        let name = indexed(SYMBOLS[layer], unit);
        if !self.kept(layer, unit) {
            return format!("{name} is dropped and sends 0");
        }
        let Forward { x, h, y_hat } = passed;
        let [w1, w2] = self.weights();
        let (w, from, value, factor) = match layer {
            0 => return format!("{name} = {}", short(x[unit])),
            1 => (w1, x, h[unit], self.factor()),
            _ => (w2, h, y_hat[unit], 1.0),
        };
        let row = w[unit * WIDTH..(unit + 1) * WIDTH].iter().zip(from);
        let products: Vec<String> = row.map(|(&w, &value)| product(w, value)).collect();
        let sum = match factor {
            1.0 => products.join(" + "),
            factor => format!("{}·({})", short(factor), products.join(" + ")),
        };
        format!("{name} = {sum} = {}", short(value))
    }
}

/// "3·2".
fn product(weight: f64, value: f64) -> String {
    format!("{}·{}", trimmed(weight, 2), trimmed(value, 2))
}
