//! Grids of small pictures: images, and networks with their dropped neurons.

use super::chart::Role;
use serde::{Deserialize, Serialize};

/// Small grey-scale images in a grid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Images {
    /// Pixels across.
    pub width: usize,
    /// Pixels down.
    pub height: usize,
    /// The images, in reading order.
    pub items: Vec<Image>,
    /// What stands above each row, where the rows mean something: then as many images stand side by
    /// side as that takes. Else as many as make them largest.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<String>,
    /// Whether they are weights even where no pixel is negative.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub signed: bool,
}

impl Images {
    /// Images of this width and height, as many side by side as make them largest.
    pub fn new((width, height): (usize, usize), items: Vec<Image>) -> Self {
        Images { width, height, items, rows: Vec::new(), signed: false }
    }

    /// The same in rows, each with these words above it.
    pub fn in_rows(self, rows: Vec<String>) -> Self {
        Images { rows, ..self }
    }
}

/// One image.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Image {
    /// Row by row; 0 is the background's colour, 1 the ink's. Where a pixel of any image of the figure
    /// is negative they are weights: -1 is full orange, 0 the background, 1 full blue.
    pub pixels: Vec<f64>,
    /// What stands under it.
    pub caption: String,
    /// The colour of the caption.
    pub role: Role,
    /// Whether it stands out: its ground has the tint of its role.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub lit: bool,
    /// Whether it is crossed out, as neurons are that are dropped.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub crossed: bool,
    /// Whether there is a ring around it: it is the one that is told of.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ringed: bool,
}

impl Image {
    /// An image like any other of its figure.
    pub fn new(pixels: Vec<f64>, caption: impl Into<String>, role: Role) -> Self {
        let (lit, crossed, ringed) = (false, false, false);
        Image { pixels, caption: caption.into(), role, lit, crossed, ringed }
    }
}

/// Small networks in a grid: which of its hidden neurons each keeps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Masks {
    /// The networks, in reading order.
    pub items: Vec<MaskDrawing>,
}

/// One small network.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MaskDrawing {
    /// One flag a hidden neuron, layer by layer; true is kept.
    pub layers: Vec<Vec<bool>>,
    /// What stands under it.
    pub caption: String,
    /// The colour of the caption.
    pub role: Role,
}
