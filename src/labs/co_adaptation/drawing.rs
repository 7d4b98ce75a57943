//! The network as it is drawn: a column of inputs, a neuron for every pathway, and their average.

use super::CoAdaptation;
use super::arm::INPUTS;
use super::figures::written;
use crate::figure::{Body, Edge, LayerDrawing, NetworkDrawing, UnitDrawing};
use crate::lab::Picture;
use crate::nn::PathwayScaling;
use crate::numbers::{fixed, indexed, list};

/// The most pathways drawn.
const MOST_PATHWAYS: usize = 12;

/// Up to so many pathways there is room for the numbers on the weights.
const MOST_LABELLED: usize = 2;

/// Up to so many, for their names.
const MOST_NAMED: usize = 4;

/// The neurons stand in three columns, about a common middle.
const COLUMNS: [f64; 3] = [0.08, 0.52, 0.92];
pub(super) const MIDDLE: f64 = 0.465;

/// A column of neurons, at this place across.
pub(super) fn layer(x: f64, label: &str, total: usize, units: Vec<UnitDrawing>) -> LayerDrawing {
    let units = units.into_iter().map(|unit| UnitDrawing { x, ..unit }).collect();
    LayerDrawing { label: label.to_string(), units, total }
}

/// A neuron; what is written in it is crossed out with it.
pub(super) fn unit(y: f64, kept: bool, symbol: String, name: String) -> UnitDrawing {
    let value = if kept { symbol } else { String::new() };
    UnitDrawing { kept, name, value, ..UnitDrawing::at(0.0, y) }
}

/// Heights of `count` neurons about the middle, `apart` from each other where that is no more than
/// `room` in all.
pub(super) fn heights(count: usize, apart: f64, room: f64) -> impl Iterator<Item = f64> {
    let gaps = count as f64 - 1.0;
    let apart = apart.min(room / gaps);
    (0..count).map(move |i| MIDDLE + apart * (i as f64 - gaps / 2.0))
}

impl CoAdaptation {
    pub(super) fn network_picture(&self) -> Picture {
        let (arm, k) = (self.shown(), self.shown().n_pathways());
        let kept = self.batch.last_mask(self.shown().scaling);
        let shown = k.min(MOST_PATHWAYS);
        let inputs = heights(INPUTS, 0.27, 0.81).enumerate();
        let inputs = inputs.map(|(i, y)| unit(y, true, indexed("x", i), String::new()));
        let name = |j| if k <= MOST_NAMED { format!("pathway {}", j + 1) } else { String::new() };
        let hidden = heights(shown, 0.42, 0.68).enumerate();
        let hidden = hidden.map(|(j, y)| unit(y, kept[j], indexed("h", j), name(j)));
        let average = unit(MIDDLE, true, "ŷ".to_string(), String::new());
        let layers = vec![
            layer(COLUMNS[0], "inputs", INPUTS, inputs.collect()),
            layer(COLUMNS[1], &format!("{k} pathways"), k, hidden.collect()),
            layer(COLUMNS[2], "their average", 1, vec![average]),
        ];
        let edges = self.edges(shown, &kept);
        let largest = arm.w.iter().fold(0.0f64, |largest, w| largest.max(w.abs()));
        let whole = written(&arm.whole());
        let times_p = if self.shown().scaling == PathwayScaling::AtTest { " × p" } else { "" };
        let note = match times_p {
            "" => format!("ŷ = {whole}"),
            _ => format!("in prediction, × p: ŷ = {whole}"),
        };
        let description = format!("{} In prediction{times_p} ŷ = {whole}.", self.dropped(&kept));
        let drawing = NetworkDrawing { largest, ..NetworkDrawing::new(layers, edges) };
        Picture { note, description, body: Body::Network(drawing) }
    }

    /// What is out, in a sentence.
    fn dropped(&self, kept: &[bool]) -> String {
        let out: Vec<String> =
            (0..kept.len()).filter(|&j| !kept[j]).map(|j| indexed("h", j)).collect();
        if self.shown().scaling == PathwayScaling::NoDropout {
            "No pathway is ever dropped.".to_string()
        } else if out.is_empty() {
            "For this example no pathway is dropped.".to_string()
        } else {
            let verb = if out.len() == 1 { "is" } else { "are" };
            format!("For this example of the last step {} {verb} dropped.", list(&out))
        }
    }

    fn edges(&self, shown: usize, kept: &[bool]) -> Vec<Edge> {
        let arm = self.shown();
        let labelled = arm.n_pathways() <= MOST_LABELLED;
        let survivors = kept.iter().filter(|&&kept| kept).count();
        // Where all are dropped there is nothing to average.
        let share = arm.pathways.divisor(survivors).map_or(0.0, |divisor| 1.0 / divisor);
        let label = |weight| if labelled { fixed(weight, 2) } else { String::new() };
        let at_test = self.shown().scaling == PathwayScaling::AtTest;
        let times_p = |share| fixed(share, 2) + if at_test { " (× p)" } else { "" };
        let mut edges = Vec::new();
        for (to, &kept) in kept.iter().enumerate().take(shown) {
            let group = Some(to);
            for (from, &weight) in arm.row(to).iter().enumerate() {
                edges.push(Edge { layer: 0, from, to, weight, kept, label: label(weight), group });
            }
            let label = if kept && labelled { times_p(share) } else { String::new() };
            edges.push(Edge { layer: 1, from: to, to: 0, weight: share, kept, label, group });
        }
        edges
    }
}
