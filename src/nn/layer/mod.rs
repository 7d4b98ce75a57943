//! The layers of a network: what every kind has in common.

mod dense;

use super::config::{MAX_BYTES, too_large};
use super::gemm::Scratch;
use super::{LayerConfig, LayerKind, Real, Shape};
use crate::error::Result;
use dense::Dense;
use std::ops::Range;

/// One list of a layer's parameters: its weights, its biases.
#[derive(Clone, Debug)]
pub struct Tensor {
    /// `w`, `b`, …: its name without the number of the layer.
    pub letter: &'static str,
    /// Weights (out x in), biases (out).
    pub shape: Vec<usize>,
    /// Where it lies among the parameters of its network.
    pub range: Range<usize>,
    /// Numbers that go into a neuron through these weights; `None` for biases.
    pub fan_in: Option<usize>,
}

/// A tensor as a kind of layer describes it: letter, shape, fan-in.
type Description = (&'static str, Vec<usize>, Option<usize>);

/// A layer; its parameters lie in its network's one long list.
#[derive(Clone, Debug)]
pub struct Layer {
    /// Numbers a row of input.
    pub inputs: usize,
    /// What a row of its outputs is.
    pub shape: Shape,
    /// Its parameters, in order and without gaps.
    pub tensors: Vec<Tensor>,
    /// Where all of them lie among the parameters of its network.
    pub range: Range<usize>,
    kind: Kind,
}

#[derive(Clone, Debug)]
enum Kind {
    Dense(Dense),
}

/// What a layer keeps from the way forward for the way back, and room to compute in.
#[derive(Clone, Debug, Default)]
pub struct Workspace<T> {
    scratch: Scratch<T>,
}

/// What a layer gets on the way back, and what it hands on.
pub struct Backward<'a, T> {
    /// The inputs (rows x inputs).
    pub x: &'a [T],
    /// The outputs (rows x outputs).
    pub h: &'a [T],
    /// The gradient with respect to the outputs; the layer may compute in it.
    pub gradient: &'a mut [T],
    /// Where the gradients of the layer's own parameters go.
    pub parameter_gradients: &'a mut [T],
    /// Where the gradient with respect to the inputs goes, if it is asked for.
    pub x_gradient: Option<&'a mut [T]>,
}

impl Layer {
    /// A layer on rows of this shape, whose parameters start at `offset`.
    ///
    /// # Errors
    /// Where it cannot take such rows; the sentence starts after the layer's name.
    pub fn new(config: &LayerConfig, input: Shape, offset: usize) -> Result<Self> {
        let (kind, shape, tensors) = match config.kind {
            LayerKind::Dense { units, shared } => {
                let (dense, shape, tensors) = Dense::new(input, units, shared, config.activation);
                (Kind::Dense(dense), shape, tensors)
            }
        };
        let tensors = place(tensors, offset)?;
        let end = tensors.last().map_or(offset, |last| last.range.end);
        Ok(Layer { inputs: input.size(), shape, tensors, range: offset..end, kind })
    }

    /// Numbers a row of outputs.
    pub fn outputs(&self) -> usize {
        self.shape.size()
    }

    /// The outputs for some rows of inputs.
    ///
    /// # Shapes
    /// `parameters` the network's; `x` (rows x inputs), `h` (rows x outputs).
    pub fn forward<T: Real>(
        &self,
        parameters: &[T],
        x: &[T],
        h: &mut [T],
        workspace: &mut Workspace<T>,
    ) {
        let parameters = &parameters[self.range.clone()];
        match &self.kind {
            Kind::Dense(dense) => dense.forward(parameters, x, h, workspace),
        }
    }

    /// From the gradient with respect to the outputs to those of the parameters and the inputs.
    ///
    /// # Shapes
    /// `parameters` the network's.
    pub fn backward<T: Real>(
        &self,
        parameters: &[T],
        pass: Backward<T>,
        workspace: &mut Workspace<T>,
    ) {
        let parameters = &parameters[self.range.clone()];
        match &self.kind {
            Kind::Dense(dense) => dense.backward(parameters, pass, workspace),
        }
    }
}

/// Gives every tensor its place; refuses those that could not fit, before a size overflows.
fn place(tensors: Vec<Description>, offset: usize) -> Result<Vec<Tensor>> {
    let mut end = offset;
    let place = |(letter, shape, fan_in): Description| {
        let count: f64 = shape.iter().map(|&length| length as f64).product();
        let bytes = 4.0 * (count + end as f64);
        if bytes > MAX_BYTES {
            return Err(too_large(bytes));
        }
        let start = end;
        end += count as usize;
        Ok(Tensor { letter, shape, range: start..end, fan_in })
    };
    tensors.into_iter().map(place).collect()
}

/// The sum of every column of a matrix of `sums.len()` columns, in the order of the rows.
fn sum_rows<T: Real>(matrix: &[T], sums: &mut [T]) {
    sums.fill(T::ZERO);
    for row in matrix.chunks_exact(sums.len()) {
        sums.iter_mut().zip(row).for_each(|(sum, &value)| *sum += value);
    }
}
