//! The dense layer: every output is joined to every input.

use super::gemm::Scratch;
use super::{Activation, Layout, Real, gemm};
use std::ops::Range;

/// A dense layer; its parameters lie in its network's one long list.
#[derive(Clone, Debug)]
pub struct Dense {
    /// Numbers a row of input.
    pub inputs: usize,
    /// Neurons.
    pub outputs: usize,
    /// What the neurons do to their weighted sums.
    pub activation: Activation,
    /// Where the weights (outputs x inputs) lie.
    pub weights: Range<usize>,
    /// Where the biases (outputs) lie.
    pub biases: Range<usize>,
}

impl Dense {
    /// A layer whose parameters start at `offset`.
    pub fn new(inputs: usize, outputs: usize, activation: Activation, offset: usize) -> Self {
        let weights = offset..offset + inputs * outputs;
        let biases = weights.end..weights.end + outputs;
        Dense { inputs, outputs, activation, weights, biases }
    }

    /// h = activation(x W' + b).
    ///
    /// # Shapes
    /// `x` (rows x inputs), `h` (rows x outputs).
    pub fn forward<T: Real>(
        &self,
        parameters: &[T],
        x: &[T],
        h: &mut [T],
        scratch: &mut Scratch<T>,
    ) {
        let rows = x.len() / self.inputs;
        let weights = &parameters[self.weights.clone()];
        let sizes = (rows, self.outputs, self.inputs);
        gemm(sizes, (x, Layout::Plain), (weights, Layout::Transposed), h, scratch);
        for row in h.chunks_exact_mut(self.outputs) {
            for (z, &bias) in row.iter_mut().zip(&parameters[self.biases.clone()]) {
                *z += bias;
            }
        }
        self.activation.apply(h);
    }

    /// Turns the gradient with respect to the outputs into those of the parameters, and, where it
    /// is asked for, of the inputs.
    ///
    /// # Shapes
    /// `x` (rows x inputs), `h` and `gradient` (rows x outputs); `gradient` becomes that of the
    /// weighted sums.
    #[allow(clippy::too_many_arguments)]
    pub fn backward<T: Real>(
        &self,
        parameters: &[T],
        x: &[T],
        h: &[T],
        gradient: &mut [T],
        parameter_gradients: &mut [T],
        x_gradient: Option<&mut [T]>,
        scratch: &mut Scratch<T>,
    ) {
        let rows = x.len() / self.inputs;
        self.activation.backward(h, gradient);
        let dw = &mut parameter_gradients[self.weights.clone()];
        let sizes = (self.outputs, self.inputs, rows);
        gemm(sizes, (gradient, Layout::Transposed), (x, Layout::Plain), dw, scratch);
        let db = &mut parameter_gradients[self.biases.clone()];
        db.fill(T::ZERO);
        for row in gradient.chunks_exact(self.outputs) {
            db.iter_mut().zip(row).for_each(|(sum, &g)| *sum += g);
        }
        if let Some(x_gradient) = x_gradient {
            let weights = &parameters[self.weights.clone()];
            let sizes = (rows, self.inputs, self.outputs);
            gemm(sizes, (gradient, Layout::Plain), (weights, Layout::Plain), x_gradient, scratch);
        }
    }
}
