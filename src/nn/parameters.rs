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

/// A weight matrix or a bias vector, looked at where it lies in its network: nothing is copied.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WeightsView<'a, T> {
    letter: &'static str,
    /// Of its layer, from 1.
    number: usize,
    /// As [`Parameter::shape`].
    pub shape: &'a [usize],
    /// Row by row, in the network's own numbers.
    pub values: &'a [T],
}

impl<T: Real> WeightsView<'_, T> {
    /// As [`Parameter::name`].
    pub fn name(&self) -> String {
        format!("{}{}", self.letter, self.number)
    }

    /// The values, row by row, in 64 bits.
    pub fn to_f64(&self) -> Vec<f64> {
        to_f64(self.values)
    }
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

    /// One weight matrix or bias vector of a member, by its name, without a copy.
    ///
    /// # Shapes
    /// Weights (out x in), biases (out), as in [`Parameter::shape`].
    ///
    /// # Errors
    /// Where there is no such member, or no parameter of this name.
    ///
    /// ```
    /// use regularization_playground::nn::{Activation, LayerConfig, Loss, Network, NetworkConfig};
    /// let layers = vec![LayerConfig::dense(2, Activation::Linear)];
    /// let network: Network<f32> = Network::new(NetworkConfig::new(3, layers, Loss::Mse)).unwrap();
    /// let w1 = network.weights(0, "w1").unwrap();
    /// assert_eq!((w1.shape, w1.values.len()), (&[2, 3][..], 6));
    /// ```
    pub fn weights(&self, member: usize, name: &str) -> Result<WeightsView<'_, T>> {
        self.all_weights(member)?.find(|weights| weights.name() == name).ok_or_else(|| {
            let all = views(&self.layers, self.member_parameters(member));
            let names: Vec<String> = all.map(|weights| weights.name()).collect();
            Error::Invalid(vec![unknown_name(name, &names)])
        })
    }

    /// Every weight matrix and bias vector of a member, layer by layer, without a copy.
    ///
    /// # Errors
    /// Where there is no such member.
    pub fn all_weights(&self, member: usize) -> Result<impl Iterator<Item = WeightsView<'_, T>>> {
        self.check_member(member)?;
        Ok(views(&self.layers, self.member_parameters(member)))
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
    let copied = |view: WeightsView<T>| Parameter {
        name: view.name(),
        shape: view.shape.to_vec(),
        values: view.to_f64(),
    };
    views(layers, values).map(copied).collect()
}

fn views<'a, T>(layers: &'a [Layer], values: &'a [T]) -> impl Iterator<Item = WeightsView<'a, T>> {
    layers.iter().enumerate().flat_map(move |(i, layer)| {
        layer.tensors.iter().map(move |Tensor { letter, shape, range, .. }| WeightsView {
            letter,
            number: i + 1,
            shape,
            values: &values[range.clone()],
        })
    })
}

fn unknown_name(name: &str, names: &[String]) -> String {
    format!("parameter {name}: must be {}", one_of(names.iter().map(String::as_str)))
}

/// The place of a given parameter among the known ones.
fn check_parameter(
    new: &Parameter,
    known: &[Parameter],
    before: &[Parameter],
) -> std::result::Result<usize, String> {
    let name = &new.name;
    let Some(place) = known.iter().position(|parameter| parameter.name == *name) else {
        let names: Vec<String> = known.iter().map(|parameter| parameter.name.clone()).collect();
        return Err(unknown_name(name, &names));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::{
        Activation, DropoutScaling, LayerConfig, LayerKind, Loss, NetworkConfig, Shape, StepOutputs,
    };

    /// h1 = relu(W x + b) with W = [[1, -1], [2, 0]], b = (0, 1), then y_hat = h1 (1, -1)'.
    fn by_hand(keep_prob: f64) -> Network<f64> {
        let hidden = LayerConfig { keep_prob, ..LayerConfig::dense(2, Activation::Relu) };
        let layers = vec![hidden.clone(), hidden, LayerConfig::dense(1, Activation::Linear)];
        let config = NetworkConfig {
            dropout_scaling: DropoutScaling::AtTest,
            ..NetworkConfig::new(2, layers, Loss::Mse)
        };
        let mut network = Network::new(config).unwrap();
        let given = |name: &str, shape: &[usize], values: &[f64]| Parameter {
            name: name.to_string(),
            shape: shape.to_vec(),
            values: values.to_vec(),
        };
        let w = [1.0, -1.0, 2.0, 0.0];
        let given = [
            given("w1", &[2, 2], &w),
            given("b1", &[2], &[0.0, 1.0]),
            given("w2", &[2, 2], &w),
            given("w3", &[1, 2], &[1.0, -1.0]),
        ];
        network.set_parameters(&given, 0).unwrap();
        network
    }

    #[test]
    fn weights_are_looked_at_where_they_lie() {
        let network = by_hand(1.0);
        let w1 = network.weights(0, "w1").unwrap();
        assert_eq!((w1.shape, w1.values), (&[2, 2][..], &[1.0, -1.0, 2.0, 0.0][..]));
        assert_eq!(network.weights(0, "b1").unwrap().values, [0.0, 1.0]);
        let parameters = network.member_parameters(0).as_ptr_range();
        assert!(parameters.contains(&w1.values.as_ptr()), "not a copy");
    }

    #[test]
    fn every_view_is_the_parameter_of_its_name() {
        let recurrent = LayerKind::Recurrent { units: 3, outputs: StepOutputs::All, shared: false };
        let layers = vec![
            LayerConfig::new(recurrent, Activation::Tanh),
            LayerConfig::dense(2, Activation::Linear),
        ];
        let input = Shape::Steps { steps: 4, features: 2 };
        let config = NetworkConfig::new(input, layers, Loss::Mse);
        let network: Network<f32> = Network::new(NetworkConfig { n_members: 2, ..config }).unwrap();
        for member in [0, 1] {
            let parameters = network.parameters(member).unwrap();
            assert_eq!(parameters.len(), 5);
            assert_eq!(network.all_weights(member).unwrap().count(), 5);
            for Parameter { name, shape, values } in parameters {
                let view = network.weights(member, &name).unwrap();
                assert_eq!((view.name(), view.shape, view.to_f64()), (name, &shape[..], values));
            }
        }
    }

    #[test]
    fn weights_that_are_not_there_are_refused_in_words() {
        let network = by_hand(1.0);
        let message = |member, name| network.weights(member, name).unwrap_err().to_string();
        assert_eq!(message(0, "w01"), "parameter w01: must be one of w1, b1, w2, b2, w3, b3");
        assert_eq!(message(1, "w1"), "member = 1: must be a whole number from 0 to 0");
    }

    #[test]
    fn hidden_outputs_by_hand() {
        let x = [2.0, 1.0, 0.0, 3.0];
        let network = by_hand(1.0);
        assert_eq!(network.hidden(0, 1, &x).unwrap(), [1.0, 5.0, 0.0, 1.0]);
        assert_eq!(network.hidden(0, 2, &x).unwrap(), [0.0, 2.0, 0.0, 0.0]);
        assert_eq!(network.predict(&x).unwrap(), [-2.0, 0.0]);
        // In prediction the next layer sees half of each: h2 = relu((0.5 - 2.5, 2 x 0.5)).
        let halved = by_hand(0.5);
        assert_eq!(halved.hidden(0, 1, &x).unwrap(), [1.0, 5.0, 0.0, 1.0]);
        assert_eq!(halved.hidden(0, 2, &x).unwrap(), [0.0, 1.0, 0.0, 0.0]);
        assert_eq!(halved.predict(&x).unwrap(), [-0.5, 0.0]);
    }

    #[test]
    fn a_hidden_layer_that_is_not_there_is_refused_in_words() {
        let message = |network: &Network<f64>, layer| {
            network.hidden(0, layer, &[1.0, 2.0]).unwrap_err().to_string()
        };
        for layer in [0, 3] {
            let want = format!("layer = {layer}: must be a whole number from 1 to 2");
            assert_eq!(message(&by_hand(1.0), layer), want);
        }
        let alone = vec![LayerConfig::dense(1, Activation::Linear)];
        let alone = Network::new(NetworkConfig::new(2, alone, Loss::Mse)).unwrap();
        assert_eq!(message(&alone, 1), "layer = 1: there is no hidden layer");
    }
}
