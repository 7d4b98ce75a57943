//! The layers of a network: what every kind has in common.

mod config;
mod conv;
mod dense;
mod max_pool;
mod recurrent;
mod tensor;
mod value;
mod window;
mod workspace;

pub use config::{Filters, Init, LayerConfig, LayerKind, StepOutputs};
pub use tensor::{Fans, Role, Tensor};
pub(super) use value::{layer_value, read_layer};
pub use workspace::{Backward, Workspace};

use super::shape::MAX_ROW;
use super::{Activation, Real, Shape};
use crate::error::{Error, Result};
use conv::Conv;
use dense::Dense;
use max_pool::MaxPool;
use recurrent::Recurrent;
use std::ops::Range;
use tensor::place;

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
    Conv(Conv),
    MaxPool(MaxPool),
    Recurrent(Recurrent),
}

impl Layer {
    /// A layer on rows of this shape, whose parameters start at `offset`.
    ///
    /// # Errors
    /// Where it cannot take such rows, or would not fit; the sentence starts after the layer's name.
    pub fn new(config: &LayerConfig, input: Shape, offset: usize) -> Result<Self> {
        check_options(config)?;
        let activation = config.activation;
        let (kind, shape, tensors) = match config.kind {
            LayerKind::Dense { units, shared } => {
                let (dense, shape, tensors) = Dense::new(input, units, shared, activation)?;
                (Kind::Dense(dense), shape, tensors)
            }
            LayerKind::Conv1d(filters) | LayerKind::Conv2d(filters) => {
                check_image(config.kind, input)?;
                let (conv, shape, tensors) = Conv::new(input, filters, activation)?;
                (Kind::Conv(conv), shape, tensors)
            }
            LayerKind::MaxPool { size } => {
                check_image(config.kind, input)?;
                let (pool, shape) = MaxPool::new(input, size)?;
                (Kind::MaxPool(pool), shape, Vec::new())
            }
            LayerKind::Recurrent { units, outputs, shared } => {
                let options = (units, outputs, shared);
                let (recurrent, shape, tensors) = Recurrent::new(input, options, activation)?;
                (Kind::Recurrent(recurrent), shape, tensors)
            }
        };
        if shape.numbers() > MAX_ROW as f64 {
            let sentence = format!(" gives {shape}: must be at most {MAX_ROW} numbers");
            return Err(Error::invalid(sentence));
        }
        let tensors = place(tensors, offset).map_err(|error| error.within(": "))?;
        let end = tensors.last().map_or(offset, |last| last.range.end);
        Ok(Layer { inputs: input.size(), shape, tensors, range: offset..end, kind })
    }

    /// Numbers a row of outputs.
    pub fn outputs(&self) -> usize {
        self.shape.size()
    }

    /// Numbers it keeps and computes in for `rows` rows, apart from its outputs.
    pub fn workspace_numbers(&self, rows: f64) -> f64 {
        match &self.kind {
            Kind::Dense(_) => 0.0,
            Kind::MaxPool(pool) => pool.workspace_numbers(rows),
            Kind::Conv(conv) => conv.workspace_numbers(rows),
            Kind::Recurrent(recurrent) => recurrent.workspace_numbers(rows),
        }
    }

    /// Products of a number and a weight that one row takes.
    pub fn products(&self) -> f64 {
        match &self.kind {
            Kind::MaxPool(_) => 0.0,
            Kind::Recurrent(recurrent) => recurrent.products(),
            Kind::Dense(_) | Kind::Conv(_) => {
                let fan_in = self.tensors.iter().filter_map(Tensor::fan_in).max().unwrap_or(0);
                fan_in as f64 * self.outputs() as f64
            }
        }
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
            Kind::Dense(dense) => dense.forward(parameters, x, h, &mut workspace.scratch),
            Kind::Conv(conv) => conv.forward(parameters, x, h, workspace),
            Kind::MaxPool(pool) => pool.forward(x, h, workspace),
            Kind::Recurrent(recurrent) => recurrent.forward(parameters, x, h, workspace),
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
            Kind::Dense(dense) => dense.backward(parameters, pass, &mut workspace.scratch),
            Kind::Conv(conv) => conv.backward(parameters, pass, workspace),
            Kind::MaxPool(pool) => pool.backward(pass, workspace),
            Kind::Recurrent(recurrent) => recurrent.backward(parameters, pass, workspace),
        }
    }
}

/// Options that a kind of layer does not have must be at their defaults.
fn check_options(config: &LayerConfig) -> Result<()> {
    let (kind, name) = (config.kind, config.kind.name());
    if !kind.can_drop() && config.keep_prob != 1.0 {
        return Err(Error::invalid(format!(
            ".keep_prob = {}: must be 1, for a {name} layer is not dropped",
            config.keep_prob
        )));
    }
    let scale = config.learning_rate_scale;
    if !(scale >= 0.0 && scale.is_finite()) {
        let sentence = format!(".learning_rate_scale = {scale}: must be a number of at least 0");
        return Err(Error::invalid(sentence));
    }
    if !matches!(kind, LayerKind::MaxPool { .. }) {
        return Ok(());
    }
    if config.activation != Activation::Linear {
        return Err(Error::invalid(".activation: must be linear, for a max_pool layer has none"));
    }
    if scale != 1.0 {
        return Err(Error::invalid(format!(
            ".learning_rate_scale = {scale}: must be 1, for a max_pool layer has no parameters"
        )));
    }
    Ok(())
}

/// Filters and windows need neighbours.
fn check_image(kind: LayerKind, input: Shape) -> Result<()> {
    let what = match (kind, input) {
        (LayerKind::Conv2d(_) | LayerKind::MaxPool { .. }, Shape::Image { .. })
        | (LayerKind::Conv1d(_) | LayerKind::MaxPool { .. }, Shape::Line { .. }) => return Ok(()),
        (LayerKind::Conv1d(_), _) => "a signal, input = [channels, length],",
        (LayerKind::Conv2d(_), _) => "an image, input = [channels, height, width],",
        _ => "a signal or an image, input = [channels, length] or [channels, height, width],",
    };
    let name = kind.name();
    Err(Error::invalid(format!(".kind = \"{name}\": must follow {what} and not {input}")))
}
