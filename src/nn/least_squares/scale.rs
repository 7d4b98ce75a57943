//! Powers of two by which columns are multiplied: exact, and the same digits in any unit.

/// The largest power of two that is at most `size`, at least the smallest normal number.
pub fn power_of_two(size: f64) -> f64 {
    const EXPONENT: u64 = 0x7ff << 52;
    f64::from_bits((size.to_bits() & EXPONENT).max(1 << 52))
}

/// The largest absolute value of every column; `None` where a number is not finite.
///
/// Absolute values are compared as whole numbers, whose order is the same: infinity and NaN lie above.
pub fn sizes(values: &[f64], columns: usize) -> Option<Vec<f64>> {
    let mut largest = vec![0i64; columns];
    for row in values.chunks_exact(columns) {
        for (largest, value) in largest.iter_mut().zip(row) {
            *largest = (value.abs().to_bits() as i64).max(*largest);
        }
    }
    let sizes = || largest.iter().map(|&bits| f64::from_bits(bits as u64));
    sizes().all(f64::is_finite).then(|| sizes().collect())
}

/// One power of two for each column of these sizes over penalties with these roots: what makes its
/// largest number, or the root, 1 or up to 2.
pub fn scales(sizes: &[f64], roots: &[f64]) -> Vec<f64> {
    let scale = |(size, root): (&f64, &f64)| {
        let size = size.max(*root);
        if size == 0.0 { 1.0 } else { 1.0 / power_of_two(size) }
    };
    sizes.iter().zip(roots).map(scale).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_power_of_two_lies_within_a_factor_of_two_below() {
        for (size, want) in
            [(1.0, 1.0), (1.99, 1.0), (3.0, 2.0), (0.3, 0.25), (1e300, 2f64.powi(996))]
        {
            assert_eq!(power_of_two(size), want, "{size}");
        }
        assert_eq!(power_of_two(5e-324), f64::MIN_POSITIVE);
    }

    #[test]
    fn sizes_are_those_of_columns_and_finite() {
        assert_eq!(sizes(&[1.0, -2.0, -3.0, 0.5], 2), Some(vec![3.0, 2.0]));
        for bad in [f64::NAN, -f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(sizes(&[1.0, 1.0, bad, 1.0], 2), None, "{bad}");
        }
        assert_eq!(scales(&[3.0, 0.0, 0.1], &[0.0; 3]), [0.5, 1.0, 16.0]);
        assert_eq!(scales(&[3.0, 0.0, 0.1], &[8.0, 0.5, 0.0]), [0.125, 2.0, 16.0]);
    }
}
