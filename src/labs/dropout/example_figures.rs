//! What the worked example shows.

use super::example::{Example, OUTPUTS, TestTime, WIDTH};
use crate::figure::{Axis, Body, Cell, EntryState, Matrices, Matrix, Role, Series, round_up};
use crate::lab::Picture;
use crate::numbers::{indexed, trimmed};

/// The numbers of the example in full: the longest has four decimals.
pub(super) fn short(number: f64) -> String {
    trimmed(number, 4)
}

/// A vector in one line. Commas stand between its numbers, so none sets thousands apart.
pub(super) fn list(numbers: &[f64]) -> String {
    let ungrouped = |&number: &f64| short(number).replace(',', "");
    let numbers: Vec<String> = numbers.iter().map(ungrouped).collect();
    format!("[{}]", numbers.join(", "))
}

/// W x for a row-major matrix.
fn times(w: &[f64], x: &[f64]) -> Vec<f64> {
    w.chunks_exact(x.len()).map(|row| row.iter().zip(x).map(|(w, x)| w * x).sum()).collect()
}

fn matrix(symbol: &str, label: &str, columns: usize, values: Vec<f64>) -> Matrix {
    let states = vec![EntryState::Plain; values.len()];
    let (symbol, label, rows) = (symbol.to_string(), label.to_string(), values.len() / columns);
    Matrix { symbol, label, rows, columns, values, states }
}

/// The numbers of one forward pass through the reduced network.
pub(super) struct Forward {
    pub x: Vec<f64>,
    pub h: Vec<f64>,
    pub y_hat: Vec<f64>,
}

impl Example {
    pub(super) fn forward(&self) -> Forward {
        let [w1, w2] = self.weights();
        let masked = |values: &[f64], mask: &[f64]| -> Vec<f64> {
            values.iter().zip(mask).map(|(value, kept)| value * kept * self.factor()).collect()
        };
        let x = masked(&self.x(), &self.masks[0]);
        let h = masked(&times(w1, &x), &self.masks[1]);
        let y_hat = times(w2, &h);
        Forward { x, h, y_hat }
    }

    pub(super) fn kept(&self, layer: usize, unit: usize) -> bool {
        self.masks.get(layer).is_none_or(|mask| mask[unit] == 1.0)
    }

    /// Which neurons are out, in words.
    pub(super) fn dropped(&self) -> String {
        let neurons = [(0, "x"), (1, "h")].into_iter();
        let neurons =
            neurons.flat_map(|(layer, symbol)| (0..WIDTH).map(move |u| (layer, symbol, u)));
        let names: Vec<String> = neurons
            .filter(|&(layer, _, unit)| !self.kept(layer, unit))
            .map(|(_, symbol, unit)| indexed(symbol, unit))
            .collect();
        if names.is_empty() {
            "nothing dropped".into()
        } else {
            format!("dropped: {}", names.join(", "))
        }
    }

    /// A remark on the step that all figures tell of: the one that comes next, with its mask.
    pub(super) fn told(&self, remark: &str) -> String {
        format!("step {}: {remark}", self.steps + 1)
    }

    /// A column vector whose dropped entries are marked.
    fn vector(&self, symbol: &str, label: &str, values: Vec<f64>, layer: usize) -> Matrix {
        let mut vector = matrix(symbol, label, 1, values);
        for (unit, state) in vector.states.iter_mut().enumerate() {
            *state = if self.kept(layer, unit) { EntryState::Plain } else { EntryState::Dropped };
        }
        vector
    }

    /// A weight matrix or its gradient, with every entry's state in this step.
    fn layer_matrix(&self, layer: usize, symbol: &str, label: &str, values: Vec<f64>) -> Matrix {
        let gradient = &self.gradients().parameters[2 * layer].values;
        let mut result = matrix(symbol, label, WIDTH, values);
        for (i, state) in result.states.iter_mut().enumerate() {
            let in_use = self.kept(layer, i % WIDTH) && self.kept(layer + 1, i / WIDTH);
            *state = match (in_use, gradient[i] == 0.0) {
                (false, _) => EntryState::Dropped,
                (true, true) => EntryState::Unchanged,
                (true, false) => EntryState::Updated,
            };
        }
        result
    }

    /// A weight matrix of which only what is dropped is marked.
    fn used_matrix(&self, layer: usize, symbol: &str) -> Matrix {
        let mut used = self.layer_matrix(layer, symbol, "weights", self.weights()[layer].to_vec());
        for state in &mut used.states {
            if *state != EntryState::Dropped {
                *state = EntryState::Plain;
            }
        }
        used
    }

    pub(super) fn forward_picture(&self) -> Picture {
        let Forward { x, h, y_hat } = self.forward();
        let (factor, scaled) = match self.factor() {
            1.0 => (String::new(), String::new()),
            factor => (format!("{} · ", short(factor)), format!(", times 1/p = {}", short(factor))),
        };
        let (left, hidden) = (format!("{factor}m(0) ⊙ x"), format!("{factor}m⁽¹⁾ ⊙ W⁽¹⁾"));
        let items = vec![
            matrix("x", "input", 1, self.x().to_vec()),
            matrix("m(0)", "mask of the inputs", 1, self.masks[0].clone()),
            self.vector(&left, &format!("what is left of the input{scaled}"), x, 0),
            self.used_matrix(0, "W(1)"),
            matrix("m(1)", "mask of the hidden layer", 1, self.masks[1].clone()),
            self.vector("h(1)", &format!("{hidden}({factor}m⁽⁰⁾ ⊙ x)"), h.clone(), 1),
            self.used_matrix(1, "W(2)"),
            matrix("ŷ", "W⁽²⁾ h⁽¹⁾", 1, y_hat.clone()),
        ];
        let description = format!("{}; h = {}, ŷ = {}.", self.dropped(), list(&h), list(&y_hat));
        let body = Body::Matrices(Matrices { items });
        Picture { note: self.told(&self.dropped()), description, body }
    }

    pub(super) fn backward_picture(&self) -> Picture {
        let gradients = self.gradients();
        let errors: Vec<f64> =
            gradients.output.iter().zip(self.y()).map(|(y_hat, y)| y_hat - y).collect();
        let layer = |layer: usize, symbol: &str| {
            let values = gradients.parameters[2 * layer].values.clone();
            self.layer_matrix(layer, symbol, "gradient of the loss", values)
        };
        let items = vec![
            matrix("y", "target", 1, self.y().to_vec()),
            matrix("ŷ − y", "error", 1, errors.clone()),
            layer(1, "dW(2)"),
            layer(0, "dW(1)"),
        ];
        let description = format!(
            "The error is {} and the loss {}. {}",
            list(&errors),
            short(gradients.loss),
            self.counts(&items[2..])
        );
        let note = self.told(&format!("loss {}", short(gradients.loss)));
        Picture { note, description, body: Body::Matrices(Matrices { items }) }
    }

    fn counts(&self, items: &[Matrix]) -> String {
        let count = |wanted: EntryState| {
            items.iter().flat_map(|item| &item.states).filter(|&&state| state == wanted).count()
        };
        format!(
            "Of 15 weights {} are updated, {} belong to a dropped neuron and are not touched, and {} \
             are in use but have gradient 0.",
            count(EntryState::Updated),
            count(EntryState::Dropped),
            count(EntryState::Unchanged)
        )
    }

    pub(super) fn next_picture(&self) -> Picture {
        let [w1, w2] = self.updated();
        let items = vec![
            self.layer_matrix(0, "W(1)", "after the update", w1),
            self.layer_matrix(1, "W(2)", "after the update", w2),
        ];
        let description = self.counts(&items);
        let note = self.told("the weights it leaves");
        Picture { note, description, body: Body::Matrices(Matrices { items }) }
    }

    pub(super) fn masks_picture(&self) -> Picture {
        let TestTime { outputs, mean, single, .. } = self.chosen();
        let point = |name: &str, role: Role, y_hat: &[f64]| {
            Series::points(name, role, vec![y_hat[0]], vec![y_hat[1]])
        };
        let (x, y) = outputs.iter().map(|(_, y_hat)| (y_hat[0], y_hat[1])).unzip();
        let series = vec![
            Series::points("reduced networks", Role::Member, x, y).unlabelled(),
            point("this mask", Role::Train, &self.gradients().output),
            point("mean of all masks", Role::Average, mean),
            point("test-time pass", Role::Test, single),
        ];
        let axis = |label: &str, output: usize| {
            let all = outputs.iter().map(|(_, y_hat)| y_hat[output]);
            let (low, high) = all.fold((0.0f64, 1.0f64), |(l, h), y| (l.min(y), h.max(y)));
            // In round numbers, so that the axes stay while the points move.
            let max = round_up(1.05 * high);
            let min = if low < 0.0 { -round_up(-1.05 * low) } else { -0.05 * max };
            Axis::linear(label, min, max)
        };
        let (x, y) = (axis("output 1", 0), axis("output 2", 1));
        let body = Body::chart(x, y, series, Vec::new());
        let count = different(outputs);
        let note = format!("{count} different points, mean {}", list(mean));
        let description = format!(
            "Each grey point is the output of one of the 64 reduced networks; {count} of them differ, \
             since masks that are apart in a 0 alone give the same output. Weighted by their chances \
             their mean is {}; the single pass at test time gives {}.",
            list(mean),
            list(single)
        );
        Picture { note, description, body }
    }

    pub(super) fn test_time_picture(&self) -> Picture {
        let heads = [
            "scaling",
            "mean over all 64 masks, ŷ₁",
            "ŷ₂",
            "one pass at test time, ŷ₁",
            "ŷ₂",
            "equal",
        ];
        let times = self.test_times();
        let close = |a: &f64, b: &f64| (a - b).abs() <= 1e-9 * b.abs().max(1.0);
        let rows = times.iter().map(|time| {
            let equal = (0..OUTPUTS).all(|i| close(&time.mean[i], &time.single[i]));
            let mut row = Cell::row(time.label, time.mean.iter().chain(&time.single).copied());
            row.push(Cell::Text(if equal { "yes" } else { "no" }.to_string()));
            row
        });
        let body = Body::table(heads, rows.collect());
        let sentences: Vec<String> = times
            .iter()
            .map(|time| {
                let (mean, single) = (list(&time.mean), list(&time.single));
                format!("Scaled {}: mean {mean}, one pass {single}.", time.label)
            })
            .collect();
        let note = format!("p = {}", short(self.settings.real("keep_prob")));
        Picture { note, description: sentences.join(" "), body }
    }
}

/// How many outputs there are when equal ones count once.
fn different(outputs: &[(f64, Vec<f64>)]) -> usize {
    let is_new = |&i: &usize| outputs[..i].iter().all(|(_, y_hat)| *y_hat != outputs[i].1);
    (0..outputs.len()).filter(is_new).count()
}
