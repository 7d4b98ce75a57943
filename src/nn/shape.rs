//! How the numbers of a row hang together, and how many there may be.

use crate::error::{Error, Result};
use std::fmt;

/// The most numbers a row of inputs or outputs may hold, so that no size overflows.
pub const MAX_ROW: usize = 1 << 20;

/// The same limit, for what is read from outside.
pub const MAX_WIDTH: u64 = MAX_ROW as u64;

/// A network that would take more than this is refused: 1 GiB.
pub const MAX_BYTES: f64 = 1_073_741_824.0;

/// What a row of inputs is, or of a layer's outputs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shape {
    /// Numbers without an order.
    Flat(usize),
    /// A signal: channel by channel.
    Line {
        /// Numbers at every place.
        channels: usize,
        /// Places.
        length: usize,
    },
    /// An image: channel by channel, each row by row.
    Image {
        /// Numbers at every place.
        channels: usize,
        /// Rows of places.
        height: usize,
        /// Places in a row.
        width: usize,
    },
    /// A sequence: step by step.
    Steps {
        /// Time steps.
        steps: usize,
        /// Numbers at every step.
        features: usize,
    },
}

impl Shape {
    /// How many numbers it holds.
    pub fn size(self) -> usize {
        match self {
            Shape::Flat(size) => size,
            Shape::Line { channels, length } => channels * length,
            Shape::Image { channels, height, width } => channels * height * width,
            Shape::Steps { steps, features } => steps * features,
        }
    }

    /// How many answers a row of outputs gives, each a number or a class: one, or one a time step.
    pub fn answers(self) -> usize {
        if let Shape::Steps { steps, .. } = self { steps } else { 1 }
    }
}

impl Shape {
    /// Channels, height and width of an image or a signal, which is an image of one row.
    pub(super) fn as_image(self) -> Option<(usize, usize, usize)> {
        match self {
            Shape::Line { channels, length } => Some((channels, 1, length)),
            Shape::Image { channels, height, width } => Some((channels, height, width)),
            Shape::Flat(_) | Shape::Steps { .. } => None,
        }
    }

    /// How many numbers it holds, also where that is more than a size can count.
    pub(super) fn numbers(self) -> f64 {
        self.sides().iter().map(|&side| side as f64).product()
    }

    /// The sizes it is made of.
    pub(super) fn sides(self) -> Vec<usize> {
        match self {
            Shape::Flat(size) => vec![size],
            Shape::Line { channels, length } => vec![channels, length],
            Shape::Image { channels, height, width } => vec![channels, height, width],
            Shape::Steps { steps, features } => vec![steps, features],
        }
    }
}

/// What it is, in words: "an image of 1 x 8 x 8".
impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sides: Vec<String> = self.sides().iter().map(usize::to_string).collect();
        let sides = sides.join(" x ");
        match self {
            Shape::Flat(_) => write!(f, "{sides} numbers without an order"),
            Shape::Line { .. } => write!(f, "a signal of {sides}"),
            Shape::Image { .. } => write!(f, "an image of {sides}"),
            Shape::Steps { .. } => write!(f, "a sequence of {sides}"),
        }
    }
}

impl From<usize> for Shape {
    fn from(size: usize) -> Self {
        Shape::Flat(size)
    }
}

/// The number of entries of a tensor or a layer, which must fit into memory.
pub fn count_of(sides: &[usize]) -> Result<usize> {
    let count: f64 = sides.iter().map(|&side| side as f64).product();
    if 4.0 * count > MAX_BYTES {
        return Err(too_large(4.0 * count).within(": "));
    }
    Ok(count as usize)
}

/// The refusal of a network that would take so many bytes.
pub fn too_large(bytes: f64) -> Error {
    Error::invalid(format!(
        "this network would take about {:.0} MiB: must be at most {:.0} MiB; \
         fewer units, layers, members, rows or rows a batch would fit",
        bytes / 1_048_576.0,
        MAX_BYTES / 1_048_576.0
    ))
}
