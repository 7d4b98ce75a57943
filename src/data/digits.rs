//! Handwritten digits, 8 x 8.

use super::Examples;

/// Pixels along a side of an image.
pub const DIGIT_SIDE: usize = 8;

/// Classes: the digits 0 to 9.
pub const DIGIT_CLASSES: usize = 10;

const ROWS: usize = 1797;
const WIDTH: usize = 1 + DIGIT_SIDE * DIGIT_SIDE;

/// The numbers of data/digits.csv, one byte each, read while compiling: the module carries less than
/// half of the text, and a run starts without parsing it.
static NUMBERS: [u8; ROWS * WIDTH] = numbers(include_bytes!("../../data/digits.csv"));

#[allow(long_running_const_eval, reason = "a quarter of a megabyte, once")]
const fn numbers(csv: &[u8]) -> [u8; ROWS * WIDTH] {
    let mut numbers = [0; ROWS * WIDTH];
    let (mut at, mut place) = (0, 0);
    while csv[at] != b'\n' {
        at += 1;
    }
    at += 1;
    while at < csv.len() {
        match csv[at] {
            b',' | b'\n' => place += 1,
            b'\r' => {}
            digit => numbers[place] = 10 * numbers[place] + (digit - b'0'),
        }
        at += 1;
    }
    assert!(place == ROWS * WIDTH, "digits.csv is whole and ends with a line break");
    numbers
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
        let text = include_str!("../../data/digits.csv");
        let read =
            text.lines().skip(1).flat_map(|line| line.split(',')).map(|n| n.parse::<u8>().unwrap());
        assert!(read.eq(NUMBERS), "the bytes are the numbers of the file");
        assert!(all.x.iter().all(|pixel| (0.0..=1.0).contains(pixel)));
    }
}
