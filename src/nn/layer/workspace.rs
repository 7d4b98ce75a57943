//! What a pass hands to a layer, and what a layer keeps between the way forward and the way back.

use crate::nn::registers::widely;
use crate::nn::{Real, Scratch};

/// What a layer keeps from the way forward for the way back, and room to compute in.
#[derive(Clone, Debug, Default)]
pub struct Workspace<T> {
    /// Room for a product's strips.
    pub scratch: Scratch<T>,
    /// From the way forward: what a convolution saw, the states of a recurrent layer, the places of
    /// the largest numbers.
    pub kept: Vec<T>,
    /// Room for weighted sums, or for gradients of them.
    pub sums: Vec<T>,
    /// Room for gradients with respect to what was kept.
    pub gradients: Vec<T>,
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

/// The sum of every column of a matrix of `sums.len()` columns, in the order of the rows.
pub fn sum_rows<T: Real>(matrix: &[T], sums: &mut [T]) {
    sums.fill(T::ZERO);
    add_rows(matrix, sums);
}

/// Adds the rows of a matrix of `sums.len()` columns, in order.
pub fn add_rows<T: Real>(matrix: &[T], sums: &mut [T]) {
    widely!({
        for row in matrix.chunks_exact(sums.len()) {
            sums.iter_mut().zip(row).for_each(|(sum, &value)| *sum += value);
        }
    });
}
