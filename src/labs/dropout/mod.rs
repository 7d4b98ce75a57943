//! "Dropout": the worked example of the slides, and what dropout does to overfitting.

mod by_heart;
mod compared;
mod example;
mod example_figures;
mod example_network;
mod example_neurons;
mod features;
mod first_layer;
mod map;
mod overfitting;
mod overfitting_figures;
mod parameters;

pub use example::DROPOUT_EXAMPLE;
pub use overfitting::DROPOUT;
