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
