//! Numbers as the pixels of small images.

/// The ink of a frame: it shows where a canvas ends.
pub const FRAME: f64 = 0.25;

/// An image with one pixel of this ink on every side.
pub fn framed(width: usize, pixels: &[f64], ink: f64) -> Vec<f64> {
    let (across, down) = (width + 2, pixels.len() / width + 2);
    let pixel = |i: usize| match (i / across, i % across) {
        (row, column) if row % (down - 1) == 0 || column % (across - 1) == 0 => ink,
        (row, column) => pixels[(row - 1) * width + column - 1],
    };
    (0..across * down).map(pixel).collect()
}

/// Weights as shares of the largest, each with its sign.
pub fn shares_of_largest(weights: &[f64]) -> Vec<f64> {
    let largest = weights.iter().fold(f64::MIN_POSITIVE, |largest, w| largest.max(w.abs()));
    weights.iter().map(|w| w / largest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_keeps_its_pixels_within_its_frame() {
        let f = FRAME;
        let want = [[f; 5], [f, 1.0, 2.0, 3.0, f], [f, 4.0, 5.0, 6.0, f], [f; 5]].concat();
        assert_eq!(framed(3, &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], FRAME), want);
    }

    #[test]
    fn shares_keep_the_sign_of_weights() {
        assert_eq!(shares_of_largest(&[-2.0, 0.0, 1.0]), [-1.0, 0.0, 0.5]);
    }
}
