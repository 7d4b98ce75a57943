//! The networks as drawings. Of a canvas, one row of pixels and the filter's row of weights on it.

use super::cnn::Cnn;
use super::cnn_problem::KERNEL;
use super::cnn_shown::Maps;
use super::named;
use crate::data::DIGIT_CLASSES;
use crate::figure::{Edge, LayerDrawing, NetworkDrawing, Pick, Tie, UnitDrawing};
use crate::numbers::indexed;

/// Where the columns of neurons stand, as fractions of the figure's width; at the right there is room
/// for the names of the classes.
const COLUMNS: [f64; 4] = [0.06, 0.36, 0.57, 0.8];

/// Where the first and the last neuron of a full column stand, as fractions of its height; over the
/// first one there is room for the key to the weights.
const TOP: f64 = 0.12;
const BOTTOM: f64 = 0.88;

/// An input this large has the full colour.
const FULL: f64 = 2.0;

/// The row of locations that is drawn of a canvas; of a signal, the only one.
const ROW: usize = 3;

/// Which of the weights are drawn.
struct Slice {
    filter: usize,
    /// The row of the filter.
    kernel_row: usize,
    /// The row of locations, and how many there are in it.
    row: usize,
    locations: usize,
}

impl Cnn {
    /// Filters, counted from 0: the one that is shown.
    pub fn filter(&self) -> usize {
        self.settings.whole("filter").min(self.settings.whole("filters")) - 1
    }

    /// The weight of a filter that is lit, counted from 0.
    pub fn tap(&self) -> usize {
        self.settings.whole("tap").min(self.problem.taps()) - 1
    }

    /// Its place among the weights of the convolution.
    pub fn weight(&self) -> usize {
        self.filter() * self.problem.taps() + self.tap()
    }

    fn slice(&self) -> Slice {
        let (rows, locations) = self.problem.locations();
        let kernel_row = self.tap() / KERNEL;
        Slice { filter: self.filter(), kernel_row, row: ROW.min(rows - 1), locations }
    }

    /// A network with filters: inputs, one filter's locations, their maxima, and the classes.
    pub(super) fn filters_drawing(&self, shared: bool) -> NetworkDrawing {
        let slice = self.slice();
        let layers = self.layers(&slice, shared);
        let mut edges = self.filter_edges(&slice, shared);
        let maxima = layers[2].units.len();
        edges.extend((0..slice.locations).map(|from| {
            let to = from * maxima / slice.locations;
            edge(1, (from, to), 0.0, None)
        }));
        edges.extend(self.output_edges(&slice, shared, maxima));
        let largest = edges.iter().map(|edge| edge.weight.abs()).fold(0.0, f64::max);
        let taps = self.problem.taps();
        let middle = slice.locations / 2 * taps;
        let lit = Some(if shared { self.tap() } else { middle + self.tap() });
        let ties = if shared { ties(&slice) } else { Vec::new() };
        let picks = Some(Pick { parameter: "tap".to_string(), count: taps });
        NetworkDrawing { layers, edges, largest, lit, ties, picks }
    }

    fn layers(&self, slice: &Slice, shared: bool) -> Vec<LayerDrawing> {
        let (problem, shown) = (&self.problem, self.shown());
        let (across, maps) = (problem.across(), if shared { &shown.shared } else { &shown.local });
        let line = (slice.row + slice.kernel_row) * across;
        let full = if problem.down() == 1 { FULL } else { 1.0 };
        let inputs: Vec<f64> = shown.x[line..line + across].iter().map(|x| x / full).collect();
        let map = self.map(maps, slice.filter);
        let of_row = map[slice.row * slice.locations..].iter().take(slice.locations);
        let maxima = self.maxima(&map);
        let y_hat = self.networks[usize::from(!shared)].predict(&shown.x);
        let y_hat = y_hat.expect("the lab's own example");
        let names: Vec<String> = (0..problem.classes).map(|class| self.class_name(class)).collect();
        let of_canvas = format!("row {} of {across}", line / across + 1);
        let inputs_are = if problem.down() == 1 { format!("{across} inputs") } else { of_canvas };
        vec![
            column(0, inputs_are, problem.down() * across, &inputs, &[]),
            column(
                1,
                format!("filter {}", slice.filter + 1),
                map.len(),
                &of_row.copied().collect::<Vec<_>>(),
                &[],
            ),
            column(2, "maximum".into(), maxima.len(), &maxima, &[]),
            column(3, format!("{} classes", problem.classes), problem.classes, &y_hat, &names),
        ]
    }

    /// What a class is called.
    pub(super) fn class_name(&self, class: usize) -> String {
        if self.problem.classes == DIGIT_CLASSES {
            class.to_string()
        } else {
            format!("motif {}", class + 1)
        }
    }

    /// The activations of one filter, as parts of the largest of all.
    fn map(&self, maps: &Maps, filter: usize) -> Vec<f64> {
        let (rows, locations) = self.problem.locations();
        let size = rows * locations;
        let of_filter = &maps.now[filter * size..(filter + 1) * size];
        of_filter.iter().map(|activation| activation / maps.largest()).collect()
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

    fn filter_edges(&self, slice: &Slice, shared: bool) -> Vec<Edge> {
        let parameters = self.networks[usize::from(!shared)].parameters(0).expect("member 0");
        let w = &named(&parameters, "w1").values;
        let (taps, filters) = (self.problem.taps(), self.settings.whole("filters"));
        let one = |i: usize| {
            let (location, tap) = (i / KERNEL, i % KERNEL);
            let place = slice.row * slice.locations + location;
            let set = if shared { 0 } else { place * filters };
            let weight = slice.kernel_row * KERNEL + tap;
            let group = if shared { weight } else { location * taps + weight };
            let at = (set + slice.filter) * taps + weight;
            edge(0, (location + tap, location), w[at], Some(group))
        };
        (0..slice.locations * KERNEL).map(one).collect()
    }

    fn output_edges(&self, slice: &Slice, shared: bool, maxima: usize) -> Vec<Edge> {
        let parameters = self.networks[usize::from(!shared)].parameters(0).expect("member 0");
        let w = named(&parameters, "w3");
        // Of a canvas there are maxima of two rows, of which the first is drawn.
        let of_filter = slice.filter * maxima * maxima;
        let one = |i: usize| {
            let (to, from) = (i / maxima, i % maxima);
            edge(2, (from, to), w.values[to * w.shape[1] + of_filter + from], None)
        };
        (0..self.problem.classes * maxima).map(one).collect()
    }
}

/// The weights of the row of the filter that is drawn, each tied over all locations.
fn ties(slice: &Slice) -> Vec<Tie> {
    let first = slice.kernel_row * KERNEL;
    let tie = |weight: usize| Tie { name: indexed("w", weight), groups: vec![weight] };
    (first..first + KERNEL).map(tie).collect()
}

fn edge(layer: usize, (from, to): (usize, usize), weight: f64, group: Option<usize>) -> Edge {
    Edge { layer, from, to, weight, kept: true, label: String::new(), group }
}

/// A column of neurons in the colours of their activations. Fewer neurons stand in its middle, as
/// far apart as those of a signal's locations, if there is room.
fn column(
    place: usize,
    label: String,
    total: usize,
    levels: &[f64],
    names: &[String],
) -> LayerDrawing {
    let count = levels.len();
    let full = BOTTOM - TOP;
    let height = if place < 2 { full } else { full * (count as f64 / 6.0).min(1.0) };
    // A filter's locations stand level with the middle of what they see.
    let inset = if place == 1 { full * 2.0 / (count + 3) as f64 } else { 0.0 };
    let (first, last) =
        ((TOP + BOTTOM - height) / 2.0 + inset, (TOP + BOTTOM + height) / 2.0 - inset);
    let y = |i: usize| match count {
        1 => (first + last) / 2.0,
        _ => first + (last - first) * i as f64 / (count - 1) as f64,
    };
    let unit = |(i, &level): (usize, &f64)| UnitDrawing {
        x: COLUMNS[place],
        y: y(i),
        kept: true,
        name: names.get(i).cloned().unwrap_or_default(),
        value: String::new(),
        parameter: None,
        level: Some(level),
    };
    LayerDrawing { label, total, units: levels.iter().enumerate().map(unit).collect() }
}
