//! A network as a drawing: neurons in layers, joined by weights.

use serde::{Deserialize, Serialize};

/// Neurons in layers, joined by weights.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct NetworkDrawing {
    /// Inputs first, outputs last.
    pub layers: Vec<LayerDrawing>,
    /// The weights that are drawn.
    pub edges: Vec<Edge>,
    /// The largest absolute weight: drawn thickest.
    pub largest: f64,
    /// The group of weights that stands out, while all others step back. Where none does, the groups each
    /// lie on a band of their own tint.
    pub lit: Option<usize>,
    /// The weights used at several places, each in a colour of its own, with a key that names them in
    /// this order. All others have the colour of their sign.
    #[serde(default)]
    pub ties: Vec<Tie>,
    /// What a click on a weight does.
    pub picks: Option<Pick>,
}

impl NetworkDrawing {
    /// Neurons and weights, of which none stands out.
    pub fn new(layers: Vec<LayerDrawing>, edges: Vec<Edge>) -> Self {
        let largest = edges.iter().fold(0.0f64, |largest, edge| largest.max(edge.weight.abs()));
        NetworkDrawing { layers, edges, largest, ..NetworkDrawing::default() }
    }
}

/// Weights that are used at several places and share a colour.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tie {
    /// What they are called: "w₁".
    pub name: String,
    /// The groups of their edges, one a weight.
    pub groups: Vec<usize>,
}

/// A weight that is clicked on sets a parameter: one of group g sets it to 1 + g modulo `count`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pick {
    /// The key of a whole number.
    pub parameter: String,
    /// How many weights there are to choose from.
    pub count: usize,
}

/// One column of neurons.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LayerDrawing {
    /// What it is: "64 inputs", "h(1)".
    pub label: String,
    /// The neurons that are drawn; where `total` is larger, the others are left out.
    pub units: Vec<UnitDrawing>,
    /// How many neurons the layer has.
    pub total: usize,
}

/// One neuron.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UnitDrawing {
    /// Its centre, as a fraction of the figure's width from the left.
    pub x: f64,
    /// Its centre, as a fraction of the figure's height from the top.
    pub y: f64,
    /// False where dropout has removed it.
    pub kept: bool,
    /// Its name: "h2"; may be empty.
    pub name: String,
    /// Its value, written inside or beside it: "18"; may be empty.
    pub value: String,
    /// Its activation as a colour, from -1 (full orange) to 1 (full blue); ink where there is none.
    pub level: Option<f64>,
}

impl UnitDrawing {
    /// A neuron that is kept, with nothing written on it.
    pub fn at(x: f64, y: f64) -> Self {
        let (name, value) = (String::new(), String::new());
        UnitDrawing { x, y, kept: true, name, value, level: None }
    }
}

/// One weight.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edge {
    /// The layer it starts from, counted from 0.
    pub layer: usize,
    /// The neuron it starts from, among the drawn ones.
    pub from: usize,
    /// The neuron of the next layer it ends at, among the drawn ones.
    pub to: usize,
    /// Its value: the sign is the colour, unless it belongs to a tie; the size is the width.
    pub weight: f64,
    /// False where one of its ends is dropped.
    pub kept: bool,
    /// Its value written on it; may be empty.
    pub label: String,
    /// The edges that belong together: one weight, drawn at several places, or the weights of one
    /// pathway.
    pub group: Option<usize>,
}

impl Edge {
    /// A weight of a layer from one neuron to another, in use, with nothing written on it.
    pub fn new(layer: usize, (from, to): (usize, usize), weight: f64) -> Self {
        Edge { layer, from, to, weight, kept: true, label: String::new(), group: None }
    }
}
