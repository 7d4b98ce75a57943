//! The recurrent network unrolled in time: a column of states a step, the inputs below.

use super::named;
use super::rnn::Rnn;
use crate::figure::{Edge, LayerDrawing, NetworkDrawing, Pick, Tie, UnitDrawing};
use crate::numbers::fixed;

use std::ops::Range;

/// Where the first column and the answer stand, as fractions of the figure's width.
const LEFT: f64 = 0.06;
const RIGHT: f64 = 0.95;

/// Where the states begin and end, and where the inputs stand, as fractions of its height.
const TOP: f64 = 0.14;
const BOTTOM: f64 = 0.62;
const INPUTS: f64 = 0.82;

/// With more columns there is no room for numbers in the neurons.
const MOST_NUMBERED: usize = 12;

/// What is drawn: so many steps, from the one numbered `first` (from 0) on.
struct Window {
    first: usize,
    count: usize,
    units: usize,
    shared: bool,
}

impl Window {
    /// The column of a step; one further is the answer's.
    fn x(&self, column: usize) -> f64 {
        LEFT + (RIGHT - LEFT) * column as f64 / (self.count + 1) as f64
    }

    /// The two matrices that are the same at every step: for a colour a weight they have too many.
    fn ties(&self) -> Vec<Tie> {
        let between = self.units * self.units;
        let tie = |name: String, groups: Range<usize>| Tie { name, groups: groups.collect() };
        vec![
            tie(format!("{between} between states"), 0..between),
            tie(format!("{} on the input", self.units), between..between + self.units),
        ]
    }
}

impl Rnn {
    /// As many steps as it was trained on, up to the time.
    pub(super) fn drawing(&self) -> NetworkDrawing {
        let count = self.settings.whole("length").min(self.long.inputs());
        let window = Window {
            first: self.time().saturating_sub(count),
            count,
            units: self.settings.whole("units"),
            shared: self.settings.choice("network") == "shared",
        };
        let edges = self.edges(&window);
        let largest = edges.iter().map(|edge| edge.weight.abs()).fold(0.0, f64::max);
        let of_step = window.units * (window.units + 1);
        let middle = if window.shared { 0 } else { count / 2 * of_step };
        let layers = self.layers(&window);
        let lit = Some(middle + self.weight());
        let ties = if window.shared { window.ties() } else { Vec::new() };
        let picks = Some(Pick { parameter: "weight".to_string(), count: of_step });
        NetworkDrawing { layers, edges, largest, lit, ties, picks }
    }

    /// Layer 0 is what there is before the first step drawn, then a layer a step, then the answer.
    /// Every input stands in the layer before the states it goes into.
    fn layers(&self, window: &Window) -> Vec<LayerDrawing> {
        let course = &self.shown().courses[usize::from(!window.shared)];
        let last = window.first + window.count;
        let mut layers: Vec<LayerDrawing> = (0..=window.count)
            .map(|column| {
                let before = window.first + column;
                let mut units = if before == 0 { Vec::new() } else { self.states(window, column) };
                if column < window.count {
                    units.push(self.input(window, column));
                }
                let label = if column == 0 { "t".to_string() } else { before.to_string() };
                LayerDrawing { label, total: units.len(), units }
            })
            .collect();
        let answered = self.time() >= last;
        let y_hat = course.y_hat[last - 1];
        let value = if answered { fixed(y_hat, 1) } else { String::new() };
        let level = if answered { y_hat } else { 0.0 };
        let answer = unit((window.x(window.count + 1), (TOP + BOTTOM) / 2.0), level, value);
        layers.push(LayerDrawing { label: "ŷ".to_string(), units: vec![answer], total: 1 });
        layers
    }

    /// The states of one column; those that are still to come have no colour.
    fn states(&self, window: &Window, column: usize) -> Vec<UnitDrawing> {
        let course = &self.shown().courses[usize::from(!window.shared)];
        let (step, units) = (window.first + column - 1, window.units);
        let y = |i: usize| match units {
            1 => (TOP + BOTTOM) / 2.0,
            _ => TOP + (BOTTOM - TOP) * i as f64 / (units - 1) as f64,
        };
        let one = |i: usize| {
            let known = step < self.time();
            let level = if known { course.states[step * units + i] } else { 0.0 };
            unit((window.x(column), y(i)), level, String::new())
        };
        (0..units).map(one).collect()
    }

    /// The input that goes into the next column.
    fn input(&self, window: &Window, column: usize) -> UnitDrawing {
        let step = window.first + column;
        let x = self.shown().x[step];
        let level = if step < self.time() { x } else { 0.0 };
        let value = if window.count <= MOST_NUMBERED { fixed(x, 0) } else { String::new() };
        let at = 0.4 * window.x(column) + 0.6 * window.x(column + 1);
        unit((at, INPUTS), level, value)
    }

    fn edges(&self, window: &Window) -> Vec<Edge> {
        let parameters =
            self.networks[usize::from(!window.shared)].parameters(0).expect("member 0");
        let [wh, wx, w] = ["wh1", "wx1", "w2"].map(|name| &named(&parameters, name).values);
        let (units, length) = (window.units, self.settings.whole("length"));
        let mut edges = Vec::new();
        for column in 0..window.count {
            let step = window.first + column;
            let set = if window.shared { 0 } else { step.min(length - 1) };
            let group = |weight: usize| {
                let of_step = if window.shared { 0 } else { column };
                Some(of_step * units * (units + 1) + weight)
            };
            let states = if step == 0 { 0 } else { units };
            for i in 0..units {
                edges.extend((0..states).map(|j| {
                    let at = i * units + j;
                    edge(column, (j, i), wh[set * units * units + at], group(at))
                }));
                let weight = wx[set * units + i];
                edges.push(edge(column, (states, i), weight, group(units * units + i)));
            }
        }
        edges.extend((0..units).map(|i| edge(window.count, (i, 0), w[i], None)));
        edges
    }
}

fn edge(layer: usize, (from, to): (usize, usize), weight: f64, group: Option<usize>) -> Edge {
    Edge { layer, from, to, weight, kept: true, label: String::new(), group }
}

fn unit((x, y): (f64, f64), level: f64, value: String) -> UnitDrawing {
    let level = Some(level.clamp(-1.0, 1.0));
    UnitDrawing { x, y, kept: true, name: String::new(), value, parameter: None, level }
}
