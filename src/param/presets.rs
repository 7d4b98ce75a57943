//! Parameters that mean the same in every lab that has them. A lab may say more in a help of its own.

use super::{Choice, ParamSpec};

/// The chance that a hidden neuron is kept.
pub const fn keep_prob(default: f64) -> ParamSpec {
    ParamSpec::real("keep_prob", default, 0.05, 1.0, 0.05)
        .label("Keep probability")
        .symbol("p")
        .help("each hidden neuron is kept with this probability, at every step")
}

/// The chance that an input is kept.
pub const fn keep_prob_input(default: f64) -> ParamSpec {
    ParamSpec::real("keep_prob_input", default, 0.05, 1.0, 0.05)
        .label("Keep probability of inputs")
        .help("each input is kept with this probability, at every step")
}

/// How many examples there are to learn from.
pub const fn n_train(default: u32, most: u32) -> ParamSpec {
    ParamSpec::integer("n_train", default, 10, most, 10)
        .label("Training examples")
        .help("few examples are easily learned by heart")
}

/// How many training labels are wrong.
pub const fn label_noise(default: f64) -> ParamSpec {
    ParamSpec::real("label_noise", default, 0.0, 0.5, 0.05)
        .label("Label noise")
        .help("share of the training labels made wrong")
}

/// How many hidden layers there are.
pub const fn hidden_layers(default: u32, most: u32) -> ParamSpec {
    ParamSpec::integer("hidden_layers", default, 1, most, 1)
        .label("Hidden layers")
        .help("layers between the inputs and the outputs")
}

/// How wide every hidden layer is.
pub const fn units(default: u32, most: u32) -> ParamSpec {
    ParamSpec::integer("units", default, 1, most, 1)
        .label("Units per layer")
        .help("neurons in every hidden layer")
}

/// What a hidden neuron does.
pub const fn activation(default: &'static str) -> ParamSpec {
    const ACTIVATIONS: &[Choice] = &[
        Choice::new("relu", "relu"),
        Choice::new("tanh", "tanh"),
        Choice::new("sigmoid", "sigmoid"),
        Choice::new("linear", "linear"),
    ];
    ParamSpec::choice("activation", default, ACTIVATIONS)
        .label("Activation")
        .help("what a hidden neuron does to its weighted sum")
}

/// A learning rate from `min` to `max`.
pub const fn learning_rate(default: f64, min: f64, max: f64) -> ParamSpec {
    ParamSpec::real("learning_rate", default, min, max, min)
        .log()
        .label("Learning rate")
        .symbol("η")
        .help("each weight changes by this times its gradient")
        .live()
}

/// The learning rate of Adam.
pub const fn adam_rate(default: f64) -> ParamSpec {
    learning_rate(default, 0.00001, 0.1).help("how far one update of Adam goes")
}

/// How many examples one step takes.
pub const fn batch_size(default: u32, most: u32) -> ParamSpec {
    ParamSpec::integer("batch_size", default, 1, most, 1)
        .label("Batch size")
        .help("training examples per step")
}
