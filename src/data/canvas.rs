//! Digits on a larger canvas, each at a random place or in the middle.

use super::{DIGIT_SIDE, Examples, Placed};
use crate::nn::{Rng, below};
use std::ops::Range;

/// Pixels along a side of the canvas.
pub const CANVAS_SIDE: usize = 12;

/// Places where an image can begin along a side.
pub const PLACES: usize = CANVAS_SIDE - DIGIT_SIDE + 1;

/// Puts every digit on a blank canvas, at one of 5 x 5 places, each as likely as any other.
///
/// Row for row, `digits` are the same images without the shift: what an autoencoder that is to
/// centre them learns from. Another call places the same digits anew.
///
/// # Shapes
/// `digits.x` (rows x 64); `x` (rows x 144); the place is that of the image's first pixel, 12 times
/// its row on the canvas plus its column.
pub fn on_canvas(rng: &mut Rng, digits: &Examples) -> Placed {
    on_canvas_within(rng, digits, 0..PLACES)
}

/// The same with the images' first columns among these alone: `0..2` is the left of the canvas.
///
/// # Panics
/// Where no image fits between these columns.
pub fn on_canvas_within(rng: &mut Rng, digits: &Examples, columns: Range<usize>) -> Placed {
    assert!(!columns.is_empty() && columns.end <= PLACES);
    place(digits, || {
        let down = below(rng, PLACES);
        down * CANVAS_SIDE + columns.start + below(rng, columns.len())
    })
}

/// Puts every digit in the middle of a blank canvas.
///
/// # Shapes
/// As [`on_canvas`].
pub fn in_the_middle(digits: &Examples) -> Placed {
    place(digits, || PLACES / 2 * (CANVAS_SIDE + 1))
}

/// Puts every digit on a blank canvas, its first pixel so many rows down and columns across.
///
/// # Shapes
/// As [`on_canvas`].
///
/// # Panics
/// Where a digit would not fit.
pub fn at_place(digits: &Examples, down: usize, across: usize) -> Placed {
    assert!(down < PLACES && across < PLACES);
    place(digits, || down * CANVAS_SIDE + across)
}

fn place(digits: &Examples, mut next: impl FnMut() -> usize) -> Placed {
    let mut placed = Placed::default();
    for (row, &class) in digits.y.iter().enumerate() {
        let place = next();
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
