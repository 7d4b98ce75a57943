//! Digits on a larger canvas, each at a random place.

use super::{DIGIT_SIDE, Examples, Placed};
use crate::nn::{Rng, below};

/// Pixels along a side of the canvas.
pub const CANVAS_SIDE: usize = 12;

/// Puts every digit on a blank canvas, at one of 5 x 5 places, each as likely as any other.
///
/// Row for row, `digits` are the same images without the shift: what an autoencoder that is to
/// centre them learns from. Another call places the same digits anew.
///
/// # Shapes
/// `digits.x` (rows x 64); `x` (rows x 144); the place is that of the image's first pixel, 12 times
/// its row on the canvas plus its column.
pub fn on_canvas(rng: &mut Rng, digits: &Examples) -> Placed {
    let places = CANVAS_SIDE - DIGIT_SIDE + 1;
    let mut placed = Placed::default();
    for (row, &class) in digits.y.iter().enumerate() {
        let place = below(rng, places) * CANVAS_SIDE + below(rng, places);
        let mut canvas = [0.0; CANVAS_SIDE * CANVAS_SIDE];
        let lines = canvas[place..].chunks_mut(CANVAS_SIDE);
        for (line, pixels) in lines.zip(digits.row(row).chunks_exact(DIGIT_SIDE)) {
            line[..DIGIT_SIDE].copy_from_slice(pixels);
        }
        placed.examples.push(&canvas, class);
        placed.places.push(place);
    }
    placed
}
