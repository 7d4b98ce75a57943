//! What a call would take, before it begins.

use super::shape::MAX_BYTES;
use super::{Network, NetworkConfig, Real};
use crate::error::{Error, Result};
use crate::value::Value;

/// The most multiplications of one call: what takes some minutes.
const MOST_PRODUCTS: f64 = 2e12;

/// What a step takes besides its products, in products.
const PER_STEP: f64 = 1e3;

impl<T: Real> Network<T> {
    /// Products that one row takes on its way forward through one member.
    fn products(&self) -> f64 {
        self.layers().iter().map(|layer| layer.products()).sum()
    }

    /// Refuses to ask about more rows than can be answered in minutes, or whose answers would not fit.
    pub(super) fn check_asked(&self, name: &str, x: &[f64], passes: f64) -> Result<()> {
        let rows = (x.len() / self.inputs()) as f64;
        let products = passes * rows * (self.products() + self.outputs() as f64);
        if products > MOST_PRODUCTS {
            return Err(Error::invalid(format!(
                "{name}: {rows} rows of {} numbers would take {:.0} billion multiplications here, must \
                 take at most {:.0}; fewer at a time would do",
                self.inputs(),
                products / 1e9,
                MOST_PRODUCTS / 1e9
            )));
        }
        let bytes = 8.0 * rows * self.outputs() as f64;
        if bytes > MAX_BYTES {
            return Err(Error::invalid(format!(
                "{name}: the answers to {rows} rows, {} numbers each, would take {:.1} GiB, must take \
                 at most 1; fewer rows at a time would do",
                self.outputs(),
                bytes / MAX_BYTES
            )));
        }
        Ok(())
    }

    /// Refuses to take more steps at once than can be taken in minutes.
    pub(super) fn check_steps(&self, name: &str, steps: u64, rows: usize) -> Result<()> {
        let NetworkConfig { batch_size, n_members, .. } = *self.config();
        let batch = if batch_size == 0 { rows } else { batch_size.min(rows) };
        // There and back: to the inputs of every layer, and to its weights.
        let of_member = 3.0 * batch as f64 * self.products() + PER_STEP;
        let most = (MOST_PRODUCTS / (n_members as f64 * of_member)).max(1.0) as u64;
        if steps <= most {
            return Ok(());
        }
        let steps = Value::Number(steps as f64);
        Err(Error::invalid(format!(
            "{name} = {steps}: must be at most {most}, for more would take many minutes without a sign; \
             call it again to go on"
        )))
    }
}
