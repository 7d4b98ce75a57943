//! How numbers are distributed.

/// The centres of `bins` equal bins from `low` to `high`, and the share of the numbers in each; what is
/// beyond an end counts in the bin there.
pub fn histogram(numbers: &[f64], (low, high): (f64, f64), bins: usize) -> (Vec<f64>, Vec<f64>) {
    let width = (high - low) / bins as f64;
    let mut shares = vec![0.0; bins];
    for number in numbers {
        let bin = ((number - low) / width) as usize;
        shares[bin.min(bins - 1)] += 1.0 / numbers.len() as f64;
    }
    ((0..bins).map(|bin| low + (bin as f64 + 0.5) * width).collect(), shares)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_histogram_holds_every_number_once() {
        let (x, shares) = histogram(&[-1.0, 0.0, 0.0, 1.0], (-1.0, 1.0), 41);
        assert_eq!((x.len(), shares[0], shares[20], shares[40]), (41, 0.25, 0.5, 0.25));
        let (x, shares) = histogram(&[-3.0, 0.0, 0.5, 9.0], (0.0, 1.0), 2);
        assert_eq!((x, shares), (vec![0.25, 0.75], vec![0.5, 0.5]));
    }
}
