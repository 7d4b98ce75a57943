//! A network with filters as a drawing. Of a canvas, one row of pixels and the filter's row of
//! weights on it.

use super::problem::{KERNEL, Problem};
use super::shown::Maps;
use crate::figure::{Edge, LayerDrawing, NetworkDrawing, Pick, Tie, UnitDrawing};
use crate::labs::weight_sharing::drawing::between;
use crate::labs::weight_sharing::weights;
use crate::nn::Network;
use crate::numbers::indexed;

/// Where the columns of neurons stand, as fractions of the figure's width; at the right there is room
/// for the names of the classes.
const INPUTS: f64 = 0.06;
const LOCATIONS: f64 = 0.36;
const MAXIMA: f64 = 0.57;
const CLASSES: f64 = 0.8;

/// Where the first and the last neuron of a full column stand, as fractions of its height; over the
/// first one there is room for the key to the weights.
const TOP: f64 = 0.12;
const BOTTOM: f64 = 0.88;

/// An input of a signal this large has the full colour.
const FULL: f64 = 2.0;

/// The row of locations that is drawn of a canvas; of a signal, the only one.
const ROW: usize = 3;

/// A network with filters, and what is drawn of it: inputs, one filter's locations, their maxima, and
/// the classes.
pub(super) struct Filtering<'a> {
    pub problem: &'a Problem,
    pub network: &'a Network<f32>,
    /// Whether all locations have the same filters.
    pub shared: bool,
    /// The example shown, and how the filters respond to it.
    pub x: &'a [f64],
    pub maps: &'a Maps,
    /// How many filters there are, and which is shown, counted from 0.
    pub filters: usize,
    pub filter: usize,
    /// The weight of the filter that is lit, counted from 0.
    pub tap: usize,
}

impl Filtering<'_> {
    /// The drawing, in which a click on a weight sets the tap.
    pub fn drawing(&self) -> NetworkDrawing {
        let (taps, locations) = (self.problem.taps(), self.problem.locations().1);
        let map = self.map();
        let maxima = self.maxima(&map);
        let mut edges = self.filter_edges();
        let pooled = |from: usize| Edge::new(1, (from, from * maxima.len() / locations), 0.0);
        edges.extend((0..locations).map(pooled));
        edges.extend(self.output_edges(maxima.len()));
        let (lit, ties) = if self.shared {
            (self.tap, self.ties())
        } else {
            (locations / 2 * taps + self.tap, Vec::new())
        };
        let picks = Some(Pick { parameter: "tap".to_string(), count: taps });
        let drawing = NetworkDrawing::new(self.layers(&map, &maxima), edges);
        NetworkDrawing { lit: Some(lit), ties, picks, ..drawing }
    }

    /// The row of the filter that is drawn.
    fn kernel_row(&self) -> usize {
        self.tap / KERNEL
    }

    /// The row of locations that is drawn.
    fn row(&self) -> usize {
        ROW.min(self.problem.locations().0 - 1)
    }

    fn layers(&self, map: &[f64], maxima: &[f64]) -> Vec<LayerDrawing> {
        let (problem, locations) = (self.problem, self.problem.locations().1);
        let (across, classes) = (problem.across(), problem.classes);
        let line = self.row() + self.kernel_row();
        let full = if problem.down() == 1 { FULL } else { 1.0 };
        let of_line = &self.x[line * across..(line + 1) * across];
        let inputs: Vec<f64> = of_line.iter().map(|x| x / full).collect();
        let of_row = &map[self.row() * locations..(self.row() + 1) * locations];
        let y_hat = self.network.predict(self.x).expect("the lab's own example");
        let of_canvas = format!("row {} of {across}", line + 1);
        let inputs_are = if problem.down() == 1 { format!("{across} inputs") } else { of_canvas };
        let height = BOTTOM - TOP;
        // A filter's locations stand level with the middle of what they see.
        let inset = height * (KERNEL / 2) as f64 / (across - 1) as f64;
        let (top, bottom) = centred(height);
        let mut named = column(CLASSES, few(classes), &y_hat);
        for (class, unit) in named.iter_mut().enumerate() {
            unit.name = problem.class_name(class);
        }
        let layer = |label, total, units| LayerDrawing { label, total, units };
        vec![
            layer(inputs_are, self.x.len(), column(INPUTS, (top, bottom), &inputs)),
            layer(
                format!("filter {}", self.filter + 1),
                map.len(),
                column(LOCATIONS, (top + inset, bottom - inset), of_row),
            ),
            layer("maximum".into(), maxima.len(), column(MAXIMA, few(maxima.len()), maxima)),
            layer(format!("{classes} classes"), classes, named),
        ]
    }

    /// The activations of the filter shown, as parts of the one in full colour.
    fn map(&self) -> Vec<f64> {
        let (rows, locations) = self.problem.locations();
        let size = rows * locations;
        let of_filter = &self.maps.now[self.filter * size..(self.filter + 1) * size];
        of_filter.iter().map(|activation| activation / self.maps.full).collect()
    }

    /// The maxima over what is drawn: all locations of a signal; of a canvas the two quarters that the
    /// row of locations runs through.
    fn maxima(&self, map: &[f64]) -> Vec<f64> {
        let (rows, locations) = self.problem.locations();
        let halves = if rows == 1 { 1 } else { 2 };
        let lines = map.chunks_exact(locations).take(rows.div_ceil(halves));
        let mut maxima = vec![0.0f64; halves];
        for (place, &activation) in lines.flat_map(|line| line.iter().enumerate()) {
            let maximum = &mut maxima[place * halves / locations];
            *maximum = maximum.max(activation);
        }
        maxima
    }

    fn filter_edges(&self) -> Vec<Edge> {
        let (taps, locations) = (self.problem.taps(), self.problem.locations().1);
        let w = of_filter(self.network, self.filter, self.filters, taps);
        let one = |i: usize| {
            let (location, tap) = (i / KERNEL, i % KERNEL);
            let place = self.row() * locations + location;
            let weight = self.kernel_row() * KERNEL + tap;
            let (set, group) =
                if self.shared { (0, weight) } else { (place, location * taps + weight) };
            let ends = (location + tap, location);
            Edge { group: Some(group), ..Edge::new(0, ends, w[set * taps + weight]) }
        };
        (0..locations * KERNEL).map(one).collect()
    }

    fn output_edges(&self, maxima: usize) -> Vec<Edge> {
        let w = self.network.weights(0, "w3").expect("the last layer of the lab's network");
        // Of a canvas there are maxima of two rows, of which the first is drawn.
        let of_filter = self.filter * maxima * maxima;
        let one = |i: usize| {
            let (to, from) = (i / maxima, i % maxima);
            let weight = w.values[to * w.shape[1] + of_filter + from];
            Edge::new(2, (from, to), f64::from(weight))
        };
        (0..self.problem.classes * maxima).map(one).collect()
    }

    /// The weights of the row of the filter that is drawn, each tied over all locations.
    fn ties(&self) -> Vec<Tie> {
        let first = self.kernel_row() * KERNEL;
        let tie = |weight: usize| Tie { name: indexed("w", weight), groups: vec![weight] };
        (first..first + KERNEL).map(tie).collect()
    }
}

/// The weights of one of so many filters: (1 x taps) where it is shared, (locations x taps) where
/// every location has its own.
pub(super) fn of_filter(
    network: &Network<f32>,
    filter: usize,
    filters: usize,
    taps: usize,
) -> Vec<f64> {
    let w = weights(network, "w1");
    w.chunks_exact(taps).skip(filter).step_by(filters).flatten().copied().collect()
}

/// The ends of a column of this height.
fn centred(height: f64) -> (f64, f64) {
    ((TOP + BOTTOM - height) / 2.0, (TOP + BOTTOM + height) / 2.0)
}

/// The ends of a column of few neurons, in the middle: six or more have the full height.
fn few(count: usize) -> (f64, f64) {
    centred((BOTTOM - TOP) * (count as f64 / 6.0).min(1.0))
}

/// A column of neurons between these ends, in the colours of their activations.
fn column(x: f64, ends: (f64, f64), levels: &[f64]) -> Vec<UnitDrawing> {
    let unit = |(i, &level): (usize, &f64)| UnitDrawing {
        level: Some(level),
        ..UnitDrawing::at(x, between(ends, i, levels.len()))
    };
    levels.iter().enumerate().map(unit).collect()
}
