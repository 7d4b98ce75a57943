//! How far numbers that come one after another are from their mean.

/// The variances of lists of numbers, each list with a weight, whatever offset they have in common: what
/// is squared is how far a number is from the mean so far, and never the number itself. All are counted
/// from the first, which is exact where they are near to each other.
///
/// # Source
/// Welford, "Note on a method for calculating corrected sums of squares and products", 1962; with weights
/// West, "Updating mean and variance estimates: an improved method", 1979.
#[derive(Clone, Debug, Default)]
pub struct Spread {
    weight: f64,
    first: Vec<f64>,
    /// Of how far they are from the first.
    mean: Vec<f64>,
    squares: Vec<f64>,
}

impl Spread {
    /// Takes in a list, as long as the first; one without weight changes nothing.
    pub fn add(&mut self, weight: f64, terms: &[f64]) {
        if self.first.is_empty() {
            self.first = terms.to_vec();
            (self.mean, self.squares) = (vec![0.0; terms.len()], vec![0.0; terms.len()]);
        }
        if weight == 0.0 {
            return;
        }
        self.weight += weight;
        let share = weight / self.weight;
        let terms = terms.iter().zip(&self.first).map(|(term, first)| term - first);
        for ((mean, squares), term) in self.mean.iter_mut().zip(&mut self.squares).zip(terms) {
            let away = term - *mean;
            *mean += share * away;
            *squares += weight * away * (term - *mean);
        }
    }

    /// The mean squared distance from the mean, number by number.
    pub fn variance(&self) -> Vec<f64> {
        self.squares.iter().map(|squares| squares / self.weight).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offset_changes_nothing() {
        for offset in [0.0, 1e8, -1e15] {
            let mut spread = Spread::default();
            for (weight, term) in [(1.0, 4.0), (0.0, 9.0), (2.0, 0.0), (1.0, -4.0)] {
                spread.add(weight, &[offset + term, offset]);
            }
            let variance = spread.variance();
            assert!((variance[0] - 8.0).abs() < 1e-14 && variance[1] == 0.0, "{variance:?}");
        }
    }
}
