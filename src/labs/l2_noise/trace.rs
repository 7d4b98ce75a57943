//! Values recorded at steps that lie ever further apart, for a logarithmic axis.

/// Several values, recorded together.
#[derive(Clone, Debug, Default)]
pub struct Trace {
    /// The steps.
    pub steps: Vec<f64>,
    /// One list a value.
    pub values: Vec<Vec<f64>>,
    next: u64,
}

impl Trace {
    /// Whether this step is to be recorded: every one at first, then each a tenth beyond the last.
    pub fn due(&self, step: u64) -> bool {
        step >= self.next
    }

    /// Records one number a value.
    pub fn record(&mut self, step: u64, values: &[f64]) {
        self.values.resize(values.len(), Vec::new());
        self.steps.push(step as f64);
        self.values.iter_mut().zip(values).for_each(|(list, &value)| list.push(value));
        self.next = (step + 1).max(step + step / 10);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_decade_gets_about_as_many_points() {
        let mut trace = Trace::default();
        for step in 1..=10_000 {
            if trace.due(step) {
                trace.record(step, &[0.0]);
            }
        }
        let within = |low: f64| trace.steps.iter().filter(|&&s| s >= low && s < 10.0 * low).count();
        let counts = [1.0, 10.0, 100.0, 1000.0].map(within);
        assert_eq!(counts[0], 9);
        assert!(counts[1..].iter().all(|count| (23..=30).contains(count)), "{counts:?}");
    }
}
