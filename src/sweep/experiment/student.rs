//! Student's distribution, for intervals of means of few numbers.

/// How many standard errors a 95 % interval reaches to each side of a mean, where the deviation was
/// estimated with so many degrees of freedom, at least 1.
pub(super) fn reach_95(freedom: usize) -> f64 {
    let (mut low, mut high) = (1.0, 16.0);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if within(middle, freedom) < 0.95 { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}

/// How likely a number of that distribution lies between -t and t: a finite sum for whole degrees of
/// freedom (Abramowitz and Stegun, 26.7.3 and 26.7.4).
fn within(t: f64, freedom: usize) -> f64 {
    let tangent = t / libm::sqrt(freedom as f64);
    let cosine = 1.0 / libm::sqrt(1.0 + tangent * tangent);
    let sine = tangent * cosine;
    let first = if freedom % 2 == 1 { cosine } else { 1.0 };
    let (mut term, mut sum) = (first, 0.0);
    let mut power = freedom % 2 + 2; // of the next term: it has one factor (power - 1) / power more
    while power <= freedom {
        sum += term;
        term *= cosine * cosine * (power - 1) as f64 / power as f64;
        power += 2;
    }
    if freedom % 2 == 1 {
        2.0 / std::f64::consts::PI * (libm::atan(tangent) + sine * sum)
    } else {
        sine * sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_reach_as_far_as_printed_tables_say() {
        // NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2, two-sided 0.05
        let printed = [
            (1, 12.706),
            (2, 4.303),
            (3, 3.182),
            (4, 2.776),
            (5, 2.571),
            (6, 2.447),
            (7, 2.365),
            (8, 2.306),
            (9, 2.262),
            (10, 2.228),
            (19, 2.093),
            (20, 2.086),
            (29, 2.045),
            (30, 2.042),
            (60, 2.000),
            (99, 1.984),
            (100, 1.984),
        ];
        for (freedom, reach) in printed {
            assert!((reach_95(freedom) - reach).abs() < 6e-4, "{freedom}: {}", reach_95(freedom));
        }
        assert!((reach_95(100_000) - 1.959_988).abs() < 1e-5);
    }
}
