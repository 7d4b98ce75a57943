//! Arrays from outside are checked before anything is done with them.

use super::{Loss, Network, Real};
use crate::error::{Error, Result};
use crate::value::Value;

impl<T: Real> Network<T> {
    pub(super) fn check_member(&self, member: usize) -> Result<()> {
        let last = self.members.len() - 1;
        if member > last {
            let sentence = format!("member = {member}: must be a whole number from 0 to {last}");
            return Err(Error::invalid(sentence));
        }
        Ok(())
    }

    pub(super) fn check_hidden(&self, layer: usize) -> Result<()> {
        let hidden = self.layers().len() - 1;
        if (1..=hidden).contains(&layer) {
            return Ok(());
        }
        let allowed = match hidden {
            0 => "there is no hidden layer".to_string(),
            _ => format!("must be a whole number from 1 to {hidden}"),
        };
        Err(Error::invalid(format!("layer = {layer}: {allowed}")))
    }

    /// The number of rows in `x`.
    pub(super) fn check_rows(&self, name: &str, x: &[f64]) -> Result<usize> {
        check_rows(name, x, self.inputs())
    }

    pub(super) fn check_targets(&self, y: &[f64], rows: usize) -> Result<()> {
        let width = self.target_width();
        if y.len() != rows * width {
            return Err(Error::invalid(format!(
                "y has {} numbers: must be {} ({rows} rows of {width})",
                y.len(),
                rows * width
            )));
        }
        check_finite("y", y)?;
        if self.config.loss != Loss::CrossEntropy {
            return Ok(());
        }
        let classes = self.classes();
        match y.iter().position(|&y| y.fract() != 0.0 || y < 0.0 || y >= classes as f64) {
            None => Ok(()),
            Some(i) => Err(Error::invalid(format!(
                "y[{i}] = {}: must be a whole number from 0 to {}",
                y[i],
                classes - 1
            ))),
        }
    }
}

/// The number of rows of `width` numbers in `x`.
///
/// # Errors
/// Where there is none, one is not whole, or a number is not finite.
pub fn check_rows(name: &str, x: &[f64], width: usize) -> Result<usize> {
    if x.is_empty() || !x.len().is_multiple_of(width) {
        return Err(Error::invalid(format!(
            "{name} has {} numbers: must be one row or more of {width} numbers each",
            x.len()
        )));
    }
    check_finite(name, x)?;
    Ok(x.len() / width)
}

/// Refuses NaN and infinity, and what would become infinite in 32 bits.
pub(super) fn check_finite(name: &str, values: &[f64]) -> Result<()> {
    let fits = |value: &f64| value.abs() <= f64::from(f32::MAX);
    // Without an early end it becomes vector instructions, and next to always it is all there is to do.
    if values.iter().fold(true, |all, value| all & fits(value)) {
        return Ok(());
    }
    match values.iter().position(|value| !fits(value)) {
        None => Ok(()),
        Some(i) => {
            let given = Value::Number(values[i]);
            let size = if values[i].is_finite() {
                " of at most 3.4e38 in size, as 32 bits hold"
            } else {
                ""
            };
            let sentence = format!("{name}[{i}] = {given}: must be a finite number{size}");
            Err(Error::invalid(sentence))
        }
    }
}
