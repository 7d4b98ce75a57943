//! "Dropout": the worked example of the slides.

mod example;
mod example_figures;

pub use example::DROPOUT_EXAMPLE;
