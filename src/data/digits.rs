//! Handwritten digits, 8 x 8.

use super::Examples;
use super::packed::Coder;
use std::sync::LazyLock;

/// Pixels along a side of an image.
pub const DIGIT_SIDE: usize = 8;

/// Classes: the digits 0 to 9.
pub const DIGIT_CLASSES: usize = 10;

const ROWS: usize = 1797;
const WIDTH: usize = 1 + DIGIT_SIDE * DIGIT_SIDE;

/// Bits asked for a number from 0 to 16: is it 0, and else which of the sixteen others.
const QUESTIONS: usize = 16;
const PLACES: usize = WIDTH * DIGIT_CLASSES * QUESTIONS;

/// The numbers of data/digits.csv, packed: the module carries a quarter less than of bytes which only
/// the transfer compresses.
static PACKED: &[u8] = include_bytes!("../../data/digits.bin");

/// Unpacked where they are first asked for.
static NUMBERS: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut numbers = vec![0; ROWS * WIDTH];
    walk(&mut Coder::unpacking(PACKED, PLACES), &mut numbers);
    numbers
});

/// Packs the numbers, or unpacks them. What a pixel is depends on its place and the image's class,
/// and a class on the one before: many stand in turn in the file.
fn walk(coder: &mut Coder, numbers: &mut [u8]) {
    let mut class = 0;
    for row in numbers.chunks_exact_mut(WIDTH) {
        for (place, number) in row.iter_mut().enumerate() {
            let tree = (place * DIGIT_CLASSES + class) * QUESTIONS;
            if place == 0 {
                *number = coder.sixteen(tree, *number);
                class = usize::from(*number);
            } else if coder.bit(tree, *number > 0) {
                *number = 1 + coder.sixteen(tree, number.saturating_sub(1));
            }
        }
    }
}

/// All 1,797 images, pixels between 0 (paper) and 1 (ink), in the order of the file.
///
/// # Source
/// Alpaydin and Kaynak, "Optical Recognition of Handwritten Digits", UCI, 1998 (data/README.md).
pub fn digits() -> Examples {
    let mut examples = Examples::default();
    for row in NUMBERS.chunks_exact(WIDTH) {
        let pixels: Vec<f64> = row[1..].iter().map(|&ink| f64::from(ink) / 16.0).collect();
        examples.push(&pixels, f64::from(row[0]));
    }
    examples
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_whole() {
        let all = digits();
        assert_eq!((all.y.len(), all.x.len()), (1797, 1797 * 64));
        // The class sizes scikit-learn documents for its copy.
        let sizes: Vec<usize> =
            (0..10).map(|d| all.y.iter().filter(|&&y| y == d as f64).count()).collect();
        assert_eq!(sizes, [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]);
        assert!(all.x.iter().all(|pixel| (0.0..=1.0).contains(pixel)));
    }

    /// Both ways: the packed file holds the numbers, and packing them gives the file.
    #[test]
    fn what_is_packed_are_the_numbers_of_the_file() {
        let lines = include_str!("../../data/digits.csv").lines().skip(1);
        let mut numbers: Vec<u8> =
            lines.flat_map(|line| line.split(',')).map(|n| n.parse().unwrap()).collect();
        assert!(numbers == *NUMBERS);
        let mut coder = Coder::packing(PLACES);
        walk(&mut coder, &mut numbers);
        assert!(coder.packed() == PACKED);
    }
}
