//! Weights and biases by name, out of a network and into it.

use super::check::check_finite;
use super::layer::{Layer, Tensor};
use super::pass::{copy_into, to_f64};
use super::{Network, Real};
use crate::error::{Error, Result};
use crate::value::one_of;

/// A list of numbers with a name and a shape: a weight matrix, a bias vector, or its gradient.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// `w1`, `b1`, `w2`, …; of a recurrent layer `wx1`, `wh1`, `b1`.
    pub name: String,
    /// Weights (out x in, or filters x channels x kernel..), biases (out); in front of it the
    /// locations or time steps, where each has parameters of its own.
    pub shape: Vec<usize>,
    /// Row by row.
    pub values: Vec<f64>,
}

impl<T: Real> Network<T> {
    /// Weights and biases of a member.
    ///
    /// # Errors
    /// Where there is no such member.
    pub fn parameters(&self, member: usize) -> Result<Vec<Parameter>> {
        self.check_member(member)?;
        Ok(self.named(&self.members[member].parameters))
    }

    /// Sets some or all weights and biases of a member.
    ///
    /// # Errors
    /// Unknown or repeated names, wrong shapes, numbers that are not finite; nothing changes then.
    pub fn set_parameters(&mut self, given: &[Parameter], member: usize) -> Result<()> {
        self.check_member(member)?;
        let mut parameters = self.members[member].parameters.clone();
        let known = self.named(&parameters);
        let mut problems = Vec::new();
        for (i, new) in given.iter().enumerate() {
            match check_parameter(new, &known, &given[..i]) {
                Ok(number) => {
                    let mut tensors = self.layers.iter().flat_map(|layer| &layer.tensors);
                    let range = tensors.nth(number).expect("a known parameter").range.clone();
                    copy_into(&new.values, &mut parameters[range]);
                }
                Err(problem) => problems.push(problem),
            }
        }
        if !problems.is_empty() {
            return Err(Error::Invalid(problems));
        }
        self.members[member].other.copy_from_slice(&parameters);
        self.members[member].parameters = parameters;
        Ok(())
    }

    pub(super) fn named(&self, values: &[T]) -> Vec<Parameter> {
        named(&self.layers, values)
    }
}

/// The parameters of these layers, or their gradients, by name.
pub(super) fn named<T: Real>(layers: &[Layer], values: &[T]) -> Vec<Parameter> {
    let mut parameters = Vec::new();
    for (i, layer) in layers.iter().enumerate() {
        for Tensor { letter, shape, range, .. } in &layer.tensors {
            parameters.push(Parameter {
                name: format!("{letter}{}", i + 1),
                shape: shape.clone(),
                values: to_f64(&values[range.clone()]),
            });
        }
    }
    parameters
}

/// The place of a given parameter among the known ones.
fn check_parameter(
    new: &Parameter,
    known: &[Parameter],
    before: &[Parameter],
) -> std::result::Result<usize, String> {
    let name = &new.name;
    let Some(place) = known.iter().position(|parameter| parameter.name == *name) else {
        let names = known.iter().map(|parameter| parameter.name.as_str());
        return Err(format!("parameter {name}: must be {}", one_of(names)));
    };
    if before.iter().any(|parameter| parameter.name == *name) {
        return Err(format!("parameter {name}: given twice; must be given once"));
    }
    let shape = &known[place].shape;
    if new.shape != *shape || new.values.len() != known[place].values.len() {
        return Err(format!(
            "{name} has shape {:?} and {} numbers: must be {shape:?} and {}",
            new.shape,
            new.values.len(),
            known[place].values.len()
        ));
    }
    check_finite(name, &new.values).map_err(|error| error.to_string())?;
    Ok(place)
}
