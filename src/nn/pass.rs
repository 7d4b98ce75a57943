//! One pass of a batch through the layers, forward and backward.

use super::layer::{Backward, Layer, Workspace};
use super::real::{all_finite, all_moderate};
use super::registers::widely;
use super::{NetworkConfig, Real};

/// What dropout does to the outputs of the inputs or of a hidden layer in one pass.
#[derive(Clone, Copy, Debug)]
enum Factor<'a, T> {
    /// Nothing.
    None,
    /// Every output times a number.
    Scale(T),
    /// Every output times its entry of the mask (rows x width), times a number.
    Mask(&'a [T], T),
}

/// What dropout does in one pass, place by place: to the inputs (0) and to every hidden layer.
#[derive(Clone, Copy, Debug)]
pub enum Dropout<'a, T> {
    /// Nothing anywhere.
    Off,
    /// What masks do in training; an empty mask drops nothing.
    Masks(&'a NetworkConfig, &'a [Vec<T>]),
    /// What makes up for it in predictions.
    Predicting(&'a NetworkConfig),
}

impl<'a, T: Real> Dropout<'a, T> {
    fn at(self, place: usize) -> Factor<'a, T> {
        match self {
            Dropout::Off => Factor::None,
            Dropout::Masks(_, masks) if masks[place].is_empty() => Factor::None,
            Dropout::Masks(config, masks) => {
                let scale = config.dropout_scaling.in_training(config.keep_prob(place));
                Factor::Mask(&masks[place], scale)
            }
            Dropout::Predicting(config) => {
                match config.dropout_scaling.in_prediction(config.keep_prob(place)) {
                    scale if scale == T::ONE => Factor::None,
                    scale => Factor::Scale(scale),
                }
            }
        }
    }
}

impl<T: Real> Dropout<'_, T> {
    /// Hands the same dropout in 64 bits to `then`.
    pub fn wide<R>(self, then: impl FnOnce(Dropout<f64>) -> R) -> R {
        match self {
            Dropout::Off => then(Dropout::Off),
            Dropout::Predicting(config) => then(Dropout::Predicting(config)),
            Dropout::Masks(config, masks) => {
                let masks: Vec<Vec<f64>> = masks.iter().map(|mask| to_f64(mask)).collect();
                then(Dropout::Masks(config, &masks))
            }
        }
    }
}

impl<T: Real> Factor<'_, T> {
    fn multiply(self, values: &[T], products: &mut [T]) {
        widely!(self.multiply_each(values, products));
    }

    #[inline(always)]
    fn multiply_each(self, values: &[T], products: &mut [T]) {
        let pairs = products.iter_mut().zip(values);
        match self {
            Factor::None => {}
            Factor::Scale(scale) => pairs.for_each(|(product, &value)| *product = value * scale),
            Factor::Mask(mask, scale) => pairs
                .zip(mask)
                .for_each(|((product, &value), &kept)| *product = value * (kept * scale)),
        }
    }

    fn multiply_in_place(self, values: &mut [T]) {
        match self {
            Factor::None => {}
            Factor::Scale(scale) => values.iter_mut().for_each(|value| *value *= scale),
            Factor::Mask(mask, scale) => widely!(
                values.iter_mut().zip(mask).for_each(|(value, &kept)| *value *= kept * scale)
            ),
        }
    }
}

/// The numbers of one pass: kept from the way forward for the way back, and reused by the next.
#[derive(Debug, Default)]
pub struct Pass<T> {
    rows: usize,
    /// Outputs of the inputs (0) and of every layer, before their factor.
    outputs: Vec<Vec<T>>,
    /// The same after their factor; unused where there is none.
    scaled: Vec<Vec<T>>,
    /// Gradients with respect to `outputs`, once there are any for so many rows.
    rows_back: usize,
    gradients: Vec<Vec<T>>,
    /// What each layer keeps for the way back.
    workspaces: Vec<Workspace<T>>,
}

/// The next pass fills all of it: a copy of a network need not carry it along.
impl<T> Clone for Pass<T> {
    fn clone(&self) -> Self {
        Pass {
            rows: 0,
            outputs: Vec::new(),
            scaled: Vec::new(),
            rows_back: 0,
            gradients: Vec::new(),
            workspaces: Vec::new(),
        }
    }
}

/// Makes every buffer of a pass as long as its layer needs for `rows` rows.
fn fit<T: Real>(buffers: &mut Vec<Vec<T>>, widths: impl Iterator<Item = usize>, rows: usize) {
    for (i, width) in widths.enumerate() {
        if buffers.len() <= i {
            buffers.push(Vec::new());
        }
        buffers[i].resize(rows * width, T::ZERO);
    }
}

fn widths(layers: &[Layer]) -> impl Iterator<Item = usize> + '_ {
    layers.first().map(|layer| layer.inputs).into_iter().chain(layers.iter().map(|l| l.outputs()))
}

impl<T: Real> Pass<T> {
    /// Room for the inputs of `rows` rows; to be filled before [`Pass::forward`].
    pub fn inputs(&mut self, layers: &[Layer], rows: usize) -> &mut [T] {
        if rows != self.rows {
            self.rows = rows;
            fit(&mut self.outputs, widths(layers), rows);
            self.scaled.resize(layers.len(), Vec::new());
            self.workspaces.resize_with(layers.len(), Workspace::default);
        }
        &mut self.outputs[0]
    }

    /// The way forward, from the inputs that were filled in.
    pub fn forward(&mut self, layers: &[Layer], parameters: &[T], dropout: Dropout<T>) {
        for (i, layer) in layers.iter().enumerate() {
            let factor = dropout.at(i);
            let (before, after) = self.outputs.split_at_mut(i + 1);
            let x = match factor {
                Factor::None => &before[i],
                factor => {
                    self.scaled[i].resize(before[i].len(), T::ZERO);
                    factor.multiply(&before[i], &mut self.scaled[i]);
                    &self.scaled[i]
                }
            };
            layer.forward(parameters, x, &mut after[0], &mut self.workspaces[i]);
        }
    }

    /// The outputs of the last layer.
    pub fn output(&self) -> &[T] {
        self.outputs.last().map_or(&[], Vec::as_slice)
    }

    /// Whether 32 bits are sure to hold every sum, with weights that are moderate.
    pub fn is_moderate(&self) -> bool {
        let all = self.outputs.iter().chain(&self.scaled).chain(&self.gradients);
        all.into_iter().all(|values| all_moderate(values))
    }

    /// Whether all outputs on the way forward are finite.
    pub fn is_finite(&self) -> bool {
        self.outputs.iter().all(|values| all_finite(values))
    }

    /// The outputs of the last layer, and room for the gradient of the loss with respect to them.
    pub fn output_and_gradient(&mut self) -> (&[T], &mut [T]) {
        let last = self.outputs.len() - 1;
        // A prediction needs none: they get their room when the first gradient is asked for.
        if self.rows_back != self.rows {
            self.rows_back = self.rows;
            fit(&mut self.gradients, self.outputs.iter().map(Vec::len), 1);
        }
        (&self.outputs[last], &mut self.gradients[last])
    }

    /// The way back, from the gradient that was filled in: writes the gradients of all parameters,
    /// and computes that of the inputs where `with_inputs` says so.
    pub fn backward(
        &mut self,
        layers: &[Layer],
        parameters: &[T],
        dropout: Dropout<T>,
        parameter_gradients: &mut [T],
        with_inputs: bool,
    ) {
        for (i, layer) in layers.iter().enumerate().rev() {
            let factor = dropout.at(i);
            let x = match factor {
                Factor::None => &self.outputs[i],
                _ => &self.scaled[i],
            };
            let (before, after) = self.gradients.split_at_mut(i + 1);
            let pass = Backward {
                x,
                h: &self.outputs[i + 1],
                gradient: &mut after[0],
                parameter_gradients: &mut parameter_gradients[layer.range.clone()],
                x_gradient: (i > 0 || with_inputs).then(|| before[i].as_mut_slice()),
            };
            layer.backward(parameters, pass, &mut self.workspaces[i]);
            if i > 0 || with_inputs {
                factor.multiply_in_place(&mut before[i]);
            }
        }
    }

    /// The gradient with respect to the inputs, before their mask.
    pub fn input_gradient(&self) -> &[T] {
        &self.gradients[0]
    }
}

/// Numbers from outside, in the network's own type.
pub fn copy_into<T: Real>(from: &[f64], to: &mut [T]) {
    to.iter_mut().zip(from).for_each(|(to, &from)| *to = T::from_f64(from));
}

/// The network's numbers, in 64 bits.
pub fn to_f64<T: Real>(values: &[T]) -> Vec<f64> {
    values.iter().map(|value| value.to_f64()).collect()
}
