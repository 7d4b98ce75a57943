//! What is said of a layer: its kind and its options.

use crate::nn::{Activation, Shape};

/// How the weights of a layer start.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Init {
    /// Normal, variance 2 / inputs (He et al., 2015). The default before relu.
    He,
    /// Uniform, variance 2 / (inputs + outputs) (Glorot and Bengio, 2010). The default elsewhere.
    Glorot,
    /// All zero.
    Zeros,
    /// Every row the same row, drawn as by `He`: the slides' extreme example of symmetry.
    EqualRows,
}

impl Init {
    /// Names in configurations.
    pub const NAMES: [(&'static str, Init); 4] = [
        ("he", Init::He),
        ("glorot", Init::Glorot),
        ("zeros", Init::Zeros),
        ("equal_rows", Init::EqualRows),
    ];
}

/// The filters of a convolution.
///
/// A filter is laid over the input at every place and summed up (cross-correlation: it is not
/// turned round).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Filters {
    /// How many.
    pub count: usize,
    /// Height and width; on a signal the height is 1.
    pub kernel: (usize, usize),
    /// Places from one location to the next.
    pub stride: usize,
    /// Zeros put round the input; on a signal, before and after it.
    pub padding: usize,
    /// The same weights at every location, or a filter of its own at each.
    pub shared: bool,
}

impl Filters {
    /// Filters for a signal: stride 1, no padding, shared.
    pub fn line(count: usize, length: usize) -> Self {
        Filters { count, kernel: (1, length), stride: 1, padding: 0, shared: true }
    }

    /// Filters for an image, as high as wide: stride 1, no padding, shared.
    pub fn square(count: usize, size: usize) -> Self {
        Filters { kernel: (size, size), ..Filters::line(count, size) }
    }
}

/// What a recurrent layer hands on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum StepOutputs {
    /// The state after the last time step.
    Last,
    /// The states of all time steps.
    All,
}

impl StepOutputs {
    /// Names in configurations.
    pub const NAMES: [(&'static str, StepOutputs); 2] =
        [("last", StepOutputs::Last), ("all", StepOutputs::All)];
}

/// What a layer computes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LayerKind {
    /// Every output is joined to every input; on a sequence, at every time step.
    Dense {
        /// Neurons.
        units: usize,
        /// On a sequence: the same weights at every time step, or its own at each.
        shared: bool,
    },
    /// Filters slide along a signal.
    Conv1d(Filters),
    /// Filters slide over an image.
    Conv2d(Filters),
    /// The largest number of every window of a signal or an image; windows lie side by side, and
    /// what is left over at the end is left out.
    MaxPool {
        /// Places on a side of a window.
        size: usize,
    },
    /// A state that every time step changes: h_t = activation(wx x_t + wh h_(t-1) + b), h_0 = 0.
    Recurrent {
        /// Numbers in the state.
        units: usize,
        /// What it hands on.
        outputs: StepOutputs,
        /// The same weights at every time step, or its own at each.
        shared: bool,
    },
}

impl LayerKind {
    /// Its name in configurations.
    pub fn name(self) -> &'static str {
        match self {
            LayerKind::Dense { .. } => "dense",
            LayerKind::Conv1d(_) => "conv1d",
            LayerKind::Conv2d(_) => "conv2d",
            LayerKind::MaxPool { .. } => "max_pool",
            LayerKind::Recurrent { .. } => "recurrent",
        }
    }

    /// Whether dropout may be applied to its outputs.
    pub fn can_drop(self) -> bool {
        matches!(self, LayerKind::Dense { .. } | LayerKind::Conv1d(_) | LayerKind::Conv2d(_))
    }

    /// The same kind with weights of its own at every location or time step, where it shares them.
    pub(in crate::nn) fn untied(self, input: Shape) -> Option<Self> {
        match self {
            LayerKind::Dense { units, shared: true } => {
                let on_steps = matches!(input, Shape::Steps { .. });
                on_steps.then_some(LayerKind::Dense { units, shared: false })
            }
            LayerKind::Conv1d(filters) if filters.shared => {
                Some(LayerKind::Conv1d(Filters { shared: false, ..filters }))
            }
            LayerKind::Conv2d(filters) if filters.shared => {
                Some(LayerKind::Conv2d(Filters { shared: false, ..filters }))
            }
            LayerKind::Recurrent { units, outputs, shared: true } => {
                Some(LayerKind::Recurrent { units, outputs, shared: false })
            }
            _ => None,
        }
    }
}

/// One layer.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerConfig {
    /// What it computes.
    pub kind: LayerKind,
    /// What they do to their weighted sums; linear where nothing is said, tanh in a recurrent
    /// layer. A layer without weighted sums has none.
    pub activation: Activation,
    /// The probability that dropout keeps a neuron; 1 in the output layer, and in layers that are
    /// not dropped.
    pub keep_prob: f64,
    /// How the weights start; biases start at 0.
    pub init: Init,
    /// What the optimizer's learning rate is multiplied by for this layer: 0 freezes it. 1 for a
    /// layer without parameters.
    pub learning_rate_scale: f64,
}

impl LayerConfig {
    /// A dense layer without dropout, its weights started as suits the activation.
    pub fn dense(units: usize, activation: Activation) -> Self {
        LayerConfig::new(LayerKind::Dense { units, shared: true }, activation)
    }

    /// Whether no update touches its parameters.
    pub fn is_frozen(&self) -> bool {
        self.learning_rate_scale == 0.0
    }

    /// A layer of maxima.
    pub fn max_pool(size: usize) -> Self {
        LayerConfig::new(LayerKind::MaxPool { size }, Activation::Linear)
    }

    /// A layer without dropout, its weights started as suits the activation.
    pub fn new(kind: LayerKind, activation: Activation) -> Self {
        let init = default_init(activation);
        LayerConfig { kind, activation, keep_prob: 1.0, init, learning_rate_scale: 1.0 }
    }
}

/// How weights start where nothing is said.
pub fn default_init(activation: Activation) -> Init {
    if activation == Activation::Relu { Init::He } else { Init::Glorot }
}
