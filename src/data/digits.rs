//! Handwritten digits, 8 x 8.

use super::Examples;

/// Pixels along a side of an image.
pub const DIGIT_SIDE: usize = 8;

/// Classes: the digits 0 to 9.
pub const DIGIT_CLASSES: usize = 10;

/// All 1,797 images, pixels between 0 (paper) and 1 (ink), in the order of the file.
///
/// # Source
/// Alpaydin and Kaynak, "Optical Recognition of Handwritten Digits", UCI, 1998 (data/README.md).
pub fn digits() -> Examples {
    let mut examples = Examples::default();
    for line in include_str!("../../data/digits.csv").lines().skip(1) {
        let mut numbers =
            line.split(',').map(|n| n.parse::<f64>().expect("digits.csv holds numbers"));
        let label = numbers.next().expect("digits.csv has a label in every row");
        let pixels: Vec<f64> = numbers.map(|ink| ink / 16.0).collect();
        examples.push(&pixels, label);
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
}
