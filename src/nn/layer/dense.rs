//! The dense layer: every output is joined to every input.

use super::tensor::{Description, Fans};
use super::workspace::{Backward, sum_rows};
use crate::error::{Error, Result};
use crate::nn::gemm::narrow;
use crate::nn::{Activation, Matrix, MatrixMut, Real, Scratch, Shape, Start, gemm};

/// A dense layer. On a sequence it is applied at every time step: with the same weights, or, where
/// they are not shared, with weights of its own at each.
#[derive(Clone, Debug)]
pub struct Dense {
    inputs: usize,
    units: usize,
    /// Time steps with weights of their own; 1 elsewhere.
    sets: usize,
    activation: Activation,
}

impl Dense {
    /// The layer, the shape of its outputs, and its parameters.
    ///
    /// # Errors
    /// Without units; with weights of its own where there are no time steps.
    pub fn new(
        input: Shape,
        units: usize,
        shared: bool,
        activation: Activation,
    ) -> Result<(Self, Shape, Vec<Description>)> {
        if units == 0 {
            return Err(Error::invalid(".units = 0: must be a whole number of at least 1"));
        }
        let (inputs, steps, shape) = match input {
            Shape::Steps { steps, features } => {
                (features, steps, Shape::Steps { steps, features: units })
            }
            _ if !shared => {
                return Err(Error::invalid(format!(
                    ".shared = false: must be true in a dense layer that does not follow a \
                     sequence, but {input}"
                )));
            }
            other => (other.size(), 1, Shape::Flat(units)),
        };
        let (sets, of_each) = if shared { (1, vec![]) } else { (steps, vec![steps]) };
        let fans = Fans { inputs, outputs: units };
        let w = [&of_each[..], &[units, inputs]].concat();
        let b = [&of_each[..], &[units]].concat();
        let tensors =
            vec![Description::weights("w", w, sets, fans), Description::biases("b", b, sets)];
        Ok((Dense { inputs, units, sets, activation }, shape, tensors))
    }

    /// A linear layer with weights of its own at each of some places, whose inputs lie one place
    /// after the other.
    pub fn at_places(inputs: usize, units: usize, places: usize) -> Self {
        Dense { inputs, units, sets: places, activation: Activation::Linear }
    }

    /// h = activation(x W' + b).
    pub fn forward<T: Real>(
        &self,
        parameters: &[T],
        x: &[T],
        h: &mut [T],
        scratch: &mut Scratch<T>,
    ) {
        let Dense { inputs, units, sets, activation } = *self;
        let (weights, biases) = parameters.split_at(sets * units * inputs);
        let rows = x.len() / (sets * inputs);
        if sets == 1 && narrow::fits::<T>(rows, inputs, units) {
            narrow::forward(weights, biases, x, h, scratch);
            return activation.apply(h);
        }
        for (set, bias) in biases.chunks_exact(units).enumerate() {
            let w = Matrix::new(&weights[set * units * inputs..], units, inputs);
            let x = Matrix::strided(&x[set * inputs..], rows, inputs, sets * inputs);
            let h = MatrixMut::strided(&mut h[set * units..], rows, units, sets * units);
            gemm(x, w.transposed(), Start::Row(bias), h, scratch);
        }
        activation.apply(h);
    }

    /// dW = G' x and db = the sum of the rows of G, for the gradient G with respect to the weighted
    /// sums; that with respect to x is G W.
    pub fn backward<T: Real>(&self, parameters: &[T], pass: Backward<T>, scratch: &mut Scratch<T>) {
        let Dense { inputs, units, sets, activation } = *self;
        let Backward { x, h, gradient, parameter_gradients, mut x_gradient } = pass;
        activation.backward(h, gradient);
        let rows = x.len() / (sets * inputs);
        let (dw, db) = parameter_gradients.split_at_mut(sets * units * inputs);
        if sets == 1 && narrow::fits::<T>(rows, inputs, units) {
            let w = &parameters[..units * inputs];
            return narrow::backward(w, x, gradient, (dw, db), x_gradient, scratch);
        }
        sum_rows(gradient, db);
        for set in 0..sets {
            let g = Matrix::strided(&gradient[set * units..], rows, units, sets * units);
            let x = Matrix::strided(&x[set * inputs..], rows, inputs, sets * inputs);
            let at = set * units * inputs;
            let dw = MatrixMut::new(&mut dw[at..], units, inputs);
            gemm(g.transposed(), x, Start::Zero, dw, scratch);
            if let Some(x_gradient) = &mut x_gradient {
                let w = Matrix::new(&parameters[at..], units, inputs);
                let to = &mut x_gradient[set * inputs..];
                let to = MatrixMut::strided(to, rows, inputs, sets * inputs);
                gemm(g, w, Start::Zero, to, scratch);
            }
        }
    }
}
