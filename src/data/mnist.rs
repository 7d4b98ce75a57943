//! A subset of MNIST: handwritten digits of 28 x 28 pixels, read from two files of bytes.
//!
//! The files are no part of the module: the page fetches them when they are asked for.

use super::Examples;
use crate::error::{Error, Result};
use crate::nn::{Stream, shuffle, stream};

/// Pixels along a side of an image.
pub const SIDE: usize = 28;

/// Classes: the digits 0 to 9.
pub const CLASSES: u8 = 10;

/// Reads images and labels, one byte a pixel and one a label, into a random order.
///
/// The files are sorted by class; in this order the first rows are a fair training set, and the rest a
/// test set.
///
/// # Shapes
/// `images` (n x 784), row major, and `labels` (n); `x` (n x 784), between 0 (paper) and 1 (ink),
/// and `y` (n).
///
/// # Errors
/// No labels, other than 784 bytes for each of them, or a label that is no digit.
///
/// # Source
/// LeCun, Cortes and Burges, MNIST (data/README.md).
pub fn decode(images: &[u8], labels: &[u8], seed: u32) -> Result<Examples> {
    const PIXELS: usize = SIDE * SIDE;
    if labels.is_empty() || Some(images.len()) != labels.len().checked_mul(PIXELS) {
        return Err(Error::invalid(format!(
            "images has {} bytes and labels {}: images must have {PIXELS} bytes for each label, and \
             there must be at least one label",
            images.len(),
            labels.len()
        )));
    }
    if let Some(row) = labels.iter().position(|&label| label >= CLASSES) {
        let label = labels[row];
        return Err(Error::invalid(format!(
            "labels[{row}] = {label}: must be a digit from 0 to 9"
        )));
    }
    let mut rows: Vec<usize> = (0..labels.len()).collect();
    shuffle(&mut stream(seed, Stream::Data, 0), &mut rows);
    let mut examples =
        Examples { x: Vec::with_capacity(images.len()), y: Vec::with_capacity(labels.len()) };
    for row in rows {
        let pixels = &images[row * PIXELS..(row + 1) * PIXELS];
        examples.x.extend(pixels.iter().map(|&ink| f64::from(ink) / 255.0));
        examples.y.push(f64::from(labels[row]));
    }
    Ok(examples)
}
