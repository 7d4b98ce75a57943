//! Gradients without an update, for checks and explanations.

use super::layer::Layer;
use super::pass::{Dropout, Pass, copy_into, to_f64};
use super::penalty::penalize;
use super::real::{all_moderate, is_narrow};
use super::{Network, Parameter, Real};
use crate::error::{Error, Result};

/// The gradients of loss + penalty.
#[derive(Clone, Debug, PartialEq)]
pub struct Gradients {
    /// The loss.
    pub loss: f64,
    /// The penalty.
    pub penalty: f64,
    /// The outputs (rows x outputs), before the softmax.
    pub output: Vec<f64>,
    /// One gradient a parameter.
    pub parameters: Vec<Parameter>,
    /// With respect to the unmasked inputs (rows x inputs).
    pub input: Vec<f64>,
    /// Of the loss alone, for every layer that shares its weights between locations or time steps:
    /// the gradients as though each had parameters of its own, [locations.., the parameter's own
    /// shape]. Summed over the locations they are the gradient above, less the penalty's part.
    /// Empty where no layer shares, or where so many gradients would not fit into memory.
    pub untied: Vec<Parameter>,
}

/// What one pass forward and back gives.
pub(super) struct Found<T> {
    loss: f64,
    output: Vec<f64>,
    pub(super) gradients: Vec<T>,
    input: Vec<f64>,
    /// Whether 32 bits are sure to hold all sums on the way.
    moderate: bool,
}

impl<T: Real> Network<T> {
    /// The gradients of loss + penalty for member 0, without an update and without noise.
    ///
    /// # Shapes
    /// `x` and `y` as [`Network::load`]; `masks`: the inputs', then one a hidden layer, each
    /// (rows x width) of zeros and ones, scaled as in training. Without masks, no dropout at all.
    ///
    /// # Errors
    /// Arrays that do not fit, or that would not fit into memory; a loss that is not finite.
    pub fn gradients(&self, x: &[f64], y: &[f64], masks: Option<&[Vec<f64>]>) -> Result<Gradients> {
        let rows = self.check_rows("x", x)?;
        self.check_targets(y, rows)?;
        self.config.check_pass(&self.layers, rows)?;
        let own_masks = masks.map(|masks| self.check_masks(masks, rows)).transpose()?;
        let dropout = match &own_masks {
            Some(masks) => Dropout::Masks(&self.config, masks),
            None => Dropout::Off,
        };
        let parameters = &self.members[0].parameters;
        let found = self.find(&self.layers, parameters, x, y, dropout);
        let moderate = found.as_ref().is_ok_and(|found| found.moderate);
        if is_narrow::<T>() && !(moderate && all_moderate(parameters)) {
            return self.wide().gradients(x, y, masks);
        }
        let Found { loss, output, mut gradients, input, .. } = found?;
        let penalty = penalize(self.config.l2, &self.layers, parameters, &mut gradients);
        let parameters = self.named(&gradients);
        let untied = self.untied_gradients(x, y, dropout)?;
        Ok(Gradients { loss, penalty, output, parameters, input, untied })
    }

    /// Loss and gradients by one pass through these layers.
    pub(super) fn find(
        &self,
        layers: &[Layer],
        parameters: &[T],
        x: &[f64],
        y: &[f64],
        dropout: Dropout<T>,
    ) -> Result<Found<T>> {
        let mut pass = Pass::default();
        copy_into(x, pass.inputs(layers, x.len() / self.inputs()));
        pass.forward(layers, parameters, dropout);
        let y: Vec<T> = y.iter().map(|&y| T::from_f64(y)).collect();
        let (output, gradient) = pass.output_and_gradient();
        let loss = self.config.loss.evaluate(output, &y, self.classes(), gradient);
        if !loss.is_finite() {
            return Err(Error::Diverged { step: self.steps + 1 });
        }
        let output = to_f64(output);
        let mut gradients = vec![T::ZERO; parameters.len()];
        pass.backward(layers, parameters, dropout, &mut gradients, true);
        let moderate = pass.is_moderate() && all_moderate(&gradients);
        Ok(Found { loss, output, gradients, input: to_f64(pass.input_gradient()), moderate })
    }

    fn check_masks(&self, masks: &[Vec<f64>], rows: usize) -> Result<Vec<Vec<T>>> {
        let widths = self.layers.iter().map(|layer| layer.inputs);
        if masks.len() != self.layers.len() {
            return Err(Error::invalid(format!(
                "masks has {} entries: must be {}, one for the inputs and one a hidden layer",
                masks.len(),
                self.layers.len()
            )));
        }
        for (i, (mask, width)) in masks.iter().zip(widths).enumerate() {
            if mask.len() != rows * width {
                return Err(Error::invalid(format!(
                    "masks[{i}] has {} numbers: must be {} ({rows} rows of {width})",
                    mask.len(),
                    rows * width
                )));
            }
            if let Some(j) = mask.iter().position(|&kept| kept != 0.0 && kept != 1.0) {
                let sentence = format!("masks[{i}][{j}] = {}: must be 0 or 1", mask[j]);
                return Err(Error::invalid(sentence));
            }
        }
        Ok(masks.iter().map(|mask| mask.iter().map(|&kept| T::from_f64(kept)).collect()).collect())
    }
}
