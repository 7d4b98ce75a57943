//! A network unrolled in time as a drawing: a column of states a step, the inputs below.

use super::reading::Reading;
use crate::figure::{Edge, LayerDrawing, NetworkDrawing, Pick, Tie, UnitDrawing};
use crate::labs::weight_sharing::drawing::between;
use crate::labs::weight_sharing::weights;
use crate::nn::Network;
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

/// A network unrolled in time, and what is drawn of it: as many steps as it was trained on, up to the
/// time.
pub(super) struct Unrolled<'a> {
    pub network: &'a Network<f32>,
    /// Whether all steps have the same weights.
    pub shared: bool,
    /// The trained length, and numbers in the state.
    pub length: usize,
    pub units: usize,
    /// The sequence shown, and how the network reads it.
    pub x: &'a [f64],
    pub reading: &'a Reading,
    /// How far the sequence has been read.
    pub time: usize,
    /// The weight that is lit, counted from 0 over both matrices.
    pub weight: usize,
}

impl Unrolled<'_> {
    /// The drawing, in which a click on a weight sets the parameter `weight`.
    pub fn drawing(&self) -> NetworkDrawing {
        let (lit, ties) = if self.shared {
            (self.weight, self.ties())
        } else {
            (self.count() / 2 * self.weights() + self.weight, Vec::new())
        };
        let picks = Some(Pick { parameter: "weight".to_string(), count: self.weights() });
        let drawing = NetworkDrawing::new(self.layers(), self.edges());
        NetworkDrawing { lit: Some(lit), ties, picks, ..drawing }
    }

    /// How many steps are drawn.
    fn count(&self) -> usize {
        self.length.min(self.x.len())
    }

    /// The first step drawn, counted from 0.
    fn first(&self) -> usize {
        self.time.saturating_sub(self.count())
    }

    /// Weights of a step.
    fn weights(&self) -> usize {
        self.units * (self.units + 1)
    }

    /// The column of a step; one further is the answer's.
    fn column(&self, column: usize) -> f64 {
        LEFT + (RIGHT - LEFT) * column as f64 / (self.count() + 1) as f64
    }

    /// The two matrices that are the same at every step: for a colour a weight they have too many.
    fn ties(&self) -> Vec<Tie> {
        let between = self.units * self.units;
        let tie = |name: String, groups: Range<usize>| Tie { name, groups: groups.collect() };
        vec![
            tie(format!("{between} between states"), 0..between),
            tie(format!("{} on the input", self.units), between..self.weights()),
        ]
    }

    /// Layer 0 is what there is before the first step drawn, then a layer a step, then the answer.
    /// Every input stands in the layer before the states it goes into.
    fn layers(&self) -> Vec<LayerDrawing> {
        let (first, count) = (self.first(), self.count());
        let mut layers: Vec<LayerDrawing> = (0..=count)
            .map(|column| {
                let before = first + column;
                let mut units = if before == 0 { Vec::new() } else { self.states(column) };
                if column < count {
                    units.push(self.input(column));
                }
                let label = if column == 0 { "t".to_string() } else { before.to_string() };
                LayerDrawing { label, total: units.len(), units }
            })
            .collect();
        let place = (self.column(count + 1), (TOP + BOTTOM) / 2.0);
        let answer = if self.time >= first + count {
            let y_hat = self.reading.y_hat[first + count - 1];
            UnitDrawing { value: fixed(y_hat, 1), ..unit(place, y_hat) }
        } else {
            unit(place, 0.0)
        };
        layers.push(LayerDrawing { label: "ŷ".to_string(), units: vec![answer], total: 1 });
        layers
    }

    /// The states of one column; those that are still to come have no colour.
    fn states(&self, column: usize) -> Vec<UnitDrawing> {
        let step = self.first() + column - 1;
        let one = |i: usize| {
            let known = step < self.time;
            let level = if known { self.reading.states[step * self.units + i] } else { 0.0 };
            unit((self.column(column), between((TOP, BOTTOM), i, self.units)), level)
        };
        (0..self.units).map(one).collect()
    }

    /// The input that goes into the next column.
    fn input(&self, column: usize) -> UnitDrawing {
        let step = self.first() + column;
        let x = self.x[step];
        let level = if step < self.time { x } else { 0.0 };
        let value = if self.count() <= MOST_NUMBERED { fixed(x, 0) } else { String::new() };
        let at = 0.4 * self.column(column) + 0.6 * self.column(column + 1);
        UnitDrawing { value, ..unit((at, INPUTS), level) }
    }

    fn edges(&self) -> Vec<Edge> {
        let [wh, wx, w] = ["wh1", "wx1", "w2"].map(|name| weights(self.network, name));
        let (units, count) = (self.units, self.count());
        let mut edges = Vec::new();
        for column in 0..count {
            let step = self.first() + column;
            // Beyond the trained length the last step's weights go on.
            let (set, of_step) =
                if self.shared { (0, 0) } else { (step.min(self.length - 1), column) };
            let group = |weight: usize| Some(of_step * self.weights() + weight);
            let states = if step == 0 { 0 } else { units };
            for i in 0..units {
                edges.extend((0..states).map(|j| {
                    let at = i * units + j;
                    let weight = wh[set * units * units + at];
                    Edge { group: group(at), ..Edge::new(column, (j, i), weight) }
                }));
                let weight = wx[set * units + i];
                let group = group(units * units + i);
                edges.push(Edge { group, ..Edge::new(column, (states, i), weight) });
            }
        }
        edges.extend((0..units).map(|i| Edge::new(count, (i, 0), w[i])));
        edges
    }
}

/// A neuron in the colour of its activation, in full colour from 1 on.
fn unit((x, y): (f64, f64), level: f64) -> UnitDrawing {
    UnitDrawing { level: Some(level.clamp(-1.0, 1.0)), ..UnitDrawing::at(x, y) }
}
