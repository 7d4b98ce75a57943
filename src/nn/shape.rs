//! How the numbers of a row hang together.

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

impl From<usize> for Shape {
    fn from(size: usize) -> Self {
        Shape::Flat(size)
    }
}
