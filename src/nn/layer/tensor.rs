//! Lists of parameters: the weights and the biases of layers.

use crate::error::Result;
use crate::nn::shape::{MAX_BYTES, too_large};
use std::ops::Range;

/// How many numbers go into a neuron through its weights, and to how many each goes.
#[derive(Clone, Copy, Debug)]
pub struct Fans {
    /// Numbers that go into a neuron.
    pub inputs: usize,
    /// Neurons that one number goes to.
    pub outputs: usize,
}

/// What a list of parameters does.
#[derive(Clone, Copy, Debug)]
pub enum Role {
    /// Weights on what the layer before hands on.
    Weights(Fans),
    /// Weights on a state of so many numbers, one time step before.
    Recurrent(usize),
    /// Biases.
    Biases,
}

/// One list of a layer's parameters: its weights, its biases.
#[derive(Clone, Debug)]
pub struct Tensor {
    /// `w`, `b`, …: its name without the number of the layer.
    pub letter: &'static str,
    /// Weights (out x in), biases (out); in front of it the locations or time steps, where each has
    /// parameters of its own.
    pub shape: Vec<usize>,
    /// Locations or time steps with parameters of their own; 1 where all share them.
    pub sets: usize,
    /// What it does.
    pub role: Role,
    /// Where it lies among the parameters of its network.
    pub range: Range<usize>,
}

impl Tensor {
    /// Numbers that go into a neuron through these weights; `None` for biases.
    pub fn fan_in(&self) -> Option<usize> {
        match self.role {
            Role::Weights(fans) => Some(fans.inputs),
            Role::Recurrent(units) => Some(units),
            Role::Biases => None,
        }
    }
}

/// A tensor as a kind of layer describes it.
#[derive(Clone, Debug)]
pub struct Description {
    letter: &'static str,
    shape: Vec<usize>,
    sets: usize,
    role: Role,
}

impl Description {
    pub fn weights(letter: &'static str, shape: Vec<usize>, sets: usize, fans: Fans) -> Self {
        Description { letter, shape, sets, role: Role::Weights(fans) }
    }

    pub fn recurrent(letter: &'static str, shape: Vec<usize>, sets: usize, units: usize) -> Self {
        Description { letter, shape, sets, role: Role::Recurrent(units) }
    }

    pub fn biases(letter: &'static str, shape: Vec<usize>, sets: usize) -> Self {
        Description { letter, shape, sets, role: Role::Biases }
    }
}

/// Gives every tensor its place; refuses those that could not fit, before a size overflows.
pub fn place(tensors: Vec<Description>, offset: usize) -> Result<Vec<Tensor>> {
    let mut end = offset;
    let place = |Description { letter, shape, sets, role }| {
        let count: f64 = shape.iter().map(|&length| length as f64).product();
        let bytes = 4.0 * (count + end as f64);
        if bytes > MAX_BYTES {
            return Err(too_large(bytes));
        }
        let start = end;
        end += count as usize;
        Ok(Tensor { letter, shape, sets, role, range: start..end })
    };
    tensors.into_iter().map(place).collect()
}
