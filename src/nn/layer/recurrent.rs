//! The recurrent layer: a state that every time step changes.

use super::tensor::{Description, Fans};
use super::workspace::{Backward, Workspace, add_rows};
use crate::error::{Error, Result};
use crate::nn::{Activation, Matrix, MatrixMut, Real, Shape, Start, StepOutputs, gemm};

/// A recurrent layer: h_t = activation(wx x_t + wh h_(t-1) + b), h_0 = 0.
///
/// # Source
/// Elman, "Finding structure in time", 1990; back-propagation through time, in full: Werbos, 1990.
#[derive(Clone, Debug)]
pub struct Recurrent {
    steps: usize,
    features: usize,
    units: usize,
    outputs: StepOutputs,
    shared: bool,
    activation: Activation,
}

/// Where the parameters of one time step lie, in a list of all of them or of their gradients.
struct Places {
    wx: usize,
    wh: usize,
    b: usize,
}

impl Recurrent {
    /// The layer, the shape of its outputs, and its parameters.
    ///
    /// # Errors
    /// Where the input is no sequence.
    pub fn new(
        input: Shape,
        (units, outputs, shared): (usize, StepOutputs, bool),
        activation: Activation,
    ) -> Result<(Self, Shape, Vec<Description>)> {
        let Shape::Steps { steps, features } = input else {
            return Err(Error::invalid(format!(
                ".kind = \"recurrent\": must follow a sequence, input = {{steps, features}}, \
                 and not {input}"
            )));
        };
        if units == 0 {
            return Err(Error::invalid(".units = 0: must be a whole number of at least 1"));
        }
        let (of_each, sets) = if shared { (vec![], 1) } else { (vec![steps], steps) };
        let shaped = |sides: &[usize]| [&of_each[..], sides].concat();
        let fans = Fans { inputs: features, outputs: units };
        let tensors = vec![
            Description::weights("wx", shaped(&[units, features]), sets, fans),
            Description::recurrent("wh", shaped(&[units, units]), sets, units),
            Description::biases("b", shaped(&[units]), sets),
        ];
        let shape = match outputs {
            StepOutputs::Last => Shape::Flat(units),
            StepOutputs::All => Shape::Steps { steps, features: units },
        };
        Ok((Recurrent { steps, features, units, outputs, shared, activation }, shape, tensors))
    }

    /// Numbers kept for `rows` rows, and computed in.
    pub fn workspace_numbers(&self, rows: f64) -> f64 {
        rows * (self.steps as f64 + 2.0) * self.units as f64
    }

    /// Products of a number and a weight that one row takes.
    pub fn products(&self) -> f64 {
        let of_step = self.units as f64 * (self.features + self.units) as f64;
        self.steps as f64 * of_step
    }

    fn places(&self, step: usize) -> Places {
        let (set, sets) = if self.shared { (0, 1) } else { (step, self.steps) };
        let (wx, wh) = (self.units * self.features, self.units * self.units);
        Places { wx: set * wx, wh: sets * wx + set * wh, b: sets * (wx + wh) + set * self.units }
    }

    fn x_at<'a, T>(&self, x: &'a [T], rows: usize, step: usize) -> Matrix<'a, T> {
        let at = step * self.features;
        Matrix::strided(&x[at..], rows, self.features, self.steps * self.features)
    }

    /// The states of all time steps stay in the workspace, step by step.
    pub fn forward<T: Real>(
        &self,
        parameters: &[T],
        x: &[T],
        h: &mut [T],
        Workspace { scratch, kept, .. }: &mut Workspace<T>,
    ) {
        let (units, features) = (self.units, self.features);
        let rows = x.len() / (self.steps * features);
        kept.resize(self.steps * rows * units, T::ZERO);
        for step in 0..self.steps {
            let Places { wx, wh, b } = self.places(step);
            let (before, state) = kept.split_at_mut(step * rows * units);
            let state = &mut state[..rows * units];
            let wx = Matrix::new(&parameters[wx..], units, features).transposed();
            let bias = Start::Row(&parameters[b..][..units]);
            let to = MatrixMut::new(state, rows, units);
            gemm(self.x_at(x, rows, step), wx, bias, to, scratch);
            if step > 0 {
                let last = Matrix::new(&before[(step - 1) * rows * units..], rows, units);
                let wh = Matrix::new(&parameters[wh..], units, units).transposed();
                gemm(last, wh, Start::Result, MatrixMut::new(state, rows, units), scratch);
            }
            self.activation.apply(state);
        }
        match self.outputs {
            StepOutputs::Last => h.copy_from_slice(&kept[(self.steps - 1) * rows * units..]),
            StepOutputs::All => {
                for (step, states) in kept.chunks_exact(rows * units).enumerate() {
                    let to = h.chunks_exact_mut(self.steps * units);
                    for (to, state) in to.zip(states.chunks_exact(units)) {
                        to[step * units..][..units].copy_from_slice(state);
                    }
                }
            }
        }
    }

    /// From the last time step to the first; shared gradients are summed in that order, and within
    /// a step in the order of the rows.
    pub fn backward<T: Real>(
        &self,
        parameters: &[T],
        pass: Backward<T>,
        Workspace { scratch, kept, sums, gradients }: &mut Workspace<T>,
    ) {
        let (units, features, steps) = (self.units, self.features, self.steps);
        let Backward { x, gradient, parameter_gradients, mut x_gradient, .. } = pass;
        let rows = x.len() / (steps * features);
        // With respect to the state, then to the weighted sums; and to the state one step before.
        let (of_state, before) = (sums, gradients);
        of_state.resize(rows * units, T::ZERO);
        before.resize(rows * units, T::ZERO);
        parameter_gradients.fill(T::ZERO);
        for step in (0..steps).rev() {
            std::mem::swap(of_state, before);
            self.add_given(gradient, step, of_state);
            let at = self.places(step);
            let states = |step: usize| &kept[step * rows * units..][..rows * units];
            self.activation.backward(states(step), of_state);
            let g = Matrix::new(of_state, rows, units);
            add_rows(of_state, &mut parameter_gradients[at.b..][..units]);
            let dwx = MatrixMut::new(&mut parameter_gradients[at.wx..], units, features);
            gemm(g.transposed(), self.x_at(x, rows, step), Start::Result, dwx, scratch);
            if let Some(x_gradient) = &mut x_gradient {
                let wx = Matrix::new(&parameters[at.wx..], units, features);
                let to = &mut x_gradient[step * features..];
                let to = MatrixMut::strided(to, rows, features, steps * features);
                gemm(g, wx, Start::Zero, to, scratch);
            }
            if step > 0 {
                let last = Matrix::new(states(step - 1), rows, units);
                let dwh = MatrixMut::new(&mut parameter_gradients[at.wh..], units, units);
                gemm(g.transposed(), last, Start::Result, dwh, scratch);
                let wh = Matrix::new(&parameters[at.wh..], units, units);
                gemm(g, wh, Start::Zero, MatrixMut::new(before, rows, units), scratch);
            }
        }
    }

    /// Adds what the layer after gave for the state of this step; at the last step, sets it.
    fn add_given<T: Real>(&self, gradient: &[T], step: usize, of_state: &mut [T]) {
        let is_last = step + 1 == self.steps;
        if is_last {
            of_state.fill(T::ZERO);
        }
        let (width, from) = match self.outputs {
            StepOutputs::Last if !is_last => return,
            StepOutputs::Last => (self.units, 0),
            StepOutputs::All => (self.steps * self.units, step * self.units),
        };
        let given = gradient.chunks_exact(width);
        for (to, given) in of_state.chunks_exact_mut(self.units).zip(given) {
            to.iter_mut().zip(&given[from..]).for_each(|(to, &given)| *to += given);
        }
    }
}
