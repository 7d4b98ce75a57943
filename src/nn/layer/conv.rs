//! The convolutional layer: filters slide over a signal or an image.

use super::dense::Dense;
use super::tensor::{Description, Fans};
use super::window::{Layout, Window};
use super::workspace::{Backward, Workspace};
use crate::error::{Error, Result};
use crate::nn::{Activation, Filters, Matrix, MatrixMut, Real, Shape, Start, gemm};

/// A convolutional layer. Its outputs lie filter by filter, each location by location.
///
/// # Source
/// LeCun et al., "Gradient-based learning applied to document recognition", 1998. By the product of
/// matrices: Chellapilla, Puri and Simard, 2006.
#[derive(Clone, Debug)]
pub struct Conv {
    window: Window,
    filters: usize,
    activation: Activation,
    /// Where the filters are not shared: the dense layer that stands at every location.
    own: Option<Dense>,
}

impl Conv {
    /// The layer, the shape of its outputs, and its parameters.
    ///
    /// # Errors
    /// Where the filters do not suit the input.
    pub fn new(
        input: Shape,
        filters: Filters,
        activation: Activation,
    ) -> Result<(Self, Shape, Vec<Description>)> {
        let Filters { count, kernel, stride, padding, shared } = filters;
        if count == 0 {
            return Err(Error::invalid(".filters = 0: must be a whole number of at least 1"));
        }
        let window = Window::new(input, kernel, stride, padding)?;
        let (height, width) = window.locations;
        let terms = window.terms();
        let sides = input.sides();
        let (shape, of_each) = match input {
            Shape::Line { .. } => (Shape::Line { channels: count, length: width }, vec![width]),
            _ => (Shape::Image { channels: count, height, width }, vec![height, width]),
        };
        let kernel = if sides.len() == 2 { vec![kernel.1] } else { vec![kernel.0, kernel.1] };
        let (of_each, sets) = if shared { (vec![], 1) } else { (of_each, window.count()) };
        let fans = Fans { inputs: terms, outputs: count.saturating_mul(terms / sides[0]) };
        let w = [&of_each[..], &[count, sides[0]], &kernel].concat();
        let b = [&of_each[..], &[count]].concat();
        let tensors =
            vec![Description::weights("w", w, sets, fans), Description::biases("b", b, sets)];
        let own = (!shared).then(|| Dense::at_places(terms, count, sets));
        Ok((Conv { window, filters: count, activation, own }, shape, tensors))
    }

    /// h = activation(the filters on what the window sees + b).
    pub fn forward<T: Real>(
        &self,
        parameters: &[T],
        x: &[T],
        h: &mut [T],
        workspace: &mut Workspace<T>,
    ) {
        match &self.own {
            Some(own) => self.forward_own(own, parameters, x, h, workspace),
            None => self.forward_shared(parameters, x, h, workspace),
        }
        self.activation.apply(h);
    }

    /// The way back, from the gradient with respect to the outputs.
    pub fn backward<T: Real>(
        &self,
        parameters: &[T],
        pass: Backward<T>,
        workspace: &mut Workspace<T>,
    ) {
        self.activation.backward(pass.h, pass.gradient);
        match &self.own {
            Some(own) => self.backward_own(own, parameters, pass, workspace),
            None => self.backward_shared(parameters, pass, workspace),
        }
    }

    /// Numbers kept for `rows` rows, and computed in.
    pub fn workspace_numbers(&self, rows: f64) -> f64 {
        let (terms, count) = (self.window.terms() as f64, self.window.count() as f64);
        let filters = self.filters as f64;
        match self.own {
            Some(_) => rows * (2.0 * terms + filters) * count,
            None => (rows + 1.0) * (terms + 1.0) * count + (terms + 1.0) * filters,
        }
    }

    /// Shared filters: the patches of one image stand as columns, and a row of ones under them,
    /// whose products with a gradient are that of the biases.
    fn columns(&self) -> Layout {
        Layout { term: self.window.count(), location: 1 }
    }

    fn forward_shared<T: Real>(
        &self,
        parameters: &[T],
        x: &[T],
        h: &mut [T],
        Workspace { scratch, kept, .. }: &mut Workspace<T>,
    ) {
        let (terms, count, filters) = (self.window.terms(), self.window.count(), self.filters);
        let images = x.len() / self.window.inputs();
        let (w, b) = parameters.split_at(filters * terms);
        let of_each = (terms + 1) * count;
        // Of rows that were here before, the padding and the ones stay.
        let before = kept.len().min(images * of_each);
        kept.resize(images * of_each, T::ZERO);
        for new in kept[before..].chunks_exact_mut(of_each) {
            new[terms * count..].fill(T::ONE);
        }
        let x = x.chunks_exact(self.window.inputs());
        let h = h.chunks_exact_mut(filters * count);
        for ((x, h), patches) in x.zip(h).zip(kept.chunks_exact_mut(of_each)) {
            self.window.gather(x, self.columns(), patches);
            h.chunks_exact_mut(count).zip(b).for_each(|(h, &b)| h.fill(b));
            let w = Matrix::new(w, filters, terms);
            let patches = Matrix::new(patches, terms, count);
            gemm(w, patches, Start::Result, MatrixMut::new(h, filters, count), scratch);
        }
    }

    /// Sums over images, and within them over locations, in ascending order.
    fn backward_shared<T: Real>(
        &self,
        parameters: &[T],
        pass: Backward<T>,
        Workspace { scratch, kept, sums, gradients }: &mut Workspace<T>,
    ) {
        let (terms, count, filters) = (self.window.terms(), self.window.count(), self.filters);
        let Backward { gradient, parameter_gradients, mut x_gradient, .. } = pass;
        sums.resize((terms + 1) * filters, T::ZERO);
        gradients.resize(terms * count, T::ZERO);
        let w = Matrix::new(parameters, filters, terms);
        let mut start = Start::Zero;
        let patches = kept.chunks_exact((terms + 1) * count);
        for (image, (g, patches)) in gradient.chunks_exact(filters * count).zip(patches).enumerate()
        {
            let g = Matrix::new(g, filters, count);
            let patches = Matrix::new(patches, terms + 1, count);
            let to = MatrixMut::new(sums, terms + 1, filters);
            gemm(patches, g.transposed(), start, to, scratch);
            start = Start::Result;
            if let Some(x_gradient) = &mut x_gradient {
                let to = MatrixMut::new(gradients, terms, count);
                gemm(w.transposed(), g, Start::Zero, to, scratch);
                let size = self.window.inputs();
                let to = &mut x_gradient[image * size..][..size];
                self.window.scatter(gradients, self.columns(), to);
            }
        }
        let (dw, db) = parameter_gradients.split_at_mut(filters * terms);
        turn(&sums[..terms * filters], filters, dw);
        db.copy_from_slice(&sums[terms * filters..]);
    }

    /// Filters of their own: the patches of one image stand as rows, a dense layer at each.
    fn rows(&self) -> Layout {
        Layout { term: 1, location: self.window.terms() }
    }

    fn forward_own<T: Real>(
        &self,
        own: &Dense,
        parameters: &[T],
        x: &[T],
        h: &mut [T],
        Workspace { scratch, kept, sums, .. }: &mut Workspace<T>,
    ) {
        let of_each = self.window.terms() * self.window.count();
        kept.resize(x.len() / self.window.inputs() * of_each, T::ZERO);
        sums.resize(h.len(), T::ZERO);
        let images = x.chunks_exact(self.window.inputs());
        for (x, patches) in images.zip(kept.chunks_exact_mut(of_each)) {
            self.window.gather(x, self.rows(), patches);
        }
        own.forward(parameters, kept, sums, scratch);
        let outputs = self.filters * self.window.count();
        for (from, to) in sums.chunks_exact(outputs).zip(h.chunks_exact_mut(outputs)) {
            turn(from, self.filters, to);
        }
    }

    fn backward_own<T: Real>(
        &self,
        own: &Dense,
        parameters: &[T],
        pass: Backward<T>,
        Workspace { scratch, kept, sums, gradients }: &mut Workspace<T>,
    ) {
        let outputs = self.filters * self.window.count();
        let images = pass.gradient.chunks_exact(outputs).zip(sums.chunks_exact_mut(outputs));
        images.for_each(|(from, to)| turn(from, self.window.count(), to));
        let with_inputs = pass.x_gradient.is_some();
        if with_inputs {
            gradients.resize(kept.len(), T::ZERO);
        }
        let at_places = Backward {
            x: kept,
            h: pass.h,
            gradient: sums,
            parameter_gradients: pass.parameter_gradients,
            x_gradient: with_inputs.then_some(gradients.as_mut_slice()),
        };
        own.backward(parameters, at_places, scratch);
        if let Some(x_gradient) = pass.x_gradient {
            let of_each = self.window.terms() * self.window.count();
            let images = x_gradient.chunks_exact_mut(self.window.inputs());
            for (to, from) in images.zip(gradients.chunks_exact(of_each)) {
                self.window.scatter(from, self.rows(), to);
            }
        }
    }
}

/// Rows of `width` numbers become columns.
fn turn<T: Real>(from: &[T], width: usize, to: &mut [T]) {
    let height = from.len() / width;
    for (row, from) in from.chunks_exact(width).enumerate() {
        let column = to[row..].iter_mut().step_by(height);
        column.zip(from).for_each(|(to, &from)| *to = from);
    }
}
