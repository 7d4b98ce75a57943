//! Examples whose numbers a network can compute with.

use super::OptimizerKind::{Adagrad, Adam, Adamw, Rmsprop};
use super::pass::{Dropout, Pass, copy_into};
use super::real::is_narrow;
use super::{Network, Real};
use crate::error::{Error, Result};
use crate::value::Value;

/// Smaller numbers than these, in size, need no look: 2^20.
const SMALL: f64 = 1_048_576.0;

impl<T: Real> Network<T> {
    /// Refuses examples of which the very first step would leave the numbers of 32 bits, as they stand:
    /// by the largest number.
    pub(super) fn check_bearable(&self, x: &[f64], y: &[f64]) -> Result<()> {
        let (of_x, of_y) = (self.inputs(), self.target_width());
        for (name, values, width) in [("x", x, of_x), ("y", y, of_y)] {
            if !is_narrow::<T>() || values.iter().fold(true, |all, v| all & (v.abs() <= SMALL)) {
                continue;
            }
            let at = largest(values);
            let row = at / width;
            let example = (&x[row * of_x..][..of_x], &y[row * of_y..][..of_y]);
            if let Some(most) = self.most_borne(name, example, values[at].abs()) {
                let given = Value::Number(values[at]);
                return Err(Error::invalid(format!(
                    "{name}[{at}] = {given}: must be at most {most:e} in size with this network: beyond, \
                     sums and gradients of its first step are more than 32 bits hold"
                )));
            }
        }
        Ok(())
    }

    /// About how large the largest number of `x` or `y` in an example may be; nothing where it is borne as
    /// it is.
    fn most_borne(&self, name: &str, (x, y): (&[f64], &[f64]), size: f64) -> Option<f64> {
        let borne = |factor: f64| {
            let scaled = |values: &[f64]| values.iter().map(|v| v * factor).collect::<Vec<f64>>();
            if name == "x" { self.bears(&scaled(x), y) } else { self.bears(x, &scaled(y)) }
        };
        if borne(1.0) {
            return None;
        }
        let power = libm::floor(libm::log10(size)) as i32;
        let mut sizes = (0..=power).rev().map(|power| libm::pow(10.0, f64::from(power)));
        Some(sizes.find(|most| borne(most / size)).unwrap_or(1.0))
    }

    /// Whether one example leaves sums, gradients and what the optimizer makes of them in 32 bits.
    fn bears(&self, x: &[f64], y: &[f64]) -> bool {
        let mut pass: Pass<T> = Pass::default();
        copy_into(x, pass.inputs(self.layers(), 1));
        let ones: Vec<Vec<f64>> = self.layers().iter().map(|l| vec![1.0; l.inputs]).collect();
        let masks: Vec<Vec<T>> = ones.iter().map(|ones| vec![T::ONE; ones.len()]).collect();
        pass.forward(
            self.layers(),
            self.member_parameters(0),
            Dropout::Masks(self.config(), &masks),
        );
        let squares = matches!(self.config().optimizer.kind, Adam | Adamw | Rmsprop | Adagrad);
        let most = f64::from(f32::MAX);
        let most = if squares { most.sqrt() } else { most };
        let fits = |values: &[f64]| values.iter().all(|value| value.abs() <= most);
        pass.is_finite()
            && self.gradients(x, y, Some(&ones)).is_ok_and(|found| {
                fits(&found.output) && found.parameters.iter().all(|p| fits(&p.values))
            })
    }
}

/// The place of the largest number, in size.
fn largest(values: &[f64]) -> usize {
    (0..values.len()).fold(0, |best, i| if values[i].abs() > values[best].abs() { i } else { best })
}
