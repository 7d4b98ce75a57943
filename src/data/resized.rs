//! Square images with another number of pixels.

/// Square images of `side` pixels along a side, row by row, as images of `to` pixels along a side. A pixel
/// is the mean of what it covers, as those of the built-in digits are of four times four smaller ones.
///
/// # Shapes
/// `x` (n x side²) gives (n x to²).
pub fn resized(x: &[f64], side: usize, to: usize) -> Vec<f64> {
    // Along a side of `side` times `to` parts, a pixel of the old image has `to` of them, one of the new `side`.
    let shares: Vec<Vec<(usize, f64)>> = (0..to)
        .map(|new| {
            let (start, end) = (new * side, (new + 1) * side);
            let covered = start / to..end.div_ceil(to);
            let share = |old: usize| end.min((old + 1) * to) - start.max(old * to);
            covered.map(|old| (old, share(old) as f64)).collect()
        })
        .collect();
    let all = (side * side) as f64;
    let pixel = |image: &[f64], down: &[(usize, f64)], across: &[(usize, f64)]| {
        let mut sum = 0.0;
        for (row, high) in down {
            let of_row = across.iter().map(|(column, wide)| wide * image[row * side + column]);
            sum += high * of_row.sum::<f64>();
        }
        sum / all
    };
    let mut pixels = Vec::with_capacity(x.len() / (side * side) * to * to);
    for image in x.chunks_exact(side * side) {
        for down in &shares {
            pixels.extend(shares.iter().map(|across| pixel(image, down, across)));
        }
    }
    pixels
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Every pixel as so many equal ones along both sides.
    fn repeated(image: &[f64], side: usize, times: usize) -> Vec<f64> {
        let place = |row: usize, column: usize| image[row / times * side + column / times];
        let wide = side * times;
        (0..wide * wide).map(|at| place(at / wide, at % wide)).collect()
    }

    #[test]
    fn what_was_only_repeated_comes_back_to_the_last_bit() {
        let two = [0.1, 0.7, 0.3, 0.9, 1.0, 0.0, 0.25, 0.6];
        let large = [repeated(&two[..4], 2, 4), repeated(&two[4..], 2, 4)].concat();
        assert_eq!(resized(&large, 8, 2), two);
        assert_eq!(resized(&two, 2, 2), two);
    }

    proptest! {
        /// Cut into as many parts as both numbers of pixels have in common, each block has a plain mean.
        #[test]
        fn a_pixel_is_the_mean_of_what_it_covers(side in 1_usize..32, to in 1_usize..12, seed in 0_u64..1000) {
            let ink = |at: usize| ((at as u64 * 2_654_435_761 + seed * 97) % 1000) as f64 / 999.0;
            let image: Vec<f64> = (0..side * side).map(ink).collect();
            let (parts, wide) = (repeated(&image, side, to), side * to);
            let block = |row: usize, column: usize| {
                let rows = row * side..(row + 1) * side;
                let cells = rows.flat_map(|down| &parts[down * wide + column * side..][..side]);
                cells.sum::<f64>() / (side * side) as f64
            };
            for (at, pixel) in resized(&image, side, to).iter().enumerate() {
                prop_assert!((pixel - block(at / to, at % to)).abs() < 1e-12);
            }
        }
    }
}
